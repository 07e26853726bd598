{{- /*
What Traefik's IngressRoutes need, and its Ingresses besides annotations.
*/}}

{{- define "registry.isTraefik" -}}
{{- if or (eq (include "registry.route" .) "ingressRoute") (eq (include "registry.controller" .) "TRAEFIK") }}
{{- "true" }}
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

{{- /* The entry points of IngressRoutes, as a list in YAML. */}}
{{- define "registry.entryPoints" -}}
{{- $own := ternary "websecure" "web" (eq (include "registry.encrypted" .) "true") }}
{{- .Values.ingressRoute.entryPoints | default (list $own) | toYaml }}
{{- end }}

{{- /* TLS of an IngressRoute: (list $ SECRET). Without both, Traefik serves its default certificate. */}}
{{- define "registry.ingressRouteTls" -}}
{{- $resolver := (index . 0).Values.ingressRoute.certResolver }}
{{- if index . 1 -}}
secretName: {{ index . 1 | quote }}
{{- else if $resolver -}}
certResolver: {{ $resolver | quote }}
{{- else -}}
{}
{{- end }}
{{- end }}

{{- /* Annotations of the registry's Service, where Traefik's Ingress provider reads how to talk to pods. */}}
{{- define "registry.serviceAnnotationsForRoute" -}}
{{- $transport := printf "%s-%s@kubernetescrd" .Release.Namespace (include "registry.fullname" .) }}
{{- if and (include "registry.tlsInPod" .) (eq (include "registry.controller" .) "TRAEFIK") -}}
traefik.ingress.kubernetes.io/service.serversscheme: https
traefik.ingress.kubernetes.io/service.serverstransport: {{ $transport | quote }}
{{- end }}
{{- end }}
