{{- /* Refused combinations of routes, the Service, and who may reach the pods. */}}

{{- define "registry.problemsOfRoutes" -}}
{{- $enabled := list }}
{{- range list "ingress" "ingressRoute" "httpRoute" }}
{{- if (index $.Values .).enabled }}
{{- $enabled = append $enabled . }}
{{- end }}
{{- end }}
{{- if gt (len $enabled) 1 }}
{{ join ", " $enabled }}: each would route the host to the registry; keep one of them [several-routes]
{{- end }}
{{- $route := include "registry.route" . }}
{{- if eq $route "ingress" }}
{{- include "registry.problemsOfIngress" . }}
{{- else if eq $route "ingressRoute" }}
{{- include "registry.problemsOfIngressRoute" . }}
{{- else if eq $route "httpRoute" }}
{{- include "registry.problemsOfHttpRoute" . }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfIngress" -}}
{{- $annotations := include "registry.routeAnnotations" . | fromYaml }}
{{- $oldClass := get $annotations "kubernetes.io/ingress.class" }}
{{- if and .Values.ingress.className $oldClass }}
ingress.annotations["kubernetes.io/ingress.class"]: {{ include "registry.shown" $oldClass }} conflicts with className: "{{ .Values.ingress.className }}", and the API server refuses an Ingress with both; leave the annotation or ingress.className out [class-named-twice]
{{- end }}
{{- if and (include "registry.needsEncryption" .) (not (include "registry.encrypted" .)) }}
tls: the ingress has no certificate and would send passwords unencrypted; add tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true } [ingress-without-certificate]
{{- end }}
{{- /* Controllers redirect to HTTPS where the Ingress has TLS, unless an annotation turns it off. */}}
{{- $isInFront := eq (include "registry.certificateSource" .) "external" }}
{{- if and (include "registry.needsEncryption" .) (include "registry.encrypted" .) (not $isInFront) }}
{{- range $key, $value := $annotations }}
{{- if and (regexMatch "/(ssl-redirect|router[.]tls)$" $key) (regexMatch "(?i)^ *(false|f|0|off|no|disabled) *$" $value) }}
ingress.annotations["{{ $key }}"]: {{ include "registry.shown" $value }} makes the controller answer plain HTTP, too, so passwords would be sent unencrypted; leave the annotation out, or accept this with auth: { insecurePasswordsOverHttp: true } [redirect-turned-off]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfIngressRoute" -}}
{{- if and .Values.ingressRoute.certResolver (include "registry.hasCertificate" .) (not (include "registry.tlsInPod" .)) }}
ingressRoute.certResolver: {{ include "registry.shown" .Values.ingressRoute.certResolver }} requests a certificate, but tls sets another one; leave ingressRoute.certResolver or the certificate of tls out [certificate-resolved-twice]
{{- end }}
{{- if and (include "registry.needsEncryption" .) (not (include "registry.encrypted" .)) }}
tls: the IngressRoute has no certificate and would send passwords unencrypted; add ingressRoute: { certResolver: "letsencrypt" } or tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true } [ingress-route-without-certificate]
{{- end }}
{{- end }}

