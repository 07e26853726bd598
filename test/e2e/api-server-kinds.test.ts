// Every kind of registry of the catalogue, as a real API server sees it: each in a namespace of its own that
// enforces Pod Security `restricted`.

import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith, KUBERNETES } from '../../tools/programs';
import { REGISTRIES, routed } from '../catalogue/catalogue';
import { type Kind, objectsOf } from '../catalogue/kind';
import { ROUTES } from '../catalogue/routes';
import { ADMISSION_PROGRAMS, admitPods, asInput, outcomes, RESTRICTED, startServer } from './admission';
import { asManifests } from './scenario';

jest.setTimeout(90_000);

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

describeWith(
  'a registry of any kind is taken by the API server, and its pods are admitted',
  ADMISSION_PROGRAMS,
  () => {
    let server: ApiServer;
    /** Registries share the namespaces of others. `kube-public` is there already. */
    const made = new Set(['kube-public']);
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.machine.stop());

    test.each(KINDS)('%s', async (title, registry) => {
      const ownNamespace = title
        .toLowerCase()
        .replace(/[^a-z0-9]+/g, '-')
        .slice(0, 63)
        .replace(/-$/, '');
      // Definitions of the operators of Prometheus and Grafana are not among those that the server has.
      const objects = objectsOf(registry, ownNamespace).filter(
        ({ kind }) => !['ServiceMonitor', 'PrometheusRule', 'GrafanaDashboard'].includes(kind),
      );
      const manifests = asManifests(...objects);
      const used = new Set(
        manifests.map(({ namespace }) => namespace).filter((namespace) => namespace !== ''),
      );
      for (const { kind, name } of manifests) if (kind === 'Namespace') used.delete(name);
      for (const namespace of used) {
        if (!made.has(namespace)) await server.createNamespace(namespace, RESTRICTED);
        made.add(namespace);
      }
      for (const [kind, name] of (registry.existing ?? []).map((id) => id.split('/'))) {
        if (kind === 'ServiceAccount')
          await server.must(['create', 'serviceaccount', name, '-n', ownNamespace]);
      }

      const input = asInput(manifests);
      const { code, stdout, stderr } = await server.kubectl(
        ['apply', '--server-side', '--validate=strict', '-f', '-'],
        { input },
      );
      const expected = WARNINGS.filter(([concerns]) => manifests.some(({ body }) => concerns(body))).map(
        ([, text]) => `Warning: ${text}\n`,
      );
      expect({ code, stderr }).toEqual({ code: 0, stderr: expected.join('') });
      const lines = stdout.trim().split('\n');
      expect({ objects: lines.length, said: outcomes(lines) }).toEqual({
        objects: manifests.length,
        said: ['serverside-applied'],
      });
      expect([...new Set(Object.values(await admitPods(server, manifests)))]).toEqual(['restricted']);
      // Only one registry can have a port of the nodes.
      const exposed = manifests.filter(({ body }) => JSON.stringify(body).includes('"nodePort":'));
      if (exposed.length > 0) await server.must(['delete', '-f', '-'], { input: asInput(exposed) });
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
