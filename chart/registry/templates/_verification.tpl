{{- /*
What verifies the registry: the CronJob of `verification`, and the pod of `helm test`, which differ in where the script is
(files/verify.sh) and in what they do where no login is known.
*/}}

{{- /* The addresses at which it is verified, in their order: a list in JSON of url, host, and where to connect to
       instead of the URL's host. */}}
{{- define "registry.verifiedServers" -}}
{{- $service := printf "%s:%d" (include "registry.fullname" .) (int .Values.service.port) }}
{{- $servers := list }}
{{- if ne .Values.verification.address "HOST" }}
{{- if not (include "registry.tlsInPod" .) }}
{{- $servers = append $servers (dict "url" (printf "http://%s" $service) "host" $service) }}
{{- else if eq (include "registry.certificateSource" .) "generated" }}
{{- $servers = append $servers (dict "url" (printf "https://%s" $service) "host" $service) }}
{{- else }}
{{- /* Another certificate need not cover the Service's name. */}}
{{- $servers = append $servers (dict "url" (printf "https://%s" .Values.host) "host" .Values.host "connectTo" $service) }}
{{- end }}
{{- end }}
{{- if ne .Values.verification.address "SERVICE" }}
{{- $host := include "registry.address" . }}
{{- $servers = append $servers (dict "url" (printf "%s://%s" (include "registry.scheme" .) $host) "host" $host) }}
{{- end }}
{{- toJson $servers }}
{{- end }}

{{- /* The login: JSON with user, which may be unknown, secret, and files by the Secret's keys. Nothing where there is
       none, or where only its hash is known. */}}
{{- define "registry.verifyingLogin" -}}
{{- $users := include "registry.usersSource" . }}
{{- if not (has $users (list "none" "token")) }}
{{- if .Values.verification.loginSecret }}
{{- dict "user" "" "secret" .Values.verification.loginSecret "files" (list (list ".dockerconfigjson" "config.json")) | toJson }}
{{- else if eq $users "generated" }}
{{- $files := list (list "username" "username") (list "password" "password") }}
{{- dict "user" .Values.auth.username "secret" (include "registry.objectName" (list . "login")) "files" $files | toJson }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The Secret with the CA, and its key, as a list in JSON; empty for public CAs, and without TLS. */}}
{{- define "registry.verifyingCa" -}}
{{- $ca := list }}
{{- if contains "https://" (include "registry.verifiedServers" .) }}
{{- if .Values.verification.caSecret }}
{{- $ca = list .Values.verification.caSecret .Values.verification.caSecretKey }}
{{- else if include "registry.privateCa" . }}
{{- $ca = list (include "registry.tlsSecretName" .) "ca.crt" }}
{{- end }}
{{- end }}
{{- toJson $ca }}
{{- end }}

