{{- /*
Copies between this registry and others. Its scripts are the constructs' (files/plan-copy.sh, files/copy.sh,
files/copy.lua).
*/}}

{{- /* Sets `.Values.copyContexts`, a list of a map for each copy, and prints nothing. Its keys: at (its path), values (the
       item with its defaults), usable (does it say which end is the other registry?), remote and own ("source" or
       "target"), address (of the other registry, or what stands for one that is refused), ending and name (of its
       objects). */}}
{{- define "registry.prepareCopies" }}
{{- if not (hasKey .Values "copyContexts") }}
{{- $contexts := list }}
{{- range $index, $item := .Values.copies }}
{{- $values := $.Files.Get "files/copy-values.yaml" | fromYaml }}
{{- include "registry.overlay" (list $values $item) }}
{{- $copy := dict "at" (printf "copies[%d]" $index) "values" $values }}
{{- $_ := set $copy "usable" (ne (empty $values.source) (empty $values.target)) }}
{{- $_ := set $copy "remote" (empty $values.source | ternary "target" "source") }}
{{- $_ := set $copy "own" (empty $values.source | ternary "source" "target") }}
{{- $given := $values.source | default $values.target }}
{{- $_ := set $copy "address" (include "registry.isUpstream" $given | empty | ternary "registry.example.com" $given) }}
{{- $_ := set $copy "ending" ($values.name | empty | ternary "copy" (printf "copy-%s" $values.name)) }}
{{- $_ := set $copy "name" (include "registry.objectName" (list $ $copy.ending)) }}
{{- $contexts = append $contexts $copy }}
{{- end }}
{{- $_ := set .Values "copyContexts" $contexts }}
{{- end }}
{{- end }}

{{- /* The same object of each copy: (list $ TEMPLATE). */}}
{{- define "registry.ofEachCopy" -}}
{{- $root := index . 0 }}
{{- $template := index . 1 }}
{{- include "registry.prepareCopies" $root }}
{{- range $root.Values.copyContexts }}
{{- with include $template (list $root .) | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Labels of a copy's pods, and of no other's: (list $ COPY). */}}
{{- define "registry.copySelector" -}}
{{ include "registry.selectorLabels" (list (index . 0) "copy") }}
registry-copy: {{ (index . 1).name | quote }}
{{- end }}

{{- /* What both ends are for the pod: (list $ COPY). JSON by end: address, encrypted, loginAt, loginAs, secret (name, key
       and path of the login), ca (name and key). */}}
{{- define "registry.copyEnds" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $connection := include "registry.connection" $root | fromJson }}
{{- $own := dict "address" $connection.address "encrypted" $connection.encrypted "loginAs" $connection.login }}
{{- $addresses := list $connection.address $connection.login (include "registry.address" $root) (include "registry.pullAddress" $root) }}
{{- $_ := set $own "loginAt" (append $addresses (include "registry.fullname" $root) | uniq) }}
{{- if include "registry.asksForLogin" $root }}
{{- if .values.login.existingSecret }}
{{- $_ := set $own "secret" (list .values.login.existingSecret ".dockerconfigjson" "config.json") }}
{{- else }}
{{- $_ := set $own "secret" (list (printf "%s-%s" .name .own) "login" "login") }}
{{- end }}
{{- end }}
{{- with $connection.caSecret }}
{{- $_ := set $own "ca" (list . "ca.crt") }}
{{- end }}
{{- $isHub := eq .address "docker.io" }}
{{- $key := $isHub | ternary "https://index.docker.io/v1/" .address }}
{{- $remote := dict "address" .address "encrypted" (not .values.remote.plainHttp) "loginAs" $key }}
{{- $_ := set $remote "loginAt" ($isHub | ternary (list $key .address "index.docker.io" "registry-1.docker.io") (list $key (printf "https://%s" $key))) }}
{{- with .values.remote.loginSecret }}
{{- $_ := set $remote "secret" (list . ".dockerconfigjson" "config.json") }}
{{- end }}
{{- if .values.remote.caSecret }}
{{- $_ := set $remote "ca" (list .values.remote.caSecret .values.remote.caSecretKey) }}
{{- end }}
{{- dict .own $own .remote $remote | toJson }}
{{- end }}
{{- end }}

