// Every kind of registry that other tests have, as a real API server sees it: each in a namespace of its own that enforces Pod Security `restricted`.

import { objectsOf, VARIANTS, type Variant } from '../support/variants';
import { WAYS_IN } from '../support/ways-in';
import { ADMISSION_PROGRAMS, admitPods, asInput, outcomes, RESTRICTED, startServer } from './admission';
import type { ApiServer } from './cluster/api-server';
import { describeWith } from './programs';
import { asManifests } from './scenario';

jest.setTimeout(90_000);

const REGISTRIES: Readonly<Record<string, Variant>> = {
  ...VARIANTS,
  ...Object.fromEntries(
    Object.entries(WAYS_IN).map(([name, props]) => [name, { props: () => ({ host: 'registry.example.com', ...props }) }]),
  ),
};
/** The fixed store's certificates are no certificates, so that nobody can use them by mistake. */
const DUMMY = 'Warning: tls: failed to find any PEM data in key input\n';

describeWith('a registry of any kind is taken by the API server, and its pods are admitted', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.machine.stop());

  test.each(Object.entries(REGISTRIES))('%s', async (title, variant) => {
    const ownNamespace = title.toLowerCase().replace(/[^a-z0-9]+/g, '-');
    const manifests = asManifests(...(objectsOf(variant, ownNamespace) as object[]));
    const used = new Set(manifests.map(({ namespace }) => namespace).filter((namespace) => namespace !== ''));
    for (const { kind, name } of manifests) if (kind === 'Namespace') used.delete(name);
    for (const namespace of used) await server.createNamespace(namespace, RESTRICTED);
    for (const [kind, name] of (variant.existing ?? []).map((id) => id.split('/'))) {
      if (kind === 'ServiceAccount') await server.must(['create', 'serviceaccount', name, '-n', ownNamespace]);
    }

    const input = asInput(manifests);
    const { code, stdout, stderr } = await server.kubectl(['apply', '--server-side', '--validate=strict', '-f', '-'], { input });
    expect({ code, stderr }).toEqual({ code: 0, stderr: manifests.some(({ body }) => body.type === 'kubernetes.io/tls') ? DUMMY : '' });
    const lines = stdout.trim().split('\n');
    expect({ objects: lines.length, said: outcomes(lines) }).toEqual({ objects: manifests.length, said: ['serverside-applied'] });
    expect([...new Set(Object.values(await admitPods(server, manifests)))]).toEqual(['restricted']);
    // Only one registry can have a port of the nodes.
    await server.must(['delete', '-f', '-'], { input: asInput(manifests.filter(({ kind }) => kind === 'Service')) });
  });

  test('fields are checked against the published definitions of custom resources', async () => {
    const registry: Variant = { props: () => ({ host: 'registry.example.com', ...WAYS_IN['an IngressRoute'] }) };
    const routes = asManifests(...(objectsOf(registry, 'default') as object[])).filter(({ kind }) => kind === 'IngressRoute');
    expect(routes).toHaveLength(2); // the registry's and the page's
    const said = (objects: typeof routes) =>
      server.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], { input: asInput(objects) });
    expect(await said(routes)).toMatchObject({ code: 0, stderr: '' });
    (routes[0].body.spec as Record<string, unknown>).entrypoints = [];
    expect(await said(routes)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('.spec.entrypoints: field not declared in schema'),
    });
  });
});
