{{- /*
Nodes that trust the registry and find it: the files for each container runtime, and how nodes reach the registry.
*/}}

{{- define "registry.nodeTrustNamespace" -}}
{{- .Values.nodeTrust.namespace | default (include "registry.defaultNodeTrustNamespace" .) }}
{{- end }}

{{- /* Namespaces are cluster-scoped, so the release's own is part of the name. Where that is too long, or
       ambiguous (`a` in `node-trust-b` and `a-node-trust` in `b`), it is cut and ends in a digest. */}}
{{- define "registry.defaultNodeTrustNamespace" -}}
{{- $fullname := include "registry.fullname" . }}
{{- $plain := printf "%s-node-trust-%s" $fullname .Release.Namespace }}
{{- if or (gt (len $plain) 63) (regexMatch "node-trust-.*node-trust-" $plain) }}
{{- $digest := printf "%s/%s" .Release.Namespace $fullname | sha256sum }}
{{- printf "%s-%s" (trunc 54 $plain) (trunc 8 $digest) }}
{{- else }}
{{- $plain }}
{{- end }}
{{- end }}

{{- define "registry.nodeTrustRuntimes" -}}
{{- .Values.nodeTrust.runtimes | default (list "containerd") | toYaml }}
{{- end }}

{{- /* Metadata of an object in the namespace of the node trust. */}}
{{- define "registry.nodeTrustMetadata" -}}
name: {{ include "registry.objectName" (list . "node-trust") | quote }}
namespace: {{ include "registry.nodeTrustNamespace" . | quote }}
labels:
  {{- include "registry.labels" (list . "node-trust") | nindent 2 }}
{{- include "registry.annotations" (list .) }}
{{- end }}

{{- /* How nodes reach the registry: JSON with address, url, endpoint, ca (empty for none) and owner. */}}
{{- define "registry.nodeAccess" -}}
{{- include "registry.once" (list . "nodeAccess") }}
{{- end }}

{{- define "registry.new.nodeAccess" -}}
{{- $pulls := include "registry.pullAddress" . }}
{{- $encrypted := and (include "registry.encrypted" .) (not (include "registry.pullsPastTls" .)) }}
{{- /* The port is refused where it is unknown. */}}
{{- $address := replace "<port>" "30500" $pulls }}
{{- $url := printf "%s://%s" (empty $encrypted | ternary "http" "https") $address }}
{{- $ca := "" }}
{{- if $encrypted }}
{{- if .Values.nodeTrust.ca }}
{{- $ca = .Values.nodeTrust.ca }}
{{- else if eq (include "registry.certificateSource" .) "generated" }}
{{- $ca = include "registry.ca" . }}
{{- end }}
{{- end }}
{{- $name := printf "%s/%s" .Release.Namespace (include "registry.fullname" .) }}
{{- $owner := printf "# Written by cdk8s-registry for %s. Don't change: it would be left as it is from then on." $name }}
{{- dict "address" $address "url" $url "endpoint" (.Values.nodeTrust.endpoint | default $url) "ca" $ca "owner" $owner | toJson }}
{{- end }}

{{- /* The folders of the node that are mounted, by runtime, as a list in YAML. */}}
{{- define "registry.nodeFolders" -}}
{{- range concat (include "registry.nodeTrustRuntimes" . | fromYamlArray) .Values.nodeTrust.retiredRuntimes | uniq }}
- name: {{ . }}
  path: {{ include "registry.nodeFolder" . }}
{{- end }}
{{- end }}

{{- define "registry.nodeFolder" -}}
{{- get (dict "containerd" "/etc/containerd/certs.d" "docker" "/etc/docker/certs.d" "k3s" "/etc/rancher/k3s") . }}
{{- end }}

