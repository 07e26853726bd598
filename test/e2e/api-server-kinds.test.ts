// Every kind of registry of the catalogue, as a real API server sees it: each in a namespace of its own that
// enforces Pod Security `restricted`.

import { type ApiServer, accountOf } from '../../tools/pod-runner/api-server';
import { describeWith, KUBERNETES } from '../../tools/programs';
import { REGISTRIES, routed } from '../catalogue/catalogue';
import { type Kind, objectsOf } from '../catalogue/kind';
import { ROUTES } from '../catalogue/routes';
import type { Manifest } from '../support/synth';
import {
  ADMISSION_PROGRAMS,
  asInput,
  levelsOf,
  outcomes,
  podsOf,
  RESTRICTED,
  startServer,
} from './admission';
import { inOnePlace, ofEachForm } from './object-forms';
import { asManifests } from './scenario';

/** Without a version, Kubernetes is the newest. */
const KINDS = REGISTRIES.filter(
  ([, { newKubernetes = false }]) => KUBERNETES === undefined || !newKubernetes,
);

/** What the server has to say about these objects, and why. */
const WARNINGS: readonly [(body: Record<string, unknown>) => boolean, string][] = [
  [
    ({ apiVersion }) => apiVersion === 'external-secrets.io/v1beta1',
    'external-secrets.io/v1beta1 ExternalSecret is deprecated; use external-secrets.io/v1 ExternalSecret',
  ],
  // The fixed store's certificates are no certificates, so that nobody can use them by mistake.
  [({ type }) => type === 'kubernetes.io/tls', 'tls: failed to find any PEM data in key input'],
];

const VERSIONS = 'jsonpath={.items[*].metadata.resourceVersion}';

const made = new Map<string, Manifest[]>();

/** A kind's objects. Definitions of the operators of Prometheus and Grafana are not among those that the server has. */
function objectsIn(title: string): Manifest[] {
  const [, registry] = KINDS.find(([other]) => other === title) as (typeof KINDS)[number];
  const objects = made.get(title) ?? objectsOf(registry, namespaceOf(title));
  made.set(title, objects);
  return objects.filter(
    ({ kind }) => !['ServiceMonitor', 'PrometheusRule', 'GrafanaDashboard'].includes(kind),
  );
}

function namespaceOf(title: string): string {
  return title
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, '-')
    .slice(0, 63)
    .replace(/-$/, '');
}

/** Those that others make: a kind's own, and those that it reaches into. */
function namespacesOf(title: string): string[] {
  const objects = asManifests(...objectsIn(title));
  const own = objects.filter(({ kind }) => kind === 'Namespace').map(({ name }) => name);
  return objects.map(({ namespace }) => namespace).filter((name) => name !== '' && !own.includes(name));
}

describeWith(
  'a registry of any kind is taken by the API server, and its pods are admitted',
  ADMISSION_PROGRAMS,
  () => {
    let server: ApiServer;
    const withPods = new Set<string>();
    beforeAll(async () => {
      server = await startServer();
      // Registries share the namespaces of others. `kube-public` is there already.
      const all = new Set(KINDS.flatMap(([title]) => namespacesOf(title)));
      all.delete('kube-public');
      await server.createNamespaces([...all], RESTRICTED);
    });
    afterAll(() => server?.machine.stop());

    test('objects of each form are unchanged when they are applied again', async () => {
      await server.createNamespace('again');
      const all = KINDS.flatMap(([title]) => objectsIn(title));
      const manifests = asManifests(...inOnePlace(ofEachForm(all), 'again'));
      expect(manifests.length).toBeGreaterThan(50);
      const input = asInput(manifests);
      const apply = async () => {
        const { code, stdout, stderr } = await server.kubectl(['apply', '-f', '-'], { input });
        expect({ code, stderr: stderr.replace(/^Warning: .*\n/gm, '') }).toEqual({ code: 0, stderr: '' });
        return stdout.trim().split('\n');
      };
      const versions = () => server.must(['get', 'pdb,netpol', '-n', 'again', '-o', VERSIONS]);
      expect(outcomes(await apply())).toEqual(['created']);
      const before = await versions();
      const changed = (await apply()).filter((line) => !line.endsWith(' unchanged'));
      expect(changed.map((line) => line.replace(/-\d+ /, ' '))).toEqual([
        // kubectl sends the selector of a budget with each apply, since it is replaced and never merged.
        'poddisruptionbudget.policy/registry configured',
        // A port that a user gives without a protocol.
        'networkpolicy.networking.k8s.io/registry configured',
      ]);
      // The server stores nothing new.
      expect(await versions()).toBe(before);
      const services = manifests.filter(({ kind }) => kind === 'Service');
      await server.must(['delete', '-f', '-'], { input: asInput(services) });
    });

    test.each(KINDS)('%s', async (title, registry) => {
      const ownNamespace = namespaceOf(title);
      const manifests = asManifests(...objectsIn(title));
      for (const [kind, name] of (registry.existing ?? []).map((id) => id.split('/'))) {
        if (kind === 'ServiceAccount')
          await server.must(['create', 'serviceaccount', name, '-n', ownNamespace]);
      }

      // What controllers would make of them, too: a namespace's service account, and pods.
      const pods = podsOf(manifests);
      const accounts = manifests
        .filter(({ kind }) => kind === 'Namespace')
        .map(({ name }) => accountOf(name));
      const all = [...manifests, ...asManifests(...accounts), ...pods];
      const { code, stdout, stderr } = await server.kubectl(
        ['apply', '--server-side', '--validate=strict', '-f', '-'],
        { input: asInput(all) },
      );
      const expected = WARNINGS.filter(([concerns]) => manifests.some(({ body }) => concerns(body))).map(
        ([, text]) => `Warning: ${text}\n`,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: expected.join('') });
      const lines = stdout.trim().split('\n');
      expect({ objects: lines.length, said: outcomes(lines) }).toEqual({
        objects: all.length,
        said: ['serverside-applied'],
      });
      expect(pods.length).toBeGreaterThan(0);
      for (const { namespace } of pods) withPods.add(namespace);
      // Only one registry can have a port of the nodes.
      const exposed = manifests.filter(({ body }) => JSON.stringify(body).includes('"nodePort":'));
      if (exposed.length > 0) await server.must(['delete', '-f', '-'], { input: asInput(exposed) });
    });

    test('the namespaces of all pods enforce `restricted`', async () => {
      expect(withPods.size).toBeGreaterThanOrEqual(KINDS.length);
      expect([...new Set(Object.values(await levelsOf(server, withPods)))]).toEqual(['restricted']);
    });

    test('fields are checked against the published definitions of custom resources', async () => {
      const registry: Kind = routed(ROUTES['an IngressRoute'] ?? {});
      const routes = asManifests(...objectsOf(registry, 'default')).filter(
        ({ kind }) => kind === 'IngressRoute',
      );
      expect(routes).toHaveLength(2); // the registry's and the UI's
      const said = (objects: typeof routes) =>
        server.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], {
          input: asInput(objects),
        });
      expect(await said(routes)).toMatchObject({ code: 0, stderr: '' });
      (routes[0].body.spec as Record<string, unknown>).entrypoints = [];
      expect(await said(routes)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('.spec.entrypoints: field not declared in schema'),
      });
    });
  },
);
