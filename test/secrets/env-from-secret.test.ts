// Which variables of users get their texts from a Secret as they are, and which stay YAML.
import type { k8s } from 'cdk8s-plus-27';
import { Registry } from '../../lib';
import { type Manifest, manifest, newChart, problemsIn } from '../support/synth';

const fromSecret = (name: string, more = {}): k8s.EnvVar => ({
  name,
  valueFrom: { secretKeyRef: { name: 'mine', key: 'text', ...more } },
});

/** The user's variables as they are written. */
function written(...env: k8s.EnvVar[]): Manifest[] {
  const chart = newChart();
  new Registry(chart, 'registry', { env, storage: { deletion: true }, garbageCollection: { onStart: true } });
  expect(problemsIn(chart)).toEqual([]);
  const { containers, initContainers } = manifest(chart, 'Deployment/registry').spec.template.spec;
  expect(initContainers[0].env).toEqual(containers[0].env);
  return containers[0].env.slice(4);
}

test.each([
  'REGISTRY_REDIS_PASSWORD',
  'REGISTRY_REDIS_USERNAME',
  'REGISTRY_PROXY_PASSWORD',
  'REGISTRY_REPORTING_BUGSNAG_APIKEY',
])('%s', (name) => {
  expect(written(fromSecret(name))).toEqual([
    { ...fromSecret(name), name: `TEXT_OF_${name}` },
    { name, value: `|2-\n  $(TEXT_OF_${name})` },
  ]);
});

test.each([
  fromSecret('REGISTRY_NOTIFICATIONS_ENDPOINTS'),
  fromSecret('REGISTRY_REDIS_ADDRS'),
  fromSecret('MY_PASSWORD'),
  fromSecret('REGISTRY_REDIS_PASSWORD', { optional: true }),
  { name: 'REGISTRY_REDIS_PASSWORD', value: '$(REDIS)' },
])('others stay: %j', (variable) => {
  expect(written(variable)).toEqual([variable]);
});
