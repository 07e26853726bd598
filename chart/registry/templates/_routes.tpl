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

{{- /* Annotations of the route, if there is one, and of its objects but for the UI's. */}}
{{- define "registry.routeAnnotations" -}}
{{- $route := index .Values (include "registry.route" .) }}
{{- include "registry.merged" (list .Values.commonAnnotations $route.annotations) }}
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
{{- include "registry.hasCertificate" . }}
{{- end }}
{{- end }}

{{- define "registry.scheme" -}}
{{- ternary "https" "http" (eq (include "registry.encrypted" .) "true") }}
{{- end }}

{{- /* Does the Service open a port outside of the cluster, on nodes or at a load balancer? */}}
{{- define "registry.hasExternalPort" -}}
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

{{- /* Do nodes pull by plain HTTP from the Service itself, past the route or proxy that terminates TLS? */}}
{{- define "registry.pullsPastTls" -}}
{{- $pulls := include "registry.pullAddress" . }}
{{- if not (or (eq $pulls (include "registry.address" .)) (include "registry.tlsInPod" .)) }}
{{- /* A port of the Service, or its own address in the cluster. */}}
{{- if or (include "registry.hasExternalPort" .) (eq (regexReplaceAll ":[0-9]+$" $pulls "") .Values.service.clusterIP) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Is it an IPv4 or IPv6 address, rather than a name? */}}
{{- define "registry.isAddress" -}}
{{- if or (contains ":" .) (regexMatch "^[0-9]+(\\.[0-9]+){3}$" .) }}
{{- "true" }}
{{- end }}
{{- end }}
