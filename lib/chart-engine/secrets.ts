// Values that a release generates once: a template reads them from the Secret that has them, so that an upgrade
// changes nothing.
import type { ChartObject } from './objects';
import type { Naming } from './release';

/** A value of a Secret: given, kept or new. */
export function generatedExpression(
  { chart, prefix, named, namespace }: Naming,
  object: ChartObject,
  key: string,
  path: string,
  length: number,
): string {
  const { metadata } = object.manifest;
  const follows = named.includes(object);
  const suffix = metadata.name.slice(prefix.length);
  const name = follows
    ? suffix === ''
      ? `(include "${chart}.fullname" .)`
      : `(printf "%s${suffix}" (include "${chart}.fullname" .))`
    : JSON.stringify(metadata.name);
  const elsewhere = metadata.namespace !== undefined && metadata.namespace !== namespace;
  const place = elsewhere ? JSON.stringify(metadata.namespace) : '.Release.Namespace';
  return `.Values.${path} | default (include "${chart}.generated" (list ${place} ${name} ${JSON.stringify(key)} ${length})) | quote`;
}

/** The template that keeps or generates a value. */
export function generatedTemplate(chart: string): string {
  return `
{{- /* A generated value: what the Secret has, or random letters and digits: (list NAMESPACE NAME KEY LENGTH). */}}
{{- define "${chart}.generated" -}}
{{- $secret := lookup "v1" "Secret" (index . 0) (index . 1) | default dict }}
{{- dig "data" (index . 2) "" $secret | b64dec | default (randAlphaNum (int (index . 3))) }}
{{- end }}
`;
}
