import { k8s, Secret, ServiceType } from 'cdk8s-plus-27';
import { FixedStore, Registry, RegistryCertificate, RegistryNodeTrust, StorageBackend } from '../lib';
import { migrate } from '../lib/helm/migration/migration';
import { newChart, problemsIn } from './support/synth';

const LB = { service: { type: ServiceType.LOAD_BALANCER } };

test('notes of each registry name the claims of the others', () => {
  const chart = newChart(new FixedStore(), { namespace: 'registry' });
  const a = new Registry(chart, 'a', {
    ...LB,
    name: 'a',
    host: 'a.example.com',
    storage: { backend: StorageBackend.hostPath({ path: '/srv/a', node: 'n' }) },
  });
  const b = new Registry(chart, 'b', { ...LB, name: 'b', host: 'b.example.com' });
  expect(a.notes()).toContain('WHAT IS IN THE CLAIM registry/b IS DESTROYED, TOO');
  expect(b.notes()).not.toContain('IS DESTROYED, TOO');
});

test('the namespace of the node trust is in no file of its own', () => {
  const chart = newChart(new FixedStore(), { namespace: 'registry' });
  const registry = new Registry(chart, 'registry', LB);
  new RegistryNodeTrust(chart, 'nodes', { registry });
  expect(registry.notes()).not.toContain('/0*.yaml');
});

test('pruning does not look into namespaces in which there is but a pull secret', () => {
  const registry = new Registry(newChart(new FixedStore(), { namespace: 'registry' }), 'registry', LB);
  expect(registry.notes()).toContain('app.kubernetes.io/instance=registry,app.kubernetes.io/component!=pull-secret');
});

test('an issuer of the Ingress fills no Secret that the app writes', () => {
  const chart = newChart(new FixedStore(), { namespace: 'registry' });
  new k8s.KubeSecret(chart, 'secret', { metadata: { name: 'my-tls' } });
  new Registry(chart, 'registry', {
    host: 'a.example.com',
    ingress: { annotations: { 'cert-manager.io/cluster-issuer': 'le' } },
    tls: { certificate: RegistryCertificate.existingSecret(Secret.fromSecretName(chart, 'tls', 'my-tls')) },
  });
  expect(problemsIn(chart).join()).toContain('has cert-manager write the Secret "my-tls"');
});

test.each([{ http: { tls: null } }, { storage: { maintenance: null } }, { storage: { filesystem: 'x' } }])('%j is refused', (extra) => {
  const chart = newChart(new FixedStore(), { namespace: 'registry' });
  new Registry(chart, 'registry', { ...LB, configuration: { extra } });
  expect(problemsIn(chart).join()).toContain('would take away all that stands there');
});

test('migration: storage', () => {
  const s3 = '{s3: {bucket: xyz, region: eu-central-1}}';
  expect(migrate(`storage: ""\nconfigData: {storage: ${s3}}\n`).values.get('storage.s3.bucket')).toBe('xyz');
  const { remarks } = migrate(`extraEnvVars: [{name: REGISTRY_STORAGE, value: "${s3}"}]\n`);
  expect(
    remarks
      .filter(({ matter }) => matter === 'LOST')
      .map(({ text }) => text)
      .join(),
  ).toContain('the registry starts with one only');
});

test('migration: the more specific variable counts, in any order; nothing reaches Object.prototype', () => {
  const [part, leaf] = ['{name: REGISTRY_LOG, value: "{level: warn}"}', '{name: REGISTRY_LOG_LEVEL, value: debug}'];
  for (const list of [`${part}, ${leaf}`, `${leaf}, ${part}`])
    expect(migrate(`extraEnvVars: [${list}]\n`).values.get('configuration.logLevel')).toBe('debug');
  migrate('extraEnvVars: [{name: REGISTRY_HTTP, value: "{__proto__: {polluted: 1}}"}]\n');
  expect('polluted' in {}).toBe(false);
});
