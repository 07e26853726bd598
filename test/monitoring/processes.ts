// Programs of this machine that a test watches: registries on an object store, and Prometheus.
import { type ChildProcess, spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, type Program, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';

export async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}

/** A program with a log, from when it answers until it is stopped. */
abstract class Running {
  readonly folder = newFolder();
  private process?: ChildProcess;

  protected async run(program: Program, args: string[], env: object, url: string): Promise<void> {
    const log = openSync(join(this.folder, 'log'), 'a');
    this.process = spawn(pathOf(program), args, {
      env: { ...ENVIRONMENT, ...env },
      stdio: ['ignore', log, log],
    });
    for (let tries = 0; tries < 300; tries += 1) {
      if ((await fetch(url).catch(() => undefined))?.ok) return;
      await sleep(100);
    }
    throw new Error(`${program} does not answer: ${readFileSync(join(this.folder, 'log'), 'utf8')}`);
  }

  async stop(): Promise<void> {
    const { process } = this;
    this.process = undefined;
    if (process === undefined || process.exitCode !== null) return;
    process.kill('SIGKILL');
    await once(process, 'close');
  }
}

/** A registry by its config.yml. */
export class RunningRegistry extends Running {
  port = 0;
  metricsPort = 0;
  /** The digest of a layer that was pushed. */
  blob = '';

  async start(program: 'registry2' | 'registry3', configuration: string): Promise<this> {
    this.port = await freePort();
    this.metricsPort = await freePort();
    const file = join(this.folder, 'config.yml');
    const text = configuration
      .replace(/addr: \S*:500[02]$/m, `addr: 127.0.0.1:${this.port}`)
      .replace('addr: :5001', `addr: 127.0.0.1:${this.metricsPort}`);
    writeFileSync(file, text);
    const env = { OTEL_TRACES_EXPORTER: 'none', AWS_ACCESS_KEY_ID: 'a', AWS_SECRET_ACCESS_KEY: 'b' };
    await this.run(program, ['serve', file], env, `http://127.0.0.1:${this.port}/v2/`);
    return this;
  }

  /** Pushes an image of one layer. */
  async push(tag: string): Promise<void> {
    const blob = await this.upload('{}');
    const layer = await this.upload(tag);
    this.blob = layer;
    const manifest = JSON.stringify({
      schemaVersion: 2,
      mediaType: TYPE,
      config: { mediaType: 'application/vnd.oci.image.config.v1+json', size: 2, digest: blob },
      layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', size: tag.length, digest: layer }],
    });
    const { status } = await this.ask(`manifests/${tag}`, {
      method: 'PUT',
      body: manifest,
      headers: { 'Content-Type': TYPE },
    });
    if (status !== 201) throw new Error(`the push is answered with ${status}`);
  }

  /** The status of a GET; 0, if there is none. */
  async get(path: string): Promise<number> {
    const response = await this.ask(path, { headers: { Accept: TYPE } }).catch(() => undefined);
    await response?.arrayBuffer().catch(() => undefined);
    return response?.status ?? 0;
  }

  private async upload(text: string): Promise<string> {
    const started = await this.ask('blobs/uploads/', { method: 'POST' });
    const digest = `sha256:${createHash('sha256').update(text).digest('hex')}`;
    const url = new URL(started.headers.get('location') ?? '', this.url);
    url.searchParams.set('digest', digest);
    const { status } = await fetch(url, {
      method: 'PUT',
      body: text,
      headers: { 'Content-Type': 'application/octet-stream' },
    });
    if (status !== 201) throw new Error(`the upload is answered with ${status}`);
    return digest;
  }

  private ask(path: string, init: RequestInit): Promise<Response> {
    return fetch(`${this.url}/v2/team/app/${path}`, init);
  }

  private get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
}

const TYPE = 'application/vnd.oci.image.manifest.v1+json';

export interface AlertState {
  readonly labels: Readonly<Record<string, string>>;
  readonly state: 'pending' | 'firing';
}

/** Prometheus, which asks and evaluates each second. */
export class RunningPrometheus extends Running {
  private port = 0;

  async start(configuration: string, rules: string): Promise<this> {
    this.port = await freePort();
    const file = join(this.folder, 'prometheus.json');
    writeFileSync(file, configuration);
    writeFileSync(join(this.folder, 'rules.json'), rules);
    mkdirSync(join(this.folder, 'data'));
    const args = [
      `--config.file=${file}`,
      `--storage.tsdb.path=${join(this.folder, 'data')}`,
      `--web.listen-address=127.0.0.1:${this.port}`,
    ];
    await this.run('prometheus', args, {}, `${this.url}/-/ready`);
    return this;
  }

  /** The values of a query's series. */
  async query(expr: string): Promise<number[]> {
    const { result } = await this.api<{ result: { value: [number, string] }[] }>(
      `query?query=${encodeURIComponent(expr)}`,
    );
    return result.map(({ value }) => Number(value[1]));
  }

  async alerts(): Promise<readonly AlertState[]> {
    return (await this.api<{ alerts: AlertState[] }>('alerts')).alerts;
  }

  private async api<T>(path: string): Promise<T> {
    const answer = (await (await fetch(`${this.url}/api/v1/${path}`)).json()) as {
      status: string;
      error?: string;
      data: T;
    };
    if (answer.status !== 'success') throw new Error(`${path}: ${answer.error}`);
    return answer.data;
  }

  private get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }
}
