{{- /* Refused combinations of what clients are given. */}}

{{- define "registry.problemsOfClients" -}}
{{- if .Values.pullSecret.enabled }}
{{- include "registry.problemsOfPullSecret" . }}
{{- end }}
{{- if .Values.localRegistryHosting.enabled }}
{{- $addresses := printf "%s %s" (include "registry.address" .) (include "registry.pullAddress" .) }}
{{- include "registry.problemsOfNodePort" (list "localRegistryHosting.enabled" $addresses) }}
{{- with .Values.localRegistryHosting.help }}
{{- $space := "\\s\\v\\p{Z}\\x{feff}" }}
{{- if or (include "registry.hasWrongPort" .) (not (regexMatch (printf "^https?://[^/%s]+[^%s]*$" $space $space) .)) }}
localRegistryHosting.help: is not a URL; write e.g. "https://wiki.example.com/registry" [help-not-a-url]
{{- else if regexMatch "^[a-z]+://[^/@]*:[^/@]+@" . }}
localRegistryHosting.help: has a password, which everyone in the cluster could read; write the URL without it [help-with-password]
{{- end }}
{{- end }}
{{- end }}
{{- if .Values.nodeTrust.enabled }}
{{- include "registry.problemsOfNodeTrust" . }}
{{- else }}
{{- if or .Values.nodeTrust.mirrorLogin.username .Values.nodeTrust.mirrorLogin.password }}
nodeTrust.mirrorLogin: has no effect, since nodeTrust.enabled: false leaves no pods that write it to nodes; add nodeTrust: { enabled: true, mirrorOf: ["docker.io"] }, or leave it out [mirror-login-without-node-trust]
{{- end }}
{{- if .Values.nodeTrust.uninstall }}
nodeTrust.uninstall: true, but nodeTrust.enabled: false leaves no pods that remove the files; add nodeTrust: { enabled: true }, or leave out nodeTrust.uninstall [uninstall-without-node-trust]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfPullSecret" -}}
{{- $fullname := include "registry.fullname" . }}
{{- $name := .Values.pullSecret.name }}
{{- if and (hasPrefix (printf "%s-" $fullname) $name) (ne $name (printf "%s-pull" $fullname)) }}
pullSecret.name: {{ include "registry.shown" $name }} begins with "{{ $fullname }}-", as the other Secrets of this release do; leave pullSecret.name out, which makes it "{{ $fullname }}-pull", or write e.g. "regcred" [pull-secret-name-taken]
{{- end }}
{{- $secretName := include "registry.pullSecretName" . }}
{{- if has .Release.Namespace (.Values.pullSecret.namespaces | default (list .Release.Namespace)) }}
{{- if has $secretName (include "registry.existingSecrets" . | fromYamlArray) }}
pullSecret.name: {{ include "registry.shown" $secretName }} is a Secret that the registry uses, which the pull secret would replace; write e.g. "regcred" [pull-secret-name-in-use]
{{- end }}
{{- end }}
{{- $users := include "registry.usersSource" . }}
{{- if eq $users "none" }}
pullSecret.enabled: true, but everyone may pull without a login; leave pullSecret.enabled out [pull-secret-without-login]
{{- else if eq $users "token" }}
pullSecret.enabled: true, but users and passwords are those of the token service; leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry [password-unknown]
{{- else if eq $users "verifier" }}
pullSecret.enabled: true, but users and passwords are those of the verifier; leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry [password-unknown]
{{- else if ne $users "generated" }}
pullSecret.enabled: true, but the registry's users are known only by hashes or by a Secret; leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry [password-unknown]
{{- else if include "registry.hasSecretsJob" . }}
pullSecret.enabled: true, but with secrets.source: job the chart does not know the password; leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry [pull-secret-of-a-job]
{{- end }}
{{- with include "registry.userNames" . | fromYamlArray }}
{{- $user := first . }}
{{- $groups := include "registry.groupsOfUser" (list $ $user) | fromYamlArray }}
{{- if not (include "registry.mayDo" (list $ (dict "user" $user "groups" $groups) "pull")) }}
pullSecret.enabled: no access rule permits {{ include "registry.shown" $user }} to pull; add e.g. { action: pull, repositories: ["**"], users: ["{{ $user }}"] } to access.rules, or leave it out [login-may-not-pull]
{{- end }}
{{- end }}
{{- include "registry.problemsOfNodePort" (list "pullSecret.enabled" (include "registry.pullAddress" .)) }}
{{- end }}

