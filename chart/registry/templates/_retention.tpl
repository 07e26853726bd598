{{- /*
The retention: the CronJob that deletes images which no rule keeps. Its scripts are the constructs' (files/plan.lua,
files/run.lua, files/running-images.sh).
*/}}

{{- /* How a pod of this release reaches the registry: JSON with address, url of logins, encrypted, caSecret, and ports,
       which are empty where it is the Service. */}}
{{- define "registry.connection" -}}
{{- $tlsInPod := eq (include "registry.tlsInPod" .) "true" }}
{{- /* Another certificate need not be for the Service's name. */}}
{{- $inside := or (not $tlsInPod) (eq (include "registry.certificateSource" .) "generated") }}
{{- $address := printf "%s:%d" (include "registry.fullname" .) (int .Values.service.port) }}
{{- $ports := list }}
{{- if not $inside }}
{{- /* The port is refused where it is unknown. */}}
{{- $address = include "registry.pullAddress" . | replace "<port>" "30500" }}
{{- $ports = list (regexFind ":[0-9]+$" $address | trimPrefix ":" | default "443" | int) 5000 }}
{{- end }}
{{- $ca := and $tlsInPod (include "registry.privateCa" .) | empty | ternary "" (include "registry.tlsSecretName" .) }}
{{- $login := $tlsInPod | ternary $address (printf "http://%s" $address) }}
{{- dict "address" $address "login" $login "encrypted" $tlsInPod "caSecret" $ca "ports" $ports | toJson }}
{{- end }}

{{- /* Does it log in? */}}
{{- define "registry.asksForLogin" -}}
{{- if not (has (include "registry.usersSource" .) (list "none" "token")) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Metadata of a cluster-scoped object. Two namespaces may each have a release of one name. */}}
{{- define "registry.retentionClusterMetadata" -}}
name: {{ include "registry.retentionClusterName" . | quote }}
labels:
  {{- include "registry.labels" (list . "retention") | nindent 2 }}
{{- include "registry.annotations" (list .) }}
{{- end }}

{{- define "registry.retentionClusterName" -}}
{{- printf "%s.%s" .Release.Namespace (include "registry.objectName" (list . "retention")) }}
{{- end }}

{{- /* The rules as the script reads them. Without stars nobody has to list the repositories. */}}
{{- define "registry.retentionRules" -}}
{{- $patterns := list }}
{{- range .Values.retention.rules }}
{{- $patterns = concat $patterns .repositories }}
{{- end -}}
return {
  tagDeletion = {{ ne (include "registry.majorVersion" .) "2" }},
  attempts = 60,
  pause = 20,
{{- if not (join "" $patterns | contains "*") }}
  names = {{ include "registry.luaList" (uniq $patterns | sortAlpha) }},
{{- end }}
  rules = {
{{- range .Values.retention.rules }}
{{- $dates := false }}
{{- range .keep }}
{{- $dates = or $dates (hasKey . "newest") (hasKey . "youngerThan") }}
{{- end }}
    {
      repositories = {{ include "registry.luaList" .repositories }},
      dates = {{ $dates }},
      keep = {
{{- range .keep }}
        {
{{- if .everything }}
          by = "everything",
{{- else if .newest }}
          by = "newest",
          count = {{ int .newest }},
{{- else if .versions }}
          by = "versions",
          count = {{ int .versions }},
{{- else if .youngerThan }}
          by = "age",
{{- else }}
          by = "tags",
{{- end }}
{{- with .tags }}
          tags = {{ include "registry.luaList" . }},
{{- end }}
{{- with .youngerThan }}
          seconds = {{ include "registry.ageSeconds" . }},
          text = {{ include "registry.ageText" . | quote }},
{{- end }}
        },
{{- end }}
      },
    },
{{- end }}
  },
}
{{ end }}

{{- define "registry.luaList" -}}
{{- $quoted := list }}
{{- range . }}
{{- $quoted = append $quoted (quote .) }}
{{- end }}
{{- printf "{ %s }" (join ", " $quoted) }}
{{- end }}

{{- /* Seconds of an age, which may be in days. */}}
{{- define "registry.ageSeconds" -}}
{{- if hasSuffix "d" . }}
{{- mul (trimSuffix "d" . | int64) 86400 }}
{{- else }}
{{- include "registry.seconds" . }}
{{- end }}
{{- end }}

{{- /* An age in words, in its two largest units. */}}
{{- define "registry.ageText" -}}
{{- $rest := include "registry.ageSeconds" . | int64 }}
{{- $parts := list }}
{{- range list (list "day" 86400) (list "hour" 3600) (list "minute" 60) (list "second" 1) }}
{{- $count := div $rest (index . 1) }}
{{- if $count }}
{{- $parts = append $parts (printf "%d %s%s" $count (index . 0) (eq (int $count) 1 | ternary "" "s")) }}
{{- $rest = sub $rest (mul $count (index . 1)) }}
{{- end }}
{{- end }}
{{- if gt (len $parts) 2 }}
{{- $parts = slice $parts 0 2 }}
{{- end }}
{{- join " " $parts }}
{{- end }}
