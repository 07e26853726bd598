{{- /*
What HTTPRoutes have in common, and the listeners of a Gateway of the registry's own.
*/}}

{{- /* The Gateway of an HTTPRoute: (list $ LISTENER), where the listener is one of an existing Gateway. */}}
{{- define "registry.parentGateway" -}}
{{- $root := index . 0 }}
{{- with $root.Values.httpRoute.gateway -}}
group: gateway.networking.k8s.io
kind: Gateway
{{- if .name }}
name: {{ .name | quote }}
{{- with .namespace }}
namespace: {{ . | quote }}
{{- end }}
{{- with index $ 1 | default .sectionName }}
sectionName: {{ . | quote }}
{{- end }}
{{- else }}
name: {{ include "registry.fullname" $root | quote }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A listener for a host: (list $ HOST SUFFIX SECRET), where the suffix is that of its name. */}}
{{- define "registry.listener" -}}
{{- $scheme := include "registry.scheme" (index . 0) -}}
- name: {{ $scheme }}{{ index . 2 }}
  hostname: {{ index . 1 | quote }}
  port: {{ ternary 443 80 (eq $scheme "https") }}
  protocol: {{ upper $scheme }}
  allowedRoutes:
    namespaces:
      from: Same
  {{- if eq $scheme "https" }}
  tls:
    mode: Terminate
    certificateRefs:
      - group: ""
        kind: Secret
        name: {{ index . 3 | quote }}
  {{- end }}
{{- end }}

{{- /* Is the CA of the pod's certificate written into a ConfigMap, for the BackendTLSPolicy? */}}
{{- define "registry.hasBackendCa" -}}
{{- if and (eq (include "registry.route" .) "httpRoute") (include "registry.tlsInPod" .) }}
{{- if eq (include "registry.certificateSource" .) "generated" }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}
