// A collection of a registry with logins by tokens, beside clients, with the real registry, nginx and API server. For
// `npm run prove`: what tokens change is the front, which tokens.test.ts tries without a collection.
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { thumbprint } from '../../lib/auth/token-keys';
import { certificateOf } from '../support/certificates';
import { buildImage, type OciImage } from './clients/oci-image';
import { Collecting } from './collecting';
import { ISSUER, KINDS, REALM, SERVICE, TokenService, tokenOf } from './servers/token-service';

const ADMIN = { name: 'admin', password: 'of admin' };
const GARBAGE = [{ type: 'repository', name: 'team/garbage', actions: ['pull', 'push', 'delete'] }];

/** Its tests. */
export function collectionWithTokens(): void {
  const pair = KINDS.ES256();
  const key = {
    privateKey: pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    id: thumbprint(pair.publicKey),
  };
  let collecting: Collecting;
  let kept: OciImage;
  beforeAll(async () => {
    const keys = { certificate: await certificateOf(pair.privateKey) };
    const token = { realm: REALM, service: SERVICE, issuer: ISSUER, ...keys };
    collecting = await Collecting.start('test/e2e/apps/tokens.ts', {
      settings: { COLLECTED: 'yes', TOKEN: JSON.stringify(token) },
      user: ADMIN,
      prepare: async ({ machine, objects }) => {
        const secret = objects.data('Secret', 'registry-tls');
        const [certificate, certificateKey] = ['tls.crt', 'tls.key'].map((name) => String(secret.get(name)));
        await TokenService.start(
          machine,
          { certificate: String(certificate), certificateKey: String(certificateKey) },
          'ES256',
          key,
        );
      },
    });
    const { client } = collecting.scenario;
    expect(await client.login(ADMIN)).toMatchObject({ code: 0 });
    kept = buildImage(client.path('kept'), [10_000, 20_000]);
    expect(await client.push(kept.folder, 'team/kept:1.0')).toMatchObject({ code: 0 });
  });
  afterAll(() => collecting?.close());

  const request = async (path: string, method: string) => {
    const headers = { Authorization: `Bearer ${tokenOf(key, 'ES256', { access: GARBAGE })}` };
    return (await collecting.scenario.client.request(path, { method, headers })).status;
  };
  const start = () => request('/v2/team/garbage/blobs/uploads/', 'POST');
  const stored = (blob: string) => {
    const root = join(collecting.scenario.runner.claimPath('registry'), 'docker/registry/v2/blobs/sha256');
    return existsSync(join(root, blob.slice(0, 2), blob, 'data'));
  };

  test('while garbage is collected nobody writes, and pulls go on', async () => {
    const { client } = collecting.scenario;
    expect(await client.login(ADMIN)).toMatchObject({ code: 0 });
    const garbage = buildImage(client.path('garbage'), [500_000]);
    expect(await client.push(garbage.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
    expect(await request(`/v2/team/garbage/manifests/${garbage.digest}`, 'DELETE')).toBe(202);
    const run = await collecting.run();
    await run.says('nothing is written any more');
    expect(await start()).toBe(405);
    expect(await client.push(garbage.folder, 'team/garbage:1.0')).toMatchObject({ code: 1 });
    expect(await client.pull('team/kept:1.0')).toBe(kept.digest);
    expect({ phase: await run.ended(), logs: run.logs }).toMatchObject({ phase: 'Succeeded' });
    const blobs = readdirSync(join(garbage.folder, 'blobs', 'sha256'));
    expect(blobs.filter(stored)).toEqual([]);
    for (let tries = 0; tries < 100 && (await start()) !== 202; tries += 1) await sleep(200);
    expect(await start()).toBe(202);
    expect(await client.push(garbage.folder, 'team/garbage:1.0')).toMatchObject({ code: 0 });
    expect(await client.pull('team/garbage:1.0')).toBe(garbage.digest);
    expect(await client.pull('team/kept:1.0')).toBe(kept.digest);
  });
}
