{{- /* The cluster that Helm speaks to. */}}

{{- /* Its version, as v1.33.1; nothing where Helm speaks to none, as by helm template. There it knows groups of the API by
       heart, and no kinds in them. */}}
{{- define "registry.clusterVersion" -}}
{{- if .Capabilities.APIVersions.Has "v1/Pod" }}
{{- .Capabilities.KubeVersion.Version }}
{{- end }}
{{- end }}

{{- /* The 33 of v1.33.1. */}}
{{- define "registry.minorVersion" -}}
{{- regexReplaceAll "^v?1[.]([0-9]+).*" . "${1}" }}
{{- end }}
