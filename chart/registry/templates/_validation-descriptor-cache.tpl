{{- /* What is wrong with the cache of descriptors. No message shows the address, which may have a password. */}}
{{- define "registry.problemsOfDescriptorCache" -}}
{{- $at := "storage.descriptorCache" }}
{{- $isOld := eq (include "registry.majorVersion" .) "2" }}
{{- $user := .Values.userFromPlatform }}
{{- $name := include "registry.objectName" (list . "descriptor-cache") }}
{{- with .Values.storage.descriptorCache }}
{{- if and (eq .type "valkey") (gt (len $name) 63) }}
{{ $at }}: makes the Service "{{ $name }}", whose name has {{ len $name }} characters, and more than 63; write a fullnameOverride of at most 46 characters [valkey-name-too-long]
{{- end }}
{{- if eq .type "redis" }}
{{- if regexMatch "^$|[@?#/]" .address }}
{{ $at }}.address: is not a host with at most a port; write e.g. "redis.data.svc:6379" [not-an-address-of-redis]
{{- end }}
{{- if and .caSecret .withoutTls }}
{{ $at }}.caSecret: has no effect without TLS; leave it out, or leave withoutTls out [redis-ca-without-tls]
{{- end }}
{{- if and .username (not .existingSecret) }}
{{ $at }}.username: {{ include "registry.shown" .username }} has no password; write existingSecret: redis-password, or leave it out [redis-user-without-password]
{{- end }}
{{- if and $isOld (not .withoutTls) }}
{{ $at }}.withoutTls: false, but registry 2.8 can not encrypt the connection to Redis; write withoutTls: true if nobody else reads that network, or use an image of version 3 [redis-tls-unknown-to-version]
{{- end }}
{{- if and $isOld .username }}
{{ $at }}.username: {{ include "registry.shown" .username }} can not log in from registry 2.8, which sends a password only; leave it out, or use an image of version 3 [redis-user-unknown-to-version]
{{- end }}
{{- else if eq .type "valkey" }}
{{- if lt (include "registry.kibibytes" .memory | int64) 1024 }}
{{ $at }}.memory: {{ include "registry.shown" .memory }} is below 1 MiB; write e.g. "64Mi" [valkey-memory-too-small]
{{- end }}
{{- if and $user (ne (int64 .userId) 65532) }}
{{ $at }}.userId: {{ int64 .userId }} conflicts with userFromPlatform: true; leave userId or userFromPlatform out [user-given-twice-over]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
