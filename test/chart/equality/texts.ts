// Values by chance for each setting, as its type and its schema have it: words that YAML reads as something
// else, quotes, templates, long texts, and whatever fast-check finds. Not `<no value>`, which Helm removes from
// all that it renders.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import Ajv from 'ajv';
import * as fc from 'fast-check';
import { CHART_VALUES } from '../../../lib/chart/values';
import { DEFAULTS } from '../../../lib/chart/values/reader';
import type { ChartValue } from '../../../lib/chart/values/value';
import { AUTHORITY } from '../authority';
import { SWIFT } from '../refusals/settings';
import { nested, type Values } from '../value-sets/value-set';
import type { ByPath } from './combinations';
import { CHART } from './prover';

/** Values in which most settings mean something. Each is accepted. */
const BASES: readonly ByPath[] = [
  {},
  {
    host: 'registry.example.com',
    'ingress.enabled': true,
    'ingress.controller': 'COMMUNITY_NGINX',
    'ui.enabled': true,
    'metrics.enabled': true,
    'metrics.serviceMonitor.enabled': true,
  },
  {
    host: 'registry.example.com',
    'ingressRoute.enabled': true,
    'ui.enabled': true,
    'ui.host': 'images.example.com',
    'auth.existingSecret': 'users',
    'tls.existingSecret': 'certificate',
    'ui.login': true,
  },
  {
    host: 'registry.example.com',
    'httpRoute.enabled': true,
    'httpRoute.gateway.className': 'nginx',
    'ui.enabled': true,
    'tls.certManager.enabled': true,
    'tls.certManager.issuer.name': 'letsencrypt',
  },
  {
    'service.type': 'LoadBalancer',
    'storage.type': 's3',
    'storage.s3.bucket': 'images',
    'storage.s3.region': 'eu-central-1',
    'storage.s3.endpoint': 'https://minio.stores.svc:9000',
    'storage.s3.accessKeyId': 'AKIA',
    'storage.s3.secretAccessKey': 'secret',
  },
  SWIFT,
  { 'persistence.hostPath.path': '/srv/registry', 'persistence.hostPath.fixOwner': true },
  {
    'storage.type': 'gcs',
    'storage.gcs.bucket': 'images-of-all',
    'storage.gcs.keyFile': '{"type": "service_account"}',
    'httpSecret.existingSecret': 'shared',
  },
  {
    'storage.type': 'azure',
    'storage.azure.accountName': 'company',
    'storage.azure.container': 'images',
    'storage.azure.accountKey': 'c2VjcmV0',
    'storage.deletion': true,
    'garbageCollection.onStart': true,
  },
];

const WORDS = [
  ...['yes', 'no', 'on', 'off', 'true', 'null', '~', 'y', '0', '007', '1e3', '0x1F', '.5', '1_000', '12:30'],
  ...['2026-01-01', '{{ .Values.host }}', '{{', '}}', '{{- "x" -}}', '$HOME', '$(A)', '"', "'", "it's"],
  ...['a: b', '- a', '# a', '| a', '> a', '&a', '*a', '!a', '%a', '@a', '`a`', '[a]', '{a: b}', 'a #b'],
  ...[' a', 'a ', 'a\nb', 'a\\b', 'a\\nb', '<b>&amp;', 'ä€😀', '\u00a0', 'a\tb', ',', '---', '...'],
  'x'.repeat(63),
  `${'x'.repeat(70)} ${'y'.repeat(70)} ${'z'.repeat(70)}`,
] as const;

const text = fc.oneof(
  { arbitrary: fc.constantFrom(...WORDS), weight: 3 },
  { arbitrary: fc.string({ unit: 'grapheme' }), weight: 1 },
);
const address = fc.oneof(fc.ipV4(), fc.constantFrom('fd00::1', '::1'));
const hostname = fc.constantFrom('no', 'on', '1e3', 'ldap.example.com', 'a'.repeat(63));
const key = fc.oneof(
  fc.constantFrom('a', 'yes', 'null', '007', 'example.com/a', 'app', 'example.com/1e3', 'A.b_c'),
  fc.stringMatching(/^[a-z]{1,5}(\.com\/[A-Za-z0-9]{1,9})?$/),
);
const label = fc.oneof(
  fc.constantFrom('', 'yes', 'null', '007', '1e3', 'a', 'x'.repeat(63)),
  fc.stringMatching(/^[A-Za-z0-9]{1,5}([-A-Za-z0-9_.]{0,5}[A-Za-z0-9])?$/),
);
const named = (more: Record<string, fc.Arbitrary<unknown>>) =>
  fc.uniqueArray(fc.record({ name: fc.stringMatching(/^[a-z]{2,6}$/), ...more }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name,
  });
