// What the cluster of test/cluster/example-homelab-s3.test.ts can't show of example D: a certificate by
// Traefik's resolver, which clients check, MinIO's own name and port, a bucket that registry 2.8 has filled,
// and the UI in a browser.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import type { Machine } from '../../tools/pod-runner/machine';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { issue, type Pem } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { asManifests, deploy, type Scenario } from './scenario';
import { pushBefore } from './servers/older-registry';
import { S3Server } from './servers/s3-server';
import { uiShows } from './ui-flow';

const APP = 'examples/homelab-s3/main.ts';
const HOST = 'registry.mydomain.io';
const MINIO = { host: 'minio.homelab.io', port: 443 };
const BUCKET = 'docker-registry';
const USER = { name: 'me', password: 'correct horse battery staple' };
const KEYS = { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' };

/** What the README has people make before: the namespace, and the users in it. */
const EXISTING = asManifests(
  { apiVersion: 'v1', kind: 'Namespace', metadata: { name: 'registry' } },
  {
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'basic-auth', namespace: 'registry' },
    stringData: { htpasswd: `${USER.name}:${hashSync(USER.password, 5)}\n` },
  },
);

function startMinio(machine: Machine, { certificate, privateKey }: Pem): Promise<S3Server> {
  const folder = machine.makeFolder('minio');
  const [crt, key] = [join(folder, 'server.crt'), join(folder, 'server.key')];
  writeFileSync(crt, certificate);
  writeFileSync(key, privateKey);
  return S3Server.start(machine, BUCKET, { ca: crt, certificate: crt, key }, MINIO);
}

describeWith('homelab-s3', [...POD_PROGRAMS, 'registry2', 'registry3', 'nginx', 'skopeo', 'moto'], () => {
  let scenario: Scenario;
  let older: string;
  beforeAll(async () => {
    const [minio, traefik] = [await issue({ hosts: [MINIO.host] }), await issue({ hosts: [HOST] })];
    const [crt, key] = [Buffer.from(traefik.certificate), Buffer.from(traefik.privateKey)];
    scenario = await deploy(APP, {
      settings: { ...KEYS, MINIO_CA: minio.certificate },
      existing: EXISTING,
      user: USER,
      ca: crt,
      prepare: async (runner) => {
        runner.front.resolvers.set('tlsresolver', { crt, key });
        await startMinio(runner.machine, minio);
        const [accesskey, secretkey] = Object.values(KEYS);
        const bucket = {
          bucket: BUCKET,
          region: 'any',
          regionendpoint: `https://${MINIO.host}`,
          accesskey,
          secretkey,
          skipverify: true,
        };
        older = await pushBefore(runner.machine, 'team/older:1.0', {
          storage: { s3: bucket },
          userId: 65532,
        });
      },
    });
  });
  afterAll(() => scenario?.close());

  test("a user of basic-auth, who trusts nothing but the resolver's certificate, logs in, pushes and pulls", async () => {
    const { client, admin } = scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    const image = buildImage(client.path('image'), [1_000, 12_000_000]);
    expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
  });

  test('what registry 2.8 had in the bucket is kept, and a new pod has all of it', async () => {
    const { client, runner } = scenario;
    expect(await client.pull('team/older:1.0')).toBe(older);
    await runner.restart('registry');
    expect(await client.pull('team/older:1.0')).toBe(older);
    expect(await client.pull('team/app:1.0')).toMatch(/^sha256:/);
  });

  uiShows(() => scenario, 'homelab-s3', 'team/app');
});
