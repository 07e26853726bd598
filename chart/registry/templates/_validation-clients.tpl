{{- /* Refused combinations of what clients are given. */}}

{{- define "registry.problemsOfClients" -}}
{{- if .Values.pullSecret.enabled }}
{{- include "registry.problemsOfPullSecret" . }}
{{- end }}
{{- if .Values.localRegistryHosting.enabled }}
{{- $addresses := printf "%s %s" (include "registry.address" .) (include "registry.pullAddress" .) }}
{{- include "registry.problemsOfNodePort" (list "localRegistryHosting.enabled" $addresses) }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfPullSecret" -}}
{{- $fullname := include "registry.fullname" . }}
{{- $name := .Values.pullSecret.name }}
{{- if and (hasPrefix (printf "%s-" $fullname) $name) (ne $name (printf "%s-pull" $fullname)) }}
pullSecret.name: {{ include "registry.shown" $name }} begins with "{{ $fullname }}-", as the other Secrets of this release do; leave it out, which makes it "{{ $fullname }}-pull", or write e.g. "regcred" [pull-secret-name-taken]
{{- end }}
{{- $users := include "registry.usersSource" . }}
{{- if eq $users "none" }}
pullSecret.enabled: true, but everyone may pull without a login; leave it out [pull-secret-without-login]
{{- else if ne $users "generated" }}
pullSecret.enabled: true, but the registry's users are known only by hashes or by a Secret; leave it out, and make the Secret with kubectl create secret docker-registry [password-unknown]
{{- else if include "registry.hasSecretsJob" . }}
pullSecret.enabled: true, but with secrets.source: job the chart does not know the password; leave it out, and make the Secret with kubectl create secret docker-registry [pull-secret-of-a-job]
{{- end }}
{{- include "registry.problemsOfNodePort" (list "pullSecret.enabled" (include "registry.pullAddress" .)) }}
{{- end }}

{{- /* An address whose port Kubernetes has yet to choose: (list PATH ADDRESS). */}}
{{- define "registry.problemsOfNodePort" -}}
{{- if contains "<port>" (index . 1) }}
{{ index . 0 }}: true, but Kubernetes assigns the port of the nodes, so it is unknown before; set service: { nodePort: 30500 } [node-port-unknown]
{{- end }}
{{- end }}
