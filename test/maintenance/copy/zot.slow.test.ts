// A copy from a real zot, which has users, access rules and an API of referrers. `npm run prove` brings the program,
// and runs this with PROVE_ZOT=1.
import { describeWith } from '../../../tools/programs';
import { Images } from '../retention/images';
import { Interceptor } from '../retention/interceptor';
import { PlainRegistry } from '../retention/plain-registry';
import { COPY_PROGRAMS, copy } from './run';
import { MOVER, Zot } from './zot';

if (process.env.PROVE_ZOT !== '1') test.todo('a copy from zot: PROVE_ZOT=1');
else
  describeWith('a copy from zot', ['registry3', 'zot', ...COPY_PROGRAMS], () => {
    let source: Zot;
    let target: PlainRegistry;

    beforeEach(async () => {
      source = await new Zot().start();
      target = await new PlainRegistry('registry3').start();
    });
    afterEach(async () => {
      await source.stop();
      await target.stop();
    });
    const run = (password = MOVER) =>
      copy({ from: source.port, to: target.port, login: { source: password } });

    test('takes platforms, signatures and referrers, and nothing twice', async () => {
      const app = new Images(source, 'team/app');
      const children = [await app.image(undefined, { age: 1 }), await app.image(undefined, { age: 2 })];
      const multi = await app.index('1.0', children);
      await app.signature(multi.digest, '.sig');
      // By the API alone: no tag names it.
      const sbom = await app.image(undefined, { age: 1, subject: multi, artifact: true });
      await new Images(source, 'web').image('latest', { age: 1 });
      const referrers = await source.request(`team/app/referrers/${multi.digest}`);
      expect(await referrers.json()).toMatchObject({ manifests: [{ digest: sbom.digest }] });
      const first = await run();
      expect(first).toMatchObject({ code: 0, figures: { repositories: 2, tags: 3, copied: 3, failures: 0 } });
      expect(await target.pull('team/app', multi.digest.replace(':', '-'))).toContain(sbom.digest);
      const second = await run();
      expect(second).toMatchObject({ code: 0, figures: { copied: 0, same: 3, failures: 0 } });
    });

    test('names a signature that was not copied, which no tag names, and takes it with the next run', async () => {
      const app = new Images(source, 'team/app');
      const image = await app.image('1.0', { age: 1 });
      expect(await run()).toMatchObject({ code: 0 });
      const signature = await app.image(undefined, { age: 1, subject: image, artifact: true });
      const between = await new Interceptor(source.port).start();
      between.fault = (_, line) => (line.includes(`/manifests/${signature.digest}`) ? 404 : undefined);
      const lacks = await copy({ from: between.port, to: target.port, login: { source: MOVER } });
      between.stop();
      expect(lacks).toMatchObject({ code: 1, figures: { tags: 1, same: 1, failures: 1 } });
      expect(lacks.output).toContain(
        'FAILED: what refers to an image, such as a signature, could not be copied. The container "copy" says what\n',
      );
      expect(await run()).toMatchObject({ code: 0, figures: { failures: 0 } });
      expect(await target.pull('team/app', image.digest.replace(':', '-'))).toContain(signature.digest);
    });

    test('names the repository whose referrers it did not give at first, and takes them with the next run', async () => {
      const app = new Images(source, 'team/app');
      const image = await app.image('1.0', { age: 1 });
      const signature = await app.image(undefined, { age: 1, subject: image, artifact: true });
      for (const fault of [429, 401, 'cut'] as const) {
        const between = await new Interceptor(source.port).start();
        between.fault = (_, line) => (line.includes('/referrers/') ? fault : undefined);
        const lacks = await copy({ from: between.port, to: target.port, login: { source: MOVER } });
        between.stop();
        expect(lacks).toMatchObject({ code: 1, figures: { tags: 1, failures: 1 } });
        expect(lacks.output).toMatch(/^FAILED: team\/app: the source was asked what refers to its images/m);
      }
      expect(await run()).toMatchObject({ code: 0, figures: { failures: 0 } });
      expect(await target.pull('team/app', image.digest.replace(':', '-'))).toContain(signature.digest);
    });

    test('is refused with a wrong password, and takes what its login may read', async () => {
      for (const name of ['team/app', 'secret/app']) await new Images(source, name).image('1', { age: 1 });
      const refused = await run('mover:wrong');
      expect(refused.code).toBe(1);
      expect(refused.output).toMatch(/FAILED: .*unauthorized/);
      expect(await run()).toMatchObject({ code: 0, figures: { repositories: 1, copied: 1 } });
      expect(await target.tags('team/app')).toEqual(['1']);
    });
  });
