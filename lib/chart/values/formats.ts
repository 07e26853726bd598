// Which strings, maps and lists values accept, as keywords of JSON Schema: values.schema.json refuses what the
// constructs would refuse.
import { PROTOCOLS } from '../../core/formats';
import { OPERATORS_WITH_VALUES, OPERATORS_WITHOUT_VALUES } from '../../core/label-selector';

const LABEL = '[a-z0-9]([-a-z0-9]*[a-z0-9])?';
const QUALIFIED = '([A-Za-z0-9][-A-Za-z0-9_.]*)?[A-Za-z0-9]';
/** Of 63 characters at most. */
const SHORT_QUALIFIED = '[A-Za-z0-9]([-A-Za-z0-9_.]{0,61}[A-Za-z0-9])?';
/** No top-level domain is a number. */
const HOST = `(${LABEL}\\.)*([a-z]([-a-z0-9]*[a-z0-9])?|[0-9]+([a-z]|[-a-z][-a-z0-9]*[a-z0-9]))`;
/** Of a key, whose name has 63 characters at most. */
const LONG_PREFIX = { pattern: '^[^/]{254}' };
const REPOSITORY_PART = '[a-z0-9]+(([.]|__?|-+)[a-z0-9]+)*';
/** Without leading zeros, with which some programs read an octal number. */
const BYTE = '(25[0-5]|2[0-4][0-9]|1[0-9]{2}|[1-9]?[0-9])';
export const PORT = '(6553[0-5]|655[0-2][0-9]|65[0-4][0-9]{2}|6[0-4][0-9]{3}|[1-5][0-9]{4}|[1-9][0-9]{0,3})';
/** Other numbers, and those with leading zeros. */
const NO_PORT =
  '(0[0-9]*|[1-9][0-9]{5,}|6553[6-9]|655[4-9][0-9]|65[6-9][0-9]{2}|6[6-9][0-9]{3}|[7-9][0-9]{4})';
const IPV4 = `${BYTE}(\\.${BYTE}){3}`;
/** Of a path, but not `.` or `..`, which clients of URLs leave out. */
const SEGMENT = '(\\.{0,2}[-A-Za-z0-9_~][-A-Za-z0-9._~]*|\\.{3}[-A-Za-z0-9._~]*)';
const GROUP = '(0|[1-9a-f][0-9a-f]{0,3})';
/** With all eight groups, or with `::` for some of them: as Kubernetes writes it, so in lower case. */
const IPV6 = [
  `(${GROUP}:){7}${GROUP}`,
  `(${GROUP}:){1,6}:`,
  ...[1, 2, 3, 4, 5].map((count) => `(${GROUP}:){1,${6 - count}}(:${GROUP}){1,${count}}`),
  `:((:${GROUP}){1,6}|:)`,
].join('|');

/** Names of users, patterns of repositories and names of groups, as access rules have them. */
export const USER_NAME = { pattern: '^[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}$' };
export const REPOSITORY_PATTERN = {
  pattern: `^(${REPOSITORY_PART}|[*]{1,2})(/(${REPOSITORY_PART}|[*]{1,2}))*$`,
};
export const REPOSITORY_NAME = {
  pattern: `^${REPOSITORY_PART}(/${REPOSITORY_PART})*$`,
  minLength: 2,
  maxLength: 200,
};
export const GROUP_NAME = { pattern: '^[A-Za-z0-9][A-Za-z0-9 ._:/@+-]{0,62}$' };

/** What a schema can't know: about 600 names, and more with each version of the database. */
export const TIME_ZONE =
  'The time zone of the schedule, such as `Europe/Berlin`. The API server refuses names that its database of time zones lacks.';

