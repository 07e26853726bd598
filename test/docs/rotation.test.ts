// The table of docs/operations/rotation.md, against the files before and after each change: which objects change, and which
// pods are rolled out.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import {
  AccessRule,
  CopyEndpoint,
  DescriptorCache,
  LocalStore,
  Registry,
  RegistryAccess,
  RegistryCopy,
  RegistryCredentials,
  RegistryLogin,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryRetention,
  RegistryToolbox,
  RegistryUser,
  RegistryVerification,
  RetentionRule,
  S3Credentials,
  StorageBackend,
  Subject,
} from '../../lib';
import { newFolder } from '../support/folder';
import { readPage } from '../support/page';
import { type Manifest, newChart, problemsIn } from '../support/synth';

/** Who ends TLS: the registry, or the front. The latter has a cache and a login for nodes, too. */
type Kind = 'registry' | 'front';

function manifests(kind: Kind, folder: string, secretAccessKey: string): Manifest[] {
  const chart = newChart(new LocalStore({ directory: folder }));
  const front = kind === 'front';
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    auth: {
      credentials: RegistryCredentials.users(
        RegistryUser.generated('admin'),
        RegistryUser.generated('nodes'),
      ),
    },
    replicas: 2,
    storage: {
      backend: StorageBackend.s3({
        bucket: 'images',
        region: 'eu-central-1',
        credentials: S3Credentials.keys({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey }),
      }),
      deletion: true,
      descriptorCache: DescriptorCache.valkey(),
    },
    ...(front && {
      access: RegistryAccess.rules([AccessRule.pull('docker.io/**').to(Subject.user('nodes'))], {
        administrators: ['admin'],
      }),
      caches: [{ upstream: 'docker.io' }],
    }),
  });
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'] });
  new RegistryToolbox(chart, 'toolbox', { registry });
  new RegistryVerification(chart, 'verification', { registry });
  const elsewhere = CopyEndpoint.host('backup.example.com', { anonymous: true });
  new RegistryCopy(chart, 'copy', { source: CopyEndpoint.registry(registry), target: elsewhere });
  const rules = [RetentionRule.repositories('team/**').keepNewest(3)];
  new RegistryRetention(chart, 'retention', { registry, rules });
  const nodes = { mirrorOf: ['docker.io'], mirrorLogin: RegistryLogin.ofUser({ user: 'nodes' }) };
  new RegistryNodeTrust(chart, 'trust', { registry, ...(front && nodes) });
  expect(problemsIn(chart)).toEqual([]);
  return Testing.synth(chart);
}

const ROLLED_OUT = ['Deployment', 'DaemonSet'];

/** Names of what changes, without what is rolled out, and of that. */
function changes(before: readonly Manifest[], after: readonly Manifest[]): readonly [string[], string[]] {
  const idOf = ({ kind, metadata }: Manifest) => `${kind}/${metadata.namespace}/${metadata.name}`;
  const old = new Map(before.map((one) => [idOf(one), JSON.stringify(one)]));
  const changed = after.filter((one) => old.get(idOf(one)) !== JSON.stringify(one));
  const names = (pods: boolean) =>
    changed.filter(({ kind }) => ROLLED_OUT.includes(kind) === pods).map(({ metadata }) => metadata.name);
  return [[...new Set(names(false))].sort(), names(true).sort()];
}

const TABLE = new Map(
  [
    ...(readPage('docs/operations/rotation.md').split('\n## ')[0] ?? '').matchAll(
      /^\| ([^|]+) \| ([^|]+) \| ([^|]+) \| [^|]+ \|$/gm,
    ),
  ].map(([, credential = '', objects = '', pods = '']) => [
    credential,
    [objects, pods].map((cell) => [...cell.matchAll(/`([^`]+)`/g)].map(([, name]) => name).sort()),
  ]),
);

/** The credential of the table, and the entries of the store that are deleted; undefined where the app itself changes. */
const ROTATIONS: Readonly<Record<Kind, readonly (readonly [string, readonly string[] | undefined])[]>> = {
  registry: [
    ['password of a user', ['admin.password', 'admin.htpasswd']],
    ['HTTP secret', ['http-secret']],
    ['certificate, ended by the registry', ['tls']],
    ['CA, with TLS ended by the registry', ['ca']],
    ['keys of the bucket', undefined],
    ['password of Valkey', ['descriptor-cache']],
  ],
  front: [
    ['password of the user `nodes` of `mirrorLogin`', ['nodes.password', 'nodes.htpasswd']],
    ['certificate, ended by the front, or before the pod', ['tls']],
    ['CA, with the front, or TLS before the pod', ['ca']],
  ],
};

test.each(['registry', 'front'] as const)('TLS ends in the %s', (kind) => {
  const folder = join(newFolder(), 'store');
  let key = 'the-first-key';
  let before = manifests(kind, folder, key);
  for (const [credential, entries] of ROTATIONS[kind]) {
    for (const entry of entries ?? []) rmSync(join(folder, 'registry', 'registry', entry), { force: true });
    if (entries === undefined) key = 'the-second-key';
    const after = manifests(kind, folder, key);
    expect([credential, ...changes(before, after)]).toEqual([credential, ...(TABLE.get(credential) ?? [])]);
    before = after;
  }
  expect(changes(before, manifests(kind, folder, key))).toEqual([[], []]);
});

test('each row of the table is tried', () => {
  const tried = Object.values(ROTATIONS).flatMap((rows) => rows.map(([credential]) => credential));
  expect([...TABLE.keys()].filter((one) => !['credential', '---'].includes(one)).sort()).toEqual(
    tried.sort(),
  );
});
