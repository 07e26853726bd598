// The real oauth2-proxy as the verifier: users of its htpasswd file, and ID tokens of an issuer in place of
// passwords. The flags are those of docs/access.md.
import { type ChildProcess, spawn } from 'node:child_process';
import { createSign, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { hashSync } from 'bcryptjs';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { Recorder } from './recorder';
import { freePorts, RunningFront } from './running-front';

const ACCESS = RegistryAccess.rules([
  AccessRule.push('team/**').to(Subject.group('devs')),
  AccessRule.pull('own/**').to(Subject.user('carol')),
  AccessRule.pull('public/**').toEveryone(),
]);
const CLIENT = 'registry';
const SECONDS = () => Math.floor(Date.now() / 1000);

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');

/** An issuer of ID tokens, which says where its key is. */
class Issuer {
  private readonly pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
  private readonly server: Server = createServer((request, response) => {
    const jwk = { ...this.pair.publicKey.export({ format: 'jwk' }), kid: 'one', alg: 'RS256', use: 'sig' };
    const discovery = {
      issuer: this.url,
      authorization_endpoint: `${this.url}/authorize`,
      token_endpoint: `${this.url}/token`,
      jwks_uri: `${this.url}/keys`,
      id_token_signing_alg_values_supported: ['RS256'],
    };
    response.setHeader('Content-Type', 'application/json');
    response.end(JSON.stringify(request.url === '/keys' ? { keys: [jwk] } : discovery));
  });

  get url(): string {
    return `http://127.0.0.1:${(this.server.address() as AddressInfo).port}`;
  }

  async start(): Promise<void> {
    this.server.listen(0, '127.0.0.1');
    await once(this.server, 'listening');
  }

  stop(): void {
    this.server.closeAllConnections();
    this.server.close();
  }

  token(user: string, claims: object = {}, key: KeyObject = this.pair.privateKey): string {
    const email = `${user}@example.com`;
    const usual = { iss: this.url, aud: CLIENT, sub: user, email, iat: SECONDS(), exp: SECONDS() + 300 };
    const signed = `${encoded({ alg: 'RS256', kid: 'one' })}.${encoded({ ...usual, ...claims })}`;
    return `${signed}.${createSign('RSA-SHA256').update(signed).sign(key).toString('base64url')}`;
  }
}

describeWith('oauth2-proxy', ['nginx', 'oauth2Proxy'], () => {
  const folder = newFolder();
  const log = join(folder, 'log');
  const issuer = new Issuer();
  let proxy: ChildProcess;
  let front: RunningFront;

  beforeAll(async () => {
    await issuer.start();
    const users = join(folder, 'users');
    writeFileSync(users, `alice:${hashSync('of alice', 4)}\n`);
    const [port] = (await freePorts(1)) as [number];
    const flags = {
      'http-address': `127.0.0.1:${port}`,
      'htpasswd-file': users,
      'htpasswd-user-group': 'devs',
      provider: 'oidc',
      'oidc-issuer-url': issuer.url,
      'skip-jwt-bearer-tokens': 'true',
      'set-xauthrequest': 'true',
      'email-domain': '*',
      'client-id': CLIENT,
      'client-secret': 'of a test',
      'cookie-secret': '0123456789abcdef',
      'logging-filename': log,
    };
    proxy = spawn(
      pathOf('oauth2Proxy'),
      Object.entries(flags).map(([name, value]) => `--${name}=${value}`),
      { env: ENVIRONMENT, stdio: 'ignore' },
    );
    const url = `http://127.0.0.1:${port}`;
    for (let tries = 0; (await fetch(`${url}/ping`).catch(() => undefined))?.status !== 200; tries += 1) {
      if (tries === 600) throw new Error(`oauth2-proxy does not answer: ${readFileSync(log, 'utf8')}`);
      await sleep(50);
    }
    const verifier = {
      url: `${url}/oauth2/auth`,
      userHeader: 'X-Auth-Request-User',
      groupsHeader: 'X-Auth-Request-Groups',
      caFile: '/not/read',
    };
    front = new RunningFront({
      access: ACCESS,
      users: {},
      recorder: new Recorder(),
      more: { htpasswdFile: undefined, verifier },
    });
    await front.start();
  });
  afterAll(async () => {
    await front?.stop();
    proxy?.kill();
    issuer.stop();
  });

  const ask = async (method: string, path: string, user?: string, password?: string) => {
    const authorization = `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
    const headers: Record<string, string> = user === undefined ? {} : { authorization };
    return (await fetch(`${front.url}${path}`, { method, headers })).status;
  };
  const push = (user?: string, password?: string) => ask('POST', '/v2/team/a/blobs/uploads/', user, password);
  const pull = (repository: string, user?: string, password?: string) =>
    ask('GET', `/v2/${repository}/tags/list`, user, password);

  test('users of its file have the groups that its flag names', async () => {
    expect(await push('alice', 'of alice')).toBe(200);
    expect(await pull('own/a', 'alice', 'of alice')).toBe(403);
  });

  test('a wrong password and a user that it does not know are refused, everywhere', async () => {
    expect(await push('alice', 'wrong')).toBe(401);
    expect(await pull('public/a', 'bob', 'of bob')).toBe(401);
    expect(await pull('public/a')).toBe(200);
  });

  test("an ID token is a password: user and groups are the token's, whoever the client says it is", async () => {
    const carol = issuer.token('carol', { groups: ['ops'] });
    expect(await pull('own/a', 'alice', carol)).toBe(200);
    expect(await push('alice', carol)).toBe(403);
    expect(await push('oauth', issuer.token('dave', { groups: ['ops', 'devs'] }))).toBe(200);
    expect(await push('oauth', issuer.token('erin', { groups: ['developers'] }))).toBe(403);
    expect(await push('oauth', issuer.token('frank'))).toBe(403);
  });

  test('a token that has expired, is of another key or for another client is refused', async () => {
    const groups = ['devs'];
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    expect(await push('oauth', issuer.token('dave', { groups, exp: SECONDS() - 60 }))).toBe(401);
    expect(await push('oauth', issuer.token('dave', { groups }, privateKey))).toBe(401);
    expect(await push('oauth', issuer.token('dave', { groups, aud: 'another' }))).toBe(401);
  });

  test('without it a login that was right is remembered', async () => {
    expect(await push('alice', 'of alice')).toBe(200);
    const closed = once(proxy, 'close');
    proxy.kill();
    await closed;
    expect(await push('alice', 'of alice')).toBe(200);
    expect(await push('alice', 'of another')).toBe(503);
  });
});
