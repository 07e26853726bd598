{{- /*
Where images are stored. Each kind of storage has templates registry.TYPE.PART for what it adds to config.yml
(driver), to the pod (env, volumes, mounts), to the pod's NetworkPolicy (egress) and to the pod's checksum
(secrets), and registry.TYPE.redirects, which says whether clients are redirected to it by default.
*/}}

{{- /* A part of the storage: (list $ PART). Nothing where the kind of storage doesn't have it. */}}
{{- define "registry.storage" -}}
{{- $root := index . 0 }}
{{- include (printf "registry.%s.%s" $root.Values.storage.type (index . 1)) $root | trim }}
{{- if has (index . 1) (list "env" "volumes" "mounts" "egress" "secrets") }}
{{- with include (printf "registry.cache.%s" (index . 1)) $root | trim }}
{{ . }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Can several pods use the storage at once? */}}
{{- define "registry.storageIsShared" -}}
{{- if has (include "registry.storageKind" .) (list "objectStore" "ReadWriteMany") }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* What images are kept in: objectStore, ephemeral, hostPath, or a claim, by its access mode. */}}
{{- define "registry.storageKind" -}}
{{- if ne .Values.storage.type "filesystem" }}
{{- "objectStore" }}
{{- else if not .Values.persistence.enabled }}
{{- "ephemeral" }}
{{- else if and .Values.persistence.hostPath.path (not .Values.persistence.existingClaim) }}
{{- "hostPath" }}
{{- else }}
{{- .Values.persistence.accessMode }}
{{- end }}
{{- end }}

{{- /* The same, as messages name it. */}}
{{- define "registry.storageName" -}}
{{- get (dict "s3" "S3" "gcs" "GCS" "azure" "Azure" "swift" "Swift") .Values.storage.type | default (include "registry.storageKind" .) }}
{{- end }}

{{- /* The claim, which may be one that exists. */}}
{{- define "registry.claimName" -}}
{{- with .Values.persistence }}
{{- .existingClaim | default .claimName | default (include "registry.fullname" $) }}
{{- end }}
{{- end }}

{{- /* Does the registry redirect clients to the bucket for blobs? Not to a volume, which has no address. */}}
{{- define "registry.redirects" -}}
{{- $default := include "registry.storage" (list . "redirects") }}
{{- include "registry.flag" (list .Values.storage.redirect $default) }}
{{- end }}

{{- define "registry.filesystem.driver" -}}
filesystem:
  rootdirectory: /var/lib/registry
{{- end }}

{{- define "registry.filesystem.volumes" -}}
- name: data
  {{- if .Values.persistence.enabled }}
  persistentVolumeClaim:
    claimName: {{ include "registry.claimName" . | quote }}
  {{- else if .Values.persistence.sizeLimit }}
  emptyDir:
    sizeLimit: {{ .Values.persistence.sizeLimit | quote }}
  {{- else }}
  emptyDir: {}
  {{- end }}
{{- end }}

{{- define "registry.filesystem.mounts" -}}
- name: data
  mountPath: /var/lib/registry
{{- end }}

{{- /* Name of the volume that is a directory of a node. It is cluster-scoped; neither part has a dot. */}}
{{- define "registry.hostPathVolumeName" -}}
{{- $usual := printf "%s.%s" .Release.Namespace (include "registry.fullname" .) }}
{{- .Values.persistence.hostPath.volumeName | default $usual }}
{{- end }}

{{- /* Is the owner of that directory changed before the registry starts? */}}
{{- define "registry.fixesOwner" -}}
{{- if and (eq (include "registry.storageKind" .) "hostPath") .Values.persistence.hostPath.fixOwner }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Changes the owner, as root. Without further capabilities root can't read folders that are closed to
       others: each is given to root before its content is listed. The topmost folder comes last, so that an
       interrupted run is repeated. */}}
{{- define "registry.ownerFixer" -}}
- name: fix-owner
  image: {{ include "registry.image" (list . .Values.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command:
    - sh
    - -ec
    - |-
      if [ "$(stat -c %u:%g "$0")" != "$1" ]; then
        find "$0" -type d -exec chown 0:0 {} \;
        find "$0" -depth -exec chown -h "$1" {} +
      fi
    - /var/lib/registry
    - {{ printf "%d:%d" (int64 .Values.userId) (int64 .Values.userId) | quote }}
  volumeMounts:
    {{- include "registry.filesystem.mounts" . | nindent 4 }}
  resources:
    {{- include "registry.serverResources" . | nindent 4 }}
  {{- $root := dict "runAsNonRoot" false "runAsUser" 0 "runAsGroup" 0 }}
  {{- $_ := set $root "capabilities" (dict "drop" (list "ALL") "add" (list "CHOWN")) }}
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext $root) | nindent 4 }}
{{- end }}

{{- define "registry.filesystem.redirects" }}{{ end }}
{{- define "registry.filesystem.env" }}{{ end }}
{{- define "registry.filesystem.egress" }}{{ end }}
{{- define "registry.filesystem.secrets" }}{{ end }}

{{- /* A volume's source: a file of a Secret that only the pod's group can read. (list SECRET KEY PATH) */}}
{{- define "registry.secretFile" -}}
secret:
  secretName: {{ index . 0 | quote }}
  defaultMode: 288 # 0440
  items:
    - key: {{ index . 1 | quote }}
      path: {{ index . 2 | quote }}
{{- end }}

{{- /* An environment variable from a Secret: (list NAME SECRET KEY). */}}
{{- define "registry.envFromSecret" -}}
- name: {{ index . 0 }}
  valueFrom:
    secretKeyRef:
      name: {{ index . 1 | quote }}
      key: {{ index . 2 | quote }}
{{- end }}

{{- /* The same for a Secret that this chart doesn't write. The registry parses its variables as YAML;
       Kubernetes expands the string inside of a block scalar, which takes every character as it is. */}}
{{- define "registry.textFromSecret" -}}
{{- $name := index . 0 }}
{{- $text := printf "TEXT_OF_%s" $name }}
{{- include "registry.envFromSecret" (list $text (index . 1) (index . 2)) }}
- name: {{ $name }}
  value: {{ printf "|2-\n  $(%s)" $text | quote }}
{{- end }}

{{- /* A string as the registry parses it from a variable that is YAML. */}}
{{- define "registry.yamlText" -}}
{{- $isPlain := regexMatch "^[A-Za-z][A-Za-z0-9+/=_.~-]*$" . }}
{{- if and $isPlain (not (regexMatch "^(?i:true|false|yes|no|on|off|null|y|n)$" .)) }}
{{- . }}
{{- else }}
{{- toRawJson . }}
{{- end }}
{{- end }}

{{- /* Annotations of a claim that outlives its release, and is not pruned by Argo CD or Flux. */}}
{{- define "registry.keptVolume" -}}
helm.sh/resource-policy: keep
argocd.argoproj.io/sync-options: Prune=false,Delete=false
kustomize.toolkit.fluxcd.io/prune: disabled
{{- end }}
