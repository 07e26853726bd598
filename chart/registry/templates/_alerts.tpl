{{- /* Alerts for Prometheus. Their texts are the constructs' (files/alerts.json, files/cache-alerts.json), and are filled in
       here. */}}

{{- /* Fills words into a text in JSON: (dict "text" TEXT "words" MAP). In one go: what is filled in may have an "@". */}}
{{- define "registry.filledInJson" -}}
{{- $words := .words }}
{{- range $index, $part := splitList "@" .text }}
{{- if eq (mod $index 2) 0 }}
{{- $part }}
{{- else if hasKey $words $part }}
{{- get $words $part | toString | toRawJson | trimPrefix "\"" | trimSuffix "\"" }}
{{- else }}
{{- printf "@%s@" $part }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The rules of alerts: (dict "alerts" ALERTS "given" VALUES "registry" NAME "namespace" NAMESPACE), with what is added to all of them. A list
       in YAML. */}}
{{- define "registry.alertRules" -}}
{{- $given := .given }}
{{- $about := dict "registry" .registry "namespace" .namespace }}
{{- $usual := "https://github.com/cdk8s-registry/cdk8s-registry/blob/main/docs/operations/runbooks.md" }}
{{- $rules := list }}
{{- range .alerts }}
{{- $labels := dict "severity" .severity "exporter" .exporter }}
{{- $labels = merge $labels $about $given.alertLabels }}
{{- $runbook := printf "%s#%s" ($given.runbooksUrl | default $usual) (lower .name) }}
{{- $annotations := dict "summary" .summary "description" .description "runbook_url" $runbook }}
{{- $rule := dict "alert" .name "expr" .expr "labels" $labels "annotations" $annotations }}
{{- if hasKey . "for" }}
{{- $_ := set $rule "for" (get . "for") }}
{{- end }}
{{- $rules = append $rules $rule }}
{{- end }}
{{- toYaml $rules }}
{{- end }}

{{- /* The alerts about a registry that its values leave. A list in JSON. */}}
{{- define "registry.alerts" -}}
{{- include "registry.alertsWith" (list . (include "registry.watchedCronJobs" . | fromJsonArray) (include "registry.watchedBackup" . | fromJson)) }}
{{- end }}

{{- /* The same with these CronJobs, and this backup: (list $ CRONJOBS WORDS). */}}
{{- define "registry.alertsWith" -}}
{{- $cronJobs := index . 1 }}
{{- $backup := index . 2 }}
{{- with index . 0 }}
{{- $alerts := list }}
{{- $exporters := list }}
{{- $names := dict }}
{{- $without := .Values.alerts.without }}
{{- $if := include "registry.monitoredIf" (list . .Values.alerts) | fromJson }}
{{- $words := merge (include "registry.monitoredWords" (list . .Values.alerts $cronJobs) | fromJson) $backup }}
{{- $_ := set $if "cron-jobs" $cronJobs }}
{{- $_ := set $if "backup" $backup }}
{{- $_ := set $if "probe" .Values.alerts.blackboxInstance }}
{{- $file := .Files.Get "files/alerts.json" | fromJson }}
{{- range $alert := $file.alerts }}
{{- if and (include "registry.allHold" (list $if (get $alert "if"))) (not (has $alert.name $without)) }}
{{- $fillings := list dict }}
{{- if hasKey $alert "each" }}
{{- $fillings = $cronJobs }}
{{- end }}
{{- range $filling := $fillings }}
{{- $text := include "registry.filledInJson" (dict "text" (toRawJson $alert) "words" $filling) }}
{{- $alerts = append $alerts (include "registry.filledInJson" (dict "text" $text "words" $words) | fromJson) }}
{{- $exporters = append $exporters $alert.exporter }}
{{- $of := get $names $alert.exporter | default list }}
{{- $_ := set $names $alert.exporter (append $of $alert.name | uniq) }}
{{- end }}
{{- end }}
{{- end }}
{{- range $exporter := uniq $exporters }}
{{- range $alert := $file.missing }}
{{- if and (eq $alert.exporter $exporter) (not (has $alert.name $without)) }}
{{- $all := merge (dict "alerts" (get $names $exporter | join ", ")) $words }}
{{- $alerts = append $alerts (include "registry.filledInJson" (dict "text" (toRawJson $alert) "words" $all) | fromJson) }}
{{- end }}
{{- end }}
{{- end }}
{{- toJson $alerts }}
{{- end }}
{{- end }}

{{- /* Do all of these hold? (list MAP NAMES) */}}
{{- define "registry.allHold" -}}
{{- $if := index . 0 }}
{{- $holds := true }}
{{- range index . 1 }}
{{- if not (get $if .) }}
{{- $holds = false }}
{{- end }}
{{- end }}
{{- if $holds }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* The exporters of (list $ VALUES), with those of alerts or of the dashboard. A list in JSON. */}}
{{- define "registry.exporters" -}}
{{- $usual := list "kube-state-metrics" "kubelet" }}
{{- if include "registry.monitoredCertificate" . }}
{{- $usual = append $usual "cert-manager" }}
{{- end }}
{{- (index . 1).exporters | default $usual | toJson }}
{{- end }}

