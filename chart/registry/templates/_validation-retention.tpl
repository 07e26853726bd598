{{- /* What keeps a retention from being harmless, or useful. */}}

{{- define "registry.problemsOfRetention" -}}
{{- if .Values.retention.enabled }}
{{- $login := .Values.retention.login }}
{{- include "registry.problemsOfLoginTwice" (list "retention.login" $login) }}
{{- if include "registry.isPasswordOfJob" (list . $login) }}
retention.login: with secrets.source: job the chart does not know the password; write retention: { login: { username: ..., password: ... } } of a user that auth.htpasswd has, or retention.login.existingSecret [retention-of-a-job]
{{- end }}
{{- if .Values.retention.rules }}
{{- include "registry.problemsOfRetentionJob" . }}
{{- include "registry.problemsOfRetentionRules" . }}
{{- include "registry.problemsOfJobLogin" (list . "retention.login" $login) }}
{{- with include "registry.unknownPassword" (list . $login) }}
retention.login: {{ . }}; write retention: { login: { username: ..., password: ... } }, or retention.login.existingSecret [retention-password-unknown]
{{- end }}
{{- include "registry.problemsOfRetentionRights" . }}
{{- else }}
retention.rules: is empty, so nothing says what to keep; add e.g. { repositories: ["team/**"], keep: [{ newest: 10 }] } [retention-without-rules]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfRetentionJob" -}}
{{- $name := include "registry.objectName" (list . "retention") }}
{{- if gt (len $name) 52 }}
retention.enabled: makes the CronJob "{{ $name }}", whose name has {{ len $name }} characters, and more than 52; write a shorter fullnameOverride [retention-name-too-long]
{{- end }}
{{- if not .Values.storage.deletion }}
retention.enabled: deletes no images; add storage: { deletion: true }, or leave the retention out [retention-without-deletion]
{{- end }}
{{- if or .Values.storage.readOnly (include "registry.isReadOnly" .) }}
retention.enabled: is read-only; leave out storage: { readOnly: true }, or the retention [retention-of-a-read-only-registry]
{{- end }}
{{- if eq (include "registry.usersSource" .) "token" }}
retention.enabled: gets its tokens from a server that these manifests do not know; leave the retention out, or give the registry users of its own [retention-with-tokens]
{{- end }}
{{- if (include "registry.connection" . | fromJson).ports }}
{{- include "registry.problemsOfNodePort" (list "retention.enabled" (include "registry.pullAddress" .)) }}
{{- end }}
{{- with .Values.retention }}
{{- include "registry.problemsOfSchedule" (list "retention.schedule" .schedule) }}
{{- include "registry.problemsOfTimeLimit" (list "retention.timeLimit" .timeLimit 600) }}
{{- if and $.Values.userFromPlatform (ne (int64 .userId) 1000) }}
retention.userId: {{ int64 .userId }} conflicts with userFromPlatform: true; leave userId or userFromPlatform out [user-given-twice-over]
{{- end }}
{{- include "registry.problemsOfPodAnnotations" (list "retention" .podAnnotations) }}
{{- include "registry.problemsOfResources" (list "retention.resources" .resources) }}
{{- end }}
{{- end }}

{{- /* The first rule with a pattern for a repository decides. */}}
{{- define "registry.problemsOfRetentionRules" -}}
{{- $before := list }}
{{- include "registry.prepareCaches" . }}
{{- range $index, $rule := .Values.retention.rules }}
{{- range $number, $pattern := $rule.repositories }}
{{- range $.Values.cacheContexts }}
{{- if hasPrefix (printf "%s/" .Cache.path) $pattern }}
retention.rules[{{ $index }}].repositories[{{ $number }}]: {{ include "registry.shown" $pattern }} is in the cache of {{ .Cache.upstream }}, which deletes what has expired by itself; leave it out [retention-rule-of-a-cache]
{{ end }}
{{- end }}
{{- if include "registry.isCovered" (list $pattern $before) }}
{{- $first := $number }}
{{- range $place, $other := $rule.repositories }}
{{- if and (eq $other $pattern) (lt $place $first) }}
{{- $first = $place }}
{{- end }}
{{- end }}
retention.rules[{{ $index }}].repositories[{{ $first }}]: {{ include "registry.shown" $pattern }} is never asked for: the rules before it decide of all of its repositories; put the rule before them, or leave it out [retention-rule-never-asked]
{{ end }}
{{- end }}
{{- $before = concat $before $rule.repositories }}
{{- end }}
{{- end }}

