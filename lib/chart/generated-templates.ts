// Templates for what a release generates once and keeps: the password, the certificate and its CA, the text
// that replicas share. They look for it in the cluster first, so that an upgrade changes nothing; only the
// certificate is renewed, by the first upgrade in the last third of its days.

import { Condition } from './conditions';

/** Where each thing is kept: names of Secrets as template expressions. */
export interface GeneratedPlaces {
  readonly login?: { readonly secret: string; readonly user: string };
  readonly certificate?: { readonly secret: string };
  readonly httpSecret?: { readonly secret: string };
}

/** What templates call each generated thing. */
export function generatedExpression(chart: string, of: string): string {
  return `include "${chart}.${of.slice(1)}" .`;
}

/** Definitions for `_generated.tpl`. `chart` is what names of templates begin with. */
export function generatedTemplates(
  chart: string,
  { login, certificate, httpSecret }: GeneratedPlaces,
): string {
  return [
    kept(chart),
    httpSecret && remembered(chart, 'httpSecret', httpSecret.secret, 'secret', 'randAlphaNum 43'),
    login && password(chart, login.secret, login.user),
    certificate && authority(chart),
    certificate && leaf(chart, certificate.secret),
  ]
    .filter((text) => text !== undefined)
    .join('\n');
}

function kept(chart: string): string {
  return `{{/* A key of a Secret of the release that is there already, or nothing: (list . NAME KEY). */}}
{{- define "${chart}.kept" -}}
{{- $root := index . 0 }}
{{- dig "data" (index . 2) "" (lookup "v1" "Secret" $root.Release.Namespace (index . 1)) | b64dec }}
{{- end }}
`;
}

/** A text that is made at most once in a release, and then remembered for the rest of the rendering. */
function remembered(chart: string, name: string, secret: string, key: string, make: string): string {
  return `{{- define "${chart}.${name}" -}}
{{- if not (hasKey .Values "@${name}") }}
{{- $_ := set .Values "@${name}" (include "${chart}.kept" (list . (${secret}) "${key}") | default (${make})) }}
{{- end }}
{{- index .Values "@${name}" }}
{{- end }}
`;
}

function password(chart: string, secret: string, user: string): string {
  return `${remembered(chart, 'password', `include "${chart}.loginSecretName" .`, 'password', 'randAlphaNum 24')}
{{- define "${chart}.loginSecretName" -}}
{{ include "${chart}.fullname" . }}-login
{{- end }}

{{/* Which password a line is for. 24 random characters can't be guessed from it; what a person put into the Secret is made slow to try out. */}}
{{- define "${chart}.passwordDigest" -}}
{{- $password := include "${chart}.password" . }}
{{- if not (regexMatch "^[A-Za-z0-9]{24}$" $password) }}
{{- $password = derivePassword 1 "maximum" $password (include "${chart}.fullname" .) .Release.Namespace }}
{{- end }}
{{- $password | sha256sum }}
{{- end }}

{{/* The line of the htpasswd file; a new one where the user's name or the password has changed. */}}
{{- define "${chart}.login" -}}
{{- if not (hasKey .Values "@login") }}
{{- $user := ${user} }}
{{- $secret := lookup "v1" "Secret" .Release.Namespace (${secret}) }}
{{- $line := dig "data" "htpasswd" "" $secret | b64dec | trim }}
{{- $about := dig "metadata" "annotations" dict $secret | default dict }}
{{- if or (not (hasPrefix (printf "%s:" $user) $line)) (ne (index $about "${ABOUT}/password" | default "") (include "${chart}.passwordDigest" .)) }}
{{- $line = htpasswd $user (include "${chart}.password" .) }}
{{- end }}
{{- $_ := set .Values "@login" $line }}
{{- end }}
{{- index .Values "@login" }}
{{- end }}
`;
}

function authority(chart: string): string {
  return `{{- define "${chart}.caSecretName" -}}
{{ include "${chart}.fullname" . }}-ca
{{- end }}

{{/* The CA, which outlives the certificates under it: a map with Cert and Key. */}}
{{- define "${chart}.authority" -}}
{{- if not (hasKey .Values "@authority") }}
{{- $name := include "${chart}.caSecretName" . }}
{{- $cert := include "${chart}.kept" (list . $name "ca.crt") }}
{{- $key := include "${chart}.kept" (list . $name "ca.key") }}
{{- if and $cert $key }}
{{- $_ := set .Values "@authority" (dict "Cert" $cert "Key" $key) }}
{{- else }}
{{- $made := genCAWithKey (printf "%s CA" (include "${chart}.fullname" .) | trunc 64) 7300 (genPrivateKey "ecdsa") }}
{{- $_ := set .Values "@authority" (dict "Cert" $made.Cert "Key" $made.Key) }}
{{- end }}
{{- end }}
{{- toYaml (index .Values "@authority") }}
{{- end }}

{{- define "${chart}.caDigest" -}}
{{- include "${chart}.ca" . | sha256sum }}
{{- end }}

{{- define "${chart}.ca" -}}
{{ (include "${chart}.authority" . | fromYaml).Cert }}
{{- end }}
`;
}

