{{- /*
Refused caches. Each has a context like that of a registry (_caches.tpl), so that rules of pods, networks and so on hold
for it too. Hosts and URLs with a password are refused here, since messages of a schema show the value.
*/}}

{{- define "registry.problemsOfCaches" -}}
{{- include "registry.prepareCaches" . }}
{{- $upstreams := list }}
{{- $named := list }}
{{- range .Values.cacheContexts }}
{{- $upstream := .Cache.given }}
{{- $at := printf "caches[%d]" .Cache.index }}
{{- range $path, $image := dict "image" .Values.image "prefetch.image" .Values.prefetch.image }}
{{- if and $image.registry (include "registry.namesRegistry" $image.repository) }}
{{ $at }}.{{ $path }}.registry: {{ include "registry.shown" $image.registry }}, but the repository {{ $image.repository }} begins with a registry, too; leave the registry out of the repository, or write registry: "" [image-registry-said-twice]
{{- end }}
{{- end }}
{{- if and (include "registry.isUpstream" $upstream) (has $upstream $upstreams) }}
{{ $at }}.upstream: {{ include "registry.shown" $upstream }} is listed twice; remove it [given-twice]
{{- else }}
{{- $ending := include "registry.usualCacheEnding" . }}
{{- $registry := include "registry.fullname" $ }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $registry) }}
{{- $registry = "registry" }}
{{- end }}
{{- $name := printf "%s-cache-%s" $registry $ending }}
{{- /* Where the name is refused, what else is wrong with the cache is told as of this one. */}}
{{- $instead := printf "%s-cache-%d" $registry .Cache.index }}
{{- $usable := $instead }}
{{- if gt (len $name) 50 }}
{{ $at }}.name: makes {{ toJson $name }}, which has {{ len $name }} characters, and more than 50; write a shorter one, e.g. name: hub [cache-name-too-long]
{{- else if or .Values.name (include "registry.isUpstream" $upstream) }}
{{- $other := "" }}
{{- $usable = $name }}
{{- range $named }}
{{- if and (not $other) (include "registry.isCacheNameTaken" (list $ending .ending)) }}
{{- $other = .at }}
{{- end }}
{{- end }}
{{- with $other }}
{{ $at }}.name: {{ include "registry.shown" $ending }} makes names of objects that {{ . }} has, too; write another, e.g. name: hub [cache-name-taken]
{{- $usable = $instead }}
{{- end }}
{{- $named = append $named (dict "ending" $ending "at" $at) }}
{{- end }}
{{- include "registry.problemsOfCache" (list $ . $usable) }}
{{- end }}
{{- $upstreams = append $upstreams $upstream }}
{{- end }}
{{- include "registry.problemsOfCacheLabels" . }}
{{- include "registry.problemsOfSharedClaims" . }}
{{- include "registry.problemsOfSharedAddresses" . }}
{{- end }}