{{- /* May the registry send clients to the storage for blobs? As config.yml says, with what is raw in it. */}}
{{- define "registry.mayRedirect" -}}
{{- $config := include "registry.config" . | fromYaml }}
{{- $storage := include "registry.mapIn" (list $config "storage") | fromJson }}
{{- $redirect := include "registry.mapIn" (list $storage "redirect") | fromJson }}
{{- $isStore := false }}
{{- range list "s3" "gcs" "azure" "swift" }}
{{- $isStore = or $isStore (hasKey $storage .) }}
{{- end }}
{{- if or (and $isStore (ne (get $redirect "disable" | toJson) "true")) (hasKey $config "middleware") }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The script's variables. */}}
{{- define "registry.verifyingEnv" -}}
{{- $servers := list }}
{{- $hosts := list }}
{{- range include "registry.verifiedServers" . | fromJsonArray }}
{{- $servers = append $servers (hasKey . "connectTo" | ternary (printf "%s,%s" .url .connectTo) .url) }}
{{- $hosts = append $hosts .host }}
{{- end }}
{{- $repository := .Values.verification.repository }}
{{- $hasUsers := ne (include "registry.usersSource" .) "none" }}
{{- $login := include "registry.verifyingLogin" . | default "{}" | fromJson }}
{{- /* Of a login in a Secret nobody is known, and what it is permitted is tried. */}}
{{- $isUnknown := and $hasUsers (not $login.user) }}
{{- $asker := dict "user" "" "groups" list }}
{{- if $login.user }}
{{- $asker = dict "user" $login.user "groups" (include "registry.groupsOfUser" (list . $login.user) | fromYamlArray) }}
{{- end }}
{{- $may := dict }}
{{- range list "push" "remove" }}
{{- $may = set $may . (or $isUnknown (include "registry.mayDoIn" (list $ $asker . $repository))) }}
{{- end }}
{{- $writable := not (include "registry.isReadOnly" .) }}
{{- $lists := or $isUnknown (include "registry.mayDo" (list . $asker "catalog")) }}
{{- $nobody := dict "user" "" "groups" list }}
{{- $env := list
  (list "SERVERS" (join " " $servers))
  (list "KUBECTL" (include "registry.kubectl" .))
  (list "NAME" (include "registry.fullname" .))
  (list "REPOSITORY" $repository)
  (list "LOGIN" (ternary "yes" "no" $hasUsers))
  (list "AS_USER" (empty $login | ternary "no" "yes"))
  (list "BEARER" (eq (include "registry.usersSource" .) "token" | ternary "yes" "no"))
}}
{{- if include "registry.hasVerifier" . }}
{{- /* Some lock an account after a few wrong passwords. */}}
{{- $env = append $env (list "WRONG_USER" "nobody-of-the-verification") }}
{{- end }}
{{- $env = concat $env (list
  (list "PUSH" (and $writable $may.push | empty | ternary "no" "yes"))
  (list "REMOVE" (and $writable .Values.storage.deletion $may.remove | empty | ternary "no" "yes"))
  (list "CATALOG" (empty $lists | ternary "no" "yes"))
  (list "REDIRECTS" (include "registry.mayRedirect" . | empty | ternary "no" "yes"))
  (list "ANONYMOUS_PULL" (and (include "registry.hasFront" .) (include "registry.mayDoIn" (list . $nobody "pull" $repository)) | empty | ternary "no" "yes"))
  (list "LAYER_BYTES" (include "registry.bytes" .Values.verification.layerSize))
  (list "LOGIN_AT" (join " " $hosts))
) }}
{{- if include "registry.verifyingCa" . | fromJsonArray }}
{{- $env = append $env (list "CURL_CA_BUNDLE" "/ca/ca.crt") }}
{{- end }}
{{- range $env }}
- name: {{ index . 0 }}
  value: {{ index . 1 | quote }}
{{- end }}
{{- end }}

{{- /* Its pod: (list $ CONFIGMAP_WITH_THE_SCRIPT), "" for a script in the command. */}}
{{- define "registry.verifyingPod" -}}
{{- $configMap := index . 1 }}
{{- with index . 0 }}
{{- $login := include "registry.verifyingLogin" . | default "{}" | fromJson }}
{{- $ca := include "registry.verifyingCa" . | fromJsonArray }}
restartPolicy: Never
automountServiceAccountToken: false
enableServiceLinks: false
terminationGracePeriodSeconds: 5
{{- include "registry.imagePullSecrets" (list . .Values.imagePullSecrets) }}
{{- with include "registry.podScheduling" .Values.verification }}
{{ . }}
{{- end }}
{{- with .Values.verification.hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
securityContext:
  {{- include "registry.podSecurityContext" (list 1000 (pick .Values "userFromPlatform")) | nindent 2 }}
containers:
  - name: verification
    image: {{ include "registry.image" (list . .Values.verification.image) | quote }}
    {{- with .Values.verification.image.pullPolicy }}
    imagePullPolicy: {{ . }}
    {{- end }}
    {{- if $configMap }}
    command: [sh, /verification/verify]
    {{- else }}
    command:
      - sh
      - -c
      - |
        {{- .Files.Get "files/verify.sh" | nindent 8 }}
    {{- end }}
    env:
      {{- include "registry.verifyingEnv" . | nindent 6 }}
    volumeMounts:
      {{- if $configMap }}
      - name: script
        mountPath: /verification
        readOnly: true
      {{- end }}
      - name: tmp
        mountPath: /tmp
      {{- if $login }}
      - name: login
        mountPath: /login
        readOnly: true
      {{- end }}
      {{- if $ca }}
      - name: ca
        mountPath: /ca
        readOnly: true
      {{- end }}
    {{- $defaults := dict "cpu" "10m" "memory" "32Mi" "memoryLimit" "128Mi" }}
    resources:
      {{- include "registry.resources" (set $defaults "given" .Values.verification.resources) | nindent 6 }}
    securityContext:
      {{- include "registry.containerSecurityContext" list | nindent 6 }}
volumes:
  {{- if $configMap }}
  - name: script
    configMap:
      name: {{ $configMap | quote }}
  {{- end }}
  {{- /* The layer, the same one pulled, and small files. */}}
  {{- $kibibytes := mul 2 (include "registry.kibibytes" .Values.verification.layerSize) }}
  - name: tmp
    emptyDir:
      sizeLimit: {{ printf "%dMi" (add 16 (div (add $kibibytes 1023) 1024)) }}
  {{- if $login }}
  - name: login
    secret:
      secretName: {{ $login.secret | quote }}
      defaultMode: 288 # 0440
      items:
        {{- range $login.files }}
        - key: {{ index . 0 | quote }}
          path: {{ index . 1 | quote }}
        {{- end }}
  {{- end }}
  {{- if $ca }}
  - name: ca
    {{- include "registry.secretFile" (list (index $ca 0) (index $ca 1) "ca.crt") | nindent 4 }}
  {{- end }}
{{- end }}
{{- end }}

{{- /* Egress of the CronJob's pods besides DNS. */}}
{{- define "registry.verificationEgress" -}}
- to:
    - podSelector:
        matchLabels:
          {{- include "registry.selectorLabels" (list . "registry") | nindent 10 }}
  ports:
    - port: 5000
      protocol: TCP
{{- if ne .Values.verification.address "SERVICE" }}
{{- /* Policies see the port of the controller's pods behind that of its load balancer. */}}
{{- $url := (include "registry.verifiedServers" . | fromJsonArray | last).url }}
{{- $port := regexFind ":[0-9]+$" $url | trimPrefix ":" | default (hasPrefix "https:" $url | ternary "443" "80") }}
{{- $behind := dict "80" (list "8000" "8080") "443" (list "8443") }}
- ports:
    {{- range concat (list $port "5000") (get $behind $port | default list) | uniq }}
    - port: {{ . }}
      protocol: TCP
    {{- end }}
{{- end }}
{{- if include "registry.mayRedirect" . }}
{{ include "registry.egressToPort" 443 }}
{{- with include "registry.storage" (list . "egress") | trim }}
{{ . }}
{{- end }}
{{- end }}
{{- with .Values.verification.allowTo }}
{{ toYaml . }}
{{- end }}
{{- end }}
