// What retention takes for deleted: what the registry itself does not know. The 404 of a proxy before it says nothing
// about images, and must not cost one.
import { RetentionRule } from '../../../lib';
import { describeWith } from '../../../tools/programs';
import { Images, type Made } from './images';
import { Interceptor } from './interceptor';
import { PlainRegistry } from './plain-registry';
import { type Run, retain } from './run';

for (const version of ['2', '3'] as const)
  describeWith(`404 during retention of registry ${version}`, [`registry${version}`, 'regbot'], () => {
    let registry: PlainRegistry;
    let between: Interceptor;
    let repositories = 0;
    beforeAll(async () => {
      registry = await new PlainRegistry(`registry${version}`).start();
      between = await new Interceptor(registry.port).start();
    });
    afterEach(() => {
      between.fault = () => undefined;
    });
    afterAll(() => {
      between?.stop();
      return registry?.stop();
    });

    /** Two images; retention deletes "old". */
    async function pushed(): Promise<Images> {
      const images = new Images(registry, `not-found/number-${repositories++}`);
      await images.image('old', { age: 90 });
      await images.image('v1', { age: 80 });
      return images;
    }

    function run({ repository }: Images): Promise<Run> {
      const rules = [RetentionRule.repositories(repository).keepTags('v*')];
      return retain({ rules, port: between.port, version });
    }

    async function endsRight(images: Images, tags: readonly string[]): Promise<void> {
      between.fault = () => undefined;
      expect(await run(images)).toMatchObject({ code: 0, figures: { failures: 0 } });
      expect(await registry.tags(images.repository)).toEqual(tags);
      for (const tag of tags) await registry.pull(images.repository, tag);
    }

    test('of the list of tags: a tag that is pushed meanwhile does not lose its image', async () => {
      const images = await pushed();
      let plans = true;
      between.fault = (_, line) => {
        if (plans && /^(HEAD|DELETE) /.test(line)) {
          plans = false;
          return () => images.also('v0', images.tags.get('old') as Made);
        }
        return !plans && line.includes('/tags/list') ? 404 : undefined;
      };
      const { code, output } = await run(images);
      expect(output).toMatch(/FAILED: .*404/);
      expect(code).toBe(1);
      // 2.x can't delete a tag of an image that stays.
      await endsRight(images, version === '2' ? ['old', 'v0', 'v1'] : ['v0', 'v1']);
    });

    test.each([
      ['the list of tags, from the beginning', /^GET .*\/tags\/list/, true],
      ['the list of tags, after the plan', /^GET .*\/tags\/list/, false],
      ['manifests, from the beginning', /^GET .*\/manifests\//, true],
      ['manifests, after the plan', /^GET .*\/manifests\//, false],
      ['what a tag names, after the plan', /^(HEAD|GET) .*\/manifests\/old/, false],
      ['deletions', /^DELETE /, true],
    ])('of %s: is a failure, and deletes nothing', async (_, spoiled, begun) => {
      const images = await pushed();
      let spoils = begun;
      between.fault = (_, line) => {
        spoils ||= /^(HEAD|DELETE) /.test(line);
        return spoils && spoiled.test(line) ? 404 : undefined;
      };
      const { code, output, figures } = await run(images);
      expect(output).toMatch(/FAILED: .*404/);
      expect(figures).toMatchObject({ deletedManifests: 0, failures: 1 });
      expect(code).toBe(1);
      await endsRight(images, ['v1']);
    });

    test('of a tag at HEAD alone: GET says that it is there', async () => {
      const images = await pushed();
      between.fault = (_, line) => (/^HEAD .*\/manifests\/old/.test(line) ? 404 : undefined);
      await run(images);
      await endsRight(images, ['v1']);
    });

    test('of the registry itself: what somebody else deletes meanwhile is no failure', async () => {
      for (const at of [/^HEAD /, /^(GET .*\/tags\/list|DELETE )/, /^DELETE .*sha256:/]) {
        const images = await pushed();
        const path = `${images.repository}/manifests/${images.tags.get('old')?.digest}`;
        let planned = false;
        let done = false;
        between.fault = (_, line) => {
          planned ||= line.startsWith('HEAD');
          if (done || !planned || !at.test(line)) return undefined;
          done = true;
          return () => registry.request(path, { method: 'DELETE' });
        };
        expect(await run(images)).toMatchObject({ code: 0, figures: { failures: 0 } });
        expect(done).toBe(true);
        await endsRight(images, ['v1']);
      }
    });
  });
