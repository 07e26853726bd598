{{- /*
The scheduled collection of garbage: the pod of its CronJob. Its scripts are the constructs' (files/collect.sh,
files/watch-collection.sh).
*/}}

{{- /* An account of the values may be the registry's way to its bucket. */}}
{{- define "registry.collectionAccount" -}}
{{- .Values.serviceAccount.name | default (include "registry.objectName" (list . "collection")) }}
{{- end }}

{{- /* The registry's own program, with its configuration and storage. */}}
{{- define "registry.collectionCollector" -}}
{{- $resources := include "registry.collectionResources" . }}
- name: collect
  image: {{ include "registry.image" (list . .Values.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command:
    - sh
    - -c
    - |
      {{- .Files.Get "files/collect.sh" | nindent 6 }}
    - collect
  env:
    {{- with include "registry.collectionEnv" . | fromYamlArray }}
    {{- toYaml . | nindent 4 }}
    {{- end }}
    - name: GOMEMLIMIT
      value: {{ include "registry.goMemoryLimit" ($resources | fromYaml) }}
    - name: GOGC
      value: "400"
    - name: CONFIGURATION
      value: {{ include "registry.configFolder" . }}/config.yml
    - name: FOLDER
      {{- if eq .Values.storage.type "filesystem" }}
      value: /var/lib/registry/docker/registry/v2
      {{- end }}
    - name: SETTLE_SECONDS
      value: "30"
    - name: TRUST_SECONDS
      value: "60"
  resources:
    {{- $resources | nindent 4 }}
  volumeMounts:
    {{- include "registry.collectionMounts" . | nindent 4 }}
    - name: collection-handover
      mountPath: /collection-handover
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}

{{- /* It doesn't ask the cache of descriptors. */}}
{{- define "registry.collectionMounts" -}}
{{- $mounts := list }}
{{- range include "registry.mounts" . | fromYamlArray }}
{{- if not (and (eq .name "redis-ca") (include "registry.cache.mounts" $)) }}
{{- $mounts = append $mounts . }}
{{- end }}
{{- end }}
{{- toYaml $mounts }}
{{- end }}

{{- define "registry.collectionResources" -}}
{{- $defaults := dict "cpu" "50m" "memory" "128Mi" "memoryLimit" "512Mi" }}
{{- include "registry.resources" (set $defaults "given" .Values.collection.resources) }}
{{- end }}

{{- /* The registry's variables: its memory is another, and the collector signs no uploads. A list in YAML. */}}
{{- define "registry.collectionEnv" -}}
{{- $others := list "GOMEMLIMIT" "GOGC" "REGISTRY_HTTP_SECRET" "TEXT_OF_REGISTRY_HTTP_SECRET" "CONFIGURATION" "FOLDER" "SETTLE_SECONDS" "TRUST_SECONDS" }}
{{- with include "registry.cache.env" . }}
{{- $others = concat $others (list "REGISTRY_REDIS_PASSWORD" "TEXT_OF_REGISTRY_REDIS_PASSWORD") }}
{{- end }}
{{- $variables := list }}
{{- range include "registry.env" . | fromYamlArray }}
{{- if not (has .name $others) }}
{{- $variables = append $variables . }}
{{- end }}
{{- end }}
{{- toYaml $variables }}
{{- end }}

{{- /* What talks to the API server and to the registry's pods. It alone has the token. */}}
{{- define "registry.collectionWatcher" -}}
- name: watch
  image: {{ include "registry.image" (list . .Values.collection.image) | quote }}
  {{- with .Values.image.pullPolicy }}
  imagePullPolicy: {{ . }}
  {{- end }}
  command:
    - sh
    - -c
    - |
      {{- .Files.Get "files/watch-collection.sh" | nindent 6 }}
    - watch
  env:
    {{- include "registry.pausingEnv" . | nindent 4 }}
    - name: WAIT_SECONDS
      value: {{ include "registry.seconds" .Values.collection.uploadLimit | quote }}
    - name: TRUST_SECONDS
      value: "60"
    {{- with include "registry.cacheVariables" . }}
    {{- . | nindent 4 }}
    {{- end }}
  resources:
    {{- include "registry.pausingResources" . | nindent 4 }}
  volumeMounts:
    - name: collection-handover
      mountPath: /collection-handover
    - name: collection-api
      mountPath: /api
      readOnly: true
    {{- with include "registry.cache.mounts" . }}
    {{- . | nindent 4 }}
    {{- end }}
  securityContext:
    {{- include "registry.containerSecurityContext" (list .Values.securityContext) | nindent 4 }}
{{- end }}

{{- /* Those of the registry's pod that the collector mounts, and its own. */}}
{{- define "registry.collectionVolumes" -}}
{{- $mounted := list }}
{{- range include "registry.mounts" . | fromYamlArray }}
{{- $mounted = append $mounted .name }}
{{- end }}
{{- $volumes := list }}
{{- range include "registry.volumes" . | fromYamlArray }}
{{- if has .name $mounted }}
{{- $volumes = append $volumes . }}
{{- end }}
{{- end }}
{{- toYaml $volumes }}
- name: collection-handover
  emptyDir: {}
{{ include "registry.apiVolume" "collection-api" }}
{{- end }}

{{- /* A volume that one node can mount is where the registry's pod is. */}}
{{- define "registry.collectionAffinity" -}}
{{- include "registry.pausingNodeAffinity" . }}
{{- if not (include "registry.storageIsShared" .) }}
podAffinity:
  requiredDuringSchedulingIgnoredDuringExecution:
    - labelSelector:
        matchLabels:
          {{- include "registry.selectorLabels" (list . "registry") | nindent 10 }}
      topologyKey: kubernetes.io/hostname
{{- end }}
{{- end }}
