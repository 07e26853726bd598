{{- /* What the front and nodes are told of the caches beside the registry. */}}

{{- /* The caches as nginx.conf names them, in words of files/nginx.conf: a list in JSON. */}}
{{- define "registry.namedCaches" -}}
{{- $named := list }}
{{- range $index, $cache := include "registry.cacheServers" . | fromJsonArray }}
{{- $host := regexQuoteMeta $cache.upstream | replace ":" "(?::|%3[Aa])" }}
{{- $words := dict "index" (toString $index) "path" $cache.path "path-expression" (regexQuoteMeta $cache.path) }}
{{- $named = append $named (set $words "host-expression" $host) }}
{{- end }}
{{- toJson $named }}
{{- end }}

{{- /* The file from which the start script finds the addresses of caches: nginx' name of its servers, host, port. */}}
{{- define "registry.cachesFile" -}}
{{- range $index, $cache := include "registry.cacheServers" . | fromJsonArray }}
{{- printf "cache_%d %s %d\n" $index $cache.host (int $cache.port) }}
{{- end }}
{{- end }}

{{- /* The path of a host's images at the registry, where a cache has them: (list $ HOST). */}}
{{- define "registry.cachePath" -}}
{{- $host := index . 1 }}
{{- range include "registry.cacheServers" (index . 0) | fromJsonArray }}
{{- if eq .upstream $host }}
{{- .path }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Each cache, as a list in JSON: its upstream, the path of its images, its Service, and its pods. */}}
{{- define "registry.cacheServers" -}}
{{- include "registry.once" (list . "cacheServers") }}
{{- end }}

{{- define "registry.new.cacheServers" -}}
{{- include "registry.prepareCaches" . }}
{{- $servers := list }}
{{- range .Values.cacheContexts }}
{{- $pods := include "registry.selectorLabels" (list . "registry") | fromYaml }}
{{- $servers = append $servers (merge (dict "pods" $pods "podPort" 5000) (pick .Cache "upstream" "path" "host" "port")) }}
{{- end }}
{{- toJson $servers }}
{{- end }}
