{{- /* Refused combinations of the front, and access rules that are for nobody, or give more than it seems. */}}

{{- define "registry.problemsOfFront" -}}
{{- with .Values.front.kubernetesVersion }}
{{- $cluster := include "registry.clusterVersion" $ }}
{{- if not (include "registry.hasFront" $) }}
front.kubernetesVersion: {{ include "registry.shown" . }} has no effect without a front; add front: { enabled: true }, or leave it out [sidecar-without-front]
{{- else if and $cluster (gt (include "registry.minorVersion" . | int) (include "registry.minorVersion" $cluster | int)) }}
front.kubernetesVersion: {{ include "registry.shown" . }} is newer than this cluster, which is {{ $cluster }}; write the version of your oldest cluster, or leave it out [kubernetes-newer-than-cluster]
{{- end }}
{{- end }}
{{- if include "registry.hasFront" . }}
{{- if eq (include "registry.usersSource" .) "token" }}
{{- range $at, $given := dict "access" (include "registry.hasAccess" .) "caches" .Values.caches }}
{{- if $given }}
{{ $at }}: does not work with tokens: the front passes them on, and does not know who a request is by; leave it out, or give the registry users of its own [front-with-tokens]
{{- end }}
{{- end }}
{{- else if not (regexMatch "^[-._~/:A-Za-z0-9 ]+$" .Values.auth.realm) }}
auth.realm: {{ include "registry.shown" .Values.auth.realm }} is not supported by the front, which accepts letters, digits, spaces and "-._~/:"; write e.g. "Registry Realm" [realm-in-front]
{{- end }}
{{- $deletes := false }}
{{- $lists := false }}
{{- range include "registry.accessRules" . | fromJsonArray }}
{{- $deletes = or $deletes (eq .action "remove") }}
{{- $lists = or $lists (eq .action "catalog") }}
{{- end }}
{{- if and (include "registry.hasUi" .) (include "registry.hasAccess" .) }}
{{- if not $lists }}
ui: shows a list of repositories, which no access rule permits anybody to read; add { action: catalog, allUsers: true } to access.rules, or write access.administrators [ui-without-catalog-rule]
{{- end }}
{{- if and .Values.ui.deleteImages (not $deletes) }}
ui.deleteImages: true, but no access rule permits anybody to delete; add e.g. { action: remove, repositories: ["**"], users: [admin] } to access.rules, or leave it out [ui-deletes-without-rule]
{{- end }}
{{- end }}
{{- if and (eq (include "registry.uiAccess" .) "hostWithCors") (include "registry.hasUi" .) (not .Values.auth.enabled) }}
ui.cors: true, but the front does not know preflight requests; leave ui.cors out, or both ui.cors and ui.host [cors-with-front]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfVerifier" -}}
{{- if include "registry.hasVerifier" . }}
{{- with .Values.auth.verifier }}
{{- if and (hasPrefix "https:" .url) (include "registry.isAddress" (include "registry.urlHost" .url)) }}
auth.verifier.url: {{ include "registry.shown" .url }} has an address in the place of a name; write the name that its certificate is for, e.g. "https://authelia.auth.svc/api/authz/auth-request" [verifier-at-address]
{{- end }}
{{- if and .caSecret (not (hasPrefix "https:" .url)) }}
auth.verifier.caSecret: is not read: the URL of the verifier has no https; leave it out, or write url: "https://..." [verifier-ca-without-tls]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfAccess" -}}
{{- if include "registry.hasAccess" . }}
{{- $names := include "registry.userNames" . | fromYamlArray }}
{{- $hasLogins := ne (include "registry.usersSource" .) "none" }}
{{- $knowsGroups := not (include "registry.hasVerifier" .) }}
{{- with .Values.access }}
{{- include "registry.problemsOfUserNames" (list "access.administrators" .administrators $names) }}
{{- if and .administrators (not $hasLogins) }}
access.administrators: is for users, but the registry has none; leave auth.enabled: false out, or write everyone: true [access-rule-without-logins]
{{- end }}
{{- if and .groups (not $knowsGroups) }}
access.groups: has no effect: a user's groups are those that the verifier tells; leave it out, and name users or its groups in the rules [groups-with-verifier]
{{- end }}
{{- range $group, $users := .groups }}
{{- $at := printf "access.groups[\"%s\"]" $group }}
{{- if not $users }}
{{ $at }}: has no users; name a user, or leave the group out [group-empty]
{{- end }}
{{- include "registry.problemsOfUserNames" (list $at $users $names) }}
{{- end }}
{{- if not (or .rules .administrators) }}
access.rules: is empty; write e.g. access: { rules: [{ action: pull, repositories: ["**"], allUsers: true }] } [no-access-rules]
{{- end }}
{{- end }}
{{- range $index, $rule := .Values.access.rules }}
{{- $at := printf "access.rules[%d]" $index }}
{{- if and (ne .action "catalog") (not .repositories) }}
{{ $at }}: has no pattern; write e.g. repositories: ["team/**"] [access-rule-without-patterns]
{{- end }}
{{- range $place, $pattern := .repositories }}
{{- include "registry.problemsOfPattern" (list $ (printf "%s.repositories[%d]" $at $place) $rule.action $pattern) }}
{{- end }}
{{- if not (or .users .groups .allUsers .everyone) }}
{{ $at }}: is for nobody; add users: [...], groups: [...], allUsers: true or everyone: true [access-rule-for-nobody]
{{- end }}
{{- if and (eq .action "remove") (not $.Values.storage.deletion) }}
{{ $at }}: permits deleting, but the registry deletes no images; add storage: { deletion: true }, or leave the rule out [access-rule-without-deletion]
{{- end }}
{{- if and .everyone (has .action (list "push" "remove")) }}
{{ $at }}.everyone: would permit everybody to {{ .action }}, without a login; write allUsers: true, or name users and groups [everyone-may-write]
{{- end }}
{{- if $hasLogins }}
{{- include "registry.problemsOfUserNames" (list (printf "%s.users" $at) .users $names) }}
{{- range $place, $group := .groups }}
{{- if and $knowsGroups (not (hasKey $.Values.access.groups $group)) }}
{{ $at }}.groups[{{ $place }}]: {{ include "registry.shown" $group }} is not a group (there are: {{ keys $.Values.access.groups | sortAlpha | join ", " | default "none" }}); add it: access: { groups: { "{{ $group }}": [alice] } } [not-a-group]
{{- end }}
{{- end }}
{{- else }}
{{- range $field := list "users" "groups" }}
{{- range $place, $_ := get $rule $field | default list }}
{{ $at }}.{{ $field }}[{{ $place }}]: is for users, but the registry has none; leave auth.enabled: false out, or write everyone: true [access-rule-without-logins]
{{- end }}
{{- end }}
{{- if .allUsers }}
{{ $at }}.allUsers: is for users, but the registry has none; leave auth.enabled: false out, or write everyone: true [access-rule-without-logins]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Repositories of a cache: who may write there, and names that the front completes: (list $ PATH ACTION PATTERN). */}}
{{- define "registry.problemsOfPattern" -}}
{{- $at := index . 1 }}
{{- $action := index . 2 }}
{{- $pattern := index . 3 }}
{{- $parts := splitList "/" $pattern }}
{{- $upstream := "" }}
{{- include "registry.prepareCaches" (index . 0) }}
{{- range (index . 0).Values.cacheContexts }}
{{- $host := include "registry.usableUpstream" .Cache.upstream }}
{{- if and (gt (len $parts) 1) (eq (replace ":" "_" $host) (first $parts)) }}
{{- $upstream = $host }}
{{- end }}
{{- end }}
{{- if and $upstream (has $action (list "push" "remove")) }}
{{ $at }}: {{ include "registry.shown" $pattern }} is the cache of {{ $upstream }}, where nobody can push or delete; write action: pull in a rule of its own [access-rule-for-writes-to-a-cache]
{{- end }}
{{- if and (eq $upstream "docker.io") (eq (len $parts) 2) (ne (last $parts) "**") }}
{{ $at }}: {{ include "registry.shown" $pattern }} matches no request: images of Docker Hub without a part before their name are in docker.io/library; write "docker.io/library/{{ last $parts }}" [pattern-of-docker-hub]
{{- end }}
{{- end }}

{{- /* Names of users whom the registry does not know, as far as it knows any: (list PATH NAMES KNOWN). */}}
{{- define "registry.problemsOfUserNames" -}}
{{- $at := index . 0 }}
{{- $known := index . 2 }}
{{- range $index, $name := index . 1 }}
{{- if and $known (not (has $name $known)) }}
{{ $at }}[{{ $index }}]: {{ include "registry.shown" $name }} is not a user of the registry; write one of {{ join ", " $known }}, or add it to auth.htpasswd [not-a-user-of-the-registry]
{{- end }}
{{- end }}
{{- end }}
