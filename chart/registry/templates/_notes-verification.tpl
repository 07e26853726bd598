{{- /* The part of NOTES.txt about the verification. */}}

{{- define "registry.notesOnVerification" -}}
{{- $title := printf "The verification of registry %q" (include "registry.fullname" .) }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $title }}
{{ repeat (len $title) "=" }}

After each change, see that it works:

{{ include "registry.runNow" (list $kubectl (include "registry.objectName" (list . "verification")) "verify") }}
{{- end }}
