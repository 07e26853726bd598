// Node trust and external secrets against the API's schema and the policy, with the few exceptions that their
// work needs. What else stands beside a registry is in test/every-registry.test.ts.
import { Chart, Testing } from 'cdk8s';
import {
  ExternalSecretStore,
  ExternalSecretVersion,
  NodeRuntime,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryExternalSecret,
  RegistryLogin,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryToolbox,
} from '../../lib';
import { EXTERNAL_SECRET_MODELS } from '../../tools/policy/external-secret';
import { policyProblems } from '../../tools/policy/policy';
import { MODELS, schemaProblems } from '../../tools/policy/schema';
import { objectsOf } from '../catalogue/kind';

const store = ExternalSecretStore.clusterSecretStore('vault');
const external = RegistryLogin.externalSecret({
  store,
  user: 'admin',
  password: { key: 'registry', property: 'password' },
});

const schema = (objects: readonly unknown[]) =>
  schemaProblems(objects, [...MODELS, ...EXTERNAL_SECRET_MODELS]);

describe('node trust', () => {
  const objects = objectsOf({
    props: () => ({ createNamespace: true }),
    beside: (chart, registry) =>
      void new RegistryNodeTrust(chart, 'nodes', {
        registry,
        runtimes: Object.values(NodeRuntime),
        mirrorOf: ['docker.io'],
      }),
  });

  test('is what the API takes', () => {
    expect(schema(objects)).toEqual([]);
  });

  test('leaves `restricted` for the folders of the node and for root, who owns them, and for nothing else', () => {
    expect(policyProblems(objects)).toEqual([
      ...['containerd', 'docker', 'k3s'].map(
        (name) =>
          `DaemonSet/registry-node-trust: volume ${name} is of type hostPath: ${ALLOWED} [volume-types]`,
      ),
      'DaemonSet/registry-node-trust: securityContext.runAsNonRoot is false [run-as-non-root]',
      'DaemonSet/registry-node-trust: securityContext.runAsUser is 0, which is root [run-as-user]',
      // It waits for what is in its way, and a restart would only make it wait longer.
      'DaemonSet/registry-node-trust container node-trust: livenessProbe is missing [liveness-probe]',
    ]);
  });
});

const ALLOWED =
  'restricted allows configMap, csi, downwardAPI, emptyDir, ephemeral, persistentVolumeClaim, projected, secret';

test('a registry whose every Secret is made by an ExternalSecret', () => {
  const app = Testing.app();
  const chart = new Chart(app, 'chart', { namespace: 'registry' });
  const secret = (secretName: string, values: Record<string, { key: string }>, secretType?: string) =>
    new RegistryExternalSecret(chart, secretName, {
      secretName,
      values,
      secretType,
      store,
      version: ExternalSecretVersion.V1BETA1,
    }).secret;
  const registry = new Registry(chart, 'registry', {
    createNamespace: true,
    ingress: {},
    auth: {
      credentials: RegistryCredentials.existingSecret({
        secret: secret('users', { htpasswd: { key: 'users' } }),
      }),
    },
    tls: {
      certificate: RegistryCertificate.existingSecret(
        secret('certificate', { 'tls.crt': { key: 'crt' }, 'tls.key': { key: 'key' } }, 'kubernetes.io/tls'),
      ),
    },
    httpSecret: { secret: secret('uploads', { secret: { key: 'uploads' } }) },
  });
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'], login: external });
  new RegistryToolbox(chart, 'toolbox', { registry, login: external });
  const objects = Testing.synth(chart);
  expect(objects.filter(({ kind }) => kind === 'Secret')).toEqual([]);
  expect(objects.filter(({ kind }) => kind === 'ExternalSecret')).toHaveLength(5);
  expect(schema(objects)).toEqual([]);
  expect(policyProblems(objects)).toEqual([]);
});

test.each<[string, (spec: Record<string, any>) => void, string]>([
  [
    'an unknown field',
    (spec) => Object.assign(spec.target, { kind: 'Secret' }),
    'spec.target.kind is not a field of the API [unknown-field]',
  ],
  ['another type', (spec) => Object.assign(spec, { data: {} }), 'spec.data is not a list [schema]'],
])('the schema check of an ExternalSecret notices %s', (_, plant, problem) => {
  const chart = new Chart(Testing.app(), 'chart', { namespace: 'registry' });
  new RegistryExternalSecret(chart, 'users', {
    secretName: 'users',
    store,
    values: { htpasswd: { key: 'users' } },
  });
  const [object] = Testing.synth(chart);
  plant(object.spec);
  expect(schema([object])).toEqual([`ExternalSecret/users: ${problem}`]);
});
