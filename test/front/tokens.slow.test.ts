// A front before a registry that verifies tokens, real ones of both: the login is passed on, and the switch, the
// grammar, limits and the log stay.
import { execFileSync } from 'node:child_process';
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { buildImage } from '../e2e/clients/oci-image';
import { newFolder } from '../support/folder';
import { CLIENTS, run, skopeo, USERS } from './clients';
import { NGINXES } from './running-front';
import { EMPTY, TokenRegistry } from './token-registry';

describe.each(['registry2', 'registry3'] as const)('%s', (program) => {
  describeWith('tokens', ['nginx', program, 'skopeo', 'regctl', 'helm3', 'helm4', 'containerdPull'], () => {
    let started: TokenRegistry;
    beforeAll(async () => {
      started = await TokenRegistry.make({ program });
    });
    afterAll(() => started?.stop());

    // Helm speaks as it does to the other version.
    const clients = Object.entries(CLIENTS).slice(0, program === 'registry2' ? 2 : undefined);
    test.each(clients)('%s pulls and pushes as its tokens say', async (_, make) => {
      const client = make(started.front.host);
      expect(await client.push('alice', 'team/app')).toBeDefined();
      expect(await client.pull('robot', 'team/app')).toBeDefined();
      expect(await client.push('robot', 'team/app')).toBeUndefined();
      expect(await client.push(undefined, 'team/app')).toBeUndefined();
      expect(await client.pull(undefined, 'team/app')).toBeUndefined();
      expect(await client.pull('alice', 'team/app', 'wrong')).toBeUndefined();
      await started.refusedWhileReadOnly(() => client.push('alice', 'team/app'));
      expect(await client.push('alice', 'team/app')).toBeDefined();
    });

    test('containerd', async () => {
      const { front } = started;
      await skopeo(front.host).push('alice', 'team/c');
      const folder = newFolder();
      mkdirSync(join(folder, front.host));
      writeFileSync(join(folder, front.host, 'hosts.toml'), `server = "${front.url}"\n`);
      const pull = (...login: string[]) =>
        run(pathOf('containerdPull'), [folder, `${front.host}/team/c:v1`, ...login]);
      expect(await pull('robot', USERS.robot)).toMatch(/^sha256:/);
      expect(await pull('robot', 'wrong')).toBeUndefined();
      expect(await pull('', '')).toBeUndefined();
    });

    test('images are deleted, and repositories listed, by who may', async () => {
      const { front } = started;
      const home = (user: keyof typeof USERS) => {
        const folder = newFolder();
        mkdirSync(join(folder, '.regctl'));
        const hosts = { [front.host]: { tls: 'disabled', user, pass: USERS[user] } };
        writeFileSync(join(folder, '.regctl', 'config.json'), JSON.stringify({ hosts }));
        return folder;
      };
      const image = buildImage(newFolder(), [2000]);
      const name = `${front.host}/team/old`;
      await run(
        pathOf('regctl'),
        ['image', 'copy', `ocidir://${image.folder}@${image.digest}`, `${name}:1`],
        home('alice'),
      );
      expect(await run(pathOf('regctl'), ['repo', 'ls', front.host], home('admin'))).toContain('team/old');
      const remove = (user: keyof typeof USERS) =>
        run(pathOf('regctl'), ['manifest', 'delete', `${name}@${image.digest}`], home(user));
      expect(await remove('alice')).toBeUndefined();
      await started.refusedWhileReadOnly(() => remove('admin'));
      expect(await remove('admin')).toBeDefined();
    });

    test("every challenge is the registry's, and nothing of the front's own login is there", async () => {
      const realm = /^Bearer realm="http:\/\/127.0.0.1:\d+\/token",service="Our registry"/;
      for (const path of ['/v2/', '/v2', '/v2/_catalog', '/v2/team/app/tags/list'])
        for (const Authorization of [
          undefined,
          'Basic Og==',
          'Basic YWxpY2U6eA==',
          'Bearer anonymous',
          'Bearer x',
        ]) {
          const answer = await started.request(path, 'GET', undefined, {
            headers: { 'User-Agent': 'Mozilla/5.0', ...(Authorization && { Authorization }) },
          });
          expect([path, Authorization, answer.status]).toEqual([path, Authorization, 401]);
          expect(answer.headers.get('www-authenticate')).toMatch(realm);
          expect(answer.headers.get('docker-distribution-api-version')).toBe('registry/2.0');
        }
      for (const path of ['/token', '/token?service=registry', '/auth/token'])
        expect((await started.request(path)).status).toBe(400);
      expect((await started.request('/')).status).toBe(200);
      expect((await started.request('/v2/', 'GET', {})).status).toBe(200);
    });

    test('a layer is mounted from where the token may pull', async () => {
      await started.upload('secret/base');
      const push = { 'team/mounts': ['pull', 'push'] };
      const mount = (from: string, grants: Readonly<Record<string, readonly string[]>>) =>
        started.request(`/v2/team/mounts/blobs/uploads/?mount=${EMPTY}&from=${from}`, 'POST', grants);
      for (const from of ['secret/base', 'secret%2Fbase']) {
        const refused = await mount(from, push);
        expect(refused.status).toBe(401);
        expect(refused.headers.get('www-authenticate')).toContain('insufficient_scope');
      }
      const layer = () => started.request(`/v2/team/mounts/blobs/${EMPTY}`, 'HEAD', push);
      // What is no repository's name does not reach the registry: the client uploads.
      const odd = { ...push, 'secret/../secret/base': ['pull'] };
      expect((await mount('secret/../secret/base', odd)).status).toBe(202);
      expect((await layer()).status).toBe(404);
      // A form's body would beat the query, and the token is asked for what is mounted.
      const asForm = await started.request(`/v2/team/mounts/blobs/uploads/`, 'POST', push, {
        headers: { 'Content-Type': 'application/x-www-form-urlencoded' },
        body: `mount=${EMPTY}&from=secret/base`,
      });
      expect(asForm.status).toBe(202);
      expect((await layer()).status).toBe(404);
      expect((await mount('secret%2Fbase', { ...push, 'secret/base': ['pull'] })).status).toBe(201);
      expect((await layer()).status).toBe(200);
    });

    test('while it is read-only, whoever writes gets 405, and reads go on', async () => {
      await started.upload('team/app');
      writeFileSync(started.front.readOnlyFile, '');
      try {
        for (const grants of [undefined, { 'team/app': ['pull', 'push', 'delete'] }]) {
          const status = async (method: string, path: string) =>
            (await started.request(path, method, grants)).status;
          expect(await status('POST', '/v2/team/app/blobs/uploads/')).toBe(405);
          expect(await status('PUT', '/v2/team/app/manifests/1')).toBe(405);
          expect(await status('DELETE', `/v2/team/app/blobs/${EMPTY}`)).toBe(405);
          expect(await status('GET', `/v2/team/app/blobs/${EMPTY}`)).toBe(grants ? 200 : 401);
        }
      } finally {
        rmSync(started.front.readOnlyFile);
      }
    });

    test('the log claims to know nobody', async () => {
      const { front } = started;
      await started.request('/v2/team/app/tags/list?n=7', 'GET', { 'team/app': ['pull'] });
      await started.request('/v2/team/app/tags/list?n=7');
      const logged = () => front.audit().filter(({ uri }) => String(uri).endsWith('?n=7'));
      for (let tries = 0; tries < 100 && logged().length < 2; tries += 1) await sleep(100);
      const lines = logged().sort((one, other) => Number(one.status) - Number(other.status));
      expect(
        lines.map(({ user, claimed, verdict, status, action, repository }) => [
          user,
          claimed,
          verdict,
          status,
          action,
          repository,
        ]),
      ).toEqual([
        ['?', '', 'ok', 200, 'pull', 'team/app'],
        ['?', '', 'ok', 401, 'pull', 'team/app'],
      ]);
      // 2.8 names the user where a request fails, 3.x with each.
      await started.request('/v2/team/none/tags/list', 'GET', { 'team/none': ['pull'] });
      const named = / auth\.user\.name=alice .*\/v2\/team\/none\/tags\/list/;
      const said = front.log().split('\n');
      expect(said.filter((line) => named.test(line))).toHaveLength(program === 'registry2' ? 1 : 2);
    });
  });
});

