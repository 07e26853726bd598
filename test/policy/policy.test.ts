// What the policy check finds and lets pass beyond the planted faults: kinds that are not on the allow-list
// yet, objects outside the set, values that only look like faults.

import { policyProblems, RULES } from '../../tools/policy/policy';
import { amount, looksSecret } from '../../tools/policy/rules/containers';
import { matches } from '../../tools/policy/rules/manifest-set';
import { deployment, type GoodObject, goodSet, networkPolicy, object } from './good-set';
import { Editor } from './mutations/editor';
import { wideSet } from './wide-set';

/** The problems of the good set after a change. */
function changed(kind: string, suffix: string, edit: (editor: Editor) => void): string[] {
  const objects = goodSet();
  edit(Editor.find(objects, kind, suffix));
  return policyProblems(objects);
}

const POD = 'spec/template/spec';
const CONTAINER = `${POD}/containers/0`;

test('each problem names the object, the container and the rule', () => {
  expect(changed('Deployment', 'registry', (it) => it.remove(`${CONTAINER}/resources/limits`))).toEqual([
    'Deployment/registry container registry: resources.limits.memory is missing [memory-limit]',
  ]);
});

test('rule names are lower case with hyphens, so that the brackets can be parsed', () => {
  expect(RULES.map(({ name }) => name).filter((name) => !/^[a-z]+(-[a-z]+)*$/.test(name))).toEqual([]);
});

describe('objects outside the set', () => {
  const withExternalAuth = (): GoodObject[] => {
    const objects = goodSet().filter(({ metadata }) => metadata.name !== 'registry-auth');
    Editor.find(objects, 'Deployment', 'registry').set(`${POD}/volumes/auth/secret`, {
      secretName: 'basic-auth',
      items: [{ key: 'htpasswd', path: 'htpasswd' }],
    });
    return objects;
  };

  test('are missing unless they are declared', () => {
    expect(policyProblems(withExternalAuth())).toEqual([
      'Deployment/registry: volume auth refers to Secret/basic-auth, which does not exist [missing-object]',
    ]);
    expect(policyProblems(withExternalAuth(), { existing: ['ConfigMap/basic-auth'] })).toHaveLength(1);
  });

  test('are there once declared, whatever their keys', () => {
    expect(policyProblems(withExternalAuth(), { existing: ['Secret/basic-auth'] })).toEqual([]);
  });

  test.each([
    ['ExternalSecret', { target: { name: 'basic-auth' } }],
    ['Certificate', { secretName: 'basic-auth' }],
  ])('may be made by a %s of the set', (kind, spec) => {
    expect(
      policyProblems([...withExternalAuth(), object('example.com/v1', kind, 'other', 'registry', { spec })]),
    ).toEqual([]);
  });
});

describe('rules can be left out by name', () => {
  const objects = goodSet();
  Editor.find(objects, 'Deployment', 'registry').set(`${CONTAINER}/image`, 'registry:latest');

  test('one that exists', () => {
    expect(policyProblems(objects)).toHaveLength(1);
    expect(policyProblems(objects, { except: ['image-tag'] })).toEqual([]);
  });

  test('but not one that does not exist', () => {
    expect(() => policyProblems(objects, { except: ['image-tags'] })).toThrow(
      'except names rules that do not exist: image-tags',
    );
  });
});

describe('kinds that the library does not write yet', () => {
  const scaler = (name: string): GoodObject =>
    object('autoscaling/v2', 'HorizontalPodAutoscaler', 'registry-ui', 'registry-ui', {
      spec: {
        minReplicas: 2,
        maxReplicas: 4,
        scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name },
      },
    });
  const monitor = (app: string, port: string): GoodObject =>
    object('monitoring.coreos.com/v1', 'ServiceMonitor', 'registry', 'registry', {
      spec: { selector: { matchLabels: { app } }, endpoints: [{ port }] },
    });

  test.each([
    [
      'a scaler of nothing',
      scaler('none'),
      'HorizontalPodAutoscaler/registry-ui: scaleTargetRef Deployment/none does not exist [scaler-dangling]',
    ],
    [
      'a scaler that makes replicas',
      scaler('registry-ui'),
      'Deployment/registry-ui: 2 replicas need podAntiAffinity or topologySpreadConstraints that select their own labels [spread]',
    ],
    [
      'a monitor of nothing',
      monitor('none', 'http'),
      'ServiceMonitor/registry: selector matches no Service [monitor-dangling]',
    ],
    [
      'a monitor of a missing port',
      monitor('registry', 'debug'),
      'ServiceMonitor/registry: endpoint port debug is on no Service that the selector matches [monitor-dangling]',
    ],
  ])('%s', (_, added, problem) => {
    expect(policyProblems([...goodSet(), added])).toEqual([problem]);
  });

  test('a good monitor', () => {
    expect(policyProblems([...goodSet(), monitor('registry', 'http')])).toEqual([]);
  });

  test('a StatefulSet is a workload like the others', () => {
    const source = deployment('registry-state', {}, { containers: [{ name: 'x', image: 'x' }] });
    const problems = policyProblems([
      { ...source, kind: 'StatefulSet' },
      networkPolicy('registry-state', []),
    ]);
    expect(problems).toContain(
      'StatefulSet/registry-state container x: image x has no fixed tag: write one that is not latest, or a digest [image-tag]',
    );
    expect(problems).toContain(
      'StatefulSet/registry-state: the update strategy is not written: write its type [strategy]',
    );
  });
});

