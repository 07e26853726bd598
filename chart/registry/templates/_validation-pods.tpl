{{- /* Refused combinations of replicas, collection, and what is added to the pods. */}}

{{- define "registry.problemsOfPods" -}}
{{- $replicas := include "registry.maxReplicas" . | int64 }}
{{- include "registry.problemsOfAutoscaling" . }}
{{- $kind := include "registry.storageKind" . }}
{{- if and (gt $replicas 1) (not (include "registry.storageIsShared" .)) }}
{{ .Values.autoscaling.enabled | ternary "autoscaling.maxReplicas" "replicaCount" }}: {{ $replicas }} can't share {{ $kind }} storage; write replicaCount: 1 without autoscaling, or persistence: { accessMode: ReadWriteMany } [replicas-need-shared-storage]
{{- end }}
{{- if and (gt $replicas 1) (eq .Values.storage.descriptorCache.type "inmemory") .Values.storage.deletion }}
storage.descriptorCache: is in the memory of each pod, and only one of {{ $replicas }} replicas would drop a deleted image from it; write storage: { descriptorCache: { type: valkey } }, or storage: { deletion: false } or replicaCount: 1 without autoscaling [cache-with-replicas]
{{- end }}
{{- if .Values.garbageCollection.onStart }}
{{- if gt $replicas 1 }}
garbageCollection.onStart: true would run beside the other {{ ternary "pods" "pod" (gt $replicas 2) }} and delete what is being pushed there; write replicaCount: 1 without autoscaling, or leave garbageCollection.onStart out and collect while the registry is read-only [collection-beside-replicas]
{{- end }}
{{- if include "registry.cacheIsShared" . }}
garbageCollection.onStart: true would leave what was deleted in the cache of descriptors; write storage: { descriptorCache: { type: inmemory } }, or leave it out, and write collection: { enabled: true } [collection-beside-shared-cache]
{{- end }}
{{- if include "registry.isReadOnly" . }}
garbageCollection.onStart: true would delete from read-only storage; leave it out for as long as storage.readOnly is true [collection-of-read-only-storage]
{{- end }}
{{- if eq $kind "ephemeral" }}
garbageCollection.onStart: true finds nothing, because ephemeral storage is empty at each start; leave garbageCollection.onStart out [collection-of-ephemeral-storage]
{{- else if not .Values.storage.deletion }}
garbageCollection.onStart: true finds nothing, because no image can be deleted; add storage: { deletion: true } [collection-without-deletion]
{{- end }}
{{- end }}
{{- include "registry.problemsOfDisruptionBudget" . }}
{{- include "registry.problemsOfRegistryPod" . }}
{{- if include "registry.hasUi" . }}
{{- include "registry.problemsOfUiPod" . }}
{{- end }}
{{- end }}

