{{- /* What pods and tools that use the registry are given. */}}

{{- define "registry.pullSecretName" -}}
{{- .Values.pullSecret.name | default (include "registry.objectName" (list . "pull")) }}
{{- end }}

{{- /* The generated login, as Docker's config.json has it. The password is the one of the login's Secret, so each
       upgrade writes what is valid then. */}}
{{- define "registry.dockerConfig" -}}
{{- $address := include "registry.pullAddress" . | toRawJson }}
{{- $user := .Values.auth.username }}
{{- $password := include "registry.password" . }}
{{- $auth := printf "%s:%s" $user $password | b64enc }}
{{- printf `{"auths":{%s:{"username":%s,"password":%s,"auth":%q}}}` $address (toRawJson $user) (toRawJson $password) $auth }}
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