const tree = fc.dictionary(
  key,
  fc.letrec((tie) => ({
    tree: fc.oneof(
      { depthSize: 'small' },
      text,
      fc.integer({ min: -1000, max: 1_000_000 }),
      fc.boolean(),
      fc.array(text, { maxLength: 3 }),
      fc.dictionary(key, tie('tree'), { maxKeys: 3 }),
    ),
  })).tree,
  { maxKeys: 3 },
);
const selector = fc.record({
  podSelector: fc.record({ matchLabels: fc.dictionary(key, label, { maxKeys: 2 }) }),
});
const port = fc.record({ port: fc.integer({ min: 1, max: 65535 }), protocol: fc.constantFrom('TCP', 'UDP') });

/** A URL, and what may follow its host. */
function url(rest: RegExp): fc.Arbitrary<string> {
  const start = fc.stringMatching(/^https?:\/\/[a-z]{1,9}(\.[a-z]{2,3})?$/);
  return fc.tuple(start, fc.stringMatching(rest)).map((parts) => parts.join(''));
}

/** Lists and maps with a shape of their own, by the end of their paths. */
const SHAPES: Readonly<Record<string, fc.Arbitrary<unknown>>> = {
  extraEnv: named({ value: text }),
  extraVolumes: named({ emptyDir: fc.constant({}) }),
  extraVolumeMounts: named({ mountPath: fc.stringMatching(/^\/[a-z]{1,5}$/) }),
  sidecars: named({ image: fc.constant('busybox:1.37'), args: fc.array(text, { maxLength: 3 }) }),
  initContainers: named({ image: fc.constant('busybox:1.37'), command: fc.array(text, { maxLength: 3 }) }),
  imagePullSecrets: fc.array(fc.record({ name: fc.stringMatching(/^[a-z0-9]{1,5}$/) }), { maxLength: 3 }),
  middlewares: fc.array(fc.record({ name: fc.stringMatching(/^[a-z0-9]{1,5}$/) }), { maxLength: 3 }),
  tolerations: fc.array(fc.record({ key, operator: fc.constant('Equal'), value: label }), { maxLength: 3 }),
  affinity: fc.constantFrom({}, { podAntiAffinity: {} }),
  dnsConfig: fc.record(
    {
      nameservers: fc.array(address, { maxLength: 2 }),
      searches: fc.array(text, { maxLength: 2 }),
      options: fc.array(fc.record({ name: text, value: text }, { requiredKeys: ['name'] }), { maxLength: 2 }),
    },
    { requiredKeys: [] },
  ),
  podSecurityContext: fc.record(
    {
      fsGroup: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      supplementalGroups: fc.array(fc.integer({ min: 1, max: 2 ** 31 - 1 }), { maxLength: 2 }),
      sysctls: fc.array(fc.record({ name: fc.constant('net.ipv4.tcp_syncookies'), value: text }), {
        maxLength: 1,
      }),
    },
    { requiredKeys: [] },
  ),
  securityContext: fc.record(
    {
      runAsUser: fc.integer({ min: 0, max: 2 ** 31 - 1 }),
      seLinuxOptions: fc.record({ level: text }),
      capabilities: fc.record({
        add: fc.array(text, { maxLength: 1 }),
        drop: fc.array(text, { maxLength: 2 }),
      }),
    },
    { requiredKeys: [] },
  ),
  hostAliases: fc.array(
    fc.record({ ip: address, hostnames: fc.array(hostname, { minLength: 1, maxLength: 2 }) }),
    {
      maxLength: 2,
    },
  ),
  topologySpreadConstraints: fc.array(
    fc.record(
      {
        maxSkew: fc.integer({ min: 1, max: 1_000_000 }),
        topologyKey: key,
        whenUnsatisfiable: fc.constantFrom('DoNotSchedule', 'ScheduleAnyway'),
        labelSelector: fc.record({ matchLabels: fc.dictionary(key, label, { maxKeys: 2 }) }),
      },
      { requiredKeys: ['maxSkew', 'topologyKey', 'whenUnsatisfiable'] },
    ),
    { maxLength: 2 },
  ),
  allowFrom: fc.array(selector, { minLength: 1, maxLength: 2 }),
  allowTo: fc.array(fc.record({ to: fc.array(selector, { maxLength: 2 }), ports: fc.array(port) }), {
    minLength: 1,
    maxLength: 2,
  }),
  extra: tree,
  extraObjects: named({ namespace: fc.constantFrom('shop', 'images-of-all') }).chain((all) =>
    tree.map((spec) =>
      all.map((metadata) => ({ apiVersion: 'example.com/v1', kind: 'Thing', metadata, spec })),
    ),
  ),
  clusterIP: fc.oneof(
    fc.constantFrom('10.96.0.50', 'fd00::50', '2001:db8:0:1:1:1:1:1', '::1', '::', '1::'),
    fc
      .array(fc.constantFrom('0', '0', '1', 'fd00'), { minLength: 8, maxLength: 8 })
      .map((all) => all.join(':')),
  ),
  registries: fc.array(
    fc.oneof({ arbitrary: url(/^(:[1-9][0-9]{1,3})?(\/[-._A-Za-z0-9]{1,9})*$/), weight: 9 }, text),
    { maxLength: 3 },
  ),
  loadBalancerSourceRanges: fc.array(fc.constantFrom('192.0.2.0/24', '10.0.0.0/8', 'fd00::/8')),
};

