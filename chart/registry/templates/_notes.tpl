{{- /*
The steps of NOTES.txt, in the words of the constructs' notes: a heading, and the lines below it. Every command can be
copied. A step that this release does not need prints nothing.
*/}}

{{- define "registry.kubectl" -}}
kubectl -n {{ .Release.Namespace }}
{{- end }}

{{- /* Runs a CronJob's Job now, waits until it ends, and prints its log: lib/core/run-now.ts. (list kubectl, CronJob, verb) */}}
{{- define "registry.runNow" -}}
{{- $kubectl := index . 0 -}}
job={{ index . 2 }}-$(date +%s)
{{ $kubectl }} create job $job --from=cronjob/{{ index . 1 }} &&
until {{ $kubectl }} get job $job -o 'jsonpath={.status.conditions[*].type}' | grep -wE 'Complete|Failed'; do sleep 5; done
{{ $kubectl }} logs -l job-name=$job --all-containers --ignore-errors --tail=-1
{{- end }}

{{- define "registry.notesOnRollout" }}
Wait until it runs
{{ include "registry.kubectl" . }} rollout status deployment/{{ include "registry.fullname" . }}
{{- if .Values.ui.enabled }}
{{ include "registry.kubectl" . }} rollout status deployment/{{ include "registry.objectName" (list . "ui") }}
{{- end }}
{{- end }}

{{- /* A certificate that does not exist yet when the release is installed. */}}
{{- define "registry.notesOnCertificate" }}
{{- $kubectl := include "registry.kubectl" . }}
{{- if has (include "registry.certificateSource" .) (list "certManager" "annotation") }}
Wait until cert-manager has the certificate
{{ $kubectl }} wait --for=condition=Ready certificate/{{ include "registry.tlsSecretName" . }} --timeout=5m
{{- if and .Values.ui.enabled (include "registry.uiOrdersCertificate" .) }}
{{ $kubectl }} wait --for=condition=Ready certificate/{{ include "registry.uiTlsSecretName" . }} --timeout=5m
{{- end }}
{{- if and (include "registry.tlsInPod" .) (not (include "registry.hasFront" .)) }}
The registry reads its certificate only at startup. Restart it after each renewal, before the old certificate expires:
{{ $kubectl }} rollout restart deployment/{{ include "registry.fullname" . }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.notesOnEgress" }}
{{- if .Values.networkPolicy.enabled }}
{{- with include "registry.unknownEgress" . | trim }}
Allow egress that the NetworkPolicy does not include
{{ . }}
Allow what is missing, for example networkPolicy: { allowTo: [{ ports: [{ port: 443 }] }] }.
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.notesOnAddress" }}
{{- $kubectl := include "registry.kubectl" . }}
{{- $name := include "registry.fullname" . }}
{{- $route := include "registry.route" . }}
{{- $service := .Values.service }}
{{- $port := $service.nodePort | default "PORT" }}
{{- $newline := "{\"\\n\"}" }}
{{- $balancer := printf "-o jsonpath='{.status.loadBalancer.ingress[0].hostname}{.status.loadBalancer.ingress[0].ip}%s'" $newline }}
{{- if eq $route "ingress" }}
Find the address
{{ $kubectl }} get ingress {{ $name }} {{ $balancer }}
{{- include "registry.notesOnDns" . }}
{{- else if eq $route "ingressRoute" }}
Find the address
kubectl get service --all-namespaces -l app.kubernetes.io/name=traefik {{ replace "{.status" "{.items[*].status" $balancer }}
{{- include "registry.notesOnDns" . }}
{{- else if eq $route "httpRoute" }}
{{- $gateway := .Values.httpRoute.gateway }}
{{- $namespace := .Release.Namespace }}
{{- if and $gateway.name $gateway.namespace }}
{{- $namespace = $gateway.namespace }}
{{- end }}
Find the address
kubectl -n {{ $namespace }} get gateway {{ $gateway.name | default $name }} -o jsonpath='{.status.addresses[0].value}{{ $newline }}'
{{- include "registry.notesOnDns" . }}
{{- else if eq $service.type "LoadBalancer" }}
Find the address
{{ $kubectl }} get service {{ $name }} {{ $balancer }}
{{- with $service.loadBalancerIP }}
It should be {{ . }}. If it is not, the cloud provider ignores spec.loadBalancerIP. Most of them read the address from an
annotation instead: service: { annotations: {...} }
{{- end }}
{{- include "registry.notesOnDns" . }}
{{- else if eq (include "registry.certificateSource" .) "external" }}
Route {{ include "registry.url" . }} from the load balancer or tunnel that terminates TLS to
{{- if eq $service.type "NodePort" }}
http://NODE:{{ $port }}, any of: kubectl get nodes -o wide
{{- else }}
http://{{ $name }}.{{ .Release.Namespace }}.svc:{{ $service.port }}
{{- end }}
without a limit on the size of request bodies, and with a timeout of at least 15 minutes.
{{- else if eq $service.type "NodePort" }}
Find the address: any node, at port {{ $port }}
{{- if not $service.nodePort }}
PORT=$({{ $kubectl }} get service {{ $name }} -o jsonpath='{.spec.ports[0].nodePort}')
{{- end }}
kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}{{ $newline }}'
{{- include "registry.notesOnDns" . }}
{{- else }}
Reach it: the Service is inside the cluster only
{{ $kubectl }} port-forward service/{{ $name }} {{ $service.port }}
Inside the cluster it is {{ $name }}.{{ .Release.Namespace }}.svc:{{ $service.port }}.
{{- end }}
{{- end }}

