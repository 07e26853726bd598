// The script of the CronJob with the real registry as the cache, and regctl: what is in the cache after a run, and
// how a run ends while the upstream is away, slow, or refuses.
import { spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { dirname } from 'node:path';
import { RegistryCache } from '../../lib';
import type { CachePrefetchOptions } from '../../lib/caches/prefetch-options';
import { PREFETCH_SCRIPT } from '../../lib/caches/prefetch-script';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { manifest, newChart } from '../support/synth';
import type { RunningCache } from './running-cache';
import { cacheOf, upstreamOf } from './started';
import type { Upstream } from './upstream';

const PULLED = [200, 200, 200, 200];

interface Run {
  readonly code: number;
  readonly output: string;
}

describeWith('prefetching', ['registry3', 'regctl', 'busybox'], () => {
  /** Runs the command of the CronJob for images such as `app:1.0`. */
  async function prefetch(
    upstream: Upstream,
    cache: RunningCache,
    images: readonly string[],
    options: Omit<CachePrefetchOptions, 'images'> = {},
  ): Promise<Run> {
    const chart = newChart();
    new RegistryCache(chart, 'cache', {
      upstream: upstream.host,
      cacheName: 'test',
      prefetch: { ...options, images: images.map((image) => `${upstream.host}/team/${image}`) },
    });
    const { spec } = manifest(chart, 'CronJob/registry-cache-test-prefetch').spec.jobTemplate.spec.template;
    const [{ command, args, env }] = spec.containers;
    const variables = env.map(({ name, value }: Record<string, string>) => [name, value]);
    const [program, ...before] = command as string[];
    const child = spawn(program as string, [...before, ...args], {
      env: {
        ...ENVIRONMENT,
        ...Object.fromEntries(variables),
        CACHE: `127.0.0.1:${cache.port}`,
        PATH: `${dirname(pathOf('regctl'))}:${ENVIRONMENT.PATH}`,
      },
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
    const [code] = await once(child, 'close');
    return { code, output };
  }

  test.each([
    ['https://me:S3CRET@store.example.com/a/b?c=S3CRET', 'https://store.example.com/...'],
    ['http://127.0.0.1:5900/artifacts-downloads/S3CRET/x', 'http://127.0.0.1:5900/...'],
    [
      'https://a.example.com/v2/team/app/blobs/sha256:1?d=S3CRET',
      'https://a.example.com/v2/team/app/blobs/sha256:1?...',
    ],
    ['https://a.example.com', 'https://a.example.com'],
  ])('of the URL %j in an error it prints %j', (url, printed) => {
    const begin = PREFETCH_SCRIPT.indexOf('complain() {');
    const complain = PREFETCH_SCRIPT.slice(begin, PREFETCH_SCRIPT.indexOf('\n}\n', begin) + 3);
    for (const shell of [['sh'], ['busybox', 'sh']]) {
      const [program = '', ...args] = shell;
      const script = `${complain}complain "$1"`;
      const { stderr } = spawnSync(
        program,
        [...args, '-c', script, 'sh', `a Get "${url}": refused ${url} x`],
        {
          encoding: 'utf8',
        },
      );
      expect(stderr).toBe(`failed: a Get "${printed}": refused ${printed} x\n`);
    }
  });

  test('all manifests and layers of the platforms are pulled while the upstream is away', async () => {
    const upstream = await upstreamOf();
    const images = ['amd64', 'arm64'].map((text) => upstream.push(text, text));
    const index = upstream.pushIndex('1.0', images);
    upstream.push('2.0', 'another');
    const cache = await cacheOf({ upstream });
    const platforms = ['linux/amd64', 'linux/arm64'];
    expect(await prefetch(upstream, cache, ['app:1.0', 'app:2.0'], { platforms })).toEqual({
      code: 0,
      output: [
        'read: team/app:1.0 linux/amd64',
        'read: team/app:1.0 linux/arm64',
        'read: team/app:2.0 linux/amd64',
        'read: team/app:2.0 linux/arm64',
        '',
      ].join('\n'),
    });
    await upstream.goAway();
    expect((await cache.get('manifests/1.0', 'HEAD')).digest).toBe(index);
    expect((await cache.get('manifests/1.0')).status).toBe(200);
    for (const { digest } of images) expect(await cache.pull(digest)).toEqual(PULLED);
    expect(await cache.pull('2.0')).toEqual(PULLED);
  });

  test('other platforms are not fetched, and an image may lack one of them', async () => {
    const upstream = await upstreamOf();
    const [amd64, arm64] = ['amd64', 'arm64'].map((text) => upstream.push(text, text));
    upstream.pushIndex('1.0', [amd64, arm64] as never);
    const cache = await cacheOf({ upstream });
    const { code, output } = await prefetch(upstream, cache, ['app:1.0'], {
      platforms: ['linux/s390x', 'linux/arm64'],
    });
    expect(output).toBe('not there: team/app:1.0 linux/s390x\nread: team/app:1.0 linux/arm64\n');
    expect(code).toBe(0);
    await upstream.goAway();
    expect(await cache.pull(arm64?.digest ?? '')).toEqual(PULLED);
    expect(await cache.pull(amd64?.digest ?? '')).not.toEqual(PULLED);
  });

  test('an image that has none of the platforms fails the run, and the others are read', async () => {
    const upstream = await upstreamOf();
    upstream.pushIndex('1.0', [upstream.push('amd64', 'one')]);
    upstream.push('2.0', 'two');
    const cache = await cacheOf({ upstream });
    const { code, output } = await prefetch(upstream, cache, ['app:1.0', 'app:3.0', 'app:2.0'], {
      platforms: ['linux/s390x'],
    });
    expect(code).toBe(1);
    expect(output).toContain('failed: team/app:1.0 has none of the platforms linux/s390x\n');
    expect(output).toMatch(/failed: team\/app:3\.0 linux\/s390x: .*MANIFEST_UNKNOWN/);
    expect(output).toContain('read: team/app:2.0 linux/s390x\n');
  });

  test('a run asks the upstream for what is new only, and follows a tag that moved', async () => {
    const upstream = await upstreamOf();
    upstream.push('1.0', 'before');
    const cache = await cacheOf({ upstream });
    await prefetch(upstream, cache, ['app:1.0']);
    upstream.requests();
    expect(await prefetch(upstream, cache, ['app:1.0'])).toMatchObject({ code: 0 });
    expect(upstream.requests().filter((request) => request.startsWith('GET'))).toEqual([]);
    const { digest } = upstream.push('1.0', 'after');
    expect(await prefetch(upstream, cache, ['app:1.0'])).toMatchObject({ code: 0 });
    await upstream.goAway();
    expect((await cache.get('manifests/1.0', 'HEAD')).digest).toBe(digest);
    expect(await cache.pull('1.0')).toEqual(PULLED);
  });

  test('a pattern is the newest tags of its versions, of more tags than a page has', async () => {
    const upstream = await upstreamOf();
    for (let patch = 0; patch < 120; patch += 1) upstream.push(`1.27.${patch}`, `patch ${patch}`);
    for (const tag of ['1.27.200-alpine', '1.270.1', '1.27.x', '1.27', 'a1.27.300', 'latest'])
      upstream.push(tag, tag);
    const cache = await cacheOf({ upstream });
    const { code, output } = await prefetch(upstream, cache, ['app:1.27.*'], { tagsPerPattern: 2 });
    expect(output).toBe('read: team/app:1.27.118 linux/amd64\nread: team/app:1.27.119 linux/amd64\n');
    expect(code).toBe(0);
    expect(await prefetch(upstream, cache, ['app:1.*-alpine', 'app:3.*'])).toMatchObject({
      code: 1,
      output: 'read: team/app:1.27.200-alpine linux/amd64\nfailed: team/app:3.*: no tag is like this\n',
    });
  });

  test('an image by its digest needs no upstream once it is there', async () => {
    const upstream = await upstreamOf();
    const { digest } = upstream.push('1.0', 'hello');
    const cache = await cacheOf({ upstream });
    const images = [`app@${digest}`];
    const read = { code: 0, output: `read: team/app@${digest} linux/amd64\n` };
    expect(await prefetch(upstream, cache, images)).toEqual(read);
    await upstream.goAway();
    expect(await prefetch(upstream, cache, images)).toEqual(read);
    expect(await cache.pull(digest)).toEqual(PULLED);
  });

  test.each<[string, (upstream: Upstream) => unknown]>([
    ['is away', (upstream) => upstream.goAway()],
    ['answers 429', (upstream) => (upstream.broken = 429)],
    ['answers 500', (upstream) => (upstream.broken = 500)],
    ['answers 403', (upstream) => (upstream.broken = 403)],
    ['refuses the login', (upstream) => (upstream.login = { user: 'ci', password: 'another' })],
  ])('while the upstream %s, a run fails though its images are there, which stay', async (_, happens) => {
    const upstream = await upstreamOf({ scheme: 'basic' });
    upstream.login = { user: 'ci', password: 'first' };
    upstream.push('1.0', 'hello');
    const cache = await cacheOf({ upstream, login: upstream.login });
    expect(await prefetch(upstream, cache, ['app:1.0'])).toMatchObject({ code: 0 });
    await happens(upstream);
    const { code, output } = await prefetch(upstream, cache, ['app:1.0']);
    expect(output).toContain('read: team/app:1.0 linux/amd64\n');
    expect(output).toContain('failed: team/app: its tags may be old, because the upstream was not reached: ');
    expect(code).toBe(1);
    expect(await cache.pull('1.0')).toEqual(PULLED);
  });
});
