{{- /*
Egress rules of NetworkPolicies, as items of a list. Policies apply after a Service is resolved to a pod,
whose port is unknown here: a Service of this cluster opens all ports of its namespace. Another name reveals
no address, and opens its port to anywhere.
*/}}

{{- /* DNS. Policies see the target port of the DNS pods; OpenShift's listen on 5353. */}}
{{- define "registry.egressToDns" -}}
- ports:
    - port: 53
      protocol: UDP
    - port: 53
      protocol: TCP
    - port: 5353
      protocol: UDP
    - port: 5353
      protocol: TCP
{{- end }}

{{- /* A port, anywhere. */}}
{{- define "registry.egressToPort" -}}
- ports:
    - port: {{ int . }}
      protocol: TCP
{{- end }}

{{- /* The API server. Policies see its own address and port, not those of the Service `kubernetes`. */}}
{{- define "registry.egressToApiServer" -}}
- ports:
    - port: 443
      protocol: TCP
    - port: 6443
      protocol: TCP
{{- end }}

{{- /* A port of one IP address: (dict "host" ADDRESS "port" PORT). */}}
{{- define "registry.egressToAddress" -}}
- to:
    - ipBlock:
        cidr: {{ printf "%s/%s" .host (contains ":" .host | ternary "128" "32") | quote }}
  ports:
    - port: {{ int .port }}
      protocol: TCP
{{- end }}

{{- /* A port of a host in lower case: (dict "host" HOST "port" PORT). The host is the name of a Service, an
       address (IPv6 in brackets), or any other name. */}}
{{- define "registry.egressToHost" -}}
{{- $host := .host }}
{{- $service := "^[^.]+\\.([^.]+)\\.svc(\\..+)?$" }}
{{- $byte := "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])" }}
{{- $isLabel := regexMatch "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" $host }}
{{- if regexMatch $service $host -}}
- to:
    - namespaceSelector:
        matchLabels:
          kubernetes.io/metadata.name: {{ regexReplaceAll $service $host "${1}" | quote }}
{{- else if hasPrefix "[" $host }}
{{- include "registry.egressToAddress" (dict "host" (trimAll "[]" $host) "port" .port) }}
{{- else if regexMatch (printf "^(%s\\.){3}%s$" $byte $byte) $host }}
{{- include "registry.egressToAddress" . }}
{{- else if and $isLabel (not (regexMatch "^[0-9]+$" $host)) -}}
{{- /* A Service of the registry's own namespace. */ -}}
- to:
    - podSelector: {}
{{- else }}
{{- include "registry.egressToPort" .port }}
{{- end }}
{{- end }}

{{- /* A URL of the values. */}}
{{- define "registry.egressToUrl" -}}
{{- include "registry.egressToHost" (dict "host" (include "registry.urlHost" .) "port" (include "registry.urlPort" .)) }}
{{- end }}

{{- /* The port of a URL, or the one that its scheme has anyway. */}}
{{- define "registry.urlPort" -}}
{{- $usual := hasPrefix "https:" . | ternary 443 80 }}
{{- regexFind ":[0-9]+$" (include "registry.usableUrl" . | urlParse).host | trimPrefix ":" | default $usual }}
{{- end }}

{{- /* The host of a URL, without its port. */}}
{{- define "registry.urlHost" -}}
{{- regexReplaceAll ":[0-9]+$" (include "registry.usableUrl" . | urlParse).host "" }}
{{- end }}

{{- /* Has a URL a port that is none: 99999, or with leading zeros? */}}
{{- define "registry.hasWrongPort" -}}
{{- if regexMatch "^https?://([[][^/\\]]*[]]|[^/:]+):[0-9]+([/?#]|$)" . }}
{{- $port := regexReplaceAll "^https?://([[][^/\\]]*[]]|[^/:]+):([0-9]+)(?s:[/?#].*)?$" . "${2}" }}
{{- if not (and (regexMatch "^[1-9][0-9]{0,4}$" $port) (le (atoi $port) 65535)) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A URL of the values; nothing if it has a password, a query or a port that is none, which is refused. */}}
{{- define "registry.usableUrl" -}}
{{- if not (or (regexMatch "[@?#]" .) (include "registry.hasWrongPort" .)) }}
{{- . }}
{{- end }}
{{- end }}

