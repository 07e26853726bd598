{{- /* The parts of NOTES.txt about caches, one for each. */}}

{{- define "registry.notesOnCaches" -}}
{{- include "registry.prepareCaches" . }}
{{- range .Values.cacheContexts }}
{{- $name := include "registry.fullname" . }}
{{- $title := printf "The cache %q of %s" $name .Cache.upstream }}

{{ $title }}
{{ repeat (len $title) "=" }}

Fetches from {{ .Cache.url }}. Its images begin with {{ include "registry.pullAddress" $ }}/{{ .Cache.path }}/

{{ include "registry.kubectl" . }} rollout status deployment/{{ $name }}

While the upstream is away or refuses the login, images that are not cached are answered with 404. Its log has
the reason:
{{ include "registry.kubectl" . }} logs deployment/{{ $name }}
{{- if .Values.prefetch.images }}

Fetch the images of its schedule now, and see what happens:
{{ include "registry.runNow" (list (include "registry.kubectl" .) (printf "%s-prefetch" $name) "prefetch") }}
{{- end }}
{{- end }}
{{- end }}