{{- /* Names of Secrets that exist in the namespace of the release, as a list in YAML. */}}
{{- define "registry.existingSecrets" -}}
{{- $storage := .Values.storage }}
{{- $names := list .Values.storage.descriptorCache.existingSecret .Values.storage.descriptorCache.caSecret .Values.auth.existingSecret .Values.tls.existingSecret .Values.httpSecret.existingSecret }}
{{- $names = append $names $storage.s3.caSecret }}
{{- $names = append $names .Values.retention.login.existingSecret }}
{{- $names = concat $names (list .Values.auth.token.jwksSecret .Values.auth.token.certificateSecret .Values.auth.verifier.caSecret) }}
{{- range list $storage.s3 $storage.gcs $storage.azure $storage.swift }}
{{- $names = append $names .existingSecret }}
{{- end }}
{{- with .Values.ui }}
{{- $names = concat $names (list .loginSecret .registryCaSecret .tlsSecret) }}
{{- end }}
{{- $names = concat $names (list .Values.verification.loginSecret .Values.verification.caSecret) }}
{{- include "registry.prepareCaches" . }}
{{- range .Values.cacheContexts }}
{{- $names = concat $names (list .Values.login.existingSecret .Values.caSecret) }}
{{- end }}
{{- include "registry.prepareCopies" . }}
{{- range .Values.copyContexts }}
{{- $names = concat $names (list .values.remote.loginSecret .values.remote.caSecret .values.login.existingSecret) }}
{{- end }}
{{- toYaml $names }}
{{- end }}

{{- /* An address whose port Kubernetes has yet to choose: (list PATH ADDRESS). */}}
{{- define "registry.problemsOfNodePort" -}}
{{- if contains "<port>" (index . 1) }}
{{ index . 0 }}: Kubernetes assigns the port of the nodes, so it is unknown before; set service: { nodePort: 30500 } [node-port-unknown]
{{- end }}
{{- end }}

{{- define "registry.problemsOfNodeTrust" -}}
{{- $access := include "registry.nodeAccess" . | fromJson }}
{{- $namespace := include "registry.nodeTrustNamespace" . }}
{{- $example := include "registry.defaultNodeTrustNamespace" . }}
{{- if eq $namespace .Release.Namespace }}
nodeTrust.namespace: {{ include "registry.shown" $namespace }} is the namespace of the registry, which must stay restricted; write e.g. "{{ $example }}" [trust-namespace-of-the-registry]
{{- else if or (has $namespace (list "default" "openshift")) (regexMatch "^(kube|openshift)-" $namespace) }}
nodeTrust.namespace: {{ include "registry.shown" $namespace }} is a system namespace, which this release would own and make privileged; write e.g. "{{ $example }}" [trust-namespace-of-the-cluster]
{{- end }}
{{- include "registry.problemsOfNodePort" (list "nodeTrust.enabled" (include "registry.pullAddress" .)) }}
{{- $isSecure := hasPrefix "https:" $access.url }}
{{- if and $isSecure (hasPrefix "http:" $access.endpoint) }}
nodeTrust.endpoint: {{ include "registry.shown" $access.endpoint }} is not encrypted, but the registry uses TLS; write "{{ replace "http:" "https:" $access.endpoint }}" [endpoint-not-encrypted]
{{- end }}
{{- $usualPort := ternary ":443" ":80" $isSecure }}
{{- range $index, $host := .Values.nodeTrust.mirrorOf }}
{{- if eq (trimSuffix $usualPort $host) (trimSuffix $usualPort $access.address) }}
nodeTrust.mirrorOf[{{ $index }}]: {{ include "registry.shown" $host }} is the registry's own address; leave it out [mirror-of-itself]
{{- end }}
{{- end }}
{{- with .Values.nodeTrust.mirrorLogin }}
{{- if or .username .password }}
{{- include "registry.problemsOfMirrorLogin" $ }}
{{- end }}
{{- end }}
{{- with .Values.nodeTrust.ca }}
{{- if not $isSecure }}
nodeTrust.ca: is set, but {{ $access.address }}, which nodes pull from, has no TLS; leave out nodeTrust.ca [node-ca-without-tls]
{{- else if not (regexMatch "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----" .) }}
nodeTrust.ca: is not a certificate in PEM; give the content of the CA's file, from "-----BEGIN" to "-----END ...-----" [ca-not-pem]
{{- else if contains "PRIVATE KEY-----" . }}
nodeTrust.ca: contains a private key; write the certificate alone [private-key-in-ca]
{{- end }}
{{- end }}
{{- $onlyAddress := and (eq $access.endpoint $access.url) (not .Values.nodeTrust.mirrorOf) }}
{{- if and $isSecure (not $access.ca) (or $onlyAddress (include "registry.privateCa" .)) }}
nodeTrust.enabled: true, but the CA of the certificate is not the chart's own; leave nodeTrust.enabled out if nodes already trust that CA, or set nodeTrust: { ca: "-----BEGIN CERTIFICATE-----..." } [registry-brings-no-ca]
{{- end }}
{{- if and (eq .Values.secrets.source "job") $access.ca (not .Values.nodeTrust.ca) }}
nodeTrust.enabled: true, but with secrets.source: job the chart does not know the CA; leave nodeTrust.enabled out until the job has made the CA, and set nodeTrust: { ca: "-----BEGIN CERTIFICATE-----..." } then [node-trust-of-a-job]
{{- end }}
{{- $runtimes := include "registry.nodeTrustRuntimes" . | fromYamlArray }}
{{- if has "docker" $runtimes }}
{{- if ne $access.endpoint $access.url }}
nodeTrust.endpoint: {{ include "registry.shown" $access.endpoint }} is not supported by Docker, which connects to the host of the image name; leave docker out of nodeTrust.runtimes [endpoint-for-docker]
{{- end }}
{{- if not $isSecure }}
nodeTrust.runtimes: Docker accepts a registry without TLS only through daemon.json; leave docker out and set "insecure-registries": ["{{ $access.address }}"] there [docker-without-tls]
{{- end }}
{{- end }}
{{- if and .Values.nodeTrust.mirrorOf (eq (join "," $runtimes) "docker") }}
nodeTrust.mirrorOf: has no effect on Docker, which is the only runtime; leave out nodeTrust.mirrorOf, or add containerd to nodeTrust.runtimes [mirror-for-docker]
{{- end }}
{{- range $index, $runtime := .Values.nodeTrust.retiredRuntimes }}
{{- if has $runtime $runtimes }}
nodeTrust.retiredRuntimes[{{ $index }}]: {{ include "registry.shown" $runtime }} is also in runtimes; remove it from one of the two [runtime-retired-and-used]
{{- end }}
{{- end }}
{{- end }}

