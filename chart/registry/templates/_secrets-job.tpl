{{- /*
The Job of `secrets.source: job`, which makes the generated Secrets in the cluster (files/make-secrets.sh). It and
what it needs are hooks of Helm and of Argo CD: there before everything else, and gone once it has succeeded.
*/}}

{{- define "registry.hasSecretsJob" -}}
{{- if eq .Values.secrets.source "job" }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* What it makes, as the suffixes of names. A list in YAML; empty where everything is given. */}}
{{- define "registry.madeByJob" -}}
{{- $made := list }}
{{- if include "registry.hasSecretsJob" . }}
{{- if not .Values.httpSecret.existingSecret }}
{{- $made = append $made "http" }}
{{- end }}
{{- if eq .Values.storage.descriptorCache.type "valkey" }}
{{- $made = append $made "descriptor-cache" }}
{{- end }}
{{- if eq (include "registry.usersSource" .) "generated" }}
{{- $made = concat $made (list "login" "auth") }}
{{- if include "registry.hasUiLoginSecret" . }}
{{- $made = append $made "ui-auth" }}
{{- end }}
{{- end }}
{{- if eq (include "registry.certificateSource" .) "generated" }}
{{- $made = concat $made (list "ca" "tls") }}
{{- if include "registry.hasBackendCa" . }}
{{- $made = append $made "backend-ca" }}
{{- end }}
{{- end }}
{{- end }}
{{- toYaml $made }}
{{- end }}

{{- /* Does it make this one? (list $ SUFFIX) */}}
{{- define "registry.isMadeByJob" -}}
{{- if has (index . 1) (include "registry.madeByJob" (index . 0) | fromYamlArray) }}
{{- "true" }}
{{- end }}
{{- end }}

{{- /* Annotations of the hooks: (dict "weight" WEIGHT). What the Job needs has a lower one. */}}
{{- define "registry.secretsJobHook" -}}
helm.sh/hook: pre-install,pre-upgrade,pre-rollback
helm.sh/hook-weight: {{ .weight | quote }}
helm.sh/hook-delete-policy: before-hook-creation,hook-succeeded
argocd.argoproj.io/hook: PreSync
argocd.argoproj.io/sync-wave: {{ .weight | quote }}
argocd.argoproj.io/hook-delete-policy: BeforeHookCreation,HookSucceeded
{{- end }}

{{- /* Metadata of what the Job needs. */}}
{{- define "registry.secretsJobMetadata" -}}
{{- $hook := include "registry.secretsJobHook" (dict "weight" "-1") | fromYaml }}
{{- include "registry.metadata" (list . "secrets" "secrets" $hook) }}
{{- end }}

{{- /* Deployments that read the certificate or its CA only at their start. */}}
{{- define "registry.certificateReaders" -}}
{{- $readers := list }}
{{- if and (include "registry.tlsInPod" .) (eq (include "registry.certificateSource" .) "generated") }}
{{- $readers = append $readers (include "registry.fullname" .) }}
{{- if .Values.ui.enabled }}
{{- $readers = append $readers (include "registry.objectName" (list . "ui")) }}
{{- end }}
{{- end }}
{{- join " " $readers }}
{{- end }}
