{{- /* A dashboard for Grafana. Its panels are the construct's (files/dashboard.json), and are filled in and placed here. */}}

{{- /* Its uid, the end of its address in Grafana. */}}
{{- define "registry.dashboardUid" -}}
{{- printf "registry-%s" (printf "%s/%s" .Release.Namespace (include "registry.fullname" .) | sha256sum | trunc 16) }}
{{- end }}

{{- /* CronJobs that it shows, in words of files/dashboard.json: a list in JSON. */}}
{{- define "registry.shownCronJobs" -}}
{{- $names := list }}
{{- range include "registry.ownCronJobs" . | fromJsonArray }}
{{- $names = append $names .name }}
{{- end }}
{{- $shown := list }}
{{- range concat $names .Values.dashboard.cronJobs | uniq }}
{{- $shown = append $shown (dict "cron-jobs" .) }}
{{- end }}
{{- toJson $shown }}
{{- end }}

{{- /* The JSON that Grafana imports. */}}
{{- define "registry.dashboardJson" -}}
{{- $given := .Values.dashboard }}
{{- $cronJobs := include "registry.shownCronJobs" . | fromJsonArray }}
{{- $words := include "registry.monitoredWords" (list . $given $cronJobs) | fromJson }}
{{- $title := printf "Registry %s (%s)" (include "registry.fullname" .) .Release.Namespace }}
{{- $_ := set $words "title" ($given.title | default $title) }}
{{- $_ := set $words "uid" (include "registry.dashboardUid" .) }}
{{- $if := include "registry.monitoredIf" (list . $given) | fromJson }}
{{- $_ := set $if "cron-jobs" $cronJobs }}
{{- $_ := set $if "caches" (get $words "cache-jobs") }}
{{- $file := .Files.Get "files/dashboard.json" | fromJson }}
{{- $stats := list }}
{{- $graphs := list }}
{{- range $file.panels }}
{{- if include "registry.allHold" (list $if (get . "if")) }}
{{- if eq .type "stat" }}
{{- $stats = append $stats .lines }}
{{- else }}
{{- $graphs = append $graphs .lines }}
{{- end }}
{{- end }}
{{- end }}
{{- $panels := list }}
{{- $width := div 24 (len $stats) }}
{{- range $index, $lines := $stats }}
{{- $at := dict "id" (add1 $index) "w" $width "x" (mul $index $width) "y" 0 }}
{{- $panels = append $panels (include "registry.filledInJson" (dict "text" (join "\n" $lines) "words" $at)) }}
{{- end }}
{{- range $index, $lines := $graphs }}
{{- $at := dict "id" (add (len $stats) $index 1) "w" 12 "x" (mul (mod $index 2) 12) "y" (add 4 (mul (div $index 2) 8)) }}
{{- $panels = append $panels (include "registry.filledInJson" (dict "text" (join "\n" $lines) "words" $at)) }}
{{- end }}
{{- $all := join ",\n" $panels | indent 4 | trim }}
{{- $text := join "\n" $file.lines | replace "@panels@" $all }}
{{- include "registry.filledInJson" (dict "text" $text "words" $words) }}
{{ end }}
