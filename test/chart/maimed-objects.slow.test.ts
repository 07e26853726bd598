// Objects in extraObjects that lack what their kind has, or have something else there. The chart writes them as they
// are, and looks into some, such as CronJobs for alerts: each is refused by the schema or accepted, and alerts are those of the
// constructs. What's wrong with them is for the API server to say.
import { join } from 'node:path';
import { describeWith } from '../../tools/programs';
import { ROOT } from '../support/project';
import type { Manifest } from '../support/synth';
import { HelmRender } from './helm-render';
import { NAMESPACE } from './plain-registry';
import { registryOfValues } from './values-registry';

const CHART = join(ROOT, 'chart', 'registry');
/** The CronJobs of all are watched. */
const ALERTS = {
  metrics: { enabled: true, serviceMonitor: { enabled: true } },
  alerts: { enabled: true },
  storage: { deletion: true },
  collection: { enabled: true },
};
const LABELS = { 'app.kubernetes.io/part-of': 'registry' };
const WHOLE = {
  schedule: '0 3 * * *',
  startingDeadlineSeconds: 3600,
  jobTemplate: { spec: { activeDeadlineSeconds: 7200 } },
};
/** What may be where an object, a list, a string or a number should be. */
const OTHERS: readonly unknown[] = [
  undefined,
  null,
  {},
  [],
  '',
  'text',
  0,
  -1,
  1.5,
  1e15,
  true,
  false,
  ['a'],
  { a: 1 },
];

const of = (kind: string, rest: object, metadata: object = {}) => ({
  apiVersion: kind === 'CronJob' ? 'batch/v1' : 'v1',
  kind,
  metadata: { name: 'mine', namespace: NAMESPACE, labels: LABELS, ...metadata },
  ...rest,
});
const KINDS = ['CronJob', 'Job', 'ConfigMap', 'Secret', 'Deployment', 'Service', 'PrometheusRule'];

/** Where one of these is, if it is. */
const at = (name: string, other: unknown) => (other === undefined ? {} : { [name]: other });

/** What names an object, which the schema wants. */
const WITHOUT_NAME: readonly unknown[] = OTHERS.filter((other) => typeof other !== 'number').flatMap(
  (other) => {
    const { apiVersion, kind, metadata } = of('CronJob', {});
    const { name, ...rest } = metadata;
    return [
      other,
      { kind, metadata, spec: WHOLE, ...at('apiVersion', other) },
      { apiVersion, metadata, spec: WHOLE, ...at('kind', other) },
      { apiVersion, kind, spec: WHOLE, ...at('metadata', other) },
      { apiVersion, kind, spec: WHOLE, metadata: { ...rest, ...at('name', other) } },
      { apiVersion, kind, spec: WHOLE, metadata: { name, labels: LABELS, ...at('namespace', other) } },
    ];
  },
);

/** Whatever else may be wrong. */
const OTHERWISE: readonly object[] = OTHERS.flatMap((other) => {
  const { jobTemplate, ...more } = WHOLE;
  return [
    ...KINDS.map((kind) => of(kind, at('spec', other))),
    ...['labels', 'annotations'].map((name) =>
      of('CronJob', { spec: WHOLE }, { labels: LABELS, [name]: other }),
    ),
    of('CronJob', { spec: WHOLE }, { labels: at('app.kubernetes.io/part-of', other) }),
    ...['schedule', 'suspend', 'startingDeadlineSeconds', 'timeZone', 'jobTemplate'].map((name) => {
      const { [name]: _, ...rest }: Record<string, unknown> = WHOLE;
      return of('CronJob', { spec: { ...rest, ...at(name, other) } });
    }),
    of('CronJob', { spec: { ...more, jobTemplate: at('spec', other) } }),
    of('CronJob', {
      spec: { ...more, jobTemplate: { ...jobTemplate, spec: at('activeDeadlineSeconds', other) } },
    }),
  ];
});

/** Of the alerts: it names the CronJobs, and for how long they may not succeed. */
function rulesIn(objects: readonly Manifest[]): unknown {
  return objects.find(
    ({ kind, metadata }) => kind === 'PrometheusRule' && metadata.name === 'registry-alerts',
  )?.spec;
}

describeWith('maimed objects', ['helmRender3'], () => {
  const helm = new HelmRender({ program: 'helmRender3', chart: CHART, standIns: true });
  afterAll(() => helm.close());

  /** Is it accepted, with the constructs' alerts? */
  async function accepts(...extraObjects: unknown[]): Promise<boolean> {
    const values = { ...ALERTS, extraObjects };
    const { error, manifests = {} } = await helm.render({ values, namespace: NAMESPACE });
    if (error?.includes("values don't meet the specifications of the schema")) return false;
    expect([extraObjects, error]).toEqual([extraObjects, undefined]);
    const { plain, problems } = registryOfValues(values);
    expect([extraObjects, problems]).toEqual([extraObjects, []]);
    const rules = rulesIn(Object.values(manifests).flat());
    expect(JSON.stringify(rules)).toContain('registry-collection');
    expect(rules).toEqual(rulesIn(plain?.objects ?? []));
    return true;
  }

  test('without a name, a kind or an API they are refused by the schema', async () => {
    const accepted: unknown[] = [];
    for (const object of WITHOUT_NAME) if (await accepts(object)) accepted.push(object);
    // Any word may be a kind, and an object without a namespace is in the release's.
    expect(accepted).toHaveLength(5);
    for (const object of accepted)
      expect(object).toMatchObject({
        apiVersion: expect.stringMatching(/^(batch\/v1|text)$/),
        kind: expect.stringMatching(/^(CronJob|text)$/),
        metadata: { name: expect.stringMatching(/^(mine|text)$/) },
      });
  });

  test('otherwise they are written as they are, and stop no template', async () => {
    expect(OTHERWISE.length).toBeGreaterThan(200);
    const named = OTHERWISE.map((object, index) => {
      const { metadata, ...rest } = object as Manifest;
      return { ...rest, metadata: { ...metadata, name: `number-${index}` } };
    });
    expect(await accepts(...named)).toBe(true);
  });
});
