{{- /*
Names of objects. Start here: how these templates are made.

A file NAME.yaml writes one object, and begins with the condition under which it exists. What several files ask
for is a helper, registry.NAME, in a file by subject: _routes.tpl (how clients reach the registry), _tls.tpl,
_secrets.tpl, _storage.tpl and a file for each kind of storage, _config.tpl (config.yml), _pod.tpl and so on.
_validation*.tpl refuse values that contradict each other; _notes*.tpl are the steps of NOTES.txt.

A helper takes the root context, or what its comment says in parentheses: (list $ NAME) or (dict "key" VALUE).
One that answers yes or no prints "true" or nothing, for `if include "registry.tlsInPod" .`. One that chooses
prints a word of those in its comment. YAML begins at column 0, for nindent; lists and maps for use in templates
are YAML or JSON too, for fromYaml, fromYamlArray, fromJson or fromJsonArray.
*/}}

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
