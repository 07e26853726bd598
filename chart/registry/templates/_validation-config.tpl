{{- /*
Keys of config.yml that the chart sets: raw keys and variables (REGISTRY_...) that would change them are refused where
the registry would not start, or where probes, Service and NetworkPolicy would not follow.
*/}}

{{- define "registry.problemsOfConfiguration" -}}
{{- $extra := .Values.configuration.extra | default dict }}
{{- $own := include "registry.ownConfig" . | fromYaml }}
{{- $at := "configuration.extra" }}
{{- $auth := hasKey $extra "auth" }}
{{- if and $auth (include "registry.hasFront" .) (ne (include "registry.usersSource" .) "token") }}
{{ $at }}.auth: {{ include "registry.shown" $extra.auth }} would ask for a login of its own behind the front; leave it out; users are auth, and what they may do is access [login-behind-front]
{{- else if and $auth $own.auth }}
{{ $at }}.auth: {{ include "registry.shown" $extra.auth }} conflicts with the users of auth, and the registry accepts one auth provider only; write auth: { enabled: false } and set your own auth here, or leave configuration.extra.auth out [second-login]
{{- end }}
{{- $storage := include "registry.mapIn" (list $extra "storage") | fromJson }}
{{- range $key, $value := $storage }}
{{- with include "registry.secondDriver" (list $own $key) }}
{{ $at }}.storage.{{ $key }}: {{ include "registry.shown" $value }} conflicts with storage.type ({{ . }}), and the registry accepts one storage driver only; write storage: { type: ... }, or leave this driver out of configuration.extra.storage [second-storage]
{{- end }}
{{- end }}
{{- /* Go reads no assertions and no references back. */}}
{{- range $index, $url := .Values.configuration.foreignLayerUrls }}
{{- if or (not $url) (regexMatch "\\(\\?<?[=!]|\\\\[1-9]" $url) (not (regexMatch (printf "|%s" $url) "")) }}
configuration.foreignLayerUrls[{{ $index }}]: {{ include "registry.shown" $url }} is not a regular expression that Go reads; write e.g. '^https://mcr[.]microsoft[.]com/', without assertions such as (?=...) or references such as \\1 [not-a-go-expression]
{{- end }}
{{- end }}
{{- include "registry.problemsOfMaps" (list $at (omit $extra "auth") $own) }}
{{- $cache := include "registry.mapIn" (list $storage "cache") | fromJson }}
{{- $deletes := include "registry.mapIn" (list $storage "delete") | fromJson }}
{{- $deletes = hasKey $deletes "enabled" | ternary $deletes.enabled .Values.storage.deletion | toJson }}
{{- $inMemory := or (eq (get $cache "blobdescriptor" | toString) "inmemory") (eq (get $cache "layerinfo" | toString) "inmemory") }}
{{- if and $inMemory (eq $deletes "true") (gt (include "registry.maxReplicas" . | int64) 1) (not (and (eq .Values.storage.descriptorCache.type "inmemory") .Values.storage.deletion)) }}
{{ $at }}.storage.cache: is in the memory of each pod, and only one of {{ include "registry.maxReplicas" . }} replicas would drop a deleted image from it; leave storage.cache out of configuration.extra, or write replicaCount: 1 without autoscaling [raw-cache-with-replicas]
{{- end }}
{{- $filesystem := include "registry.mapIn" (list $storage "filesystem") | fromJson }}
{{- if hasKey $filesystem "rootdirectory" }}
{{ $at }}.storage.filesystem.rootdirectory: {{ include "registry.shown" $filesystem.rootdirectory }} is not the mount path of the volume, and the root file system is read-only; leave rootdirectory out [root-directory-set]
{{- end }}
{{- $http := include "registry.mapIn" (list $extra "http") | fromJson }}
{{- $tls := include "registry.mapIn" (list $http "tls") | fromJson }}
{{- range list "addr" "net" }}
{{- if hasKey $http . }}
{{ $at }}.http.{{ . }}: {{ index $http . | include "registry.shown" }} would not match the other manifests; leave it out; the port that people use is service: { port: ... } [http-key-set]
{{- end }}
{{- end }}
{{- if hasKey $http "prefix" }}
{{ $at }}.http.prefix: {{ include "registry.shown" $http.prefix }} would not match the other manifests; leave it out; clients put no path before /v2/ [http-key-set]
{{- end }}
{{- if and $own.http.debug (hasKey $http "debug") }}
{{ $at }}.http.debug: {{ include "registry.shown" $http.debug }} would not match the other manifests; leave it out, or write metrics: {...} [http-key-set]
{{- end }}
{{- range list "certificate" "key" "letsencrypt" }}
{{- if hasKey $tls . }}
{{ $at }}.http.tls.{{ . }}: {{ index $tls . | include "registry.shown" }} would not match the other manifests; leave it out, or write tls: {...} [http-key-set]
{{- end }}
{{- end }}
{{- if and (hasKey $http "tls") (include "registry.hasFront" .) }}
{{ $at }}.http.tls: {{ include "registry.shown" $http.tls }} has no effect: TLS ends in the front; leave it out, or leave out front.enabled, access, caches, collection.enabled and snapshots.enabled [tls-behind-front]
{{- end }}
{{- if hasKey $http "secret" }}
{{ $at }}.http.secret: would be readable in a ConfigMap; leave it out, or write httpSecret: { existingSecret: ... } [secret-in-config]
{{- end }}
{{- include "registry.problemsOfSecrets" (dict "root" . "at" $at "variable" "REGISTRY" "value" $extra) }}
{{- end }}

