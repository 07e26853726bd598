// What a run of retention leaves behind where one of its requests fails, or where it is killed: whatever happens, all
// that must be kept stays whole, and the next run ends as if nothing had happened.
import { describeWith } from '../../../tools/programs';
import { Images, type Made } from './images';
import { Interceptor } from './interceptor';
import { type Conditions, expectedOf, ruleOf } from './oracle';
import { PlainRegistry } from './plain-registry';
import { retain } from './run';

jest.setTimeout(3_000_000);

const CONDITIONS: Conditions = { newest: 1, tags: 'v*' };
/** `npm run prove` spoils each request. */
const EVERY = process.env.PROVE_RETENTION_ROUNDS ? 1 : 31;

describeWith('faults during retention', ['registry3', 'regbot'], () => {
  let registry: PlainRegistry;
  let between: Interceptor;
  let repositories = 0;
  beforeAll(async () => {
    registry = await new PlainRegistry('registry3').start();
    between = await new Interceptor(registry.port).start();
  });
  afterAll(() => {
    between?.stop();
    return registry?.stop();
  });

  /** A few images of each kind, of which some go. */
  async function pushed(): Promise<Images> {
    const images = new Images(registry, `faults/number-${repositories++}`);
    const old = await images.image('old', { age: 90 });
    await images.also('older', old);
    await images.signature(old.digest, '.sig');
    const first = await images.image('v1', { age: 80 });
    await images.also('first', first);
    await images.signature(first.digest, '.sig');
    const [a, shared, b] = [
      await images.image(undefined, { age: 70 }),
      await images.image(undefined, { age: 60 }),
      await images.image(undefined, { age: 1 }),
    ];
    await images.index('multi-a', [a, shared]);
    await images.index('multi-b', [shared, b]);
    return images;
  }

  /** All that must be kept is there, and all that is left of the rest is whole. */
  async function check(images: Images): Promise<void> {
    const { tags } = expectedOf(images, CONDITIONS);
    const left = await registry.tags(images.repository);
    expect(left).toEqual(expect.arrayContaining([...tags]));
    for (const tag of left) await registry.pull(images.repository, tag);
  }

  async function endsRight(images: Images): Promise<void> {
    between.fault = () => undefined;
    const run = await retain({ rules: [ruleOf(images.repository, CONDITIONS)], port: between.port });
    expect(run).toMatchObject({ code: 0, figures: { failures: 0 } });
    expect(await registry.tags(images.repository)).toEqual([...expectedOf(images, CONDITIONS).tags].sort());
    await check(images);
  }

  /** How many requests a run makes. */
  async function requestsOfARun(): Promise<string[]> {
    const images = await pushed();
    between.requests.length = 0;
    await endsRight(images);
    return [...between.requests];
  }

  for (const fault of [404, 405, 429, 500, 503, 'cut'] as const)
    test.each([
      ['once', (number: number, at: number) => number === at],
      ['from then on', (number: number, at: number) => number >= at],
    ])(`${fault} as the answer to a request, %s`, async (_, spoils) => {
      const requests = await requestsOfARun();
      let failed = 0;
      for (let at = requests.length % EVERY; at < requests.length; at += EVERY) {
        const images = await pushed();
        between.count = 0;
        between.fault = (number) => (spoils(number, at) ? fault : undefined);
        const { code, output } = await retain({
          rules: [ruleOf(images.repository, CONDITIONS)],
          port: between.port,
        });
        if (code !== 0) failed += 1;
        if (code !== 0) expect(output).toContain('FAILED: ');
        await check(images);
        await endsRight(images);
      }
      // regbot asks again by itself after some of them.
      if (spoils(1, 0)) expect(failed).toBeGreaterThan(0);
    });

  test('a kill', async () => {
    const requests = await requestsOfARun();
    for (let at = 0; at < requests.length; at += EVERY) {
      const images = await pushed();
      between.count = 0;
      let kill: () => void = () => undefined;
      between.fault = (number) => (number === at ? () => kill() : undefined);
      await retain({
        rules: [ruleOf(images.repository, CONDITIONS)],
        port: between.port,
        started: (how) => (kill = how),
      });
      await between.idle();
      await check(images);
      await endsRight(images);
    }
  });

  test('a registry that is read-only loses nothing, and says why', async () => {
    const images = await pushed();
    between.fault = (_, line) => (/^(DELETE|POST|PUT|PATCH)/.test(line) ? 405 : undefined);
    const run = await retain({ rules: [ruleOf(images.repository, CONDITIONS)], port: between.port });
    expect(run).toMatchObject({ code: 1, figures: { deletedTags: 0, deletedManifests: 0, failures: 1 } });
    expect(run.output).toMatch(/FAILED: .*405/);
    expect(await registry.tags(images.repository)).toEqual([...images.tags.keys()].sort());
    await endsRight(images);
  });

  test('read-only in the middle: what has no tag any more is deleted once it is over', async () => {
    const images = await pushed();
    let refused = 0;
    between.fault = (_, line) => {
      if (!/^DELETE .*sha256:/.test(line) || refused > 0) return undefined;
      refused += 1;
      return 405;
    };
    const run = await retain({ rules: [ruleOf(images.repository, CONDITIONS)], port: between.port });
    expect(run).toMatchObject({ code: 0, figures: { failures: 0 } });
    const old = images.tags.get('old') as Made;
    expect(await registry.status(images.repository, old.digest)).toBe(404);
    await endsRight(images);
  });

  test('pushes meanwhile: a tag that moved, a tag that is new, an index that needs a platform image', async () => {
    const images = await pushed();
    const { repository } = images;
    const old = images.tags.get('old') as Made;
    const [a] = images.tags.get('multi-a')?.children ?? [];
    const moved = await new Images(registry, repository).image('elsewhere', { age: 50 });
    await registry.request(`${repository}/manifests/elsewhere`, { method: 'DELETE' });
    const wait: Promise<unknown>[] = [];
    let begun = false;
    between.fault = (_, line) => {
      if (begun || !line.startsWith('DELETE')) return undefined;
      begun = true;
      return () => {
        wait.push(
          images.also('older', moved),
          images.also('again', old),
          images.index('multi-c', [a as Made]),
        );
      };
    };
    await retain({ rules: [ruleOf(repository, CONDITIONS)], port: between.port });
    await Promise.all(wait);
    const left = await registry.tags(repository);
    expect(left).toEqual(expect.arrayContaining(['again', 'multi-c']));
    for (const tag of left) await registry.pull(repository, tag);
  });
});
