// Objects of the chart and of the plain registry, made comparable: what Helm does in its own way is looked
// at, and then taken away.
import { createHash } from 'node:crypto';
import { parse } from 'yaml';
import { type Manifest, readable } from '../support/synth';
import { generatedIn } from './generated-secrets';
import { type PlainRegistry, STAND_INS } from './plain-registry';

/** Objects by `Kind/name`. */
export type Objects = Readonly<Record<string, Manifest>>;

/** What the chart says of itself and of the release. */
export interface ReleaseFacts {
  readonly release: string;
  /** The chart's name, as labels have it. */
  readonly chartName: string;
  /** `NAME-VERSION`. */
  readonly chart: string;
  readonly appVersion: string;
}

const LABEL = 'app.kubernetes.io';
const POLICY = 'helm.sh/resource-policy';
const ABOUT = 'cdk8s-registry.io';
const CHECKSUMS = ['checksum/config', 'checksum/registry-ca'];
const SHA256 = /^[0-9a-f]{64}$/;

export function byName(objects: readonly Manifest[]): Objects {
  const names = objects.map(nameOf);
  expect(names).toHaveLength(new Set(names).size);
  return Object.fromEntries(objects.map((object, index) => [names[index], object]));
}

/**
 * The chart's objects and the plain ones, to be equal but for those that only the chart has. Fails where what
 * only Helm does is not as it should be. A chart has the texts of Secrets in `stringData`, so the plain ones
 * are read so as well.
 */
function compared(
  rendered: Objects,
  plain: PlainRegistry,
  facts: ReleaseFacts,
): { readonly chart: Objects; readonly plain: Objects } {
  const generated = generatedIn(rendered, plain);
  const wanted = byName(plain.objects.map(readable));
  return {
    chart: mapped(rendered, (object, name) =>
      comparable(
        withoutHelm(
          withoutTest(hasStandIn(wanted[name]) ? withoutKeeping(object, rendered, plain) : object),
          plain,
          facts,
        ),
      ),
    ),
    plain: mapped(wanted, (object) => comparable(filled(withoutTest(object), generated))),
  };
}

function mapped(objects: Objects, change: (object: Manifest, name: string) => Manifest): Objects {
  return Object.fromEntries(Object.entries(objects).map(([name, object]) => [name, change(object, name)]));
}

/**
 * Without the pod of `helm test` among those whom a NetworkPolicy lets in: most plain registries have no such
 * pod.
 */
function withoutTest(object: Manifest): Manifest {
  if (object.kind !== 'NetworkPolicy') return object;
  const isTest = (peer: any) => peer.podSelector?.matchLabels?.[`${LABEL}/component`] === 'test';
  const rule = ({ from, ...rest }: any) => ({
    ...rest,
    ...(from && { from: from.filter((peer: any) => !isTest(peer)) }),
  });
  const { ingress } = object.spec;
  return ingress === undefined ? object : { ...object, spec: { ...object.spec, ingress: ingress.map(rule) } };
}

function hasStandIn(object: Manifest | undefined): boolean {
  return (
    object?.kind === 'Secret' &&
    Object.values(STAND_INS).some((text) => JSON.stringify(object).includes(text))
  );
}

/** With what was generated in the place of what stands in for it. */
function filled<T>(part: T, generated: ReadonlyMap<string, string>): T {
  if (typeof part === 'string') {
    const stood = [...generated.keys()].find((text) => part.includes(text));
    return (stood === undefined ? part : part.replace(stood, generated.get(stood) as string)) as T;
  }
  if (Array.isArray(part)) return part.map((item) => filled(item, generated)) as T;
  if (typeof part !== 'object' || part === null) return part;
  return Object.fromEntries(Object.entries(part).map(([key, value]) => [key, filled(value, generated)])) as T;
}

