{{- /* The part of NOTES.txt about snapshots on a schedule. */}}

{{- define "registry.notesOnSnapshots" -}}
{{- if .Values.snapshots.enabled }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $fullname := include "registry.fullname" . }}
{{- $title := printf "Snapshots of registry \"%s\"" $fullname }}
{{- $title }}
{{ repeat (len $title) "=" }}

Take one now. Pushes and deletions are refused for some minutes, and pulls go on:
{{ include "registry.runNow" (list $kubectl (include "registry.objectName" (list . "snapshots")) "snapshot") }}
Those that there are:
{{ $kubectl }} get volumesnapshots -l cdk8s-registry.io/snapshot-of={{ $fullname }}
{{- end }}
{{- end }}
