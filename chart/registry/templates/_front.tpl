{{- /*
nginx in the registry's pod, before the registry, which then listens on 127.0.0.1 and knows no users but those of tokens,
which nginx passes on: the container, and its files. Their text is the constructs' (files/nginx.conf, files/front.sh), and is filled in here.
*/}}

{{- /* Is there a front? Access rules, a verifier, caches, a collection and snapshots need one. */}}
{{- define "registry.hasFront" -}}
{{- if or .Values.front.enabled (include "registry.hasAccess" .) (include "registry.hasVerifier" .) .Values.caches (include "registry.switch" .) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Is the registry a native sidecar of the front? Kubernetes knows them from 1.29 on. */}}
{{- define "registry.isSidecar" -}}
{{- if and (include "registry.hasFront" .) .Values.front.kubernetesVersion }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.frontContainer" -}}
{{- $port := include "registry.portName" . -}}
- name: front
  image: {{ include "registry.image" (list . .Values.front.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command: [sh, /etc/front/front.sh]
  ports:
    - name: {{ $port }}
      containerPort: 5000
    {{- if and .Values.metrics.enabled (include "registry.isSidecar" .) }}
    - name: metrics
      containerPort: 5001
    {{- end }}
    {{- if include "registry.switch" . }}
    - name: collection
      containerPort: 5004
    {{- end }}
  {{- $defaults := dict "cpu" "50m" "memory" "32Mi" "memoryLimit" "128Mi" }}
  resources:
    {{- include "registry.resources" (set $defaults "given" .Values.front.resources) | nindent 4 }}
  volumeMounts:
    - name: front
      mountPath: /etc/front
      readOnly: true
    - name: front-run
      mountPath: /run/front
    - name: front-switches
      mountPath: /etc/front-switches
      readOnly: true
    {{- with include "registry.frontMounts" . | trim }}
    {{- . | nindent 4 }}
    {{- end }}
    {{- if include "registry.hasVerifierCa" . }}
    - name: verifier-ca
      mountPath: /etc/front-verifier
      readOnly: true
    {{- end }}
  {{- /* nginx asks the registry. Its storage may take ten minutes to answer. */}}
  {{- include "registry.probes" . | nindent 2 }}
  {{- /* Endpoints drop the pod meanwhile; then nginx ends what is under way, before the registry stops. */}}
  lifecycle:
    preStop:
      exec:
        command: [sleep, "10"]
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}

{{- define "registry.frontVolumes" -}}
- name: front
  configMap:
    name: {{ include "registry.objectName" (list . "front") | quote }}
{{- /* Memory: what is remembered of logins is in it. */}}
- name: front-run
  emptyDir:
    medium: Memory
    sizeLimit: 16Mi
{{- /* No release writes it, so that neither an upgrade nor GitOps undoes the switch. */}}
- name: front-switches
  {{- with include "registry.switch" . }}
  projected:
    sources:
      - configMap:
          name: {{ include "registry.objectName" (list $ "read-only") | quote }}
          optional: true
      - configMap:
          name: {{ include "registry.objectName" (list $ .) | quote }}
          optional: true
  {{- else }}
  configMap:
    name: {{ include "registry.objectName" (list . "read-only") | quote }}
    optional: true
  {{- end }}
{{- if include "registry.hasVerifierCa" . }}
{{- with .Values.auth.verifier }}
- name: verifier-ca
  secret:
    secretName: {{ .caSecret | quote }}
    items:
      - key: {{ .caSecretKey | quote }}
        path: {{ .caSecretKey | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Does a service elsewhere check logins? */}}
{{- define "registry.hasVerifier" -}}
{{- if eq (include "registry.usersSource" .) "verifier" }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Is its certificate checked with a CA of a Secret? */}}
{{- define "registry.hasVerifierCa" -}}
{{- if and (include "registry.hasVerifier" .) .Values.auth.verifier.caSecret }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Where the front connects to besides the registry. */}}
{{- define "registry.frontEgress" -}}
{{- if include "registry.hasVerifier" . }}
{{- include "registry.egressToUrl" .Values.auth.verifier.url }}
{{- end }}
{{- with include "registry.egressToCaches" . }}
{{ . }}
{{- end }}
{{- end }}

{{- /* What the registry does before it stops: it serves until no client is connected to the front. Port 5000 is 1388 in
       hexadecimal, and 01 means established. */}}
{{- define "registry.waitForFront" -}}
sleep 11
while grep -qsE ':1388 [0-9A-F]+:[0-9A-F]+ 01 ' /proc/net/tcp /proc/net/tcp6; do sleep 1; done
{{- end }}

{{- define "registry.frontScript" -}}
{{- $ssl := include "registry.tlsInPod" . | eq "true" | ternary " ssl" "" }}
{{- $if := dict "caches" .Values.caches "no-caches" (not .Values.caches) "collection" (include "registry.switch" .) }}
{{- $text := .Files.Get "files/front.sh" }}
{{- include "registry.filledIn" (dict "text" $text "if" $if "words" (dict "ssl" $ssl) "each" dict) | trimPrefix "\n" }}
{{- end }}

{{- define "registry.nginxConf" -}}
{{- $users := include "registry.usersSource" . }}
{{- $byToken := eq $users "token" }}
{{- $hasLogin := not (has $users (list "none" "token")) }}
{{- $isVerified := eq $users "verifier" }}
{{- $front := .Values.front }}
{{- $verifier := .Values.auth.verifier }}
{{- $logins := int64 $front.limits.loginsPerSecond }}
{{- $requests := int64 $front.limits.requestsPerSecond }}
{{- $permitsEveryone := false }}
{{- range include "registry.accessRules" . | fromJsonArray }}
{{- $permitsEveryone = or $permitsEveryone .everyone }}
{{- end }}
{{- $caches := include "registry.namedCaches" . | fromJsonArray }}
{{- $cachePaths := list }}
{{- $ofDockerHub := false }}
{{- range $caches }}
{{- $cachePaths = append $cachePaths (get . "path-expression") }}
{{- $ofDockerHub = or $ofDockerHub (eq .path "docker.io") }}
{{- end }}
{{- $if := dict
  "caches" $caches
  "no-caches" (not $caches)
  "docker-hub" $ofDockerHub
  "collection" (include "registry.switch" .)
  "proxies" $front.trustedProxies
  "requests-limited" $requests
  "anonymous" $permitsEveryone
  "users-only" (not $permitsEveryone)
  "tokens" $byToken
  "no-tokens" (not $byToken)
  "login" $hasLogin
  "no-login" (not $hasLogin)
  "users" (and $hasLogin (not $isVerified))
  "verifier" $isVerified
  "verifier-tls" (and $isVerified (hasPrefix "https:" $verifier.url))
  "tls" (include "registry.tlsInPod" .)
}}
{{- $words := dict
  "cache-paths" (join "|" $cachePaths)
  "realm" .Values.auth.realm
  "htpasswd-file" (printf "/auth/%s" (include "registry.authSecretKey" .))
  "user_header" ($isVerified | ternary $verifier.userHeader "Remote-User" | lower | replace "-" "_")
  "groups_header" ($isVerified | ternary $verifier.groupsHeader "Remote-Groups" | lower | replace "-" "_")
  "verifier-url" (regexMatch "^https?://[^/]+$" $verifier.url | ternary (printf "%s/" $verifier.url) $verifier.url)
  "verifier-ca" (empty $verifier.caSecret | ternary "/etc/ssl/certs/ca-certificates.crt" (printf "/etc/front-verifier/%s" $verifier.caSecretKey))
  "host" .Values.host
  "logins" $logins
  "logins-at-once" (mul $logins 4)
  "requests" $requests
  "requests-at-once" (mul $requests 2)
}}
{{- $each := dict
  "caches" $caches
  "rules" (include "registry.accessLines" . | fromJsonArray)
  "groups" (include "registry.groupLines" . | fromJsonArray)
  "encrypted" (include "registry.encryptedAddresses" . | fromJsonArray)
  "proxies" $front.trustedProxies
}}
{{- $text := .Files.Get "files/nginx.conf" }}
{{- include "registry.filledIn" (dict "text" $text "if" $if "words" $words "each" $each) | trimPrefix "\n" }}
{{- end }}

{{- /* Fills in a text: (dict "text" TEXT "if" MAP "words" MAP "each" MAP). A line that begins with `@if NAME@` is there
       if that holds, and @NAME@ is a word. One with `@each NAME@` is repeated for each item, which stands in its place;
       a map has words for the rest of the line. */}}
{{- define "registry.filledIn" -}}
{{- $given := . }}
{{- $text := .text }}
{{- range $word, $value := .words }}
{{- $text = replace (printf "@%s@" $word) (toString $value) $text }}
{{- end }}
{{- range $line := splitList "\n" $text }}
{{- $isThere := true }}
{{- if contains "@if " $line }}
{{- range regexFindAll "@if [a-z-]+@ ?" $line -1 }}
{{- if not (get $given.if (trimAll "@ " . | trimPrefix "if ")) }}
{{- $isThere = false }}
{{- end }}
{{- $line = replace . "" $line }}
{{- end }}
{{- end }}
{{- if not $isThere }}
{{- else if contains "@each " $line }}
{{- $each := regexFind "@each [a-z]+@" $line }}
{{- range $item := get $given.each (trimAll "@" $each | trimPrefix "each ") }}
{{- if kindIs "map" $item }}
{{- $filled := replace (printf "%s " $each) "" $line }}
{{- range $word, $value := $item }}
{{- $filled = replace (printf "@%s@" $word) $value $filled }}
{{- end }}
{{ $filled }}
{{- else }}
{{ replace $each $item $line }}
{{- end }}
{{- end }}
{{- else }}
{{ trim $line | empty | ternary "" $line }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Addresses at which clients speak HTTPS to something before the pod, as expressions: a list in JSON. */}}
{{- define "registry.encryptedAddresses" -}}
{{- $addresses := list }}
{{- if and (not (include "registry.tlsInPod" .)) (hasPrefix "https:" (include "registry.url" .)) }}
{{- $addresses = append $addresses (include "registry.address" . | regexQuoteMeta) }}
{{- if not (include "registry.pullsPastTls" .) }}
{{- $addresses = append $addresses (include "registry.pullAddress" . | regexQuoteMeta) }}
{{- end }}
{{- end }}
{{- uniq $addresses | toJson }}
{{- end }}