{{- /* Is the UI made? Without a route that is a problem of its own. */}}
{{- define "registry.hasUi" -}}
{{- if and .Values.ui.enabled (ne (include "registry.route" .) "none") }}
{{- "true" }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfAutoscaling" -}}
{{- with .Values.autoscaling }}
{{- if .enabled }}
{{- if ne (int64 $.Values.replicaCount) 1 }}
replicaCount: {{ int64 $.Values.replicaCount }} is given beside autoscaling; leave replicaCount out, or write autoscaling: { enabled: false } [replicas-beside-autoscaling]
{{- end }}
{{- if not .maxReplicas }}
autoscaling.maxReplicas: is missing; write e.g. maxReplicas: 4 [autoscaling-without-maximum]
{{- end }}
{{- $max := include "registry.maxReplicas" $ | int64 }}
{{- if gt (int64 .minReplicas) $max }}
autoscaling.minReplicas: {{ int64 .minReplicas }} is not a whole number from 1 to {{ $max }}; write e.g. 2 [not-in-range]
{{- end }}
{{- if eq (include "registry.millicores" .averageCpu | int) 0 }}
autoscaling.averageCpu: {{ include "registry.shown" .averageCpu }} is not above zero; write e.g. "500m" [cpu-not-above-zero]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfDisruptionBudget" -}}
{{- $replicas := include "registry.minReplicas" . | int64 }}
{{- $at := "podDisruptionBudget" }}
{{- $min := int64 .Values.podDisruptionBudget.minAvailable }}
{{- $max := int64 .Values.podDisruptionBudget.maxUnavailable }}
{{- if include "registry.hasDisruptionBudget" . }}
{{- if and $min $max }}
{{ $at }}.minAvailable: {{ $min }} conflicts with maxUnavailable; leave minAvailable or maxUnavailable out [disruption-budget-given-twice]
{{- else if ge $min $replicas }}
{{ $at }}.minAvailable: {{ $min }} of {{ $replicas }} replicas lets no pod be stopped, so nodes could not be drained; write a number below {{ $replicas }}, or maxUnavailable: 1 in its place [disruption-budget-blocks-drains]
{{- end }}
{{- else }}
{{- if $min }}
{{ $at }}.minAvailable: {{ $min }} has no effect without a PodDisruptionBudget; add podDisruptionBudget: { enabled: true }, or leave it out [no-disruption-budget]
{{- end }}
{{- if $max }}
{{ $at }}.maxUnavailable: {{ $max }} has no effect without a PodDisruptionBudget; add podDisruptionBudget: { enabled: true }, or leave it out [no-disruption-budget]
{{- end }}
{{- end }}
{{- end }}

{{- define "registry.problemsOfRegistryPod" -}}
{{- if not (include "registry.checksLiveness" .) }}
{{- range $key, $value := .Values.livenessProbe }}
{{- if not (kindIs "invalid" $value) }}
livenessProbe.{{ $key }}: {{ int64 $value }} has no effect, because the pod has no such probe; leave it out [no-such-probe]
{{- end }}
{{- end }}
{{- end }}
{{- $containers := list "registry" }}
{{- if include "registry.fixesOwner" . }}
{{- $containers = append $containers "fix-owner" }}
{{- end }}
{{- if .Values.garbageCollection.onStart }}
{{- $containers = append $containers "collect-garbage" }}
{{- end }}
{{- if include "registry.hasFront" . }}
{{- $containers = append $containers "front" }}
{{- include "registry.problemsOfResources" (list "front.resources" .Values.front.resources) }}
{{- end }}
{{- $bare := dict "Release" .Release "Chart" .Chart "Files" .Files "Cache" .Cache "Values" (omit .Values "extraEnv" "extraVolumes" "extraVolumeMounts") }}
{{- $volumes := list }}
{{- range include "registry.volumes" $bare | fromYamlArray }}
{{- $volumes = append $volumes .name }}
{{- end }}
{{- $paths := list }}
{{- range include "registry.mounts" $bare | fromYamlArray }}
{{- $paths = append $paths .mountPath }}
{{- end }}
{{- $variables := list }}
{{- range include "registry.env" $bare | fromYamlArray }}
{{- $variables = append $variables .name }}
{{- end }}
{{- /* These may be replaced. */}}
{{- $variables = without $variables "OTEL_TRACES_EXPORTER" "GOMEMLIMIT" "GOGC" }}
{{- range $index, $variable := .Values.extraEnv }}
{{- with include "registry.ownedKey" (list $ $variable.name) }}
extraEnv[{{ $index }}].name: {{ include "registry.shown" $variable.name }} would override {{ . }}, which the chart sets; leave this variable out, and set it by the chart's values where they have it [owned-variable]
{{- $variables = without $variables $variable.name }}
{{- end }}
{{- end }}
{{- $own := dict "containers" $containers "volumes" $volumes "paths" $paths "variables" $variables }}
{{- include "registry.problemsOfPod" (dict "root" . "at" "" "values" .Values "own" $own "userId" 65532) }}
{{- end }}

{{- define "registry.problemsOfUiPod" -}}
{{- $volumes := list "nginx" "html" "tmp" "cache" }}
{{- $paths := list "/etc/nginx" "/usr/share/nginx/html" "/tmp" "/var/cache/nginx" }}
{{- if include "registry.uiProxyCaSecretName" . }}
{{- $volumes = append $volumes "registry-ca" }}
{{- $paths = append $paths "/registry-ca" }}
{{- end }}
{{- $values := set (omit .Values "ui") "ui" (omit .Values.ui "extraEnv") }}
{{- $variables := list }}
{{- range include "registry.uiVariables" (dict "Release" .Release "Chart" .Chart "Values" $values) | fromYamlArray }}
{{- $variables = append $variables .name }}
{{- end }}
{{- $own := dict "containers" (list "ui" "prepare") "volumes" $volumes "paths" $paths "variables" $variables }}
{{- include "registry.problemsOfPod" (dict "root" . "at" "ui." "values" .Values.ui "own" $own "userId" 101) }}
{{- end }}

{{- /* What is added to a pod: (dict "root" $ "at" PREFIX "values" VALUES "own" THE_POD'S_OWN_NAMES
       "userId" DEFAULT). */}}
{{- define "registry.problemsOfPod" -}}
{{- $label := "^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$" }}
{{- $variable := "^[A-Za-z_.-][A-Za-z0-9_.-]*$" }}
{{- $container := dict "accepts" $label "what" "a name of lower-case letters, digits and \"-\"" "example" "log-shipper" }}
{{- $volume := dict "accepts" $label "what" "a name of lower-case letters, digits and \"-\"" "example" "scratch" }}
{{- $env := dict "accepts" $variable "what" "the name of an environment variable" "example" "HTTPS_PROXY" }}
{{- $root := .root }}
{{- $at := .at }}
{{- $values := .values }}
{{- $own := .own }}
{{- $containers := $own.containers }}
{{- include "registry.problemsOfNames" (list (printf "%ssidecars" $at) $values.sidecars $containers $container) }}
{{- range $values.sidecars }}
{{- $containers = append $containers .name }}
{{- end }}
{{- include "registry.problemsOfNames" (list (printf "%sinitContainers" $at) $values.initContainers $containers $container) }}
{{- include "registry.problemsOfNames" (list (printf "%sextraVolumes" $at) $values.extraVolumes $own.volumes $volume) }}
{{- include "registry.problemsOfNames" (list (printf "%sextraEnv" $at) $values.extraEnv $own.variables $env) }}
{{- $ofRegistry := "^REGISTRY_.*(PASSWORD|SECRET|SECRETKEY|ACCESSKEY|ACCOUNTKEY|APIKEY|LICENSEKEY)$" }}
{{- $ofAnyProgram := "(^|_)(PASSWORD|SECRET_KEY|SECRET_ACCESS_KEY)$" }}
{{- $url := "(?i)^[a-z][a-z0-9+.-]*://[^/@\\s]*:[^/@\\s]+@" }}
{{- range $index, $variable := $values.extraEnv }}
{{- $isOwned := and (not $at) (include "registry.ownedKey" (list $.root $variable.name)) }}
{{- /* `$(A)` stands for another variable, which may be from a Secret. */}}
{{- $isPlain := and $variable.value (not (contains "$(" $variable.value)) }}
{{- $isSecret := or (regexMatch (printf "%s|%s" $ofRegistry $ofAnyProgram) $variable.name) (regexMatch $url (toString $variable.value)) }}
{{- if and $isPlain (not $isOwned) $isSecret }}
{{ $at }}extraEnv[{{ $index }}].value: would be readable in the pod; write valueFrom: { secretKeyRef: { name: ..., key: ... } } in place of value [secret-in-plain-variable]
{{- end }}
{{- end }}
{{- include "registry.problemsOfImages" (list (printf "%ssidecars" $at) $values.sidecars) }}
{{- include "registry.problemsOfImages" (list (printf "%sinitContainers" $at) $values.initContainers) }}
{{- include "registry.problemsOfContainers" (list (printf "%ssidecars" $at) $values.sidecars) }}
{{- include "registry.problemsOfContainers" (list (printf "%sinitContainers" $at) $values.initContainers) }}
{{- $volumes := $own.volumes }}
{{- range $index, $volume := $values.extraVolumes }}
{{- if regexMatch $label .name }}
{{- $volumes = append $volumes .name }}
{{- end }}
{{- if not (kindIs "invalid" .hostPath) }}
{{ $at }}extraVolumes[{{ $index }}].hostPath: {{ include "registry.shown" (.hostPath.path | default .hostPath) }} would weaken the pods, which comply with Pod Security "restricted"; leave it out [pod-weakened]
{{- end }}
{{- end }}
{{- /* The container runtime reads paths as the kernel does: `/auth/` and `/a//../auth` are `/auth`. */}}
{{- $paths := $own.paths }}
{{- range $index, $mount := $values.extraVolumeMounts }}
{{- if not (has $mount.name $volumes) }}
{{ $at }}extraVolumeMounts[{{ $index }}].name: {{ include "registry.shown" $mount.name }} is not a volume of this pod; add it to extraVolumes [not-a-volume-of-the-pod]
{{- else if has (clean $mount.mountPath) $paths }}
{{ $at }}extraVolumeMounts[{{ $index }}].mountPath: {{ include "registry.shown" $mount.mountPath }} is already mounted; choose another path [mount-path-taken]
{{- else }}
{{- $paths = append $paths (clean $mount.mountPath) }}
{{- end }}
{{- end }}
{{- if and $values.userFromPlatform (ne (int64 $values.userId) .userId) }}
{{ $at }}userId: {{ int64 $values.userId }} conflicts with userFromPlatform: true; leave userId or userFromPlatform out [user-given-twice-over]
{{- end }}
{{- include "registry.problemsOfSecurityContext" (list (printf "%spodSecurityContext" $at) $values.podSecurityContext) }}
{{- include "registry.problemsOfSecurityContext" (list (printf "%ssecurityContext" $at) $values.securityContext) }}
{{- $nameservers := get ($values.dnsConfig | default dict) "nameservers" }}
{{- if and (eq $values.dnsPolicy "None") (not $nameservers) }}
{{ $at }}dnsPolicy: "None" leaves the pods without a name server; add dnsConfig: { nameservers: [...] }, or leave dnsPolicy out [dns-policy-without-nameservers]
{{- end }}
{{- include "registry.problemsOfPodAnnotations" (list (trimSuffix "." $at) $values.podAnnotations) }}
{{- $spread := list }}
{{- range $index, $one := $values.topologySpreadConstraints }}
{{- $said := printf "%s %s" $one.topologyKey $one.whenUnsatisfiable }}
{{- if has $said $spread }}
{{ $at }}topologySpreadConstraints[{{ $index }}]: {{ include "registry.shown" $one.topologyKey }} is spread over with {{ $one.whenUnsatisfiable }} already; leave one of the constraints out [spread-said-twice]
{{- end }}
{{- $spread = append $spread $said }}
{{- $selector := $one.labelSelector | default dict }}
{{- $selected := $selector.matchLabels | default dict | keys }}
{{- range $selector.matchExpressions }}
{{- $selected = append $selected .key }}
{{- end }}
{{- if kindIs "invalid" $one.labelSelector }}
{{- $selected = include "registry.selectorLabels" (list $root "registry") | fromYaml | keys }}
{{- end }}
{{- range $number, $key := $one.matchLabelKeys }}
{{- if has $key $selected }}
{{ $at }}topologySpreadConstraints[{{ $index }}].matchLabelKeys[{{ $number }}]: {{ include "registry.shown" $key }} is a label of the labelSelector already; leave it out [spread-key-selected]
{{- end }}
{{- end }}
{{- end }}
{{- include "registry.problemsOfResources" (list (printf "%sresources" $at) $values.resources) }}
{{- end }}

{{- /* Annotations of pods that are the chart's to set: (list GROUP ANNOTATIONS). */}}
{{- define "registry.problemsOfPodAnnotations" -}}
{{- $at := index . 0 | empty | ternary "" (printf "%s." (index . 0)) }}
{{- range $key, $value := index . 1 }}
{{- if has $key (list "checksum/config" "checksum/registry-ca" "checksum/files") }}
{{ $at }}podAnnotations["{{ $key }}"]: {{ include "registry.shown" $value }} is set by this library to roll out changed configuration; choose another key [own-annotation]
{{- end }}
{{- end }}
{{- end }}

{{- /* What weakens a pod in containers that are added: (list PATH CONTAINERS). A UID and a root file system of
       their own are theirs to choose. */}}
{{- define "registry.problemsOfContainers" -}}
{{- $path := index . 0 }}
{{- range $index, $container := index . 1 }}
{{- $at := printf "%s[%d]" $path $index }}
{{- range $number, $port := .ports }}
{{- with .hostPort }}
{{ $at }}.ports[{{ $number }}].hostPort: {{ int64 . }} would weaken the pods, which comply with Pod Security "restricted"; leave it out [pod-weakened]
{{- end }}
{{- end }}
{{- $own := dict }}
{{- range $field, $value := .securityContext }}
{{- $isFree := or (has $field (list "runAsGroup" "readOnlyRootFilesystem")) (and (eq $field "runAsUser") $value) }}
{{- if or (kindIs "invalid" $value) (not $isFree) }}
{{- $_ := set $own $field $value }}
{{- end }}
{{- end }}
{{- include "registry.problemsOfSecurityContext" (list (printf "%s.securityContext" $at) $own) }}
{{- end }}
{{- end }}

{{- /* What weakens a pod or its containers: (list PATH SECURITY_CONTEXT). The schema refuses more. */}}
{{- define "registry.problemsOfSecurityContext" -}}
{{- $path := index . 0 }}
{{- range $field, $value := index . 1 }}
{{- if kindIs "invalid" $value }}
{{- /* Null would take away what a container has without it. */}}
{{ $path }}.{{ $field }}: null would weaken the pods, which comply with Pod Security "restricted"; leave it out [pod-weakened]
{{- else if eq $field "readOnlyRootFilesystem" }}
{{- if not $value }}
{{ $path }}.{{ $field }}: false would let a program change what the image contains; leave it out, and add extraVolumes and extraVolumeMounts with an emptyDir for what is written [root-file-system-writable]
{{- end }}
{{- else if eq $field "capabilities" }}
{{- if or $value.add (not (has "ALL" $value.drop)) }}
{{ $path }}.{{ $field }}: would keep capabilities, and the pods need none; leave it out, or write { drop: ["ALL"] } [capabilities-kept]
{{- end }}
{{- else if eq $field "seccompProfile" }}
{{- with $value.localhostProfile }}
{{- if regexMatch "^/|(^|/)[.][.](/|$)" . }}
{{ $path }}.{{ $field }}.localhostProfile: {{ include "registry.shown" . }} is not a relative path without ".."; write e.g. "profiles/registry.json", below the folder seccomp of the kubelet [seccomp-profile-not-a-path]
{{- end }}
{{- end }}
{{- else if eq $field "sysctls" }}
{{- $seen := list }}
{{- range $index, $sysctl := $value }}
{{- if has $sysctl.name $seen }}
{{ $path }}.{{ $field }}[{{ $index }}].name: {{ include "registry.shown" $sysctl.name }} is listed twice; leave one of the two out [sysctl-given-twice]
{{- end }}
{{- $seen = append $seen $sysctl.name }}
{{- end }}
{{- else if kindIs "bool" $value }}
{{- /* Only runAsNonRoot is to be true. */}}
{{- if ne $value (eq $field "runAsNonRoot") }}
{{ $path }}.{{ $field }}: {{ $value }} would weaken the pods, which comply with Pod Security "restricted"; leave it out [pod-weakened]
{{- end }}
{{- else if has $field (list "runAsUser" "runAsGroup" "fsGroup") }}
{{- if not $value }}
{{ $path }}.{{ $field }}: 0 would weaken the pods, which comply with Pod Security "restricted"; leave it out [pod-weakened]
{{- else }}
{{ $path }}.{{ $field }}: {{ int64 $value }} is not read here, because userId is the pods' user and group; leave it out, and write userId: {{ int64 $value }} or userFromPlatform: true [user-in-security-context]
{{- end }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Images of containers that are added: (list PATH CONTAINERS). */}}
{{- define "registry.problemsOfImages" -}}
{{- $path := index . 0 }}
{{- $example := "busybox:1.37.0" }}
{{- range $index, $container := index . 1 }}
{{- $at := printf "%s[%d].image" $path $index }}
{{- if hasKey $container "image" }}
{{- include "registry.problemsOfImage" (list $at $container.image $example) }}
{{- else }}
{{ $at }}: is missing; write e.g. "{{ $example }}" [missing]
{{- end }}
{{- end }}
{{- end }}