{{- /* cert-manager's Certificate: (list $ VALUES). */}}
{{- define "registry.monitoredCertificate" -}}
{{- $root := index . 0 }}
{{- $issued := has (include "registry.certificateSource" $root) (list "certManager" "annotation") }}
{{- (index . 1).certificateName | default ($issued | ternary (include "registry.tlsSecretName" $root) "") }}
{{- end }}

{{- /* Which alerts and panels there are: (list $ VALUES). A map in JSON. */}}
{{- define "registry.monitoredIf" -}}
{{- $root := index . 0 }}
{{- $exporters := include "registry.exporters" . | fromJsonArray }}
{{- $claim := include "registry.monitoredClaim" $root }}
{{- $isOld := eq (include "registry.majorVersion" $root) "2" }}
{{- $if := dict "kube" (has "kube-state-metrics" $exporters) "v2" $isOld "v3" (not $isOld) }}
{{- $_ := set $if "volume" (and $claim (has "kubelet" $exporters) | empty | not) }}
{{- /* Without a certificate to watch cert-manager is refused. */}}
{{- $_ := set $if "certificate" (has "cert-manager" $exporters) }}
{{- $_ := set $if "descriptor-cache" $root.Values.storage.descriptorCache.type }}
{{- $_ := set $if "no-kube" (not $if.kube) }}
{{- toJson $if }}
{{- end }}

{{- /* The claim of the images. */}}
{{- define "registry.monitoredClaim" -}}
{{- if eq (include "registry.storageKind" .) "hostPath" }}
{{- include "registry.claimName" . }}
{{- else }}
{{- include "registry.claimOf" . }}
{{- end }}
{{- end }}

{{- /* What alerts and panels call the registry: (list $ VALUES CRONJOBS). A map in JSON. */}}
{{- define "registry.monitoredWords" -}}
{{- $root := index . 0 }}
{{- $given := index . 1 }}
{{- $name := include "registry.fullname" $root }}
{{- $deployments := list $name }}
{{- if include "registry.hasUi" $root }}
{{- $deployments = append $deployments (include "registry.objectName" (list $root "ui")) }}
{{- end }}
{{- include "registry.prepareCaches" $root }}
{{- $cacheJobs := list }}
{{- range $root.Values.cacheContexts }}
{{- $deployments = append $deployments (include "registry.fullname" .) }}
{{- if .Values.metrics.enabled }}
{{- $cacheJobs = append $cacheJobs (include "registry.objectName" (list . "metrics")) }}
{{- end }}
{{- end }}
{{- $words := dict "name" $name "namespace" $root.Release.Namespace "deployments" (join "|" $deployments) }}
{{- $_ := set $words "job" ($given.job | default (include "registry.objectName" (list $root "metrics"))) }}
{{- $_ := set $words "cache-jobs" (join "|" $cacheJobs) }}
{{- $_ := set $words "claim" (include "registry.monitoredClaim" $root) }}
{{- $_ := set $words "certificate" (include "registry.monitoredCertificate" .) }}
{{- $_ := set $words "probe" ($given.blackboxInstance | default "") }}
{{- with $given.thresholds }}
{{- $_ := set $words "unavailable" (printf "%ss" (include "registry.seconds" .unavailable)) }}
{{- $_ := set $words "error-ratio" ((divf .errorPercent 100) | toString) }}
{{- $_ := set $words "manifest-seconds" ((divf .manifestLatencyMilliseconds 1000) | toString) }}
{{- $_ := set $words "storage-seconds" ((divf .storageLatencyMilliseconds 1000) | toString) }}
{{- $_ := set $words "volume-free-ratio" ((divf .volumeFreePercent 100) | toString) }}
{{- $_ := set $words "volume-full-days" ((int .volumeFullDays) | toString) }}
{{- $_ := set $words "volume-full-seconds" ((mul .volumeFullDays 86400) | toString) }}
{{- $_ := set $words "certificate-seconds" ((mul .certificateDays 86400) | toString) }}
{{- end }}
{{- $cronJobs := list }}
{{- range index . 2 }}
{{- $cronJobs = append $cronJobs (get . "cron-jobs" | replace "." "\\\\.") }}
{{- end }}
{{- $_ := set $words "cron-jobs" (join "|" $cronJobs) }}
{{- toJson $words }}
{{- end }}

{{- /* CronJobs that must succeed, in words of files/alerts.json: a list in JSON. What is given replaces what is known. */}}
{{- define "registry.watchedCronJobs" -}}
{{- include "registry.once" (list . "watchedCronJobs") }}
{{- end }}

