// The pull secret of a release, on a real API server: in each namespace it has the password that is valid there and
// then, after upgrades, a rollback, and a password that a person chose.
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { startServer } from './admission';
import { Helm, helmsOrOnly } from './helm';
import { RELEASE_PROGRAMS, Release, STRICT } from './release';

const NAME = 'first-registry';
const HOST = 'registry.example.com';

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(`The pull secret of a release with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    let server: ApiServer;
    let release: Release;
    beforeAll(async () => {
      server = await startServer();
      for (const namespace of ['images', 'shop', 'billing']) await server.createNamespace(namespace, STRICT);
      release = new Release(server, new Helm(program, server), registryChart(), 'first', 'images');
    });
    afterAll(() => server?.machine.stop());

    const values = (namespaces: readonly string[], more: object = {}) => ({
      host: HOST,
      service: { port: 443 },
      pullSecret: { enabled: true, namespaces },
      ...more,
    });

    /** The login in the Secret of a namespace, and the Secret's type. */
    async function pullSecret(namespace: string) {
      const text = await server.must(['get', 'secret', `${NAME}-pull`, '-n', namespace, '-o', 'json']);
      const { type, data } = JSON.parse(text) as { type: string; data: Record<string, string> };
      const config = JSON.parse(Buffer.from(data['.dockerconfigjson'] ?? '', 'base64').toString());
      return { type, auths: config.auths };
    }
    /** What is to be in it. */
    async function wanted() {
      const { username, password } = (await release.generated(NAME)).login;
      const auth = Buffer.from(`${username}:${password}`).toString('base64');
      return { type: 'kubernetes.io/dockerconfigjson', auths: { [HOST]: { username, password, auth } } };
    }

    test('each namespace has the generated login', async () => {
      await release.install(values(['shop', 'billing']));
      expect(await pullSecret('shop')).toEqual(await wanted());
      expect(await pullSecret('billing')).toEqual(await wanted());
    });

    test('an upgrade keeps it, and one after a person changed the password follows', async () => {
      const before = await wanted();
      await release.upgrade(values(['shop', 'billing']));
      expect(await pullSecret('shop')).toEqual(before);

      const patch = JSON.stringify({ stringData: { password: 'chosen by "a person" \\ é' } });
      await server.must(['patch', 'secret', `${NAME}-login`, '-n', 'images', '-p', patch]);
      await release.upgrade(values(['shop'], { auth: { username: 'ci' } }));
      const after = await wanted();
      expect(after.auths[HOST]).toMatchObject({ username: 'ci', password: 'chosen by "a person" \\ é' });
      expect(await pullSecret('shop')).toEqual(after);
      await expect(pullSecret('billing')).rejects.toThrow('not found');
    });

    test('a rollback brings back the login that was valid then, in all namespaces', async () => {
      await release.rollback(2);
      const { auths } = await wanted();
      expect(auths[HOST]?.username).toBe('admin');
      expect(await pullSecret('shop')).toEqual(await wanted());
      expect(await pullSecret('billing')).toEqual(await wanted());
    });

    test('it goes with the release, though the password stays', async () => {
      const before = await wanted();
      await release.uninstall();
      await expect(pullSecret('shop')).rejects.toThrow('not found');
      expect(await wanted()).toEqual(before);
    });
  });
}