{{- /* A URL in its shortest form: without the port that its scheme has anyway, and without a slash at the
       end. */}}
{{- define "registry.shortUrl" -}}
{{- $usual := hasPrefix "https:" . | ternary ":443" ":80" }}
{{- $root := regexFind "^https?://[^/]+" . }}
{{- $path := trimPrefix $root . }}
{{- printf "%s%s" (trimSuffix $usual $root) (trimSuffix "/" $path) }}
{{- end }}

{{- /* The address in a text, which is a URL or `host:port`: (dict "text" TEXT "defaultPort" PORT), where 0
       means no default. Nothing if it is the pod itself or can't be read. */}}
{{- define "registry.egressToAddressIn" -}}
{{- $text := .text }}
{{- /* Groups: 1. the scheme; a user may follow. 2. the host. 3. the port; a path may follow. */}}
{{- $scheme := "(?:([a-z][a-z0-9+.-]*)://)?" }}
{{- $host := "(\\[[0-9a-f:.]+\\]|[a-z0-9._-]+)" }}
{{- $pattern := printf "(?i)^\\s*%s(?:[^/@\\s]*@)?%s(?::(\\d{1,5}))?(?:[/?#]\\S*)?\\s*$" $scheme $host }}
{{- if and (kindIs "string" $text) (regexMatch $pattern $text) }}
{{- $scheme = regexReplaceAll $pattern $text "${1}" | lower }}
{{- $host = regexReplaceAll $pattern $text "${2}" | lower }}
{{- $usual := dict "http" 80 "https" 443 "redis" 6379 "rediss" 6379 "socks5" 1080 "smtp" 25 }}
{{- $port := get $usual $scheme | default .defaultPort }}
{{- with regexReplaceAll $pattern $text "${3}" }}
{{- $port = regexReplaceAll "^0+" . "" | int }}
{{- end }}
{{- $isHere := regexMatch "^(localhost|127\\.[0-9.]+|0\\.0\\.0\\.0|\\[::1?\\])$" $host }}
{{- if and (not $isHere) (ge (int $port) 1) (le (int $port) 65535) }}
{{- include "registry.egressToHost" (dict "host" $host "port" $port) }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Egress to the storage, to what the front asks, and to the upstream of a cache. */}}
{{- define "registry.neededEgress" -}}
{{- with include "registry.storage" (list . "egress") }}
{{- . }}
{{- end }}
{{- with include "registry.frontEgress" . }}
{{ . }}
{{- end }}
{{- if .Cache }}
{{ include "registry.upstreamEgress" . }}
{{- end }}
{{- end }}