/** Without what a Secret says that the release generated: that it is kept, and for what it was made. */
function withoutKeeping(object: Manifest, rendered: Objects, { name, certificate }: PlainRegistry): Manifest {
  const { [POLICY]: policy, ...about } = object.metadata.annotations;
  expect(policy).toBe('keep');
  const take = (key: string) => {
    const value = about[`${ABOUT}/${key}`];
    delete about[`${ABOUT}/${key}`];
    return value;
  };
  if (certificate && object.metadata.name === `${name}-tls`) {
    expect(take('names')).toBe([...new Set(certificate.hosts)].join(','));
    expect(Number(take('renew-after')) * 1000).toBeGreaterThan(Date.now());
  }
  const login = rendered[`Secret/${name}-login`]?.stringData.password;
  if (login !== undefined && object.metadata.name.endsWith('-auth')) {
    expect(take('password')).toBe(createHash('sha256').update(login).digest('hex'));
  }
  const { annotations: _, ...metadata } = object.metadata;
  return {
    ...object,
    metadata: { ...metadata, ...(Object.keys(about).length > 0 && { annotations: about }) },
  };
}

/** With the plain registry's labels. */
function withoutHelm(object: Manifest, { name }: PlainRegistry, facts: ReleaseFacts): Manifest {
  const { 'helm.sh/chart': chart, [`${LABEL}/version`]: version, ...labels } = object.metadata.labels;
  expect({ chart, version }).toEqual({ chart: facts.chart, version: facts.appVersion });
  return withPlainLabels({ ...object, metadata: { ...object.metadata, labels } }, name, facts);
}

function withPlainLabels<T>(part: T, name: string, facts: ReleaseFacts): T {
  if (Array.isArray(part)) return part.map((item) => withPlainLabels(item, name, facts)) as T;
  if (typeof part !== 'object' || part === null) return part;
  const entries = Object.entries(part).map(([key, value]): [string, unknown] => [
    key,
    withPlainLabels(value, name, facts),
  ]);
  if (!(`${LABEL}/instance` in part)) return Object.fromEntries(entries) as T;
  const labels = part as Record<string, string>;
  expect({ ...labels }).toMatchObject({
    [`${LABEL}/instance`]: facts.release,
    [`${LABEL}/name`]: facts.chartName,
  });
  const managed = labels[`${LABEL}/managed-by`];
  if (managed !== undefined) expect(managed).toBe('Helm');
  return {
    ...Object.fromEntries(entries),
    [`${LABEL}/name`]: 'registry',
    [`${LABEL}/instance`]: name,
    ...(managed !== undefined && { [`${LABEL}/managed-by`]: 'cdk8s-registry' }),
  } as T;
}

/** With texts that are YAML read, and without digests of what a release generates. */
function comparable(object: Manifest): Manifest {
  const annotations = object.spec?.template?.metadata?.annotations;
  for (const key of CHECKSUMS) if (SHA256.test(annotations?.[key])) annotations[key] = 'a digest';
  if (object.kind !== 'ConfigMap') return object;
  const data = Object.entries<string>(object.data).map(([key, text]) => [
    key,
    key.endsWith('.yml') ? parse(text) : text,
  ]);
  return { ...object, data: Object.fromEntries(data) };
}

/** Names of what only the chart has: the password and the CA, for people and for later upgrades. */
export function onlyInChart({ name, user, certificate }: PlainRegistry): string[] {
  return [
    ...(user === undefined ? [] : [`Secret/${name}-login`]),
    ...(certificate ? [`Secret/${name}-ca`] : []),
  ];
}

/** `Kind/name`. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}

/** Fails where the chart's objects are not the plain ones. `more` names what else the chart has. */
export function expectEqual(
  rendered: Objects,
  plain: PlainRegistry,
  facts: ReleaseFacts,
  more: readonly string[] = [],
): void {
  expect(Object.keys(rendered).sort()).toEqual(
    [...plain.objects.map(nameOf), ...onlyInChart(plain), ...more].sort(),
  );
  const objects = compared(rendered, plain, facts);
  const common = Object.entries(objects.chart).filter(([name]) => name in objects.plain);
  expect(Object.fromEntries(common)).toStrictEqual(objects.plain);
}