{{- /* What to do where the hosts' names do not resolve. */}}
{{- define "registry.notesOnDns" }}
{{- if not (include "registry.isAddress" .Values.host) }}
{{- $hosts := list .Values.host }}
{{- if and .Values.ui.enabled .Values.ui.host }}
{{- $hosts = append $hosts .Values.ui.host }}
{{- end }}
If {{ join " or " $hosts }} is not in your DNS, add a line with that address to /etc/hosts on this machine and on each node that pulls:
  <address> {{ join " " $hosts }}
{{- $local := list }}
{{- range $hosts }}
{{- if regexMatch "(^|\\.)localhost$" . }}
{{- $local = append $local . }}
{{- end }}
{{- end }}
{{- if and $local (ne (include "registry.route" .) "none") }}
Browsers and curl resolve {{ join " and " $local }} to this machine and ignore /etc/hosts. Unless the ingress controller listens on
127.0.0.1 here, forward the port while you need it (the names are those of Traefik and its chart):
  sudo -E kubectl -n traefik port-forward service/traefik 443:443
{{- end }}
{{- end }}
{{- end }}

{{- /* Limits for large and slow pushes that the chart can't set. */}}
{{- define "registry.notesOnPushes" }}
{{- $route := include "registry.route" . }}
{{- $controller := include "registry.controller" . }}
{{- $entryPoint := ternary "websecure" "web" (eq (include "registry.encrypted" .) "true") }}
{{- if eq $route "ingressRoute" }}
Allow large and slow pushes
{{- include "registry.notesOnTraefik" (.Values.ingressRoute.entryPoints | default (list $entryPoint)) }}
{{- else if eq $route "httpRoute" }}
Allow large and slow pushes
Further limits for large and slow pushes depend on the implementation of the GatewayClass:
  NGINX Gateway Fabric limits bodies to 1 MB: apply a ClientSettingsPolicy with spec.body.maxSize: "0" to the Gateway.
  Traefik aborts requests after 60 s: start it with --entryPoints.websecure.transport.respondingTimeouts.readTimeout=0s
{{- else if eq $controller "TRAEFIK" }}
Allow large and slow pushes
{{- include "registry.notesOnTraefik" (list $entryPoint) }}
{{- else if eq $controller "F5_NGINX" }}
Allow large and slow pushes
F5's controller buffers each layer on its own disk. If snippets are enabled, disable that with
  ingress: { annotations: { 'nginx.org/location-snippets': 'proxy_request_buffering off;' } }
{{- else if eq $controller "HAPROXY" }}
Allow large and slow pushes
HAProxy Technologies' controller 1.10 and older read this timeout only from their ConfigMap. Set there:
  timeout-server: 900s
{{- else if and (eq $controller "unknown") (not .Values.ingress.className) }}
Allow large and slow pushes
If the cluster's default ingress class is Traefik's, as on k3s:
{{- include "registry.notesOnTraefik" (list $entryPoint) }}
{{- end }}
{{- end }}

