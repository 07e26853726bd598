{{- /* Snapshots on a schedule: the container of their CronJob. Its script is the constructs' (files/snapshot.sh). */}}

{{- define "registry.snapshotContainer" -}}
- name: snapshot
  image: {{ include "registry.image" (list . .Values.snapshots.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command:
    - sh
    - -c
    - |
      {{- .Files.Get "files/snapshot.sh" | nindent 6 }}
    - snapshot
  env:
    {{- include "registry.pausingEnv" . | nindent 4 }}
    - name: FIGURES
      value: {{ include "registry.objectName" (list . "snapshots") | quote }}
    - name: CLAIM
      value: {{ include "registry.claimName" . | quote }}
    - name: CLASS
      {{- with .Values.snapshots.snapshotClassName }}
      value: {{ . | quote }}
      {{- end }}
    - name: KEEP
      value: {{ int64 .Values.snapshots.keep | quote }}
    - name: PAUSE_SECONDS
      value: {{ include "registry.seconds" .Values.snapshots.pauseLimit | quote }}
    - name: SETTLE_SECONDS
      value: "60"
  resources:
    {{- $defaults := include "registry.pausingResources" . | fromYaml }}
    {{- $defaults = dict "cpu" $defaults.requests.cpu "memory" $defaults.requests.memory "memoryLimit" $defaults.limits.memory }}
    {{- include "registry.resources" (set $defaults "given" .Values.snapshots.resources) | nindent 4 }}
  volumeMounts:
    - name: snapshot-api
      mountPath: /api
      readOnly: true
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}
