// A registry for caches to fetch from: images in memory, with TLS, that counts each request and can be told to
// be away, to be slow, or to refuse.
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer, type Server } from 'node:https';
import type { AddressInfo } from 'node:net';
import type { Duplex } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { issue, type Pem } from '../support/certificates';

const MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const INDEX = 'application/vnd.oci.image.index.v1+json';

export interface UpstreamImage {
  readonly digest: string;
  readonly layer: string;
}

export interface UpstreamOptions {
  /** How a login is asked for: as Docker Hub does, or plainly. */
  readonly scheme?: 'bearer' | 'basic';
  readonly expired?: boolean;
}

interface Content {
  readonly type: string;
  readonly bytes: Buffer;
}

export class Upstream {
  /** Who may pull, if not everybody. */
  login?: { readonly user: string; readonly password: string };
  /** Answers everything with this status. */
  broken?: number;
  /** Milliseconds before each answer. */
  delay = 0;
  /** Repositories that were asked for. */
  readonly repositories = new Set<string>();
  /** The CA of its certificate. */
  ca = '';

  private readonly contents = new Map<string, Content>();
  private readonly tags = new Map<string, string>();
  private readonly sockets = new Set<Duplex>();
  private seen: string[] = [];
  private port = 0;
  private certificate?: Pem;
  private server?: Server;

  constructor(private readonly options: UpstreamOptions = {}) {}

  get host(): string {
    return `127.0.0.1:${this.port}`;
  }

  get url(): string {
    return `https://${this.host}`;
  }

  /** An image of one layer under a tag, which may be another's until now. */
  push(tag: string, text: string): UpstreamImage {
    const layer = this.add('application/octet-stream', text);
    const config = this.add('application/vnd.oci.image.config.v1+json', `{"made-of":"${layer}"}`);
    const entry = (digest: string, mediaType: string) => ({ mediaType, digest, size: this.size(digest) });
    const digest = this.add(
      MANIFEST,
      JSON.stringify({
        schemaVersion: 2,
        mediaType: MANIFEST,
        config: entry(config, 'application/vnd.oci.image.config.v1+json'),
        layers: [entry(layer, 'application/vnd.oci.image.layer.v1.tar')],
      }),
    );
    this.tags.set(tag, digest);
    return { digest, layer };
  }

  /** An image for several platforms. */
  pushIndex(tag: string, images: readonly UpstreamImage[]): string {
    const manifests = images.map(({ digest }, index) => ({
      mediaType: MANIFEST,
      digest,
      size: this.size(digest),
      platform: { os: 'linux', architecture: ['amd64', 'arm64'][index] },
    }));
    const digest = this.add(INDEX, JSON.stringify({ schemaVersion: 2, mediaType: INDEX, manifests }));
    this.tags.set(tag, digest);
    return digest;
  }

  /** The requests for manifests and layers since the last call, such as `GET blobs`. */
  requests(): string[] {
    const seen = this.seen;
    this.seen = [];
    return seen;
  }

  async start(): Promise<this> {
    const ca = await issue({ commonName: 'upstream', signs: true });
    const to = this.options.expired ? new Date(Date.now() - 60_000) : undefined;
    this.certificate = await issue({ commonName: 'server', hosts: ['127.0.0.1'], ca, to });
    this.ca = ca.certificate;
    await this.comeBack();
    return this;
  }

  async goAway(): Promise<void> {
    const { server } = this;
    if (server === undefined) return;
    this.server = undefined;
    server.close();
    for (const socket of this.sockets) socket.destroy();
    await once(server, 'close');
  }

  async comeBack(): Promise<void> {
    const { certificate: cert, privateKey: key } = this.certificate as Pem;
    this.server = createServer({ cert, key }, (request, response) => void this.answer(request, response));
    this.server.on('connection', (socket) => {
      this.sockets.add(socket);
      socket.once('close', () => this.sockets.delete(socket));
    });
    this.server.listen(this.port, '127.0.0.1');
    await once(this.server, 'listening');
    this.port = (this.server.address() as AddressInfo).port;
  }

  private add(type: string, text: string): string {
    const bytes = Buffer.from(text);
    const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
    this.contents.set(digest, { type, bytes });
    return digest;
  }

  private size(digest: string): number {
    return this.contents.get(digest)?.bytes.length ?? 0;
  }

  private async answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { method = '', url = '', headers } = request;
    const [, repository = '', kind, reference = ''] =
      /^\/v2\/(.+)\/(manifests|blobs|tags)\/([^?]+)/.exec(url) ?? [];
    if (kind !== undefined) {
      this.seen.push(`${method} ${kind}`);
      this.repositories.add(repository);
    }
    if (this.delay > 0) await sleep(this.delay);
    response.setHeader('Docker-Distribution-Api-Version', 'registry/2.0');
    if (this.broken !== undefined) return void response.writeHead(this.broken).end();
    if (url.startsWith('/token')) {
      if (!this.knows(headers.authorization)) return void response.writeHead(401).end();
      return void response.end(JSON.stringify({ token: this.token, expires_in: 300 }));
    }
    if (!this.admits(headers.authorization)) {
      response.setHeader('WWW-Authenticate', this.challenge);
      return void response.writeHead(401).end('{"errors":[{"code":"UNAUTHORIZED"}]}');
    }
    if (kind === 'tags') {
      const tags = this.page(url);
      const last = tags.at(-1) ?? '';
      const isLast = this.page(`/?last=${last}`).length === 0;
      if (!isLast)
        response.setHeader('Link', `</v2/${repository}/tags/list?n=${tags.length}&last=${last}>; rel="next"`);
      return void response.end(JSON.stringify({ name: repository, tags }));
    }
    const digest = this.tags.get(reference) ?? decodeURIComponent(reference);
    const content = this.contents.get(digest);
    if (kind === undefined) return void response.end('{}');
    if (content === undefined)
      return void response
        .writeHead(404, { 'Content-Type': 'application/json' })
        .end('{"errors":[{"code":"MANIFEST_UNKNOWN"}]}');
    response.writeHead(200, {
      'Content-Type': content.type,
      'Content-Length': content.bytes.length,
      'Docker-Content-Digest': digest,
    });
    response.end(method === 'HEAD' ? undefined : content.bytes);
  }

  /** The tags that are asked for. */
  private page(url: string): string[] {
    const { searchParams } = new URL(url, this.url);
    const after = searchParams.get('last') ?? '';
    return [...this.tags.keys()]
      .sort()
      .filter((tag) => tag > after)
      .slice(0, Number(searchParams.get('n') ?? 100));
  }

  private get token(): string {
    return `token-of-${this.login?.user}`;
  }

  private get challenge(): string {
    return this.options.scheme === 'basic'
      ? 'Basic realm="upstream"'
      : `Bearer realm="${this.url}/token",service="upstream"`;
  }

  private knows(authorization: string | undefined): boolean {
    const { user, password } = this.login ?? {};
    return authorization === `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}`;
  }

  private admits(authorization: string | undefined): boolean {
    if (this.login === undefined) return true;
    return this.options.scheme === 'basic'
      ? this.knows(authorization)
      : authorization === `Bearer ${this.token}`;
  }
}