{{- /* An image that is not pinned: (list PATH IMAGE EXAMPLE). */}}
{{- define "registry.problemsOfImage" -}}
{{- $path := index . 0 }}
{{- $image := index . 1 }}
{{- $example := index . 2 }}
{{- $registry := "([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?/)?" }}
{{- $part := "[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*" }}
{{- $form := printf "^%s%s(/%s)*(:\\w[\\w.-]{0,127})?(@sha256:[0-9a-f]{64})?$" $registry $part $part }}
{{- if not (and (kindIs "string" $image) (regexMatch $form $image)) }}
{{ $path }}: {{ include "registry.shown" $image }} is not an image reference; write e.g. "{{ $example }}" [not-an-image]
{{- else if not (regexMatch ":[^/:]+$" $image) }}
{{ $path }}: {{ include "registry.shown" $image }} has no tag, which means "latest"; write e.g. "{{ $example }}" [image-without-tag]
{{- else if hasSuffix ":latest" $image }}
{{ $path }}: {{ include "registry.shown" $image }} is tagged "latest", which is not a fixed version; write e.g. "{{ $example }}" [image-tagged-latest]
{{- end }}
{{- end }}

{{- /* Names in a list: (list PATH ITEMS TAKEN (dict "accepts" PATTERN "what" TEXT "example" TEXT)). */}}
{{- define "registry.problemsOfNames" -}}
{{- $path := index . 0 }}
{{- $taken := index . 2 }}
{{- $rule := index . 3 }}
{{- range $index, $item := index . 1 }}
{{- if not (regexMatch $rule.accepts $item.name) }}
{{ $path }}[{{ $index }}].name: {{ include "registry.shown" $item.name }} is not {{ $rule.what }}; write e.g. "{{ $rule.example }}" [not-a-name]
{{- else if has $item.name $taken }}
{{ $path }}[{{ $index }}].name: {{ include "registry.shown" $item.name }} is already used in this pod; choose another name [name-taken-in-pod]
{{- else }}
{{- $taken = append $taken $item.name }}
{{- end }}
{{- end }}
{{- end }}