{{- /* Traefik's timeout, by entry points. */}}
{{- define "registry.notesOnTraefik" }}
Traefik aborts requests that take longer than 60 s to send (since 2.11.2), so large layers fail over slow connections.
The limit is an option of Traefik itself, not of these manifests. Add to its arguments:
{{- range . }}
  --entryPoints.{{ . }}.transport.respondingTimeouts.readTimeout=0s
{{- end }}
or to the values of its Helm chart (on k3s: a HelmChartConfig called traefik in kube-system):
{{- range . }}
  ports: { {{ . }}: { transport: { respondingTimeouts: { readTimeout: 0s } } } }
{{- end }}
{{- end }}

{{- define "registry.notesOnLogin" }}
{{- $users := include "registry.usersSource" . }}
{{- $address := include "registry.clientAddress" . }}
{{- if eq $users "token" }}
Log in, as a user of the token service at {{ include "registry.tokenRealm" . }}
{{- with .Values.auth.token }}
{{- if .autoRedirect }}
Route this path on each host of the registry to the token service.
{{- end }}
The registry reads the keys of tokens only at startup. Restart it when the Secret {{ .jwksSecret | default .certificateSecret }} changes:
{{- end }}
{{ include "registry.kubectl" . }} rollout restart deployment/{{ include "registry.fullname" . }}
Then log in:
docker login {{ $address }}
{{- else if eq $users "verifier" }}
Log in, as a user whom the verifier knows
docker login {{ $address }}
{{- else if eq $users "existingSecret" }}
Log in, as a user from your own Secret
docker login {{ $address }}
{{- else if eq $users "given" }}
Log in
docker login {{ $address }} -u {{ splitList ":" (include "registry.htpasswdEntries" .Values.auth.htpasswd) | first | include "registry.shellWord" }}
{{- else if eq $users "generated" }}
Log in: the password was generated, and is kept in the Secret that this command reads
{{ include "registry.kubectl" . }} get secret {{ include "registry.objectName" (list . "login") }} -o jsonpath='{.data.password}' | base64 -d | docker login {{ $address }} -u {{ include "registry.shellWord" .Values.auth.username }} --password-stdin
{{- else if not (or .Values.storage.readOnly (include "registry.hasAccess" .)) }}
No login
Everyone who reaches the registry can {{ ternary "pull, push and delete" "pull and push" .Values.storage.deletion }}.
{{- end }}
{{- end }}

{{- /* A string as a single word of a shell. */}}
{{- define "registry.shellWord" -}}
{{- if regexMatch "^[\\w./@:,+%][\\w./@:,+%=-]*$" . }}
{{- . }}
{{- else }}
{{- printf "'%s'" (replace "'" "'\\''" .) }}
{{- end }}
{{- end }}

{{- define "registry.notesOnPush" }}
{{- $pushed := printf "%s/hello:1.0" (include "registry.clientAddress" .) }}
{{- $pulled := printf "%s/hello:1.0" (include "registry.nodeAddress" .) }}
Push and pull
docker pull busybox:1.37
docker tag busybox:1.37 {{ $pushed }}
docker push {{ $pushed }}
{{- if ne $pushed $pulled }}
On a node, with the address that nodes pull from (log in to it first, as above):
{{- end }}
docker pull {{ $pulled }}
{{- end }}

{{- define "registry.notesOnUi" }}
{{- if .Values.ui.enabled }}
Open the UI
{{- if .Values.ui.login }}
It asks for the registry's login before it shows anything.
{{- end }}
{{ include "registry.scheme" . }}://{{ .Values.ui.host | default .Values.host }}{{ include "registry.uiPath" . | trimSuffix "/" }}/
{{- end }}
{{- end }}
