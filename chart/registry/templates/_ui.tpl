{{- /*
The UI: where it is served, its login, and what it is told of the registry.
*/}}

{{- /* none, path (on the registry's host), host (whose nginx proxies to the registry) or hostWithCors. */}}
{{- define "registry.uiAccess" -}}
{{- if not .Values.ui.enabled }}
{{- "none" }}
{{- else if not .Values.ui.host }}
{{- "path" }}
{{- else if .Values.ui.cors }}
{{- "hostWithCors" }}
{{- else }}
{{- "host" }}
{{- end }}
{{- end }}

{{- /* The path of the UI on its host. */}}
{{- define "registry.uiPath" -}}
{{- ternary .Values.ui.path "/" (eq (include "registry.uiAccess" .) "path") }}
{{- end }}

{{- /* Name of the Secret with the certificate of the UI's host; nothing where the route needs none. */}}
{{- define "registry.uiTlsSecretName" -}}
{{- if and .Values.ui.host .Values.ui.tlsSecret }}
{{- .Values.ui.tlsSecret }}
{{- else if include "registry.uiOrdersCertificate" . }}
{{- include "registry.objectName" (list . "ui-tls") }}
{{- else }}
{{- include "registry.routeTlsSecretName" . }}
{{- end }}
{{- end }}

{{- /* Does cert-manager issue a certificate for the UI's host? It does for each annotated Ingress. */}}
{{- define "registry.uiOrdersCertificate" -}}
{{- if and .Values.ui.host (not .Values.ui.tlsSecret) (include "registry.hasIssuerAnnotation" .) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Is the Secret of the UI's login written here? Traefik reads the registry's own. */}}
{{- define "registry.hasUiLoginSecret" -}}
{{- $exists := or .Values.ui.loginSecret .Values.auth.existingSecret }}
{{- if and .Values.ui.enabled .Values.ui.login (not $exists) }}
{{- if has (include "registry.controller" .) (list "COMMUNITY_NGINX" "F5_NGINX") }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.uiLoginSecretName" -}}
{{- if .Values.ui.loginSecret }}
{{- .Values.ui.loginSecret }}
{{- else if include "registry.hasUiLoginSecret" . }}
{{- include "registry.objectName" (list . "ui-auth") }}
{{- else }}
{{- include "registry.authSecretName" . }}
{{- end }}
{{- end }}

{{- /* Annotations that require a login: (list $ MIDDLEWARES), where these are Traefik's that go first. */}}
{{- define "registry.uiLoginAnnotations" -}}
{{- $root := index . 0 }}
{{- $secret := include "registry.uiLoginSecretName" $root }}
{{- $realm := $root.Values.auth.realm }}
{{- $controller := include "registry.controller" $root }}
{{- if eq $controller "COMMUNITY_NGINX" }}
nginx.ingress.kubernetes.io/auth-type: basic
nginx.ingress.kubernetes.io/auth-secret: {{ $secret | quote }}
nginx.ingress.kubernetes.io/auth-realm: {{ $realm | quote }}
{{- else if eq $controller "F5_NGINX" }}
nginx.org/basic-auth-secret: {{ $secret | quote }}
nginx.org/basic-auth-realm: {{ $realm | quote }}
{{- else if eq $controller "TRAEFIK" }}
{{- $middleware := include "registry.objectName" (list $root "ui-login") }}
{{- $login := printf "%s-%s@kubernetescrd" $root.Release.Namespace $middleware }}
traefik.ingress.kubernetes.io/router.middlewares: {{ list (index . 1) $login | compact | join "," | quote }}
{{- end }}
{{- end }}

{{- /* All annotations of the UI's Ingress. As for the registry's, an empty string removes one. */}}
{{- define "registry.uiIngressAnnotations" -}}
{{- $isProxy := eq (include "registry.uiAccess" .) "host" }}
{{- $own := dict }}
{{- if .Values.ui.host }}
{{- $own = include "registry.pushAnnotations" (dict "root" . "service" "" "https" "") | fromYaml }}
{{- else if eq (include "registry.controller" .) "F5_NGINX" }}
{{- $own = dict "nginx.org/mergeable-ingress-type" "minion" }}
{{- end }}
{{- $own = mergeOverwrite $own (include "registry.hostAnnotations" . | fromYaml) }}
{{- range $key, $value := include "registry.routeAnnotations" . | fromYaml }}
{{- if hasPrefix "cert-manager.io/" $key }}
{{- /* cert-manager is asked for the registry's host by ingress.yaml alone. */}}
{{- $_ := set $own $key (ternary $value "" (eq (include "registry.uiOrdersCertificate" $) "true")) }}
{{- else if and $isProxy (not (include "registry.isAboutBackend" $key)) }}
{{- /* What guards the registry's Ingress, such as allowed clients, guards the way through the proxy. */}}
{{- $_ := set $own $key $value }}
{{- end }}
{{- end }}
{{- if .Values.ui.login }}
{{- $middlewares := get $own "traefik.ingress.kubernetes.io/router.middlewares" }}
{{- $own = mergeOverwrite $own (include "registry.uiLoginAnnotations" (list . $middlewares) | fromYaml) }}
{{- end }}
{{- $annotations := include "registry.merged" (list .Values.commonAnnotations $own) | fromYaml }}
{{- range $key, $value := $own }}
{{- if not $value }}
{{- $_ := unset $annotations $key }}
{{- end }}
{{- end }}
{{- with $annotations }}
{{- toYaml . }}
{{- end }}
{{- end }}
