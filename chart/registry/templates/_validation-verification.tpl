{{- /* Refused values of the verification, which are those of `helm test` too. */}}

{{- define "registry.problemsOfVerification" -}}
{{- $verification := .Values.verification }}
{{- range list "test" "verification" }}
{{- if and (ne $verification.address "SERVICE") (index $.Values .).enabled }}
{{- include "registry.problemsOfNodePort" (list (printf "%s.enabled" .) (include "registry.address" $)) }}
{{- end }}
{{- end }}
{{- if or $verification.enabled .Values.test.enabled }}
{{- $kibibytes := include "registry.kibibytes" $verification.layerSize | int64 }}
{{- if or (lt $kibibytes 1024) (gt $kibibytes 5242880) }}
verification.layerSize: {{ include "registry.shown" $verification.layerSize }} is not from 1 MiB to 5 GiB; write e.g. "16Mi" [layer-size-not-in-range]
{{- end }}
{{- include "registry.problemsOfTimeLimit" (list "verification.timeLimit" $verification.timeLimit 60) }}
{{- include "registry.problemsOfResources" (list "verification.resources" $verification.resources) }}
{{- include "registry.problemsOfEgress" (list "verification.allowTo" $verification.allowTo) }}
{{- with include "registry.cacheOfVerification" . }}
verification.repository: {{ include "registry.shown" $verification.repository }} is in the cache of {{ . }}, where nobody can push or delete; name another repository [verification-in-a-cache]
{{- end }}
{{- end }}
{{- if $verification.enabled }}
{{- $name := include "registry.objectName" (list . "verification") }}
{{- if gt (len $name) 52 }}
verification.enabled: true, but the CronJob "{{ $name }}" has a name of {{ len $name }} characters, and more than 52; write a shorter fullnameOverride [verification-name-too-long]
{{- end }}
{{- with $verification.schedule }}
{{- include "registry.problemsOfSchedule" (list "verification.schedule" .) }}
{{- end }}
{{- include "registry.problemsOfVerifyingLogin" . }}
{{- include "registry.problemsOfPodAnnotations" (list "verification" $verification.podAnnotations) }}
{{- end }}
{{- end }}

{{- /* The upstream of the cache that its repository is in. */}}
{{- define "registry.cacheOfVerification" -}}
{{- include "registry.prepareCaches" . }}
{{- range .Values.cacheContexts }}
{{- if hasPrefix (printf "%s/" .Cache.path) $.Values.verification.repository }}
{{- .Cache.upstream }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The CronJob needs a login that may push. */}}
{{- define "registry.problemsOfVerifyingLogin" -}}
{{- $users := include "registry.usersSource" . }}
{{- $secret := .Values.verification.loginSecret }}
{{- if and (eq $users "none") $secret }}
verification.loginSecret: has no effect: the registry asks nobody for a login; leave it out, or give the registry users [login-not-asked-for]
{{- end }}
{{- if and (eq $users "token") $secret }}
verification.loginSecret: is for users of the registry, and these are users of a token service; leave it out: what needs no login is verified [verification-login-with-tokens]
{{- end }}
{{- if and (has $users (list "given" "existingSecret" "verifier")) (not $secret) }}
{{- $reason := eq $users "verifier" | ternary "users and passwords are those of the verifier" "the registry's users are known only by hashes or by a Secret" }}
verification.loginSecret: is missing: {{ $reason }}; write the name of a Secret that kubectl create secret docker-registry makes, or leave verification.enabled out [verification-password-unknown]
{{- end }}
{{- $repository := .Values.verification.repository }}
{{- $user := "" }}
{{- if eq $users "none" }}
{{- $user = "everybody" }}
{{- else if not $secret }}
{{- $user = include "registry.userNames" . | fromYamlArray | first }}
{{- end }}
{{- if and $user (not (include "registry.cacheOfVerification" .)) }}
{{- $asker := dict "user" (eq $users "none" | ternary "" $user) "groups" (include "registry.groupsOfUser" (list . $user) | fromYamlArray) }}
{{- if not (include "registry.mayDoIn" (list . $asker "push" $repository)) }}
verification.repository: no access rule permits {{ include "registry.shown" $user }} to push to "{{ $repository }}"; add a rule with action: push for it to access.rules, name another repository, or set verification.loginSecret [verification-may-not-push]
{{- end }}
{{- end }}
{{- end }}
