// Caches with the real registry before an upstream of the test: what reaches the upstream, and what clients get
// while it is away, slow, or refuses.
import { readdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { Duration } from 'cdk8s';
import { describeWith } from '../../tools/programs';
import type { RunningCache } from './running-cache';
import { cacheOf, upstreamOf } from './started';
import type { Upstream } from './upstream';

const PULLED = [200, 200, 200, 200];

describeWith('a cache', ['registry3'], () => {
  test('fetches each manifest and layer once, and looks up a tag with each pull', async () => {
    const upstream = await upstreamOf();
    upstream.push('1.0', 'hello');
    const cache = await cacheOf({ upstream });
    expect(await cache.pull('1.0')).toEqual(PULLED);
    expect(count(upstream.requests())).toEqual({
      'HEAD manifests': 1,
      'GET manifests': 1,
      'HEAD blobs': 2,
      'GET blobs': 2,
    });
    expect(await cache.pull('1.0')).toEqual(PULLED);
    expect(count(upstream.requests())).toEqual({ 'HEAD manifests': 1 });
  });

  test('a tag that moved is seen at once', async () => {
    const upstream = await upstreamOf();
    upstream.push('1.0', 'before');
    const cache = await cacheOf({ upstream });
    await cache.pull('1.0');
    const { digest } = upstream.push('1.0', 'after');
    expect((await cache.get('manifests/1.0', 'HEAD')).digest).toBe(digest);
    expect(await cache.pull('1.0')).toEqual(PULLED);
  });

  test.each<[string, (upstream: Upstream) => unknown]>([
    ['is away', (upstream) => upstream.goAway()],
    ['answers 429', (upstream) => (upstream.broken = 429)],
    ['answers 500', (upstream) => (upstream.broken = 500)],
    ['refuses the login', (upstream) => (upstream.login = { user: 'ci', password: 'another' })],
  ])('while the upstream %s, what is cached is pulled, and the rest is unknown', async (_, happens) => {
    const upstream = await upstreamOf({ scheme: 'basic' });
    upstream.login = { user: 'ci', password: 'first' };
    upstream.push('1.0', 'hello');
    upstream.push('2.0', 'not cached');
    const cache = await cacheOf({ upstream, login: upstream.login });
    await cache.pull('1.0');
    await happens(upstream);
    expect(await cache.pull('1.0')).toEqual(PULLED);
    const other = await cache.get('manifests/2.0');
    expect(other.status).toBe(404);
    expect(other.body).toContain('MANIFEST_UNKNOWN');
  });

  test('starts while the upstream is away, and fetches when it is back', async () => {
    const upstream = await upstreamOf();
    upstream.push('1.0', 'hello');
    await upstream.goAway();
    const cache = await cacheOf({ upstream });
    expect(await cache.pull('1.0')).toEqual([404]);
    await upstream.comeBack();
    expect(await cache.pull('1.0')).toEqual(PULLED);
  });

  test('an upstream that is slow delays the first pull, and no other but for the tag', async () => {
    const upstream = await upstreamOf();
    const { digest, layer } = upstream.push('1.0', 'hello');
    const cache = await cacheOf({ upstream });
    await cache.pull('1.0');
    upstream.delay = 30_000;
    const before = Date.now();
    await cache.get(`manifests/${digest}`);
    await cache.get(`blobs/${layer}`);
    expect(Date.now() - before).toBeLessThan(upstream.delay);
  });

  test.each(['bearer', 'basic'] as const)(
    'a login by %s, which changes without a restart',
    async (scheme) => {
      const upstream = await upstreamOf({ scheme });
      const first = { user: 'ci', password: 'a "quoted" \\ and\ttab' };
      upstream.login = first;
      upstream.push('1.0', 'hello');
      upstream.push('2.0', 'later');
      const cache = await cacheOf({ upstream, login: first, loginSeconds: 1 });
      expect(await cache.pull('1.0')).toEqual(PULLED);
      upstream.login = { user: 'robot', password: 'second' };
      expect(await cache.pull('2.0')).toEqual([404]);
      cache.writeLogin(upstream.login);
      await sleep(1100);
      expect(await cache.pull('2.0')).toEqual(PULLED);
      expect(cache.logged()).not.toContain('quoted');
      expect(cache.logged()).not.toContain('second');
    },
  );

  test('an expired certificate of the upstream', async () => {
    const upstream = await upstreamOf({ expired: true });
    upstream.push('1.0', 'hello');
    const cache = await cacheOf({ upstream });
    expect(await cache.pull('1.0')).toEqual([404]);
    expect(upstream.requests()).toEqual([]);
  });

  test('what has expired is fetched anew, and takes no space after a collection', async () => {
    const upstream = await upstreamOf();
    upstream.push('1.0', 'x'.repeat(100_000));
    const cache = await cacheOf({ upstream, ttl: Duration.seconds(4) });
    const bytes = () => bytesIn(join(cache.folder, 'data', 'docker'));
    await cache.pull('1.0');
    await until(() => bytes() > 100_000);
    await until(() => bytes() < 10_000);
    upstream.requests();
    expect(await cache.pull('1.0')).toEqual(PULLED);
    expect(count(upstream.requests())).toMatchObject({ 'GET manifests': 1, 'GET blobs': 2 });
    await until(() => bytes() > 100_000);
    await until(() => bytes() < 10_000);
    await cache.stop();
    expect(cache.collect()).toContain('1 blobs and 0 manifests eligible for deletion');
    expect(blobsIn(cache)).toEqual([]);
  });

  test('a collection keeps the cached platform of an image for several', async () => {
    const upstream = await upstreamOf();
    const images = [upstream.push('amd64', 'for amd64'), upstream.push('arm64', 'for arm64')] as const;
    upstream.pushIndex('1.0', images);
    const cache = await cacheOf({ upstream });
    await cache.get('manifests/1.0');
    await cache.get(`manifests/${images[0].digest}`);
    await cache.get(`blobs/${images[0].layer}`);
    await cache.stop();
    expect(cache.collect()).toContain(' 0 blobs and 0 manifests eligible for deletion');
    upstream.requests();
    await cache.start();
    expect((await cache.get(`manifests/${images[0].digest}`)).status).toBe(200);
    expect((await cache.get(`blobs/${images[0].layer}`)).body).toBe('for amd64');
    expect(upstream.requests()).toEqual([]);
  });

  test('takes no pushes', async () => {
    const cache = await cacheOf({ upstream: await upstreamOf() });
    expect((await cache.get('blobs/uploads/', 'POST')).status).toBe(405);
  });
});

function count(requests: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const request of requests) counts[request] = (counts[request] ?? 0) + 1;
  return counts;
}

async function until(comes: () => boolean): Promise<void> {
  for (let tries = 0; tries < 300 && !comes(); tries += 1) await sleep(100);
  expect(comes()).toBe(true);
}

function filesIn(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name));
}

function bytesIn(folder: string): number {
  return filesIn(folder).reduce(
    (sum, file) => sum + (statSync(file, { throwIfNoEntry: false })?.size ?? 0),
    0,
  );
}

function blobsIn({ folder }: RunningCache): string[] {
  return filesIn(join(folder, 'data/docker/registry/v2/blobs'));
}
