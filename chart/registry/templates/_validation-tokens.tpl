{{- /* Refused combinations of logins by tokens. */}}

{{- define "registry.problemsOfTokens" -}}
{{- if eq (include "registry.usersSource" .) "token" }}
{{- if ne .Values.auth.realm "Registry Realm" }}
auth.realm: {{ include "registry.shown" .Values.auth.realm }} is the realm of basic auth, and clients log in by tokens; leave auth.realm out; the URL of the token service is auth.token.realm [realm-of-tokens]
{{- end }}
{{- with .Values.auth.token }}
{{- if and .autoRedirect .realm }}
auth.token.realm: {{ include "registry.shown" .realm }} has no effect with autoRedirect: true; leave one of them out [realm-with-auto-redirect]
{{- end }}
{{- if not (or .autoRedirect .realm) }}
auth.token.realm: is missing; write e.g. "https://auth.example.com/token" [not-a-string]
{{- end }}
{{- if and (not .autoRedirect) (hasPrefix "http:" .realm) (not $.Values.auth.insecurePasswordsOverHttp) }}
auth.token.realm: {{ include "registry.shown" .realm }} would send passwords unencrypted; write a URL that begins with https://, or accept this with auth: { insecurePasswordsOverHttp: true } [token-realm-not-encrypted]
{{- end }}
{{- if not .service }}
auth.token.service: is missing; write e.g. "registry.example.com" [not-a-string]
{{- end }}
{{- if not .issuer }}
auth.token.issuer: is missing; write e.g. "auth.example.com" [not-a-string]
{{- end }}
{{- if and .jwksSecret .certificateSecret }}
auth.token.certificateSecret: is set, and jwksSecret too; leave one of them out [token-keys-given-twice]
{{- else if not (or .jwksSecret .certificateSecret) }}
auth.token: has no keys to verify tokens with; add jwksSecret or certificateSecret: the name of a Secret with the keys [token-keys-missing]
{{- end }}
{{- if and .jwksSecret (eq (include "registry.majorVersion" $) "2") }}
auth.token.jwksSecret: a JWKS, which registry 2.8 can't read; write auth.token.certificateSecret, or image: { tag: "3.1.1" } [jwks-unknown-to-version]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
