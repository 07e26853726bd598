// A token service as Distribution's specification has it: users with passwords, what each may do, and signed
// tokens. Runs as a program of its own on the machine, and reads its settings anew for each request.

import { generateKeyPairSync, sign } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Computer } from '../../../tools/computer';
import { MACHINE_IP } from '../../../tools/pod-runner/machine';
import { TYPESCRIPT } from '../../../tools/typescript';

export const TOKEN_HOST = 'auth.example.com';
export const REALM = `https://${TOKEN_HOST}:8443/token`;
export const SERVICE = 'Our registry';
export const ISSUER = 'Our token service';

/** A signing key, and how tokens name it. */
export interface SigningKey {
  readonly privateKey: string;
  readonly id: string;
  /** How far the clock of who signs is ahead. */
  readonly secondsAhead?: number;
}

/** What a token says, and until when. */
export interface Claims {
  readonly iss?: string;
  readonly aud?: string;
  readonly sub?: string;
  readonly exp?: number;
  readonly nbf?: number;
  readonly access?: readonly Access[];
}

interface Access {
  readonly type: string;
  readonly name: string;
  readonly actions: readonly string[];
}

interface Settings extends SigningKey {
  readonly algorithm: string;
  readonly certificate: string;
  readonly certificateKey: string;
}

type Users = Readonly<Record<string, { readonly password: string; readonly actions: readonly string[] }>>;

/** What each user may do with any repository. */
const USERS: Users = {
  admin: { password: 'of admin', actions: ['pull', 'push', 'delete'] },
  alice: { password: 'from-wonderland', actions: ['pull', 'push'] },
  bob: { password: 'the-builder', actions: ['pull'] },
};

/** A token with these claims; what is not said is right. */
export function tokenOf(
  { privateKey, id, secondsAhead = 0 }: SigningKey,
  algorithm: string,
  claims: Claims = {},
): string {
  const now = Math.floor(Date.now() / 1000) + secondsAhead;
  const all = {
    iss: ISSUER,
    aud: SERVICE,
    sub: 'alice',
    iat: now,
    nbf: now,
    exp: now + 300,
    access: [],
    ...claims,
  };
  const signed = [{ typ: 'JWT', alg: algorithm, kid: id }, all]
    .map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'))
    .join('.');
  const hash = algorithm === 'EdDSA' ? null : 'sha256';
  const signature = sign(hash, Buffer.from(signed), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${signed}.${signature.toString('base64url')}`;
}

/** New keys of each kind, with the algorithm of their tokens. */
export const KINDS = {
  RS256: () => generateKeyPairSync('rsa', { modulusLength: 2048 }),
  ES256: () => generateKeyPairSync('ec', { namedCurve: 'P-256' }),
  EdDSA: () => generateKeyPairSync('ed25519'),
};

export class TokenService {
  private readonly file: string;

  /** Starts the service with the certificate and the key, at an address that the machine has. */
  static async start(
    machine: Computer,
    certificate: { readonly certificate: string; readonly certificateKey: string },
    algorithm: string,
    key: SigningKey,
    address = MACHINE_IP,
  ): Promise<TokenService> {
    machine.addHost(TOKEN_HOST, address);
    const service = new TokenService(machine, { ...certificate, algorithm });
    service.use(key);
    const program = [process.execPath, ...TYPESCRIPT, __filename, service.file, address];
    machine.spawn(program, { stdio: ['ignore', 'ignore', 'inherit'] });
    for (let tries = 0; (await machine.run(['curl', '-sk', REALM])).code !== 0; tries += 1) {
      if (tries > 200) throw new Error('the token service does not start');
      await sleep(100);
    }
    return service;
  }

  private constructor(
    machine: Computer,
    private readonly settings: Omit<Settings, keyof SigningKey>,
  ) {
    this.file = join(machine.makeFolder('token-service'), 'settings.json');
  }

  /** Signs with this key from now on. */
  use(key: SigningKey): void {
    writeFileSync(this.file, JSON.stringify({ ...this.settings, ...key }));
  }
}

function serve(file: string, address: string): void {
  const read = () => JSON.parse(readFileSync(file, 'utf8')) as Settings;
  const { certificate: cert, certificateKey: key } = read();
  createServer({ cert, key }, answers(read)).listen(Number(new URL(REALM).port), address);
}

/** Answers requests, with the key and the algorithm that are read anew for each. */
export function answers(
  read: () => SigningKey & { readonly algorithm: string },
  users = USERS,
): (request: IncomingMessage, response: ServerResponse) => unknown {
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? '/', REALM);
    const [name = '', password] = Buffer.from(
      `${request.headers.authorization}`.replace(/^Basic /, ''),
      'base64',
    )
      .toString()
      .split(':');
    const user = users[name];
    const anonymous = request.headers.authorization === undefined;
    if (request.method !== 'GET' || pathname !== '/token') return response.writeHead(404).end();
    if (!anonymous && user?.password !== password) return response.writeHead(401).end();
    const access = searchParams
      .getAll('scope')
      .flatMap((scopes) => scopes.split(' ').map((scope) => scopeOf(scope)));
    const granted = access.map((one) => ({
      ...one,
      actions: one.actions.filter((action) => user?.actions.includes(action)),
    }));
    const { algorithm, ...settings } = read();
    const token = tokenOf(settings, algorithm, { sub: name, access: granted });
    return response
      .writeHead(200, { 'Content-Type': 'application/json' })
      .end(JSON.stringify({ token, access_token: token, expires_in: 300 }));
  };
}

/** `repository:team/app:pull,push` */
function scopeOf(scope: string): Access {
  const [type = '', name = '', actions = ''] = scope.split(':');
  return { type, name, actions: actions.split(',') };
}

if (require.main === module) serve(...(process.argv.slice(2) as [string, string]));
