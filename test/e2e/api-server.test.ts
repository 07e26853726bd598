// The default app's and the examples' files, as a real API server sees them: taken whole by strict validation
// and without a warning, nothing changed the second time, and their pods admitted where Pod Security is
// enforced.

import { readdirSync, rmSync } from 'node:fs';
import { join, resolve } from 'node:path';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith, KUBERNETES } from '../../tools/programs';
import { ADMISSION_PROGRAMS, admitPods, outcomes, RESTRICTED, startServer } from './admission';
import { asManifests, DEFAULT_APP, type Synthesized, synthesize } from './scenario';

interface Expected {
  /** Namespaces that the app's README says to have. */
  readonly existing?: readonly string[];
  readonly settings?: Readonly<Record<string, string>>;
  /** What Pod Security enforces in the namespaces of its pods. */
  readonly levels?: Readonly<Record<string, string>>;
}

const APPS: Readonly<Record<string, Expected>> = {
  [DEFAULT_APP]: {},
  'examples/helm-book/main.ts': {},
  'examples/homelab-s3/main.ts': {
    existing: ['registry'],
    settings: { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' },
  },
  'examples/node-port/main.ts': {},
  // An init container gives the folder of the node to the registry, and the agents write on the nodes.
  'examples/self-signed/main.ts': {
    levels: { registry: 'baseline', 'docker-registry-node-trust-registry': 'privileged' },
  },
  'examples/small-cluster/main.ts': { existing: ['shop', 'blog'] },
};

/**
 * Where no controller has ever written a volume's status, 1.27 stores it anew by an apply that changes
 * nothing: the same content has another version.
 */
const STORED_ANEW = KUBERNETES === '1.27' ? /^PersistentVolume .*\n/gm : /^$/;

test('every example is here', () => {
  // own-chart writes a chart, which example-own-chart.test.ts installs.
  const examples = readdirSync(resolve(__dirname, '..', '..', 'examples'))
    .filter((name) => name !== 'own-chart')
    .map((name) => `examples/${name}/main.ts`);
  expect(Object.keys(APPS)).toEqual([DEFAULT_APP, ...examples.sort()]);
});

for (const [app, { existing = [], settings, levels = { registry: 'restricted' } }] of Object.entries(APPS)) {
  describeWith(`the files of ${app}`, ADMISSION_PROGRAMS, () => {
    let server: ApiServer;
    let written: Synthesized;
    beforeAll(async () => {
      const namespaces = existing.map((name) => ({
        apiVersion: 'v1',
        kind: 'Namespace',
        metadata: { name },
      }));
      written = synthesize(app, settings, asManifests(...namespaces));
      server = await startServer();
      for (const name of existing) await server.createNamespace(name, RESTRICTED);
    });
    afterAll(async () => {
      await server?.machine.stop();
      if (written !== undefined) rmSync(written.folder, { recursive: true, force: true });
    });

    /** What kubectl says of the objects. */
    async function apply(...options: string[]): Promise<string[]> {
      const folder = join(written.folder, 'dist');
      const { code, stdout, stderr } = await server.kubectl([
        'apply',
        '--validate=strict',
        ...options,
        '-f',
        folder,
      ]);
      expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
      const lines = stdout.trim().split('\n');
      expect(lines).toHaveLength(written.manifests.length - existing.length);
      return outcomes(lines);
    }

    /** The version of every object, which changes with the object. */
    async function versions(): Promise<string> {
      const kinds = [...new Set(written.manifests.map(({ kind }) => kind))].join(',');
      const columns =
        'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.resourceVersion}{"\\n"}{end}';
      return (await server.must(['get', kinds, '-A', '-o', columns])).replace(STORED_ANEW, '');
    }

    test('are taken without a warning', async () => {
      expect(await apply()).toEqual(['created']);
    });

    test(`change nothing when they are applied again${KUBERNETES === '1.27' ? " (1.27: volumes' versions are not looked at)" : ''}`, async () => {
      const before = await versions();
      expect(await apply()).toEqual(['unchanged']);
      expect(await versions()).toBe(before);
    });

    test('are taken from the server side as well, and roll no pods', async () => {
      const templates = () =>
        server.must(['get', 'deployments,daemonsets', '-A', '-o', 'jsonpath={.items[*].spec.template}']);
      const created = await templates();
      expect(await apply('--server-side')).toEqual(['serverside-applied']);
      expect(await templates()).toBe(created);
      const before = await versions();
      await apply('--server-side');
      expect(await versions()).toBe(before);
    });

    test(`make pods that are admitted: ${Object.entries(levels).map((entry) => entry.join(' enforces '))}`, async () => {
      expect(await admitPods(server, written.manifests)).toEqual(levels);
    });
  });
}
