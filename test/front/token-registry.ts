// A registry that verifies tokens behind a front, and the service that gives them, as processes of this machine.
import { once } from 'node:events';
import { rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { libtrustId, thumbprint } from '../../lib/auth/token-keys';
import { RegistryAccess } from '../../lib/front/access';
import {
  answers,
  type Claims,
  ISSUER,
  KINDS,
  SERVICE,
  type SigningKey,
  tokenOf,
} from '../e2e/servers/token-service';
import { certificateOf } from '../support/certificates';
import { newFolder } from '../support/folder';
import { USERS } from './clients';
import { RunningFront, type RunningFrontOptions } from './running-front';

/** What each user may do with any repository, and with the catalog. */
const MAY: Readonly<Record<keyof typeof USERS, readonly string[]>> = {
  admin: ['pull', 'push', 'delete', '*'],
  alice: ['pull', 'push'],
  robot: ['pull'],
};
// Nobody is known to the front, so that there is no rule that permits anything.
const ACCESS = RegistryAccess.rules([]);
/** The smallest layer: `{}`. */
export const EMPTY = 'sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a';

/** A registry that verifies tokens, behind a front, and the service that gives them. */
export class TokenRegistry {
  static async make(options: Partial<RunningFrontOptions>, autoredirect = false): Promise<TokenRegistry> {
    const pair = KINDS.RS256();
    const privateKey = pair.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
    // 3.x knows certificates by the thumbprint of their keys.
    const nameOf = options.program === 'registry2' ? libtrustId : thumbprint;
    const key = { privateKey, id: nameOf(pair.publicKey), algorithm: 'RS256' };
    const users = Object.fromEntries(
      Object.entries(MAY).map(([name, actions]) => [
        name,
        { password: USERS[name as keyof typeof USERS], actions },
      ]),
    );
    const service = createServer(answers(() => key, users)).listen(0, '127.0.0.1');
    await once(service, 'listening');
    const { port } = service.address() as { port: number };
    const certificates = join(newFolder(), 'certificates.pem');
    writeFileSync(certificates, await certificateOf(pair.privateKey));
    const front = new RunningFront({
      access: ACCESS,
      users: {},
      ...options,
      more: { htpasswdFile: undefined, tokens: true, ...options.more },
      auth: {
        token: {
          realm: `http://127.0.0.1:${port}/token`,
          service: SERVICE,
          issuer: ISSUER,
          rootcertbundle: certificates,
          ...(autoredirect && { autoredirect }),
        },
      },
    });
    await front.start();
    return new TokenRegistry(front, service, key);
  }

  private constructor(
    readonly front: RunningFront,
    private readonly service: Server,
    private readonly key: SigningKey,
  ) {}

  async stop(): Promise<void> {
    await this.front.stop();
    this.service.closeAllConnections();
    this.service.close();
  }

  /** Does something while the registry is read-only, in which a client gives up after a write is refused. */
  async refusedWhileReadOnly(act: () => Promise<unknown>): Promise<void> {
    const refused = () => this.front.audit().filter(({ verdict }) => verdict === 'read_only').length;
    const before = refused();
    writeFileSync(this.front.readOnlyFile, '');
    try {
      expect(await act().catch(() => undefined)).toBeUndefined();
    } finally {
      rmSync(this.front.readOnlyFile);
    }
    // nginx writes the line after its answer.
    for (let tries = 0; tries < 50 && refused() === before; tries += 1) await sleep(100);
    expect(refused()).toBeGreaterThan(before);
  }

  /** What a token grants: repositories and actions. */
  async request(
    path: string,
    method = 'GET',
    grants?: Readonly<Record<string, readonly string[]>>,
    more: RequestInit = {},
  ): Promise<Response> {
    const access: Claims['access'] = Object.entries(grants ?? {}).map(([name, actions]) => ({
      type: 'repository',
      name,
      actions,
    }));
    const login = { Authorization: `Bearer ${tokenOf(this.key, 'RS256', { access })}` };
    return fetch(`${this.front.url}${path}`, {
      method,
      ...more,
      headers: { ...(grants && login), ...(more.headers as Record<string, string> | undefined) },
    });
  }

  /** Uploads the smallest layer. */
  async upload(repository: string): Promise<void> {
    const grants = { [repository]: ['pull', 'push'] };
    const begun = await this.request(`/v2/${repository}/blobs/uploads/`, 'POST', grants);
    const path = `${begun.headers.get('location')}&digest=${EMPTY}`;
    expect((await this.request(path, 'PUT', grants, { body: '{}' })).status).toBe(201);
  }
}
