// A cache as a process of this machine: the registry's program with the config.yml and the files of a
// RegistryCache.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, openSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { RegistryCache } from '../../lib';
import { ENVIRONMENT, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { manifest, newChart } from '../support/synth';
import type { Upstream } from './upstream';

export interface RunningCacheOptions {
  readonly upstream: Upstream;
  readonly login?: { readonly user: string; readonly password: string };
  readonly ttl?: Duration;
  /** Whether it serves metrics. */
  readonly metrics?: boolean;
  /** Seconds for which a login is kept, in place of the library's. */
  readonly loginSeconds?: number;
}

export interface Answer {
  readonly status: number;
  readonly digest: string | null;
  readonly body: string;
}

export class RunningCache {
  readonly folder = newFolder();
  private readonly log = join(this.folder, 'log');
  private process?: ChildProcess;
  /** What it listens on, at 127.0.0.1. */
  port = 0;
  metricsPort = 0;

  constructor(private readonly options: RunningCacheOptions) {
    for (const name of ['data', 'upstream', 'login', 'ca']) mkdirSync(join(this.folder, name));
    if (options.login) this.writeLogin(options.login);
  }

  writeLogin({ user, password }: { readonly user: string; readonly password: string }): void {
    writeFileSync(join(this.folder, 'login', 'username'), user);
    writeFileSync(join(this.folder, 'login', 'password'), `${password}\n`);
  }

  async start(): Promise<this> {
    this.port = await freePort();
    this.metricsPort = await freePort();
    this.writeFiles();
    const output = openSync(this.log, 'a');
    this.process = spawn(pathOf('registry3'), ['serve', this.configuration], {
      env: { ...ENVIRONMENT, OTEL_TRACES_EXPORTER: 'none', SSL_CERT_DIR: join(this.folder, 'ca') },
      stdio: ['ignore', output, output],
    });
    for (let tries = 0; tries < 1000; tries += 1) {
      if ((await fetch(`${this.url}/`).catch(() => undefined))?.status === 200) return this;
      await sleep(30);
    }
    throw new Error(`the cache does not answer: ${this.logged()}`);
  }

  async stop(): Promise<void> {
    const { process } = this;
    this.process = undefined;
    if (process === undefined || process.exitCode !== null) return;
    process.kill('SIGTERM');
    await once(process, 'close');
  }

  /** What the pod does before each start. */
  collect(): string {
    return spawnSync(pathOf('registry3'), ['garbage-collect', this.configuration], {
      env: { ...ENVIRONMENT, OTEL_TRACES_EXPORTER: 'none' },
      encoding: 'utf8',
    }).stdout;
  }

  async get(path: string, method = 'GET'): Promise<Answer> {
    const response = await fetch(`${this.url}/v2/team/app/${path}`, {
      method,
      headers: { Accept: ACCEPTED },
    });
    const { status, headers } = response;
    return { status, digest: headers.get('docker-content-digest'), body: await response.text() };
  }

  /** Pulls a tag as clients do: its digest, its manifest, and what that names. Answers with all statuses. */
  async pull(tag: string): Promise<number[]> {
    const head = await this.get(`manifests/${tag}`, 'HEAD');
    if (head.status !== 200) return [head.status];
    const image = await this.get(`manifests/${head.digest}`);
    const { config, layers = [] } = JSON.parse(image.body) as { config?: Named; layers?: Named[] };
    const blobs = await Promise.all([config, ...layers].map((blob) => this.get(`blobs/${blob?.digest}`)));
    return [head, image, ...blobs].map(({ status }) => status);
  }

  /** Its series that the registry counts by itself, with their values. */
  async metrics(): Promise<Map<string, number>> {
    const text = await (await fetch(`http://127.0.0.1:${this.metricsPort}/metrics`)).text();
    const lines = text.split('\n').filter((line) => line.startsWith('registry_'));
    return new Map(lines.map((line) => [line.replace(/ \S+$/, ''), Number(line.split(' ').at(-1))]));
  }

  logged(): string {
    return readFileSync(this.log, 'utf8');
  }

  private get url(): string {
    return `http://127.0.0.1:${this.port}`;
  }

  private get configuration(): string {
    return join(this.folder, 'config.yml');
  }

  private writeFiles(): void {
    const { upstream, login, ttl, loginSeconds, metrics } = this.options;
    const chart = newChart();
    const secret = Secret.fromSecretName(chart, 'secret', 'upstream');
    const cache = new RegistryCache(chart, 'cache', {
      upstream: upstream.host,
      cacheName: 'test',
      ca: upstream.ca,
      ttl,
      ...(metrics && { metrics: {} }),
      ...(login && { login: { secret, publicImagesOnly: true } }),
    });
    const { data } = manifest(chart, 'ConfigMap/registry-cache-test-upstream');
    writeFileSync(join(this.folder, 'ca', 'ca.crt'), data['ca.crt']);
    writeFileSync(
      join(this.folder, 'upstream', 'print-login'),
      data['print-login'].replaceAll('/etc/upstream-login', join(this.folder, 'login')),
      { mode: 0o755 },
    );
    const text = cache.deployment.configuration
      .toYaml()
      .replace('addr: :5000', `addr: 127.0.0.1:${this.port}`)
      .replace('addr: :5001', `addr: 127.0.0.1:${this.metricsPort}`)
      .replace('/var/lib/registry', join(this.folder, 'data'))
      .replace('/etc/upstream/', `${join(this.folder, 'upstream')}/`)
      .replace('lifetime: 30s', `lifetime: ${loginSeconds ?? 30}s`);
    writeFileSync(this.configuration, text);
  }
}

const ACCEPTED = ['manifest', 'index'].map((kind) => `application/vnd.oci.image.${kind}.v1+json`).join(', ');

interface Named {
  readonly digest: string;
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as { port: number };
  server.close();
  await once(server, 'close');
  return port;
}
