{{- /* Refused objects in extraObjects. */}}

{{- define "registry.problemsOfExtraObjects" -}}
{{- $seen := list }}
{{- range $index, $object := .Values.extraObjects }}
{{- $id := include "registry.objectId" (list $ $object) }}
{{- if has $id $seen }}
extraObjects[{{ $index }}]: {{ include "registry.objectShown" (list $ $object) }} is in the list already; choose another name, or leave this object out [extra-object-twice]
{{- end }}
{{- $seen = append $seen $id }}
{{- end }}
{{- end }}

{{- /* To be asked for values that can be used: these objects are rendered for it. */}}
{{- define "registry.problemsOfTakenNames" -}}
{{- $own := list }}
{{- if .Values.extraObjects }}
{{- $own = include "registry.ownObjectIds" . | fromYamlArray }}
{{- end }}
{{- range $index, $object := .Values.extraObjects }}
{{- if has (include "registry.objectId" (list $ $object)) $own }}
extraObjects[{{ $index }}]: {{ include "registry.objectShown" (list $ $object) }} is an object of this release already; choose another name, or leave this object out [extra-object-of-the-release]
{{- end }}
{{- end }}
{{- end }}

{{- /* What names an object: (list $ OBJECT). Group of the API, kind, namespace and name. */}}
{{- define "registry.objectId" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- $namespace := .metadata.namespace | default $root.Release.Namespace }}
{{- if has .kind (list "Namespace" "PersistentVolume" "ClusterRole" "ClusterRoleBinding" "StorageClass" "IngressClass" "GatewayClass" "PriorityClass" "ClusterIssuer") }}
{{- $namespace = "" }}
{{- end }}
{{- printf "%s/%s/%s/%s" (dir .apiVersion) .kind $namespace .metadata.name }}
{{- end }}
{{- end }}

{{- /* The same in a message: (list $ OBJECT). */}}
{{- define "registry.objectShown" -}}
{{- $root := index . 0 }}
{{- with index . 1 }}
{{- .kind }} {{ include "registry.shown" .metadata.name }}
{{- if ne (.metadata.namespace | default $root.Release.Namespace) $root.Release.Namespace }} in the namespace "{{ .metadata.namespace }}"
{{- end }}
{{- end }}
{{- end }}

{{- /* What names the release's own objects, and those that its Job makes. A list in YAML. */}}
{{- define "registry.ownObjectIds" -}}
{{- $texts := list }}
{{- range include "registry.objectFiles" . | fromYamlArray }}
{{- $texts = include (printf "%s/%s.yaml" $.Template.BasePath .) $ | splitList "\n---\n" | concat $texts }}
{{- end }}
{{- range include "registry.madeByJob" . | fromYamlArray }}
{{- $texts = include (printf "registry.object.%s" .) $ | append $texts }}
{{- end }}
{{- $ids := list }}
{{- range $texts }}
{{- with fromYaml . }}
{{- $ids = append $ids (include "registry.objectId" (list $ .)) }}
{{- end }}
{{- end }}
{{- toYaml $ids }}
{{- end }}

{{- /* The files with the chart's own objects; a test compares them with those that there are. */}}
{{- define "registry.objectFiles" -}}
- alerts-prometheusrule
- auth-secret
- azure-secret
- backend-ca-configmap
- backendtlspolicy
- ca-secret
- cache-alerts-prometheusrule
- cache-config-configmap
- cache-deployment
- cache-metrics-networkpolicy
- cache-metrics-service
- cache-metrics-servicemonitor
- cache-networkpolicy
- cache-persistentvolumeclaim
- cache-prefetch-cronjob
- cache-prefetch-networkpolicy
- cache-service
- cache-upstream-configmap
- collection-configmap
- collection-cronjob
- collection-networkpolicy
- collection-of-cache-networkpolicy
- collection-of-pods-networkpolicy
- collection-role
- collection-rolebinding
- collection-serviceaccount
- config-configmap
- copy-configmap
- copy-cronjob
- copy-networkpolicy
- copy-secret
- dashboard-configmap
- dashboard-grafanadashboard
- deployment
- descriptor-cache-deployment
- descriptor-cache-networkpolicy
- descriptor-cache-secret
- descriptor-cache-service
- front-configmap
- gateway
- gcs-secret
- horizontalpodautoscaler
- http-secret
- httproute
- ingress
- ingressroute
- local-registry-hosting
- login-secret
- metrics-networkpolicy
- metrics-service
- metrics-servicemonitor
- networkpolicy
- node-trust-configmap
- node-trust-daemonset
- node-trust-namespace
- node-trust-networkpolicy
- node-trust-secret
- persistentvolume
- persistentvolumeclaim
- poddisruptionbudget
- pull-secret
- retention-clusterrole
- retention-clusterrolebinding
- retention-configmap
- retention-cronjob
- retention-networkpolicy
- retention-secret
- retention-serviceaccount
- root-ingress
- s3-ca-configmap
- s3-secret
- secrets-configmap
- secrets-job
- secrets-networkpolicy
- secrets-role
- secrets-rolebinding
- secrets-serviceaccount
- serverstransport
- service
- snapshots-configmap
- snapshots-cronjob
- snapshots-networkpolicy
- snapshots-of-pods-networkpolicy
- snapshots-role
- snapshots-rolebinding
- snapshots-serviceaccount
- swift-secret
- test-networkpolicy
- test-pod
- tls-certificate
- tls-secret
- ui-auth-secret
- ui-deployment
- ui-httproute
- ui-ingress
- ui-ingressroute
- ui-login-middleware
- ui-middleware
- ui-networkpolicy
- ui-service
- velero-schedule
- verification-configmap
- verification-cronjob
- verification-networkpolicy
{{- end }}
