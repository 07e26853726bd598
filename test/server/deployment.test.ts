// The registry's pods: locked down, stopped gently, restarted when and only when they must be, and open to
// patches.
import { Chart, Duration, JsonPatch, Size } from 'cdk8s';
import { Cpu, PersistentVolumeAccessMode, Secret } from 'cdk8s-plus-27';
import {
  LocalStore,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
  RegistryUser,
  StorageBackend,
} from '../../lib';
import { inDays, issue } from '../support/certificates';
import { type Manifest, manifest, namesIn, newChart, newChartWithStore } from '../support/synth';

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

const podOf = (props: RegistryProps = {}, chart?: Chart) => deploymentOf(props, chart).spec.template.spec;
const containerOf = (props: RegistryProps = {}) => podOf(props).containers[0];
const environmentOf = (props: RegistryProps = {}) =>
  Object.fromEntries(
    containerOf(props).env.map(({ name, value }: { name: string; value?: string }) => [name, value]),
  );

describe('the pod', () => {
  test('runs as nobody in particular and is given nothing', () => {
    const { containers, securityContext, ...pod } = podOf({ ingress: {} });
    expect(pod).toMatchObject({ automountServiceAccountToken: false, enableServiceLinks: false });
    expect(Object.keys(pod).sort()).toEqual([
      'automountServiceAccountToken',
      'enableServiceLinks',
      'terminationGracePeriodSeconds',
      'volumes',
    ]);
    expect(securityContext).toEqual({
      fsGroup: 65532,
      fsGroupChangePolicy: 'OnRootMismatch',
      runAsGroup: 65532,
      runAsNonRoot: true,
      runAsUser: 65532,
      seccompProfile: { type: 'RuntimeDefault' },
    });
    expect(containers[0].securityContext).toEqual({
      allowPrivilegeEscalation: false,
      capabilities: { drop: ['ALL'] },
      readOnlyRootFilesystem: true,
      runAsNonRoot: true,
    });
  });

  test('runs as the user that is set', () => {
    expect(podOf({ userId: 1000 }).securityContext).toMatchObject({
      runAsUser: 1000,
      runAsGroup: 1000,
      fsGroup: 1000,
    });
  });

  test('mounts its configuration, users and certificate read-only and whole, and its storage', () => {
    // WHEN
    const { containers, volumes } = podOf();

    // THEN
    expect(containers[0].volumeMounts).toEqual([
      { name: 'config', mountPath: '/etc/distribution', readOnly: true },
      { name: 'auth', mountPath: '/auth', readOnly: true },
      { name: 'tls', mountPath: '/certs', readOnly: true },
      { name: 'data', mountPath: '/var/lib/registry' },
    ]);
    const item = (key: string) => ({ key, path: key });
    expect(volumes).toEqual([
      { name: 'config', configMap: { name: 'registry-config' } },
      {
        name: 'auth',
        secret: { secretName: 'registry-auth', defaultMode: 0o440, items: [item('htpasswd')] },
      },
      {
        name: 'tls',
        secret: { secretName: 'registry-tls', defaultMode: 0o440, items: [item('tls.crt'), item('tls.key')] },
      },
      { name: 'data', persistentVolumeClaim: { claimName: 'registry' } },
    ]);
  });

  test('mounts neither users nor a certificate that it does not have', () => {
    expect(podOf(OPEN).volumes.map(({ name }: { name: string }) => name)).toEqual(['config', 'data']);
    expect(containerOf(OPEN).volumeMounts).toHaveLength(2);
  });

  test('mounts Secrets that exist by their own keys', () => {
    const chart = newChart();
    const credentials = RegistryCredentials.existingSecret({
      secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
      key: 'users',
    });
    const { volumes } = podOf({ auth: { credentials } }, chart);
    expect(volumes[1].secret).toEqual({
      secretName: 'basic-auth',
      defaultMode: 0o440,
      items: [{ key: 'users', path: 'users' }],
    });
    expect(manifest(chart, 'ConfigMap/registry-config').data['config.yml']).toContain('path: /auth/users\n');
  });

  test('is ready when the storage is, and alive when it listens', () => {
    const { ports, readinessProbe, livenessProbe } = containerOf({ ingress: {} });
    expect(ports).toEqual([{ name: 'http', containerPort: 5000 }]);
    expect(readinessProbe.httpGet).toEqual({ path: '/', port: 'http', scheme: 'HTTP' });
    expect(livenessProbe.tcpSocket).toEqual({ port: 'http' });
  });

  test('is asked by HTTPS where it speaks TLS', () => {
    const { ports, readinessProbe, livenessProbe } = containerOf();
    expect(ports).toEqual([{ name: 'https', containerPort: 5000 }]);
    expect(readinessProbe.httpGet).toEqual({ path: '/', port: 'https', scheme: 'HTTPS' });
    expect(livenessProbe).toBeUndefined();
  });

  test.each([
    [undefined, 330],
    [Duration.seconds(1), 31],
    [Duration.hours(1), 3630],
  ])('has time for a drain of %s and its notice: %i s', (drainTimeout, seconds) => {
    const pod = podOf({ configuration: { drainTimeout } });
    expect(pod.terminationGracePeriodSeconds).toBe(seconds);
    expect(pod.containers[0].lifecycle).toEqual({ preStop: { exec: { command: ['sleep', '10'] } } });
  });
});

describe('resources', () => {
  const memory = (request: Size, limit?: Size): RegistryProps => ({
    resources: { memory: { request, limit } },
  });
  test.each<[string, RegistryProps, unknown, string | undefined]>([
    [
      'by default',
      {},
      { requests: { cpu: '100m', memory: '128Mi' }, limits: { memory: '512Mi' } },
      '445644KiB',
    ],
    [
      'with a smaller limit',
      { resources: { memory: { limit: Size.mebibytes(100) } } },
      { requests: { cpu: '100m', memory: '100Mi' }, limits: { memory: '100Mi' } },
      '87040KiB',
    ],
    [
      'with a bigger request',
      memory(Size.gibibytes(2)),
      { requests: { cpu: '100m', memory: '2Gi' }, limits: { memory: '2Gi' } },
      '1782579KiB',
    ],
    [
      'with both',
      memory(Size.gibibytes(1), Size.gibibytes(4)),
      { requests: { cpu: '100m', memory: '1Gi' }, limits: { memory: '4Gi' } },
      '3565158KiB',
    ],
    [
      'with CPU',
      { resources: { cpu: { request: Cpu.units(1), limit: Cpu.millis(2500) } } },
      { requests: { cpu: '1', memory: '128Mi' }, limits: { cpu: '2500m', memory: '512Mi' } },
      '445644KiB',
    ],
    [
      'with a CPU limit only',
      { resources: { cpu: { limit: Cpu.millis(50) } } },
      { requests: { cpu: '50m', memory: '128Mi' }, limits: { cpu: '50m', memory: '512Mi' } },
      '445644KiB',
    ],
  ])('%s', (_, props, resources, goMemory) => {
    expect(containerOf(props).resources).toEqual(resources);
    expect(environmentOf(props)).toEqual({
      OTEL_TRACES_EXPORTER: 'none',
      GOMEMLIMIT: goMemory,
      GOGC: '400',
      REGISTRY_HTTP_SECRET: undefined,
    });
  });
});

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
