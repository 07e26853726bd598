{{- /*
Sizes, amounts of CPU, durations and flags, as the schema of the values admits them.
*/}}

{{- /* A size such as 10Gi, in kibibytes. */}}
{{- define "registry.kibibytes" -}}
{{- $units := dict "Ki" 1 "Mi" 1024 "Gi" 1048576 "Ti" 1073741824 "Pi" 1099511627776 }}
{{- $unit := regexFind "[A-Z]i$" . }}
{{- mul (trimSuffix $unit . | int64) (get $units $unit) }}
{{- end }}

{{- define "registry.bytes" -}}
{{- mul (include "registry.kibibytes" .) 1024 }}
{{- end }}

{{- /* CPU such as 100m or 0.5, in thousandths. */}}
{{- define "registry.millicores" -}}
{{- if hasSuffix "m" . }}
{{- trimSuffix "m" . | int64 }}
{{- else }}
{{- round (mulf . 1000) 0 | int64 }}
{{- end }}
{{- end }}

{{- /* A duration such as 90s, 15m or 6h, in seconds. */}}
{{- define "registry.seconds" -}}
{{- $units := dict "s" 1 "m" 60 "h" 3600 }}
{{- $unit := regexFind "[smh]$" . }}
{{- mul (trimSuffix $unit . | int64) (get $units $unit) }}
{{- end }}

{{- /* A duration in the largest unit that fits. */}}
{{- define "registry.duration" -}}
{{- $seconds := include "registry.seconds" . | int64 }}
{{- if not (mod $seconds 3600) }}
{{- printf "%dh" (div $seconds 3600) }}
{{- else if not (mod $seconds 60) }}
{{- printf "%dm" (div $seconds 60) }}
{{- else }}
{{- printf "%ds" $seconds }}
{{- end }}
{{- end }}

{{- /* A value of true, false or null, where null is the default: (list VALUE DEFAULT). Prints "true" or
       nothing. */}}
{{- define "registry.flag" -}}
{{- if kindIs "invalid" (index . 0) | ternary (index . 1) (index . 0) }}
{{- "true" }}
{{- end }}
{{- end }}