describe('what only looks like a fault passes', () => {
  test.each<[string, string, string, (editor: Editor) => void]>([
    [
      'a literal path',
      'Deployment',
      'registry',
      (it) => it.push(`${CONTAINER}/env`, { name: 'REGISTRY_HTTP_TLS_KEY', value: '/certs/tls.key' }),
    ],
    [
      'a digest',
      'Deployment',
      'registry',
      (it) => it.set(`${CONTAINER}/image`, `localhost:5000/registry@sha256:${'a'.repeat(64)}`),
    ],
    ['a target port by number', 'Service', 'registry', (it) => it.set('spec/ports/0/targetPort', 5000)],
    ['a Service without target port', 'Service', 'registry', (it) => it.remove('spec/ports/0/targetPort')],
    ['a Service without selector', 'Service', 'registry', (it) => it.remove('spec/selector')],
    [
      'a policy for a range of ports',
      'NetworkPolicy',
      'registry',
      (it) => it.set('spec/ingress/0/ports/0', { port: 4000, endPort: 6000 }),
    ],
    ['a policy that opens every port', 'NetworkPolicy', 'registry', (it) => it.set('spec/ingress', [{}])],
    ['a policy by number', 'NetworkPolicy', 'registry', (it) => it.set('spec/ingress/0/ports/0/port', 5000)],
    [
      'a certificate that is issued later',
      'Ingress',
      'registry',
      (it) =>
        it
          .merge('metadata/annotations', { 'cert-manager.io/issuer': 'x' })
          .set('spec/tls/0/secretName', 'later'),
    ],
    ['a default certificate', 'Ingress', 'registry', (it) => it.remove('spec/tls/0/secretName')],
    [
      'an optional Secret',
      'Deployment',
      'registry',
      (it) => it.push(`${CONTAINER}/envFrom`, { secretRef: { name: 'none', optional: true } }),
    ],
    [
      'a certificate in a ConfigMap',
      'ConfigMap',
      'config',
      (it) =>
        it.merge('data', { 'ca.crt': '-----BEGIN CERTIFICATE-----\nMIIC\n-----END CERTIFICATE-----\n' }),
    ],
    [
      'replicas on shared storage',
      'PersistentVolumeClaim',
      'registry',
      (it) => it.set('spec/accessModes', ['ReadWriteMany']),
    ],
  ])('%s', (_, kind, suffix, edit) => {
    expect(changed(kind, suffix, edit)).toEqual([]);
  });
});

test('malformed objects do not stop the check', () => {
  const broken = wideSet().flatMap(({ kind, metadata }) =>
    [
      undefined,
      'x',
      { template: 'x', selector: 'x' },
      { template: { spec: { containers: {}, volumes: [null] } } },
      { ports: 'x', rules: [null], ingress: {} },
    ].map((spec, index) => ({ kind, metadata: { ...metadata, name: `${metadata.name}-${index}` }, spec })),
  );
  expect(policyProblems([null, 'x', {}, ...broken]).length).toBeGreaterThan(0);
});

test.each([
  ['REGISTRY_HTTP_SECRET', 'x', true],
  ['MySecretName', 'x', true],
  ['REGISTRY_HTTP_SECRET', '', false],
  ['ADMIN_PASSWORD', 'x', true],
  ['GITHUB_TOKEN', 'x', true],
  ['AWS_ACCESS_KEY_ID', 'x', true],
  ['API_KEY', 'x', true],
  ['REGISTRY_AUTH_TOKEN_REALM', 'https://auth.example.com', false],
  ['REGISTRY_AUTH_HTPASSWD_PATH', '/auth/htpasswd', false],
  ['PROXY_PASSWORD', 'https://user:pass@example.com', true],
  ['SHOW_TOKEN', 'true', false],
  ['REGISTRY_TITLE', 'x', false],
])('%s=%s is a credential in the open: %s', (name, value, expected) => {
  expect(looksSecret(name, value)).toBe(expected);
});

test.each([
  ['100m', 0.1],
  ['1', 1],
  [2, 2],
  ['1Ki', 1024],
  ['1.5Gi', 1.5 * 2 ** 30],
  ['x', undefined],
  [undefined, undefined],
])('the quantity %s is %s', (quantity, expected) => {
  expect(amount(quantity)).toBe(expected);
});

test.each([
  [{}, true],
  [undefined, false],
  [{ matchLabels: { a: '1' } }, true],
  [{ matchLabels: { a: '2' } }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'In', values: ['1', '2'] }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'NotIn', values: ['1'] }] }, false],
  [{ matchExpressions: [{ key: 'b', operator: 'NotIn', values: ['1'] }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'Exists' }] }, true],
  [{ matchExpressions: [{ key: 'a', operator: 'DoesNotExist' }] }, false],
  [{ matchExpressions: [{ key: 'a', operator: 'Gt', values: ['0'] }] }, false],
])('the selector %j matches a=1: %s', (selector, expected) => {
  expect(matches(selector, { a: '1' })).toBe(expected);
});