{{- /*
Raw keys that hold secrets: (dict "root" $ "at" PATH "variable" NAME "value" VALUE "key" KEY "whole" YES_OR_NOTHING),
where the variable is the one that sets the same key. Variables name no entries of lists, and no keys with `_`.
*/}}
{{- define "registry.problemsOfSecrets" -}}
{{- $given := . }}
{{- if kindIs "map" .value }}
{{- range $key, $inside := .value }}
{{- $here := dict "root" $given.root "key" $key "value" $inside "at" (printf "%s.%s" $given.at $key) }}
{{- if and (not $given.whole) (regexMatch "^[A-Za-z0-9]+$" $key) }}
{{- $_ := set $here "variable" (printf "%s_%s" $given.variable (upper $key)) }}
{{- else }}
{{- $_ := set (set $here "variable" $given.variable) "whole" true }}
{{- end }}
{{- include "registry.problemsOfSecrets" $here }}
{{- end }}
{{- else if kindIs "slice" .value }}
{{- range $index, $inside := .value }}
{{- $at := printf "%s[%d]" $given.at $index }}
{{- include "registry.problemsOfSecrets" (dict "root" $given.root "at" $at "variable" $given.variable "key" $given.key "value" $inside "whole" true) }}
{{- end }}
{{- else if include "registry.isSecret" (list (.key | default "") .value) }}
{{- if ne .at "configuration.extra.http.secret" }}
{{- if include "registry.ownedKey" (list .root .variable) }}
{{ .at }}: would be readable in a ConfigMap; leave it out, and set it by the chart's values where they have it [secret-of-own-keys]
{{- else }}
{{ .at }}: would be readable in a ConfigMap; leave it out, and add extraEnv: [{ name: "{{ .variable }}", valueFrom: { secretKeyRef: { name: ..., key: ... } } }] [secret-in-raw-keys]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Does a raw key hold a secret, by its name or as a password in a URL? (list KEY VALUE) */}}
{{- define "registry.isSecret" -}}
{{- $value := index . 1 }}
{{- if and (regexMatch "^(string|int|int64|float64)$" (kindOf $value)) (ne (toString $value) "") }}
{{- $key := index . 0 | lower | replace "_" "" | replace "-" "" }}
{{- $isPath := and (eq $key "privatekey") (hasPrefix "/" (toString $value)) }}
{{- $names := "(password|passwd|secret|secretkey|accesskey|accountkey|apikey|licensekey)$|^(authorization|privatekey)$" }}
{{- $url := "(?i)^[a-z][a-z0-9+.-]*://[^/@\\s]*:[^/@\\s]+@" }}
{{- if and (not $isPath) (or (regexMatch $names $key) (regexMatch $url (toString $value))) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What the chart writes to config.yml for the registry alone, without what the UI needs. */}}
{{- define "registry.ownConfig" -}}
{{- include "registry.once" (list . "ownConfig") }}
{{- end }}

{{- define "registry.new.ownConfig" -}}
{{- $config := include "registry.renderedConfig" . | fromYaml }}
{{- $_ := set $config.http "headers" (pick $config.http.headers "X-Content-Type-Options") }}
{{- omit $config "catalog" | toYaml }}
{{- end }}