/** Keywords of JSON Schema for strings, each after the check of the same kind in lib/core/formats.ts. */
export const STRINGS = {
  label: { pattern: `^${LABEL}$`, maxLength: 63 },
  labelValue: { pattern: `^${QUALIFIED}$`, maxLength: 63 },
  /** Also of a node's label. */
  taintKey: { pattern: `^(${LABEL}(\\.${LABEL})*/)?${SHORT_QUALIFIED}$`, not: LONG_PREFIX },
  name: { pattern: `^${LABEL}(\\.${LABEL})*$`, maxLength: 253 },
  /** With a letter, so that it is no number. */
  portName: {
    pattern: '^[a-z0-9]+(-[a-z0-9]+)*$',
    maxLength: 15,
    not: { type: 'string', pattern: '^[0-9-]*$' },
  },
  nodeName: { pattern: `^${LABEL}(\\.${LABEL})*$`, maxLength: 63 },
  host: { pattern: `^${HOST}$`, maxLength: 253 },
  hostOrAddress: { pattern: `^(${HOST}|${IPV4})$`, maxLength: 253 },
  /**
   * The chart's rules refuse those with a password or a query, as messages of the schema show the value, and those with
   * a port that is none, as it says more.
   */
  endpoint: {
    if: { pattern: `^$|[@?#]|^https?://[^/:]+:${NO_PORT}(/|$)` },
    else: { pattern: `^https?://(${HOST}|${IPV4})(:${PORT})?(/${SEGMENT})*/?$` },
  },
  nodeEndpoint: { pattern: `^https?://(${HOST}|${IPV4})(:${PORT})?$` },
  /** Printable, without quotation marks, backslashes, `#` and `@`. */
  tokenRealm: {
    pattern: `^https?://(${HOST}|${IPV4})(:${PORT})?([/?][!$-?A-[\\]-~]*)?$`,
  },
  // Helm shows what does not match a pattern, and this may have a password.
  verifierUrl: {
    if: { pattern: '[@?#]' },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { maxLength: 0 },
    else: { pattern: `^(https?://(${HOST}|${IPV4})(:${PORT})?(/[A-Za-z0-9._~/-]*)?)?$` },
  },
  headerName: { pattern: '^[A-Za-z][A-Za-z0-9-]{0,63}$' },
  tokenName: { pattern: '^[^"\\\\\\x00-\\x1f\\x7f-\\x9f]+$' },
  pullAddress: { pattern: `^(${HOST}|${IPV4})(:${PORT})?$`, maxLength: 259 },
  address: { pattern: `^${IPV4}$` },
  anyAddress: { pattern: `^(${IPV4}|${IPV6})$` },
  range: {
    pattern: `^(${IPV4}/([0-9]|[12][0-9]|3[0-2])|(${IPV6})/([0-9]|[1-9][0-9]|1[01][0-9]|12[0-8]))$`,
  },
  dataKey: { pattern: '^[-._a-zA-Z0-9]+$', maxLength: 253, not: { enum: ['.', '..'] } },
  line: { pattern: '^[^\\x00-\\x1f\\x7f]+$' },
  secret: { pattern: '^[^\\s\\x00-\\x1f\\x7f]+$' },
  /** As names of the time zone database are written. The API server knows which there are. */
  timeZone: { pattern: '^[A-Z][A-Za-z0-9_+-]*(/[A-Z][A-Za-z0-9_+-]*)*$', not: { const: 'Local' } },
  /** A label of a series, in expressions. */
  seriesLabel: { pattern: '^[!#-[\\]-z|~]+$' },
  // Helm shows what does not match a pattern, and this may have a password.
  page: {
    if: { pattern: '^$|^https?://[^/?]*@|#' },
    else: { pattern: `^https?://(${HOST}|${IPV4})(:${PORT})?([/?][!$-[\\]-z|~]*)?$` },
  },
  duration: { pattern: '^[1-9][0-9]{0,5}(s|m|h)$' },
  repository: {
    pattern: `^([a-zA-Z0-9]([a-zA-Z0-9.-]*[a-zA-Z0-9])?(:${PORT})?/)?[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$`,
  },
  /** With a dot or a port, since Docker looks for other names on Docker Hub. */
  imageRegistry: {
    pattern: `^(localhost|${HOST}:${PORT}|${LABEL}\\.${HOST}|${IPV4}(:${PORT})?)(/[a-z0-9]+((\\.|_|__|-+)[a-z0-9]+)*)*$`,
  },
  tag: { pattern: '^[A-Za-z0-9_][A-Za-z0-9_.-]{0,127}$', not: { const: 'latest' } },
  size: { pattern: '^([1-9][0-9]{0,5}(Ki|Mi|Gi)|[1-9][0-9]{0,3}Ti|[1-9][0-9]?Pi)$' },
  cpu: { pattern: '^([1-9][0-9]{0,5}m|(0|[1-9][0-9]{0,3})(\\.[0-9]{0,2}[1-9])?)$' },
  releaseName: { pattern: '^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$' },
  digest: { pattern: '^sha256:[0-9a-f]{64}$' },
} as const;

/** Pull secrets, as a pod has them. */
export const PULL_SECRETS = {
  items: {
    type: 'object',
    required: ['name'],
    additionalProperties: false,
    properties: { name: { type: 'string', ...STRINGS.name } },
  },
};

const METADATA_KEY = STRINGS.taintKey;
const keyBut = (keys: readonly string[]) => ({
  ...METADATA_KEY,
  not: { anyOf: [LONG_PREFIX, { enum: keys }] },
});

