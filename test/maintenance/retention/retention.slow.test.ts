// Retention with the real regbot and both major versions of the registry: what stays and goes for all combinations of
// conditions, against an oracle; then the plain collection, and a pull of all that must be kept.
import { Duration } from 'cdk8s';
import { RetentionRule } from '../../../lib';
import { describeWith } from '../../../tools/programs';
import { allKinds, Images, type Made } from './images';
import { type Conditions, expectedOf, manifestsOf, ruleOf, withoutTagDeletion } from './oracle';
import { PlainRegistry } from './plain-registry';
import { retain } from './run';

/** All combinations of conditions but none at all. */
const COMBINATIONS: Conditions[] = [undefined, 1, 2, 5].flatMap((newest) =>
  [undefined, 10].flatMap((days) =>
    ([undefined, 'v*'] as const).flatMap((tags) =>
      [undefined, 2].flatMap((versions) =>
        [undefined, 1].flatMap((newestRequests) => ({ newest, days, tags, versions, newestRequests })),
      ),
    ),
  ),
);
const GIVEN = COMBINATIONS.filter((one) => Object.values(one).some((value) => value !== undefined));
/** `npm run prove` takes all of them. */
const EVERY = process.env.PROVE_RETENTION_ROUNDS ? 1 : 9;

for (const version of ['3', '2'] as const) {
  describeWith(`retention of registry ${version}`, [`registry${version}`, 'regbot'], () => {
    let registry: PlainRegistry;
    beforeAll(async () => {
      registry = await new PlainRegistry(`registry${version}`).start();
    });
    afterAll(() => registry?.stop());

    test('each combination of conditions: what the oracle says stays whole, all else goes', async () => {
      const cases = GIVEN.filter((_, index) => index % EVERY === 0);
      const all: Images[] = [];
      for (const index of cases.keys()) {
        const images = new Images(registry, `case/number-${index}`);
        await allKinds(images);
        all.push(images);
      }
      const rules = cases.map((conditions, index) => ruleOf(`case/number-${index}`, conditions));
      const port = registry.port;
      const expected = all.map((images, index) => {
        const found = expectedOf(images, cases[index] as Conditions);
        return version === '2' ? withoutTagDeletion(images, found) : found;
      });
      const goes = all.flatMap((images, index) =>
        [...images.tags.keys()]
          .filter((tag) => !expected[index]?.tags.has(tag))
          .map((tag) => `${images.repository}:${tag}`),
      );

      const dry = await retain({ rules, port, version, dryRun: true });
      expect(dry).toMatchObject({
        code: 0,
        figures: { dryRun: true, deletedTags: goes.length, failures: 0 },
      });
      expect(dry.deleted.sort()).toEqual(goes.sort());
      for (const images of all)
        expect(await registry.tags(images.repository)).toEqual([...images.tags.keys()].sort());

      const run = await retain({ rules, port, version });
      expect(run).toMatchObject({ code: 0, figures: { deletedTags: goes.length, failures: 0 } });
      const again = await retain({ rules, port, version });
      expect(again).toMatchObject({ code: 0, figures: { deletedTags: 0, deletedManifests: 0 }, deleted: [] });

      registry.collect();
      await registry.stop();
      await registry.start();
      const kept = new Set<string>();
      for (const [index, images] of all.entries()) {
        const { tags, manifests } = expected[index] as NonNullable<(typeof expected)[0]>;
        expect(await registry.tags(images.repository)).toEqual([...tags].sort());
        for (const tag of tags)
          for (const digest of await registry.pull(images.repository, tag)) kept.add(digest);
        for (const digest of manifestsOf(images).keys())
          expect([digest, await registry.status(images.repository, digest)]).toEqual([
            digest,
            manifests.has(digest) ? 200 : 404,
          ]);
      }
      expect(registry.blobs()).toEqual(kept);
    });

    test('images that run, by tag and by digest, and what they share', async () => {
      const images = new Images(registry, 'running/app');
      await allKinds(images);
      const moved = await images.index('pr-9', [images.tags.get('arm64') as Made]);
      await images.image('pr-9', { age: 80 });
      const reproducible = images.tags.get('reproducible')?.digest ?? '';
      const running = [
        'registry.example.com/running/app:v1.0.0',
        `docker.io/running/app@${reproducible}`,
        `docker-pullable://registry.example.com:5000/running/app@${moved.digest}`,
        'registry.example.com/other/app:pr-1',
        'running/app',
        'complete',
      ];
      const rules = [ruleOf('running/*', { newestRequests: 1 })];
      const { code } = await retain({ rules, port: registry.port, version, running });
      expect(code).toBe(0);
      const found = expectedOf(images, { newestRequests: 1 }, ['v1.0.0', 'latest', reproducible]);
      const { tags, manifests } = version === '2' ? withoutTagDeletion(images, found) : found;
      const arm64 = images.tags.get('arm64') as Made;
      const stays = version === '2' ? [...tags, 'arm64'] : [...tags];
      expect(await registry.tags('running/app')).toEqual([...new Set(stays)].sort());
      registry.collect();
      for (const digest of [...manifests, moved.digest, arm64.digest])
        await registry.pull('running/app', digest);
    });

    test('a list of running images that is cut short ends the run', async () => {
      const images = new Images(registry, 'running/cut');
      await images.image('1', { age: 50 });
      const rules = [ruleOf('running/cut', { days: 1 })];
      const { code, output } = await retain({ rules, port: registry.port, version, running: ['cut'] });
      expect(code).toBe(1);
      expect(output).toContain('FAILED: the list of images in the cluster is not complete\n');
      expect(await registry.tags('running/cut')).toEqual(['1']);
    });

    test('a manifest that is not there keeps its repository, and no other one', async () => {
      const broken = new Images(registry, 'broken/app');
      await allKinds(broken);
      const whole = new Images(registry, 'whole/app');
      await whole.image('1', { age: 50 });
      await whole.image('2', { age: 2 });
      const [child] = broken.tags.get('multi-b')?.children ?? [];
      registry.breakManifest('broken/app', child?.digest ?? '');
      const rules = [RetentionRule.repositories('broken/*', 'whole/*').keepYoungerThan(Duration.days(10))];
      const run = await retain({ rules, port: registry.port, version });
      expect(run).toMatchObject({ code: 1, figures: { failures: 1, deletedTags: 1 } });
      expect(run.output).toMatch(/FAILED: broken\/app: .*manifest: .*404/);
      expect(await registry.tags('broken/app')).toEqual([...broken.tags.keys()].sort());
      expect(await registry.tags('whole/app')).toEqual(['2']);
    });

    test('the first rule decides, and repositories without one keep everything', async () => {
      for (const name of ['first/app', 'first/base', 'second/app'])
        await new Images(registry, name).image('1', { age: 50 });
      const rules = [
        RetentionRule.repositories('first/base').keepEverything(),
        RetentionRule.repositories('first/**').keepTags('v*'),
      ];
      const { output } = await retain({ rules, port: registry.port, version });
      expect(output).toContain('second/app: no rule, nothing is deleted\n');
      expect(output).toContain('first/base: rule 1, 0 of 1 tags');
      const left = await Promise.all(
        ['first/app', 'first/base', 'second/app'].map((name) => registry.tags(name)),
      );
      expect(left).toEqual([[], ['1'], ['1']]);
    });
  });
}
