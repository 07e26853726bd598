{{- /* The lowest and the highest number of pods. By an autoscaler, two are the lowest by default. */}}
{{- define "registry.maxReplicas" -}}
{{- if .Values.autoscaling.enabled }}
{{- .Values.autoscaling.maxReplicas | default 2 | int64 }}
{{- else }}
{{- int64 .Values.replicaCount }}
{{- end }}
{{- end }}

{{- define "registry.minReplicas" -}}
{{- if .Values.autoscaling.enabled }}
{{- /* What is above the highest number is refused, and what else is wrong is told as if it were not given. */}}
{{- $max := include "registry.maxReplicas" . | int64 }}
{{- $given := .Values.autoscaling.minReplicas | default 2 | int64 }}
{{- le $given $max | ternary $given 2 }}
{{- else }}
{{- int64 .Values.replicaCount }}
{{- end }}
{{- end }}

{{- /* Is there a PodDisruptionBudget? By default, if there are several replicas. */}}
{{- define "registry.hasDisruptionBudget" -}}
{{- $enabled := gt (include "registry.minReplicas" . | int64) 1 }}
{{- if kindIs "bool" .Values.podDisruptionBudget.enabled }}
{{- $enabled = .Values.podDisruptionBudget.enabled }}
{{- end }}
{{- if $enabled }}
{{- "true" }}
{{- end }}
{{- end }}