function leaf(chart: string, secret: string): string {
  return `{{/* Second from which the certificate is to be renewed. */}}
{{- define "${chart}.renewal" -}}
{{- $days := (include "${chart}.certificateRequest" . | fromYaml).days | int64 }}
{{- add (now | unixEpoch | int64) (mul $days 57600) }}
{{- end }}

{{/* The certificate: a map with Cert, Key and Renewal. The kept one serves while its CA and its names are the same, and it is not near its end. */}}
{{- define "${chart}.leaf" -}}
{{- if not (hasKey .Values "@leaf") }}
{{- $request := include "${chart}.certificateRequest" . | fromYaml }}
{{- $names := $request.hosts | uniq | join "," }}
{{- $authority := include "${chart}.authority" . | fromYaml }}
{{- $secret := lookup "v1" "Secret" .Release.Namespace (${secret}) }}
{{- $about := dig "metadata" "annotations" dict $secret | default dict }}
{{- $data := dig "data" dict $secret | default dict }}
{{- $fits := and (eq (index $about "${ABOUT}/names" | default "") $names) (eq (index $data "ca.crt" | default "" | b64dec) $authority.Cert) }}
{{- $fresh := gt (index $about "${ABOUT}/renew-after" | default "0" | int64) (now | unixEpoch | int64) }}
{{- if and $fits $fresh }}
{{- $_ := set .Values "@leaf" (dict "Cert" (index $data "tls.crt" | b64dec) "Key" (index $data "tls.key" | b64dec) "Renewal" (index $about "${ABOUT}/renew-after") "Names" $names) }}
{{- else }}
{{- $ips := list }}
{{- $dns := list }}
{{- range $request.hosts | uniq }}
{{- if or (contains ":" .) (regexMatch "^[0-9]+\\\\.[0-9]+\\\\.[0-9]+\\\\.[0-9]+$" .) }}
{{- $ips = append $ips . }}
{{- else }}
{{- $dns = append $dns . }}
{{- end }}
{{- end }}
{{- $ca := buildCustomCert ($authority.Cert | b64enc) ($authority.Key | b64enc) }}
{{- $made := genSignedCertWithKey "registry" $ips $dns ($request.days | int) $ca (genPrivateKey "ecdsa") }}
{{- $_ := set .Values "@leaf" (dict "Cert" $made.Cert "Key" $made.Key "Renewal" (include "${chart}.renewal" .) "Names" $names) }}
{{- end }}
{{- end }}
{{- toYaml (index .Values "@leaf") }}
{{- end }}

{{- define "${chart}.certificate" -}}
{{ (include "${chart}.leaf" . | fromYaml).Cert }}
{{- end }}

{{- define "${chart}.privateKey" -}}
{{ (include "${chart}.leaf" . | fromYaml).Key }}
{{- end }}

{{- define "${chart}.certificateNames" -}}
{{ (include "${chart}.leaf" . | fromYaml).Names }}
{{- end }}

{{- define "${chart}.certificateRenewal" -}}
{{ (include "${chart}.leaf" . | fromYaml).Renewal }}
{{- end }}
`;
}

/** The password, for people. */
export function loginSecret(chart: string, condition: Condition, user: string): string {
  const data = ['  username: {{ USER | quote }}', `  password: {{ include "${chart}.password" . | quote }}`];
  return secret(chart, 'login', condition, 'kubernetes.io/basic-auth', data).replace('USER', user);
}

/** The CA with its key, for the certificates of later years. */
export function authoritySecret(chart: string, condition: Condition): string {
  const part = (name: string) => `{{ (include "${chart}.authority" . | fromYaml).${name} | quote }}`;
  return secret(chart, 'ca', condition, 'Opaque', [`  ca.crt: ${part('Cert')}`, `  ca.key: ${part('Key')}`]);
}

function secret(
  chart: string,
  suffix: string,
  condition: Condition,
  type: string,
  data: readonly string[],
): string {
  const lines = [
    'apiVersion: v1',
    'kind: Secret',
    'metadata:',
    `  name: {{ include "${chart}.${suffix}SecretName" . }}`,
    '  namespace: {{ .Release.Namespace }}',
    '  labels:',
    `    app.kubernetes.io/name: {{ include "${chart}.name" . }}`,
    '    app.kubernetes.io/instance: {{ .Release.Name | quote }}',
    '    app.kubernetes.io/component: registry',
    `    app.kubernetes.io/part-of: {{ include "${chart}.fullname" . }}`,
    '    app.kubernetes.io/managed-by: {{ .Release.Service }}',
    '    app.kubernetes.io/version: {{ .Chart.AppVersion | quote }}',
    `    helm.sh/chart: {{ include "${chart}.chart" . }}`,
    '  annotations:',
    '    helm.sh/resource-policy: keep',
    `type: ${type}`,
    'stringData:',
    ...data,
  ];
  return `${(condition === true ? lines : [`{{- if ${condition} }}`, ...lines, '{{- end }}']).join('\n')}\n`;
}

/** What annotations of a generated certificate begin with. */
export const ABOUT = 'cdk8s-registry.io';