const password = stringOf('^[^\\s\\x00-\\x1f\\x7f]+$');
const ENTRY = '[a-z]{1,2}:\\$2[aby]\\$(0[4-9]|1[0-8])\\$[./A-Za-z0-9]{53}';

/** What is often accepted of values that no schema checks. */
const SECRETS: Readonly<Record<string, fc.Arbitrary<string>>> = {
  'auth.htpasswd': fc.stringMatching(new RegExp(`^(# people\\n)?${ENTRY}( ?\\r?\\n${ENTRY})?\\n*$`)),
  'storage.s3.accessKeyId': password,
  'storage.s3.secretAccessKey': password,
  'storage.s3.ca': fc.constant(AUTHORITY),
  'storage.gcs.keyFile': fc.constant('{"type": "service_account", "client_email": "a", "private_key": "b"}'),
  'storage.azure.accountKey': password,
  'storage.azure.clientSecret': password,
  'storage.swift.password': password,
  'localRegistryHosting.help': url(/^(\/[!-~]{0,9})?$/),
  // The constructs read it.
  'nodeTrust.ca': fc.constant(AUTHORITY),
};

function arbitraryOf({ path, type, choices, items, schema = {} }: ChartValue): fc.Arbitrary<unknown> {
  const secret = SECRETS[path];
  if (secret) return fc.oneof({ arbitrary: secret, weight: 3 }, { arbitrary: text, weight: 1 });
  const shape = SHAPES[path.split('.').at(-1) as string];
  if (shape) return shape;
  if (choices) return fc.constantFrom(...choices);
  const { else: otherwise, minimum = 1, maximum = 100 } = schema as Record<string, any>;
  const { pattern } = (otherwise ?? schema) as { pattern?: string };
  switch (type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: minimum, max: maximum });
    case 'object':
      return fc.dictionary(key, /[lL]abels$|nodeSelector$/.test(path) ? label : text, { maxKeys: 3 });
    case 'array':
      // A list of maps has values of its own, by name in the products.
      if (items) return fc.constant([]);
      return fc.array(stringOf((schema.items as { pattern?: string }).pattern), { maxLength: 3 });
    default:
      return stringOf(pattern);
  }
}

function stringOf(pattern: string | undefined): fc.Arbitrary<string> {
  if (pattern === undefined) return text;
  const fits = new RegExp(pattern, 'u');
  const words = WORDS.filter((word) => fits.test(word));
  // fast-check makes no text of an expression that looks ahead, and too long ones of some others.
  const matching = fc.stringMatching(
    new RegExp(pattern.replaceAll('\\x00-\\x1f\\x7f', '\\x00-\\x1f\\x7f-\\x9f')),
  );
  return words.length === 0 ? matching : fc.oneof(fc.constantFrom(...words), matching);
}

const SETTINGS = CHART_VALUES.filter(({ path }) => path !== 'nameOverride' && path !== 'fullnameOverride');

/** One of the bases, with up to five settings by chance. */
export const byChance: fc.Arbitrary<Values> = fc
  .record({
    base: fc.constantFrom(...BASES),
    settings: fc.uniqueArray(
      fc
        .constantFrom(...SETTINGS)
        .chain((setting) => fc.record({ path: fc.constant(setting.path), value: arbitraryOf(setting) })),
      { minLength: 1, maxLength: 5, selector: ({ path }) => path },
    ),
  })
  .map(({ base, settings }) =>
    nested({ ...base, ...Object.fromEntries(settings.map(({ path, value }) => [path, value])) }),
  );

/** Names of releases and namespaces, and what may replace them. */
export const release = fc.record({
  name: fc.stringMatching(/^[a-z]([-a-z0-9]{0,51}[a-z0-9])?$/),
  namespace: fc.stringMatching(/^[a-z0-9]([-a-z0-9]{0,61}[a-z0-9])?$/),
});
const override = fc.oneof(fc.constant(''), fc.stringMatching(/^[a-z]([-a-z0-9]{0,48}[a-z0-9])?$/));
export const overrides = fc.record({
  nameOverride: override,
  fullnameOverride: override,
  // Its namespace has both names.
  nodeTrust: fc.record({ enabled: fc.boolean() }),
});

/** Does the chart's schema take values? Only then the constructs are asked. */
export function schemaTakes(): (values: Values) => boolean {
  const schema = JSON.parse(readFileSync(join(CHART, 'values.schema.json'), 'utf8'));
  const validate = new Ajv({ strict: false }).compile(schema);
  return (values) => validate(laidOver(DEFAULTS, values)) === true;
}

function laidOver(base: Values, given: Values): Values {
  const isMap = (value: unknown): value is Values =>
    typeof value === 'object' && value !== null && !Array.isArray(value);
  const merged = { ...base };
  for (const [name, value] of Object.entries(given)) {
    const below = merged[name];
    (merged as Record<string, unknown>)[name] = isMap(value) && isMap(below) ? laidOver(below, value) : value;
  }
  return merged;
}