{{- define "registry.new.watchedCronJobs" -}}
{{- $given := list }}
{{- $all := list }}
{{- range .Values.alerts.cronJobs }}
{{- $given = append $given .name }}
{{- end }}
{{- range include "registry.ownCronJobs" . | fromJsonArray }}
{{- if not (has .name $given) }}
{{- $all = append $all . }}
{{- end }}
{{- end }}
{{- range .Values.alerts.cronJobs }}
{{- $all = append $all (dict "name" .name "seconds" (include "registry.seconds" .within)) }}
{{- end }}
{{- $watched := list }}
{{- range $all }}
{{- $seconds := int64 .seconds }}
{{- $watched = append $watched (dict "cron-jobs" .name "seconds" (toString $seconds) "shown" (include "registry.shownHours" $seconds)) }}
{{- end }}
{{- toJson $watched }}
{{- end }}

{{- /* Seconds in hours or days. */}}
{{- define "registry.shownHours" -}}
{{- if ge (int64 .) 259200 }}
{{- printf "%v days" (round (divf . 86400) 1) }}
{{- else }}
{{- printf "%v hours" (round (divf . 3600) 1) }}
{{- end }}
{{- end }}

{{- /* Velero's Schedule in words of files/alerts.json, with the seconds after which a backup is missing; else an empty map. Velero
       waits four hours for snapshots by default, an hour is for daylight saving, and one for a queue. */}}
{{- define "registry.watchedBackup" -}}
{{- $words := dict }}
{{- with .Values.velero }}
{{- if and .enabled (not .suspend) }}
{{- with include "registry.longestPause" .schedule }}
{{- $seconds := add (int64 .) 21600 }}
{{- $words = dict "backup" (include "registry.veleroName" $) "backup-seconds" (toString $seconds) "backup-shown" (include "registry.shownHours" $seconds) }}
{{- end }}
{{- end }}
{{- end }}
{{- toJson $words }}
{{- end }}

{{- /* What others wrote may be anything: (list MAP KEY), an empty map unless one is there. JSON. */}}
{{- define "registry.mapIn" -}}
{{- $value := get (index . 0) (index . 1) }}
{{- toJson (kindIs "map" $value | ternary $value dict) }}
{{- end }}

{{- /* (list MAP KEY): a whole number of seconds, at most 1096 days, or 0. */}}
{{- define "registry.secondsIn" -}}
{{- $value := get (index . 0) (index . 1) }}
{{- $isWhole := and (kindIs "float64" $value) (regexMatch "^[0-9]+$" (toJson $value)) }}
{{- $isWhole | ternary $value 0 | int64 | min 94694400 }}
{{- end }}

{{- /* The release's CronJobs by name, and how many seconds may pass between two successes: a list in JSON. A run may begin
       late and take its time; an hour is for daylight saving, and one for pods that start slowly. */}}
{{- define "registry.ownCronJobs" -}}
{{- include "registry.once" (list . "ownCronJobs") }}
{{- end }}

{{- define "registry.new.ownCronJobs" -}}
{{- $objects := list }}
{{- range include "registry.objectFiles" . | fromYamlArray }}
{{- if hasSuffix "-cronjob" . }}
{{- range include (printf "%s/%s.yaml" $.Template.BasePath .) $ | splitList "\n---\n" }}
{{- with fromYaml . }}
{{- $objects = append $objects . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- range .Values.extraObjects }}
{{- if eq (.metadata.namespace | default "") $.Release.Namespace }}
{{- $objects = append $objects . }}
{{- end }}
{{- end }}
{{- $all := dict }}
{{- range $objects }}
{{- if eq .kind "CronJob" }}
{{- $name := .metadata.name }}
{{- $labels := include "registry.mapIn" (list .metadata "labels") | fromJson }}
{{- $spec := include "registry.mapIn" (list . "spec") | fromJson }}
{{- $isOwn := eq (get $labels "app.kubernetes.io/part-of" | toString) (include "registry.fullname" $) }}
{{- if and $isOwn (kindIs "string" $spec.schedule) (ne (toString $spec.suspend) "true") }}
{{- $job := include "registry.mapIn" (list (include "registry.mapIn" (list $spec "jobTemplate") | fromJson) "spec") | fromJson }}
{{- with include "registry.longestPause" $spec.schedule }}
{{- $late := include "registry.secondsIn" (list $spec "startingDeadlineSeconds") }}
{{- $run := include "registry.secondsIn" (list $job "activeDeadlineSeconds") }}
{{- $_ := set $all $name (add (int64 .) (int64 $late) (int64 $run) 7200 | toString) }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- $list := list }}
{{- range keys $all | sortAlpha }}
{{- $list = append $list (dict "name" . "seconds" (get $all .)) }}
{{- end }}
{{- toJson $list }}
{{- end }}
