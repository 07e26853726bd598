// What a test can't have: Google's and Azure's stores, which the registry must at least start with, and CDNs,
// which it must send clients to.

import { generateKeyPairSync } from 'node:crypto';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { randomContent, sha256 } from './clients/oci-image';
import { changed, deploy, type Scenario } from './scenario';
import { endpointOf, S3Server } from './servers/s3-server';

const APP = 'test/e2e/apps/object-stores.ts';
const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });

describeWith('object stores that are out of reach', [...POD_PROGRAMS, 'registry3'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  test.each(['gcs', 'azure-key', 'azure-client'])(
    'the registry takes its configuration: %s',
    async (KIND) => {
      scenario = await deploy(APP, {
        settings: { KIND, KEY: privateKey.export({ type: 'pkcs8', format: 'pem' }).toString() },
      });
      expect(scenario.runner.podsOf('registry')).toMatchObject([{ ready: true, alive: true }]);
    },
  );

  test('it would not start without the secret of an application, so that was read', async () => {
    const withoutSecret = (body: { data: Record<string, string> }) => {
      body.data.clientSecret = '';
    };
    const edit = (manifests: Parameters<typeof changed>[0]) =>
      changed(manifests, 'Secret', 'registry-azure', withoutSecret);
    await expect(deploy(APP, { settings: { KIND: 'azure-client' }, edit })).rejects.toThrow(
      "secret can't be empty string",
    );
  });
});

const CASES = [
  [
    'registry3',
    'registry:3.1.1',
    'cloudfront',
    /^https:\/\/d111111abcdef8\.cloudfront\.net\/docker\/registry\/v2\/blobs\/.*&Key-Pair-Id=K2JCJMDEHXQW5F$/,
  ],
  [
    'registry2',
    'registry:2.8.3',
    'cloudfront',
    /^https:\/\/d111111abcdef8\.cloudfront\.net\/docker\/registry\/v2\/blobs\/.*&Key-Pair-Id=K2JCJMDEHXQW5F$/,
  ],
  [
    'registry3',
    'registry:3.1.1',
    'rewrite',
    /^https:\/\/cdn\.example\.com\/images\/docker\/registry\/v2\/blobs\/.*X-Amz-Signature=/,
  ],
] as const;

describe.each(CASES)('%s: %s', (program, IMAGE, KIND, location) => {
  describeWith(`${KIND} before a bucket`, [...POD_PROGRAMS, program, 'moto'], () => {
    let scenario: Scenario | undefined;
    afterAll(() => scenario?.close());

    test('is where clients are sent for blobs', async () => {
      scenario = await deploy(APP, {
        settings: {
          IMAGE,
          KIND,
          ENDPOINT: endpointOf(false),
          KEY: privateKey.export({ type: 'pkcs1', format: 'pem' }).toString(),
        },
        prepare: async ({ machine }) => void (await S3Server.start(machine, 'images')),
      });
      const { client, admin } = scenario;
      const content = randomContent(1_000);
      expect(await client.pushBlob('team/app', admin, content)).toMatchObject({ status: 201, error: '' });
      const { status, headers } = await client.request(`/v2/team/app/blobs/${sha256(content)}`, {
        user: admin,
      });
      expect(status).toBe(307);
      expect(headers.get('location')).toMatch(location);
    });
  });
});
