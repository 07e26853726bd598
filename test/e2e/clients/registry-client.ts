// What a person has at hand: curl and skopeo on the machine, trusting nothing but the registry's own CA.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Computer, Result } from '../../../tools/computer';
import { ENVIRONMENT } from '../../../tools/programs';
import { sha256, verifyImage } from './oci-image';

export interface User {
  readonly name: string;
  readonly password: string;
}

export interface Request {
  readonly method?: string;
  /** Without one the request is anonymous. */
  readonly user?: User;
  readonly headers?: Readonly<Record<string, string>>;
  /** A file to send. */
  readonly upload?: string;
  /** In bytes per second. */
  readonly limitRate?: number;
}

export interface Response {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  readonly body: string;
  /** curl's own message where there was no answer. */
  readonly error: string;
}

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCTETS = { 'Content-Type': 'application/octet-stream' };

export class RegistryClient {
  private static count = 0;
  private readonly folder: string;
  private files = 0;

  /**
   * `host` is what stands in image names: `registry.localhost` or `host:port`. Without a CA any certificate
   * is taken.
   */
  constructor(
    private readonly machine: Computer,
    readonly host: string,
    private readonly ca?: Buffer,
  ) {
    RegistryClient.count += 1;
    this.folder = machine.makeFolder('clients', String(RegistryClient.count));
    const certs = machine.makeFolder('clients', String(RegistryClient.count), 'certs');
    if (ca !== undefined) writeFileSync(join(certs, 'ca.crt'), ca);
    writeFileSync(
      join(this.folder, 'policy.json'),
      JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }),
    );
  }

  /** A new path in the client's folder. */
  path(name: string): string {
    this.files += 1;
    return join(this.folder, `${this.files}-${name}`);
  }

  file(name: string, content: Buffer | string): string {
    const path = this.path(name);
    writeFileSync(path, content);
    return path;
  }

  // --- curl
  // -----------------------------------------------------------------------------------------------------------

  async request(path: string, request: Request = {}): Promise<Response> {
    const { child, response } = this.start(path, request);
    await once(child, 'close');
    return response();
  }

  /** A request that is still going on. */
  start(
    path: string,
    { method = 'GET', user, headers = {}, upload, limitRate }: Request,
  ): { child: ChildProcess; response: () => Response } {
    const [head, body] = [this.path('head'), this.file('body', '')];
    const child = this.machine.spawn(
      [
        ...[
          'curl',
          '-sS',
          // One that goes to a pod that has just ended may never be made: another one is better than to wait.
          '--connect-timeout',
          '5',
          ...(this.ca === undefined ? ['-k'] : ['--cacert', join(this.folder, 'certs', 'ca.crt')]),
          '-D',
          head,
          '-o',
          body,
          '-w',
          '%{http_code}',
        ],
        ...(method === 'HEAD' ? ['--head'] : ['-X', method]),
        ...(method === 'POST' ? ['--data', ''] : []),
        ...(user === undefined ? [] : ['-u', `${user.name}:${user.password}`]),
        ...Object.entries(headers).flatMap(([name, value]) => ['-H', `${name}: ${value}`]),
        ...(upload === undefined ? [] : ['--upload-file', upload]),
        ...(limitRate === undefined ? [] : ['--limit-rate', String(limitRate)]),
        path.startsWith('https:') ? path : `https://${this.host}${path}`,
      ],
      { stdio: ['ignore', 'pipe', 'pipe'] },
    );
    let [status, error] = ['', ''];
    child.stdout?.on('data', (chunk: Buffer) => {
      status += chunk.toString();
    });
    child.stderr?.on('data', (chunk: Buffer) => {
      error += chunk.toString();
    });
    const response = () => ({
      status: Number(status),
      headers: readHead(head),
      body: readFileSync(body, 'utf8'),
      error,
    });
    return { child, response };
  }

  /** Opens an upload and answers with the address to send a blob of this digest to. */
  async openUpload(repository: string, user: User, digest: string): Promise<string> {
    const opened = await this.request(`/v2/${repository}/blobs/uploads/`, { method: 'POST', user });
    const location = opened.headers.get('location');
    if (opened.status !== 202 || location === undefined)
      throw new Error(`no upload: ${opened.status} ${opened.body}${opened.error}`);
    const url = new URL(location, `https://${this.host}`);
    url.searchParams.set('digest', digest);
    return url.href;
  }

  /** Pushes one blob by the plain protocol; the answer is that of the upload. */
  async pushBlob(repository: string, user: User, content: Buffer): Promise<Response> {
    const url = await this.openUpload(repository, user, sha256(content));
    return this.request(url, { method: 'PUT', user, upload: this.file('blob', content), headers: OCTETS });
  }

  /** Starts pushing one blob at this many bytes per second. */
  async startSlowPush(
    repository: string,
    user: User,
    content: Buffer,
    limitRate: number,
  ): Promise<{ child: ChildProcess; response: () => Response }> {
    const url = await this.openUpload(repository, user, sha256(content));
    return this.start(url, {
      method: 'PUT',
      user,
      upload: this.file('blob', content),
      headers: OCTETS,
      limitRate,
    });
  }

  manifest(repository: string, reference: string, user: User): Promise<Response> {
    return this.request(`/v2/${repository}/manifests/${reference}`, { user, headers: { Accept: MANIFEST } });
  }

  deleteManifest(repository: string, digest: string, user: User): Promise<Response> {
    return this.request(`/v2/${repository}/manifests/${digest}`, { method: 'DELETE', user });
  }

  // --- skopeo
  // ---------------------------------------------------------------------------------------------------------

  /** Logs in: skopeo then uses what it has stored, as docker and podman do. */
  login({ name, password }: User): Promise<Result> {
    return this.skopeo(
      ['login', ...this.trust(''), '--username', name, '--password-stdin', this.host],
      password,
    );
  }

  push(imageFolder: string, name: string): Promise<Result> {
    return this.skopeo([
      ...['copy', '--all'],
      ...this.trust('dest-'),
      `oci:${imageFolder}`,
      `docker://${this.host}/${name}`,
    ]);
  }

  /** Pulls an image, checks all of it, and answers with its digest. */
  async pull(name: string): Promise<string> {
    const folder = this.path('pulled');
    // Without signatures: skopeo would look for them in a folder of the machine that an ordinary user may not
    // read.
    const copy = ['copy', '--all', '--remove-signatures', ...this.trust('src-')];
    const { code, stderr } = await this.skopeo([...copy, `docker://${this.host}/${name}`, `oci:${folder}`]);
    if (code !== 0) throw new Error(`pull of ${name}: ${stderr}`);
    return verifyImage(folder);
  }

  private trust(prefix: string): string[] {
    const trust =
      this.ca === undefined
        ? `--${prefix}tls-verify=false`
        : `--${prefix}cert-dir=${join(this.folder, 'certs')}`;
    return ['--authfile', join(this.folder, 'auth.json'), trust];
  }

  private skopeo(args: readonly string[], input?: string): Promise<Result> {
    const env = { ...ENVIRONMENT, HOME: this.folder, TMPDIR: this.folder, XDG_RUNTIME_DIR: this.folder };
    return this.machine.run(['skopeo', '--policy', join(this.folder, 'policy.json'), ...args], {
      env,
      input,
    });
  }
}

/** The headers of the last answer in curl's dump, which holds those of `100 Continue` too. */
function readHead(path: string): Map<string, string> {
  let dump = '';
  try {
    dump = readFileSync(path, 'utf8');
  } catch {
    return new Map(); // there was no answer
  }
  const lines =
    dump
      .trim()
      .split(/\r?\n\r?\n/)
      .at(-1)
      ?.split(/\r?\n/)
      .slice(1) ?? [];
  return new Map(
    lines.map((line) => [
      line.slice(0, line.indexOf(':')).toLowerCase(),
      line.slice(line.indexOf(':') + 1).trim(),
    ]),
  );
}