describe.each(NGINXES)('%s', (nginx) => {
  describeWith('limits and hosts', [nginx, 'registry2', 'registry3'], () => {
    test('requests are limited by address', async () => {
      const started = await TokenRegistry.make({
        nginx,
        more: {
          trustedProxies: ['127.0.0.1/32'],
          limits: { loginsPerSecond: 1, loginBurst: 1, requestsPerSecond: 1, requestBurst: 2 },
        },
      });
      try {
        const statuses = async (address: string) => {
          const headers = { 'X-Forwarded-For': address };
          const ask = async () => (await started.request('/v2/', 'GET', {}, { headers })).status;
          return (await Promise.all([1, 2, 3, 4].map(ask))).sort();
        };
        expect(await statuses('192.0.2.1')).toEqual([200, 200, 200, 429]);
        expect(await statuses('192.0.2.2')).toEqual([200, 200, 200, 429]);
      } finally {
        await started.stop();
      }
    });

    test.each(['registry2', 'registry3'] as const)(
      '%s sends clients to the host that they used',
      async (program) => {
        const started = await TokenRegistry.make(
          { nginx, program, more: { encryptedAddresses: ['registry.example.com'] } },
          true,
        );
        try {
          for (const host of ['registry.example.com', 'registry.example.com:443', 'other.example.com:8443']) {
            // Node's own client sets another Host.
            const answer = execFileSync('curl', ['-si', '-H', `Host: ${host}`, `${started.front.url}/v2/`], {
              encoding: 'utf8',
              env: ENVIRONMENT,
            });
            expect(answer).toMatch(/^HTTP\/1.1 401/);
            expect(answer).toContain(`Bearer realm="https://${host}/auth/token",service="Our registry"`);
          }
        } finally {
          await started.stop();
        }
      },
    );
  });
});
