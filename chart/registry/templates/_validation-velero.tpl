{{- /* What Velero can't save, and how it is not told so. */}}

{{- define "registry.problemsOfVelero" -}}
{{- if .Values.velero.enabled }}
{{- with .Values.velero }}
{{- $volumes := include "registry.veleroVolumes" $ }}
{{- $name := include "registry.veleroName" $ }}
{{- if gt (len $name) 63 }}
velero.objectName: {{ include "registry.shown" $name }} has {{ len $name }} characters, and more than 63; write a shorter velero.objectName [backup-name-too-long]
{{- end }}
{{- if and .volumes (ne .volumes "None") (not (include "registry.isSavedByVelero" $)) }}
velero.volumes: {{ include "registry.shown" .volumes }}, but {{ include "registry.fullname" $ | include "registry.shown" }} has {{ include "registry.storageName" $ }} storage; write None, and save the images with a copy [backup-of-no-volume]
{{- end }}
{{- if and .moveData (ne $volumes "Snapshot") }}
velero.moveData: true, but no snapshot is taken; write velero.volumes: Snapshot, or leave it out [backup-moves-no-snapshot]
{{- end }}
{{- include "registry.problemsOfSchedule" (list "velero.schedule" .schedule) }}
{{- $ttl := include "registry.seconds" .ttl | int64 }}
{{- if lt $ttl 3600 }}
velero.ttl: "{{ $ttl }} s" is not a whole number of seconds, from an hour to 999,999 hours; write e.g. "720h" [backup-kept-too-short]
{{- end }}
{{- $given := get $.Values.podAnnotations "backup.velero.io/backup-volumes" }}
{{- if and (eq $volumes "FileSystem") $given (not (splitList "," $given | has "data")) }}
podAnnotations["backup.velero.io/backup-volumes"]: {{ include "registry.shown" $given }} leaves out the volume "data", which has the images; add data, or leave the annotation out [backup-volumes-without-data]
{{- end }}
{{- end }}
{{- end }}
{{- end }}
