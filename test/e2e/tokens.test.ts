// Logins by tokens on both major versions, with a real client and a token service: who may do what, tokens that
// are wrong, ids of keys as issuers write them, a key that replaces another, and the token service on the host.

import type { KeyObject } from 'node:crypto';
import { libtrustId, thumbprint } from '../../lib/auth/token-keys';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { certificateOf } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { asManifests, deploy, type Scenario, synthesize } from './scenario';
import {
  type Claims,
  ISSUER,
  KINDS,
  REALM,
  SERVICE,
  type SigningKey,
  TokenService,
  tokenOf,
} from './servers/token-service';

const APP = 'test/e2e/apps/tokens.ts';
const ALICE = { name: 'alice', password: 'from-wonderland' };
const BOB = { name: 'bob', password: 'the-builder' };
const KID = 'a name of its own';
const PUSH = [{ type: 'repository', name: 'team/app', actions: ['pull', 'push'] }];

interface Case {
  readonly name: string;
  /** Whether nginx is before the registry, and passes tokens on. */
  readonly front?: boolean;
  readonly image: string;
  readonly program: 'registry2' | 'registry3';
  readonly algorithm: keyof typeof KINDS;
  readonly source: 'jwks' | 'certificate';
  /** How issuers name this key, and the registry must know it. */
  readonly ids: readonly ((key: KeyObject) => string)[];
}

const CASES: readonly Case[] = [
  {
    name: 'registry 2.8, certificate of an RSA key',
    image: 'registry:2.8.3',
    program: 'registry2',
    algorithm: 'RS256',
    source: 'certificate',
    ids: [libtrustId],
  },
  {
    name: 'registry 3 behind a front, certificate of an EC key',
    front: true,
    image: 'registry:3.1.1',
    program: 'registry3',
    algorithm: 'ES256',
    source: 'certificate',
    ids: [thumbprint, libtrustId],
  },
  {
    name: 'registry 3, JWKS of an Ed25519 key',
    image: 'registry:3.1.1',
    program: 'registry3',
    algorithm: 'EdDSA',
    source: 'jwks',
    ids: [thumbprint, libtrustId, () => KID],
  },
];

