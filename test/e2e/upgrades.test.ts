// What was applied by the first version is upgraded in place: today's files on top of the files of commit a8ecdfa, on a real API server.
// The fixtures are what `npx cdk8s synth` of that commit wrote, with nothing in the Secrets.
import { readFileSync, rmSync } from 'node:fs';
import { resolve } from 'node:path';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { type Manifest, parseManifests } from '../../tools/pod-runner/manifests';
import { describeWith } from '../../tools/programs';
import { ADMISSION_PROGRAMS, asInput, startServer } from './admission';
import { asManifests, DEFAULT_APP, synthesize } from './scenario';

const FIXTURES = resolve(__dirname, '..', 'upgrades', 'a8ecdfa');

interface Upgrade {
  readonly app: string;
  readonly settings?: Readonly<Record<string, string>>;
  /** Namespaces that are there. */
  readonly existing?: readonly string[];
  /** Objects that the files no longer have. */
  readonly left?: readonly string[];
}

const HOST_PATH = 'test/upgrades/apps/host-path.ts';
const UPGRADES: Readonly<Record<string, Upgrade>> = {
  default: { app: DEFAULT_APP },
  'node-port': { app: 'examples/node-port/main.ts' },
  'homelab-s3': {
    app: 'examples/homelab-s3/main.ts',
    existing: ['registry'],
    settings: { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' },
  },
  'small-cluster': { app: 'examples/small-cluster/main.ts', existing: ['shop', 'blog'] },
  'self-signed': {
    app: 'examples/self-signed/main.ts',
    // Its name was another one: docs/operations/upgrades.md.
    left: ['Namespace /', 'ConfigMap ', 'NetworkPolicy ', 'DaemonSet '].map((kind) =>
      kind.endsWith('/')
        ? `${kind}docker-registry-node-trust`
        : `${kind}docker-registry-node-trust/docker-registry-node-trust`,
    ),
  },
  'host-path': { app: HOST_PATH, settings: { NAMES: 'as before' } },
};

describeWith('an upgrade from the first version', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.machine.stop());

  /** All are of a namespace `registry`; here each has one of its own, whose registry is on another host. */
  const placed = (manifests: readonly Manifest[], namespace: string): Manifest[] =>
    asManifests(
      ...manifests.map(({ body }) =>
        JSON.parse(JSON.stringify(body), (key, value) => {
          if (key === 'namespace' && value === 'registry') return namespace;
          return key === 'metadata' && body.kind === 'Namespace' && value.name === 'registry'
            ? { ...value, name: namespace }
            : value;
        }),
      ),
    );
  const keyOf = ({ kind, namespace, name }: Manifest) => `${kind} ${namespace ?? ''}/${name}`;

  async function uids(manifests: readonly Manifest[]): Promise<Record<string, string>> {
    const found: Record<string, string> = {};
    const columns =
      'jsonpath={range .items[*]}{.kind} {.metadata.namespace}/{.metadata.name} {.metadata.uid}{"\\n"}{end}';
    const kinds = [...new Set(manifests.map(({ kind }) => kind))].join(',');
    for (const line of (await server.must(['get', kinds, '-A', '-o', columns])).trim().split('\n')) {
      const [kind, key, uid] = line.split(' ') as [string, string, string];
      found[`${kind} ${key}`] = uid;
    }
    return found;
  }

  const before = (fixture: string, existing: readonly string[]) => {
    const namespaces = asManifests(
      ...existing.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } })),
    );
    const text = readFileSync(resolve(FIXTURES, `${fixture}.yaml`), 'utf8');
    return placed([...namespaces, ...parseManifests(text, fixture)], `of-${fixture}`);
  };
  const after = ({ app, settings, existing = [] }: Upgrade, fixture: string) => {
    const namespaces = existing.map((name) => ({ apiVersion: 'v1', kind: 'Namespace', metadata: { name } }));
    const { manifests, folder } = synthesize(app, settings, asManifests(...namespaces));
    rmSync(folder, { recursive: true });
    return placed(manifests, `of-${fixture}`);
  };
  const apply = async (manifests: readonly Manifest[]) =>
    server.kubectl(['apply', '--validate=strict', '-f', '-'], { input: asInput(manifests) });

  test.each(Object.entries(UPGRADES))('%s', async (fixture, upgrade) => {
    const old = before(fixture, upgrade.existing ?? []);
    // The Secrets hold nothing, which kubectl is told.
    expect((await apply(old)).code).toBe(0);
    const there = await uids(old);
    const now = after(upgrade, fixture);
    const { stderr, code } = await apply(now);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    // Nothing was replaced: no Deployment, no claim, no Service.
    expect(await uids(old)).toMatchObject(there);
    const names = now.map(keyOf);
    expect(old.map(keyOf).filter((key) => !names.includes(key))).toEqual(upgrade.left ?? []);
    // A second time it changes nothing.
    expect((await apply(now)).stdout.match(/(configured|created)$/gm)).toBeNull();
    // And back, and here again.
    for (const files of [old, now]) {
      expect((await apply(files)).code).toBe(0);
      expect(await uids(old)).toMatchObject(there);
    }
  });

  test('a claim of a folder can take no volume of another name: nothing is lost, and volumeName keeps the name', async () => {
    const { app } = UPGRADES['host-path'] as Upgrade;
    const { code, stderr } = await apply(after({ app }, 'host-path'));
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /The PersistentVolumeClaim "registry" is invalid: spec: Forbidden: spec is immutable/,
    );
    const claim = ['get', 'pvc', 'registry', '-n', 'of-host-path', '-o', 'jsonpath={.spec.volumeName}'];
    expect(await server.must(claim)).toBe('registry-registry');
    expect((await apply(after(UPGRADES['host-path'] as Upgrade, 'host-path'))).code).toBe(0);
  });
});
