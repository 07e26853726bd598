// The example node-port: the lines of the simplest registry that works, one test each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../examples/node-port/main';
import { Registry } from '../../lib';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { Built } from '../support/built';
import { newChart, problemsIn, readable } from '../support/synth';

const built = new Built(build);

test('all objects', () => expect(built.objects.map(readable)).toMatchSnapshot());
test('Kubernetes knows every field', () => expect(schemaProblems(built.objects)).toEqual([]));
test('the policy holds', () => expect(policyProblems(built.objects)).toEqual([]));

test('Deployment `registry`', () => {
  expect(built.one('Deployment', 'registry').spec.replicas).toBe(1);
});

test('Service `registry` of type NodePort on 5000', () => {
  const { type, ports, selector } = built.one('Service', 'registry').spec;
  expect({ type, port: ports[0].port }).toEqual({ type: 'NodePort', port: 5000 });
  expect(built.one('Deployment', 'registry').spec.template.metadata.labels).toMatchObject(selector);
});

test('label `app=registry`', () => {
  const { metadata, spec } = built.one('Deployment', 'registry');
  for (const { labels } of [metadata, spec.template.metadata, built.one('Service', 'registry').metadata])
    expect(labels.app).toBe('registry');
});

test('no auth, no TLS', () => {
  const { auth, http } = built.config('registry');
  expect({ auth, tls: http.tls }).toEqual({ auth: undefined, tls: undefined });
  expect(built.objects.filter(({ kind }) => kind === 'Secret').map(({ metadata }) => metadata.name)).toEqual([
    'registry-http',
  ]);
});

test('every node reaches it at `127.0.0.1:<nodePort>`', () => {
  const { ports, externalTrafficPolicy = 'Cluster' } = built.one('Service', 'registry').spec;
  expect({ nodePort: ports[0].nodePort, externalTrafficPolicy }).toEqual({
    nodePort: 30500,
    externalTrafficPolicy: 'Cluster',
  });
});

test('never depend on `latest`; the library pins tags and says why', () => {
  expect(built.pod('registry').containers[0].image).toMatch(/^registry:\d+\.\d+\.\d+$/);
  const chart = newChart();
  new Registry(chart, 'registry', { image: 'registry:latest' });
  const [refusal = 'none'] = problemsIn(chart);
  expect(refusal).toContain('is tagged "latest", which is not a fixed version');
  expect(readFileSync(join(__dirname, '../../examples/node-port/README.md'), 'utf8')).toContain(refusal);
});
