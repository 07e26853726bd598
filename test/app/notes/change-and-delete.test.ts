// The last steps of NOTES.txt: what they destroy is named, and nothing of others is touched.
import { ServiceType } from 'cdk8s-plus-27';
import { FixedStore, Registry, RegistryNodeTrust, StorageBackend } from '../../../lib';
import { newChart } from '../../support/synth';

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
  expect(registry.notes()).toContain(
    'app.kubernetes.io/instance=registry,app.kubernetes.io/component!=pull-secret',
  );
});
