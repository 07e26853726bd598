{{- /* The part of NOTES.txt about the retention: how to read a report, and when to delete. */}}

{{- define "registry.notesOnRetention" -}}
{{- if .Values.retention.enabled }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $title := printf "The retention of registry \"%s\"" (include "registry.fullname" .) }}
{{- $title }}
{{ repeat (len $title) "=" }}
{{ if .Values.retention.dryRun }}
It deletes nothing yet: each run reports what it would delete, and why it keeps the rest. Read a report:
{{- else }}
IT DELETES IMAGES that no rule keeps. To run it now, and read what it does:
{{- end }}
{{ include "registry.runNow" (list $kubectl (include "registry.objectName" (list . "retention")) "retain") }}
{{- if .Values.retention.dryRun }}
If it is right, write retention: { dryRun: false }, and upgrade.
{{- end }}
What is deleted takes space until garbage is collected.
{{- if .Values.retention.spareRunning.enabled }}
The ClusterRole {{ include "registry.retentionClusterName" . }} lets it list the pods of all namespaces, and nothing else.
{{- end }}
{{- end }}
{{- end }}
