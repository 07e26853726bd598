// The registry's Deployment: its replicas, restarted when and only when they must be, and open to patches.
import { type Chart, JsonPatch } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import {
  LocalStore,
  type PodDisruptionBudgetOptions,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUser,
  StorageBackend,
} from '../../lib';
import { inDays, issue } from '../support/certificates';
import { type Manifest, manifest, namesIn, newChart, newChartWithStore, problemsIn } from '../support/synth';

const SHARED = {
  backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
};
const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

function deploymentOf(props: RegistryProps = {}, chart: Chart = newChart()): Manifest {
  new Registry(chart, 'registry', props);
  return manifest(chart, 'Deployment/registry');
}

describe('replicas', () => {
  test('one on storage of its own is stopped before the next one starts, and has no budget', () => {
    const chart = newChart();
    const { replicas, strategy, template } = deploymentOf({}, chart).spec;
    expect({ replicas, strategy }).toEqual({ replicas: 1, strategy: { type: 'Recreate' } });
    expect(template.spec).not.toHaveProperty('topologySpreadConstraints');
    expect(namesIn(chart)).not.toContain('PodDisruptionBudget/registry');
  });

  test('several on shared storage are rolled, spread and kept up', () => {
    // WHEN
    const chart = newChart();
    const { replicas, strategy, selector, template } = deploymentOf(
      { replicas: 3, storage: SHARED },
      chart,
    ).spec;

    // THEN
    expect({ replicas, strategy }).toEqual({
      replicas: 3,
      strategy: { type: 'RollingUpdate', rollingUpdate: { maxSurge: 1, maxUnavailable: 0 } },
    });
    expect(template.spec.topologySpreadConstraints).toEqual([
      {
        maxSkew: 1,
        topologyKey: 'kubernetes.io/hostname',
        whenUnsatisfiable: 'ScheduleAnyway',
        labelSelector: selector,
      },
    ]);
    expect(manifest(chart, 'PodDisruptionBudget/registry').spec).toEqual({
      maxUnavailable: 1,
      selector,
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
    });
  });

  const budgetOf = (podDisruptionBudget: PodDisruptionBudgetOptions, replicas = 3): Manifest => {
    const chart = newChart();
    new Registry(chart, 'registry', { replicas, storage: SHARED, podDisruptionBudget });
    return manifest(chart, 'PodDisruptionBudget/registry').spec;
  };

  test('a drain stops as many as it is allowed to', () => {
    expect(budgetOf({ minAvailable: 2 })).toMatchObject({ minAvailable: 2 });
    expect(budgetOf({ minAvailable: 2 })).not.toHaveProperty('maxUnavailable');
    expect(budgetOf({ maxUnavailable: 2 })).toMatchObject({ maxUnavailable: 2 });
    expect(budgetOf({ enabled: true }, 1)).toMatchObject({ maxUnavailable: 1 });
  });

  test('several need no budget', () => {
    const chart = newChart();
    new Registry(chart, 'registry', {
      replicas: 2,
      storage: SHARED,
      podDisruptionBudget: { enabled: false },
    });
    expect(namesIn(chart)).not.toContain('PodDisruptionBudget/registry');
  });

  test.each<[PodDisruptionBudgetOptions, number, string]>([
    [
      { minAvailable: 2 },
      2,
      'minAvailable: 2 of 2 replicas lets no pod be stopped, so nodes could not be drained; write a number below 2, or maxUnavailable: 1 in its place',
    ],
    [
      { minAvailable: 1, maxUnavailable: 1 },
      2,
      'minAvailable: 1 conflicts with maxUnavailable; leave one of them out',
    ],
    [
      { maxUnavailable: 1 },
      1,
      'maxUnavailable: 1 has no effect without a PodDisruptionBudget; add podDisruptionBudget: { enabled: true }, or leave it out',
    ],
    [{ maxUnavailable: 0 }, 2, 'maxUnavailable: 0 is not a whole number from 1 to 2147483647; write e.g. 1'],
  ])('refused: %j of %i', (podDisruptionBudget, replicas, problem) => {
    const chart = newChart();
    new Registry(chart, 'registry', { replicas, storage: SHARED, podDisruptionBudget });
    expect(problemsIn(chart)).toEqual([`podDisruptionBudget.${problem}`]);
  });
});

describe('a restart', () => {
  const { chart, folder } = newChartWithStore();
  const sums = (props: RegistryProps, store = new LocalStore({ directory: folder })) =>
    deploymentOf({ ...OPEN, ...props }, newChart(store)).spec.template.metadata.annotations[
      'checksum/config'
    ];
  const user = (password: string): RegistryProps => ({
    auth: {
      credentials: RegistryCredentials.users(RegistryUser.password('anna', password, { bcryptCost: 4 })),
      insecurePasswordsOverHttp: true,
    },
  });

  test('comes with changed configuration, and with nothing else', () => {
    const before = deploymentOf(OPEN, chart).spec.template.metadata.annotations['checksum/config'];
    expect(before).toMatch(/^[0-9a-f]{64}$/);
    expect(sums({})).toBe(before);
    expect(sums({ labels: { 'example.com/team': 'a' }, service: { port: 80 } })).toBe(before);
    expect(sums({ storage: { deletion: true } })).not.toBe(before);
  });

  test('comes with a new HTTP secret', () => {
    expect(sums({}, new LocalStore({ directory: newChartWithStore().folder }))).not.toBe(sums({}));
  });

  test('does not come with a changed password, which the registry reads by itself', () => {
    expect(sums(user('new'))).toBe(sums(user('old')));
  });

  test('comes with a new certificate where the pod shows it, and only there', async () => {
    const hosts = ['registry.localhost'];
    const [one, two] = await Promise.all([issue({ hosts }), issue({ hosts, to: inDays(50) })]);
    const tls = (pem: typeof one): RegistryProps => ({ tls: { certificate: RegistryCertificate.pem(pem) } });
    expect(sums(tls(one))).not.toBe(sums(tls(two)));
    expect(sums({ ...tls(one), ingress: {} })).toBe(sums({ ...tls(two), ingress: {} }));
  });
});

test('a patch keeps fields that Kubernetes 1.27 does not know', () => {
  // GIVEN
  const chart = newChart();
  const { apiObject: deployment } = new Registry(chart, 'registry').deployment;

  // WHEN
  deployment.addJsonPatch(
    JsonPatch.add('/spec/template/spec/containers/0/resizePolicy', [
      { resourceName: 'memory', restartPolicy: 'NotRequired' },
    ]),
    JsonPatch.add('/spec/template/spec/fieldOfTomorrow', { a: 1 }),
    JsonPatch.replace('/spec/replicas', 0),
  );

  // THEN
  const { replicas, template } = manifest(chart, 'Deployment/registry').spec;
  expect(replicas).toBe(0);
  expect(template.spec.fieldOfTomorrow).toEqual({ a: 1 });
  expect(template.spec.containers[0].resizePolicy).toEqual([
    { resourceName: 'memory', restartPolicy: 'NotRequired' },
  ]);
});
