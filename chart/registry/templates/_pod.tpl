{{- /*
What the registry's pod and the UI's have in common. Both comply with Pod Security "restricted".
*/}}

{{- /* An image of the values: (list $ IMAGE). One registry may stand for those of all images. */}}
{{- define "registry.image" -}}
{{- $registry := (index . 0).Values.global.imageRegistry | default (index . 1).registry }}
{{- with index . 1 }}
{{- $repository := .repository }}
{{- if and $registry (not (include "registry.namesRegistry" .repository)) }}
{{- /* Docker Hub's images of one segment are under library/, which Docker hides and a mirror does not. */}}
{{- $repository = printf "%s/%s%s" $registry (contains "/" .repository | ternary "" "library/") .repository }}
{{- end }}
{{- printf "%s:%s" $repository .tag }}
{{- with .digest }}@{{ . }}{{ end }}
{{- end }}
{{- end }}

{{- /* Does a repository begin with a registry, as Docker sees it? */}}
{{- define "registry.namesRegistry" -}}
{{- if contains "/" . }}
{{- if not (include "registry.isOnDockerHub" (splitList "/" . | first)) }}
{{- "true" }}
{{- end }}
{{- end }}
{{- end }}

{{- /* The security context of a container: what each has, with the fields of these maps in its place. */}}
{{- define "registry.containerSecurityContext" -}}
{{- $securityContext := dict "allowPrivilegeEscalation" false "readOnlyRootFilesystem" true "runAsNonRoot" true }}
{{- $_ := set $securityContext "capabilities" (dict "drop" (list "ALL")) }}
{{- range . }}
{{- range $field, $value := . }}
{{- $_ := set $securityContext $field $value }}
{{- end }}
{{- end }}
{{- toYaml $securityContext }}
{{- end }}

{{- /* Containers of the values: (list CONTAINERS SECURITY_CONTEXT_OF_ALL). Each may replace its fields. */}}
{{- define "registry.containers" -}}
{{- $ofAll := index . 1 }}
{{- $containers := list }}
{{- range index . 0 }}
{{- $securityContext := include "registry.containerSecurityContext" (list $ofAll .securityContext) | fromYaml }}
{{- $containers = append $containers (set (deepCopy .) "securityContext" $securityContext) }}
{{- end }}
{{- with $containers }}
{{- toYaml . }}
{{- end }}
{{- end }}

{{- /* The security context of a pod: (list USER_ID VALUES), with the values of that pod. */}}
{{- define "registry.podSecurityContext" -}}
{{- $userId := int64 (index . 0) }}
{{- $values := index . 1 }}
{{- $securityContext := dict "runAsNonRoot" true "fsGroupChangePolicy" "OnRootMismatch" }}
{{- $_ := set $securityContext "seccompProfile" (dict "type" "RuntimeDefault") }}
{{- if not $values.userFromPlatform }}
{{- range list "runAsUser" "runAsGroup" "fsGroup" }}
{{- $_ := set $securityContext . $userId }}
{{- end }}
{{- end }}
{{- range $field, $value := $values.podSecurityContext }}
{{- $_ := set $securityContext $field $value }}
{{- end }}
{{- toYaml $securityContext }}
{{- end }}

{{- /* What all pods have, and what the values say of one pod: (list $ VALUES), with .Values or .Values.ui. */}}
{{- define "registry.podSettings" -}}
automountServiceAccountToken: false
{{- /* Variables of a Service that is called registry-… would break the registry. */}}
enableServiceLinks: false
{{- include "registry.imagePullSecrets" (list (index . 0) (index . 1).imagePullSecrets) }}
{{- with index . 1 }}
{{- with .serviceAccount.name }}
serviceAccountName: {{ . | quote }}
{{- end }}
{{- with include "registry.podScheduling" . }}
{{ . }}
{{- end }}
{{- with .hostAliases }}
hostAliases:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .dnsPolicy }}
dnsPolicy: {{ . }}
{{- end }}
{{- with .dnsConfig }}
dnsConfig:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}
{{- end }}

