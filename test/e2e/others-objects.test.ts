// Objects that are in a cluster before this library's, as a real API server keeps them: namespaces of others,
// and the pull secrets of default accounts.

import { rmSync } from 'node:fs';
import { Chart, Testing } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { DefaultServiceAccountPullSecrets, FixedStore, Registry, RegistryPullSecret } from '../../lib';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { ADMISSION_PROGRAMS, asInput, startServer } from './admission';
import { asManifests, DEFAULT_APP, synthesize } from './scenario';

const APPLIES: Readonly<Record<string, readonly string[]>> = {
  client: ['apply'],
  server: ['apply', '--server-side', '--force-conflicts'],
};

describeWith('in a cluster that others use', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.machine.stop());

  /** Applies objects twice and gives what kubectl says of them the second time. */
  async function applied(command: readonly string[], objects: readonly object[]): Promise<string> {
    const input = asInput(asManifests(...objects));
    for (let times = 0; ; times += 1) {
      const said = await server.must([...command, '--validate=strict', '-f', '-'], { input });
      if (times === 1) return said;
    }
  }

  const podIn = (namespace: string) =>
    server.must([
      'run',
      `pod-${Date.now()}`,
      '--image=company.example.com/app:1',
      '-n',
      namespace,
      '-o',
      'jsonpath={.spec.imagePullSecrets[*].name}',
    ]);
  const listOf = (namespace: string) =>
    server.must([
      'get',
      'serviceaccount',
      'default',
      '-n',
      namespace,
      '-o',
      'jsonpath={.imagePullSecrets[*].name}',
    ]);

  async function namespaceWithSecrets(name: string): Promise<void> {
    await server.createNamespace(name);
    const account = {
      apiVersion: 'v1',
      kind: 'ServiceAccount',
      metadata: { name: 'default', namespace: name },
    };
    const given = {
      ...account,
      automountServiceAccountToken: false,
      imagePullSecrets: [{ name: 'company' }, { name: 'hub' }],
    };
    await server.must(['replace', '-f', '-'], { input: JSON.stringify(given) });
    expect(await podIn(name)).toBe('company hub');
  }

  test.each(Object.entries(APPLIES))(
    'an account keeps the pull secrets that are named, beside those of two registries; by the %s',
    async (side, command) => {
      const namespace = `shop-${side}`;
      await namespaceWithSecrets(namespace);
      const app = Testing.app();
      new FixedStore().useIn(app);
      const chart = new Chart(app, 'chart', { namespace: 'registry' });
      const names = ['one', 'two'].map((name) => {
        const registry = new Registry(chart, name, { name, ingress: {}, host: `${name}.example.com` });
        return new RegistryPullSecret(chart, `${name}-pull`, { registry, namespaces: [namespace] })
          .secretName;
      });
      new DefaultServiceAccountPullSecrets(chart, 'accounts', {
        namespaces: [namespace],
        secrets: ['company', 'hub', ...names].map((name) =>
          Secret.fromSecretName(chart, `kept-${name}`, name),
        ),
      });
      const objects = Testing.synth(chart).filter(({ metadata }) => metadata.namespace === namespace);
      expect(objects.map(({ kind }) => kind).sort()).toEqual(['Secret', 'Secret', 'ServiceAccount']);

      expect(await applied(command, objects)).toMatch(
        /serviceaccount\/default (unchanged|serverside-applied)\n/,
      );
      expect(await listOf(namespace)).toBe('company hub one-pull two-pull');
      expect(await podIn(namespace)).toBe('company hub one-pull two-pull');
      const tokens = [
        'get',
        'serviceaccount',
        'default',
        '-n',
        namespace,
        '-o',
        'jsonpath={.automountServiceAccountToken}',
      ];
      expect(await server.must(tokens)).toBe('false');
    },
  );

  test.each(Object.entries(APPLIES))(
    'replaceDefaultPullSecrets does what its name says; by the %s',
    async (side, command) => {
      const namespace = `blog-${side}`;
      await namespaceWithSecrets(namespace);
      const app = Testing.app();
      new FixedStore().useIn(app);
      const chart = new Chart(app, 'chart', { namespace: 'registry' });
      const registry = new Registry(chart, 'registry', { ingress: {}, host: 'registry.example.com' });
      new RegistryPullSecret(chart, 'pull', {
        registry,
        namespaces: [namespace],
        replaceDefaultPullSecrets: true,
      });
      await applied(
        command,
        Testing.synth(chart).filter(({ metadata }) => metadata.namespace === namespace),
      );
      expect(await listOf(namespace)).toBe('registry-pull');
    },
  );

  test.each(['kube-system', 'default'])(
    'the default app in %s leaves that namespace as it was',
    async (namespace) => {
      expect(() => synthesize(DEFAULT_APP, { REGISTRY_NAMESPACE: namespace })).toThrow(
        `the system namespace "${namespace}"`,
      );
      const labels = [
        'get',
        'namespace',
        namespace,
        '-o',
        'jsonpath={.metadata.labels} {.metadata.annotations}',
      ];
      const before = await server.must(labels);
      const existing = asManifests({ apiVersion: 'v1', kind: 'Namespace', metadata: { name: namespace } });
      const { manifests: all, folder } = synthesize(
        DEFAULT_APP,
        { REGISTRY_NAMESPACE: namespace, REGISTRY_CREATE_NAMESPACE: 'false' },
        existing,
      );
      rmSync(folder, { recursive: true, force: true });
      const manifests = all.filter((manifest) => !existing.includes(manifest));
      expect(manifests.filter(({ kind }) => kind === 'Namespace')).toEqual([]);
      for (let times = 0; times < 2; times += 1)
        await server.must(['apply', '-f', '-'], { input: asInput(manifests) });
      expect(await server.must(labels)).toBe(before);
      // What kube-proxy asks for is still admitted.
      const pod = {
        containers: [{ name: 'proxy', image: 'proxy:1', securityContext: { privileged: true } }],
        hostNetwork: true,
      };
      const proxy = { apiVersion: 'v1', kind: 'Pod', metadata: { name: 'proxy', namespace }, spec: pod };
      expect(await server.must(['create', '-f', '-'], { input: JSON.stringify(proxy) })).toBe(
        'pod/proxy created\n',
      );
      await server.must(['delete', '-f', '-', '--wait=false'], { input: asInput(manifests) });
      expect(await server.must(['get', 'namespace', namespace, '-o', 'jsonpath={.status.phase}'])).toBe(
        'Active',
      );
    },
  );
});