/** The library's own labels, which nobody may change. */
const RESERVED = ['name', 'instance', 'component', 'part-of', 'managed-by'].map(
  (name) => `app.kubernetes.io/${name}`,
);

/** Keywords of JSON Schema for maps of strings. */
export const MAPS = {
  annotations: { propertyNames: METADATA_KEY, additionalProperties: { type: 'string' } },
  labels: {
    propertyNames: keyBut(RESERVED),
    additionalProperties: { type: 'string', pattern: `^(${QUALIFIED})?$`, maxLength: 63 },
  },
  /** Of alerts: labels of series. */
  alertLabels: {
    propertyNames: {
      pattern: '^[a-zA-Z_][a-zA-Z0-9_]*$',
      not: { enum: ['alertname', 'exporter', 'namespace', 'registry', 'severity'] },
    },
    additionalProperties: { type: 'string', pattern: `^(${QUALIFIED})?$`, maxLength: 63 },
  },
  nodeLabels: {
    propertyNames: METADATA_KEY,
    additionalProperties: { type: 'string', pattern: `^(${QUALIFIED})?$`, maxLength: 63 },
  },
} as const;

/** Labels, without one more that selectors use. */
export function labelsBut(key: string) {
  return { ...MAPS.labels, propertyNames: keyBut([...RESERVED, key]) };
}

const KEY_OF_AN_OBJECT = {
  type: 'object',
  properties: { name: { type: 'string' }, key: { type: 'string' }, optional: { type: 'boolean' } },
};
const VALUE_FROM = {
  type: 'object',
  properties: {
    secretKeyRef: KEY_OF_AN_OBJECT,
    configMapKeyRef: KEY_OF_AN_OBJECT,
    fieldRef: { type: 'object' },
    resourceFieldRef: { type: 'object' },
  },
};
/** A list of environment variables. Kubernetes takes strings only: `"1"`, and not `1`. */
export const VARIABLES = {
  items: {
    type: 'object',
    required: ['name'],
    properties: { name: { type: 'string' }, value: { type: 'string' }, valueFrom: VALUE_FROM },
  },
};
/** A list of objects of Kubernetes, each with what names it. A List has no name that a release could keep. */
export const KUBERNETES_OBJECTS = {
  items: {
    type: 'object',
    required: ['apiVersion', 'kind', 'metadata'],
    properties: {
      apiVersion: { type: 'string', pattern: '^[^/\\s]+(/[^/\\s]+)?$' },
      kind: { type: 'string', pattern: '^[A-Za-z0-9]+$', not: { const: 'List' } },
      metadata: {
        type: 'object',
        required: ['name'],
        properties: {
          name: { type: 'string', pattern: '^[^/%]+$' },
          namespace: { type: 'string', ...STRINGS.label },
        },
      },
    },
  },
};

/** An object of these fields and no others. */
export function closed(properties: Readonly<Record<string, unknown>>) {
  return { type: 'object', additionalProperties: false, properties };
}

const operator = (names: readonly string[]) => ({ operator: { enum: names } });
/** A selector of labels. */
export const LABEL_SELECTOR = closed({
  matchLabels: { type: 'object', ...MAPS.nodeLabels },
  matchExpressions: {
    type: 'array',
    items: {
      ...closed({
        key: { type: 'string', ...STRINGS.taintKey },
        operator: { type: 'string' },
        values: { type: 'array', items: MAPS.nodeLabels.additionalProperties },
      }),
      required: ['key', 'operator'],
      anyOf: [
        {
          required: ['values'],
          properties: { ...operator(OPERATORS_WITH_VALUES), values: { minItems: 1 } },
        },
        { properties: { ...operator(OPERATORS_WITHOUT_VALUES), values: { maxItems: 0 } } },
      ],
    },
  },
});

const PEER = closed({
  ipBlock: {
    ...closed({ cidr: { type: 'string' }, except: { type: 'array', items: { type: 'string' } } }),
    required: ['cidr'],
  },
  namespaceSelector: LABEL_SELECTOR,
  podSelector: LABEL_SELECTOR,
});
/** Peers of a NetworkPolicy. Which of their fields go together is in the chart's rules. */
export const PEERS = { items: PEER };
const PORT_RANGE = closed({
  port: {
    type: ['integer', 'string'],
    minimum: 1,
    maximum: 65535,
    ...STRINGS.portName,
  },
  endPort: { type: 'integer' },
  protocol: { type: 'string', enum: PROTOCOLS },
});
/** Egress of a NetworkPolicy. */
export const EGRESS = {
  items: {
    ...closed({ to: { type: 'array', items: PEER }, ports: { type: 'array', items: PORT_RANGE } }),
  },
};
