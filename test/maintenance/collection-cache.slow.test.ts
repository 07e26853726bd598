// Collections beside a cache of descriptors that pods share, with a real registry and Redis: images that are pushed
// again are whole, whatever becomes of a run, and keys of others stay.
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { COLLECT_SCRIPT } from '../../lib/maintenance/collection/collect-script';
import { WATCH_SCRIPT } from '../../lib/maintenance/collection/watch-script';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { issue } from '../support/certificates';
import { newFolder } from '../support/folder';
import { digestOf, freePort, IMAGE, PlainRegistry } from './retention/plain-registry';

/** What takes longest is for `npm run prove`. */
const PROVES = process.env.PROVE_COLLECTION_ROUNDS !== undefined;

const PASSWORD = 'p@ss "word" %41 $HOME';
const DATABASE = 3;

/** In place of curl: the API server and a pod that is read-only. What is sent to Redis goes there. */
const curl = () => `#!/bin/sh
case "$*" in *gopher*) echo "$*" >>arguments; exec ${pathOf('curl')} "$@" ;; esac
for url; do :; done
case $url in
  */configmaps/*)
    case "$*" in
      *'"data":null'*) : >held ;;
      *PATCH*) printf '%s' "$*" | sed -n 's/.*"data":{"collecting":"\\([^"]*\\)".*/\\1/p' >held ;;
    esac
    if [ -s held ]; then data=",\\"data\\":{\\"collecting\\":\\"$(cat held)\\"}"; fi
    printf '{"metadata":{"resourceVersion":"1"}%s}\\n200' "\${data:-}"
    ;;
  */pods*component=collection*) printf '{"rows":[]}\\n200' ;;
  */pods*) printf '{"rows":[{"cells":["one","2/2","Running","0","5m","10.0.0.1","node"]}]}\\n200' ;;
  *) printf '%s 600\\n\\n200' "$(hostname)" ;;
esac
`;

interface Variables {
  readonly [name: string]: string;
}

/** The two containers of a run. */
class Run {
  private readonly shared: string;
  private readonly collector: ChildProcess;
  private readonly watcher: ChildProcess;
  output = '';

  constructor(registry: PlainRegistry, cache: Variables, held?: string) {
    const folder = newFolder();
    this.shared = join(folder, 'shared');
    for (const name of ['shared', 'bin', 'api']) mkdirSync(join(folder, name));
    for (const name of ['token', 'namespace']) writeFileSync(join(folder, 'api', name), 'registry');
    writeFileSync(join(folder, 'bin', 'curl'), curl());
    chmodSync(join(folder, 'bin', 'curl'), 0o755);
    symlinkSync(pathOf('registry3'), join(folder, 'bin', 'registry'));
    if (held) writeFileSync(join(this.shared, 'held'), held);
    const env = {
      PATH: `${folder}/bin:${process.env.PATH}`,
      OTEL_TRACES_EXPORTER: 'none',
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
      ...{ REGISTRY: 'registry', SWITCH: 'registry-collection' },
      ...{ PODS: 'component=registry', RUNS: 'component=collection' },
      ...{ PORT: '5004', LEASE_SECONDS: '600', RENEW_SECONDS: '60', MARGIN_SECONDS: '120' },
      ...{ WAIT_SECONDS: '20', LOOK_SECONDS: '0.2', TRUST_SECONDS: '60', SETTLE_SECONDS: '0' },
      CONFIGURATION: join(registry.folder, 'config.yml'),
      FOLDER: join(registry.folder, 'data/docker/registry/v2'),
    };
    const start = (script: string, more: Variables) => {
      const text = script
        .replaceAll('/collection-handover', this.shared)
        .replaceAll('$(cat /api/', `$(cat ${folder}/api/`);
      const child = spawn('sh', ['-c', text], {
        env: { ...env, ...more },
        stdio: ['ignore', 'pipe', 'pipe'],
      });
      for (const stream of [child.stdout, child.stderr])
        stream.on('data', (data) => {
          this.output += data;
        });
      return child;
    };
    this.collector = start(COLLECT_SCRIPT, {});
    this.watcher = start(WATCH_SCRIPT, cache);
  }

  async ended() {
    await Promise.all([this.collector, this.watcher].map((child) => child.exitCode ?? once(child, 'close')));
    const line = this.output.split('\n').find((text) => text.startsWith('{')) ?? '{}';
    return { ...JSON.parse(line), held: this.read('held') };
  }

  async until(file: string): Promise<void> {
    for (let tries = 0; !existsSync(join(this.shared, file)); tries += 1) {
      if (tries === 6000) throw new Error(`${file} does not come: ${this.output}`);
      await sleep(10);
    }
  }

