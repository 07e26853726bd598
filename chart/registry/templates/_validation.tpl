{{- /*
Combinations of values that the constructs of cdk8s-registry refuse, in their words. What one value alone may be is in
values.schema.json, but for passwords, keys and certificates: messages of a schema show the value. Each subject prints
a line for each problem: path, what is wrong, what to write instead, and the code that docs/errors.md explains. All are
reported at once; extraObjects that take a name of the release are reported once nothing else is wrong, since only then
the names are known.
*/}}

{{- define "registry.validation" -}}
{{- $problems := list }}
{{- range list "General" "Tokens" "Verifier" "Front" "Access" "Caches" "Tls" "Routes" "Service" "Network" "Pods" "Collection" "Snapshots" "Velero" "Retention" "Copies" "Configuration" "Storage" "Ui" "Clients" "Verification" "Alerts" "Dashboard" "ExtraObjects" }}
{{- range include (printf "registry.problemsOf%s" .) $ | splitList "\n" }}
{{- with trim . }}
{{- $problems = append $problems . }}
{{- end }}
{{- end }}
{{- end }}
{{- if not $problems }}
{{- $problems = include "registry.problemsOfTakenNames" . | splitList "\n" | compact }}
{{- end }}
{{- with $problems }}
{{- fail (printf "these values can't be used:\n  %s\n" (uniq . | join "\n  ")) }}
{{- end }}
{{- end }}

{{- /* A value in a message: strings in quotes, cut where they are long. A digest is cut off. */}}
{{- define "registry.shown" -}}
{{- if kindIs "string" . }}
{{- $text := regexReplaceAll "(?s)@sha256:.*" . "" }}
{{- if regexMatch "(?s)^.{61}" $text }}
{{- $text = printf "%s..." (regexFind "(?s)^.{57}" $text) }}
{{- end }}
{{- toRawJson $text }}
{{- else if kindIs "slice" . }}
{{- printf "a list of %d" (len .) }}
{{- else if kindIs "map" . }}
{{- "an object" }}
{{- else }}
{{- toJson . }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfGeneral" -}}
{{- range $key, $_ := .Values.commonAnnotations }}
{{- if regexMatch "^helm\\.sh/(hook|resource-policy$)" $key }}
commonAnnotations["{{ $key }}"]: Helm reads this annotation, and would do so on all objects; leave it out of commonAnnotations [helm-annotation-for-all-objects]
{{- end }}
{{- end }}
{{- range $key, $_ := .Values.commonLabels }}
{{- if hasPrefix "helm.sh/" $key }}
commonLabels["{{ $key }}"]: keys that begin with helm.sh/ are for Helm and for the chart itself; leave it out of commonLabels [helm-label-for-all-objects]
{{- end }}
{{- end }}
{{- with .Values.global.imageRegistry }}
{{- if has (splitList "/" . | first) (list (include "registry.address" $) (include "registry.pullAddress" $)) }}
global.imageRegistry: {{ include "registry.shown" . }} is this registry, whose own image is pulled before it runs; write another registry, or leave out global.imageRegistry [image-registry-of-itself]
{{- end }}
{{- end }}
{{- $name := include "registry.fullname" . }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $name) }}
fullnameOverride: is needed, because the release name makes {{ include "registry.shown" $name }}, which is not a lower-case DNS label that begins with a letter; write e.g. "registry" [release-name-unusable]
{{- end }}
{{- if not (or .Values.image.version (regexMatch "^v?0*[23]([.-]|$)" .Values.image.tag)) }}
image: {{ list . .Values.image | include "registry.image" | include "registry.shown" }} does not have the major version in its tag; add image: { version: V3 } (or V2) [version-unknown]
{{- end }}
{{- if and (ne (include "registry.route" .) "none") (include "registry.isAddress" .Values.host) }}
host: {{ include "registry.shown" .Values.host }} is an address, not a host name; write "registry.example.com" [not-a-host]
{{- end }}
{{- if include "registry.isOnDockerHub" (include "registry.address" .) }}
host: {{ include "registry.shown" .Values.host }} has neither a dot nor a port, so Docker would look for its images on Docker Hub; write e.g. "registry.example.com" [address-on-docker-hub]
{{- end }}
{{- with .Values.pullAddress }}
{{- if include "registry.isOnDockerHub" . }}
pullAddress: {{ include "registry.shown" . }} has neither a dot nor a port, so Docker would look for its images on Docker Hub; write e.g. "registry.example.com" or "127.0.0.1:30500" [address-on-docker-hub]
{{- end }}
{{- end }}
{{- $passwords := and (include "registry.needsEncryption" .) (include "registry.pullsPastTls" .) }}
{{- if and $passwords (not (include "registry.hasExternalPort" .)) (include "registry.encrypted" .) }}
pullAddress: {{ include "registry.shown" .Values.pullAddress }} leads past what terminates TLS, so passwords would be sent unencrypted; write tls: { termination: POD }, leave out pullAddress, or accept this with auth: { insecurePasswordsOverHttp: true } [pull-address-past-tls]
{{- end }}
{{- range $path, $image := dict "image" .Values.image "front.image" .Values.front.image "ui.image" .Values.ui.image "verification.image" .Values.verification.image "secrets.job.image" .Values.secrets.job.image "collection.image" .Values.collection.image "snapshots.image" .Values.snapshots.image "retention.image" .Values.retention.image "retention.spareRunning.image" .Values.retention.spareRunning.image "nodeTrust.image" .Values.nodeTrust.image "storage.descriptorCache.image" .Values.storage.descriptorCache.image }}
{{- if and $image.registry (include "registry.namesRegistry" $image.repository) }}
{{ $path }}.registry: {{ include "registry.shown" $image.registry }}, but the repository {{ $image.repository }} begins with a registry, too; leave the registry out of the repository, or write registry: "" [image-registry-said-twice]
{{- end }}
{{- end }}
{{- include "registry.problemsOfUsers" .Values.auth }}
{{- if eq (include "registry.usersSource" .) "given" }}
{{- include "registry.problemsOfHtpasswd" .Values.auth.htpasswd }}
{{- end }}
{{- end }}