{{- /* Egress to what config.yml and extraEnv name besides that. */}}
{{- define "registry.configuredEgress" -}}
{{- $known := include "registry.neededEgress" . | fromYamlArray }}
{{- $rules := list }}
{{- range include "registry.configuredAddresses" . | fromJsonArray }}
{{- range include "registry.egressToAddressIn" . | fromYamlArray }}
{{- if not (has . (concat $known $rules)) }}
{{- $rules = append $rules . }}
{{- end }}
{{- end }}
{{- end }}
{{- with $rules }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- /* The addresses in config.yml and extraEnv: Redis, notification endpoints, the upstream of a cache,
       proxies. A list in JSON of (dict "where" NAME "text" ADDRESS "defaultPort" PORT): what NOTES call it, and
       what registry.egressToAddressIn takes. */}}
{{- define "registry.configuredAddresses" -}}
{{- /* Keys of config.yml, by path. `as` is what NOTES call it. */}}
{{- $keys := list
  (dict "path" "redis.addr" "as" "redis" "port" 6379)
  (dict "path" "redis.addrs" "as" "redis" "port" 6379)
  (dict "path" "notifications.endpoints.url" "as" "notifications.endpoints" "port" 0)
  (dict "path" "proxy.remoteurl" "as" "proxy.remoteurl" "port" 443)
  (dict "path" "health.http.uri" "as" "health.http" "port" 0)
  (dict "path" "health.tcp.addr" "as" "health.tcp" "port" 0)
  (dict "path" "log.hooks.options.smtp.addr" "as" "log.hooks" "port" 25)
  (dict "path" "reporting" "as" "reporting" "port" 443)
  (dict "path" "storage.*.regionendpoint" "as" "storage's regionendpoint" "port" 443)
  (dict "path" "storage.*.serviceurl" "as" "storage's serviceurl" "port" 443)
  (dict "path" "storage.*.authurl" "as" "storage's authurl" "port" 443)
}}
{{- /* Variables of the pod, and their default ports. */}}
{{- $variables := dict
  "HTTP_PROXY" 80
  "HTTPS_PROXY" 80
  "http_proxy" 80
  "https_proxy" 80
  "OTEL_EXPORTER_OTLP_ENDPOINT" 0
  "OTEL_EXPORTER_OTLP_TRACES_ENDPOINT" 0
  "REGISTRY_REDIS_ADDR" 6379
  "REGISTRY_REDIS_ADDRS" 6379
  "REGISTRY_PROXY_REMOTEURL" 443
  "REGISTRY_NOTIFICATIONS_ENDPOINTS" 0
}}
{{- $found := list }}
{{- $config := include "registry.config" . | fromYaml }}
{{- if include "registry.cacheIsShared" . }}
{{- $config = omit $config "redis" }}
{{- end }}
{{- if .Cache }}
{{- /* Its upstream is opened as values say. */}}
{{- $config = omit $config "proxy" }}
{{- end }}
{{- range $key := $keys }}
{{- range include "registry.valuesAt" (list $config $key.path) | fromJsonArray }}
{{- /* Error reports are a map of services on the Internet, whose addresses it doesn't name. */}}
{{- $address := kindIs "map" . | ternary "service.example.com" . }}
{{- $found = append $found (dict "where" $key.as "text" $address "defaultPort" $key.port) }}
{{- end }}
{{- end }}
{{- range $variable := .Values.extraEnv }}
{{- $port := get $variables .name }}
{{- if and (hasKey $variables .name) (kindIs "string" .value) }}
{{- $texts := list .value }}
{{- /* Lists and maps are YAML: anything in them that looks like an address is taken as one. */}}
{{- if regexMatch "^\\s*[[{-]" .value }}
{{- $texts = regexFindAll "(?i)[a-z]+://[^\\s\"',}\\]]+|[\\w.-]+:\\d+" .value -1 }}
{{- end }}
{{- range $texts }}
{{- $found = append $found (dict "where" $variable.name "text" . "defaultPort" $port) }}
{{- end }}
{{- else if and (hasKey $variables .name) .valueFrom }}
{{- $found = append $found (dict "where" .name "text" nil "defaultPort" 0) }}
{{- end }}
{{- end }}
{{- toJson $found }}
{{- end }}

{{- /* All values at a path, as JSON: (list TREE "key.key"). Lists on the way are searched item by item, and
       `*` is any key. Notification endpoints that are disabled are left out. */}}
{{- define "registry.valuesAt" -}}
{{- $values := list (index . 0) }}
{{- range $key := splitList "." (index . 1) }}
{{- $next := list }}
{{- range $map := $values }}
{{- if and (kindIs "map" $map) (not (and (eq $key "url") $map.disabled)) }}
{{- range eq $key "*" | ternary (keys $map | sortAlpha) (list $key) }}
{{- $value := get $map . }}
{{- if kindIs "slice" $value }}
{{- $next = concat $next $value }}
{{- else }}
{{- $next = append $next $value }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $values = $next }}
{{- end }}
{{- toJson $values }}
{{- end }}
