{{- /*
What a release generates: the HTTP secret, a password, a CA and a certificate. Upgrades keep them: each is
read from its Secret in the cluster, and generated only if it is not there. `helm template` can't read the
cluster, so it generates new ones each time; with `secrets.source: job` a Job generates them in the cluster
(_secrets-job.tpl), and here are words between @ that its script replaces.
*/}}

{{- /* Computes a string once for each rendering: (list $ NAME), where registry.new.NAME is the template that
       computes it. For strings that are the same in several objects but made by chance, or take long. */}}
{{- define "registry.once" -}}
{{- $root := index . 0 }}
{{- $key := printf "registry.new.%s" (index . 1) }}
{{- if not (hasKey $root.Values $key) }}
{{- $_ := set $root.Values $key (include $key $root) }}
{{- end }}
{{- index $root.Values $key }}
{{- end }}

{{- /* A Secret of the release in the cluster, as JSON: (list $ SUFFIX). Empty if there is none. */}}
{{- define "registry.existing" -}}
{{- $root := index . 0 }}
{{- lookup "v1" "Secret" $root.Release.Namespace (include "registry.objectName" .) | default dict | toJson }}
{{- end }}

{{- /* A key of that Secret: (list $ SUFFIX KEY). */}}
{{- define "registry.existingKey" -}}
{{- dig "data" (index . 2) "" (include "registry.existing" . | fromJson) | b64dec }}
{{- end }}

{{- /* Where the users come from: none, existingSecret, token, verifier, given (auth.htpasswd) or generated. */}}
{{- define "registry.usersSource" -}}
{{- if not .Values.auth.enabled }}
{{- "none" }}
{{- else if .Values.auth.existingSecret }}
{{- "existingSecret" }}
{{- else if .Values.auth.token.enabled }}
{{- "token" }}
{{- else if .Values.auth.verifier.url }}
{{- "verifier" }}
{{- else if .Values.auth.htpasswd }}
{{- "given" }}
{{- else }}
{{- "generated" }}
{{- end }}
{{- end }}

{{- /* Name and key of the Secret with the htpasswd file. */}}
{{- define "registry.authSecretName" -}}
{{- .Values.auth.existingSecret | default (include "registry.objectName" (list . "auth")) }}
{{- end }}

{{- define "registry.authSecretKey" -}}
{{- if eq (include "registry.usersSource" .) "existingSecret" }}
{{- .Values.auth.existingSecretKey }}
{{- else }}
{{- "htpasswd" }}
{{- end }}
{{- end }}

{{- /* The htpasswd file that this chart writes. */}}
{{- define "registry.htpasswdFile" -}}
{{- if eq (include "registry.usersSource" .) "given" }}
{{- include "registry.htpasswdEntries" .Values.auth.htpasswd }}
{{- else }}
{{- include "registry.login" . }}
{{- end }}
{{- "\n" }}
{{- end }}

{{- /* Annotations of what is generated. It outlives the release. */}}
{{- define "registry.keptAnnotations" -}}
helm.sh/resource-policy: keep
{{- if include "registry.hasSecretsJob" . }}
{{- /* Helm adopts it when the source is `lookup` again, and Argo CD neither prunes nor deletes it. */}}
meta.helm.sh/release-name: {{ .Release.Name | quote }}
meta.helm.sh/release-namespace: {{ .Release.Namespace | quote }}
argocd.argoproj.io/compare-options: IgnoreExtraneous
argocd.argoproj.io/sync-options: Prune=false,Delete=false
{{- end }}
{{- end }}

{{- /* Annotations of Secrets with it: a generated password must outlive the release. */}}
{{- define "registry.usersAnnotations" -}}
{{- if eq (include "registry.usersSource" .) "generated" -}}
{{ include "registry.keptAnnotations" . }}
cdk8s-registry.io/password: {{ include "registry.passwordDigest" . | quote }}
{{- end }}
{{- end }}

{{- /* The entries of an htpasswd file, without comments and empty lines. */}}
{{- define "registry.htpasswdEntries" -}}
{{- $entries := list }}
{{- range splitList "\n" . }}
{{- $line := trimAll " \t\r" . }}
{{- if and $line (not (hasPrefix "#" $line)) }}
{{- $entries = append $entries $line }}
{{- end }}
{{- end }}
{{- join "\n" $entries }}
{{- end }}

{{- define "registry.httpSecret" -}}
{{- include "registry.once" (list . "httpSecret") }}
{{- end }}

{{- define "registry.new.httpSecret" -}}
{{- if include "registry.hasSecretsJob" . }}
{{- "@http-secret@" }}
{{- else }}
{{- include "registry.existingKey" (list . "http" "secret") | default (randAlphaNum 43) }}
{{- end }}
{{- end }}

{{- /* The password of the Valkey. */}}
{{- define "registry.cachePassword" -}}
{{- include "registry.once" (list . "cachePassword") }}
{{- end }}

{{- define "registry.new.cachePassword" -}}
{{- if include "registry.hasSecretsJob" . }}
{{- "@cache-password@" }}
{{- else }}
{{- include "registry.existingKey" (list . "descriptor-cache" "password") | default (randAlphaNum 43) }}
{{- end }}
{{- end }}

{{- define "registry.password" -}}
{{- include "registry.once" (list . "password") }}
{{- end }}

{{- define "registry.new.password" -}}
{{- if include "registry.hasSecretsJob" . }}
{{- "@password@" }}
{{- else }}
{{- include "registry.existingKey" (list . "login" "password") | default (randAlphaNum 24) }}
{{- end }}
{{- end }}

