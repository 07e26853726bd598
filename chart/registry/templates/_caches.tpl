{{- /*
Pull-through caches. A cache is a registry of its own: each has a context like the release's, with values of its own, so
that the registry's templates write its objects too. `.Cache` in a context is what only a cache has, and tells it from
the registry's.
*/}}

{{- /* Sets `.Values.cacheContexts`, a list of a context for each cache, and prints nothing. In `.Cache`: index, values (the
       item with its defaults), upstream, path (the first part of its images' names at this registry), url, and host and
       port of its Service. */}}
{{- define "registry.prepareCaches" }}
{{- if not (hasKey .Values "cacheContexts") }}
{{- $contexts := list }}
{{- range $index, $item := .Values.caches }}
{{- $values := $.Files.Get "files/cache-values.yaml" | fromYaml }}
{{- range list "global" "imagePullSecrets" "userId" "userFromPlatform" }}
{{- $_ := set $values . (get $.Values .) }}
{{- end }}
{{- include "registry.overlay" (list $values $item) }}
{{- $given := $values.upstream }}
{{- $_ := set $values "upstream" (include "registry.usableUpstream" $given) }}
{{- $givenUrl := $values.upstreamUrl }}
{{- $_ := set $values "upstreamUrl" (include "registry.isUpstreamUrl" $givenUrl | empty | ternary "" $givenUrl) }}
{{- $url := include "registry.upstreamUrl" $values }}
{{- $name := $values.name | default (regexReplaceAll "[.:]" $values.upstream "-") }}
{{- $name = printf "%s-cache-%s" (include "registry.fullname" $) $name | trunc 50 | trimAll "-" }}
{{- $_ := set $values "fullnameOverride" $name }}
{{- $_ := set $values "nameOverride" $name }}
{{- $partOf := dict "app.kubernetes.io/part-of" (include "registry.fullname" $) }}
{{- $_ := include "registry.merged" (list $partOf $.Values.commonLabels) | fromYaml | set $values "commonLabels" }}
{{- $_ := set $values "commonAnnotations" $.Values.commonAnnotations }}
{{- $collects := include "registry.flag" (list $values.garbageCollection.onStart $values.persistence.enabled) }}
{{- $_ := set $values.garbageCollection "onStart" (eq $collects "true") }}
{{- $cache := dict "index" $index "values" $values "upstream" $values.upstream "given" $given "givenUrl" $givenUrl "url" $url }}
{{- $_ := set $cache "name" $name }}
{{- $_ := set $cache "registry" (include "registry.fullname" $) }}
{{- $_ := set $cache "path" (replace ":" "_" $values.upstream) }}
{{- $_ := set $cache "host" (printf "%s.%s.svc" $name $.Release.Namespace) }}
{{- $_ := set $cache "port" (int $values.service.port) }}
{{- $context := dict "Values" $values "Cache" $cache }}
{{- range list "Release" "Chart" "Capabilities" "Files" "Template" }}
{{- $_ := set $context . (get $ .) }}
{{- end }}
{{- $from := append $values.networkPolicy.allowFrom (include "registry.peerOf" (list $ "registry") | fromYaml) }}
{{- if $values.prefetch.images }}
{{- $from = append $from (include "registry.peerOf" (list $context "prefetch") | fromYaml) }}
{{- end }}
{{- $_ := set $values.networkPolicy "allowFrom" $from }}
{{- $contexts = append $contexts $context }}
{{- end }}
{{- $_ := set .Values "cacheContexts" $contexts }}
{{- end }}
{{- end }}

{{- /* Pods as a peer of a NetworkPolicy: (list $ COMPONENT). */}}
{{- define "registry.peerOf" -}}
podSelector:
  matchLabels:
    {{- include "registry.selectorLabels" . | nindent 4 }}
{{- end }}

