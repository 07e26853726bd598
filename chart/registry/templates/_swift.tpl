{{- /*
A container on OpenStack Swift.
*/}}

{{- define "registry.swift.driver" -}}
{{- $swift := .Values.storage.swift -}}
swift:
  authurl: {{ include "registry.shortUrl" $swift.authUrl | quote }}
  username: {{ $swift.username | quote }}
  container: {{ $swift.container | quote }}
  {{- range $option := list "tenant" "domain" "region" "prefix" }}
  {{- with index $swift $option }}
  {{ $option }}: {{ . | quote }}
  {{- end }}
  {{- end }}
  {{- with $swift.chunkSize }}
  chunksize: {{ include "registry.bytes" . }}
  {{- end }}
{{- end }}

{{- define "registry.swift.redirects" }}true{{ end }}

{{- define "registry.swift.env" -}}
{{- $swift := .Values.storage.swift }}
{{- $variable := "REGISTRY_STORAGE_SWIFT_PASSWORD" }}
{{- if $swift.existingSecret }}
{{- include "registry.textFromSecret" (list $variable $swift.existingSecret $swift.existingSecretKey) }}
{{- else }}
{{- $secret := include "registry.objectName" (list . "swift") }}
{{- include "registry.envFromSecret" (list $variable $secret "password") }}
{{- end }}
{{- end }}

{{- define "registry.swift.volumes" }}{{ end }}
{{- define "registry.swift.mounts" }}{{ end }}

{{- /* Keystone, and whatever its catalog names: by HTTPS, or at the port of Swift's own proxy. */}}
{{- define "registry.swift.egress" -}}
- ports:
    {{- range list (include "registry.urlPort" .Values.storage.swift.authUrl | int) 443 8080 | uniq }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end }}

{{- define "registry.swift.secrets" -}}
{{- .Values.storage.swift.password }}
{{- end }}
