// The registry's pod: locked down, with the right mounts and probes, stopped gently, and with memory for Go.
import { type Chart, Duration, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-27';
import { Registry, RegistryCertificate, RegistryCredentials, type RegistryProps } from '../../lib';
import { type Manifest, manifest, newChart } from '../support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

function podOf(props: RegistryProps = {}, chart: Chart = newChart()): Manifest {
  new Registry(chart, 'registry', props);
  return manifest(chart, 'Deployment/registry').spec.template.spec;
}

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
