{{- /*
Who may do what: access.rules, access.groups and access.administrators as one list of rules, what they permit, their lines
in nginx' configuration, and the table of NOTES.txt. Somebody who asks is (dict "user" NAME "groups" LIST): without a
login the name is empty, and "~" is a user whom no rule names.
*/}}

{{- /* Are there access rules? Without, every user may do everything. */}}
{{- define "registry.hasAccess" -}}
{{- if or .Values.access.rules .Values.access.groups .Values.access.administrators }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* All rules, with those of administrators: a list in JSON, in which each rule has all of its fields. Where one is
       refused, what else is wrong is told as if there were none. */}}
{{- define "registry.accessRules" -}}
{{- include "registry.once" (list . "accessRules") }}
{{- end }}

{{- define "registry.new.accessRules" -}}
{{- $rules := list }}
{{- $all := dict }}
{{- if and (include "registry.hasAccess" .) (not (include "registry.problemsOfAccess" . | trim)) }}
{{- $rules = .Values.access.rules }}
{{- $all = dict "users" .Values.access.administrators }}
{{- else if eq (include "registry.usersSource" .) "none" }}
{{- $all = dict "everyone" true }}
{{- else }}
{{- $all = dict "allUsers" true }}
{{- end }}
{{- if or $all.users $all.everyone $all.allUsers }}
{{- $rules = append $rules (merge (dict "action" "push" "repositories" (list "**")) $all) }}
{{- if .Values.storage.deletion }}
{{- $rules = append $rules (merge (dict "action" "remove" "repositories" (list "**")) $all) }}
{{- end }}
{{- $rules = append $rules (merge (dict "action" "catalog") $all) }}
{{- end }}
{{- $complete := list }}
{{- range $rules }}
{{- $fields := dict "repositories" list "users" list "groups" list "allUsers" false "everyone" false }}
{{- $complete = append $complete (merge (deepCopy .) $fields) }}
{{- end }}
{{- toJson $complete }}
{{- end }}

{{- /* The groups of a user, as a list in YAML: (list $ USER). */}}
{{- define "registry.groupsOfUser" -}}
{{- $user := index . 1 }}
{{- $groups := list }}
{{- range $group, $users := (index . 0).Values.access.groups }}
{{- if has $user $users }}
{{- $groups = append $groups $group }}
{{- end }}
{{- end }}
{{- sortAlpha $groups | toYaml }}
{{- end }}

{{- /* Is a rule for whom asks? (list RULE ASKER) */}}
{{- define "registry.isForAsker" -}}
{{- $rule := index . 0 }}
{{- $asker := index . 1 }}
{{- $isFor := $rule.everyone }}
{{- if $asker.user }}
{{- $isFor = or $isFor $rule.allUsers (has $asker.user $rule.users) }}
{{- range $asker.groups }}
{{- $isFor = or $isFor (has . $rule.groups) }}
{{- end }}
{{- end }}
{{- if $isFor }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Does a rule permit an action? Who pushes or deletes may pull too. (list RULE ACTION) */}}
{{- define "registry.permits" -}}
{{- $action := (index . 0).action }}
{{- if or (eq $action (index . 1)) (and (eq (index . 1) "pull") (ne $action "catalog")) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The rules that permit somebody an action, as a list in JSON: (list $ ASKER ACTION). */}}
{{- define "registry.rulesFor" -}}
{{- $asker := index . 1 }}
{{- $action := index . 2 }}
{{- $rules := list }}
{{- range include "registry.accessRules" (index . 0) | fromJsonArray }}
{{- if and (include "registry.permits" (list . $action)) (include "registry.isForAsker" (list . $asker)) }}
{{- $rules = append $rules . }}
{{- end }}
{{- end }}
{{- toJson $rules }}
{{- end }}

{{- /* May somebody do something, in at least one repository? (list $ ASKER ACTION) */}}
{{- define "registry.mayDo" -}}
{{- if include "registry.rulesFor" . | fromJsonArray }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* May somebody do something in all repositories of a pattern? (list $ ASKER ACTION PATTERN) */}}
{{- define "registry.mayDoIn" -}}
{{- $patterns := list }}
{{- range include "registry.rulesFor" . | fromJsonArray }}
{{- $patterns = concat $patterns .repositories }}
{{- end }}
{{- include "registry.isCovered" (list (index . 3) $patterns) }}
{{- end }}