{{- /* Limits below requests: (list PATH RESOURCES). */}}
{{- define "registry.problemsOfResources" -}}
{{- $path := index . 0 }}
{{- $requests := get (index . 1 | default dict) "requests" | default dict }}
{{- $limits := get (index . 1 | default dict) "limits" | default dict }}
{{- if $limits.cpu }}
{{- $request := include "registry.shortCpu" $requests.cpu }}
{{- if gt (include "registry.millicores" $requests.cpu | int64) (include "registry.millicores" $limits.cpu | int64) }}
{{ $path }}.limits.cpu: "{{ include "registry.shortCpu" $limits.cpu }}" is below the request of {{ $request }}; write {{ $request }} or more [limit-below-request]
{{- end }}
{{- end }}
{{- if $limits.memory }}
{{- if gt (include "registry.kibibytes" $requests.memory | int64) (include "registry.kibibytes" $limits.memory | int64) }}
{{ $path }}.limits.memory: {{ include "registry.shown" $limits.memory }} is below the request of {{ $requests.memory }}; write {{ $requests.memory }} or more [limit-below-request]
{{- end }}
{{- end }}
{{- end }}

{{- /* CPU without zeros that say nothing. */}}
{{- define "registry.shortCpu" -}}
{{- if hasSuffix "m" . }}
{{- printf "%dm" (trimSuffix "m" . | int64) }}
{{- else }}
{{- float64 . }}
{{- end }}
{{- end }}
