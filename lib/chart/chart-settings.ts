// What the settings of the registry's chart have in common: which texts they accept, so that
// values.schema.json refuses what the constructs would, and samples of what is more than a word.
import { Chart } from 'cdk8s';
import { ISecret, Secret } from 'cdk8s-plus-27';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { _KindsOptions, _MapOptions, _ScalarOptions, HelmParameterOptions, HelmValues } from './helm-values';

/** Where settings are asked for, and where what they need besides is made. */
export interface ChartPlace {
  readonly chart: Chart;
  readonly values: HelmValues;
}

/** More about a text or a number than people who write a chart can say. */
export function scalar(options: _ScalarOptions): HelmParameterOptions {
  return options;
}

/** More about a map. */
export function mapping(options: _MapOptions): HelmParameterOptions {
  return options;
}

/** More about a list. */
export function listing(options: _KindsOptions): HelmParameterOptions {
  return options;
}

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
/** No top-level domain is a number. */
const HOST = `(${LABEL}\\.)*([a-z]([-a-z0-9]*[a-z0-9])?|[0-9]+([a-z]|[-a-z][-a-z0-9]*[a-z0-9]))`;
const BYTE = '(25[0-5]|2[0-4][0-9]|1?[0-9]?[0-9])';
const PORT = '(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})';
const IPV4 = `${BYTE}(\\.${BYTE}){3}`;

/** Keywords of JSON Schema for texts, each after the check of the same kind in lib/validation. */
export const TEXTS = {
  label: { pattern: `^${LABEL}$`, maxLength: 63 },
  name: { pattern: `^${LABEL}(\\.${LABEL})*$`, maxLength: 253 },
  host: { pattern: `^${HOST}$`, maxLength: 253 },
  hostOrAddress: { pattern: `^(${HOST}|${IPV4})$`, maxLength: 253 },
  pullAddress: { pattern: `^(${HOST}|${IPV4})(:${PORT})?$`, maxLength: 259 },
  address: { pattern: `^${IPV4}$` },
  anyAddress: { pattern: `^(${IPV4}|[0-9a-fA-F]*:[0-9a-fA-F:.]*)$` },
  range: { pattern: `^(${IPV4}/([0-9]|[12][0-9]|3[0-2])|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*/[0-9]{1,3})$` },
  dataKey: { pattern: '^[-._a-zA-Z0-9]+$', maxLength: 253, not: { enum: ['.', '..'] } },
  line: { pattern: '^[^\\x00-\\x1f\\x7f]+$' },
  secret: { pattern: '^[^\\s\\x00-\\x1f\\x7f]+$' },
  duration: { pattern: '^[1-9][0-9]*(s|m|h)$' },
  repository: {
    pattern:
      '^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:[0-9]+)?/)?[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$',
  },
  tag: { pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$', not: { const: 'latest' } },
  digest: { pattern: '^sha256:[0-9a-f]{64}$' },
} as const;

const METADATA_KEY = { pattern: `^(${LABEL}(\\.${LABEL})*/)?${QUALIFIED}$` };

/** The library's own labels, which nobody may change. */
const RESERVED = ['name', 'instance', 'component', 'part-of', 'managed-by'].map(
  (name) => `app.kubernetes.io/${name}`,
);

/** Keywords of JSON Schema for maps of texts. */
export const MAPS = {
  annotations: { propertyNames: METADATA_KEY, additionalProperties: { type: 'string' } },
  labels: {
    propertyNames: { ...METADATA_KEY, not: { enum: RESERVED } },
    additionalProperties: { type: 'string', pattern: `^(${QUALIFIED})?$`, maxLength: 63 },
  },
  nodeLabels: {
    propertyNames: METADATA_KEY,
    additionalProperties: { type: 'string', pattern: `^(${QUALIFIED})?$`, maxLength: 63 },
  },
} as const;

/** A list of objects, each with a name. */
export const NAMED = {
  items: { type: 'object', required: ['name'], properties: { name: { type: 'string' } } },
};
/** A list of objects. */
export const OBJECTS = { items: { type: 'object' } };

/** A Secret that exists, by its name; undefined where none is named. */
export function existingSecret(
  { chart, values }: ChartPlace,
  path: string,
  options: HelmParameterOptions,
): ISecret | undefined {
  const name = values.text(path, { ...options, schema: TEXTS.name });
  return name === undefined ? undefined : Secret.fromSecretName(chart, path, name);
}

/** What tells the registry's line by an image's tag. */
const LINES = {
  v3: { samples: ['3.8101.1', '3.8103.1'], test: (value: string) => `regexMatch "^v?3([.-]|$)" ${value}` },
  v2: { samples: ['2.8101.1', '2.8103.1'], test: (value: string) => `regexMatch "^v?2([.-]|$)" ${value}` },
  other: {
    samples: ['zqtag', 'zqmark'],
    test: (value: string) => `not (regexMatch "^v?[23]([.-]|$)" ${value})`,
  },
};

/** An image in its parts. */
export function image(
  { values }: ChartPlace,
  at: string,
  property: string,
  fallback: string,
  lines = fallback === DEFAULT_REGISTRY_IMAGE,
): string {
  const colon = fallback.lastIndexOf(':');
  const repository = values.text(`${at}.repository`, {
    description: 'Where the image is, with the registry that it is pulled from unless that is Docker Hub.',
    defaultValue: fallback.slice(0, colon),
    schema: TEXTS.repository,
  });
  const tag = values.text(
    `${at}.tag`,
    scalar({
      property,
      defaultValue: fallback.slice(colon + 1),
      schema: TEXTS.tag,
      ...(lines && { kinds: LINES }),
    }),
  );
  const digest = values.text(`${at}.digest`, {
    description: 'Digest of the image, which counts more than the tag.',
    samples: ['a', 'b'].map((last) => `sha256:${`8${at.length.toString(16)}c${last}`.repeat(16)}`),
    schema: TEXTS.digest,
  });
  return `${repository}:${tag}${digest === undefined ? '' : `@${digest}`}`;
}
