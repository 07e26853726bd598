{{- /*
Where blob descriptors are cached, beside the storage: in a Redis that exists, or in a Valkey of the release. The parts have
the names of those of the storage (_storage.tpl).
*/}}

{{- /* Do all pods share it? */}}
{{- define "registry.cacheIsShared" -}}
{{- if has .Values.storage.descriptorCache.type (list "redis" "valkey") }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Host and port, as JSON. An address that is refused is left out. */}}
{{- define "registry.cacheServer" -}}
{{- $address := .Values.storage.descriptorCache.address }}
{{- if eq .Values.storage.descriptorCache.type "valkey" }}
{{- $address = include "registry.objectName" (list . "descriptor-cache") }}
{{- else if regexMatch "^$|[@?#/]" $address }}
{{- $address = "redis" }}
{{- end }}
{{- $parts := splitList ":" $address }}
{{- dict "host" (first $parts) "port" (gt (len $parts) 1 | ternary (last $parts | int) 6379) | toJson }}
{{- end }}

{{- /* Is the connection encrypted? */}}
{{- define "registry.cacheHasTls" -}}
{{- if and (eq .Values.storage.descriptorCache.type "redis") (not .Values.storage.descriptorCache.withoutTls) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The file with the CAs of its certificate. */}}
{{- define "registry.cacheCa" -}}
{{- empty .Values.storage.descriptorCache.caSecret | ternary "/etc/ssl/certs/ca-certificates.crt" "/redis-ca/ca.crt" }}
{{- end }}

{{- /* The section of config.yml. A Redis that hangs must not stop pulls: the storage is asked instead. */}}
{{- define "registry.cacheConfig" -}}
{{- if include "registry.cacheIsShared" . }}
{{- $server := include "registry.cacheServer" . | fromJson }}
{{- $address := printf "%s:%d" $server.host (int $server.port) }}
{{- $is3 := eq (include "registry.majorVersion" .) "3" }}
{{- if $is3 -}}
addrs: [{{ $address | quote }}]
maxretries: -1
{{- else -}}
addr: {{ $address | quote }}
pool:
  maxidle: 16
  maxactive: 64
  idletimeout: 300s
{{- end }}
dialtimeout: 200ms
readtimeout: 200ms
writetimeout: 200ms
{{- if eq .Values.storage.descriptorCache.type "redis" }}
{{- with .Values.storage.descriptorCache }}
{{- with .username }}
username: {{ . | quote }}
{{- end }}
{{- if .database }}
db: {{ int .database }}
{{- end }}
{{- end }}
{{- if include "registry.cacheHasTls" . }}
tls:
  rootcas: [{{ include "registry.cacheCa" . | quote }}]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.cache.env" -}}
{{- $cache := .Values.storage.descriptorCache }}
{{- if eq $cache.type "valkey" }}
{{- $secret := include "registry.objectName" (list . "descriptor-cache") }}
{{- include "registry.envFromSecret" (list "REGISTRY_REDIS_PASSWORD" $secret "password") }}
{{- else if and (eq $cache.type "redis") $cache.existingSecret }}
{{- include "registry.textFromSecret" (list "REGISTRY_REDIS_PASSWORD" $cache.existingSecret $cache.existingSecretKey) }}
{{- end }}
{{- end }}

{{- define "registry.cache.volumes" -}}
{{- with .Values.storage.descriptorCache }}
{{- if and (eq .type "redis") .caSecret -}}
- name: redis-ca
  {{- include "registry.secretFile" (list .caSecret "ca.crt" "ca.crt") | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.cache.mounts" -}}
{{- with .Values.storage.descriptorCache }}
{{- if and (eq .type "redis") .caSecret -}}
- name: redis-ca
  mountPath: /redis-ca
  readOnly: true
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.cache.egress" -}}
{{- if eq .Values.storage.descriptorCache.type "valkey" -}}
- ports:
    - port: 6379
      protocol: TCP
  to:
    - podSelector:
        matchLabels:
          {{- include "registry.selectorLabels" (list . "descriptor-cache") | nindent 10 }}
{{- else if eq .Values.storage.descriptorCache.type "redis" }}
{{- include "registry.egressToHost" (include "registry.cacheServer" . | fromJson) }}
{{- end }}
{{- end }}

{{- define "registry.cache.secrets" -}}
{{- if eq .Values.storage.descriptorCache.type "valkey" }}
{{- include "registry.cachePassword" . }}
{{- end }}
{{- end }}

{{- /* What the container of a collection that empties it is told. */}}
{{- define "registry.cacheVariables" -}}
{{- if include "registry.cacheIsShared" . }}
{{- $server := include "registry.cacheServer" . | fromJson }}
{{- $tls := include "registry.cacheHasTls" . -}}
- name: CACHE
  value: {{ printf "%s://%s:%d" (empty $tls | ternary "gopher" "gophers") $server.host (int $server.port) | quote }}
- name: CACHE_SECONDS
  value: "120"
{{- if $tls }}
- name: CACHE_CA
  value: {{ include "registry.cacheCa" . | quote }}
{{- end }}
{{- $cache := .Values.storage.descriptorCache }}
{{- if eq $cache.type "valkey" }}
{{ include "registry.envFromSecret" (list "CACHE_PASSWORD" (include "registry.objectName" (list . "descriptor-cache")) "password") }}
{{- else }}
{{- with $cache.username }}
- name: CACHE_USER
  value: {{ . | quote }}
{{- end }}
{{- if $cache.database }}
- name: CACHE_DATABASE
  value: {{ int $cache.database | quote }}
{{- end }}
{{- if $cache.existingSecret }}
{{ include "registry.envFromSecret" (list "CACHE_PASSWORD" $cache.existingSecret $cache.existingSecretKey) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
