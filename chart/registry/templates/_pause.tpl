{{- /*
What makes the registry read-only while it works, and has all of its pods say so: a collection of garbage, and snapshots of
the volume. Both turn one switch, a ConfigMap, so there is one run at a time, of either.
*/}}

{{- /* Which one's ConfigMap is the switch: collection or snapshots, or nothing without both. */}}
{{- define "registry.switch" -}}
{{- if .Values.collection.enabled }}
{{- "collection" }}
{{- else if .Values.snapshots.enabled }}
{{- "snapshots" }}
{{- end }}
{{- end }}

{{- /* The CronJob of one of them: (dict "root" $ "component" COMPONENT "account" NAME "affinity" MAP "containers" TEXT
       "volumes" TEXT). */}}
{{- define "registry.pausingCronJob" -}}
{{- $component := .component }}
{{- $pod := . }}
{{- with .root }}
{{- $given := get .Values $component }}
{{- $labels := include "registry.podLabels" (list . $component dict) -}}
apiVersion: batch/v1
kind: CronJob
metadata:
  {{- include "registry.metadata" (list . $component $component) | nindent 2 }}
spec:
  schedule: {{ $given.schedule | quote }}
  timeZone: {{ $given.timeZone | quote }}
  {{- if $given.suspend }}
  suspend: true
  {{- end }}
  concurrencyPolicy: Forbid
  {{- /* A run that could not start in time comes an hour late at most. */}}
  startingDeadlineSeconds: 3600
  successfulJobsHistoryLimit: 1
  failedJobsHistoryLimit: 3
  jobTemplate:
    metadata:
      labels:
        {{- $labels | nindent 8 }}
    spec:
      {{- /* The first act of the retry is to undo what a run that was killed has left. */}}
      backoffLimit: 1
      activeDeadlineSeconds: {{ include "registry.seconds" $given.timeLimit }}
      template:
        metadata:
          labels:
            {{- include "registry.merged" (list .Values.podLabels ($labels | fromYaml)) | nindent 12 }}
          {{- with include "registry.pausingPodAnnotations" . | fromYaml }}
          annotations:
            {{- toYaml . | nindent 12 }}
          {{- end }}
        {{- /* Where and as whom it runs is as with the registry's pods. */}}
        spec:
          restartPolicy: Never
          {{- $values := omit .Values "affinity" "serviceAccount" }}
          {{- $_ := set $values "serviceAccount" (dict "name" $pod.account) }}
          {{- $_ := set $values "affinity" $pod.affinity }}
          {{- include "registry.podSettings" (list . $values) | nindent 10 }}
          securityContext:
            {{- include "registry.podSecurityContext" (list .Values.userId .Values) | nindent 12 }}
          {{- /* For the undo. */}}
          terminationGracePeriodSeconds: 60
          containers:
            {{- $pod.containers | nindent 12 }}
          volumes:
            {{- $pod.volumes | nindent 12 }}
{{- end }}
{{- end }}

{{- /* The nodes that the registry's pods may run on, as a field of an affinity. */}}
{{- define "registry.pausingNodeAffinity" -}}
{{- with (.Values.affinity | default dict).nodeAffinity }}
nodeAffinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* The variables of the switch. */}}
{{- define "registry.pausingEnv" -}}
{{- $selector := "app.kubernetes.io/name=%s,app.kubernetes.io/instance=%s,app.kubernetes.io/component" }}
{{- $registry := printf $selector (include "registry.name" .) .Release.Name -}}
- name: REGISTRY
  value: {{ include "registry.fullname" . | quote }}
- name: SWITCH
  value: {{ include "registry.objectName" (list . (include "registry.switch" .)) | quote }}
- name: PODS
  value: {{ printf "%s=registry" $registry | quote }}
{{- /* The blanks are those of a URL. */}}
- name: RUNS
  value: {{ printf "%s%%20in%%20(collection,snapshots)" $registry | quote }}
- name: PORT
  value: "5004"
- name: LEASE_SECONDS
  value: "600"
- name: RENEW_SECONDS
  value: "60"
- name: MARGIN_SECONDS
  value: "120"
- name: LOOK_SECONDS
  value: "3"
{{- end }}

{{- /* CPU and memory of a container that asks and waits. */}}
{{- define "registry.pausingResources" -}}
requests:
  cpu: 10m
  memory: 32Mi
