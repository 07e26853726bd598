{{- /* What keeps a snapshot from being whole, or possible. */}}

{{- define "registry.problemsOfSnapshots" -}}
{{- if .Values.snapshots.enabled }}
{{- $name := include "registry.objectName" (list . "snapshots") }}
{{- if gt (len $name) 52 }}
snapshots.enabled: makes the CronJob "{{ $name }}", whose name has {{ len $name }} characters, and more than 52; write a fullnameOverride of at most 42 characters [snapshots-name-too-long]
{{- end }}
{{- if has (include "registry.storageKind" .) (list "objectStore" "ephemeral" "hostPath") }}
snapshots.enabled: {{ include "registry.fullname" . | include "registry.shown" }} has {{ include "registry.storageName" . }} storage, and snapshots are taken of claims of a CSI driver; save the images with a copy [snapshots-of-no-claim]
{{- end }}
{{- $pause := list . "snapshots" "pauseLimit" 300 }}
{{- include "registry.problemsOfPause" $pause }}
{{- with include "registry.pauseBeyondLimit" $pause }}
snapshots.pauseLimit: {{ . }}; write a longer timeLimit or a shorter pauseLimit [snapshots-pause-too-long]
{{- end }}
{{- include "registry.problemsOfResources" (list "snapshots.resources" .Values.snapshots.resources) }}
{{- end }}
{{- end }}