{{- /* A map in a map, as JSON: (list MAP KEY). Anything else counts as an empty map. */}}
{{- define "registry.mapIn" -}}
{{- $value := get (index . 0) (index . 1) }}
{{- kindIs "map" $value | ternary $value dict | toJson }}
{{- end }}

{{- /* Is the registry read-only, by storage.readOnly or by raw keys? */}}
{{- define "registry.isReadOnly" -}}
{{- $config := include "registry.config" . | fromYaml }}
{{- range list "storage" "maintenance" "readonly" }}
{{- $config = include "registry.mapIn" (list $config .) | fromJson }}
{{- end }}
{{- if eq (get $config "enabled" | toJson) "true" }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Where the chart writes a map, only a map can be merged: (list PATH GIVEN OWN). */}}
{{- define "registry.problemsOfMaps" -}}
{{- $at := index . 0 }}
{{- $own := index . 2 }}
{{- range $key, $value := index . 1 }}
{{- if kindIs "map" (get $own $key) }}
{{- if kindIs "map" $value }}
{{- include "registry.problemsOfMaps" (list (printf "%s.%s" $at $key) $value (get $own $key)) }}
{{- else }}
{{ $at }}.{{ $key }}: {{ include "registry.shown" $value }} would remove all keys of this map; write {{ $key }}: {...}, or leave it out [map-removed]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The storage driver beside which a key would configure a second one: (list OWN_CONFIG KEY). */}}
{{- define "registry.secondDriver" -}}
{{- $noDrivers := list "cache" "delete" "maintenance" "redirect" "tag" }}
{{- $own := keys (index . 0).storage | sortAlpha }}
{{- if not (has (index . 1) (concat $noDrivers $own)) }}
{{- without $own "cache" "delete" "maintenance" "redirect" "tag" | first }}
{{- end }}
{{- end }}

{{- /* The key of config.yml that a variable would change although the chart sets it: (list $ NAME). */}}
{{- define "registry.ownedKey" -}}
{{- $name := index . 1 }}
{{- if hasPrefix "REGISTRY_" $name }}
{{- $own := include "registry.ownConfig" (index . 0) | fromYaml }}
{{- $path := trimPrefix "REGISTRY_" $name | lower | splitList "_" }}
{{- $owned := include "registry.leavesOf" (list "" $own) | trim | splitList "\n" }}
{{- /* These move the listener, add a second storage or refuse pushes, also where the chart doesn't write
       them. */}}
{{- $owned = concat $owned (list "http net" "http prefix" "http secret" "http debug" "http tls certificate") }}
{{- $owned = concat $owned (list "http tls key" "http tls letsencrypt" "storage cache" "storage redirect") }}
{{- $owned = concat $owned (list "storage maintenance readonly" "storage s3 accesskey" "storage s3 secretkey") }}
{{- if hasKey $own "auth" }}
{{- $owned = append $owned "auth" }}
{{- end }}
{{- if include "registry.hasFront" (index . 0) }}
{{- $owned = append $owned "http tls" }}
{{- end }}
{{- /* They lead to another cache. */}}
{{- if hasKey $own "redis" }}
{{- range list "addr" "addrs" "db" "mastername" "password" "tls" "username" }}
{{- $owned = append $owned (printf "redis %s" .) }}
{{- end }}
{{- end }}
{{- if gt (len $path) 1 }}
{{- if include "registry.secondDriver" (list $own (index $path 1)) }}
{{- $owned = append $owned "storage" }}
{{- end }}
{{- end }}
{{- $found := "" }}
{{- range $owned }}
{{- $keys := splitList " " . }}
{{- $common := min (len $keys) (len $path) | int }}
{{- if and (not $found) (eq (slice $keys 0 $common | join " ") (slice $path 0 $common | join " ")) }}
{{- $found = slice $keys 0 $common | join "." }}
{{- end }}
{{- end }}
{{- $found }}
{{- end }}
{{- end }}

{{- /* Paths to all leaves of a map, a line for each, in lower case as the registry compares them: (list BEFORE
       MAP). */}}
{{- define "registry.leavesOf" -}}
{{- $before := index . 0 }}
{{- range $key, $value := index . 1 }}
{{- $path := printf "%s %s" $before (lower $key) | trim }}
{{- if kindIs "map" $value }}
{{- include "registry.leavesOf" (list $path $value) }}
{{- else }}
{{- printf "%s\n" $path }}
{{- end }}
{{- end }}
{{- end }}