{{- /* Is it the host of a registry, as images are named: a name with a dot, or an address, and at most a port? */}}
{{- define "registry.isUpstream" -}}
{{- $form := "^([^:]+)(:[1-9][0-9]{0,4})?$" }}
{{- if and (regexMatch $form .) (regexMatch "[.:]" .) (not (include "registry.isHostOfDockerHub" .)) }}
{{- $host := regexReplaceAll $form . "${1}" }}
{{- $port := regexReplaceAll $form . "${2}" | trimPrefix ":" | default "1" | atoi }}
{{- $isHost := or (include "registry.isHostName" $host) (include "registry.isIpv4" $host) }}
{{- if and $isHost (ge $port 1) (le $port 65535) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Is it a scheme, a host, and at most a port? */}}
{{- define "registry.isUpstreamUrl" -}}
{{- $form := "^https?://([^/:@?#]+)(:[1-9][0-9]{0,4})?$" }}
{{- if regexMatch $form . }}
{{- $host := regexReplaceAll $form . "${1}" }}
{{- $port := regexReplaceAll $form . "${2}" | trimPrefix ":" | default "1" | atoi }}
{{- $isHost := or (include "registry.isHostName" $host) (include "registry.isIpv4" $host) }}
{{- if and $isHost (ge $port 1) (le $port 65535) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.isHostOfDockerHub" -}}
{{- if has . (list "registry-1.docker.io" "index.docker.io" "registry.hub.docker.com" "hub.docker.com") }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The upstream, or what stands for one that is refused, as in the constructs. */}}
{{- define "registry.usableUpstream" -}}
{{- if include "registry.isUpstream" . }}
{{- . }}
{{- else }}
{{- include "registry.isHostOfDockerHub" . | empty | ternary "registry.example.com" "docker.io" }}
{{- end }}
{{- end }}

{{- /* What the names of a cache's objects end with. */}}
{{- define "registry.usualCacheEnding" -}}
{{- .Values.name | default (include "registry.usableUpstream" .Values.upstream | replace "." "-" | replace ":" "-") }}
{{- end }}

{{- /* Would objects of the one be called as objects of the other? (list ENDING OTHER) */}}
{{- define "registry.isCacheNameTaken" -}}
{{- $ending := index . 0 }}
{{- $other := index . 1 }}
{{- range list "" "-config" "-metrics" "-prefetch" "-upstream" }}
{{- if or (eq $ending (printf "%s%s" $other .)) (eq $other (printf "%s%s" $ending .)) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Where clients, nodes and pods reach the registry, separated by spaces, without the port of a scheme. */}}
{{- define "registry.ownAddresses" -}}
{{- $addresses := list (include "registry.address" .) (include "registry.pullAddress" .) }}
{{- range $addresses }}
{{- printf "%s " (regexReplaceAll ":(80|443)$" . "") }}
{{- end }}
{{- include "registry.serviceAddresses" . }}
{{- end }}

{{- /* Where pods reach the Service, likewise. */}}
{{- define "registry.serviceAddresses" -}}
{{- $name := include "registry.fullname" . }}
{{- $qualified := printf "%s.%s" $name .Release.Namespace }}
{{- range $index, $host := list $name $qualified (printf "%s.svc" $qualified) (printf "%s.svc.cluster.local" $qualified) }}
{{- $address := printf "%s:%d" $host (int $.Values.service.port) }}
{{- printf "%s%s" (empty $index | ternary "" " ") (regexReplaceAll ":(80|443)$" $address "") }}
{{- end }}
{{- end }}

{{- /* The caches by whose way a cache fetches from itself: (list $ CONTEXT). Nothing if it doesn't. */}}
{{- define "registry.ringOf" -}}
{{- $values := (index . 0).Values }}
{{- if not (hasKey $values "cacheByAddress") }}
{{- $byAddress := dict }}
{{- range $values.cacheContexts }}
{{- $cache := .Cache }}
{{- range include "registry.serviceAddresses" . | splitList " " }}
{{- $_ := set $byAddress . $cache }}
{{- end }}
{{- end }}
{{- $_ := set $values "cacheByAddress" $byAddress }}
{{- end }}
{{- $cache := (index . 1).Cache }}
{{- $next := $cache }}
{{- $seen := dict }}
{{- $names := list }}
{{- range $values.cacheContexts }}
{{- if and $next (not (hasKey $seen $next.name)) }}
{{- $_ := set $seen $next.name true }}
{{- $names = append $names $next.name }}
{{- $from := regexReplaceAll "^https?://|:(80|443)$" $next.url "" }}
{{- $next = get $values.cacheByAddress $from | default dict }}
{{- end }}
{{- end }}
{{- if and $next (eq $next.name $cache.name) }}
{{- join ", " $names }}
{{- end }}
{{- end }}

{{- /* What is wrong with one cache: (list $ CONTEXT NAME). */}}
{{- define "registry.problemsOfCache" -}}
{{- $root := index . 0 }}
{{- $name := index . 2 }}
{{- with index . 1 }}
{{- $context := . }}
{{- $at := printf "caches[%d]" .Cache.index }}
{{- $upstream := .Cache.given }}
{{- if include "registry.isHostOfDockerHub" $upstream }}
{{ $at }}.upstream: {{ include "registry.shown" $upstream }} is a host of Docker Hub, whose images are named docker.io; write "docker.io" [upstream-not-docker-hub]
{{- else if not (include "registry.isUpstream" $upstream) }}
{{ $at }}.upstream: is not the host of a registry: a name with a dot, or an address, and at most a port; write e.g. "docker.io" [upstream-not-a-host]
{{- end }}
{{- if and .Cache.givenUrl (not (include "registry.isUpstreamUrl" .Cache.givenUrl)) }}
{{ $at }}.upstreamUrl: is not a URL of a scheme, a host, and at most a port; write e.g. "https://registry.example.com:5000" [upstream-not-a-url]
{{- end }}
{{- $url := include "registry.shortUrl" (include "registry.usableUrl" .Values.upstreamUrl) }}
{{- $own := include "registry.ownAddresses" $root | splitList " " }}
{{- $named := include "registry.usableUpstream" $upstream }}
{{- if has (regexReplaceAll ":(80|443)$" $named "") $own }}
{{ $at }}.upstream: {{ include "registry.shown" $named }} is this registry itself; leave the cache out [cache-of-itself]
{{- else if has (regexReplaceAll "^https?://|:(80|443)$" $url "") $own }}
{{ $at }}.upstreamUrl: {{ include "registry.shown" $url }} is this registry itself; leave the cache out [cache-of-itself]
{{- end }}
{{- with include "registry.ringOf" (list $root .) }}
{{ $at }}.upstreamUrl: {{ include "registry.shown" $context.Cache.url }} leads in a ring: {{ . }}; write the URL of a registry that has the images [caches-in-a-ring]
{{- end }}
{{- $isPlain := hasPrefix "http:" $url }}
{{- $secure := printf "https:%s" (trimPrefix "http:" $url) }}
{{- if and $isPlain .Values.login.existingSecret }}
{{ $at }}.upstreamUrl: {{ include "registry.shown" $url }} is not encrypted, but there is a login; write "{{ $secure }}" [upstream-not-encrypted]
{{- end }}
{{- if and $isPlain (or .Values.ca .Values.caSecret) }}
{{ $at }}.{{ empty .Values.ca | ternary "caSecret" "ca" }}: has no effect: {{ $url }} is not encrypted; leave it out, or write upstreamUrl: "{{ $secure }}" [upstream-ca-without-tls]
{{- end }}
{{- if and .Values.ca .Values.caSecret }}
{{ $at }}.caSecret: is given beside ca; leave one of the two out [upstream-ca-given-twice]
{{- end }}
{{- with .Values.ca }}
{{- if not (regexMatch "-----BEGIN CERTIFICATE-----[A-Za-z0-9+/=\\s]+-----END CERTIFICATE-----" .) }}
{{ $at }}.ca: is not a certificate in PEM; give the content of the CA's file, from "-----BEGIN" to "-----END ...-----" [ca-not-pem]
{{- else if contains "PRIVATE KEY-----" . }}
{{ $at }}.ca: contains a private key; write the certificate alone [private-key-in-ca]
{{- end }}
{{- end }}
{{- if and .Values.login.existingSecret (not .Values.login.publicImagesOnly) }}
{{- $path := include "registry.usableUpstream" $upstream | replace ":" "_" }}
{{- if include "registry.everybodyPullsBelow" (list $root $path) }}
{{ $at }}.login: gives everybody the private images of this login: some access rule permits pulls of {{ $path }}/… without a login; permit them to users only, e.g. by { action: pull, repositories: ["{{ $path }}/**"], allUsers: true } in access.rules, or state that the login sees public images only, by login: { publicImagesOnly: true } [cache-private-and-open]
{{- end }}
{{- if .Values.networkPolicy.enabled }}
{{- range $index, $peer := .Values.networkPolicy.allowFrom }}
{{- if include "registry.isEverybody" $peer }}
{{ $at }}.networkPolicy.allowFrom[{{ $index }}]: lets everybody reach the cache, which gives them the private images of its login; name the clients, e.g. { namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'ci' } } }, or state that the login sees public images only, by login: { publicImagesOnly: true } [cache-open-to-a-peer]
{{- end }}
{{- end }}
{{- else }}
{{ $at }}.login: gives everybody who reaches the cache the private images of this login; leave out networkPolicy: { enabled: false }, or state that the login sees public images only, by login: { publicImagesOnly: true } [cache-open-to-everybody]
{{- end }}
{{- end }}
{{- include "registry.problemsOfClaim" (list . (printf "%s." $at)) }}
{{- include "registry.problemsOfCacheImage" (list $at .) }}
{{- include "registry.problemsOfCacheAlerts" (list $at .) }}
{{- if .Values.prefetch.images }}
{{- include "registry.problemsOfPrefetch" (list . $at $name) }}
{{- end }}
{{- $others := printf "%s\n%s" (include "registry.problemsOfPods" .) (include "registry.problemsOfNetwork" .) }}
{{- range splitList "\n" $others }}
{{- /* The registry and its caches have the same userId, of which it is said once. */}}
{{- if and (trim .) (not (hasPrefix "userId:" .)) }}
{{ $at }}.{{ . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Is a peer all pods of the cluster, or an eighth of all addresses or more? */}}
{{- define "registry.isEverybody" -}}
{{- $all := true }}
{{- range list .namespaceSelector .podSelector }}
{{- with . }}
{{- $all = and $all (not (or .matchLabels .matchExpressions)) }}
{{- end }}
{{- end }}
{{- if .ipBlock }}
{{- if regexMatch "/[0-3]$" .ipBlock.cidr }}
{{- "true" }}
{{- end }}
{{- else if and $all (kindIs "map" .namespaceSelector) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The version that may hold an upstream's login: (list PATH CONTEXT). */}}
{{- define "registry.problemsOfCacheImage" -}}
{{- $at := index . 0 }}
{{- with index . 1 }}
{{- $image := include "registry.image" (list . .Values.image) }}
{{- $example := include "registry.defaultCacheImage" . }}
{{- if .Values.imageVersion }}
{{- if eq (include "registry.cacheAge" .Values.imageVersion) "old" }}
{{ $at }}.imageVersion: {{ include "registry.shown" .Values.imageVersion }} is older than 3.1.0; write e.g. "{{ splitList ":" $example | last }}" [cache-version-too-old]
{{- end }}
{{- else }}
{{- $age := include "registry.cacheAge" .Values.image.tag }}
{{- if eq $age "old" }}
{{ $at }}.image: {{ include "registry.shown" $image }} is older than 3.1.0; write e.g. "{{ $example }}" [cache-version-too-old]
{{- else if eq $age "unknown" }}
{{ $at }}.image: {{ include "registry.shown" $image }} does not tell whether it is 3.1.0 or newer; write image: { tag: "{{ splitList ":" $example | last }}" }, or the version beside it: imageVersion: "3.1.1" [cache-version-unknown]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.defaultCacheImage" -}}
{{- with .Files.Get "files/cache-values.yaml" | fromYaml }}
{{- printf "%s:%s" .image.repository .image.tag }}
{{- end }}
{{- end }}

{{- /* Is a version, or what a tag begins with, "old", "new" or "unknown"? 3.1.0 is the oldest new one. */}}
{{- define "registry.cacheAge" -}}
{{- $form := "^v?([0-9]+)(?:[.]([0-9]+))?(?:[.]([0-9]+))?([-.+_].*)?$" }}
{{- $major := regexReplaceAll $form . "${1}" }}
{{- $minor := regexReplaceAll $form . "${2}" }}
{{- $patch := regexReplaceAll $form . "${3}" }}
{{- $rest := regexReplaceAll $form . "${4}" }}
{{- if not (regexMatch $form .) }}
{{- "unknown" }}
{{- else if regexMatch "^0*[0-2]?$" $major }}
{{- "old" }}
{{- else if not $minor }}
{{- "unknown" }}
{{- else if not (regexMatch "^0*3$" $major) }}
{{- "new" }}
{{- else if regexMatch "^0+$" $minor }}
{{- "old" }}
{{- else if and (regexMatch "^0*1$" $minor) (regexMatch "^0+$" $patch) (regexMatch "(?i)^-(alpha|beta|rc)" $rest) }}
{{- "old" }}
{{- else }}
{{- "new" }}
{{- end }}
{{- end }}

{{- /* May everybody pull some image whose name begins with a part, such as docker.io? (list $ PART) */}}
{{- define "registry.everybodyPullsBelow" -}}
{{- $part := index . 1 }}
{{- range include "registry.rulesFor" (list (index . 0) dict "pull") | fromJsonArray }}
{{- range .repositories }}
{{- $first := splitList "/" . | first }}
{{- if or (eq $first "**") (and (contains "/" .) (has $first (list "*" $part))) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* A label of pods that the registry and a cache would have. */}}
{{- define "registry.problemsOfCacheLabels" -}}
{{- $other := "" }}
{{- range .Values.cacheContexts }}
{{- if and (not $other) (eq (include "registry.name" .) (include "registry.name" $)) }}
{{- $other = printf "caches[%d]" .Cache.index }}
{{- end }}
{{- end }}
{{- with $other }}
nameOverride: {{ include "registry.shown" $.Values.nameOverride }} is a label of the pods of {{ . }}, too, which the Service of the registry would select; write another, e.g. "registry" [cache-labels-taken]
{{- end }}
{{- end }}

{{- /* Claims that a cache shares with another one or the registry. */}}
{{- define "registry.problemsOfSharedClaims" -}}
{{- $claims := list }}
{{- $owned := list }}
{{- $readOnly := list }}
{{- range append .Values.cacheContexts . }}
{{- $claims = append $claims (include "registry.claimOf" .) }}
{{- $owned = append $owned (not (or .Values.persistence.existingClaim .Values.persistence.claimName)) }}
{{- $readOnly = append $readOnly (include "registry.isReadOnly" . | empty | not) }}
{{- end }}
{{- range .Values.cacheContexts }}
{{- $index := .Cache.index }}
{{- $claim := index $claims $index }}
{{- range $other := untilStep (int (add1 $index)) (len $claims) 1 }}
{{- /* Of names that both make, it is said that they are taken. */}}
{{- if and $claim (eq $claim (index $claims $other)) (not (and (index $owned $index) (index $owned $other))) }}
{{- if index $readOnly $other }}
caches[{{ $index }}].persistence: is the claim "{{ $claim }}" in namespace "{{ $.Release.Namespace }}", which another cache or the registry reads, and would serve images of this one as its own, until they expire; give each its own [storage-of-a-cache]
{{- else }}
caches[{{ $index }}].persistence: is the claim "{{ $claim }}" in namespace "{{ $.Release.Namespace }}", which another cache or the registry writes to, and each would garbage-collect and purge in-flight uploads of the other; give each its own [storage-written-twice]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The claim that a registry stores images in; nothing if it has none. */}}
{{- define "registry.claimOf" -}}
{{- if has (include "registry.storageKind" .) (list "ReadWriteOnce" "ReadWriteOncePod" "ReadWriteMany") }}
{{- include "registry.claimName" . }}
{{- end }}
{{- end }}

{{- /* Addresses in the cluster that two Services would have. */}}
{{- define "registry.problemsOfSharedAddresses" -}}
{{- $addresses := list .Values.service.clusterIP }}
{{- range .Values.cacheContexts }}
{{- $address := .Values.service.clusterIP }}
{{- if and $address (has $address $addresses) }}
service.clusterIP: several Services of this release claim {{ $address }}; give each its own address [cluster-ip-taken]
{{- end }}
{{- $addresses = append $addresses $address }}
{{- end }}
{{- end }}
