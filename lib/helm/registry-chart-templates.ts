// Named templates of the registry's chart that no manifest shows: how sizes, addresses and containers of the user's are made into what the constructs make
// of them. Each is the counterpart of a derivation in chart-*.ts.
import { RESTRICTED } from '../restricted-pod';

/** `_registry.tpl`. */
export const REGISTRY_TEMPLATES = `{{/* A size such as 10Gi, in kibibytes. */}}
{{- define "registry.kibibytes" -}}
{{- $units := dict "Ki" 1 "Mi" 1024 "Gi" 1048576 "Ti" 1073741824 "Pi" 1099511627776 }}
{{- $unit := regexFind "[A-Z]i$" . }}
{{- mul (trimSuffix $unit . | int64) (index $units $unit) }}
{{- end }}

{{/* The memory that Go's garbage collector aims at, for a limit such as 512Mi. */}}
{{- define "registry.goMemory" -}}
{{- div (mul (include "registry.kibibytes" . | int64) 85) 100 }}KiB
{{- end }}

{{/* The port of a URL, also where it is the scheme's own. */}}
{{- define "registry.port" -}}
{{- $port := regexReplaceAll "^https?://[^/:]+(:([0-9]+))?(/.*)?$" . "\${2}" }}
{{- if $port }}
{{- $port }}
{{- else if hasPrefix "https:" . }}
{{- 443 }}
{{- else }}
{{- 80 }}
{{- end }}
{{- end }}

{{/* Containers, with the security settings of all containers of this chart where they have none of their own. */}}
{{- define "registry.restricted" -}}
{{- $containers := list }}
{{- range . }}
{{- $context := fromJson ${JSON.stringify(JSON.stringify(RESTRICTED))} }}
{{- range $key, $value := .securityContext }}
{{- $_ := set $context $key $value }}
{{- end }}
{{- $containers = append $containers (merge (dict "securityContext" $context) .) }}
{{- end }}
{{- toYaml $containers }}
{{- end }}
`;
