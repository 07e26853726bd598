{{- /* Schedules of CronJobs: five fields, or a macro such as @daily. */}}

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

{{- /* What macros stand for. */}}
{{- define "registry.scheduleMacros" -}}
"@yearly": 0 0 1 1 *
"@annually": 0 0 1 1 *
"@monthly": 0 0 1 * *
"@weekly": 0 0 * * 0
"@daily": 0 0 * * *
"@midnight": 0 0 * * *
"@hourly": 0 * * * *
{{- end }}

{{- /* Seconds of the longest pause between two runs, in a time zone without daylight saving; nothing if a schedule is none,
       or never comes twice in nine years from 2096 on, of which 2100 has no leap day. */}}
{{- define "registry.longestPause" -}}
{{- $parts := get (include "registry.scheduleMacros" . | fromYaml) . | default . | splitList " " }}
{{- $sets := list }}
{{- if eq (len $parts) 5 }}
{{- range $index, $field := include "registry.scheduleFields" . | fromYamlArray }}
{{- $set := dict }}
{{- range include "registry.scheduleNumbers" (list (index $parts $index) $field) | fromJsonArray }}
{{- $_ := set $set (int . | toString) true }}
{{- end }}
{{- if $set }}
{{- $sets = append $sets $set }}
{{- end }}
{{- end }}
{{- end }}
{{- if eq (len $sets) 5 }}
{{- $days := index $sets 2 }}
{{- $months := index $sets 3 }}
{{- $weekdays := index $sets 4 }}
{{- /* Minutes of the day. */}}
{{- $first := -1 }}
{{- $last := -1 }}
{{- $longest := 0 }}
{{- range $hour := until 24 }}
{{- if hasKey (index $sets 1) (toString $hour) }}
{{- range $minute := until 60 }}
{{- if hasKey (index $sets 0) (toString $minute) }}
{{- $time := add (mul $hour 60) $minute | int }}
{{- if lt $first 0 }}
{{- $first = $time }}
{{- else }}
{{- $longest = max $longest (sub $time $last) | int }}
{{- end }}
{{- $last = $time }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $either := and (lt (len $days) 31) (lt (len $weekdays) 7) }}
{{- $night := sub $first $last | int }}
{{- $pauses := 0 }}
{{- $isDaily := and (eq (len $days) 31) (eq (len $months) 12) (eq (len $weekdays) 7) }}
{{- if $isDaily }}
{{- $pauses = 1 }}
{{- $longest = max $longest (add 1440 $night) | int }}
{{- end }}
{{- $number := 0 }}
{{- $before := -1 }}
{{- /* 1 January 2096 is a Sunday. */}}
{{- range $year := $isDaily | ternary list (untilStep 2096 2105 1) }}
{{- $leap := and (eq (mod $year 4) 0) (ne $year 2100) }}
{{- range $month := untilStep 1 13 1 }}
{{- $length := eq $month 2 | ternary ($leap | ternary 29 28) (has $month (list 4 6 9 11) | ternary 30 31) }}
{{- if hasKey $months (toString $month) }}
{{- range $day := untilStep 1 (add1 $length | int) 1 }}
{{- $at := add $number $day -1 | int }}
{{- $ofMonth := hasKey $days (toString $day) }}
{{- $ofWeek := hasKey $weekdays (mod $at 7 | toString) }}
{{- if or (and $ofMonth $ofWeek) (and $either (or $ofMonth $ofWeek)) }}
{{- if ge $before 0 }}
{{- $pauses = add1 $pauses | int }}
{{- $longest = max $longest (add (mul (sub $at $before) 1440) $night) | int }}
{{- end }}
{{- $before = $at }}
{{- end }}
{{- end }}
{{- end }}
{{- $number = add $number $length | int }}
{{- end }}
{{- end }}
{{- if $pauses }}
{{- mul $longest 60 }}
{{- end }}
{{- end }}
{{- end }}
