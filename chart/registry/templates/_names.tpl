{{- /* The chart's name in labels. */}}
{{- define "registry.name" -}}
{{- default .Chart.Name .Values.nameOverride | trunc 50 | trimSuffix "-" }}
{{- end }}

{{- /* The prefix of all object names. At most 50 characters: Services have names that are made from it, such
       as <fullname>-metrics, and those end at 63. */}}
{{- define "registry.fullname" -}}
{{- $name := default .Chart.Name .Values.nameOverride }}
{{- if .Values.fullnameOverride }}
{{- .Values.fullnameOverride | trunc 50 | trimSuffix "-" }}
{{- else if contains $name .Release.Name }}
{{- .Release.Name | trunc 50 | trimSuffix "-" }}
{{- else }}
{{- printf "%s-%s" .Release.Name $name | trunc 50 | trimSuffix "-" }}
{{- end }}
{{- end }}

{{- /* Name and version of the chart, as a label's value. */}}
{{- define "registry.chart" -}}
{{- printf "%s-%s" .Chart.Name .Chart.Version | replace "+" "_" | trunc 63 | trimSuffix "-" }}
{{- end }}

{{- /* Name of an object: (list $ SUFFIX), such as "auth" for <fullname>-auth, or "" for <fullname>. */}}
{{- define "registry.objectName" -}}
{{- $fullname := include "registry.fullname" (index . 0) }}
{{- with index . 1 }}
{{- printf "%s-%s" $fullname . }}
{{- else }}
{{- $fullname }}
{{- end }}
{{- end }}
