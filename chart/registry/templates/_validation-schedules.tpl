{{- /* Refused schedules of CronJobs: five fields, or a macro such as @daily. */}}

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

{{- /* Minute, hour, day of month, month and day of week: smallest and largest number, names of numbers, and whether `?`
       means any. */}}
{{- define "registry.scheduleFields" -}}
- { from: 0, to: 59 }
- { from: 0, to: 23 }
- { from: 1, to: 31, question: true }
- { from: 1, to: 12, names: [jan, feb, mar, apr, may, jun, jul, aug, sep, oct, nov, dec] }
- { from: 0, to: 6, names: [sun, mon, tue, wed, thu, fri, sat], question: true }
{{- end }}

{{- /* The numbers of a field: (list TEXT FIELD). A list in JSON, empty if it is none. */}}
{{- define "registry.scheduleNumbers" -}}
{{- $field := index . 1 }}
{{- $form := "^([*]|[?]|[A-Za-z0-9_]+)(?:-([A-Za-z0-9_]+))?(?:/([0-9]{1,9}))?$" }}
{{- $numbers := list }}
{{- $wrong := false }}
{{- range splitList "," (index . 0) }}
{{- if not (regexMatch $form .) }}
{{- $wrong = true }}
{{- else }}
{{- $from := regexReplaceAll $form . "${1}" }}
{{- $to := regexReplaceAll $form . "${2}" }}
{{- $step := regexReplaceAll $form . "${3}" }}
{{- $isAny := or (eq $from "*") (and (eq $from "?") (hasKey $field "question")) }}
{{- $first := int $field.from | toString }}
{{- $last := int $field.to | toString }}
{{- if not $isAny }}
{{- $first = include "registry.scheduleNumber" (list $from $field) }}
{{- /* One number with a step goes on to the end. */}}
{{- if or $to (not $step) }}
{{- $last = include "registry.scheduleNumber" (list ($to | default $from) $field) }}
{{- end }}
{{- end }}
{{- $every := regexReplaceAll "^0+(.)" ($step | default "1") "${1}" | int }}
{{- if or (and $isAny $to) (not $first) (not $last) (lt $every 1) }}
{{- $wrong = true }}
{{- else if gt (int $first) (int $last) }}
{{- $wrong = true }}
{{- else }}
{{- $numbers = concat $numbers (untilStep (int $first) (int $last | add1 | int) $every) }}
{{- end }}
{{- end }}
{{- end }}
{{- $wrong | ternary list (uniq $numbers) | toJson }}
{{- end }}

{{- /* One number of a field, or a name for one: (list TEXT FIELD). Nothing if it is none. */}}
{{- define "registry.scheduleNumber" -}}
{{- $text := index . 0 | lower }}
{{- $field := index . 1 }}
{{- range $index, $name := $field.names }}
{{- if eq $name $text }}
{{- $text = add $index (int $field.from) | toString }}
{{- end }}
{{- end }}
{{- if regexMatch "^[0-9]{1,2}$" $text }}
{{- $number := regexReplaceAll "^0+(.)" $text "${1}" | int }}
{{- if and (ge $number (int $field.from)) (le $number (int $field.to)) }}
{{- $number }}
{{- end }}
{{- end }}
{{- end }}
