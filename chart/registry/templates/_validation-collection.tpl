{{- /* What keeps a scheduled collection from being harmless, or useful. */}}

{{- define "registry.problemsOfCollection" -}}
{{- if .Values.collection.enabled }}
{{- $fullname := include "registry.fullname" . }}
{{- $shown := include "registry.shown" $fullname }}
{{- $name := printf "%s-collection" $fullname }}
{{- $kind := include "registry.storageKind" . }}
{{- if gt (len $name) 52 }}
collection.enabled: makes the CronJob "{{ $name }}", whose name has {{ len $name }} characters, and more than 52; write a fullnameOverride of at most 41 characters [collection-name-too-long]
{{- end }}
{{- if has $kind (list "ephemeral" "ReadWriteOncePod") }}
collection.enabled: {{ $shown }} has {{ $kind }} storage, which no pod but its own can mount; use ReadWriteOnce or ReadWriteMany, or leave it out{{ ne $kind "ephemeral" | ternary ", and write garbageCollection: { onStart: true }" "" }} [collection-of-unshared-storage]
{{- else if include "registry.isReadOnly" . }}
collection.enabled: {{ $shown }} would delete from read-only storage; leave it out for as long as storage.readOnly is true [collection-of-read-only-storage]
{{- else if not .Values.storage.deletion }}
collection.enabled: {{ $shown }} finds nothing, because no image can be deleted; add storage: { deletion: true } [collection-without-deletion]
{{- end }}
{{- if eq .Values.serviceAccount.name "default" }}
collection.enabled: {{ include "registry.shown" .Values.serviceAccount.name }} is the account of every pod of the namespace that names none; name another service account of the registry, or leave it out [collection-by-default-account]
{{- end }}
{{- $config := include "registry.config" . | fromYaml }}
{{- $rendered := include "registry.renderedConfig" . | fromYaml }}
{{- $cache := get (include "registry.mapIn" (list $config "storage") | fromJson) "cache" }}
{{- if include "registry.cacheIsShared" . }}
{{- $cache = ne (toJson (list $cache $config.redis)) (toJson (list $rendered.storage.cache $rendered.redis)) }}
{{- end }}
{{- if $cache }}
collection.enabled: {{ $shown }} caches blob descriptors where a collection can not delete them, and they outlive the blobs that it removes; write storage: { descriptorCache: { type: valkey } } or redis without raw keys, or leave storage.descriptorCache out [collection-with-descriptor-cache]
{{- end }}
{{- if .Values.garbageCollection.onStart }}
collection.enabled: {{ $shown }} collects at each start already; leave garbageCollection.onStart out [collection-at-start-too]
{{- end }}
{{- $pause := list . "collection" "uploadLimit" 180 }}
{{- include "registry.problemsOfPause" $pause }}
{{- with include "registry.pauseBeyondLimit" $pause }}
collection.uploadLimit: {{ . }}; write a longer timeLimit or a shorter uploadLimit [collection-waits-too-long]
{{- end }}
{{- include "registry.problemsOfResources" (list "collection.resources" .Values.collection.resources) }}
{{- end }}
{{- end }}