{{- /* The login with which nodes ask a mirror: name and password in base64, or nothing. */}}
{{- define "registry.mirrorLogin" -}}
{{- with .Values.nodeTrust.mirrorLogin }}
{{- if .username }}
{{- printf "%s:%s" .username (.password | default (include "registry.password" $)) | b64enc }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The files for nodes, as a list in YAML of key, path and content, in the order in which they are written. Those with
       a login have it as `secret`, too. */}}
{{- define "registry.nodeFiles" -}}
{{- $access := include "registry.nodeAccess" . | fromJson }}
{{- $ca := ternary "" (printf "%s\n%s\n" $access.owner ($access.ca | trim | trimPrefix "\ufeff" | trim)) (empty $access.ca) }}
{{- $login := include "registry.mirrorLogin" . }}
{{- $files := list }}
{{- range include "registry.nodeTrustRuntimes" . | fromYamlArray }}
{{- $folder := include "registry.nodeFolder" . }}
{{- $certificates := eq . "k3s" | ternary (printf "%s/certs.d" $folder) $folder }}
{{- if $ca }}
{{- $path := printf "%s/%s/ca.crt" $certificates $access.address }}
{{- $files = append $files (dict "key" "ca.crt" "path" $path "content" $ca) }}
{{- end }}
{{- if eq . "k3s" }}
{{- $content := include "registry.registriesYaml" $ }}
{{- $path := printf "%s/registries.yaml" $folder }}
{{- $files = append $files (dict "key" "registries.yaml" "path" $path "content" $content "secret" $login) }}
{{- end }}
{{- if eq . "containerd" }}
{{- $content := include "registry.hostsToml" (list $access $access.url) }}
{{- $path := printf "%s/%s/hosts.toml" $folder $access.address }}
{{- $files = append $files (dict "key" "hosts.toml" "path" $path "content" $content) }}
{{- range $.Values.nodeTrust.mirrorOf }}
{{- if $ca }}
{{- $files = append $files (dict "key" "ca.crt" "path" (printf "%s/%s/ca.crt" $folder .) "content" $ca) }}
{{- end }}
{{- /* Docker Hub's images are named docker.io but served from another host. */}}
{{- $server := printf "https://%s" (eq . "docker.io" | ternary "registry-1.docker.io" .) }}
{{- $content := include "registry.hostsToml" (list $access $server (include "registry.cachePath" (list $ .)) $login) }}
{{- $key := printf "%s.hosts.toml" (replace ":" "_" .) }}
{{- $files = append $files (dict "key" $key "path" (printf "%s/%s/hosts.toml" $folder .) "content" $content "secret" $login) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $files }}
{{- end }}

{{- /* containerd's file for the registry, or for another one that this one mirrors: (list ACCESS SERVER), and the path of
       its images here, "" if they have the same names, and the login. */}}
{{- define "registry.hostsToml" -}}
{{- $access := index . 0 }}
{{- $server := index . 1 }}
{{- $path := index (append . "") 2 }}
{{- $login := index (concat . (list "" "")) 3 }}
{{- $at := printf "%s%s" $access.endpoint (empty $path | ternary "" (printf "/v2/%s" $path)) }}
{{- $isOwn := eq $server $access.url -}}
{{ $access.owner }}
server = "{{ $server }}"
{{- if and $isOwn $access.ca }}
ca = "ca.crt"
{{- end }}
{{- if not (and $isOwn (eq $access.endpoint $access.url)) }}

[host."{{ $at }}"]
  capabilities = ["pull", "resolve"]
{{- if $path }}
  override_path = true
{{- end }}
{{- if $access.ca }}
  ca = "ca.crt"
{{- end }}
{{- if $login }}
  [host."{{ $at }}".header]
    Authorization = "Basic {{ $login }}"
{{- end }}
{{- end }}
{{ end }}

{{- /* The mirrored hosts of which somebody may not pull all images, as a list in JSON: (list $ ASKER). */}}
{{- define "registry.closedMirrors" -}}
{{- $closed := list }}
{{- range $host := (index . 0).Values.nodeTrust.mirrorOf }}
{{- $path := include "registry.cachePath" (list (index $ 0) $host) }}
{{- $pattern := empty $path | ternary "**" (printf "%s/**" $path) }}
{{- if not (include "registry.mayDoIn" (list (index $ 0) (index $ 1) "pull" $pattern)) }}
{{- $closed = append $closed $host }}
{{- end }}
{{- end }}
{{- toJson $closed }}
{{- end }}

{{- /* k3s' file, of which there is one for all registries. */}}
{{- define "registry.registriesYaml" -}}
{{- $access := include "registry.nodeAccess" . | fromJson }}
{{- $mirrors := dict }}
{{- /* A cache's path stands for the whole of the API's. */}}
{{- range prepend .Values.nodeTrust.mirrorOf $access.address }}
{{- $path := include "registry.cachePath" (list $ .) }}
{{- $at := empty $path | ternary $access.endpoint (printf "%s/v2/%s" $access.endpoint $path) }}
{{- $_ := set $mirrors . (dict "endpoint" (list $at)) }}
{{- end }}
{{- $all := dict "mirrors" $mirrors }}
{{- $configs := dict }}
{{- $endpoint := regexReplaceAll "^https?://" $access.endpoint "" }}
{{- $login := include "registry.mirrorLogin" . }}
{{- if $access.ca }}
{{- $tls := dict "ca_file" (printf "%s/certs.d/%s/ca.crt" (include "registry.nodeFolder" "k3s") $access.address) }}
{{- $_ := set $configs $access.address (dict "tls" $tls) }}
{{- $_ := set $configs $endpoint (dict "tls" $tls) }}
{{- end }}
{{- /* containerd asks for a login by the host that it connects to. */}}
{{- if $login }}
{{- $_ := set $configs $access.address (get $configs $access.address | default dict) }}
{{- $_ := set $configs $endpoint (set (get $configs $endpoint | default dict) "auth" (dict "auth" $login)) }}
{{- end }}
{{- if $configs }}
{{- $_ := set $all "configs" $configs }}
{{- end }}
{{- printf "%s\n%s\n" $access.owner (toYaml $all) }}
{{- end }}
