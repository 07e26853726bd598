{{- /*
The registry's container, what it needs in its pod, and the container that collects garbage like it.
*/}}

{{- /* http, or https where the pod terminates TLS. */}}
{{- define "registry.portName" -}}
{{- eq (include "registry.tlsInPod" .) "true" | ternary "https" "http" }}
{{- end }}

{{- /* The container. As a native sidecar of the front, its metrics have their port there: readers of named ports may know
       those of plain containers only. */}}
{{- define "registry.serverContainer" -}}
{{- $hasFront := eq (include "registry.hasFront" .) "true" }}
{{- $isSidecar := eq (include "registry.isSidecar" .) "true" -}}
- name: registry
  image: {{ include "registry.image" (list . .Values.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command: [registry]
  args: [serve, {{ include "registry.configFolder" . }}/config.yml]
  {{- if $isSidecar }}
  restartPolicy: Always
  {{- else if or (not $hasFront) .Values.metrics.enabled }}
  ports:
    {{- if not $hasFront }}
    - name: {{ include "registry.portName" . }}
      containerPort: 5000
    {{- end }}
    {{- if .Values.metrics.enabled }}
    - name: metrics
      containerPort: 5001
    {{- end }}
  {{- end }}
  env:
    {{- include "registry.env" . | nindent 4 }}
  volumeMounts:
    {{- include "registry.mounts" . | nindent 4 }}
  {{- if not $hasFront }}
  {{- include "registry.probes" . | nindent 2 }}
  {{- end }}
  {{- /* Endpoints drop the pod meanwhile. Kubernetes stops a native sidecar after the front. */}}
  {{- if not $isSidecar }}
  lifecycle:
    preStop:
      exec:
        {{- if $hasFront }}
        command:
          - sh
          - -c
          - |
            {{- include "registry.waitForFront" . | nindent 12 }}
        {{- else }}
        command: [sleep, "10"]
        {{- end }}
  {{- end }}
  resources:
    {{- include "registry.serverResources" . | nindent 4 }}
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}

{{- /* CPU and memory. 50 MiB, and 8 MiB for each concurrent pull: 512 MiB serve about 50 at once. */}}
{{- define "registry.serverResources" -}}
{{- $defaults := dict "cpu" "100m" "memory" "128Mi" "memoryLimit" "512Mi" }}
{{- if .Cache }}
{{- $defaults = dict "cpu" "50m" "memory" "64Mi" "memoryLimit" "256Mi" }}
{{- end }}
{{- include "registry.resources" (set $defaults "given" .Values.resources) }}
{{- end }}

{{- /* Environment variables. Those of the values may replace the first three. */}}
{{- define "registry.env" -}}
{{- $given := list }}
{{- range .Values.extraEnv }}
{{- $given = append $given .name }}
{{- end }}
{{- /* Otherwise 3.x fills the log with traces that it can't send. */}}
{{- if not (has "OTEL_TRACES_EXPORTER" $given) }}
- name: OTEL_TRACES_EXPORTER
  value: none
{{- end }}
{{- /* Less frequent garbage collection of Go serves small blobs four times as fast. */}}
{{- if not (has "GOMEMLIMIT" $given) }}
- name: GOMEMLIMIT
  value: {{ include "registry.goMemoryLimit" (include "registry.serverResources" . | fromYaml) }}
{{- end }}
{{- if not (has "GOGC" $given) }}
- name: GOGC
  value: "400"
{{- end }}
{{- /* Caches take no uploads, whose state it would sign. */}}
{{- if not .Cache }}
{{- with .Values.httpSecret }}
{{- if .existingSecret }}
{{ include "registry.textFromSecret" (list "REGISTRY_HTTP_SECRET" .existingSecret .existingSecretKey) }}
{{- else }}
{{- $secret := include "registry.objectName" (list $ "http") }}
{{ include "registry.envFromSecret" (list "REGISTRY_HTTP_SECRET" $secret "secret") }}
{{- end }}
{{- end }}
{{- end }}
{{- with include "registry.storage" (list . "env") }}
{{ . }}
{{- end }}
{{- /* Beside the image's own file of public CAs. */}}
{{- if and .Cache (include "registry.hasUpstreamCa" .) }}
- name: SSL_CERT_DIR
  value: /etc/upstream-ca
{{- end }}
{{- with include "registry.extraEnv" . }}
{{ . }}
{{- end }}
{{- end }}

{{- /* Keeps Go's heap inside of a container's limit: 85 % of it; the rest is buffers and stacks. */}}
{{- define "registry.goMemoryLimit" -}}
{{- div (mul (include "registry.kibibytes" .limits.memory) 85) 100 }}KiB
{{- end }}

{{- /* Passwords and keys from Secrets may be any string; all other variables are YAML to the registry. */}}
{{- define "registry.extraEnv" -}}
{{- range .Values.extraEnv }}
{{- $ref := dig "valueFrom" "secretKeyRef" dict . }}
{{- $isText := regexMatch "^REGISTRY_.*(USERNAME|PASSWORD|SECRET|KEY)$" .name }}
{{- if and $isText $ref.name $ref.key (not $ref.optional) }}
{{ include "registry.textFromSecret" (list .name $ref.name $ref.key) }}
{{- else }}
{{ list . | toYaml }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Mounts of the front, which terminates TLS and checks logins but those by tokens. */}}
{{- define "registry.frontMounts" -}}
{{- if not (has (include "registry.usersSource" .) (list "none" "token" "verifier")) }}
{{- include "registry.authMount" . }}
{{- end }}
{{- include "registry.tlsMount" . }}
{{- end }}

{{- /* Those of the registry: without a front, and of the keys of tokens, which it alone verifies. */}}
{{- define "registry.loginMounts" -}}
{{- $users := include "registry.usersSource" . }}
{{- $hasFront := include "registry.hasFront" . }}
{{- if or (eq $users "token") (and (ne $users "none") (not $hasFront)) }}
{{- include "registry.authMount" . }}
{{- end }}
{{- if not $hasFront }}
{{- include "registry.tlsMount" . }}
{{- end }}
{{- end }}

{{- define "registry.authMount" }}
- name: auth
  mountPath: /auth
  readOnly: true
{{- end }}

{{- define "registry.tlsMount" }}
{{- if include "registry.tlsInPod" . }}
- name: tls
  mountPath: /certs
  readOnly: true
{{- end }}
{{- end }}

{{- /* Probes of what clients reach. `/` answers without a login, and 503 while the storage fails. A storage that is
       unreachable at the start has ten minutes to recover. */}}
{{- define "registry.probes" -}}
{{- $port := include "registry.portName" . -}}
startupProbe:
  httpGet:
    path: /
    port: {{ $port }}
    scheme: {{ upper $port }}
  {{- $timings := dict "initialDelaySeconds" 2 "periodSeconds" 2 "timeoutSeconds" 5 "failureThreshold" 300 }}
  {{- include "registry.timings" (list .Values.startupProbe $timings) | nindent 2 }}
readinessProbe:
  httpGet:
    path: /
    port: {{ $port }}
    scheme: {{ upper $port }}
  {{- $timings := dict "periodSeconds" 10 "timeoutSeconds" 5 "failureThreshold" 3 }}
  {{- include "registry.timings" (list .Values.readinessProbe $timings) | nindent 2 }}
{{- /* Checks only the socket: a restart can't fix an unreachable storage. */}}
{{- if include "registry.checksLiveness" . }}
livenessProbe:
  tcpSocket:
    port: {{ $port }}
  {{- $timings := dict "periodSeconds" 20 "timeoutSeconds" 5 "failureThreshold" 6 }}
  {{- include "registry.timings" (list .Values.livenessProbe $timings) | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Over TLS the registry would log each check as a failed handshake. */}}
{{- define "registry.checksLiveness" -}}
{{- if or (include "registry.hasFront" .) (not (include "registry.tlsInPod" .)) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.mounts" -}}
- name: config
  mountPath: {{ include "registry.configFolder" . }}
  readOnly: true
{{- include "registry.loginMounts" . }}
{{- with include "registry.storage" (list . "mounts") }}
{{ . }}
{{- end }}
{{- if .Cache }}
{{ include "registry.upstreamMounts" . }}
{{- end }}
{{- with .Values.extraVolumeMounts }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- define "registry.volumes" -}}
- name: config
  configMap:
    name: {{ include "registry.objectName" (list . "config") | quote }}
{{- /* Never mounted by subPath, so that a changed Secret arrives without a restart. */}}
{{- if eq (include "registry.usersSource" .) "token" }}
- name: auth
  {{- include "registry.tokenKeys" . | nindent 2 }}
{{- else if not (has (include "registry.usersSource" .) (list "none" "verifier")) }}
{{- $key := include "registry.authSecretKey" . }}
- name: auth
  {{- include "registry.secretFile" (list (include "registry.authSecretName" .) $key $key) | nindent 2 }}
{{- end }}
{{- if include "registry.tlsInPod" . }}
- name: tls
  secret:
    secretName: {{ include "registry.tlsSecretName" . | quote }}
    defaultMode: 288 # 0440
    items:
      - key: tls.crt
        path: tls.crt
      - key: tls.key
        path: tls.key
{{- end }}
{{- with include "registry.storage" (list . "volumes") }}
{{ . }}
{{- end }}
{{- if include "registry.hasFront" . }}
{{ include "registry.frontVolumes" . }}
{{- end }}
{{- if .Cache }}
{{ include "registry.upstreamVolumes" . }}
{{- end }}
{{- with .Values.extraVolumes }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* Changes with everything that a running registry has read at its start, and rolls the pods. Anyone who
       may read pods sees it: strings that may be passwords are hashed slowly. */}}
{{- define "registry.checksum" -}}
{{- $config := include "registry.config" . }}
{{- $secrets := include "registry.storage" (list . "secrets") }}
{{- $read := "" }}
{{- if .Values.configuration.extra }}
{{- $secrets = print $secrets $config }}
{{- else }}
{{- $read = $config }}
{{- end }}
{{- if .Cache }}
{{- $read = print $read (include "registry.upstreamCa" .) }}
{{- else if not .Values.httpSecret.existingSecret }}
{{- $read = print $read (include "registry.httpSecret" .) }}
{{- end }}
{{- $reads := and (include "registry.tlsInPod" .) (not (include "registry.hasFront" .)) }}
{{- if and $reads (eq (include "registry.certificateSource" .) "generated") }}
{{- $read = print $read (include "registry.certificate" . | fromJson).Cert }}
{{- end }}
{{- /* With caches, a collection or snapshots, nginx.conf needs files that another script would not write. */}}
{{- if or .Values.caches (include "registry.switch" .) }}
{{- $read = print $read (include "registry.frontScript" .) }}
{{- end }}
{{- if $secrets }}
{{- $read = print $read (include "registry.slowDigest" (list . $secrets)) }}
{{- end }}
{{- sha256sum $read }}
{{- end }}

{{- /* Collects garbage before the registry starts, with its image, configuration and volumes. The registry
       starts after a failed collection, too. */}}
{{- define "registry.collector" -}}
- name: collect-garbage
  image: {{ include "registry.image" (list . .Values.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command:
    - sh
    - -c
    - |
      {{- /* A collection of an empty storage fails. In a bucket this can't be checked beforehand. */}}
      {{- if eq .Values.storage.type "filesystem" }}
      if [ ! -d /var/lib/registry/docker/registry/v2/repositories ]; then echo 'nothing was pushed yet'; exit 0; fi
      {{- /* A collection fails at a repository without a folder of layers: one with nothing but an empty index, or
             one of a cache, of which a client looked at manifests and pulled nothing. */}}
      find /var/lib/registry/docker/registry/v2/repositories -type d -name _manifests -prune | while read -r folder; do mkdir -p "${folder%_manifests}_layers"; done
      {{- end }}
      registry garbage-collect {{ include "registry.configFolder" . }}/config.yml || echo 'the collection failed; the registry starts all the same' >&2
  env:
    {{- include "registry.env" . | nindent 4 }}
  volumeMounts:
    {{- include "registry.mounts" . | nindent 4 }}
  resources:
    {{- include "registry.serverResources" . | nindent 4 }}
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}
