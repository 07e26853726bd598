{{- /*
The UI's pod. On a host of its own, its nginx proxies to the registry.
*/}}

{{- /* Does the UI's nginx verify the registry's pod? */}}
{{- define "registry.uiProxyVerifies" -}}
{{- if eq (include "registry.uiAccess" .) "host" }}
{{- include "registry.tlsInPod" . }}
{{- end }}
{{- end }}

{{- /* Name of the Secret with the CA that it verifies against; nothing where it is a public one. */}}
{{- define "registry.uiProxyCaSecretName" -}}
{{- if include "registry.uiProxyVerifies" . }}
{{- if .Values.ui.registryCaSecret }}
{{- .Values.ui.registryCaSecret }}
{{- else if include "registry.privateCa" . }}
{{- include "registry.tlsSecretName" . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Annotations of the pod. nginx reads the CA only at its start, so a new one replaces the pod. */}}
{{- define "registry.uiPodAnnotations" -}}
{{- $annotations := dict }}
{{- if and (include "registry.uiProxyVerifies" .) (not .Values.ui.registryCaSecret) }}
{{- $generated := eq (include "registry.certificateSource" .) "generated" }}
{{- $ca := "" }}
{{- if $generated }}
{{- $ca = include "registry.ca" . }}
{{- end }}
{{- $_ := set $annotations "checksum/registry-ca" (sha256sum $ca) }}
{{- end }}
{{- include "registry.merged" (list $annotations .Values.ui.podAnnotations) }}
{{- end }}

{{- /*
Copies what the image's start script edits into volumes, since the root is read-only. After a restart of the
node the volumes are filled already, so they are cleared first.
*/}}
{{- define "registry.uiPrepareScript" -}}
{{- $isProxy := eq (include "registry.uiAccess" .) "host" }}
{{- $conf := printf "/prepared/nginx/conf.d/%s.conf" (ternary "registry" "absolute-redirect" $isProxy) -}}
rm -rf /prepared/nginx/* /prepared/html/*
cp -r /etc/nginx/. /prepared/nginx/
cp -r /usr/share/nginx/html/. /prepared/html/
{{- if eq (include "registry.uiAccess" .) "path" }}
{{- $folder := printf "/prepared/html%s" .Values.ui.path }}
{{- if has .Values.ui.path (list "/fonts" "/images") }}
{{- /* The UI has folders of these names: what is in them is found one level up, where the link leads. */}}
if [ -d {{ $folder }} ]; then mv {{ $folder }}/* /prepared/html/; rmdir {{ $folder }}; fi
{{- end }}
{{- /* By this link nginx serves the UI under its path too. */}}
ln -s . {{ $folder }}
{{- end }}
echo 'absolute_redirect off;' > {{ $conf }}
{{- if $isProxy }}
{{- /* The catalog of a big registry on an object store takes minutes. */}}
echo 'proxy_read_timeout 900s;' >> {{ $conf }}
echo 'proxy_send_timeout 900s;' >> {{ $conf }}
{{- end }}
{{- if include "registry.uiProxyVerifies" . }}
{{- $publicCas := "/etc/ssl/certs/ca-certificates.crt" }}
{{- $ca := ternary "/registry-ca/ca.crt" $publicCas (ne (include "registry.uiProxyCaSecretName" .) "") }}
echo 'proxy_ssl_verify on;' >> {{ $conf }}
{{- /* Deep enough for intermediate certificates. */}}
echo 'proxy_ssl_verify_depth 5;' >> {{ $conf }}
echo 'proxy_ssl_trusted_certificate {{ $ca }};' >> {{ $conf }}
echo 'proxy_ssl_name {{ .Values.host }};' >> {{ $conf }}
{{- end }}
{{- end }}

{{- /* Where browsers find this registry: on the UI's own host its nginx passes requests on. */}}
{{- define "registry.uiRegistryUrl" -}}
{{- $isProxy := eq (include "registry.uiAccess" .) "host" }}
{{- printf "%s://%s" (include "registry.scheme" .) (ternary .Values.ui.host .Values.host $isProxy) }}
{{- end }}

