// Named templates of the registry's chart that no manifest shows: how sizes, addresses and containers of the
// user's are made into what the constructs make of them. Each is the counterpart of a derivation in
// chart-*.ts.
import { RESTRICTED } from '../core/restricted-pod';

/** A template that answers what is wrong with values that no run of the constructs can tell. */
export const CHECKS = 'registry.checks';

/** `_registry.tpl`. */
export const REGISTRY_TEMPLATES = `{{/* An amount of CPU such as 100m or 0.5, in thousandths. */}}
{{- define "registry.millis" -}}
{{- if hasSuffix "m" . }}
{{- trimSuffix "m" . }}
{{- else }}
{{- mulf (float64 .) 1000 | int64 }}
{{- end }}
{{- end }}

{{/* What a pod is sure to get: (list REQUEST LIMIT DEFAULT). The default is never above the limit. */}}
{{- define "registry.cpuRequest" -}}
{{- $limit := index . 1 }}
{{- $default := index . 2 }}
{{- if and $limit (gt (include "registry.millis" $default | int64) (include "registry.millis" ($limit | default "0") | int64)) }}
{{- $default = $limit }}
{{- end }}
{{- index . 0 | default $default }}
{{- end }}

{{- define "registry.memoryRequest" -}}
{{- $limit := index . 1 }}
{{- $default := index . 2 }}
{{- if and $limit (gt (include "registry.kibibytes" $default | int64) (include "registry.kibibytes" ($limit | default "1Ki") | int64)) }}
{{- $default = $limit }}
{{- end }}
{{- index . 0 | default $default }}
{{- end }}

{{/* What a pod gets at most: (list LIMIT REQUEST DEFAULT). The default is never below the request. */}}
{{- define "registry.memoryLimit" -}}
{{- $request := index . 1 }}
{{- $default := index . 2 }}
{{- if and $request (lt (include "registry.kibibytes" $default | int64) (include "registry.kibibytes" ($request | default "1Ki") | int64)) }}
{{- $default = $request }}
{{- end }}
{{- index . 0 | default $default }}
{{- end }}

{{/* What is to be compared, a line for each mistake. */}}
{{- define "${CHECKS}" -}}
{{- if .Values.tls.external }}
{{- range $other, $given := dict "tls.enabled: false" (not .Values.tls.enabled) "tls.existingSecret" .Values.tls.existingSecret "tls.certManager.enabled: true" .Values.tls.certManager.enabled }}
{{- if $given }}
{{ printf "tls.external: true, but %s is set, too; leave one of them out" $other }}
{{- end }}
{{- end }}
{{- end }}
{{- if and .Values.ui.enabled .Values.ui.host (eq .Values.ui.host .Values.host) }}
{{ printf "ui.host: %q is the registry's own host; leave it out, and write ui.path if /ui won't do" .Values.ui.host }}
{{- end }}
{{- range tuple "issuer" "cluster-issuer" }}
{{- $key := printf "cert-manager.io/%s" . }}
{{- if index ($.Values.commonAnnotations | default dict) $key }}
{{ printf "commonAnnotations[%q]: an issuer belongs to the Ingress, and this annotation is on all objects; write it in ingress.annotations, or use tls.certManager" $key }}
{{- end }}
{{- if and $.Values.httpRoute.enabled (not $.Values.tls.existingSecret) (index ($.Values.httpRoute.gateway.annotations | default dict) $key) }}
{{ printf "httpRoute.gateway.annotations[%q]: makes cert-manager write the Secret that this release writes; leave it out, and write tls.certManager" $key }}
{{- end }}
{{- end }}
{{- with .Values.ingress.annotations }}
{{- if index . "cert-manager.io/cluster-issuer" }}
{{- range tuple "issuer" "issuer-kind" "issuer-group" }}
{{- if index $.Values.ingress.annotations (printf "cert-manager.io/%s" .) }}
{{ printf "ingress.annotations: has both cert-manager.io/%s and cert-manager.io/cluster-issuer, and cert-manager accepts only one issuer; leave one of them out" . }}
{{- end }}
{{- end }}
{{- end }}
{{- end }}
{{- with .Values.storage.s3.chunkSize }}
{{- $size := include "registry.kibibytes" . | int64 }}
{{- if or (lt $size 5120) (gt $size 5242880) }}
{{ printf "storage.s3.chunkSize: %q is not from 5Mi to 5Gi" . }}
{{- end }}
{{- end }}
{{- range $at, $resources := dict "resources" .Values.resources "ui.resources" .Values.ui.resources }}
{{- $request := $resources.requests }}
{{- $limit := $resources.limits }}
{{- if and $request.cpu $limit.cpu (gt (include "registry.millis" ($request.cpu | default "0") | int64) (include "registry.millis" ($limit.cpu | default "0") | int64)) }}
{{ printf "%s.limits.cpu: %q is below the request of %s; write %s or more" $at $limit.cpu $request.cpu $request.cpu }}
{{- end }}
{{- if and $request.memory $limit.memory (gt (include "registry.kibibytes" ($request.memory | default "1Ki") | int64) (include "registry.kibibytes" ($limit.memory | default "1Ki") | int64)) }}
{{ printf "%s.limits.memory: %q is below the request of %s; write %s or more" $at $limit.memory $request.memory $request.memory }}
{{- end }}
{{- end }}
{{- end }}

{{/* A size such as 10Gi, in kibibytes. */}}
{{- define "registry.kibibytes" -}}
{{- $units := dict "Ki" 1 "Mi" 1024 "Gi" 1048576 "Ti" 1073741824 "Pi" 1099511627776 }}
{{- $unit := regexFind "[A-Z]i$" . }}
{{- mul (trimSuffix $unit . | int64) (index $units $unit) }}
{{- end }}

{{/* The memory that Go's garbage collector aims at, for a limit such as 512Mi. */}}
{{- define "registry.goMemory" -}}
{{- div (mul (include "registry.kibibytes" . | int64) 85) 100 }}KiB
{{- end }}

{{/* The users of an htpasswd file, a line for each. */}}
{{- define "registry.htpasswd" -}}
{{- $users := list }}
{{- range splitList "\\n" . }}
{{- $line := trim . }}
{{- if and $line (not (hasPrefix "#" $line)) }}
{{- $users = append $users $line }}
{{- end }}
{{- end }}
{{- join "\\n" $users }}
{{- end }}

{{/* The port of a URL, also where it is the scheme's own. */}}
{{- define "registry.port" -}}
{{- $port := regexReplaceAll "^https?://[^/:]+(:([0-9]+))?(/.*)?$" . "\${2}" }}
{{- if $port }}
{{- $port }}
{{- else if hasPrefix "https:" . }}
{{- 443 }}
{{- else }}
{{- 80 }}
{{- end }}
{{- end }}

{{/* Containers, with the security settings of all containers of this chart where they have none of their own. */}}
{{- define "registry.restricted" -}}
{{- $containers := list }}
{{- range . }}
{{- $context := fromJson ${JSON.stringify(JSON.stringify(RESTRICTED))} }}
{{- range $key, $value := .securityContext }}
{{- $_ := set $context $key $value }}
{{- end }}
{{- $containers = append $containers (merge (dict "securityContext" $context) .) }}
{{- end }}
{{- toYaml $containers }}
{{- end }}
`;