{{- /* The login with which nodes ask a mirror. */}}
{{- define "registry.problemsOfMirrorLogin" -}}
{{- $users := include "registry.usersSource" . }}
{{- $user := .Values.nodeTrust.mirrorLogin.username }}
{{- $password := .Values.nodeTrust.mirrorLogin.password }}
{{- $mirrorOf := .Values.nodeTrust.mirrorOf }}
{{- if and $user (not $password) (eq $users "generated") (include "registry.hasSecretsJob" .) }}
nodeTrust.mirrorLogin.username: with secrets.source: job the chart does not know the password; write a password, too, which the user has by auth.htpasswd or auth.existingSecret, or leave it out [mirror-login-of-a-job]
{{- end }}
{{- if not $mirrorOf }}
nodeTrust.mirrorLogin: has no effect without mirrorOf; add e.g. mirrorOf: ["docker.io"], or leave it out [mirror-login-without-mirrors]
{{- else if eq $users "token" }}
nodeTrust.mirrorLogin: does not work with tokens; leave out mirrorLogin and mirrorOf [mirror-login-with-tokens]
{{- else if not (include "registry.closedMirrors" (list . (dict "user" "" "groups" list)) | fromJsonArray) }}
nodeTrust.mirrorLogin: everybody may pull images of {{ join ", " $mirrorOf }} without a login; leave it out [mirror-login-not-needed]
{{- else if not $user }}
nodeTrust.mirrorLogin.username: is missing; write e.g. "admin" [not-a-string]
{{- else }}
{{- $known := include "registry.userNames" . | fromYamlArray }}
{{- if and $known (not (has $user $known)) }}
nodeTrust.mirrorLogin.username: {{ include "registry.shown" $user }} is not a user of the registry; write one of {{ join ", " $known }}, or add it to auth.htpasswd [not-a-user-of-the-registry]
{{- else if not (or $password (eq $users "generated")) }}
{{- $reason := eq $users "verifier" | ternary "users and passwords are those of the verifier" "the registry's users are known only by hashes or by a Secret" }}
nodeTrust.mirrorLogin: {{ $reason }}; write nodeTrust: { mirrorLogin: { username: ..., password: ... } } [mirror-password-unknown]
{{- end }}
{{- $asker := dict "user" $user "groups" (include "registry.groupsOfUser" (list . $user) | fromYamlArray) }}
{{- $pulls := list }}
{{- range $mirrorOf }}
{{- $path := include "registry.cachePath" (list $ .) }}
{{- if or (not $path) (include "registry.mayPullBelow" (list $ $asker $path)) }}
{{- $pulls = append $pulls . }}
{{- end }}
{{- end }}
{{- if and (include "registry.hasFront" .) (not $pulls) }}
nodeTrust.mirrorLogin: no access rule permits {{ include "registry.shown" $user }} to pull; add e.g. { action: pull, repositories: ["**"], users: ["{{ $user }}"] } to access.rules, or leave it out [login-may-not-pull]
{{- end }}
{{- end }}
{{- end }}
