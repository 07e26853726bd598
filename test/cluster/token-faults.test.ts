// Logins by tokens on a cluster: a token service whose clock is an hour off (docs/operations/faults.md), and one key that
// replaces another by roll-outs (docs/tokens.md). For `npm run prove` (PROVE_DAY_2=1).

import { thumbprint } from '../../lib/auth/token-keys';
import { buildImage, type OciImage } from '../e2e/clients/oci-image';
import type { RegistryClient } from '../e2e/clients/registry-client';
import {
  ISSUER,
  KINDS,
  REALM,
  SERVICE,
  type SigningKey,
  TOKEN_HOST,
  TokenService,
  tokenOf,
} from '../e2e/servers/token-service';
import { issue } from '../support/certificates';
import { describeOnCluster, eventually } from './support/cluster';
import { clientOfService, type Deployed, deployApp } from './support/deployed';

const ALGORITHM = 'ES256';
const ALICE = { name: 'alice', password: 'from-wonderland' };
/** That of a computer beside the cluster. */
const ADDRESS = '10.99.0.254';

if (process.env.PROVE_DAY_2 === '1')
  describeOnCluster(
    'logins by tokens',
    { ownOnly: 'the token service has an address beside the nodes', programs: ['skopeo', 'curl'] },
    (cluster) => {
      const [now, next] = [1, 2].map(() => KINDS[ALGORITHM]()) as [Pair, Pair];
      let app: Deployed;
      let client: RegistryClient;
      let service: TokenService;
      let image: OciImage;
      const settings = (...pairs: Pair[]) => ({
        TOKEN: JSON.stringify({
          ...{ realm: REALM, service: SERVICE, issuer: ISSUER },
          jwks: JSON.stringify({
            keys: pairs.map(({ publicKey }) => ({
              ...publicKey.export({ format: 'jwk' }),
              kid: thumbprint(publicKey),
            })),
          }),
        }),
      });
      const change = async (...pairs: Pair[]) => {
        app.synthesizeAgain(settings(...pairs));
        await app.apply();
        await cluster().rolledOut(app.namespace, 'deployment/registry');
      };
      const statusOf = (pair: Pair) => {
        const headers = { Authorization: `Bearer ${tokenOf(named(pair), ALGORITHM)}` };
        return eventually(
          'an answer',
          async () => (await client.request('/v2/', { headers })).status || undefined,
        );
      };

      beforeAll(async () => {
        app = await deployApp(cluster(), 'test/cluster/apps/faults.ts', {
          purpose: 'tokens',
          leaveOut: /^840-/,
          prepare: async (name) => {
            const ca = await issue({ commonName: 'a CA of the test', signs: true });
            const hosts = [`${name}.example.com`, 'registry', `registry.${name}.svc`, TOKEN_HOST];
            const { certificate, privateKey } = await issue({ hosts, ca });
            const shown = { certificate, certificateKey: privateKey };
            service = await TokenService.start(cluster().machine, shown, ALGORITHM, named(now), ADDRESS);
            return { CERTIFICATE: certificate, KEY: privateKey, CA: ca.certificate, ...settings(now) };
          },
        });
        client = await clientOfService(cluster(), app);
        expect(await client.login(ALICE)).toMatchObject({ code: 0 });
        image = buildImage(client.path('image'), [1_000]);
        expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
      });
      afterAll(() => app?.close());

      test.each([
        ['ahead', 3600, 'token not to be used before'],
        ['behind', -3600, 'token not to be used after'],
      ])('the token service is an hour %s', async (_, secondsAhead, logged) => {
        service.use({ ...named(now), secondsAhead });
        await expect(client.pull('team/app:1')).rejects.toThrow('unauthorized: authentication required');
        expect(await cluster().must(['logs', 'deployment/registry', '-n', app.namespace])).toContain(logged);
        service.use(named(now));
        expect(await client.pull('team/app:1')).toBe(image.digest);
      });

      test('one key replaces another, by the steps of the page', async () => {
        expect([await statusOf(now), await statusOf(next)]).toEqual([200, 401]);
        await change(now, next);
        expect([await statusOf(now), await statusOf(next)]).toEqual([200, 200]);
        service.use(named(next));
        expect(await client.pull('team/app:1')).toBe(image.digest);
        await change(next);
        expect([await statusOf(now), await statusOf(next)]).toEqual([401, 200]);
        expect(await client.pull('team/app:1')).toBe(image.digest);
      });
    },
  );
else test.todo('logins by tokens: PROVE_DAY_2=1');

type Pair = ReturnType<(typeof KINDS)['ES256']>;

function named({ privateKey, publicKey }: Pair): SigningKey {
  return {
    privateKey: privateKey.export({ type: 'pkcs8', format: 'pem' }) as string,
    id: thumbprint(publicKey),
  };
}
