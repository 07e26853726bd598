{{- /*
A bucket on Amazon S3, or on a server with its API.
*/}}

{{- /* Is it Amazon's own S3? */}}
{{- define "registry.s3.isAmazon" -}}
{{- $endpoint := .Values.storage.s3.endpoint }}
{{- if or (not $endpoint) (regexMatch "\\.amazonaws\\.com(\\.cn)?$" (include "registry.urlHost" $endpoint)) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Where the keys are from: existingSecret, given (in the values), or none, which means the pod's
       identity. */}}
{{- define "registry.s3.keys" -}}
{{- if .Values.storage.s3.existingSecret }}
{{- "existingSecret" }}
{{- else if or .Values.storage.s3.accessKeyId .Values.storage.s3.secretAccessKey }}
{{- "given" }}
{{- else }}
{{- "none" }}
{{- end }}
{{- end }}

{{- define "registry.s3.driver" -}}
{{- $s3 := .Values.storage.s3 }}
{{- $amazon := include "registry.s3.isAmazon" . -}}
s3:
  bucket: {{ $s3.bucket | quote }}
  region: {{ $s3.region | default "us-east-1" | quote }}
  {{- with $s3.endpoint }}
  regionendpoint: {{ include "registry.shortUrl" . | quote }}
  {{- if hasPrefix "http:" . }}
  secure: false
  {{- end }}
  {{- end }}
  {{- with $s3.prefix }}
  rootdirectory: {{ printf "/%s" . | quote }}
  {{- end }}
  {{- if include "registry.flag" (list $s3.encrypt $s3.kmsKeyId) }}
  encrypt: true
  {{- with $s3.kmsKeyId }}
  keyid: {{ . | quote }}
  {{- end }}
  {{- end }}
  {{- /* Servers that aren't Amazon's may refuse requests with a storage class. */}}
  {{- with $s3.storageClass | default (empty $amazon | ternary "NONE" "") }}
  storageclass: {{ . }}
  {{- end }}
  {{- with $s3.chunkSize }}
  chunksize: {{ include "registry.bytes" . }}
  {{- end }}
  {{- if $s3.skipVerify }}
  skipverify: true
  {{- end }}
  {{- /* 2.x has no such key: it uses path-style addresses wherever there is an endpoint. */}}
  {{- $pathStyle := include "registry.flag" (list $s3.pathStyle $s3.endpoint) }}
  {{- if and $pathStyle (eq (include "registry.majorVersion" .) "3") }}
  forcepathstyle: true
  {{- end }}
{{- end }}

{{- /* Clients reach Amazon; of another server that is unknown. */}}
{{- define "registry.s3.redirects" -}}
{{- include "registry.s3.isAmazon" . }}
{{- end }}

{{- define "registry.s3.env" -}}
{{- $s3 := .Values.storage.s3 }}
{{- $keys := include "registry.s3.keys" . }}
{{- if eq $keys "existingSecret" }}
{{- $secret := $s3.existingSecret }}
{{- include "registry.envFromSecret" (list "AWS_ACCESS_KEY_ID" $secret $s3.accessKeyIdKey) }}
{{ include "registry.envFromSecret" (list "AWS_SECRET_ACCESS_KEY" $secret $s3.secretAccessKeyKey) }}
{{- else if eq $keys "given" }}
{{- $secret := include "registry.objectName" (list . "s3") }}
{{- include "registry.envFromSecret" (list "AWS_ACCESS_KEY_ID" $secret "AWS_ACCESS_KEY_ID") }}
{{ include "registry.envFromSecret" (list "AWS_SECRET_ACCESS_KEY" $secret "AWS_SECRET_ACCESS_KEY") }}
{{- end }}
{{- /* The driver has no setting for a CA. Go reads the public ones in addition to this file. */}}
{{- if or $s3.ca $s3.caSecret }}
- name: SSL_CERT_FILE
  value: /storage-ca/ca.crt
{{- end }}
{{- end }}

{{- define "registry.s3.volumes" -}}
{{- if .Values.storage.s3.caSecret -}}
- name: storage-ca
  {{- include "registry.secretFile" (list .Values.storage.s3.caSecret "ca.crt" "ca.crt") | nindent 2 }}
{{- else if .Values.storage.s3.ca -}}
- name: storage-ca
  configMap:
    name: {{ include "registry.objectName" (list . "s3-ca") | quote }}
    items:
      - key: ca.crt
        path: ca.crt
{{- end }}
{{- end }}

{{- define "registry.s3.mounts" -}}
{{- if or .Values.storage.s3.ca .Values.storage.s3.caSecret -}}
- name: storage-ca
  mountPath: /storage-ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "registry.s3.egress" -}}
{{- $endpoint := .Values.storage.s3.endpoint }}
{{- if $endpoint }}
{{- include "registry.egressToUrl" $endpoint }}
{{- else }}
{{- include "registry.egressToPort" 443 }}
{{- end }}
{{- /* Without keys, the driver asks Amazon for the pod's identity: STS, the node, or EKS' agent. */}}
{{- if eq (include "registry.s3.keys" .) "none" }}
{{- if $endpoint }}
{{ include "registry.egressToPort" 443 }}
{{- end }}
{{ include "registry.egressToAddress" (dict "host" "169.254.169.254" "port" 80) }}
{{ include "registry.egressToAddress" (dict "host" "169.254.170.23" "port" 80) }}
{{- end }}
{{- end }}

{{- define "registry.s3.secrets" -}}
{{- $s3 := .Values.storage.s3 }}
{{- if eq (include "registry.s3.keys" .) "given" }}
{{- printf "%s\n%s\n" $s3.accessKeyId $s3.secretAccessKey }}
{{- end }}
{{- $s3.ca }}
{{- end }}