{{- /* Is each repository of a pattern one of other patterns', too? (list PATTERN PATTERNS). Names stand for all of the
       pattern: each star is "~", a word that no rule names, and two stars are up to so many of them. What covers a
       longer name covers one of these. */}}
{{- define "registry.isCovered" -}}
{{- $covered := list }}
{{- $longest := 0 }}
{{- range index . 1 }}
{{- $longest = max $longest (splitList "/" . | len) }}
{{- $covered = append $covered (include "registry.patternRegex" (list . "[^/]+")) }}
{{- end }}
{{- $names := list "" }}
{{- range $part := splitList "/" (index . 0) }}
{{- $parts := list ($part | replace "*" "~") }}
{{- if eq $part "**" }}
{{- $parts = list }}
{{- range untilStep 1 (add $longest 2 | int) 1 }}
{{- $parts = append $parts (repeat . "/~" | trimPrefix "/") }}
{{- end }}
{{- end }}
{{- $longer := list }}
{{- range $name := $names }}
{{- range $parts }}
{{- $longer = append $longer (printf "%s/%s" $name . | trimPrefix "/") }}
{{- end }}
{{- end }}
{{- $names = $longer }}
{{- end }}
{{- $all := printf "^(%s)$" (join "|" $covered) }}
{{- $isCovered := not (empty $covered) }}
{{- range $names }}
{{- $isCovered = and $isCovered (regexMatch $all .) }}
{{- end }}
{{- if $isCovered }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* May somebody pull any image of which the name begins with this part? (list $ ASKER PART) */}}
{{- define "registry.mayPullBelow" -}}
{{- $part := index . 2 }}
{{- $isFound := false }}
{{- range include "registry.rulesFor" (list (index . 0) (index . 1) "pull") | fromJsonArray }}
{{- range .repositories }}
{{- $first := splitList "/" . | first }}
{{- $isFound = or $isFound (eq $first "**") (and (contains "/" .) (or (eq $first "*") (eq $first $part))) }}
{{- end }}
{{- end }}
{{- if $isFound }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* A pattern of repositories as an expression: (list PATTERN PART), where PART is one of a part of a name. */}}
{{- define "registry.patternRegex" -}}
{{- $any := index . 1 }}
{{- $parts := list }}
{{- range splitList "/" (index . 0) }}
{{- if eq . "**" }}
{{- $parts = append $parts (printf "%s(?:/%s)*" $any $any) }}
{{- else }}
{{- $parts = append $parts (eq . "*" | ternary $any (regexQuoteMeta .)) }}
{{- end }}
{{- end }}
{{- join "/" $parts }}
{{- end }}

{{- /* Lines of nginx' map over "ACTION REPOSITORY USER GROUPS", as a list in JSON. "-" is nobody, and "!" a name that
       is not accepted. Possessive quantifiers never go back: a long name costs no more than its length. */}}
{{- define "registry.accessLines" -}}
{{- $lines := list }}
{{- $part := "[a-z0-9]++(?:(?:\\.|__?|-++)[a-z0-9]++)*+" }}
{{- $actions := dict "pull" "pull" "push" "(?:pull|push)" "remove" "(?:pull|delete)" "catalog" "catalog" }}
{{- range $rule := include "registry.accessRules" . | fromJsonArray }}
{{- $who := list }}
{{- range $rule.users }}
{{- $who = append $who (printf "%s .*" (regexQuoteMeta .)) }}
{{- end }}
{{- range $rule.groups }}
{{- $who = append $who (printf "[^ !-][^ ]* .*[,|]%s[,|].*" (regexQuoteMeta .)) }}
{{- end }}
{{- if $rule.allUsers }}
{{- $who = append $who "[^ !-][^ ]* .*" }}
{{- end }}
{{- if $rule.everyone }}
{{- $who = append $who "[^ ]+ .*" }}
{{- end }}
{{- range eq $rule.action "catalog" | ternary (list "") $rule.repositories }}
{{- $repository := include "registry.patternRegex" (list . $part) }}
{{- range $who }}
{{- $lines = append $lines (printf "\"~^%s %s %s\\z\" 1;" (get $actions $rule.action) $repository .) }}
{{- end }}
{{- end }}
{{- end }}
{{- uniq $lines | toJson }}
{{- end }}

{{- /* Lines of nginx' map from users to groups, as a list in JSON. */}}
{{- define "registry.groupLines" -}}
{{- $users := list }}
{{- range $its := .Values.access.groups }}
{{- $users = concat $users $its }}
{{- end }}
{{- $lines := list }}
{{- range uniq $users | sortAlpha }}
{{- $groups := include "registry.groupsOfUser" (list $ .) | fromYamlArray | join "," }}
{{- $lines = append $lines (printf "\"~^%s\\z\" \"%s\";" (regexQuoteMeta .) $groups) }}
{{- end }}
{{- toJson $lines }}
{{- end }}

