{{- /* The part of NOTES.txt about copies: how to run one, and what to do if it fails. */}}

{{- define "registry.notesOnCopies" -}}
{{- include "registry.prepareCopies" . }}
{{- $kubectl := include "registry.kubectl" . }}
{{- range $index, $copy := .Values.copyContexts }}
{{- $ends := include "registry.copyEnds" (list $ .) | fromJson }}
{{- $title := printf "The copy from %s to %s" $ends.source.address $ends.target.address }}
{{- if $index }}

{{ end }}
{{- $title }}
{{ repeat (len $title) "=" }}

To run it now, and read what it did:
{{ include "registry.runNow" (list $kubectl .name "copy") }}
If it fails, or is interrupted, run it again: it copies what is missing.
{{- end }}
{{- end }}
