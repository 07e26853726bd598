// What holds for a registry behind whatever way in: its objects are what the APIs take, they keep the policy, they stand in their numbered
// files, and the same app gives them again.
import type { Chart } from 'cdk8s';
import { Registry } from '../../lib';
import { filesOf, type Manifest } from '../../lib/app/file-table';
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { manifestsIn, newChart, problemsIn } from '../support/synth';
import { WAYS_IN } from '../support/ways-in';

function chartOf(name: string): Chart {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ...WAYS_IN[name] });
  return chart;
}

describe.each(Object.keys(WAYS_IN))('%s', (name) => {
  const chart = chartOf(name);
  const objects = manifestsIn(chart);

  test('is valid', () => {
    expect(problemsIn(chart)).toEqual([]);
  });

  test('has only fields that the APIs know, with values that they take', () => {
    expect(schemaProblems(objects, ALL_MODELS)).toEqual([]);
  });

  test('keeps the policy', () => {
    expect(policyProblems(objects, { existing: ['Gateway/public', 'Middleware/allow-office'] })).toEqual([]);
  });

  test('stands in numbered files', () => {
    expect([...filesOf(objects as Manifest[]).keys()].filter((file) => file.startsWith('900'))).toEqual([]);
  });

  test('is the same again', () => {
    expect(manifestsIn(chartOf(name))).toEqual(objects);
  });
});

test('what an API does not know is noticed in a custom resource too', () => {
  const [route] = manifestsIn(chartOf('an IngressRoute')).filter(({ kind }) => kind === 'IngressRoute');
  expect(schemaProblems([{ ...route, spec: { ...route?.spec, entrypoints: [] } }], ALL_MODELS)).toEqual([
    'IngressRoute/registry: spec.entrypoints is not a field of the API [unknown-field]',
  ]);
});

/** One object of a way in with another spec, and what the policy then says of it. */
function problemsWith(name: string, id: string, change: (spec: any) => void): string[] {
  const objects = manifestsIn(chartOf(name));
  const target = objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
  change(target?.spec);
  return policyProblems(objects);
}

const POD = 'an IngressRoute, TLS in the pod';
const GATEWAY = 'an HTTPRoute, TLS in the pod';

test.each<[string, string, string, (spec: any) => void, string]>([
  ['Service', POD, 'IngressRoute/registry', ({ routes }) => (routes[0].services[0].name = 'none'), 'refers to Service/none'],
  ['port', POD, 'IngressRoute/registry', ({ routes }) => (routes[0].services[0].port = 80), 'Service/registry has no port 80'],
  ['transport', POD, 'IngressRoute/registry', ({ routes }) => (routes[0].services[0].serversTransport = 'none'), 'ServersTransport/none'],
  ['Middleware', POD, 'IngressRoute/registry', ({ routes }) => (routes[0].middlewares = [{ name: 'none' }]), 'Middleware/none'],
  ['certificate', POD, 'IngressRoute/registry', ({ tls }) => (tls.secretName = 'none'), 'refers to Secret/none'],
  ['CA', POD, 'ServersTransport/registry', (spec) => (spec.rootCAsSecrets = ['none']), 'refers to Secret/none'],
  ['Gateway', GATEWAY, 'HTTPRoute/registry', ({ parentRefs }) => (parentRefs[0].name = 'none'), 'refers to Gateway/none'],
  ['port', GATEWAY, 'HTTPRoute/registry', ({ rules }) => (rules[0].backendRefs[0].port = 443), 'Service/registry has no port 443'],
  ['certificate', GATEWAY, 'Gateway/registry', ({ listeners }) => (listeners[0].tls.certificateRefs[0].name = 'none'), 'Secret/none'],
  ['Service', GATEWAY, 'BackendTLSPolicy/registry', ({ targetRefs }) => (targetRefs[0].name = 'none'), 'refers to Service/none'],
  ['CA', GATEWAY, 'BackendTLSPolicy/registry', ({ validation }) => (validation.caCertificateRefs[0].name = 'none'), 'ConfigMap/none'],
])('a %s that is not there is noticed: %s, %s', (_, name, id, change, problem) => {
  expect(problemsWith(name, id, change)).toEqual([expect.stringMatching(new RegExp(`^${id}: .*${problem}.*\\[route-dangling\\]$`))]);
});
