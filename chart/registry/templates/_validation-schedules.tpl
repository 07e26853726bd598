{{- /* Refused schedules of CronJobs: five fields, or a macro such as @daily. And refused time limits. */}}

{{- /* (list PATH SCHEDULE) */}}
{{- define "registry.problemsOfSchedule" -}}
{{- $path := index . 0 }}
{{- $text := index . 1 }}
{{- $macros := list "@yearly" "@annually" "@monthly" "@weekly" "@daily" "@midnight" "@hourly" }}
{{- if not (has $text $macros) }}
{{- $numbers := list }}
{{- $parts := splitList " " $text }}
{{- if eq (len $parts) 5 }}
{{- range $index, $field := include "registry.scheduleFields" . | fromYamlArray }}
{{- $numbers = append $numbers (include "registry.scheduleNumbers" (list (index $parts $index) $field) | fromJsonArray) }}
{{- end }}
{{- end }}
{{- $wrong := empty $numbers }}
{{- range $numbers }}
{{- $wrong = or $wrong (empty .) }}
{{- end }}
{{- if $wrong }}
{{ $path }}: {{ include "registry.shown" $text }} is not a schedule of minute, hour, day of month, month and day of week; write e.g. "30 2 * * *" [not-a-schedule]
{{- else if eq (len (index $numbers 4)) 7 }}
{{- /* Either day counts where both are limited. */}}
{{- $comes := false }}
{{- $day := 31 }}
{{- range index $numbers 2 }}
{{- $day = min $day . }}
{{- end }}
{{- range index $numbers 3 }}
{{- $longest := int . | eq 2 | ternary 29 (has (int .) (list 4 6 9 11) | ternary 30 31) }}
{{- if le (int $day) $longest }}
{{- $comes = true }}
{{- end }}
{{- end }}
{{- if not $comes }}
{{ $path }}: {{ include "registry.shown" $text }} never comes: none of its months has such a day; write e.g. "30 2 * * *" [schedule-never-comes]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* (list PATH DURATION LEAST): from so many seconds to 30 days. */}}
{{- define "registry.problemsOfTimeLimit" -}}
{{- $seconds := include "registry.seconds" (index . 1) | int64 }}
{{- $least := index . 2 | int64 }}
{{- if or (lt $seconds $least) (gt $seconds 2592000) }}
{{ index . 0 }}: "{{ $seconds }} s" is not from {{ $least }} s to 2592000 s; write e.g. "30m" [time-limit-not-in-range]
{{- end }}
{{- end }}
