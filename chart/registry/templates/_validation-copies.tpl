{{- /* What keeps a copy from working, or from being what it seems to be. Hosts may have a password: what is no host is not
       shown. */}}

{{- define "registry.problemsOfCopies" -}}
{{- include "registry.prepareCopies" . }}
{{- $registry := include "registry.fullname" $ }}
{{- if not (regexMatch "^[a-z]([-a-z0-9]*[a-z0-9])?$" $registry) }}
{{- $registry = "registry" }}
{{- end }}
{{- $names := list }}
{{- range .Values.copyContexts }}
{{- $at := .at }}
{{- range $path, $image := dict "image" .values.image "compareImage" .values.compareImage }}
{{- if and $image.registry (include "registry.namesRegistry" $image.repository) }}
{{ $at }}.{{ $path }}.registry: {{ include "registry.shown" $image.registry }}, but the repository {{ $image.repository }} begins with a registry, too; leave the registry out of the repository, or write registry: "" [image-registry-said-twice]
{{ end }}
{{- end }}
{{- if .usable }}
{{- $name := printf "%s-%s" $registry .ending }}
{{- if gt (len $name) 52 }}
{{ $at }}.name: makes the CronJob "{{ $name }}", whose name has {{ len $name }} characters, and more than 52; write a shorter name, or a shorter fullnameOverride [copy-name-too-long]
{{ end }}
{{- if has $name $names }}
{{ $at }}.name: "{{ $name }}" is the name of another copy, too; name one of them, e.g. name: nightly [copy-name-taken]
{{ end }}
{{- $names = append $names $name }}
{{- include "registry.problemsOfCopyRemote" (list $ .) }}
{{- include "registry.problemsOfCopyLogin" (list $ .) }}
{{- include "registry.problemsOfCopyRights" (list $ .) }}
{{- include "registry.problemsOfCopyJob" (list $ .) }}
{{- else if .values.source }}
{{ $at }}.target: is set, and source too; leave out the one that is this registry [copy-of-others]
{{ else }}
{{ $at }}.source: is missing, and target too; write the other registry, to copy from it or to it, e.g. target: backup.example.com [copy-of-nothing]
{{ end }}
{{- end }}
{{- end }}

{{- /* The other registry: (list $ COPY). */}}
{{- define "registry.problemsOfCopyRemote" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $remote := .values.remote }}
{{- $path := printf "%s.%s" .at .remote }}
{{- $shown := include "registry.shown" .address }}
{{- $given := .values.source | default .values.target }}
{{- if not (include "registry.isUpstream" $given) }}
{{ $path }}: is not the host of a registry; write it as in the names of images, e.g. "docker.io" or "harbor.example.com:8443" [copy-not-a-host]
{{- else if regexMatch "(?i)^(localhost|127\\.[0-9.]+|0\\.0\\.0\\.0)(:|$)" $given }}
{{ $path }}: {{ $shown }} is the pod of the copy itself; write the host that other machines know [copy-at-the-pod-itself]
{{- end }}
{{- if not (or $remote.loginSecret $remote.anonymous) }}
{{ .at }}.remote.loginSecret: is missing for the {{ .remote }} {{ $shown }}; write the name of a Secret that kubectl create secret docker-registry makes, or anonymous: true if everybody may [copy-without-login]
{{- end }}
{{- if and $remote.loginSecret $remote.anonymous }}
{{ .at }}.remote.anonymous: is true, and a login is given; leave out one of them [copy-login-given-twice]
{{- end }}
{{- if and $remote.loginSecret $remote.plainHttp }}
{{ .at }}.remote.plainHttp: would send the login to {{ $shown }} unencrypted; leave out plainHttp, or copy anonymously [copy-login-in-clear]
{{- end }}
{{- if and $remote.caSecret $remote.plainHttp }}
{{ .at }}.remote.caSecret: is a CA for {{ $shown }}, which is connected to without TLS; leave out plainHttp, or the CA [copy-ca-without-tls]
{{- end }}
{{- include "registry.problemsOfEgress" (list (printf "%s.remote.allowTo" .at) $remote.allowTo) }}
{{- $port := $remote.plainHttp | ternary ":80" ":443" }}
{{- $its := contains ":" .address | ternary .address (printf "%s%s" .address $port) }}
{{- if has $its (include "registry.copyOwnNames" $root | splitList " ") }}
{{- $connection := include "registry.connection" $root | fromJson }}
{{ $path }}: {{ eq .remote "target" | ternary .address $connection.address | include "registry.shown" }} is this registry itself; write another registry [copy-to-itself]
{{- end }}
{{- end }}
{{- end }}

{{- /* All addresses of this registry, each with a port. */}}
{{- define "registry.copyOwnNames" -}}
{{- $connection := include "registry.connection" . | fromJson }}
{{- $names := list }}
{{- $address := $connection.address }}
{{- if not (contains ":" $address) }}
{{- $address = printf "%s:%d" $address ($connection.encrypted | ternary 443 80) }}
{{- end }}
{{- $names = append $names $address }}
{{- range list (include "registry.address" .) (include "registry.pullAddress" .) }}
{{- $names = concat $names (contains ":" . | ternary (list .) (list (printf "%s:443" .) (printf "%s:80" .))) }}
{{- end }}
{{- $qualified := printf "%s.%s" (include "registry.fullname" .) .Release.Namespace }}
{{- range list $qualified (printf "%s.svc" $qualified) (printf "%s.svc.cluster.local" $qualified) }}
{{- $names = append $names (printf "%s:%d" . (int $.Values.service.port)) }}
{{- end }}
{{- join " " $names | lower }}
{{- end }}

