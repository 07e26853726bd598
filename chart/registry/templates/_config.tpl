{{- /*
The registry's config.yml, for Distribution 2.x and 3.x.
*/}}

{{- /* The major version of the registry in the image: 2 or 3. */}}
{{- define "registry.majorVersion" -}}
{{- if .Values.image.version }}
{{- .Values.image.version | trimPrefix "V" }}
{{- else if regexMatch "^v?0*2([.-]|$)" .Values.image.tag }}
{{- "2" }}
{{- else }}
{{- "3" }}
{{- end }}
{{- end }}

{{- /* The folder that the image has config.yml in. */}}
{{- define "registry.configFolder" -}}
{{- eq (include "registry.majorVersion" .) "2" | ternary "/etc/docker/registry" "/etc/distribution" }}
{{- end }}

{{- /* All of config.yml, with the raw keys of the values: maps are merged, anything else is replaced. */}}
{{- define "registry.config" -}}
{{- include "registry.once" (list . "config") }}
{{- end }}

{{- define "registry.new.config" -}}
{{- mergeOverwrite (include "registry.renderedConfig" . | fromYaml) .Values.configuration.extra | toYaml }}
{{- end }}

{{- define "registry.renderedConfig" -}}
version: "0.1"
log:
  {{- include "registry.logging" . | nindent 2 }}
storage:
  {{- include "registry.storage" (list . "driver") | nindent 2 }}
  delete:
    enabled: {{ .Values.storage.deletion }}
  maintenance:
    {{- with .Values.storage.uploadPurging }}
    uploadpurging:
      enabled: {{ .enabled }}
      age: {{ include "registry.duration" .age }}
      interval: {{ include "registry.duration" .interval }}
      dryrun: {{ .dryRun }}
    {{- end }}
    {{- if .Values.storage.readOnly }}
    readonly:
      enabled: true
    {{- end }}
  {{- with .Values.storage.descriptorCache.type }}
  cache:
    blobdescriptor: {{ eq . "inmemory" | ternary "inmemory" "redis" }}
  {{- end }}
  {{- if not (or (eq .Values.storage.type "filesystem") (include "registry.redirects" .)) }}
  redirect:
    disable: true
  {{- end }}
{{- with include "registry.cacheConfig" . }}
redis:
  {{- . | nindent 2 }}
{{- end }}
{{- if eq (include "registry.usersSource" .) "token" }}
auth:
  token:
    {{- include "registry.tokenConfig" . | nindent 4 }}
{{- else if include "registry.hasFront" . }}
{{- /* Behind the front there is no login but by tokens, which it passes on, and none can be added. */}}
auth: {}
{{- else if ne (include "registry.usersSource" .) "none" }}
auth:
  htpasswd:
    realm: {{ .Values.auth.realm | quote }}
    path: {{ printf "/auth/%s" (include "registry.authSecretKey" .) | quote }}
{{- end }}
http:
  addr: {{ include "registry.hasFront" . | eq "true" | ternary "127.0.0.1:5002" ":5000" | quote }}
  {{- /* Responses contain no host, so that each client continues with the address that it used. */}}
  relativeurls: true
  draintimeout: {{ int .Values.configuration.drainTimeoutSeconds }}s
  headers:
    X-Content-Type-Options: [nosniff]
    {{- if eq (include "registry.uiAccess" .) "hostWithCors" }}
    {{- include "registry.corsHeaders" . | nindent 4 }}
    {{- end }}
  {{- if and (include "registry.tlsInPod" .) (not (include "registry.hasFront" .)) }}
  tls:
    certificate: /certs/tls.crt
    key: /certs/tls.key
  {{- /* Over TLS, HTTP/2 transfers a big layer at two thirds of HTTP/1's speed. */}}
  http2:
    disabled: true
  {{- end }}
  {{- if .Values.metrics.enabled }}
  debug:
    addr: ":5001"
    prometheus:
      enabled: true
      path: /metrics
  {{- end }}
health:
  storagedriver:
    {{- with .Values.storage.health }}
    enabled: {{ .enabled }}
    {{- if .enabled }}
    interval: {{ include "registry.duration" .interval }}
    threshold: {{ int .threshold }}
    {{- end }}
    {{- end }}
{{- /* By itself the registry lists 1000 repositories at once, and the UI may ask for more. */}}
{{- if and .Values.ui.enabled (gt (int .Values.ui.catalogElementsLimit) 1000) }}
catalog:
  maxentries: {{ int .Values.ui.catalogElementsLimit }}
{{- end }}
{{- with .Values.configuration.foreignLayerUrls }}
validation:
  manifests:
    urls:
      allow:
        {{- toYaml . | nindent 8 }}
{{- end }}
{{- if .Cache }}
proxy:
  {{- include "registry.cachedUpstream" . | nindent 2 }}
{{- end }}
{{- end }}

{{- define "registry.logging" -}}
level: {{ .Values.configuration.logLevel }}
formatter: {{ .Values.configuration.logFormat }}
accesslog:
  disabled: {{ not .Values.configuration.accessLog }}
{{- end }}

{{- /* Lets the UI on its own host use the registry from browsers. */}}
{{- define "registry.corsHeaders" -}}
{{- $deletes := and .Values.storage.deletion (not .Values.storage.readOnly) -}}
Access-Control-Allow-Origin: [{{ printf "%s://%s" (include "registry.scheme" .) .Values.ui.host | quote }}]
Access-Control-Allow-Methods: [{{ $deletes | ternary "GET, HEAD, DELETE" "GET, HEAD" | quote }}]
{{- /* The UI's `Accept` header is longer than browsers allow without a preflight request. */}}
Access-Control-Allow-Headers: ["Accept, Cache-Control"]
{{- /* Images are deleted by digest. */}}
Access-Control-Expose-Headers: [Docker-Content-Digest]
Access-Control-Max-Age: ["7200"]
{{- end }}
