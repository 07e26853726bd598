{{- /* What keeps a retention from being harmless, or useful. */}}

{{- define "registry.problemsOfRetention" -}}
{{- if .Values.retention.enabled }}
{{- $login := .Values.retention.login }}
{{- if $login.existingSecret }}
{{- range list "username" "password" }}
{{- if get $login . }}
retention.login.{{ . }}: is set, but retention.login.existingSecret too; leave one of them out [key-said-twice]
{{- end }}
{{- end }}
{{- else if and (eq (include "registry.usersSource" .) "generated") (include "registry.hasSecretsJob" .) (not $login.password) }}
retention.login: with secrets.source: job the chart does not know the password; write retention: { login: { username: ..., password: ... } } of a user that auth.htpasswd has, or retention.login.existingSecret [retention-of-a-job]
{{- end }}
{{- if .Values.retention.rules }}
{{- include "registry.problemsOfRetentionJob" . }}
{{- include "registry.problemsOfRetentionRules" . }}
{{- if include "registry.retentionHasLogin" . }}
{{- include "registry.problemsOfRetentionLogin" . }}
{{- end }}
{{- if and (eq (include "registry.usersSource" .) "none") (or $login.existingSecret $login.username $login.password) }}
retention.login: has no effect: the registry asks nobody for a login; leave it out, or give the registry users [login-not-asked-for]
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

{{- define "registry.problemsOfRetentionLogin" -}}
{{- $users := include "registry.usersSource" . }}
{{- $login := .Values.retention.login }}
{{- $known := include "registry.userNames" . | fromYamlArray }}
{{- if not $login.existingSecret }}
{{- if and $login.password (not $login.username) }}
retention.login.username: is missing; write e.g. "admin" [not-a-string]
{{- else if and $login.username $known (not (has $login.username $known)) }}
retention.login.username: {{ include "registry.shown" $login.username }} is not a user of the registry; write one of {{ join ", " $known }}, or add it to auth.htpasswd [not-a-user-of-the-registry]
{{- else if not (or $login.password (eq $users "generated")) }}
{{- $reason := eq $users "verifier" | ternary "users and passwords are those of the verifier" "the registry's users are known only by hashes or by a Secret" }}
retention.login: {{ $reason }}; write retention: { login: { username: ..., password: ... } }, or retention.login.existingSecret [retention-password-unknown]
{{- end }}
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
