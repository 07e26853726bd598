{{- /*
Logins by tokens: the section of config.yml, the keys in the pod, and what is refused of them. A service elsewhere checks
users and passwords, and signs what each may do.
*/}}

{{- /* The URL at which clients fetch tokens. With autoRedirect it is on the host that they used. */}}
{{- define "registry.tokenRealm" -}}
{{- if .Values.auth.token.autoRedirect }}
{{- printf "https://%s/auth/token" .Values.host }}
{{- else }}
{{- .Values.auth.token.realm }}
{{- end }}
{{- end }}

{{- define "registry.tokenConfig" -}}
{{- with .Values.auth.token -}}
realm: {{ include "registry.tokenRealm" $ | quote }}
service: {{ .service | quote }}
issuer: {{ .issuer | quote }}
{{- if .jwksSecret }}
jwks: /auth/jwks.json
{{- else }}
rootcertbundle: /auth/certificates.pem
{{- end }}
{{- if .autoRedirect }}
autoredirect: true
{{- end }}
{{- end }}
{{- end }}

{{- /* The volume's source. */}}
{{- define "registry.tokenKeys" -}}
{{- with .Values.auth.token }}
{{- if .jwksSecret }}
{{- include "registry.secretFile" (list .jwksSecret .jwksSecretKey "jwks.json") }}
{{- else }}
{{- include "registry.secretFile" (list .certificateSecret .certificateSecretKey "certificates.pem") }}
{{- end }}
{{- end }}
{{- end }}
