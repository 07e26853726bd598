{{- /* The part of NOTES.txt about the dashboard. */}}

{{- define "registry.notesOnDashboard" -}}
{{- $title := printf "The dashboard of registry %q" (include "registry.fullname" .) }}
{{- $title }}
{{ repeat (len $title) "=" }}

Once Grafana has it, it is at Grafana's address with /d/{{ include "registry.dashboardUid" . }} behind it.
{{- end }}
