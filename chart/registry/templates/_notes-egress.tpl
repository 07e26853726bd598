{{- /*
Addresses in config.yml and extraEnv that the NetworkPolicy can't know: a line for each.
*/}}

{{- define "registry.unknownEgress" -}}
{{- $config := include "registry.config" . | fromYaml }}
{{- $lines := list }}
{{- $addresses := include "registry.configuredAddresses" . | fromJsonArray }}
{{- range $addresses }}
{{- if eq .where "redis" }}
{{- $lines = append $lines (include "registry.unknownAddress" .) }}
{{- end }}
{{- end }}
{{- $redis := include "registry.mapIn" (list $config "redis") | fromJson }}
{{- if or (hasKey $redis "mastername") (hasKey $redis "sentinelmasterset") }}
{{- $lines = append $lines "The addresses of Redis come from its sentinels." }}
{{- end }}
{{- range $addresses }}
{{- $lines = append $lines (include "registry.unknownAddress" .) }}
{{- if eq .where "proxy.remoteurl" }}
{{- $egress := include "registry.egressToAddressIn" . }}
{{- if and $egress (ne $egress (include "registry.egressToPort" 443)) }}
{{- $lines = append $lines "The upstream of proxy.remoteurl may name other hosts for logins and blobs." }}
{{- end }}
{{- end }}
{{- end }}
{{- compact $lines | uniq | join "\n" }}
{{- end }}

{{- /* A line about one of registry.configuredAddresses that can't be read, unless it is the pod itself. */}}
{{- define "registry.unknownAddress" -}}
{{- $text := toString .text }}
{{- if kindIs "invalid" .text }}
{{- printf "%s is read from a Secret, ConfigMap or field." .where }}
{{- else if and $text (not (include "registry.egressToAddressIn" .)) }}
{{- $host := regexReplaceAll "(:[0-9]+)?(/.*)?$" (regexReplaceAll "(?i)^[a-z]+://" $text "") "" }}
{{- $isHere := regexMatch "(?i)^(localhost|127\\.[0-9.]+|0\\.0\\.0\\.0|\\[::1?\\])$" $host }}
{{- if not (or $isHere (hasPrefix "unix:" $text)) }}
{{- printf "%s has no address that can be read here." .where }}
{{- end }}
{{- end }}
{{- end }}
