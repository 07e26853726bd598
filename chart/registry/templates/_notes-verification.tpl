{{- /* The part of NOTES.txt about the verification. */}}

{{- define "registry.notesOnVerification" -}}
{{- $title := printf "The verification of registry %q" (include "registry.fullname" .) }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $title }}
{{ repeat (len $title) "=" }}

After each change, see that it works:

job=verify-$(date +%s)
{{ $kubectl }} create job --from=cronjob/{{ include "registry.objectName" (list . "verification") }} $job
{{ $kubectl }} wait --for=condition=complete --timeout=5m job/$job || echo FAILED
{{ $kubectl }} logs job/$job
{{- end }}