describe.each(CASES)('$name', ({ front, image, program, algorithm, source, ids }) => {
  describeWith('tokens', [...POD_PROGRAMS, program, 'skopeo', ...(front ? ['nginx' as const] : [])], () => {
    const [now, next, foreign] = [1, 2, 3].map(() => KINDS[algorithm]()) as [Pair, Pair, Pair];
    const named = (
      { privateKey, publicKey }: Pair,
      id = ids[0] as (key: KeyObject) => string,
    ): SigningKey => ({
      privateKey: pemOf(privateKey),
      id: id(publicKey),
    });
    let scenario: Scenario;
    let service: TokenService;

    /** The keys in the form that the registry is given. */
    const keysOf = async (...pairs: readonly Pair[]) =>
      source === 'jwks'
        ? JSON.stringify({
            keys: pairs.map(({ publicKey }, index) => ({
              ...publicKey.export({ format: 'jwk' }),
              kid: index === 0 ? KID : `another ${index}`,
            })),
          })
        : (await Promise.all(pairs.map(({ privateKey }) => certificateOf(privateKey)))).join('');
    const settings = async (pairs: readonly Pair[], at: object = { realm: REALM }) => ({
      IMAGE: image,
      ...(front && { COLLECTED: 'yes' }),
      TOKEN: JSON.stringify({ ...at, service: SERVICE, issuer: ISSUER, [source]: await keysOf(...pairs) }),
    });
    /** Changes the app, and restarts the registry as its Deployment would. */
    const apply = async (pairs: readonly Pair[], at?: object) => {
      const { runner, folder } = scenario;
      runner.apply(synthesize(APP, await settings(pairs, at), [], folder).manifests);
      await runner.restart('registry');
    };
    const request = (token: string, path = '/v2/', method = 'GET') =>
      scenario.client.request(path, { method, headers: { Authorization: `Bearer ${token}` } });
    const statusOf = async (key: SigningKey, claims: Claims = {}) =>
      (await request(tokenOf(key, algorithm, claims))).status;

    beforeAll(async () => {
      scenario = await deploy(APP, {
        settings: await settings([now]),
        user: ALICE,
        prepare: async ({ machine, objects }) => {
          const secret = objects.data('Secret', 'registry-tls');
          const certificate = {
            certificate: String(secret.get('tls.crt')),
            certificateKey: String(secret.get('tls.key')),
          };
          service = await TokenService.start(machine, certificate, algorithm, named(now));
        },
      });
    });
    afterAll(() => scenario?.close());

    test('clients are told where to fetch a token', async () => {
      const { status, headers } = await scenario.client.request('/v2/');
      expect(status).toBe(401);
      expect(headers.get('www-authenticate')).toBe(`Bearer realm="${REALM}",service="${SERVICE}"`);
    });

    test('users may do what their tokens say', async () => {
      const { client } = scenario;
      const built = buildImage(client.path('image'), [1_000, 200_000]);
      expect(await client.login({ ...ALICE, password: 'wrong' })).toMatchObject({ code: 1 });
      expect(await client.push(built.folder, 'team/app:1.0')).toMatchObject({ code: 1 });
      expect(await client.login(ALICE)).toMatchObject({ code: 0 });
      expect(await client.push(built.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      expect(await client.login(BOB)).toMatchObject({ code: 0 });
      expect(await client.pull('team/app:1.0')).toBe(built.digest);
      expect(await client.push(built.folder, 'team/app:1.1')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('denied'),
      });
    });

    if (front)
      test('a ConfigMap makes it read-only, whatever a token says', async () => {
        const { runner, manifests } = scenario;
        const token = tokenOf(named(now), algorithm, { access: PUSH });
        const start = async () => (await request(token, '/v2/team/app/blobs/uploads/', 'POST')).status;
        const metadata = { name: 'registry-read-only', namespace: 'registry' };
        const data = { readonly: '' };
        runner.apply([...manifests, ...asManifests({ apiVersion: 'v1', kind: 'ConfigMap', metadata, data })]);
        expect(await start()).toBe(405);
        expect((await request(token, '/v2/team/app/tags/list')).status).toBe(200);
        runner.apply(manifests);
        expect(await start()).toBe(202);
      });

    test('a token is good for what it names only', async () => {
      const token = tokenOf(named(now), algorithm, { access: PUSH });
      expect((await request(token, '/v2/team/app/blobs/uploads/', 'POST')).status).toBe(202);
      const other = await request(token, '/v2/team/other/blobs/uploads/', 'POST');
      expect(other.status).toBe(401);
      expect(other.headers.get('www-authenticate')).toContain('error="insufficient_scope"');
    });

    test('a key is known by each id that issuers give it', async () => {
      for (const id of ids) expect(await statusOf(named(now, id))).toBe(200);
      expect(await statusOf({ ...named(now), id: 'unknown' })).toBe(401);
    });

    test('wrong tokens are refused', async () => {
      const seconds = Math.floor(Date.now() / 1000);
      const key = named(now);
      expect(await statusOf(key, { exp: seconds - 90 })).toBe(401);
      expect(await statusOf(key, { nbf: seconds + 90 })).toBe(401);
      expect(await statusOf(key, { aud: 'Another registry' })).toBe(401);
      expect(await statusOf(key, { iss: 'Another token service' })).toBe(401);
      expect(await statusOf(named(foreign))).toBe(401);
      expect(await statusOf({ ...named(foreign), id: key.id })).toBe(401);
      expect((await scenario.client.request('/v2/', { user: ALICE })).status).toBe(401);
    });

    test.each([
      ['ahead', 3600, 'token not to be used before'],
      ['behind', -3600, 'token not to be used after'],
    ])('the clock of the token service is an hour %s', async (_, secondsAhead, logged) => {
      const { client, runner } = scenario;
      expect(await client.login(ALICE)).toMatchObject({ code: 0 });
      const digest = await client.pull('team/app:1.0');
      service.use({ ...named(now), secondsAhead });
      const failed = client.pull('team/app:1.0');
      await expect(failed).rejects.toThrow('unauthorized: authentication required');
      expect(runner.podsOf('registry')[0].logs).toContain(logged);
      service.use(named(now));
      expect(await client.pull('team/app:1.0')).toBe(digest);
    });

    if (source === 'jwks' || program === 'registry2')
      test('one key replaces another', async () => {
        const { client } = scenario;
        const [old, young] = [named(now), named(next)];
        expect([await statusOf(old), await statusOf(young)]).toEqual([200, 401]);
        await apply([now, next]);
        expect([await statusOf(old), await statusOf(young)]).toEqual([200, 200]);
        service.use(young);
        expect(await client.login(ALICE)).toMatchObject({ code: 0 });
        expect(await client.pull('team/app:1.0')).toMatch(/^sha256:/);
        await apply([next]);
        expect([await statusOf(old), await statusOf(young)]).toEqual([401, 200]);
      });
    else
      test('clients are sent to the host that they used', async () => {
        await apply([now], { autoRedirect: true });
        const { headers } = await scenario.client.request('/v2/');
        const realm = `https://${scenario.client.host}/auth/token`;
        expect(headers.get('www-authenticate')).toBe(`Bearer realm="${realm}",service="${SERVICE}"`);
      });
  });
});

interface Pair {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
}

function pemOf(key: KeyObject): string {
  return key.export({ type: 'pkcs8', format: 'pem' }) as string;
}
