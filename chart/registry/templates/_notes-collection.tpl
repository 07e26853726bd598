{{- /* The part of NOTES.txt about scheduled collections. */}}

{{- define "registry.notesOnCollection" -}}
{{- if .Values.collection.enabled }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $name := include "registry.objectName" (list . "collection") }}
{{- $title := printf "Garbage of registry \"%s\"" (include "registry.fullname" .) }}
{{- $title }}
{{ repeat (len $title) "=" }}

Collect it now. Pushes and deletions are refused for some minutes, and pulls go on:
{{ include "registry.runNow" (list $kubectl $name "collect") }}
What the last runs did:
{{ $kubectl }} get configmap {{ $name }} -o jsonpath='{.metadata.annotations}'
{{- end }}
{{- end }}
