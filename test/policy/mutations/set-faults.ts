// Planted faults of workloads and of the set as a whole: updates and budgets, names, labels and selectors,
// leaks.
import { Editor } from './editor';
import { CONTAINER, fault, faults, type Mutation, POD } from './fault';

const hash = `$2y$05$${'a'.repeat(53)}`;
const privateKey = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';

const AVAILABILITY_FAULTS: readonly Mutation[] = [
  fault(
    'replicas on one node',
    'Deployment/registry-ui',
    (it) => it.set('spec/replicas', 3),
    '3 replicas need [spread]',
  ),
  fault(
    'spread over other pods',
    'Deployment/mirror',
    (it) => it.set(`${POD}/topologySpreadConstraints/0/labelSelector`, { matchLabels: { app: 'none' } }),
    '[spread]',
  ),
  fault(
    'no strategy',
    'Deployment/registry-ui',
    (it) => it.remove('spec/strategy'),
    'strategy is not written [strategy]',
  ),
  fault(
    'Recreate with rollingUpdate',
    'Deployment/registry',
    (it) => it.set('spec/strategy', { type: 'Recreate', rollingUpdate: { maxSurge: 1 } }),
    '[recreate]',
  ),
  fault(
    'rolling update of one disk',
    'Deployment/registry',
    (it) => it.set('spec/strategy', { type: 'RollingUpdate' }),
    'must be Recreate [single-node-claim]',
  ),
  fault(
    'two replicas on one disk',
    'Deployment/registry',
    (it) => it.set('spec/replicas', 2),
    '2 replicas [single-node-claim|spread]',
  ),
  fault(
    'budget selects nothing',
    'PodDisruptionBudget/mirror',
    (it) => it.set('spec/selector', { matchLabels: { app: 'none' } }),
    '[budget-selector]',
  ),
  fault(
    'budget keeps broken pods',
    'PodDisruptionBudget/mirror',
    (it) => it.remove('spec/unhealthyPodEvictionPolicy'),
    '[budget-eviction]',
  ),
  fault(
    'budget over one replica',
    'Deployment/mirror',
    (it) => it.set('spec/replicas', 1),
    'blocks every drain [budget-single-replica]',
  ),
  fault(
    'budget that needs every replica',
    'PodDisruptionBudget/mirror',
    (it) => it.remove('spec/maxUnavailable').set('spec/minAvailable', 2),
    'minAvailable 2 must be below [budget-too-strict]',
  ),
  fault(
    'budget in per cent',
    'PodDisruptionBudget/mirror',
    (it) => it.remove('spec/maxUnavailable').set('spec/minAvailable', '51%'),
    'minAvailable 51% must be below [budget-too-strict]',
  ),
  fault(
    'budget of nothing',
    'PodDisruptionBudget/mirror',
    (it) => it.set('spec/maxUnavailable', 0),
    'maxUnavailable 0 [budget-too-strict]',
  ),
  fault(
    'scheduled job removes itself',
    'CronJob/gc',
    (it) => it.merge('spec/jobTemplate/spec', { ttlSecondsAfterFinished: 60 }),
    '[cron-job-ttl]',
  ),
  fault('job stays', 'Job/seed', (it) => it.remove('spec/ttlSecondsAfterFinished'), '[job-ttl]'),
];

const OBJECT_FAULTS: readonly Mutation[] = [
  faults(
    'the same object twice',
    (objects) => objects.push(structuredClone(objects.at(-1))),
    'is in the set twice [duplicate-object]',
  ),
  fault(
    'name with a capital',
    'Ingress/registry',
    (it) => it.set('metadata/name', 'Registry'),
    '[object-name]',
  ),
  fault(
    'label with a blank',
    'Deployment/registry',
    (it) => it.merge('metadata/labels', { owner: 'the team' }),
    'owner: the team is not a valid label [label]',
  ),
  fault(
    'pod label with a slash',
    'Deployment/registry',
    (it) => it.merge('spec/template/metadata/labels', { path: 'a/b' }),
    'pod label path: a/b [label]',
  ),
  fault(
    'annotation key with a blank',
    'Deployment/registry',
    (it) => it.merge('metadata/annotations', { 'a b': '' }),
    'annotation a b [label]',
  ),
  fault(
    'TLS secret without a key',
    'Secret/tls',
    (it) => it.rename('data/tls.key', 'key.pem'),
    'key tls.key [secret-keys|missing-key]',
  ),
  fault(
    'Secret with a text as it is',
    'Secret/http',
    (it) => it.set('stringData', { more: 'text' }),
    'write data [secret-data]',
  ),
  fault(
    'selector misses its own pods',
    'Deployment/registry',
    (it) => it.set('spec/selector', { matchLabels: { app: 'none' } }),
    '[selector-template]',
  ),
  fault(
    'selector takes the other pods too',
    'Deployment/registry',
    (it) =>
      it.set('spec/selector', {
        matchLabels: { 'app.kubernetes.io/part-of': it.get('metadata/labels/app.kubernetes.io~part-of') },
      }),
    'also matches the pods of [selector-overlap]',
  ),
];

const LEAK_FAULTS: readonly Mutation[] = [
  fault(
    'private key in a ConfigMap',
    'ConfigMap/config',
    (it) => it.merge('data', { 'tls.pem': privateKey }),
    'data.tls.pem holds a private key [private-key]',
  ),
  fault(
    'hash in an argument',
    'Deployment/registry',
    (it) => it.push(`${CONTAINER}/args`, `admin:${hash}`),
    'holds a bcrypt hash [password-hash]',
  ),
  fault(
    'hash in an annotation of its Secret',
    'Secret/auth',
    (it) => it.merge('metadata/annotations', { checksum: hash }),
    'annotations.checksum holds a bcrypt hash [password-hash]',
  ),
  faults(
    'value of a Secret in a ConfigMap',
    (objects) =>
      Editor.find(objects, 'ConfigMap', 'config').merge('data', {
        extra: `http: { secret: ${secretValue(objects)} }`,
      }),
    'holds the value of Secret [secret-value]',
  ),
];

function secretValue(objects: unknown[]): string {
  return Buffer.from(String(Editor.find(objects, 'Secret', 'http').get('data/secret')), 'base64').toString();
}

export const SET_FAULTS: readonly Mutation[] = [...AVAILABILITY_FAULTS, ...OBJECT_FAULTS, ...LEAK_FAULTS];
