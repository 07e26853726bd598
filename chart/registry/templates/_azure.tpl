{{- /*
A container on Azure Blob Storage.
*/}}

{{- /* Does this chart write a Secret with the account's key or the client's secret? */}}
{{- define "registry.azure.writesSecret" -}}
{{- $azure := .Values.storage.azure }}
{{- if not (or $azure.existingSecret (eq $azure.identity "defaultCredentials")) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* 2.x knows the account, its key and the container. The fields of a client secret are environment
       variables, all of them: variables can't add to a map of config.yml. */}}
{{- define "registry.azure.driver" -}}
{{- $azure := .Values.storage.azure -}}
azure:
  accountname: {{ $azure.accountName | quote }}
  container: {{ $azure.container | quote }}
  {{- with $azure.realm }}
  realm: {{ . | quote }}
  {{- end }}
  {{- if eq (include "registry.majorVersion" .) "3" }}
  {{- with $azure.prefix }}
  rootdirectory: {{ printf "/%s" . | quote }}
  {{- end }}
  {{- with $azure.endpoint }}
  serviceurl: {{ include "registry.shortUrl" . | quote }}
  {{- end }}
  {{- if ne $azure.identity "clientSecret" }}
  credentials:
    type: {{ snakecase $azure.identity }}
  {{- end }}
  {{- end }}
{{- end }}

{{- define "registry.azure.redirects" }}true{{ end }}

{{- define "registry.azure.env" -}}
{{- $azure := .Values.storage.azure }}
{{- $prefix := "REGISTRY_STORAGE_AZURE" }}
{{- if eq $azure.identity "clientSecret" -}}
- name: {{ $prefix }}_CREDENTIALS_TYPE
  value: client_secret
- name: {{ $prefix }}_CREDENTIALS_TENANTID
  value: {{ $azure.tenantId | quote }}
- name: {{ $prefix }}_CREDENTIALS_CLIENTID
  value: {{ $azure.clientId | quote }}
{{ include "registry.azure.secretEnv" (list . (printf "%s_CREDENTIALS_SECRET" $prefix) "clientSecret") }}
{{- else if eq $azure.identity "sharedKey" }}
{{- include "registry.azure.secretEnv" (list . (printf "%s_ACCOUNTKEY" $prefix) "accountKey") }}
{{- end }}
{{- end }}

{{- /* (list $ VARIABLE KEY) */}}
{{- define "registry.azure.secretEnv" -}}
{{- $root := index . 0 }}
{{- $variable := index . 1 }}
{{- $key := index . 2 }}
{{- $azure := $root.Values.storage.azure }}
{{- if $azure.existingSecret }}
{{- $key = $azure.existingSecretKey | default $key }}
{{- include "registry.textFromSecret" (list $variable $azure.existingSecret $key) }}
{{- else }}
{{- $secret := include "registry.objectName" (list $root "azure") }}
{{- include "registry.envFromSecret" (list $variable $secret $key) }}
{{- end }}
{{- end }}

{{- define "registry.azure.volumes" }}{{ end }}
{{- define "registry.azure.mounts" }}{{ end }}

{{- define "registry.azure.egress" -}}
{{- include "registry.egressToPort" 443 }}
{{- with .Values.storage.azure.endpoint }}
{{ include "registry.egressToUrl" . }}
{{- end }}
{{- /* The metadata server, which knows the identity of nodes. */}}
{{- if eq .Values.storage.azure.identity "defaultCredentials" }}
{{ include "registry.egressToAddress" (dict "host" "169.254.169.254" "port" 80) }}
{{- end }}
{{- end }}

{{- define "registry.azure.secrets" -}}
{{- if include "registry.azure.writesSecret" . }}
{{- $azure := .Values.storage.azure }}
{{- eq $azure.identity "sharedKey" | ternary $azure.accountKey $azure.clientSecret }}
{{- end }}
{{- end }}
