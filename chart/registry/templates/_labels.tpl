{{- /* Immutable labels, by which selectors find a component's pods: (list $ COMPONENT). */}}
{{- define "registry.selectorLabels" -}}
{{- $root := index . 0 -}}
app.kubernetes.io/name: {{ include "registry.name" $root | quote }}
app.kubernetes.io/instance: {{ $root.Release.Name | quote }}
app.kubernetes.io/component: {{ index . 1 | quote }}
{{- end }}

{{- /* Labels of an object: (list $ COMPONENT), and more of its own as a third entry. What users set goes
       last: it may replace `app`. The schema refuses labels that selectors use. */}}
{{- define "registry.labels" -}}
{{- $root := index . 0 }}
{{- $labels := include "registry.standardLabels" . | fromYaml }}
{{- $_ := set $labels "helm.sh/chart" (include "registry.chart" $root) }}
{{- $_ := set $labels "app.kubernetes.io/version" $root.Chart.AppVersion }}
{{- $own := index (append . dict) 2 }}
{{- include "registry.merged" (list $labels $root.Values.commonLabels $own) }}
{{- end }}

{{- /* Labels of pods: (list $ COMPONENT PODLABELS). Without the chart's version, which would roll the pods
       with each upgrade. */}}
{{- define "registry.podLabels" -}}
{{- $labels := include "registry.standardLabels" . | fromYaml }}
{{- include "registry.merged" (list $labels (index . 0).Values.commonLabels (index . 2)) }}
{{- end }}

{{- define "registry.standardLabels" -}}
{{- $root := index . 0 }}
{{- $component := index . 1 }}
{{- $fullname := include "registry.fullname" $root -}}
{{ include "registry.selectorLabels" . }}
app.kubernetes.io/part-of: {{ $fullname | quote }}
app.kubernetes.io/managed-by: {{ $root.Release.Service | quote }}
{{- /* A label has at most 63 characters. */}}
app: {{ eq $component "registry" | ternary $fullname (printf "%s-%s" $fullname $component | trunc 63) | quote }}
{{- end }}

{{- /* The field `annotations` of an object, or nothing: (list $), and more of its own as further entries.
       Those of the object replace commonAnnotations, and later entries replace earlier ones. */}}
{{- define "registry.annotations" -}}
{{- with include "registry.merged" (prepend (rest .) (first .).Values.commonAnnotations) }}
annotations:
  {{- . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* Maps of strings as one map; later ones win, with empty strings too. Nothing for an empty map. */}}
{{- define "registry.merged" -}}
{{- $all := dict }}
{{- range . }}
{{- range $key, $value := . }}
{{- $_ := set $all $key $value }}
{{- end }}
{{- end }}
{{- if $all }}
{{- toYaml $all }}
{{- end }}
{{- end }}

{{- /* Metadata of an object: (list $ COMPONENT SUFFIX ANNOTATIONS LABELS). SUFFIX is that of its name, "" for
       none. ANNOTATIONS and LABELS are its own, besides those of all objects; both may be left out. */}}
{{- define "registry.metadata" -}}
{{- $root := index . 0 }}
{{- $component := index . 1 }}
{{- $arguments := concat . (list dict dict) -}}
name: {{ include "registry.objectName" (list $root (index . 2)) | quote }}
namespace: {{ $root.Release.Namespace | quote }}
labels:
  {{- include "registry.labels" (list $root $component (index $arguments 4)) | nindent 2 }}
{{- include "registry.annotations" (list $root (index $arguments 3)) }}
{{- end }}