  kill(): void {
    this.watcher.kill('SIGKILL');
  }

  stop(): void {
    for (const child of [this.collector, this.watcher]) child.kill('SIGTERM');
  }

  read(file: string): string {
    const path = join(this.shared, file);
    return existsSync(path) ? readFileSync(path, 'utf8').trim() : '';
  }
}

describeWith(
  'a collection beside a shared cache of descriptors',
  ['busybox', 'curl', 'openssl', 'registry3', 'redisServer', 'redisCli'],
  () => {
    let registry: PlainRegistry;
    let redis: ChildProcess;
    let cache: Variables;
    let ask: (...command: string[]) => string;

    beforeAll(async () => {
      const folder = newFolder();
      const file = (name: string, content: string) => {
        writeFileSync(join(folder, name), content);
        return join(folder, name);
      };
      const authority = await issue({ commonName: 'Redis CA', signs: true });
      const { certificate, privateKey } = await issue({ hosts: ['localhost'], ca: authority });
      const ca = file('ca.crt', authority.certificate);
      const port = await freePort();
      const quoted = JSON.stringify(`>${PASSWORD}`);
      const configuration = [
        ...['port 0', `tls-port ${port}`, 'tls-auth-clients no', `tls-ca-cert-file ${ca}`],
        `tls-cert-file ${file('tls.crt', certificate)}`,
        `tls-key-file ${file('tls.key', privateKey)}`,
        ...['bind 127.0.0.1', 'save ""', 'user default off', `user registry on ~* +@all ${quoted}`],
        // What the documents ask for.
        `user collector on ~* +select +scan +del ${quoted}`,
      ];
      redis = spawn(pathOf('redisServer'), [file('redis.conf', configuration.join('\n'))], {
        env: ENVIRONMENT,
        stdio: 'ignore',
      });
      ask = (...command) => {
        const options = ['-h', 'localhost', '-p', String(port), '--tls', '--cacert', ca, '-n', `${DATABASE}`];
        const env = { ...ENVIRONMENT, REDISCLI_AUTH: PASSWORD };
        return spawnSync(pathOf('redisCli'), [...options, '--user', 'registry', ...command], {
          env,
          encoding: 'utf8',
        }).stdout.trim();
      };
      for (let tries = 0; ask('PING') !== 'PONG'; tries += 1) {
        if (tries > 100) throw new Error('Redis does not start');
        await sleep(50);
      }
      registry = await new PlainRegistry('registry3', {
        storage: { cache: { blobdescriptor: 'redis' } },
        redis: {
          ...{ addrs: [`localhost:${port}`], username: 'registry', password: PASSWORD, db: DATABASE },
          tls: { rootcas: [ca] },
        },
      }).start();
      cache = {
        ...{ CACHE: `gophers://localhost:${port}`, CACHE_SECONDS: '20', CACHE_CA: ca },
        ...{ CACHE_USER: 'collector', CACHE_PASSWORD: `${PASSWORD}\n`, CACHE_DATABASE: String(DATABASE) },
      };
    });
    afterAll(async () => {
      redis?.kill('SIGCONT');
      redis?.kill('SIGKILL');
      await registry?.stop();
    });

    /** Pushes as docker and skopeo do: what is there already is not sent. */
    let pushes = 0;
    async function push(contents: readonly Buffer[]): Promise<string> {
      const [config, layer] = await Promise.all(
        contents.map(async (content) => {
          const digest = digestOf(content);
          const there = await registry.request(`team/app/blobs/${digest}`, { method: 'HEAD' });
          return there.status === 200 ? { digest, size: content.length } : registry.blob('team/app', content);
        }),
      );
      const { digest } = await registry.manifest('team/app', '1', {
        schemaVersion: 2,
        mediaType: IMAGE,
        config: { mediaType: 'application/vnd.oci.image.config.v1+json', ...config },
        layers: [{ mediaType: 'application/vnd.oci.image.layer.v1.tar', ...layer }],
      });
      return digest;
    }
    /** An image of its own that is pushed, pulled and deleted. */
    async function garbage(): Promise<Buffer[]> {
      pushes += 1;
      const contents = [Buffer.from(`{"n":${pushes}}`), Buffer.from(`layer ${pushes}`)];
      const digest = await push(contents);
      await registry.pull('team/app', '1');
      const deleted = await registry.request(`team/app/manifests/${digest}`, { method: 'DELETE' });
      expect(deleted.status).toBe(202);
      return contents;
    }
    const removed = (contents: readonly Buffer[]) =>
      contents.every((content) => !registry.blobs().has(digestOf(content)));
    async function isWholeAgain(contents: readonly Buffer[]): Promise<void> {
      await push(contents);
      expect(await registry.pull('team/app', '1')).toHaveLength(3);
    }

    test('without emptying it, an image that is pushed again is broken', async () => {
      const contents = await garbage();
      expect(await new Run(registry, {}).ended()).toMatchObject({ collection: 'done', held: '' });
      expect(removed(contents)).toBe(true);
      await push(contents);
      await expect(registry.pull('team/app', '1')).rejects.toThrow();
      for (const kind of ['blobs', 'repository'])
        for (const key of ask('KEYS', `${kind}::*`).split('\n')) ask('DEL', key);
      await isWholeAgain(contents);
    });

    test('it is whole, keys of others stay, and the password is no argument', async () => {
      const contents = await garbage();
      const others = ['other', 'blobs:single', 'repository', 'blobs::with space', 'repository::a\nother'];
      for (const key of others) ask('SET', key, 'x');
      ask('-n', '0', 'SET', 'blobs::sha256:0', 'x');
      // More than one answer has.
      ask('EVAL', "for i = 1, 6000 do redis.call('SET', 'blobs::sha256:' .. i, 'x') end", '0');
      const run = new Run(registry, cache);
      expect(await run.ended()).toMatchObject({ collection: 'done', held: '', blobs: 3 });
      expect(removed(contents)).toBe(true);
      expect(ask('DBSIZE')).toBe(String(others.length));
      expect(ask('EXISTS', ...others)).toBe(String(others.length));
      expect(ask('-n', '0', 'DBSIZE')).toBe('1');
      ask('FLUSHALL');
      expect(run.read('arguments')).toContain('--cacert');
      for (const text of [run.output, run.read('arguments')]) expect(text).not.toContain('p@ss');
      await isWholeAgain(contents);
    });

    test.each([
      ['a wrong password', () => ({ CACHE_PASSWORD: 'wrong' }), 'WRONGPASS'],
      [
        'a certificate for another host',
        () => ({ CACHE: cache.CACHE?.replace('localhost', '127.0.0.1') }),
        'SSL',
      ],
      ['a server that is away', () => ({ CACHE: 'gophers://localhost:1' }), 'port 1'],
    ] as const)('%s: nothing is removed, and nothing was refused', async (_name, wrong, said) => {
      const contents = await garbage();
      const run = new Run(registry, { ...cache, CACHE_SECONDS: '0', ...wrong() } as Variables);
      const { collection, error, held } = await run.ended();
      expect({ collection, held }).toEqual({ collection: 'failed', held: '' });
      expect(error).toContain('the cache of descriptors could not be emptied: ');
      expect(error).toContain(said);
      expect(run.output).not.toContain('asked to be read-only');
      expect(removed(contents)).toBe(false);
    });

    test('a run that is killed: the next one empties it before the registry can be written to', async () => {
      const contents = await garbage();
      const run = new Run(registry, cache);
      await run.until('go');
      run.kill();
      await run.until('result');
      expect(removed(contents)).toBe(true);
      const next = new Run(registry, cache, `gone ${Math.floor(Date.now() / 1000) + 600}`);
      while (next.read('held').startsWith('gone') && !next.output.includes('{')) await sleep(5);
      expect(ask('KEYS', 'blobs::*')).toBe('');
      expect(next.output).not.toContain('could not be emptied');
      expect(await next.ended()).toMatchObject({ collection: 'done', held: '' });
      await isWholeAgain(contents);
    });

    if (!PROVES) return;

    test('it hangs once blobs are removed: the run says what is broken, and the next one mends it', async () => {
      const contents = await garbage();
      const run = new Run(registry, { ...cache, CACHE_SECONDS: '5' });
      await run.until('go');
      redis.kill('SIGSTOP');
      const { collection, error, held } = await run.ended();
      redis.kill('SIGCONT');
      expect({ collection, held }).toEqual({ collection: 'failed', held: '' });
      expect(error).toMatch(
        /^it removed \d+ blobs; the cache of descriptors could not be emptied: .* by the next run or by hand/,
      );
      expect(removed(contents)).toBe(true);
      expect(await new Run(registry, cache).ended()).toMatchObject({ collection: 'done', held: '' });
      await isWholeAgain(contents);
    });

    test('one that is stopped empties it, too', async () => {
      const contents = await garbage();
      const run = new Run(registry, cache);
      await run.until('go');
      run.stop();
      expect(await run.ended()).toMatchObject({
        collection: 'failed',
        error: 'it was told to stop',
        held: '',
      });
      expect(ask('KEYS', 'blobs::*')).toBe('');
      await isWholeAgain(contents);
    });
  },
);