{{- /* The password that the htpasswd entry was made for, as an annotation tells it. 24 random characters
       can't be guessed from a fast digest; a password that someone wrote into the Secret is hashed slowly
       first (scrypt). */}}
{{- define "registry.passwordDigest" -}}
{{- $password := include "registry.password" . }}
{{- if include "registry.hasSecretsJob" . }}
{{- "@password-digest@" }}
{{- else if regexMatch "^[A-Za-z0-9]{24}$" $password }}
{{- $password | sha256sum }}
{{- else }}
{{- include "registry.slowDigest" (list . $password) | sha256sum }}
{{- end }}
{{- end }}

{{- /* Slow against brute force, and the same for the same string: (list $ STRING). */}}
{{- define "registry.slowDigest" -}}
{{- $root := index . 0 }}
{{- derivePassword 1 "maximum" (index . 1) (include "registry.fullname" $root) $root.Release.Namespace }}
{{- end }}

{{- /* The htpasswd entry of the one user. */}}
{{- define "registry.login" -}}
{{- include "registry.once" (list . "login") }}
{{- end }}

{{- /* Hashes have a random salt, so the entry is kept while it is for the same user and password. */}}
{{- define "registry.new.login" -}}
{{- $user := .Values.auth.username }}
{{- $secret := include "registry.existing" (list . "auth") | fromJson }}
{{- $entry := dig "data" "htpasswd" "" $secret | b64dec | trim }}
{{- $madeFor := dig "metadata" "annotations" "cdk8s-registry.io/password" "" $secret }}
{{- if include "registry.hasSecretsJob" . }}
{{- printf "%s:@hash@" $user }}
{{- else if and (hasPrefix (printf "%s:" $user) $entry) (eq $madeFor (include "registry.passwordDigest" .)) }}
{{- $entry }}
{{- else }}
{{- htpasswd $user (include "registry.password" .) }}
{{- end }}
{{- end }}

{{- /* The CA, which outlives its certificates: JSON with Cert and Key. */}}
{{- define "registry.authority" -}}
{{- include "registry.once" (list . "authority") }}
{{- end }}

{{- define "registry.new.authority" -}}
{{- $cert := include "registry.existingKey" (list . "ca" "ca.crt") }}
{{- $key := include "registry.existingKey" (list . "ca" "ca.key") }}
{{- if include "registry.hasSecretsJob" . }}
{{- dict "Cert" "@ca.crt@" "Key" "@ca.key@" | toJson }}
{{- else if and $cert $key }}
{{- dict "Cert" $cert "Key" $key | toJson }}
{{- else }}
{{- $name := printf "%s CA" (include "registry.fullname" .) | trunc 64 }}
{{- $made := genCAWithKey $name 7300 (genPrivateKey "ecdsa") }}
{{- dict "Cert" $made.Cert "Key" $made.Key | toJson }}
{{- end }}
{{- end }}

{{- /* The certificate of the CA, as PEM. */}}
{{- define "registry.ca" -}}
{{- (include "registry.authority" . | fromJson).Cert }}
{{- end }}

{{- /* The certificate that the CA signs: JSON with Cert, Key, Names, and RenewAfter in Unix time. */}}
{{- define "registry.certificate" -}}
{{- include "registry.once" (list . "certificate") }}
{{- end }}

{{- /* The certificate in the cluster is kept while it is from the same CA, for the same names, and in the
       first two thirds of its year. */}}
{{- define "registry.new.certificate" -}}
{{- $names := include "registry.certificateHosts" . | fromYamlArray | join "," }}
{{- $ca := include "registry.authority" . | fromJson }}
{{- $secret := include "registry.existing" (list . "tls") | fromJson }}
{{- $annotations := dig "metadata" "annotations" dict $secret }}
{{- $data := dig "data" dict $secret }}
{{- $renewAfter := get $annotations "cdk8s-registry.io/renew-after" }}
{{- $sameNames := eq (get $annotations "cdk8s-registry.io/names") $names }}
{{- $sameAuthority := eq (get $data "ca.crt" | b64dec) $ca.Cert }}
{{- $now := now | unixEpoch | int64 }}
{{- if include "registry.hasSecretsJob" . }}
{{- dict "Cert" "@tls.crt@" "Key" "@tls.key@" "Names" $names "RenewAfter" "@renew-after@" | toJson }}
{{- else if and $sameNames $sameAuthority (gt (int64 $renewAfter) $now) }}
{{- $cert := get $data "tls.crt" | b64dec }}
{{- $key := get $data "tls.key" | b64dec }}
{{- dict "Cert" $cert "Key" $key "Names" $names "RenewAfter" $renewAfter | toJson }}
{{- else }}
{{- $addresses := list }}
{{- $hosts := list }}
{{- range splitList "," $names }}
{{- if or (contains ":" .) (regexMatch "^[0-9]+(\\.[0-9]+){3}$" .) }}
{{- $addresses = append $addresses . }}
{{- else }}
{{- $hosts = append $hosts . }}
{{- end }}
{{- end }}
{{- $signer := buildCustomCert ($ca.Cert | b64enc) ($ca.Key | b64enc) }}
{{- $days := 365 }}
{{- $made := genSignedCertWithKey "registry" $addresses $hosts $days $signer (genPrivateKey "ecdsa") }}
{{- $renewAfter = add $now (mul $days 57600) | toString }}
{{- dict "Cert" $made.Cert "Key" $made.Key "Names" $names "RenewAfter" $renewAfter | toJson }}
{{- end }}
{{- end }}
