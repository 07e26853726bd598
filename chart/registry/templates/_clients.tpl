{{- /* What pods and tools that use the registry are given. */}}

{{- define "registry.pullSecretName" -}}
{{- .Values.pullSecret.name | default (include "registry.objectName" (list . "pull")) }}
{{- end }}

{{- /* The generated login, as Docker's config.json has it. The password is the one of the login's Secret, so each
       upgrade writes what is valid then. */}}
{{- define "registry.dockerConfig" -}}
{{- include "registry.dockerConfigOf" (list (include "registry.pullAddress" .) .Values.auth.username (include "registry.password" .)) }}
{{- end }}

{{- /* A login as a docker config: (list ADDRESS USER PASSWORD). */}}
{{- define "registry.dockerConfigOf" -}}
{{- $user := index . 1 }}
{{- $password := index . 2 }}
{{- $auth := printf "%s:%s" $user $password | b64enc }}
{{- printf `{"auths":{%s:{"username":%s,"password":%s,"auth":%q}}}` (toRawJson (index . 0)) (toRawJson $user) (toRawJson $password) $auth }}
{{- "\n" }}
{{- end }}

{{- /* The registry's addresses for tools, as KEP-1755 has them. */}}
{{- define "registry.localHosting" -}}
{{- $push := include "registry.address" . }}
{{- $pull := include "registry.pullAddress" . -}}
host: {{ $push | quote }}
{{- if ne $push $pull }}
hostFromContainerRuntime: {{ $pull | quote }}
{{- end }}
hostFromClusterNetwork: {{ printf "%s.%s.svc:%d" (include "registry.fullname" .) .Release.Namespace (int .Values.service.port) | quote }}
{{- with .Values.localRegistryHosting.help }}
help: {{ . | quote }}
{{- end }}
{{- end }}