{{- /* Writes a map over another, which is changed: (list MAP OVER). Maps are merged; null is not set. */}}
{{- define "registry.overlay" }}
{{- $map := index . 0 }}
{{- range $key, $value := index . 1 }}
{{- $below := get $map $key }}
{{- if and (kindIs "map" $value) (kindIs "map" $below) }}
{{- include "registry.overlay" (list $below $value) }}
{{- else if not (kindIs "invalid" $value) }}
{{- $_ := set $map $key (deepCopy $value) }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The same object of each cache: (list $ TEMPLATE). */}}
{{- define "registry.ofEachCache" -}}
{{- include "registry.prepareCaches" (index . 0) }}
{{- $template := index . 1 }}
{{- range (index . 0).Values.cacheContexts }}
{{- with include $template . | trim }}
---
{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The URL of a cache's upstream, of its values, without the port that its scheme has anyway. */}}
{{- define "registry.upstreamUrl" -}}
{{- $url := .upstreamUrl | default (include "registry.usualUpstreamUrl" .) }}
{{- include "registry.shortUrl" (include "registry.usableUrl" $url) }}
{{- end }}

{{- define "registry.usualUpstreamUrl" -}}
{{- printf "https://%s" (eq .upstream "docker.io" | ternary "registry-1.docker.io" .upstream) }}
{{- end }}

{{- /* The section `proxy` of config.yml. Its command prints a login without one too: otherwise the registry would ask the
       upstream at its start, and end if that is away. */}}
{{- define "registry.cachedUpstream" -}}
remoteurl: {{ .Cache.url | quote }}
exec:
  command: /etc/upstream/print-login
  lifetime: 30s
ttl: {{ include "registry.duration" .Values.ttl }}
cachewritetimeout: 1h
{{- end }}

{{- /* What the pod of a cache has beside that of a registry. */}}
{{- define "registry.upstreamMounts" -}}
- name: upstream
  mountPath: /etc/upstream
  readOnly: true
{{- if .Values.login.existingSecret }}
- name: upstream-login
  mountPath: /etc/upstream-login
  readOnly: true
{{- end }}
{{- if include "registry.hasUpstreamCa" . }}
- name: upstream-ca
  mountPath: /etc/upstream-ca
  readOnly: true
{{- end }}
{{- end }}

{{- define "registry.upstreamVolumes" -}}
- name: upstream
  configMap:
    name: {{ include "registry.objectName" (list . "upstream") | quote }}
    defaultMode: 365 # 0555
    items:
      - key: print-login
        path: print-login
{{- with .Values.login }}
{{- if .existingSecret }}
- name: upstream-login
  secret:
    secretName: {{ .existingSecret | quote }}
    defaultMode: 288 # 0440
    items:
      - key: {{ .usernameKey | quote }}
        path: username
      - key: {{ .passwordKey | quote }}
        path: password
{{- end }}
{{- end }}
{{- if .Values.ca }}
- name: upstream-ca
  configMap:
    name: {{ include "registry.objectName" (list . "upstream") | quote }}
    items:
      - key: ca.crt
        path: ca.crt
{{- else if .Values.caSecret }}
- name: upstream-ca
  secret:
    secretName: {{ .Values.caSecret | quote }}
    items:
      - key: {{ .Values.caSecretKey | quote }}
        path: ca.crt
{{- end }}
{{- end }}

{{- define "registry.hasUpstreamCa" -}}
{{- if or .Values.ca .Values.caSecret }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The given CA as the registry reads it. */}}
{{- define "registry.upstreamCa" -}}
{{- with .Values.ca }}
{{- printf "%s\n" (trim .) }}
{{- end }}
{{- end }}

{{- /* Egress to the upstream. A policy names no hosts: to a registry that nobody runs in a private network, it is open to
       the Internet and nowhere else. */}}
{{- define "registry.upstreamEgress" -}}
{{- $usual := has .Values.upstreamUrl (list "" (include "registry.usualUpstreamUrl" .Values)) }}
{{- $public := list "docker.io" "ghcr.io" "quay.io" "registry.k8s.io" "gcr.io" "mcr.microsoft.com" "public.ecr.aws" }}
{{- if .Values.upstreamRanges -}}
- to:
    {{- range .Values.upstreamRanges }}
    - ipBlock:
        cidr: {{ . | quote }}
    {{- end }}
  ports:
    - port: {{ include "registry.urlPort" .Cache.url }}
      protocol: TCP
{{- else if and $usual (has .Cache.upstream $public) -}}
- to:
    - ipBlock:
        cidr: 0.0.0.0/0
        except:
          - 10.0.0.0/8
          - 100.64.0.0/10
          - 127.0.0.0/8
          - 169.254.0.0/16
          - 172.16.0.0/12
          - 192.168.0.0/16
    - ipBlock:
        cidr: ::/0
        except:
          - fc00::/7
          - fe80::/10
  ports:
    - port: 443
      protocol: TCP
{{- else }}
{{- include "registry.egressToUrl" .Cache.url }}
{{- end }}
{{- end }}

{{- /* Egress from the registry's pod to those of its caches. */}}
{{- define "registry.egressToCaches" -}}
{{- $rules := list }}
{{- range include "registry.cacheServers" . | fromJsonArray }}
{{- $to := list (dict "podSelector" (dict "matchLabels" .pods)) }}
{{- $rules = append $rules (dict "to" $to "ports" (list (dict "port" (int .podPort) "protocol" "TCP"))) }}
{{- end }}
{{- with $rules }}
{{- toYaml . }}
{{- end }}
{{- end }}
