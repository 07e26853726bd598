{{- /* The backup that Velero makes: what it saves. */}}

{{- define "registry.veleroName" -}}
{{- .Values.velero.objectName | default (printf "%s.%s" .Release.Namespace (include "registry.fullname" .)) }}
{{- end }}

{{- /* Is there a volume that Velero can save? Not a directory of a node, nor a bucket. */}}
{{- define "registry.isSavedByVelero" -}}
{{- if not (has (include "registry.storageKind" .) (list "objectStore" "ephemeral" "hostPath")) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* How the volume is saved. */}}
{{- define "registry.veleroVolumes" -}}
{{- .Values.velero.volumes | default (eq (include "registry.isSavedByVelero" .) "true" | ternary "Snapshot" "None") }}
{{- end }}

{{- /* The pod's annotation with the volumes of which Velero saves the files. */}}
{{- define "registry.savedVolumes" -}}
{{- if and .Values.velero.enabled (eq (include "registry.veleroVolumes" .) "FileSystem") }}
{{- if not (hasKey .Values.podAnnotations "backup.velero.io/backup-volumes") -}}
backup.velero.io/backup-volumes: data
{{- end }}
{{- end }}
{{- end }}

{{- /* Annotations of the registry's pods that suit a pod beside them. Velero reads the names of volumes and containers in
       its own, and such a pod has others. */}}
{{- define "registry.pausingPodAnnotations" -}}
{{- range $key, $value := .Values.podAnnotations }}
{{- if not (regexMatch "(^|\\.)velero\\.io/" $key) }}
{{ $key | quote }}: {{ $value | quote }}
{{- end }}
{{- end }}
{{- end }}
