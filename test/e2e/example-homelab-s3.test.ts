// Example D run to its outcomes: the bucket is on a real S3 server under MinIO's own name and port, with TLS; Traefik's resolver has a certificate.

import { copyFileSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { hashSync } from 'bcryptjs';
import type { Machine } from '../../tools/pod-runner/machine';
import { readManifests } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { issue, type Pem } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { pageAnswers, pageShows } from './page-flow';
import { asManifests, deploy, type Scenario, synthesize } from './scenario';
import { pushBefore } from './servers/older-registry';
import { S3Server } from './servers/s3-server';

jest.setTimeout(90_000);
const APP = 'examples/homelab-s3/main.ts';
const HOST = 'registry.mydomain.io';
const MINIO = { host: 'minio.homelab.io', port: 443 };
const BUCKET = 'docker-registry';
const USER = { name: 'me', password: 'correct horse battery staple' };
const KEYS = { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' };

interface Workload {
  readonly template: { readonly metadata: { readonly labels: Record<string, string> } };
}

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
  let server: S3Server;
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
        server = await startMinio(runner.machine, minio);
        const [accesskey, secretkey] = Object.values(KEYS);
        const bucket = { bucket: BUCKET, region: 'any', regionendpoint: `https://${MINIO.host}`, accesskey, secretkey, skipverify: true };
        older = await pushBefore(runner.machine, 'team/older:1.0', { storage: { s3: bucket }, userId: 65532 });
      },
    });
  });
  afterAll(() => scenario?.close());

  test('anonymous requests and wrong passwords get 401, by the realm homelab', async () => {
    const { client, admin } = scenario;
    const { status, headers } = await client.request('/v2/');
    expect([status, headers.get('www-authenticate')]).toEqual([401, 'Basic realm="homelab"']);
    expect((await client.request('/v2/', { user: { ...admin, password: 'wrong' } })).status).toBe(401);
  });

  test('a user of basic-auth logs in, pushes and pulls; the images are in the bucket, with no prefix', async () => {
    const { client, admin } = scenario;
    expect(await client.login(admin)).toMatchObject({ code: 0 });
    const image = buildImage(client.path('image'), [1_000, 12_000_000]);
    expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/app:1.0')).toBe(image.digest);
    expect(await server.keys()).toContain('docker/registry/v2/repositories/team/app/_manifests/tags/1.0/current/link');
  });

  test('what registry 2.8 had in the bucket is kept, and a new pod has all of it', async () => {
    const { client, runner } = scenario;
    expect(await client.pull('team/older:1.0')).toBe(older);
    await runner.restart('registry');
    expect(await client.pull('team/older:1.0')).toBe(older);
    expect(await client.pull('team/app:1.0')).toMatch(/^sha256:/);
  });

  test('-l app=registry selects its pods', () => {
    const { runner, manifests } = scenario;
    const templates = manifests.filter(({ kind }) => kind === 'Deployment').map(({ name, body }) => [name, body.spec as Workload] as const);
    const selected = templates.filter(([, { template }]) => template.metadata.labels.app === 'registry');
    expect(selected.map(([name]) => name)).toEqual(['registry']);
    expect(runner.podsOf('registry').map(({ labels }) => labels.app)).toEqual(['registry']);
  });

  test('no request is logged', () => {
    expect(scenario.runner.podsOf('registry')[0].logs).not.toMatch(/"(GET|HEAD|PUT|POST) \/v2\//);
  });

  test('/ui and /ui/ lead to the web page, anything else to the registry', async () => {
    await pageAnswers(scenario);
  });

  pageShows(() => scenario, 'homelab-s3', 'team/app');

  test('an image can be deleted', async () => {
    const { client, admin } = scenario;
    const image = buildImage(client.path('image'), [1_000]);
    expect(await client.push(image.folder, 'team/deleted:1')).toMatchObject({ code: 0 });
    expect((await client.deleteManifest('team/deleted', image.digest, admin)).status).toBe(202);
    expect((await client.manifest('team/deleted', '1', admin)).status).toBe(404);
  });
});

describeWith('homelab-s3, of which only 100, 200 and 300 are applied', [...POD_PROGRAMS, 'registry3', 'moto'], () => {
  const folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-parts-'));
  let runner: PodRunner | undefined;
  afterAll(async () => {
    await runner?.close();
    rmSync(folder, { recursive: true, force: true });
  });

  test('the registry runs, and its Service answers', async () => {
    const minio = await issue({ hosts: [MINIO.host] });
    const app = synthesize(APP, { ...KEYS, MINIO_CA: minio.certificate }, EXISTING);
    const parts = readdirSync(join(app.folder, 'dist')).filter((file) => /^[123]00-/.test(file));
    for (const file of parts) copyFileSync(join(app.folder, 'dist', file), join(folder, file));
    rmSync(app.folder, { recursive: true, force: true });
    runner = await PodRunner.start(readManifests(folder, EXISTING), { preStopSleepLimit: 0 });
    await startMinio(runner.machine, minio);
    await runner.run('registry');
    const login = ['-u', `${USER.name}:${USER.password}`];
    const answer = await runner.machine.run(['curl', '-sS', ...login, 'http://registry.registry.svc:5000/v2/_catalog']);
    expect(answer).toMatchObject({ code: 0, stdout: '{"repositories":[]}\n' });
  });
});
