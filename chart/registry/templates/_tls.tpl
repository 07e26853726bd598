{{- /*
The certificate: where it is from, where TLS terminates, and which names it covers.

  source           what this chart writes            where clients meet the certificate
  none             nothing                           nowhere; or at a route that has one of its own: Traefik's
                                                     certResolver, an existing Gateway
  existingSecret   nothing                           tls.existingSecret, in the pod or at the route
  external         nothing                           in front of the registry: the controller's default
                                                     certificate, a load balancer, a tunnel
  certManager      a Certificate, <fullname>-tls     the Secret of that name, in the pod or at the route
  annotation       nothing; cert-manager sees the    the Secret <fullname>-tls, in the pod or at the route
                   annotation of the Ingress
  generated        Secrets <fullname>-tls and -ca    <fullname>-tls, in the pod or at the route

In the pod without a route, at the route if there is one. With tls.termination: POD and a route it is in both:
the route decrypts, and encrypts again on the way to the pod.
*/}}

{{- /* The source, as in the table. The first that is set wins. */}}
{{- define "registry.certificateSource" -}}
{{- if not .Values.tls.enabled }}
{{- "none" }}
{{- else if .Values.tls.existingSecret }}
{{- "existingSecret" }}
{{- else if .Values.tls.external }}
{{- "external" }}
{{- else if .Values.tls.certManager.enabled }}
{{- "certManager" }}
{{- else if include "registry.hasIssuerAnnotation" . }}
{{- "annotation" }}
{{- else if and (include "registry.routeHasOwnCertificate" .) (ne .Values.tls.termination "POD") }}
{{- "none" }}
{{- else }}
{{- "generated" }}
{{- end }}
{{- end }}

{{- /* Does an annotation of the Ingress make cert-manager issue a certificate? */}}
{{- define "registry.hasIssuerAnnotation" -}}
{{- if eq (include "registry.route" .) "ingress" }}
{{- $annotations := .Values.ingress.annotations | default dict }}
{{- if or (get $annotations "cert-manager.io/issuer") (get $annotations "cert-manager.io/cluster-issuer") }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Does the route bring its certificate: by Traefik's resolver, or as an existing Gateway has one? */}}
{{- define "registry.routeHasOwnCertificate" -}}
{{- $route := include "registry.route" . }}
{{- if and (eq $route "ingressRoute") .Values.ingressRoute.certResolver }}
{{- "true" }}
{{- else if and (eq $route "httpRoute") .Values.httpRoute.gateway.name }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Is there a certificate for the registry, in a Secret or in front of it (tls.external)? */}}
{{- define "registry.hasCertificate" -}}
{{- if ne (include "registry.certificateSource" .) "none" }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Does the registry's pod terminate TLS? By default where nothing in front of it does. */}}
{{- define "registry.tlsInPod" -}}
{{- if not (has (include "registry.certificateSource" .) (list "none" "external")) }}
{{- if eq .Values.tls.termination "POD" }}
{{- "true" }}
{{- else if not .Values.tls.termination }}
{{- if eq (include "registry.route" .) "none" }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Name of the certificate's Secret, if there is one. */}}
{{- define "registry.tlsSecretName" -}}
{{- $source := include "registry.certificateSource" . }}
{{- if eq $source "existingSecret" }}
{{- .Values.tls.existingSecret }}
{{- else if not (has $source (list "none" "external")) }}
{{- printf "%s-tls" (include "registry.fullname" .) }}
{{- end }}
{{- end }}

{{- /* Name of the certificate's Secret where the route shows it. */}}
{{- define "registry.routeTlsSecretName" -}}
{{- if not (include "registry.routeHasOwnCertificate" .) }}
{{- include "registry.tlsSecretName" . }}
{{- end }}
{{- end }}

{{- /* Must clients be given the CA, which is in the certificate's Secret? */}}
{{- define "registry.privateCa" -}}
{{- $source := include "registry.certificateSource" . }}
{{- if eq $source "generated" }}
{{- "true" }}
{{- else if and (eq $source "certManager") .Values.tls.certManager.privateCa }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Hosts of a certificate that is generated or that cert-manager issues, as a list in YAML. */}}
{{- define "registry.certificateHosts" -}}
{{- $hosts := list .Values.host }}
{{- $generated := eq (include "registry.certificateSource" .) "generated" }}
{{- /* Public CAs don't sign these. */}}
{{- if include "registry.privateCa" . }}
{{- with .Values.pullAddress }}
{{- $hosts = append $hosts (regexReplaceAll ":[0-9]+$" . "") }}
{{- end }}
{{- with .Values.service.clusterIP }}
{{- $hosts = append $hosts (include "registry.shortAddress" .) }}
{{- end }}
{{- end }}
{{- if not $generated }}
{{- range .Values.tls.certManager.extraHosts }}
{{- $hosts = append $hosts . }}
{{- end }}
{{- end }}
{{- $uiSharesIt := and .Values.ui.enabled .Values.ui.host (not .Values.ui.tlsSecret) }}
{{- if and $uiSharesIt (not (include "registry.routeHasOwnCertificate" .)) }}
{{- $hosts = append $hosts .Values.ui.host }}
{{- end }}
{{- if $generated }}
{{- $name := include "registry.fullname" . }}
{{- $service := printf "%s.%s" $name .Release.Namespace }}
{{- $inCluster := list $name $service (printf "%s.svc" $service) (printf "%s.svc.cluster.local" $service) }}
{{- $hosts = concat $hosts $inCluster (list "localhost" "127.0.0.1") }}
{{- end }}
{{- toYaml (uniq $hosts) }}
{{- end }}

{{- /* An IP address in its shortest form, as clients write it: 2001:db8:0:0:1:0:0:1 is 2001:db8::1:0:0:1, and
       2001:db8:0:0:: is 2001:db8::. IPv4 addresses stay. */}}
{{- define "registry.shortAddress" -}}
{{- if contains ":" . }}
{{- $halves := splitList "::" . }}
{{- $left := first $halves | splitList ":" | compact }}
{{- $right := rest $halves | join "" | splitList ":" | compact }}
{{- $zeros := repeat (sub (sub 8 (len $left)) (len $right) | int) "0 " | splitList " " | compact }}
{{- $groups := concat $left $zeros $right | join ":" }}
{{- $short := "" }}
{{- range untilStep 7 0 -1 }}
{{- $run := printf "(^|:)0(:0){%d}(:|$)" . }}
{{- if and (not $short) (regexMatch $run $groups) }}
{{- $short = regexSplit $run $groups 2 | join "::" }}
{{- end }}
{{- end }}
{{- $short | default $groups }}
{{- else }}
{{- . }}
{{- end }}
{{- end }}