{{- /*
Environment variables that the image's start script writes into the UI. Those of settings that are unset are
left out, so that its own defaults apply.
*/}}
{{- define "registry.uiVariables" -}}
{{- $ui := .Values.ui }}
{{- $isProxy := eq (include "registry.uiAccess" .) "host" }}
{{- $service := printf "%s:%d" (include "registry.fullname" .) (int .Values.service.port) }}
{{- $serviceScheme := ternary "https" "http" (eq (include "registry.tlsInPod" .) "true") -}}
- name: SINGLE_REGISTRY
  value: {{ empty $ui.registries | quote }}
{{- /* Of several registries, the UI shows the address of each. */}}
{{- with $ui.title | default (ternary .Values.host "" (empty $ui.registries)) }}
- name: REGISTRY_TITLE
  value: {{ include "registry.literal" . | quote }}
{{- end }}
{{- with $ui.headerTitle }}
- name: DOCKER_REGISTRY_UI_TITLE
  value: {{ include "registry.literal" . | quote }}
{{- end }}
{{- $url := include "registry.uiRegistryUrl" . }}
{{- if $ui.registries }}
- name: DEFAULT_REGISTRIES
  value: {{ prepend $ui.registries $url | join "," | quote }}
{{- if $ui.readOnlyRegistries }}
- name: READ_ONLY_REGISTRIES
  value: "true"
{{- end }}
{{- else }}
- name: REGISTRY_URL
  value: {{ $url | quote }}
- name: PULL_URL
  value: {{ $ui.pullAddress | default (include "registry.pullAddress" .) | quote }}
{{- end }}
{{- /* Other registries may have no login, and browsers forbid sending one to those that allow all origins. */}}
{{- if and .Values.auth.enabled (not $ui.registries) }}
{{- /* Else the UI tries each request without a login first. */}}
- name: REGISTRY_SECURED
  value: "true"
{{- end }}
- name: DELETE_IMAGES
  value: {{ $ui.deleteImages | quote }}
{{- with $ui.catalogElementsLimit }}
- name: CATALOG_ELEMENTS_LIMIT
  value: {{ int . | quote }}
{{- end }}
{{- if kindIs "bool" $ui.showCatalogTagCount }}
- name: SHOW_CATALOG_NB_TAGS
  value: {{ $ui.showCatalogTagCount | quote }}
{{- end }}
{{- if kindIs "bool" $ui.catalogDefaultExpanded }}
- name: CATALOG_DEFAULT_EXPANDED
  value: {{ $ui.catalogDefaultExpanded | quote }}
{{- end }}
{{- with $ui.catalogMaxBranches }}
- name: CATALOG_MAX_BRANCHES
  value: {{ int . | quote }}
{{- end }}
{{- if kindIs "bool" $ui.showContentDigest }}
- name: SHOW_CONTENT_DIGEST
  value: {{ $ui.showContentDigest | quote }}
{{- end }}
{{- if kindIs "bool" $ui.showTagHistory }}
- name: SHOW_TAG_HISTORY
  value: {{ $ui.showTagHistory | quote }}
{{- end }}
{{- with $ui.historyCustomLabels }}
- name: HISTORY_CUSTOM_LABELS
  value: {{ include "registry.literal" (join "," .) | quote }}
{{- end }}
{{- with $ui.tagOrder }}
- name: TAGLIST_ORDER
  value: {{ . | quote }}
{{- end }}
{{- with $ui.tagPageSize }}
- name: TAGLIST_PAGE_SIZE
  value: {{ int . | quote }}
{{- end }}
{{- if kindIs "bool" $ui.useControlCacheHeader }}
- name: USE_CONTROL_CACHE_HEADER
  value: {{ $ui.useControlCacheHeader | quote }}
{{- end }}
{{- with $ui.theme }}
- name: THEME
  value: {{ . | quote }}
{{- end }}
- name: ENABLE_VERSION_NOTIFICATION
  value: {{ $ui.versionNotification | quote }}
{{- if $isProxy }}
- name: NGINX_PROXY_PASS_URL
  value: {{ printf "%s://%s" $serviceScheme $service | quote }}
- name: NGINX_PROXY_HEADER_Host
  value: $http_host
{{- end }}
- name: NGINX_LISTEN_PORT
  value: "8080"
{{- with $ui.extraEnv }}
{{ toYaml . }}
{{- end }}
{{- end }}

{{- /* A string as the value of a variable: Kubernetes replaces $(NAME), and makes $ of $$. */}}
{{- define "registry.literal" -}}
{{- $escaped := replace "$" "$$" . }}
{{- /* A $ that neither $ nor ( follows stays as it is. */}}
{{- regexReplaceAll "\\$\\$([^$(]|$)" $escaped "$$${1}" }}
{{- end }}