limits:
  memory: 128Mi
{{- end }}

{{- /* A volume with what Kubernetes mounts for itself where tokens are mounted. */}}
{{- define "registry.apiVolume" -}}
- name: {{ . }}
  projected:
    sources:
      - serviceAccountToken:
          path: token
          expirationSeconds: 3600
      - configMap:
          name: kube-root-ca.crt
          items:
            - key: ca.crt
              path: ca.crt
      - downwardAPI:
          items:
            - path: namespace
              fieldRef:
                apiVersion: v1
                fieldPath: metadata.namespace
{{- end }}

{{- /* The binding of its Role: (list $ COMPONENT ACCOUNT). */}}
{{- define "registry.pausingRoleBinding" -}}
{{- $root := index . 0 }}
{{- $component := index . 1 -}}
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  {{- include "registry.metadata" (list $root $component $component) | nindent 2 }}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {{ include "registry.objectName" (list $root $component) | quote }}
subjects:
  - kind: ServiceAccount
    name: {{ index . 2 | quote }}
    namespace: {{ $root.Release.Namespace | quote }}
{{- end }}

{{- /* Where its pods connect to: the API server, and one port of the registry's pods. (list $ COMPONENT) */}}
{{- define "registry.pausingEgress" -}}
{{- $root := index . 0 }}
{{- include "registry.egressToDns" $root }}
{{- with (get $root.Values (index . 1)).apiServer }}
{{ toYaml . }}
{{- else }}
{{ include "registry.egressToApiServer" $root }}
{{- end }}
- ports:
    - port: 5004
      protocol: TCP
  to:
    - podSelector:
        matchLabels:
          {{- include "registry.selectorLabels" (list $root "registry") | nindent 10 }}
{{- end }}

{{- /* The NetworkPolicy beside the registry's own, which opens that port: alone it would close the other one.
       (list $ COMPONENT) */}}
{{- define "registry.pausingPolicyOfPods" -}}
{{- $root := index . 0 }}
{{- $component := index . 1 -}}
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata:
  {{- include "registry.metadata" (list $root $component (printf "%s-of-pods" $component)) | nindent 2 }}
spec:
  podSelector:
    matchLabels:
      {{- include "registry.selectorLabels" (list $root "registry") | nindent 6 }}
  policyTypes: [Ingress]
  ingress:
    - ports:
        - port: collection
          protocol: TCP
      from:
        - podSelector:
            matchLabels:
              {{- include "registry.selectorLabels" (list $root $component) | nindent 14 }}
{{- end }}

{{- /* When it runs, where its API server is, and how long it pauses and runs: (list $ COMPONENT PROPERTY LEAST), with the
       property of the pause and its least seconds. */}}
{{- define "registry.problemsOfPause" -}}
{{- $component := index . 1 }}
{{- $given := get (index . 0).Values $component }}
{{- $property := index . 2 }}
{{- include "registry.problemsOfSchedule" (list (printf "%s.schedule" $component) $given.schedule) }}
{{- include "registry.problemsOfEgress" (list (printf "%s.apiServer" $component) $given.apiServer) }}
{{- include "registry.problemsOfTimeLimit" (list (printf "%s.%s" $component $property) (get $given $property) (index . 3)) }}
{{- include "registry.problemsOfTimeLimit" (list (printf "%s.timeLimit" $component) $given.timeLimit 1200) }}
{{- end }}

{{- /* What is wrong if it may pause longer than it may run: (list $ COMPONENT PROPERTY LEAST). What is refused itself counts
       as its default. */}}
{{- define "registry.pauseBeyondLimit" -}}
{{- $given := get (index . 0).Values (index . 1) }}
{{- $limit := get $given (index . 2) }}
{{- $pause := include "registry.seconds" $limit | int64 }}
{{- if include "registry.problemsOfTimeLimit" (list "" $limit (index . 3)) }}
{{- $pause = 900 }}
{{- end }}
{{- $all := include "registry.seconds" $given.timeLimit | int64 }}
{{- if include "registry.problemsOfTimeLimit" (list "" $given.timeLimit 1200) }}
{{- $all = 14400 }}
{{- end }}
{{- if ge $pause $all }}
{{- printf "\"%d s\" is not less than timeLimit, which is %d s" $pause $all }}
{{- end }}
{{- end }}