{{- /* There is one source of users. Of the htpasswd file, which is the last one, no message shows the value. */}}
{{- define "registry.problemsOfUsers" -}}
{{- $first := "" }}
{{- if not .enabled }}
{{- $first = "auth.enabled: false" }}
{{- else if .existingSecret }}
{{- $first = printf "auth.existingSecret: %s" (include "registry.shown" .existingSecret) }}
{{- else if .token.enabled }}
{{- $first = "auth.token.enabled: true" }}
{{- else if .verifier.url }}
{{- $first = printf "auth.verifier.url: %s" (include "registry.shown" .verifier.url) }}
{{- end }}
{{- range $path, $given := dict "auth.existingSecret" .existingSecret "auth.token.enabled" .token.enabled "auth.verifier.url" .verifier.url "auth.htpasswd" .htpasswd }}
{{- if and $given $first (not (hasPrefix (printf "%s:" $path) $first)) }}
{{ $first }}, but {{ $path }} is set, too; leave one of them out [users-said-twice]
{{- end }}
{{- end }}
{{- end }}

{{- /* Of an htpasswd file. It holds hashes, so messages show user names alone. */}}
{{- define "registry.problemsOfHtpasswd" -}}
{{- $seen := list }}
{{- $twice := list }}
{{- if not (include "registry.htpasswdEntries" .) }}
auth.htpasswd: is empty; write what `htpasswd -nB admin` prints [htpasswd-empty]
{{- end }}
{{- range $index, $text := splitList "\n" . }}
{{- $line := trimAll " \t\r" $text }}
{{- if and $line (not (hasPrefix "#" $line)) }}
{{- $at := printf "auth.htpasswd line %d" (add1 $index) }}
{{- $user := splitList ":" $line | first }}
{{- if and $user (contains ":" $line) (not (regexMatch "^[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}$" $user)) }}
{{ $at }}: {{ include "registry.shown" $user }} is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin" [not-a-user-name]
{{- end }}
{{- if not (regexMatch (include "registry.htpasswdEntry" $) $line) }}
{{ $at }}: is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints [not-an-htpasswd-entry]
{{- else }}
{{- with regexFind "(1[89]|[23][0-9])[$][^$]+$" $line }}
{{ $at }}: has bcrypt cost {{ trunc 2 . }}, which is too slow: clients time out from cost 12; hash the password with cost 10: `htpasswd -nB -C 10 admin` [hash-too-slow]
{{- end }}
{{- if has $user $seen }}
{{- $twice = append $twice $user }}
{{- end }}
{{- $seen = append $seen $user }}
{{- end }}
{{- end }}
{{- end }}
{{- range uniq $twice }}
auth.htpasswd: {{ include "registry.shown" . }} is listed twice; give each user a unique name [user-given-twice]
{{- end }}
{{- end }}

{{- /* An entry of an htpasswd file that the registry accepts, as an expression. */}}
{{- define "registry.htpasswdEntry" -}}
{{- "^[^:]+:[$]2[aby][$](0[4-9]|[12][0-9]|3[01])[$][./A-Za-z0-9]{53}$" }}
{{- end }}

