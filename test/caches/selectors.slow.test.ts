// Pods of caches have the component of a registry: no selector of the constructs or of the chart takes them for those of
// the registry that serves them, nor the registry's for those of a cache.
import { join } from 'node:path';
import { describeWith } from '../../tools/programs';
import { HelmRender } from '../chart/helm-render';
import { nested } from '../chart/value-sets/value-set';
import { registryOfValues } from '../chart/values-registry';
import { ROOT } from '../support/project';
import type { Manifest } from '../support/synth';

/** All that selects pods or Services. */
const VALUES = nested({
  host: 'registry.example.com',
  'ingress.enabled': true,
  'persistence.existingClaim': 'images',
  'persistence.accessMode': 'ReadWriteMany',
  replicaCount: 2,
  'storage.deletion': true,
  'ui.enabled': true,
  'front.enabled': true,
  'metrics.enabled': true,
  'metrics.serviceMonitor.enabled': true,
  'alerts.enabled': true,
  'alerts.exporters': ['kube-state-metrics', 'kubelet'],

  'collection.enabled': true,
  'snapshots.enabled': true,
  'retention.enabled': true,
  'retention.rules': [{ repositories: ['**'], keep: [{ newest: 3 }] }],
  'verification.enabled': true,
  'verification.schedule': '@daily',
  caches: ['docker.io', 'ghcr.io'].map((upstream) => ({
    upstream,
    metrics: { enabled: true, serviceMonitor: { enabled: true } },
    alerts: { enabled: true },
    prefetch: { images: [`${upstream}/library/alpine:3.22`] },
  })),
});

type Labels = Readonly<Record<string, string>>;
interface Selected {
  readonly name: string;
  readonly labels: Labels;
}
interface Selector {
  readonly from: string;
  readonly labels: Labels;
}

/** What selectors select: pods of workloads, and Services. */
function selectable(objects: readonly Manifest[]): Selected[] {
  return objects.flatMap(({ kind, metadata, spec }) => {
    const template = spec?.jobTemplate?.spec.template ?? spec?.template;
    const labels = kind === 'Service' ? metadata.labels : template?.metadata?.labels;
    return labels ? [{ name: `${kind}/${metadata.name}`, labels }] : [];
  });
}

/** All selectors in an object, also those in variables of scripts: `a=b,c=d`. */
function selectorsIn(value: unknown, from: string): Selector[] {
  if (typeof value === 'string') {
    const pairs = value.split(',').map((pair) => /^([a-z./-]+)=([a-z.-]+)$/.exec(pair));
    if (!value.startsWith('app.kubernetes.io/') || pairs.some((pair) => pair === null)) return [];
    return [{ from, labels: Object.fromEntries(pairs.map((pair) => [pair?.[1], pair?.[2]])) }];
  }
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([key, inside]) => {
    const at = `${from}.${key}`;
    if (key === 'matchLabels') return [{ from: at, labels: inside }];
    const isOfService = /^Service\/[^.]*\.spec$/.test(from) && key === 'selector';
    return isOfService ? [{ from: at, labels: inside }] : selectorsIn(inside, at);
  });
}

function check(objects: readonly Manifest[]): void {
  const all = selectable(objects);
  const selectors = objects.flatMap((object) =>
    selectorsIn(object, `${object.kind}/${object.metadata.name}`),
  );
  const isOfCache = (name: string) => /^\w+\/registry-cache-/.test(name);
  const kinds = new Set(selectors.map(({ from }) => from.split('/')[0]));
  expect([...kinds].sort()).toEqual([
    'CronJob',
    'Deployment',
    'NetworkPolicy',
    'PodDisruptionBudget',
    'Service',
    'ServiceMonitor',
  ]);
  const selected = selectors.map(({ from, labels }) => {
    const kind = from.startsWith('ServiceMonitor/') ? 'Service/' : /^(?!Service\/)/;
    const those = all.filter(
      ({ name, labels: had }) =>
        name.search(kind) === 0 && Object.entries(labels).every(([key, value]) => had[key] === value),
    );
    return { from, names: those.map(({ name }) => name) };
  });
  // What selects a cache selects that cache alone, or it and its own prefetch.
  const ofCaches = selected.filter(({ names }) => names.some(isOfCache));
  expect(ofCaches.length).toBeGreaterThan(10);
  for (const { from, names } of ofCaches) {
    const caches = names.map((name) => name.replace(/^\w+\//, '').replace(/-(prefetch|metrics)$/, ''));
    expect([from, [...new Set(caches)].length, names.filter((name) => !isOfCache(name))]).toEqual([
      from,
      1,
      [],
    ]);
  }
  // Of the registry's own objects, only its policies reach caches: the front passes requests on to them, one by one.
  const ofOthers = ofCaches
    .filter(({ from }) => !isOfCache(from))
    .map(({ from }) => from.replace(/\..*/, ''));
  expect([...new Set(ofOthers)]).toEqual(['NetworkPolicy/registry']);
  expect(selected.filter(({ names }) => names.includes('Deployment/registry')).length).toBeGreaterThan(10);
}

test('the constructs select caches apart from the registry', () => {
  const { plain, problems } = registryOfValues(VALUES);
  expect(problems).toEqual([]);
  const objects = plain?.objects ?? [];
  check(objects);
  // A selector that has the component alone is noticed.
  const component = { 'app.kubernetes.io/component': 'registry' };
  const mutated = objects.map((object) =>
    object.kind === 'PodDisruptionBudget'
      ? { ...object, spec: { ...object.spec, selector: { matchLabels: component } } }
      : object,
  );
  expect(() => check(mutated)).toThrow('PodDisruptionBudget/registry');
});

describeWith('of the chart', ['helmRender3'], () => {
  const helm = new HelmRender({
    program: 'helmRender3',
    chart: join(ROOT, 'chart', 'registry'),
    standIns: true,
  });
  afterAll(() => helm.close());

  test('selectors select caches apart from the registry', async () => {
    const { manifests, error } = await helm.render({ values: VALUES });
    expect(error).toBeUndefined();
    check(
      Object.values(manifests ?? {})
        .flat()
        .filter(Boolean),
    );
  });
});