{{- /* A login that is in a Secret, and beside it: (list PATH LOGIN). */}}
{{- define "registry.problemsOfLoginTwice" -}}
{{- $path := index . 0 }}
{{- $login := index . 1 }}
{{- if $login.existingSecret }}
{{- range list "username" "password" }}
{{- if get $login . }}
{{ $path }}.{{ . }}: is set, but {{ $path }}.existingSecret too; leave one of them out [key-said-twice]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The login of a CronJob's pod at the registry: (list $ PATH LOGIN). */}}
{{- define "registry.problemsOfJobLogin" -}}
{{- $root := index . 0 }}
{{- $path := index . 1 }}
{{- $login := index . 2 }}
{{- $users := include "registry.usersSource" $root }}
{{- $known := include "registry.userNames" $root | fromYamlArray }}
{{- if and (eq $users "none") (or $login.existingSecret $login.username $login.password) }}
{{ $path }}: has no effect: the registry asks nobody for a login; leave it out, or give the registry users [login-not-asked-for]
{{- end }}
{{- if and (include "registry.asksForLogin" $root) (not $login.existingSecret) }}
{{- if and $login.password (not $login.username) }}
{{ $path }}.username: is missing; write e.g. "admin" [not-a-string]
{{- else if and $login.username $known (not (has $login.username $known)) }}
{{ $path }}.username: {{ include "registry.shown" $login.username }} is not a user of the registry; write one of {{ join ", " $known }}, or add it to auth.htpasswd [not-a-user-of-the-registry]
{{- end }}
{{- end }}
{{- end }}

{{- /* Why the password of a login is unknown; nothing if it is known, or if something else is wrong: (list $ LOGIN). */}}
{{- define "registry.unknownPassword" -}}
{{- $root := index . 0 }}
{{- $login := index . 1 }}
{{- $users := include "registry.usersSource" $root }}
{{- $known := include "registry.userNames" $root | fromYamlArray }}
{{- $isStranger := and $login.username $known (not (has $login.username $known)) }}
{{- $isGiven := or $login.existingSecret $login.password (eq $users "generated") }}
{{- if and (include "registry.asksForLogin" $root) (not $isGiven) (not $isStranger) }}
{{- eq $users "verifier" | ternary "users and passwords are those of the verifier" "the registry's users are known only by hashes or by a Secret" }}
{{- end }}
{{- end }}

{{- /* Does the login need the generated password, which only the Job knows? (list $ LOGIN) */}}
{{- define "registry.isPasswordOfJob" -}}
{{- $root := index . 0 }}
{{- $login := index . 1 }}
{{- $isGenerated := and (eq (include "registry.usersSource" $root) "generated") (include "registry.hasSecretsJob" $root) }}
{{- if and $isGenerated (not $login.existingSecret) (not $login.password) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Whose login an existing Secret holds is not known, nor who the users of an existing file are. */}}
{{- define "registry.problemsOfRetentionRights" -}}
{{- $users := include "registry.usersSource" . }}
{{- $login := .Values.retention.login }}
{{- $user := $login.username | default (include "registry.userNames" . | fromYamlArray | first) | default "" }}
{{- $isKnown := and $user (not $login.existingSecret) }}
{{- if and (include "registry.hasFront" .) (ne $users "token") (or (eq $users "none") $isKnown) }}
{{- $asker := dict "user" "" "groups" list }}
{{- if ne $users "none" }}
{{- $asker = dict "user" $user "groups" (include "registry.groupsOfUser" (list . $user) | fromYamlArray) }}
{{- end }}
{{- $shown := eq $users "none" | ternary "everybody" $asker.user | include "registry.shown" }}
{{- $patterns := list }}
{{- range .Values.retention.rules }}
{{- $patterns = concat $patterns .repositories | uniq }}
{{- end }}
{{- if and (join "" $patterns | contains "*") (not (include "registry.mayDo" (list . $asker "catalog"))) }}
retention.login: no access rule permits {{ $shown }} to list the repositories, and patterns with stars need the list; add { action: catalog, allUsers: true } to access.rules, name another user, or write patterns without stars [retention-without-catalog-rule]
{{- end }}
{{- range $patterns }}
{{- if not (include "registry.mayDoIn" (list $ $asker "remove" .)) }}
retention.login: no access rule permits {{ $shown }} to delete in {{ . }}; add e.g. { action: remove, repositories: ["{{ . }}"], allUsers: true } to access.rules, or name another user [retention-may-not-delete]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