{{- /* Does Docker take ADDRESS/image for an image on Docker Hub? */}}
{{- define "registry.isOnDockerHub" -}}
{{- if not (or (eq . "localhost") (regexMatch "[.:]" .)) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Would passwords be sent unencrypted, unless TLS protects them? */}}
{{- define "registry.needsEncryption" -}}
{{- if and .Values.auth.enabled (not .Values.auth.insecurePasswordsOverHttp) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfTls" -}}
{{- $source := include "registry.certificateSource" . }}
{{- $external := eq $source "external" }}
{{- $inside := and (eq (include "registry.route" .) "none") (not (include "registry.hasExternalPort" .)) }}
{{- if and $inside (include "registry.needsEncryption" .) (not $external) (not (include "registry.tlsInPod" .)) }}
{{- if eq $source "none" }}
tls.enabled: false, so passwords would be sent unencrypted; leave tls.enabled out, or accept this with auth: { insecurePasswordsOverHttp: true } [needs-tls]
{{- else }}
tls.termination: INGRESS, but the registry has no ingress, so passwords would be sent unencrypted; add ingress: { enabled: true }, write tls: { termination: POD }, or accept this with auth: { insecurePasswordsOverHttp: true } [tls-ends-nowhere]
{{- end }}
{{- end }}
{{- if and $external (eq .Values.tls.termination "POD") }}
tls.termination: POD, but with tls.external: true a proxy in front of the pod has the certificate; leave one of them out [external-certificate-in-pod]
{{- end }}
{{- if .Values.tls.external }}
{{- if not .Values.tls.enabled }}
tls.external: true, but tls.enabled: false is set, too; leave one of them out [certificate-said-twice]
{{- end }}
{{- if .Values.tls.existingSecret }}
tls.external: true, but tls.existingSecret is set, too; leave one of them out [certificate-said-twice]
{{- end }}
{{- if .Values.tls.certManager.enabled }}
tls.external: true, but tls.certManager.enabled: true is set, too; leave one of them out [certificate-said-twice]
{{- end }}
{{- else if and .Values.tls.existingSecret .Values.tls.certManager.enabled }}
tls.certManager.enabled: true, but tls.existingSecret is set, too; leave one of them out [certificate-said-twice]
{{- end }}
{{- if and (eq $source "certManager") (not .Values.tls.certManager.issuer.name) }}
tls.certManager.issuer.name: is missing; write e.g. "letsencrypt" [not-a-string]
{{- end }}
{{- include "registry.problemsOfIssuers" . }}
{{- end }}

{{- /* cert-manager issues a certificate for an Ingress or a Gateway whose annotations name an issuer. */}}
{{- define "registry.problemsOfIssuers" -}}
{{- range list "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" }}
{{- if get ($.Values.commonAnnotations | default dict) . }}
commonAnnotations["{{ . }}"]: an issuer belongs to the Ingress, and this annotation is on all objects; write it in ingress.annotations, or use tls.certManager [issuer-for-all-objects]
{{- end }}
{{- end }}
{{- $route := include "registry.route" . }}
{{- $source := include "registry.certificateSource" . }}
{{- $annotations := omit (.Values.commonAnnotations | default dict) "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" }}
{{- $path := "" }}
{{- $own := list }}
{{- if eq $route "ingress" }}
{{- $path = "ingress.annotations" }}
{{- $own = list .Values.ingress.annotations }}
{{- else if and (eq $route "httpRoute") (not .Values.httpRoute.gateway.name) }}
{{- $path = "httpRoute.gateway.annotations" }}
{{- $own = list .Values.httpRoute.annotations .Values.httpRoute.gateway.annotations }}
{{- end }}
{{- range $own }}
{{- range $key, $value := . }}
{{- $_ := set $annotations $key $value }}
{{- end }}
{{- end }}
{{- $clusterIssuer := get $annotations "cert-manager.io/cluster-issuer" }}
{{- if or $clusterIssuer (get $annotations "cert-manager.io/issuer") }}
{{- range list "issuer" "issuer-kind" "issuer-group" }}
{{- if and $clusterIssuer (get $annotations (printf "cert-manager.io/%s" .)) }}
{{ $path }}: has both cert-manager.io/{{ . }} and cert-manager.io/cluster-issuer, and cert-manager accepts only one issuer; leave one of the annotations out [two-issuers]
{{- end }}
{{- end }}
{{- $key := ternary "cert-manager.io/issuer" "cert-manager.io/cluster-issuer" (empty $clusterIssuer) }}
{{- if eq $route "ingress" }}
{{- if has $source (list "none" "external" "certManager") }}
ingress.annotations["{{ $key }}"]: requests a certificate from cert-manager, but tls sets another one; leave the annotation or the certificate of tls out [certificate-from-two-sources]
{{- end }}
{{- $uiSecret := include "registry.objectName" (list . "ui-tls") }}
{{- if and (include "registry.hasUi" .) (include "registry.uiOrdersCertificate" .) (eq $source "existingSecret") (eq .Values.tls.existingSecret $uiSecret) }}
tls.existingSecret: "{{ $uiSecret }}" is the name of the Secret that cert-manager writes for the UI, too; choose another name [secret-ordered-twice]
{{- end }}
{{- else if has $source (list "generated" "certManager") }}
httpRoute.gateway.annotations["{{ $key }}"]: makes cert-manager write the Secret that this release writes; leave the annotation out, and write tls.certManager [secret-ordered-and-written]
{{- end }}
{{- end }}
{{- end }}
