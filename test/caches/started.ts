// Upstreams and caches of the tests of a file, which end after each test.
import { RunningCache, type RunningCacheOptions } from './running-cache';
import { Upstream, type UpstreamOptions } from './upstream';

const running: { stop(): Promise<void> }[] = [];

afterEach(async () => {
  for (const one of running.splice(0).reverse()) await one.stop();
});

export async function upstreamOf(options?: UpstreamOptions): Promise<Upstream> {
  const upstream = await new Upstream(options).start();
  running.push({ stop: () => upstream.goAway() });
  return upstream;
}

export async function cacheOf(options: RunningCacheOptions): Promise<RunningCache> {
  const cache = new RunningCache(options);
  running.push(cache);
  return cache.start();
}
