// A registry whose images are in a bucket of a real S3 server program, over TLS with a CA of its own and in
// clear, on both lines of the registry.

import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { randomContent, sha256 } from './clients/oci-image';
import { coreFlow } from './core-flow';
import { deploy, type Scenario } from './scenario';
import { endpointOf, S3_HOST, S3Server, type ServerCertificate } from './servers/s3-server';

const PREFIX = 'team/registry/docker/registry/v2/';
const APP = 'test/e2e/apps/s3.ts';
const blobKey = (digest: string) => `${PREFIX}blobs/sha256/${digest.slice(7, 9)}/${digest.slice(7)}/data`;

/** A server's certificate by openssl, under a CA of its own. */
function issue(folder: string): ServerCertificate {
  const at = (name: string) => join(folder, name);
  const openssl = (...args: string[]) => {
    const { status, stderr } = spawnSync('openssl', args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(`openssl ${args[0]}: ${stderr}`);
  };
  const key = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:P-256', '-nodes'];
  openssl(
    'req',
    '-x509',
    ...key,
    '-keyout',
    at('ca.key'),
    '-out',
    at('ca.crt'),
    '-subj',
    '/CN=S3 CA',
    '-days',
    '2',
  );
  openssl('req', ...key, '-keyout', at('server.key'), '-out', at('server.csr'), '-subj', '/CN=S3');
  writeFileSync(at('names'), `subjectAltName=DNS:${S3_HOST}\n`);
  const signed = [
    '-CA',
    at('ca.crt'),
    '-CAkey',
    at('ca.key'),
    '-CAcreateserial',
    '-days',
    '2',
    '-extfile',
    at('names'),
  ];
  openssl('x509', '-req', '-in', at('server.csr'), ...signed, '-out', at('server.crt'));
  return { ca: at('ca.crt'), certificate: at('server.crt'), key: at('server.key') };
}

describeWith(
  'two replicas on a bucket, over TLS',
  [...POD_PROGRAMS, 'registry3', 'skopeo', 'moto', 'openssl'],
  () => {
    let scenario: Scenario;
    let server: S3Server;
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-s3-'));
    beforeAll(async () => {
      const certificate = issue(folder);
      scenario = await deploy(APP, {
        settings: { ENDPOINT: endpointOf(true), CA: readFileSync(certificate.ca, 'utf8'), REPLICAS: '2' },
        prepare: async ({ machine }) => {
          server = await S3Server.start(machine, 'images', certificate);
        },
      });
    });
    afterAll(async () => {
      await scenario?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    coreFlow(() => scenario);

    test('everything is in the bucket, under the prefix, byte for byte', async () => {
      const { client, admin } = scenario;
      const content = randomContent(12_000_000); // more than one part
      const digest = sha256(content);
      expect(await client.pushBlob('team/large', admin, content)).toMatchObject({ status: 201, error: '' });
      const keys = await server.keys();
      expect(keys.filter((key) => !key.startsWith(PREFIX))).toEqual([]);
      expect(keys).toContain(blobKey(digest));
      expect(sha256(await server.object(blobKey(digest)))).toBe(digest);
      expect(keys.filter((key) => key.endsWith('/_manifests/tags/1.0/current/link'))).toHaveLength(1);
    });

    test('blobs go through the registry, since nobody said that clients reach the server', async () => {
      const { client, admin } = scenario;
      const { status, headers } = await client.request(`/v2/team/app/blobs/${await layerOf(scenario)}`, {
        method: 'HEAD',
        user: admin,
      });
      expect({ status, location: headers.get('location') }).toEqual({ status: 200, location: undefined });
    });

    test('a deleted image is gone for both replicas', async () => {
      const { client, admin } = scenario;
      const digest =
        (await client.manifest('team/app', '1.0', admin)).headers.get('docker-content-digest') ?? '';
      expect((await client.deleteManifest('team/app', digest, admin)).status).toBe(202);
      const statuses = await Promise.all(
        [1, 2, 3, 4].map(async () => (await client.manifest('team/app', digest, admin)).status),
      );
      expect(statuses).toEqual([404, 404, 404, 404]);
      expect(
        (await server.keys()).filter((key) => key.endsWith('/_manifests/tags/1.0/current/link')),
      ).toEqual([]);
    });
  },
);

describeWith(
  'a bucket behind a certificate that nobody vouches for',
  [...POD_PROGRAMS, 'registry3', 'moto', 'openssl'],
  () => {
    let scenario: Scenario | undefined;
    const folder = mkdtempSync(join(tmpdir(), 'cdk8s-registry-s3-'));
    afterAll(async () => {
      await scenario?.close();
      rmSync(folder, { recursive: true, force: true });
    });

    test('takes no push without the CA', async () => {
      const certificate = issue(folder);
      scenario = await deploy(APP, {
        settings: { ENDPOINT: endpointOf(true) },
        prepare: async ({ machine }) => void (await S3Server.start(machine, 'images', certificate)),
      });
      const response = await scenario.client.request('/v2/team/app/blobs/uploads/', {
        method: 'POST',
        user: scenario.admin,
      });
      expect(response).toMatchObject({
        status: 500,
        body: expect.stringContaining('certificate signed by unknown authority'),
      });
    });
  },
);

describeWith(
  'registry 2.8 on a bucket, with redirects',
  [...POD_PROGRAMS, 'registry2', 'skopeo', 'moto'],
  () => {
    let scenario: Scenario;
    let server: S3Server;
    beforeAll(async () => {
      scenario = await deploy(APP, {
        settings: { ENDPOINT: endpointOf(false), IMAGE: 'registry:2.8.3', REDIRECT: 'yes' },
        prepare: async ({ machine }) => {
          server = await S3Server.start(machine, 'images');
        },
      });
    });
    afterAll(() => scenario?.close());

    coreFlow(() => scenario);

    test('the bucket has the objects, and clients are sent there for blobs', async () => {
      const { client, admin } = scenario;
      const layer = await layerOf(scenario);
      expect(await server.keys()).toContain(blobKey(layer));
      const { status, headers } = await client.request(`/v2/team/app/blobs/${layer}`, { user: admin });
      expect(status).toBe(307);
      expect(headers.get('location')).toMatch(
        new RegExp(`^${endpointOf(false)}/images/${blobKey(layer)}\\?.*X-Amz-Signature=`),
      );
    });
  },
);

async function layerOf({ client, admin }: Scenario): Promise<string> {
  const { body } = await client.manifest('team/app', '1.0', admin);
  return (JSON.parse(body) as { layers: { digest: string }[] }).layers[0].digest;
}