{{- /* Egress to this registry, and to the storage where it sends clients there: (list $ COPY). */}}
{{- define "registry.copyEgressToOwn" -}}
{{- $root := index . 0 }}
{{- $connection := include "registry.connection" $root | fromJson -}}
- ports:
    {{- range $connection.ports | default (list 5000) }}
    - port: {{ int . }}
      protocol: TCP
    {{- end }}
  {{- if not $connection.ports }}
  to:
    - podSelector:
        matchLabels:
          {{- include "registry.selectorLabels" (list $root "registry") | nindent 10 }}
  {{- end }}
{{- if and (eq (index . 1).own "source") (include "registry.mayRedirect" $root) }}
{{ include "registry.egressToPort" 443 }}
{{- with include "registry.storage" (list $root "egress") | trim }}
{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Egress to the other registry: its ranges, or its port anywhere, and what else is given: (list $ COPY). */}}
{{- define "registry.copyEgressToRemote" -}}
{{- with index . 1 }}
{{- $url := printf "%s://%s" (.values.remote.plainHttp | ternary "http" "https") .address }}
{{- if .values.remote.ranges -}}
- ports:
    - port: {{ include "registry.urlPort" $url }}
      protocol: TCP
  to:
    {{- range .values.remote.ranges }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
{{- else }}
{{- include "registry.egressToUrl" $url }}
{{- end }}
{{- with .values.remote.allowTo }}
{{ toYaml . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What all of its containers have: (list $ COPY ENDS NAME). The logins are seen by the plan alone. */}}
{{- define "registry.copyContainer" -}}
{{- $ends := index . 2 }}
{{- $name := index . 3 }}
{{- with (index . 1).values -}}
{{- with .image.pullPolicy -}}
imagePullPolicy: {{ . }}
{{ end -}}
env:
  - name: SOURCE
    value: {{ $ends.source.address | quote }}
  - name: TARGET
    value: {{ $ends.target.address | quote }}
  - name: REPOSITORIES
    value: {{ .repositories | default (list "**") | uniq | join " " | quote }}
  - name: OVERWRITE
    value: {{ .overwrite | quote }}
  - name: FILES
    value: /copy
  - name: DOCKER_CONFIG
    value: /work
  {{- $authorities := list }}
  {{- range $end := list "source" "target" }}
  {{- $details := get $ends $end }}
  - name: {{ upper $end }}_LOGIN
    value: /{{ $end }}-login
  - name: {{ upper $end }}_LOGIN_AT
    value: {{ join " " $details.loginAt | quote }}
  - name: {{ upper $end }}_LOGIN_AS
    value: {{ $details.loginAs | quote }}
  {{- if $details.ca }}
  {{- $authorities = append $authorities (printf "/%s-ca" $end) }}
  {{- end }}
  {{- end }}
  {{- /* Beside the image's own file of public CAs. */}}
  {{- with $authorities }}
  - name: SSL_CERT_DIR
    value: {{ join ":" . | quote }}
  {{- end }}
volumeMounts:
  - name: files
    mountPath: /copy
    readOnly: true
  - name: work
    mountPath: /work
    {{- if eq $name "compare" }}
    readOnly: true
    {{- end }}
  {{- range $end := list "source" "target" }}
  {{- $details := get $ends $end }}
  {{- if and $details.secret (eq $name "plan") }}
  - name: {{ $end }}-login
    mountPath: /{{ $end }}-login
    readOnly: true
  {{- end }}
  {{- if $details.ca }}
  - name: {{ $end }}-ca
    mountPath: /{{ $end }}-ca
    readOnly: true
  {{- end }}
  {{- end }}
{{- $defaults := dict "cpu" "50m" "memory" "64Mi" "memoryLimit" "256Mi" }}
resources:
  {{- include "registry.resources" (set $defaults "given" .resources) | nindent 2 }}
securityContext:
  {{- include "registry.containerSecurityContext" list | nindent 2 }}
{{- end }}
{{- end }}