{{- /* The login at this registry: (list $ COPY). */}}
{{- define "registry.problemsOfCopyLogin" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $path := printf "%s.login" .at }}
{{- if eq (include "registry.usersSource" $root) "token" }}
{{ .at }}.{{ .remote }}: needs a login at this registry, which gets its tokens from a server that the chart does not know; leave the copy out, or give the registry users of its own [copy-with-tokens]
{{- end }}
{{- if (include "registry.connection" $root | fromJson).ports }}
{{- include "registry.problemsOfNodePort" (list (printf "%s.%s" .at .remote) (include "registry.pullAddress" $root)) }}
{{- end }}
{{- include "registry.problemsOfLoginTwice" (list $path .values.login) }}
{{- include "registry.problemsOfJobLogin" (list $root $path .values.login) }}
{{- with include "registry.unknownPassword" (list $root .values.login) }}
{{ $path }}: {{ . }}; write login: { username: ..., password: ... }, or login: { existingSecret: ... } [copy-password-unknown]
{{- end }}
{{- if include "registry.isPasswordOfJob" (list $root .values.login) }}
{{ $path }}: with secrets.source: job the chart does not know the password; write login: { username: ..., password: ... } of a user that auth.htpasswd has, or login: { existingSecret: ... } [copy-of-a-job]
{{- end }}
{{- end }}
{{- end }}

{{- /* Whose login an existing Secret holds is not known, nor who the users of an existing file are: (list $ COPY). */}}
{{- define "registry.problemsOfCopyRights" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $users := include "registry.usersSource" $root }}
{{- $login := .values.login }}
{{- $user := $login.username | default (include "registry.userNames" $root | fromYamlArray | first) | default "" }}
{{- $isKnown := and $user (not $login.existingSecret) }}
{{- if and (ne $users "token") (or (eq $users "none") $isKnown) }}
{{- $asker := dict "user" "" "groups" list }}
{{- if ne $users "none" }}
{{- $asker = dict "user" $user "groups" (include "registry.groupsOfUser" (list $root $user) | fromYamlArray) }}
{{- end }}
{{- $shown := eq $users "none" | ternary "everybody" $asker.user | include "registry.shown" }}
{{- $patterns := .values.repositories | default (list "**") | uniq }}
{{- $stars := and (eq .own "source") (join "" $patterns | contains "*") }}
{{- $at := .at }}
{{- if and $stars (not (include "registry.mayDo" (list $root $asker "catalog"))) }}
{{ $at }}.login: no access rule permits {{ $shown }} to list the repositories, and patterns with stars need the list; add { action: catalog, allUsers: true } to access.rules, name another user, or write repositories without stars [copy-without-catalog-rule]
{{- end }}
{{- $action := eq .own "source" | ternary "pull" "push" }}
{{- range $patterns }}
{{- if not (include "registry.mayDoIn" (list $root $asker $action .)) }}
{{ $at }}.login: no access rule permits {{ $shown }} to {{ $action }} in {{ . }}; add e.g. { action: {{ $action }}, repositories: ["{{ . }}"], allUsers: true } to access.rules, name another user, or write other repositories [copy-may-not]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What it copies, when, and how its pod runs: (list $ COPY). */}}
{{- define "registry.problemsOfCopyJob" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $at := .at }}
{{- if eq .own "target" }}
{{- if or $root.Values.storage.readOnly (include "registry.isReadOnly" $root) }}
{{ $at }}.source: is copied to this registry, which is read-only; leave out storage: { readOnly: true } until it is done [copy-to-a-read-only-registry]
{{- end }}
{{- include "registry.prepareCaches" $root }}
{{- range $pattern := uniq .values.repositories }}
{{- range $root.Values.cacheContexts }}
{{- if hasPrefix (printf "%s/" .Cache.path) $pattern }}
{{ $at }}.repositories: {{ include "registry.shown" $pattern }} is in the cache of {{ .Cache.upstream }}, where nobody can push; leave it out [copy-into-a-cache]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with .values }}
{{- with .schedule }}
{{- include "registry.problemsOfSchedule" (list (printf "%s.schedule" $at) .) }}
{{- end }}
{{- include "registry.problemsOfTimeLimit" (list (printf "%s.timeLimit" $at) .timeLimit 600) }}
{{- if and $root.Values.userFromPlatform (ne (int64 .userId) 1000) }}
{{ $at }}.userId: {{ int64 .userId }} conflicts with userFromPlatform: true; leave userId or userFromPlatform out [user-given-twice-over]
{{- end }}
{{- include "registry.problemsOfPodAnnotations" (list $at .podAnnotations) }}
{{- include "registry.problemsOfResources" (list (printf "%s.resources" $at) .resources) }}
{{- end }}
{{- end }}
{{- end }}