{{- define "registry.problemsOfHttpRoute" -}}
{{- $gateway := .Values.httpRoute.gateway }}
{{- $source := include "registry.certificateSource" . }}
{{- $unencrypted := and (include "registry.needsEncryption" .) (not (include "registry.encrypted" .)) }}
{{- if $gateway.name }}
{{- if $unencrypted }}
tls: the Gateway "{{ $gateway.name }}" accepts HTTP and would send passwords unencrypted; use one with an HTTPS listener, or accept this with auth: { insecurePasswordsOverHttp: true } [gateway-without-tls]
{{- end }}
{{- if not (or (has $source (list "none" "external")) (include "registry.tlsInPod" .)) }}
tls: the certificate is not used, because the existing Gateway "{{ $gateway.name }}" has its own; leave the certificate out of tls, write tls: { enabled: false }, or httpRoute: { gateway: { className: "nginx" } } without a name [certificate-shown-to-nobody]
{{- end }}
{{- else }}
{{- if not $gateway.className }}
httpRoute.gateway.className: is missing; write e.g. "nginx" [missing]
{{- end }}
{{- if eq $source "external" }}
httpRoute.gateway: is created here and its listener needs a certificate, but tls.external: true provides none; leave tls.external out, or set httpRoute.gateway.name to an existing Gateway [gateway-without-certificate]
{{- end }}
{{- if $unencrypted }}
tls: the Gateway has no certificate and would send passwords unencrypted; add tls: { enabled: true }, or accept this with auth: { insecurePasswordsOverHttp: true } [new-gateway-without-certificate]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfService" -}}
{{- $service := .Values.service }}
{{- $external := eq (include "registry.certificateSource" .) "external" }}
{{- if include "registry.hasExternalPort" . }}
{{- if and (include "registry.needsEncryption" .) (not $external) (not (include "registry.tlsInPod" .)) }}
service.type: "{{ $service.type }}" would send passwords unencrypted, because TLS is not terminated in the pod; add tls: { termination: POD }, use service: { type: ClusterIP } behind an ingress, or accept this with auth: { insecurePasswordsOverHttp: true } [service-without-tls]
{{- end }}
{{- if and (include "registry.needsEncryption" .) $external (ne (include "registry.route" .) "none") }}
service.type: "{{ $service.type }}" would send passwords unencrypted, because it leads past the proxy that has the certificate; use service: { type: ClusterIP }, or accept this with auth: { insecurePasswordsOverHttp: true } [service-beside-external-tls]
{{- end }}
{{- else }}
{{- with $service.nodePort }}
service.nodePort: {{ int64 . }} has no effect on a ClusterIP Service; add service: { type: NodePort }, or leave service.nodePort out [node-port-of-cluster-ip]
{{- end }}
{{- with $service.externalTrafficPolicy }}
service.externalTrafficPolicy: "{{ . }}" has no effect on a ClusterIP Service; add service: { type: LoadBalancer }, or leave service.externalTrafficPolicy out [traffic-policy-of-cluster-ip]
{{- end }}
{{- end }}
{{- if ne $service.type "LoadBalancer" }}
{{- range $setting := list "loadBalancerSourceRanges" "loadBalancerClass" "loadBalancerIP" }}
{{- with index $service $setting }}
service.{{ $setting }}: {{ include "registry.shown" . }} has no effect on a {{ $service.type }} Service; add service: { type: LoadBalancer }, or leave it out [no-load-balancer]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfNetwork" -}}
{{- $policy := .Values.networkPolicy }}
{{- if $policy.enabled }}
{{- include "registry.problemsOfPeers" (list "networkPolicy.allowFrom" $policy.allowFrom "ingress-nginx") }}
{{- include "registry.problemsOfEgress" (list "networkPolicy.allowTo" $policy.allowTo) }}
{{- end }}
{{- if include "registry.madeByJob" . | fromYamlArray }}
{{- include "registry.problemsOfEgress" (list "secrets.job.apiServer" .Values.secrets.job.apiServer) }}
{{- end }}
{{- if .Values.metrics.enabled }}
{{- include "registry.problemsOfPeers" (list "metrics.allowFrom" .Values.metrics.allowFrom "monitoring") }}
{{- end }}
{{- if and .Values.metrics.enabled (not $policy.enabled) }}
{{- if not .Values.metrics.insecureWithoutNetworkPolicy }}
networkPolicy.enabled: false, so every pod of the cluster could reach the metrics port, which has no login and serves profiles, too; leave networkPolicy.enabled out, or accept this with metrics: { insecureWithoutNetworkPolicy: true } [metrics-open-to-everybody]
{{- else if .Values.metrics.allowFrom }}
metrics.allowFrom: has no effect without a NetworkPolicy; leave metrics.allowFrom out [allow-from-without-policy]
{{- end }}
{{- end }}
{{- end }}

{{- /* Peers of a NetworkPolicy: (list PATH PEERS NAMESPACE), the last for an example. */}}
{{- define "registry.problemsOfPeers" -}}
{{- $example := printf "{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': '%s' } } }" (index . 2) }}
{{- include "registry.problemsOfPeerList" (list (index . 0) (index . 1) $example) }}
{{- end }}

