// NetworkPolicies of the chart's pods: each pod has one, those of hooks too, which leave none behind.
import { policyProblems } from '../../tools/policy/policy';
import type { Manifest } from '../support/synth';
import { nested } from './value-sets/value-set';
import { registryOfValues } from './values-registry';

function objectsOf(values: Readonly<Record<string, unknown>> = {}): Manifest[] {
  const { plain, problems } = registryOfValues(nested(values));
  expect(problems).toEqual([]);
  return [...(plain?.objects ?? [])];
}

const BY_JOB = { 'secrets.source': 'job' };
const policyOf = (objects: Manifest[], name: string): any =>
  objects.find(({ kind, metadata }) => kind === 'NetworkPolicy' && metadata.name === name);

test.each([
  ['by default', {}],
  ['with a Job that makes secrets', BY_JOB],
  ['with a verification at the address of clients', { 'verification.address': 'HOST', host: 'a.b.example' }],
])('each pod has one, %s', (_, values) => {
  const without = policyProblems(objectsOf(values)).filter((problem) => /no-network-policy/.test(problem));
  expect(without).toEqual([]);
});

test('that of the Job is there before it, opens the API server alone, and goes with it', () => {
  const { metadata, spec } = policyOf(objectsOf(BY_JOB), 'registry-secrets');
  expect(metadata.annotations).toMatchObject({
    'helm.sh/hook': 'pre-install,pre-upgrade,pre-rollback',
    'helm.sh/hook-weight': '-1',
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
    'argocd.argoproj.io/sync-wave': '-1',
  });
  expect(spec).toMatchObject({ policyTypes: ['Ingress', 'Egress'] });
  expect(spec.ingress).toBeUndefined();
  const [dns, ...others] = spec.egress;
  expect(dns.ports).toHaveLength(4);
  expect(others).toEqual([{ ports: [443, 6443].map((port) => ({ port, protocol: 'TCP' })) }]);
});

test("the Job's API server is where the values say", () => {
  const apiServer = [{ ports: [{ port: 16443 }] }];
  const { spec } = policyOf(objectsOf({ ...BY_JOB, 'secrets.job.apiServer': apiServer }), 'registry-secrets');
  expect(spec.egress.slice(1)).toEqual(apiServer);
});

test("that of helm test's pod is no hook, so that it is there before, and goes with the release", () => {
  const { metadata, spec } = policyOf(
    objectsOf({ 'verification.allowTo': [{ ports: [{ port: 8 }] }] }),
    'registry-test-pods',
  );
  expect(Object.keys(metadata.annotations ?? {}).filter((key) => key.startsWith('helm.sh/hook'))).toEqual([]);
  expect(spec.ingress).toBeUndefined();
  expect(spec.egress.slice(1)).toEqual([
    { ports: [{ port: 5000, protocol: 'TCP' }], to: [{ podSelector: expect.anything() }] },
    { ports: [{ port: 8 }] },
  ]);
});

test.each(['registry-secrets', 'registry-test-pods'])('%s has none where the values want none', (name) => {
  expect(policyOf(objectsOf({ ...BY_JOB, 'networkPolicy.enabled': false }), name)).toBeUndefined();
});
