// What a release of the registry's own chart generates, on a real API server: each upgrade keeps it, and
// makes anew what no longer fits and only that.

import { createPrivateKey } from 'node:crypto';
import { compareSync } from 'bcryptjs';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { startServer } from './admission';
import { Helm, helmsOrOnly } from './helm';
import { certificates, contents, RELEASE_PROGRAMS, RENEWAL, Release, STRICT } from './release';

const NAME = 'first-registry';
const DAY_S = 24 * 60 * 60;
/** Names that the certificate is for, besides the host. */
const INSIDE = (namespace: string) => [
  NAME,
  ...['', '.svc', '.svc.cluster.local'].map((suffix) => `${NAME}.${namespace}${suffix}`),
  'localhost',
  '127.0.0.1',
];

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`What the chart generates with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    let server: ApiServer;
    beforeAll(async () => {
      server = await startServer();
    });
    afterAll(() => server?.machine.stop());

    async function installed(namespace: string, values: object = {}): Promise<Release> {
      await server.createNamespace(namespace, STRICT);
      const release = new Release(server, new Helm(program, server), registryChart(), 'first', namespace);
      await release.install(values);
      return release;
    }
    const checksum = async (release: Release) => {
      const { spec } = await release.object('deployment', NAME);
      return spec?.template.metadata.annotations['checksum/config'];
    };
    /** The second from which on the certificate is renewed. */
    const renewal = async (release: Release) => {
      const { metadata } = await release.object('secret', `${NAME}-tls`);
      return Number(metadata.annotations?.[RENEWAL]);
    };

    test('a certificate for a year of a CA of its own, with the names that the Service has', async () => {
      const release = await installed('made');
      const { tls, ca: authority } = await release.generated(NAME);
      const { leaf, ca, names } = certificates(tls);
      expect(names).toEqual(['registry.localhost', ...INSIDE('made')]);
      expect({
        caIsCa: ca.ca,
        leafIsCa: leaf.ca,
        issued: leaf.checkIssued(ca),
        verified: leaf.verify(ca.publicKey),
        selfSigned: ca.verify(ca.publicKey),
      }).toEqual({ caIsCa: true, leafIsCa: false, issued: true, verified: true, selfSigned: true });
      expect(leaf.checkPrivateKey(createPrivateKey(tls['tls.key']))).toBe(true);
      expect(ca.checkPrivateKey(createPrivateKey(authority['ca.key']))).toBe(true);
      expect(authority['ca.crt']).toBe(tls['ca.crt']);
      const [from, to] = [leaf.validFrom, leaf.validTo].map((date) => Date.parse(date) / 1000);
      expect((to - from) / DAY_S).toBe(365);
      const twoThirds = (await renewal(release)) - from;
      expect(twoThirds / DAY_S).toBeCloseTo((365 * 2) / 3, 1);
    });

    test('another user gets a line of his own, for the same password', async () => {
      const release = await installed('users');
      const before = await release.generated(NAME);
      await release.upgrade({ auth: { username: 'builder' } });
      const after = await release.generated(NAME);
      const { auth, login, ...others } = after;
      expect(login).toEqual({ username: 'builder', password: before.login.password });
      const [user, hash] = auth.htpasswd.trim().split(':');
      expect({ user, matches: compareSync(login.password, hash) }).toEqual({
        user: 'builder',
        matches: true,
      });
      expect(others).toEqual({ ca: before.ca, http: before.http, tls: before.tls });

      await release.upgrade({ auth: { username: 'builder' } });
      expect(await release.generated(NAME)).toEqual(after);
    });

    test('another host gets a certificate under the same CA, and new pods serve it', async () => {
      const release = await installed('hosts');
      const [before, annotated] = [await release.generated(NAME), await checksum(release)];
      await release.upgrade({ host: 'registry.example.com' });
      const after = await release.generated(NAME);
      const { leaf, ca, names } = certificates(after.tls);
      expect(names).toEqual(['registry.example.com', ...INSIDE('hosts')]);
      expect({ ca: after.ca, published: after.tls['ca.crt'] }).toEqual({
        ca: before.ca,
        published: before.tls['ca.crt'],
      });
      expect({ issued: leaf.checkIssued(ca), verified: leaf.verify(ca.publicKey) }).toEqual({
        issued: true,
        verified: true,
      });
      expect(leaf.checkPrivateKey(createPrivateKey(after.tls['tls.key']))).toBe(true);
      expect(after.tls['tls.key']).not.toBe(before.tls['tls.key']);
      expect({ auth: after.auth, http: after.http, login: after.login }).toEqual({
        auth: before.auth,
        http: before.http,
        login: before.login,
      });
      expect(await checksum(release)).not.toBe(annotated);

      await release.upgrade({ host: 'registry.example.com' });
      expect(await release.generated(NAME)).toEqual(after);
    });

    test('an address is in the certificate as one', async () => {
      const release = await installed('addresses', {
        host: '198.51.100.7',
        service: { type: 'LoadBalancer' },
      });
      const { leaf, names } = certificates((await release.generated(NAME)).tls);
      expect(leaf.subjectAltName).toContain('IP Address:198.51.100.7');
      expect(names).toEqual(
        ['198.51.100.7', ...INSIDE('addresses')].sort((a, b) => Number(isAddress(a)) - Number(isAddress(b))),
      );
    });

    test('the first upgrade in the last third of its days renews the certificate, the next one does not', async () => {
      const release = await installed('renewed');
      const [before, annotated] = [await release.generated(NAME), await checksum(release)];
      await age(release);
      await release.upgrade();
      const after = await release.generated(NAME);
      const { leaf, ca, names } = certificates(after.tls);
      expect(leaf.serialNumber).not.toBe(certificates(before.tls).leaf.serialNumber);
      expect(names).toEqual(certificates(before.tls).names);
      expect({ ca: after.ca, published: after.tls['ca.crt'], verified: leaf.verify(ca.publicKey) }).toEqual({
        ca: before.ca,
        published: before.tls['ca.crt'],
        verified: true,
      });
      expect(leaf.checkPrivateKey(createPrivateKey(after.tls['tls.key']))).toBe(true);
      expect({ auth: after.auth, http: after.http, login: after.login }).toEqual({
        auth: before.auth,
        http: before.http,
        login: before.login,
      });
      expect(await checksum(release)).not.toBe(annotated);
      expect(await renewal(release)).toBeGreaterThan(Date.now() / 1000 + 200 * DAY_S);

      const renewed = contents(await release.objects());
      await release.upgrade();
      expect(contents(await release.objects())).toEqual(renewed);
    });

    test('a CA that is lost is made anew, with a certificate under it', async () => {
      const release = await installed('lost');
      const before = await release.generated(NAME);
      await server.must(['delete', 'secret', `${NAME}-ca`, '-n', 'lost']);
      await release.upgrade();
      const after = await release.generated(NAME);
      const { leaf, ca } = certificates(after.tls);
      expect(after.tls['ca.crt']).not.toBe(before.tls['ca.crt']);
      expect({ published: after.ca['ca.crt'], verified: leaf.verify(ca.publicKey) }).toEqual({
        published: after.tls['ca.crt'],
        verified: true,
      });
      expect({ auth: after.auth, http: after.http, login: after.login }).toEqual({
        auth: before.auth,
        http: before.http,
        login: before.login,
      });
    });

    test.each([
      ['a password that was deleted', 'noted', [`${NAME}-login`]],
      ['a password that was deleted with its hash', 'forgotten', [`${NAME}-login`, `${NAME}-auth`]],
    ])('%s is made anew, and the old one is of no use', async (_, namespace, secrets) => {
      const release = await installed(namespace);
      const { login: old } = await release.generated(NAME);
      await server.must(['delete', 'secret', ...secrets, '-n', namespace]);
      await release.upgrade();
      const { login, auth } = await release.generated(NAME);
      const hash = auth.htpasswd.trim().split(':')[1];
      expect({ current: compareSync(login.password, hash), old: compareSync(old.password, hash) }).toEqual({
        current: true,
        old: false,
      });
    });

    test('a password that was changed in its Secret is the one from then on', async () => {
      const release = await installed('changed');
      const { login: old } = await release.generated(NAME);
      const patch = JSON.stringify({ stringData: { password: 'chosen-by-a-person' } });
      await server.must(['patch', 'secret', `${NAME}-login`, '-n', 'changed', '-p', patch]);
      await release.upgrade();
      const { login, auth } = await release.generated(NAME);
      const hash = auth.htpasswd.trim().split(':')[1];
      expect(login).toEqual({ username: 'admin', password: 'chosen-by-a-person' });
      expect({ current: compareSync(login.password, hash), old: compareSync(old.password, hash) }).toEqual({
        current: true,
        old: false,
      });
    });

    test('a rollback brings back the certificate for the old host', async () => {
      const release = await installed('back');
      const before = await release.generated(NAME);
      await release.upgrade({ host: 'registry.example.com', auth: { username: 'builder' } });
      await release.rollback(1);
      expect(await release.generated(NAME)).toEqual(before);
      await release.upgrade();
      expect(await release.generated(NAME)).toEqual(before);
    });

    /** Makes the certificate one that Helm wrote long ago. */
    async function age(release: Release): Promise<void> {
      const [secret] = (await release.manifests()).filter(
        ({ kind, name }) => kind === 'Secret' && name === `${NAME}-tls`,
      );
      const { metadata } = await release.object('secret', secret.name);
      const aged = {
        ...secret.body,
        metadata: {
          ...(secret.body.metadata as object),
          annotations: { ...metadata.annotations, [RENEWAL]: '1' },
        },
      };
      const input = JSON.stringify(aged);
      await server.must(['apply', '--server-side', '--force-conflicts', '--field-manager=helm', '-f', '-'], {
        input,
      });
      expect(await renewal(release)).toBe(1);
    }
  });
}

function isAddress(name: string): boolean {
  return /^[\d.]+$/.test(name);
}
