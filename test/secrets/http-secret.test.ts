// The text that all replicas sign the state of uploads with: generated once, or taken from a Secret that
// exists.
import { Secret } from 'cdk8s-plus-27';
import { Registry, RegistryCertificate, RegistryCredentials, type RegistryProps } from '../../lib';
import { contentsOf } from '../support/folder';
import { type Manifest, manifest, namesIn, newChart, newChartWithStore, textsOf } from '../support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

const variable = (deployment: Manifest, wanted = 'REGISTRY_HTTP_SECRET') =>
  deployment.spec.template.spec.containers[0].env.find(({ name }: { name: string }) => name === wanted);

test('is generated, kept, and reaches the process by the Secret only', () => {
  // GIVEN
  const { chart, folder } = newChartWithStore();

  // WHEN
  new Registry(chart, 'registry', OPEN);

  // THEN
  const { secret } = textsOf(manifest(chart, 'Secret/registry-http'));
  expect(secret).toMatch(/^[A-Za-z0-9]{43}$/);
  expect(contentsOf(folder)['registry/registry/http-secret']).toBe(`${secret}\n`);
  expect(variable(manifest(chart, 'Deployment/registry'))).toEqual({
    name: 'REGISTRY_HTTP_SECRET',
    valueFrom: { secretKeyRef: { name: 'registry-http', key: 'secret' } },
  });
  expect(JSON.stringify(manifest(chart, 'ConfigMap/registry-config'))).not.toContain(secret);
});

test('can come from a Secret that exists', () => {
  const chart = newChart();
  new Registry(chart, 'registry', {
    ...OPEN,
    httpSecret: { secret: Secret.fromSecretName(chart, 'shared', 'upload-state'), key: 'text' },
  });
  expect(namesIn(chart).filter((name) => name.startsWith('Secret/'))).toEqual([]);
  const deployment = manifest(chart, 'Deployment/registry');
  expect(variable(deployment, 'TEXT_OF_REGISTRY_HTTP_SECRET').valueFrom).toEqual({
    secretKeyRef: { name: 'upload-state', key: 'text' },
  });
  expect(variable(deployment).value).toBe('|2-\n  $(TEXT_OF_REGISTRY_HTTP_SECRET)');
});

test('can stand under a key of its own', () => {
  const chart = newChart();
  new Registry(chart, 'registry', { ...OPEN, httpSecretKey: 'http.secret' });
  expect(Object.keys(textsOf(manifest(chart, 'Secret/registry-http')))).toEqual(['http.secret']);
  expect(variable(manifest(chart, 'Deployment/registry')).valueFrom.secretKeyRef.key).toBe('http.secret');
});
