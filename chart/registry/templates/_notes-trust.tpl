{{- /* What clients and nodes must be told: addresses, the CA, and that a generated certificate ends. */}}

{{- /* The address for a person's own client: that of the port-forward where the Service is inside of the
       cluster only. */}}
{{- define "registry.clientAddress" -}}
{{- $service := .Values.service }}
{{- $direct := and (eq (include "registry.route" .) "none") (ne (include "registry.certificateSource" .) "external") }}
{{- if and $direct (not (include "registry.hasExternalPort" .)) }}
{{- printf "localhost:%d" (int $service.port) }}
{{- else if and $direct (eq $service.type "NodePort") (not $service.nodePort) }}
{{- printf "%s:$PORT" .Values.host }}
{{- else }}
{{- include "registry.address" . }}
{{- end }}
{{- end }}

{{- /* The address that nodes pull from. */}}
{{- define "registry.nodeAddress" -}}
{{- $pullAddress := include "registry.pullAddress" . }}
{{- if eq $pullAddress (include "registry.address" .) }}
{{- include "registry.clientAddress" . }}
{{- else }}
{{- $pullAddress }}
{{- end }}
{{- end }}

{{- define "registry.notesOnTrust" }}
{{- $pushes := include "registry.clientAddress" . }}
{{- $pulls := include "registry.nodeAddress" . }}
{{- $isApart := ne $pushes $pulls }}
{{- $hasExternalPort := include "registry.hasExternalPort" . }}
{{- $encrypted := eq (include "registry.scheme" .) "https" }}
{{- $insecure := list }}
{{- if not $encrypted }}
{{- $insecure = append $insecure $pushes }}
{{- end }}
{{- if and $isApart (or (not $encrypted) (include "registry.pullsPastTls" .)) }}
{{- $insecure = append $insecure $pulls }}
{{- end }}
{{- $quoted := list }}
{{- range $insecure }}
{{- /* Docker and containerd accept plain HTTP from the machine itself by default. */}}
{{- if not (regexMatch "^(localhost|127\\.0\\.0\\.1)(:|$)" .) }}
{{- $quoted = append $quoted (quote .) }}
{{- end }}
{{- end }}
{{- $withRoute := ne (include "registry.route" .) "none" }}
{{- $here := not (include "registry.routeHasOwnCertificate" .) }}
{{- if $quoted }}
Not encrypted
Configure every client to accept plain HTTP: for Docker, "insecure-registries": [{{ join ", " $quoted }}] in /etc/docker/daemon.json.
{{- else if and (not $insecure) (include "registry.privateCa" .) (or $here $isApart) }}
{{- /* Nodes don't use a port-forward. */}}
{{- $inside := not (or $withRoute $hasExternalPort $isApart) }}
{{- $docker := "  sudo install -D -m 644 registry-ca.crt /etc/docker/certs.d/%s/ca.crt" }}
{{- $byHand := include "registry.runtimesByHand" . | fromYamlArray }}
{{- if or $here $byHand }}
Trust the certificate: it is signed by a private CA
{{ include "registry.kubectl" . }} get secret {{ include "registry.tlsSecretName" . }} -o jsonpath='{.data.ca\.crt}' | base64 -d > registry-ca.crt
{{- end }}
{{- if $here }}
Docker, Podman and skopeo, here{{ ternary "" " and on nodes with Docker" (or $inside $isApart (not (has "docker" $byHand))) }}:
{{ printf $docker $pushes }}
{{- end }}
{{- if and $isApart (has "docker" $byHand) }}
Nodes with Docker:
{{ printf $docker $pulls }}
{{- end }}
{{- if not $inside }}
{{- if has "containerd" $byHand }}
{{- include "registry.notesOnContainerd" $pulls }}
{{- end }}
{{- if has "k3s" $byHand }}
Nodes with k3s: set tls.ca_file of "{{ $pulls }}" under configs in /etc/rancher/k3s/registries.yaml to the path of registry-ca.crt, and restart k3s.
{{- end }}
{{- end }}
{{- if $here }}
curl, git and most other programs on Debian and Ubuntu:
  sudo install -m 644 registry-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates
Browsers have their own trust stores: import registry-ca.crt as a certificate authority in their settings.
{{- end }}
{{- if $inside }}
Nodes do not resolve Service names. To pull from nodes, give the registry an Ingress, a load balancer or a node port.
{{- end }}
{{- end }}
{{- end }}

{{- /* The runtimes of nodes that the node trust leaves to people. A list in YAML. */}}
{{- define "registry.runtimesByHand" -}}
{{- $configured := list }}
{{- if and .Values.nodeTrust.enabled (not .Values.nodeTrust.uninstall) }}
{{- $configured = include "registry.nodeTrustRuntimes" . | fromYamlArray }}
{{- end }}
{{- range list "containerd" "docker" "k3s" }}
{{- if not (has . $configured) }}
- {{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* For the address that nodes pull from. */}}
{{- define "registry.notesOnContainerd" }}
{{- $folder := printf "/etc/containerd/certs.d/%s" . }}
Nodes with containerd (config_path = "/etc/containerd/certs.d" in its config.toml):
  sudo install -D -m 644 registry-ca.crt {{ $folder }}/ca.crt
  printf '[host."https://%s"]\n  ca = "/etc/containerd/certs.d/%s/ca.crt"\n' {{ . }} {{ . }} | sudo tee {{ $folder }}/hosts.toml
{{- end }}

{{- /* Only the chart says this: the constructs' certificates are renewed by a synth. */}}
{{- define "registry.notesOnRenewal" }}
{{- if eq (include "registry.certificateSource" .) "generated" }}
Upgrade the release before its certificate expires
The certificate is valid for a year. Only an upgrade renews it, in its last four months. Without one, clients refuse it after the date that this prints:
{{ include "registry.kubectl" . }} get secret {{ include "registry.tlsSecretName" . }} -o jsonpath='{.data.tls\.crt}' | base64 -d | openssl x509 -noout -enddate
{{- end }}
{{- end }}