{{- /* Names of users, where they are known: a list in YAML. */}}
{{- define "registry.userNames" -}}
{{- $users := include "registry.usersSource" . }}
{{- $names := list }}
{{- if eq $users "generated" }}
{{- $names = list .Values.auth.username }}
{{- else if eq $users "given" }}
{{- range include "registry.htpasswdEntries" .Values.auth.htpasswd | splitList "\n" }}
{{- if regexMatch (include "registry.htpasswdEntry" $) . }}
{{- $names = append $names (splitList ":" . | first) }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $names }}
{{- end }}

{{- /* The table of who may do what: a line for each user, and a column for each pattern. */}}
{{- define "registry.accessTable" -}}
{{- $rules := include "registry.accessRules" . | fromJsonArray }}
{{- $users := include "registry.userNames" . | fromYamlArray }}
{{- $labels := list "" "without a login" }}
{{- $askers := list (dict "user" "" "groups" list) }}
{{- if and (not $users) (ne (include "registry.usersSource" .) "none") }}
{{- $labels = append $labels "any other user" }}
{{- $askers = append $askers (dict "user" "~" "groups" list) }}
{{- end }}
{{- $groups := list }}
{{- if include "registry.hasVerifier" . }}
{{- range $rules }}
{{- $groups = concat $groups .groups }}
{{- end }}
{{- end }}
{{- range uniq $groups }}
{{- $labels = append $labels (printf "group %s" .) }}
{{- $askers = append $askers (dict "user" "~" "groups" (list .)) }}
{{- end }}
{{- $patterns := list }}
{{- range $rules }}
{{- $users = concat $users .users }}
{{- $patterns = concat $patterns .repositories }}
{{- end }}
{{- range $its := .Values.access.groups }}
{{- $users = concat $users $its }}
{{- end }}
{{- range uniq $users }}
{{- $labels = append $labels . }}
{{- $askers = append $askers (dict "user" . "groups" (include "registry.groupsOfUser" (list $ .) | fromYamlArray)) }}
{{- end }}
{{- $columns := list }}
{{- range $pattern := uniq $patterns }}
{{- $column := list $pattern }}
{{- range $asker := $askers }}
{{- $words := list }}
{{- range $action, $word := dict "pull" "pull" "push" "push" "remove" "delete" }}
{{- if include "registry.mayDoIn" (list $ $asker $action $pattern) }}
{{- $words = append $words $word }}
{{- end }}
{{- end }}
{{- $column = append $column (join " " $words | default "-") }}
{{- end }}
{{- $columns = append $columns $column }}
{{- end }}
{{- $catalog := list "catalog" }}
{{- range $askers }}
{{- $catalog = append $catalog (include "registry.mayDo" (list $ . "catalog") | eq "true" | ternary "list" "-") }}
{{- end }}
{{- include "registry.table" (list $labels (append $columns $catalog)) }}
{{- end }}

{{- /* Columns beside labels. What is wider than 110 characters is continued below. (list LABELS COLUMNS) */}}
{{- define "registry.table" -}}
{{- $labels := index . 0 }}
{{- $block := list }}
{{- range $column := index . 1 }}
{{- $width := 0 }}
{{- range append $block $column }}
{{- $width = add $width (include "registry.widthOf" .) 2 }}
{{- end }}
{{- if and $block (gt $width 110) }}
{{- include "registry.tableBlock" $block }}
{{ $block = list }}
{{- end }}
{{- $block = append (default (list $labels) $block) $column }}
{{- end }}
{{- include "registry.tableBlock" $block }}
{{- end }}

{{- /* Its lines, each cell as wide as its column. */}}
{{- define "registry.tableBlock" -}}
{{- $columns := . }}
{{- range $row, $_ := first $columns }}
{{- $line := "" }}
{{- range $columns }}
{{- $line = printf "%s%-*s  " $line (include "registry.widthOf" . | int) (index . $row) }}
{{- end }}
{{ regexReplaceAll " +$" $line "" }}
{{- end }}
{{- end }}

{{- define "registry.widthOf" -}}
{{- $width := 0 }}
{{- range . }}
{{- $width = max $width (len .) }}
{{- end }}
{{- $width }}
{{- end }}
