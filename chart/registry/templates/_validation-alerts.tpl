{{- /* Refused alerts about the registry, and about a cache, and dashboards. */}}

{{- define "registry.problemsOfAlerts" -}}
{{- with .Values.alerts }}
{{- if .enabled }}
{{- include "registry.problemsOfMonitored" (list $ "alerts" .) }}
{{- include "registry.problemsOfRunbooks" (list "alerts" .) }}
{{- $exporters := include "registry.exporters" (list $ .) | fromJsonArray }}
{{- include "registry.problemsOfDuration" (list "alerts.thresholds.unavailable" .thresholds.unavailable 30 3600) }}
{{- $names := list }}
{{- range $index, $cronJob := .cronJobs }}
{{- if has .name $names }}
alerts.cronJobs[{{ $index }}].name: {{ include "registry.shown" .name }} is in the list already; leave one of the two out [cron-job-given-twice]
{{- end }}
{{- $names = append $names .name }}
{{- include "registry.problemsOfDuration" (list (printf "alerts.cronJobs[%d].within" $index) .within 600 94694400) }}
{{- end }}
{{- if and .cronJobs (not (has "kube-state-metrics" $exporters)) }}
alerts.cronJobs: needs kube-state-metrics; add kube-state-metrics to exporters, or leave cronJobs out [alert-cron-jobs-without-exporter]
{{- end }}
{{- /* The release's own CronJobs and backups are no reason to have alerts, and may not be usable yet. */}}
{{- $given := list }}
{{- range .cronJobs }}
{{- $given = append $given (dict "cron-jobs" .name) }}
{{- end }}
{{- if not (include "registry.alertsWith" (list $ $given dict) | fromJsonArray) }}
alerts.without: leaves no alert; leave an alert in, or write alerts: { enabled: false } [alerts-without-rule]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Alerts about a cache: (list PATH_OF_THE_CACHE CONTEXT). */}}
{{- define "registry.problemsOfCacheAlerts" -}}
{{- $at := printf "%s.alerts" (index . 0) }}
{{- $metrics := (index . 1).Values.metrics }}
{{- with (index . 1).Values.alerts }}
{{- if .enabled }}
{{- include "registry.problemsOfRunbooks" (list $at .) }}
{{- if not (and $metrics.enabled $metrics.serviceMonitor.enabled) }}
{{ $at }}.enabled: needs a ServiceMonitor; add metrics: { enabled: true, serviceMonitor: { enabled: true } } [cache-alerts-without-monitor]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfDashboard" -}}
{{- with .Values.dashboard }}
{{- if .enabled }}
{{- include "registry.problemsOfMonitored" (list $ "dashboard" .) }}
{{- if and .sidecarLabels .operatorLabels }}
dashboard.sidecarLabels: is for the sidecar, but operatorLabels says that the operator brings the dashboard; leave one of the two out [dashboard-for-two]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* What alerts and the dashboard ask for: (list $ GROUP VALUES). */}}
{{- define "registry.problemsOfMonitored" -}}
{{- $root := index . 0 }}
{{- $at := index . 1 }}
{{- $metrics := $root.Values.metrics }}
{{- with index . 2 }}
{{- if not $metrics.enabled }}
{{ $at }}.enabled: has no metrics; write metrics: { enabled: true, serviceMonitor: { enabled: true } } [monitoring-without-metrics]
{{- else if not (or $metrics.serviceMonitor.enabled .job) }}
{{ $at }}.job: is not known: without a ServiceMonitor, the name of Prometheus' job is up to its own configuration; write job: "…", or metrics: { serviceMonitor: { enabled: true } } [monitoring-without-job]
{{- end }}
{{- if and (has "cert-manager" .exporters) (not (include "registry.monitoredCertificate" (list $root .))) }}
{{ $at }}.exporters: names cert-manager, but no Certificate of the registry's is known; write certificateName: "…", or leave cert-manager out [alert-certificate-unknown]
{{- end }}
{{- end }}
{{- end }}

{{- /* The page of the runbooks, which may have a password: (list GROUP VALUES). */}}
{{- define "registry.problemsOfRunbooks" -}}
{{- $url := (index . 1).runbooksUrl }}
{{- if regexMatch "^https?://[^/?]*@|#" $url }}
{{ index . 0 }}.runbooksUrl: is not the URL of a page, without a fragment; write e.g. "https://github.com/cdk8s-registry/cdk8s-registry/blob/main/docs/operations/runbooks.md" [not-a-page]
{{- end }}
{{- end }}

{{- /* A duration: (list PATH DURATION MIN MAX), in seconds. */}}
{{- define "registry.problemsOfDuration" -}}
{{- $seconds := include "registry.seconds" (index . 1) | int64 }}
{{- if or (lt $seconds (index . 2 | int64)) (gt $seconds (index . 3 | int64)) }}
{{ index . 0 }}: "{{ $seconds }} s" is not between {{ index . 2 | int64 }} and {{ index . 3 | int64 }} seconds; write one that is [duration-out-of-range]
{{- end }}
{{- end }}
