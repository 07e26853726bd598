{{- /* The steps of NOTES.txt about the front: who may do what, the log, and the switch to read-only. */}}

{{- define "registry.notesOnAccess" }}
{{- if include "registry.hasAccess" . }}
Who may do what (* is one part of a name, ** one or more; what is not in a rule is denied)
{{- include "registry.accessTable" . }}
{{- end }}
{{- end }}

{{- define "registry.notesOnSwitches" }}
{{- if include "registry.hasFront" . }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $switch := include "registry.objectName" (list . "read-only") }}
{{- $byToken := eq (include "registry.usersSource" .) "token" }}
See {{ $byToken | ternary "what was done" "who did what" }}, and stop all writes for a while
One line of JSON for each request{{ $byToken | ternary ". Who a token is for is in the log of the container registry" "" }}:
{{ $kubectl }} logs deployment/{{ include "registry.fullname" . }} -c front --tail 20
Pushes and deletions get 405 while there is this ConfigMap, from about a minute after it is created:
{{ $kubectl }} create configmap {{ $switch }} --from-literal=readonly=
{{ $kubectl }} delete configmap {{ $switch }}
{{- end }}
{{- end }}
