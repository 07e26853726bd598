{{- /*
A bucket on Google Cloud Storage.
*/}}

{{- /* Is there a key file of a service account? Otherwise the pod's identity is used. */}}
{{- define "registry.gcs.hasKeyFile" -}}
{{- if or .Values.storage.gcs.existingSecret .Values.storage.gcs.keyFile }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.gcs.driver" -}}
{{- $gcs := .Values.storage.gcs -}}
gcs:
  bucket: {{ $gcs.bucket | quote }}
  {{- with $gcs.prefix }}
  rootdirectory: {{ printf "/%s" . | quote }}
  {{- end }}
  {{- with $gcs.chunkSize }}
  chunksize: {{ include "registry.bytes" . }}
  {{- end }}
  {{- if include "registry.gcs.hasKeyFile" . }}
  keyfile: /storage-credentials/key.json
  {{- end }}
{{- end }}

{{- /* Addresses that clients are sent to must be signed. */}}
{{- define "registry.gcs.redirects" -}}
{{- if or (include "registry.gcs.hasKeyFile" .) .Values.storage.gcs.signing }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.gcs.env" }}{{ end }}

{{- define "registry.gcs.volumes" -}}
{{- $gcs := .Values.storage.gcs }}
{{- if $gcs.existingSecret -}}
- name: storage-credentials
  {{- $key := $gcs.existingSecretKey }}
  {{- include "registry.secretFile" (list $gcs.existingSecret $key "key.json") | nindent 2 }}
{{- else if $gcs.keyFile -}}
- name: storage-credentials
  {{- $secret := include "registry.objectName" (list . "gcs") }}
  {{- include "registry.secretFile" (list $secret "key.json" "key.json") | nindent 2 }}
{{- end }}
{{- end }}

{{- define "registry.gcs.mounts" -}}
{{- if include "registry.gcs.hasKeyFile" . -}}
- name: storage-credentials
  mountPath: /storage-credentials
  readOnly: true
{{- end }}
{{- end }}

{{- define "registry.gcs.egress" -}}
{{- include "registry.egressToPort" 443 }}
{{- /* The metadata servers, which know the identity of nodes and, on GKE, of pods. */}}
{{- if not (include "registry.gcs.hasKeyFile" .) }}
{{ include "registry.egressToAddress" (dict "host" "169.254.169.254" "port" 80) }}
{{ include "registry.egressToAddress" (dict "host" "169.254.169.252" "port" 988) }}
{{- end }}
{{- end }}

{{- define "registry.gcs.secrets" -}}
{{- .Values.storage.gcs.keyFile }}
{{- end }}
