{{- /* Is there a PodDisruptionBudget? By default, if there are several replicas. */}}
{{- define "registry.hasDisruptionBudget" -}}
{{- $enabled := gt (int64 .Values.replicaCount) 1 }}
{{- if kindIs "bool" .Values.podDisruptionBudget.enabled }}
{{- $enabled = .Values.podDisruptionBudget.enabled }}
{{- end }}
{{- if $enabled }}
{{- "true" }}
{{- end }}
{{- end }}
