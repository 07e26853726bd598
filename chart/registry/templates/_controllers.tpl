{{- /*
What each ingress controller is told by annotations. Controllers ignore the annotations of others, so where
the controller isn't known, those of all that it may be are written.
*/}}

{{- /* COMMUNITY_NGINX, F5_NGINX, TRAEFIK, HAPROXY or unknown; nothing without an Ingress. */}}
{{- define "registry.controller" -}}
{{- if eq (include "registry.route" .) "ingress" }}
{{- $words := regexSplit "[-.]" (.Values.ingress.className | default "") -1 }}
{{- if .Values.ingress.controller }}
{{- .Values.ingress.controller }}
{{- else if has "traefik" $words }}
{{- "TRAEFIK" }}
{{- else if has "haproxy" $words }}
{{- "HAPROXY" }}
{{- else }}
{{- "unknown" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Lifts limits that break big or slow pushes: (dict "root" . "service" NAME "https" YES_OR_NOTHING). */}}
{{- define "registry.pushAnnotations" -}}
{{- $controller := include "registry.controller" .root }}
{{- if has $controller (list "COMMUNITY_NGINX" "unknown") }}
nginx.ingress.kubernetes.io/proxy-body-size: "0"
nginx.ingress.kubernetes.io/proxy-request-buffering: "off"
nginx.ingress.kubernetes.io/proxy-read-timeout: "900"
nginx.ingress.kubernetes.io/proxy-send-timeout: "900"
{{- if .https }}
nginx.ingress.kubernetes.io/backend-protocol: HTTPS
{{- end }}
{{- end }}
{{- if has $controller (list "F5_NGINX" "unknown") }}
nginx.org/client-max-body-size: "0"
nginx.org/proxy-read-timeout: 900s
nginx.org/proxy-send-timeout: 900s
{{- end }}
{{- if eq $controller "unknown" }}
{{- include "registry.f5BackendAnnotations" . }}
{{- end }}
{{- if eq $controller "HAPROXY" }}
haproxy.org/timeout-server: 900s
haproxy-ingress.github.io/timeout-server: 900s
{{- if .https }}
haproxy.org/server-ssl: "true"
haproxy-ingress.github.io/backend-protocol: h1-ssl
{{- end }}
{{- end }}
{{- end }}

{{- /* Tells F5's controller which Services speak TLS: (dict "service" NAME "https" YES_OR_NOTHING). */}}
{{- define "registry.f5BackendAnnotations" -}}
{{- if .https }}
nginx.org/ssl-services: {{ .service }}
{{- end }}
{{- end }}

{{- /*
For each Ingress of a host. Without these, Traefik serves it on all of its entry points, unencrypted too. The
cluster's default class may be Traefik's, as on k3s.
*/}}
{{- define "registry.hostAnnotations" -}}
{{- $encrypted := include "registry.encrypted" . }}
{{- $controller := include "registry.controller" . }}
{{- $maybeTraefik := and (eq $controller "unknown") (not .Values.ingress.className) $encrypted }}
{{- if or (eq $controller "TRAEFIK") $maybeTraefik }}
traefik.ingress.kubernetes.io/router.entrypoints: {{ ternary "websecure" "web" (eq $encrypted "true") }}
{{- if $encrypted }}
traefik.ingress.kubernetes.io/router.tls: "true"
{{- end }}
{{- end }}
{{- end }}

{{- /*
Is an annotation about a path? F5's controller wants it on the Ingress of the path (the minion), and refuses
it on the one of the host (the master).
*/}}
{{- define "registry.isAboutPath" -}}
{{- $services := "(ssl|grpc|websocket|sticky-cookie)-services" }}
{{- $health := "health-checks(-mandatory(-queue)?)?" }}
{{- if regexMatch (printf "^nginx\\.(org|com)/(rewrites|use-cluster-ip|%s|%s)$" $services $health) . }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Is an annotation about the registry's Service or pods, so that it isn't for the UI's Ingress? */}}
{{- define "registry.isAboutBackend" -}}
{{- if or (include "registry.isAboutPath" .) (regexMatch "/(backend-protocol|server-ssl|proxy-ssl-.*)$" .) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Prints annotations. An empty string removes one. */}}
{{- define "registry.withoutEmpty" -}}
{{- $annotations := dict }}
{{- range $key, $value := . }}
{{- if $value }}
{{- $_ := set $annotations $key $value }}
{{- end }}
{{- end }}
{{- with $annotations }}
{{- toYaml . }}
{{- end }}
{{- end }}
