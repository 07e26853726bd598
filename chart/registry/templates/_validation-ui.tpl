{{- /* Refused combinations of the UI's settings. */}}

{{- define "registry.problemsOfUi" -}}
{{- if include "registry.hasUi" . }}
{{- include "registry.problemsOfUiAccess" . }}
{{- include "registry.problemsOfUiLogin" . }}
{{- include "registry.problemsOfUiSettings" . }}
{{- include "registry.problemsOfUiNetwork" . }}
{{- else if .Values.ui.enabled }}
ui: needs a route to be served on; add ingress: { enabled: true }, ingressRoute: { enabled: true } or httpRoute: { enabled: true, gateway: { className: "nginx" } }, or leave ui out [ui-needs-a-route]
{{- end }}
{{- end }}

{{- define "registry.problemsOfUiAccess" -}}
{{- $ui := .Values.ui }}
{{- $route := include "registry.route" . }}
{{- /* An address is a problem of its own. */}}
{{- $host := .Values.host }}
{{- if include "registry.isAddress" $host }}
{{- $host = "registry.localhost" }}
{{- end }}
{{- if $ui.host }}
{{- if eq $ui.host $host }}
ui.host: {{ include "registry.shown" $ui.host }} is the registry's own host; write another host, or leave ui.host out [ui-host-of-the-registry]
{{- end }}
{{- if and $ui.cors .Values.auth.enabled }}
ui.cors: true, but the registry has a login and answers preflight requests with 401; leave ui.cors out, or both ui.cors and ui.host for {{ $host }}/ui/ [cors-ui-with-login]
{{- end }}
{{- if and $ui.registryCaSecret (not $ui.cors) (not (include "registry.tlsInPod" .)) }}
ui.registryCaSecret: has no effect, because the registry's pod does not use TLS; leave ui.registryCaSecret out [registry-ca-without-tls]
{{- end }}
{{- if and $ui.tlsSecret (not (include "registry.encrypted" .)) }}
ui.tlsSecret: sets TLS for the UI, but the registry has none; give the registry a certificate too, or leave ui.tlsSecret out [ui-tls-without-tls]
{{- end }}
{{- if and $ui.sectionName (ne $route "httpRoute") }}
ui.sectionName: {{ include "registry.shown" $ui.sectionName }} is for a Gateway, but there is none; leave ui.sectionName out [section-without-gateway]
{{- end }}
{{- if eq $route "httpRoute" }}
{{- if and $ui.sectionName (not .Values.httpRoute.gateway.name) }}
ui.sectionName: {{ include "registry.shown" $ui.sectionName }} has no effect, because the Gateway is created here, with a listener for the UI; leave it out [no-effect-here]
{{- end }}
{{- if and $ui.tlsSecret .Values.httpRoute.gateway.name }}
ui.tlsSecret: {{ include "registry.shown" $ui.tlsSecret }} has no effect, because the Gateway exists and has its own certificates; leave it out [no-effect-here]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The UI's own login is the basic auth of the controller in front of it. */}}
{{- define "registry.problemsOfUiLogin" -}}
{{- $ui := .Values.ui }}
{{- $controller := include "registry.controller" . }}
{{- if not $ui.login }}
{{- if $ui.loginSecret }}
ui.loginSecret: has no effect without a login; add ui: { login: true }, or leave ui.loginSecret out [login-secret-without-login]
{{- end }}
{{- else }}
{{- if not .Values.auth.enabled }}
ui.login: true, but the registry has no users; leave ui.login out, or add auth: { enabled: true } [ui-login-without-users]
{{- end }}
{{- $users := include "registry.usersSource" . }}
{{- $elsewhere := has $users (list "token" "verifier") }}
{{- if eq $users "token" }}
ui.login: true, but users and passwords are those of the token service; leave ui.login out, and protect the UI by the token service's own means [ui-login-with-tokens]
{{- else if eq $users "verifier" }}
ui.login: true, but the users are those of the verifier, and no htpasswd file has them; leave it out: the registry asks for a login [ui-login-with-verifier]
{{- end }}
{{- if eq (include "registry.route" .) "httpRoute" }}
ui.login: true, but the Gateway API has no basic auth that all implementations support; leave ui.login out, or use ingress or ingressRoute [ui-login-at-a-gateway]
{{- else if eq $controller "HAPROXY" }}
ui.login: true, but HAProxy supports no htpasswd file; leave ui.login out: the registry's own login guards the images [ui-login-at-haproxy]
{{- else if eq $controller "unknown" }}
ui.login: true, but the ingress controller is unknown, and one that ignores the annotations would show the UI to everyone; set e.g. ingress: { controller: COMMUNITY_NGINX } [ui-login-at-unknown-controller]
{{- else if and .Values.auth.enabled (not $elsewhere) (has $controller (list "COMMUNITY_NGINX" "F5_NGINX")) }}
{{- $community := eq $controller "COMMUNITY_NGINX" }}
{{- if not (regexMatch "^[-._~/:A-Za-z0-9 ]+$" .Values.auth.realm) }}
auth.realm: {{ include "registry.shown" .Values.auth.realm }} is not supported by {{ ternary "the community's nginx" "F5's nginx" $community }}, which accepts letters, digits, spaces and "-._~/:"; write e.g. "Registry Realm" [realm-unsupported]
{{- end }}
{{- $secret := .Values.auth.existingSecret }}
{{- $key := include "registry.authSecretKey" . }}
{{- if and $secret (not $ui.loginSecret) }}
{{- if not $community }}
ui.login: true, but F5's nginx requires the htpasswd file in a Secret of type nginx.org/htpasswd under the key "htpasswd", and "{{ $secret }}" has it under "{{ $key }}" and an unknown type; set ui.loginSecret to one that has it [htpasswd-of-unknown-type]
{{- else if ne $key "auth" }}
ui.login: true, but the community's nginx requires the htpasswd file under the key "auth", and "{{ $secret }}" has it under "{{ $key }}"; rename the key and write auth: { existingSecretKey: auth }, or set ui.loginSecret to one that has it [htpasswd-under-another-key]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfUiSettings" -}}
{{- $ui := .Values.ui }}
{{- if and (not $ui.host) (eq $ui.path "/v2") }}
ui.path: "/v2" is where the registry's own API is; write e.g. "/ui" [ui-path-of-the-api]
{{- end }}
{{- if $ui.deleteImages }}
{{- if not .Values.storage.deletion }}
ui.deleteImages: true, but the registry refuses deletion; add storage: { deletion: true }, or leave ui.deleteImages out [ui-deletion-without-deletion]
{{- else if .Values.storage.readOnly }}
ui.deleteImages: true, but the registry is read-only and refuses deletion; leave ui.deleteImages out while storage.readOnly is true [ui-deletion-of-read-only-storage]
{{- end }}
{{- end }}
{{- if and $ui.historyCustomLabels (eq (toJson $ui.showTagHistory) "false") }}
ui.historyCustomLabels: are shown in the history, which showTagHistory: false hides; leave ui.historyCustomLabels or ui.showTagHistory out [labels-of-hidden-history]
{{- end }}
{{- $own := include "registry.uiRegistryUrl" . }}
{{- $seen := list }}
{{- /* An address as the host is refused, and then nothing is this registry. */}}
{{- if not (include "registry.isAddress" (get (urlParse $own) "host")) }}
{{- $seen = list $own }}
{{- end }}
{{- range $index, $url := $ui.registries }}
{{- if not (include "registry.isRegistryUrl" $url) }}
ui.registries[{{ $index }}]: is not the URL of a registry: a scheme, a host, and at most a port and a path of less than 200 characters; write e.g. "https://other.example.com" [not-a-registry-url]
{{- else }}
{{- if and (hasPrefix "https:" $own) (hasPrefix "http:" $url) }}
ui.registries[{{ $index }}]: {{ include "registry.shown" $url }} is not encrypted, and browsers block that on an HTTPS page; write one with https:// [registry-url-not-encrypted]
{{- end }}
{{- if has $url $seen }}
ui.registries: {{ include "registry.shown" $url }} is listed twice, or is this registry, which is always first; leave it out of ui.registries [registry-given-twice]
{{- end }}
{{- $seen = append $seen $url }}
{{- end }}
{{- end }}
{{- if and $ui.registries $ui.pullAddress }}
ui.pullAddress: would prefix the images of every registry in ui.registries; leave ui.pullAddress or ui.registries out [pull-address-of-several]
{{- end }}
{{- if and $ui.readOnlyRegistries (not $ui.registries) }}
ui.readOnlyRegistries: true, but there is one registry only; add registries: ["https://other.example.com"], or leave ui.readOnlyRegistries out [read-only-list-of-one]
{{- end }}
{{- /* The image's start script inserts these variables into the page and nginx's configuration by sed. */}}
{{- $readByScript := "^((NGINX_|REGISTRY_|CATALOG_|SHOW_|TAGLIST_|THEME)|(DOCKER_REGISTRY_UI_TITLE|PULL_URL|DEFAULT_REGISTRIES|HISTORY_CUSTOM_LABELS)$)" }}
{{- range $index, $variable := $ui.extraEnv }}
{{- if and (regexMatch $readByScript $variable.name) (kindIs "string" $variable.value) }}
{{- $breaks := "[~&\\\\\"\\p{Cc}]" }}
{{- if regexMatch "^NGINX_PROXY_(PASS_)?HEADER_" $variable.name }}
{{- $breaks = "[\\^&\\\\\"\\p{Cc}]" }}
{{- else if hasPrefix "NGINX_" $variable.name }}
{{- $breaks = "[,&\\\\'\\p{Cc}]" }}
{{- end }}
{{- with regexFind $breaks $variable.value }}
{{- $what := printf "the character %s" . }}
{{- if regexMatch "[\r\n]" . }}
{{- $what = "a line break" }}
{{- else if regexMatch "\\p{Cc}" . }}
{{- $what = "a control character" }}
{{- end }}
ui.extraEnv[{{ $index }}].value: {{ include "registry.shown" $variable.value }} has {{ $what }}, which breaks the image's start script or the UI; leave it out [variable-breaks-the-ui]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Is it a URL by which the UI can call a registry? */}}
{{- define "registry.isRegistryUrl" -}}
{{- $form := "^https?://([^/:]+)(:[1-9][0-9]{0,4})?((/[-._A-Za-z0-9]+)*)$" }}
{{- if regexMatch $form . }}
{{- $host := regexReplaceAll $form . "${1}" }}
{{- $port := regexReplaceAll $form . "${2}" | trimPrefix ":" | default "1" | atoi }}
{{- $path := regexReplaceAll $form . "${3}" }}
{{- $isHost := or (include "registry.isHostName" $host) (include "registry.isIpv4" $host) }}
{{- if and $isHost (ge $port 1) (le $port 65535) (lt (len $path) 200) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The name of a host: DNS labels, of which the last is no number. */}}
{{- define "registry.isHostName" -}}
{{- $label := "[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?" }}
{{- $isName := regexMatch (printf "^(%s\\.)*%s$" $label $label) . }}
{{- if and $isName (le (len .) 253) (not (regexMatch "(^|\\.)[0-9]+$" .)) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* A dotted IPv4 address. */}}
{{- define "registry.isIpv4" -}}
{{- $byte := "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])" }}
{{- if regexMatch (printf "^(%s\\.){3}%s$" $byte $byte) . }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfUiNetwork" -}}
{{- $policy := .Values.ui.networkPolicy }}
{{- if $policy.enabled }}
{{- $peers := $policy.allowFrom }}
{{- /* Clients that may not reach the registry may not reach it through the UI either. */}}
{{- if and (not $peers) .Values.networkPolicy.enabled (eq (include "registry.uiAccess" .) "host") }}
{{- $peers = .Values.networkPolicy.allowFrom }}
{{- end }}
{{- include "registry.problemsOfPeers" (list "ui.networkPolicy.allowFrom" $peers "ingress-nginx") }}
{{- include "registry.problemsOfEgress" (list "ui.networkPolicy.allowTo" $policy.allowTo) }}
{{- end }}
{{- end }}