{{- /* With which pull secrets a pod's images are pulled: (list $ OF_THE_POD). First those of all pods, and each
       once, as Kubernetes wants it. */}}
{{- define "registry.imagePullSecrets" }}
{{- $secrets := list }}
{{- range concat (index . 0).Values.global.imagePullSecrets (index . 1) }}
{{- $secrets = append $secrets (kindIs "string" . | ternary (dict "name" .) .) }}
{{- end }}
{{- with uniq $secrets }}
imagePullSecrets:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- end }}

{{- /* How a pod is scheduled: nodes, priority and runtime. Of a map with these values. */}}
{{- define "registry.podScheduling" -}}
{{- with .nodeSelector }}
nodeSelector:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .tolerations }}
tolerations:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .affinity }}
affinity:
  {{- toYaml . | nindent 2 }}
{{- end }}
{{- with .priorityClassName }}
priorityClassName: {{ . | quote }}
{{- end }}
{{- with .runtimeClassName }}
runtimeClassName: {{ . | quote }}
{{- end }}
{{- end }}

{{- /* How pods are spread: (list $ COMPONENT CONSTRAINTS). A constraint without a selector counts the pods of
       the same Deployment. */}}
{{- define "registry.spread" -}}
{{- $own := dict "matchLabels" (include "registry.selectorLabels" . | fromYaml) }}
{{- $constraints := list }}
{{- range index . 2 }}
{{- $constraint := deepCopy . }}
{{- if kindIs "invalid" .labelSelector }}
{{- $_ := set $constraint "labelSelector" $own }}
{{- end }}
{{- $constraints = append $constraints $constraint }}
{{- end }}
{{- toYaml $constraints }}
{{- end }}

{{- /* When and how often a probe checks: (list GIVEN DEFAULTS). */}}
{{- define "registry.timings" -}}
{{- $timings := index . 1 }}
{{- range $key, $value := index . 0 }}
{{- if not (kindIs "invalid" $value) }}
{{- $_ := set $timings $key (int64 $value) }}
{{- end }}
{{- end }}
{{- toYaml $timings }}
{{- end }}

{{- /* CPU and memory of a container: (dict "given" RESOURCES "cpu" REQUEST "memory" REQUEST "memoryLimit"
       LIMIT), where the last three are defaults. Where only one of request and limit is given, the other's
       default follows it, so that no request is above its limit. */}}
{{- define "registry.resources" -}}
requests:
  cpu: {{ include "registry.cpuRequest" . | quote }}
  memory: {{ include "registry.memoryRequest" . | quote }}
limits:
  {{- with .given.limits.cpu }}
  cpu: {{ . | quote }}
  {{- end }}
  memory: {{ include "registry.memoryLimit" . | quote }}
{{- end }}

{{- define "registry.cpuRequest" -}}
{{- $limit := .given.limits.cpu | default .cpu }}
{{- $isLower := lt (include "registry.millicores" $limit | int) (include "registry.millicores" .cpu | int) }}
{{- .given.requests.cpu | default ($isLower | ternary $limit .cpu) }}
{{- end }}

{{- define "registry.memoryRequest" -}}
{{- $limit := .given.limits.memory | default .memoryLimit }}
{{- $isLower := lt (include "registry.kibibytes" $limit | int) (include "registry.kibibytes" .memory | int) }}
{{- .given.requests.memory | default ($isLower | ternary $limit .memory) }}
{{- end }}

{{- define "registry.memoryLimit" -}}
{{- $request := .given.requests.memory | default .memory }}
{{- $default := include "registry.kibibytes" .memoryLimit | int }}
{{- $isHigher := gt (include "registry.kibibytes" $request | int) $default }}
{{- .given.limits.memory | default ($isHigher | ternary $request .memoryLimit) }}
{{- end }}
