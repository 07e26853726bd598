// A registry as a process of this machine, without users, whose images tests make by hand.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, type Program, pathOf } from '../../../tools/programs';
import { newFolder } from '../../support/folder';

const OCI = 'application/vnd.oci.image';
export const IMAGE = `${OCI}.manifest.v1+json`;
export const INDEX = `${OCI}.index.v1+json`;
const DOCKER = 'application/vnd.docker.distribution.manifest';
const ACCEPTED = [IMAGE, INDEX, `${DOCKER}.v2+json`, `${DOCKER}.list.v2+json`].join(', ');

export interface Descriptor {
  readonly mediaType: string;
  readonly digest: string;
  readonly size: number;
}

export class PlainRegistry {
  readonly folder = newFolder();
  port = 0;
  private process?: ChildProcess;

  constructor(
    private readonly program: Program,
    /** More of its storage section, and further sections. */
    private readonly more: { readonly storage?: object; readonly redis?: object } = {},
  ) {}

  async start(): Promise<this> {
    this.port = await freePort();
    mkdirSync(join(this.folder, 'data'), { recursive: true });
    const config = {
      version: 0.1,
      log: { level: 'error', accesslog: { disabled: true } },
      ...this.more,
      storage: {
        filesystem: { rootdirectory: join(this.folder, 'data') },
        delete: { enabled: true },
        ...this.more.storage,
      },
      http: { addr: `127.0.0.1:${this.port}` },
    };
    writeFileSync(this.configuration, JSON.stringify(config));
    const output = openSync(join(this.folder, 'log'), 'a');
    this.process = spawn(pathOf(this.program), ['serve', this.configuration], {
      env: { ...ENVIRONMENT, OTEL_TRACES_EXPORTER: 'none' },
      stdio: ['ignore', output, output],
    });
    for (let tries = 0; tries < 1000; tries += 1) {
      if ((await fetch(`${this.url}/v2/`).catch(() => undefined))?.status === 200) return this;
      await sleep(30);
    }
    throw new Error(readFileSync(join(this.folder, 'log'), 'utf8'));
  }

  async stop(): Promise<void> {
    const { process } = this;
    this.process = undefined;
    if (process === undefined || process.exitCode !== null) return;
    process.kill('SIGTERM');
    await once(process, 'close');
  }

  /** The plain collection, without options. */
  collect(): void {
    const { status, stderr } = spawnSync(pathOf(this.program), ['garbage-collect', this.configuration], {
      env: { ...ENVIRONMENT, OTEL_TRACES_EXPORTER: 'none' },
      encoding: 'utf8',
    });
    if (status !== 0) throw new Error(stderr);
  }

  /** Digests of all blobs on the disk. */
  blobs(): Set<string> {
    const root = join(this.folder, 'data/docker/registry/v2/blobs/sha256');
    return new Set(
      readdirSync(root).flatMap((part) => readdirSync(join(root, part)).map((hex) => `sha256:${hex}`)),
    );
  }

  /** Takes a tag's manifest away behind the registry's back, as a broken disk does. */
  breakManifest(repository: string, digest: string): void {
    const links = `data/docker/registry/v2/repositories/${repository}/_manifests/revisions`;
    rmSync(join(this.folder, links, ...digest.split(':')), { recursive: true });
  }

  async blob(repository: string, content: Buffer): Promise<Omit<Descriptor, 'mediaType'>> {
    const digest = digestOf(content);
    const begun = await this.request(`${repository}/blobs/uploads/`, { method: 'POST' });
    const location = new URL(begun.headers.get('location') ?? '', this.url);
    location.searchParams.set('digest', digest);
    const headers = { 'Content-Type': 'application/octet-stream' };
    const put = await this.request(location, { method: 'PUT', body: new Uint8Array(content), headers });
    if (put.status !== 201) throw new Error(await put.text());
    return { digest, size: content.length };
  }

  async manifest(repository: string, reference: string | undefined, content: object): Promise<Descriptor> {
    const body = Buffer.from(JSON.stringify(content));
    const { mediaType } = content as { mediaType: string };
    const digest = digestOf(body);
    const put = await this.request(`${repository}/manifests/${reference ?? digest}`, {
      method: 'PUT',
      body: body.toString(),
      headers: { 'Content-Type': mediaType },
    });
    if (put.status !== 201) throw new Error(await put.text());
    return { mediaType, digest, size: body.length };
  }

  async tags(repository: string): Promise<string[]> {
    const answer = await this.request(`${repository}/tags/list`);
    const { tags } = (await answer.json()) as { tags?: string[] | null };
    return (tags ?? []).sort();
  }

  /** The status of a manifest. */
  async status(repository: string, reference: string): Promise<number> {
    const headers = { Accept: ACCEPTED };
    return (await this.request(`${repository}/manifests/${reference}`, { headers })).status;
  }

  /** Pulls an image with everything that it names; throws if a byte of it is missing. */
  async pull(repository: string, reference: string): Promise<string[]> {
    const answer = await this.request(`${repository}/manifests/${reference}`, {
      headers: { Accept: ACCEPTED },
    });
    const body = Buffer.from(await answer.arrayBuffer());
    const digest = digestOf(body);
    if (answer.status !== 200 || (reference.startsWith('sha256:') && reference !== digest))
      throw new Error(`${repository} ${reference}: ${answer.status}`);
    const { manifests, config, layers = [] } = JSON.parse(body.toString());
    const found = [digest];
    for (const child of manifests ?? []) found.push(...(await this.pull(repository, child.digest)));
    for (const blob of manifests ? [] : [config, ...layers]) {
      const response = await this.request(`${repository}/blobs/${blob.digest}`);
      const content = Buffer.from(await response.arrayBuffer());
      if (digestOf(content) !== blob.digest) throw new Error(`${repository} ${reference}: ${blob.digest}`);
      found.push(blob.digest);
    }
    return found;
  }

  /** By a path behind `/v2/`, or by a URL. */
  request(path: string | URL, init?: RequestInit): Promise<Response> {
    return fetch(new URL(path, `${this.url}/v2/`), init);
  }

  protected get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get configuration(): string {
    return join(this.folder, 'config.yml');
  }
}

export function digestOf(content: Buffer): string {
  return `sha256:${createHash('sha256').update(content).digest('hex')}`;
}

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