{{- /* Egress of a NetworkPolicy: (list PATH RULES). */}}
{{- define "registry.problemsOfEgress" -}}
{{- $path := index . 0 }}
{{- range $index, $rule := index . 1 }}
{{- $at := printf "%s[%d]" $path $index }}
{{- if not (or $rule.to $rule.ports) }}
{{ $at }}: an object names neither peers nor ports, and would allow all egress; write e.g. { ports: [{ port: 443 }] }, or { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] } if that is intended [egress-unlimited]
{{- else if and (kindIs "slice" $rule.to) (empty $rule.to) }}
{{ $at }}.to: a list of 0 would allow egress to everywhere; leave it out if that is intended [egress-open-to-everywhere]
{{- end }}
{{- include "registry.problemsOfPeerList" (list (printf "%s.to" $at) $rule.to "{ ipBlock: { cidr: '10.0.0.0/8' } }") }}
{{- range $number, $entry := $rule.ports }}
{{- if hasKey $entry "endPort" }}
{{- $port := int64 $entry.port }}
{{- if kindIs "string" (default "" $entry.port) }}
{{ $at }}.ports[{{ $number }}].endPort: {{ include "registry.shown" $entry.endPort }} ends a range of ports that begins at no number; write port: with a number, too, or leave endPort out [end-port-without-port]
{{- else if or (lt (int64 $entry.endPort) $port) (gt (int64 $entry.endPort) 65535) }}
{{ $at }}.ports[{{ $number }}].endPort: {{ include "registry.shown" $entry.endPort }} is not a whole number from {{ $port }} to 65535; write the last port of the range that begins at {{ $port }}, or leave endPort out [not-an-end-port]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Peers of ingress or egress: (list PATH PEERS EXAMPLE). EXAMPLE is a peer, for messages. */}}
{{- define "registry.problemsOfPeerList" -}}
{{- $path := index . 0 }}
{{- $example := index . 2 }}
{{- range $index, $peer := index . 1 }}
{{- $at := printf "%s[%d]" $path $index }}
{{- $selector := or (hasKey $peer "namespaceSelector") (hasKey $peer "podSelector") }}
{{- if not (or $selector (hasKey $peer "ipBlock")) }}
{{ $at }}: an object selects nothing; write e.g. {{ $example }} [peer-names-nobody]
{{- else if and $selector (hasKey $peer "ipBlock") }}
{{ $at }}.ipBlock: an object is combined with a selector, which the API server refuses; write two entries [range-beside-selector]
{{- else if hasKey $peer "ipBlock" }}
{{- if not (include "registry.isCidr" $peer.ipBlock.cidr) }}
{{ $at }}.ipBlock.cidr: {{ include "registry.shown" $peer.ipBlock.cidr }} is not a CIDR range; write e.g. "10.0.0.0/8" [not-an-address-range]
{{- else }}
{{- range $number, $range := $peer.ipBlock.except }}
{{- if not (include "registry.isWithin" (list $range $peer.ipBlock.cidr)) }}
{{ $at }}.ipBlock.except[{{ $number }}]: {{ include "registry.shown" $range }} is not a smaller CIDR range within {{ $peer.ipBlock.cidr }}; write a part of that range, or leave this range out [not-within-range]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Is a range a smaller one within another? (list RANGE OTHER) */}}
{{- define "registry.isWithin" -}}
{{- $outer := include "registry.rangeBits" (index . 1) }}
{{- if include "registry.isCidr" (index . 0) }}
{{- $inner := include "registry.rangeBits" (index . 0) }}
{{- if and (gt (len $inner) (len $outer)) (hasPrefix $outer $inner) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A CIDR range as text: 4 or 6, then the bits that all of its addresses begin with. 10.0.0.0/8 is
       4:00001010, so one range is within another if its text begins with the other's. */}}
{{- define "registry.rangeBits" -}}
{{- $address := regexReplaceAll "/[0-9]+$" . "" }}
{{- $bits := "" }}
{{- if contains ":" $address }}
{{- range regexFindAll "[0-9]+" (regexFind "[0-9]+([.][0-9]+){3}$" $address) -1 | chunk 2 }}
{{- $address = printf "%s:%x" (regexReplaceAll ":?[0-9]+[.][0-9.]+$" $address "") (add (mul 256 (index . 0 | atoi)) (index . 1 | atoi)) }}
{{- end }}
{{- $halves := splitList "::" $address }}
{{- $first := without (index $halves 0 | splitList ":") "" }}
{{- $last := without (rest $halves | join ":" | splitList ":") "" }}
{{- range untilStep 0 (sub 8 (len $first | add (len $last)) | int) 1 }}
{{- $first = append $first "0" }}
{{- end }}
{{- range concat $first $last }}
{{- $bits = printf "%s%016b" $bits (printf "0x%s" . | int64) }}
{{- end }}
{{- else }}
{{- range splitList "." $address }}
{{- $bits = printf "%s%08b" $bits (atoi .) }}
{{- end }}
{{- end }}
{{- printf "%s:%s" (contains ":" $address | ternary "6" "4") (substr 0 (regexFind "[0-9]+$" . | atoi) $bits) }}
{{- end }}

{{- /* A range of IPv4 or IPv6 addresses? */}}
{{- define "registry.isCidr" -}}
{{- $byte := "(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])" }}
{{- $ipv4 := printf "%s([.]%s){3}" $byte $byte }}
{{- $group := "[0-9a-fA-F]{1,4}" }}
{{- /* With all eight groups, or with `::` for some of them. The last two may be written as an IPv4 address. */}}
{{- $ipv6 := printf "(%s:){7}%s|(%s:){1,7}:|:((:%s){1,7}|:)" $group $group $group $group }}
{{- range untilStep 1 7 1 }}
{{- $ipv6 = printf "%s|(%s:){1,%d}(:%s){1,%d}" $ipv6 $group (sub 7 .) $group . }}
{{- end }}
{{- $bits := regexFind "/(0|[1-9][0-9]{0,2})$" . }}
{{- $address := trimSuffix $bits . }}
{{- if regexMatch (printf "^%s$" $ipv4) $address }}
{{- if and $bits (le (trimPrefix "/" $bits | atoi) 32) }}
{{- "true" }}
{{- end }}
{{- else if regexMatch (printf "^(%s)$" $ipv6) (regexReplaceAll (printf ":%s$" $ipv4) $address ":0:0") }}
{{- if and $bits (le (trimPrefix "/" $bits | atoi) 128) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}
