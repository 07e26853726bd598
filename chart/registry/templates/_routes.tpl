{{- /*
The route by which clients reach the registry, and the addresses that come of it.
*/}}

{{- /* none, ingress, ingressRoute or httpRoute. */}}
{{- define "registry.route" -}}
{{- if .Values.ingress.enabled }}
{{- "ingress" }}
{{- else if .Values.ingressRoute.enabled }}
{{- "ingressRoute" }}
{{- else if .Values.httpRoute.enabled }}
{{- "httpRoute" }}
{{- else }}
{{- "none" }}
{{- end }}
{{- end }}

{{- /* Annotations of the route and of the objects that belong to it, those of the UI aside. */}}
{{- define "registry.routeAnnotations" -}}
{{- $annotations := dict }}
{{- with .Values.commonAnnotations }}
{{- $annotations = mergeOverwrite $annotations . }}
{{- end }}
{{- $route := include "registry.route" . }}
{{- if ne $route "none" }}
{{- with (index .Values $route).annotations }}
{{- $annotations = mergeOverwrite $annotations . }}
{{- end }}
{{- end }}
{{- with $annotations }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- /* Do clients connect by HTTPS? */}}
{{- define "registry.encrypted" -}}
{{- $route := include "registry.route" . }}
{{- if eq $route "none" }}
{{- if or (include "registry.tlsInPod" .) (eq (include "registry.certificateSource" .) "external") }}
{{- "true" }}
{{- end }}
{{- else if and (eq $route "ingressRoute") .Values.ingressRoute.certResolver }}
{{- "true" }}
{{- else if and (eq $route "httpRoute") .Values.httpRoute.gateway.name }}
{{- if .Values.httpRoute.gateway.https }}
{{- "true" }}
{{- end }}
{{- else }}
{{- include "registry.tlsEnabled" . }}
{{- end }}
{{- end }}

{{- define "registry.scheme" -}}
{{- ternary "https" "http" (eq (include "registry.encrypted" .) "true") }}
{{- end }}

{{- /* Is the Service reachable from outside of the cluster? */}}
{{- define "registry.exposed" -}}
{{- if ne .Values.service.type "ClusterIP" }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The registry's host and port for clients; `<port>` where Kubernetes chooses a node port. */}}
{{- define "registry.address" -}}
{{- $type := .Values.service.type }}
{{- $external := eq (include "registry.certificateSource" .) "external" }}
{{- if or (ne (include "registry.route" .) "none") (and $external (ne $type "LoadBalancer")) }}
{{- /* A route, or what is in front of node ports, has the scheme's own port. */}}
{{- .Values.host }}
{{- else if and (eq $type "NodePort") .Values.service.nodePort }}
{{- printf "%s:%d" .Values.host (int .Values.service.nodePort) }}
{{- else if eq $type "NodePort" }}
{{- printf "%s:<port>" .Values.host }}
{{- else if eq (int .Values.service.port) 443 }}
{{- .Values.host }}
{{- else }}
{{- printf "%s:%d" .Values.host (int .Values.service.port) }}
{{- end }}
{{- end }}

{{- define "registry.url" -}}
{{- printf "%s://%s" (include "registry.scheme" .) (include "registry.address" .) }}
{{- end }}

{{- /* The address in names of images that nodes pull. */}}
{{- define "registry.pullAddress" -}}
{{- .Values.pullAddress | default (include "registry.address" .) }}
{{- end }}

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

{{- /* The API group and version of Traefik's objects. */}}
{{- define "registry.traefikApi" -}}
{{- if eq (include "registry.route" .) "ingressRoute" }}
{{- .Values.ingressRoute.apiVersion }}
{{- else }}
{{- "traefik.io/v1alpha1" }}
{{- end }}
{{- end }}

{{- /* Does Traefik need a ServersTransport, to trust the certificate of the registry's pod? */}}
{{- define "registry.hasServersTransport" -}}
{{- if include "registry.tlsInPod" . }}
{{- if or (eq (include "registry.route" .) "ingressRoute") (eq (include "registry.controller" .) "TRAEFIK") }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Annotations of the registry's Service that its route needs: Traefik's Ingress provider reads them there. */}}
{{- define "registry.serviceAnnotationsForRoute" -}}
{{- if and (include "registry.tlsInPod" .) (eq (include "registry.controller" .) "TRAEFIK") -}}
traefik.ingress.kubernetes.io/service.serversscheme: https
traefik.ingress.kubernetes.io/service.serverstransport: {{ .Release.Namespace }}-{{ include "registry.fullname" . }}@kubernetescrd
{{- end }}
{{- end }}
