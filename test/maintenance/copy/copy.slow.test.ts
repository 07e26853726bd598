// A copy by the real regsync between real registries: all kinds of images, and ends that are away or
// refuse. The manifests are in copy.test.ts.
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { join } from 'node:path';
import { describeWith, type Program } from '../../../tools/programs';
import { allKinds, Images } from '../retention/images';
import { Interceptor } from '../retention/interceptor';
import { freePort, PlainRegistry } from '../retention/plain-registry';
import { expectCopied } from './copied';
import { COPY_PROGRAMS, copy, type Run } from './run';

describeWith('a copy', ['registry3', 'registry2', ...COPY_PROGRAMS], () => {
  let source: PlainRegistry;
  let target: PlainRegistry;
  let between: Interceptor | undefined;

  const start = async (from: Program = 'registry3', to: Program = 'registry3') => {
    source = await new PlainRegistry(from).start();
    target = await new PlainRegistry(to).start();
  };
  const run = (options: Partial<Parameters<typeof copy>[0]> = {}): Promise<Run> =>
    copy({ from: source.port, to: target.port, ...options });

  afterEach(async () => {
    between?.stop();
    between = undefined;
    await source.stop();
    await target.stop();
  });

  const expectAll = (images: Images) => expectCopied(images, source, target);

  test.each([
    ['registry2', 'registry3'],
    ['registry3', 'registry2'],
  ] as const)('takes all kinds of images from %s to %s, and nothing twice', async (from, to) => {
    await start(from, to);
    const [app, web] = [new Images(source, 'team/app'), new Images(source, 'web')];
    await allKinds(app);
    const [a, b] = [await web.image('1', { age: 1 }), await web.image('2', { age: 2 })];
    await web.index('multi', [a, b]);
    const first = await run();
    expect(first).toMatchObject({ code: 0, figures: { repositories: 2, same: 0, kept: 0, failures: 0 } });
    expect(first.figures.copied).toBe(first.figures.tags);
    await expectAll(app);
    await expectAll(web);
    // What refers to an image is found by the image's digest.
    expect([...app.tags.keys()].filter((tag) => /^sha256-[0-9a-f]{64}$/.test(tag))).toHaveLength(1);
    between = await new Interceptor(target.port).start();
    const second = await run({ to: between.port });
    expect(second).toMatchObject({ code: 0, figures: { copied: 0, same: first.figures.tags, failures: 0 } });
    expect(between.requests.filter((line) => !/^(GET|HEAD) /.test(line))).toEqual([]);
    expect(second.output).toContain(`All ${first.figures.tags} tags of 2 repositories are at the target`);
  });

  test('a tag that is another image at the target stays, unless it is told to replace it', async () => {
    await start();
    const images = new Images(source, 'team/app');
    await images.image('latest', { age: 1 });
    await images.image('1', { age: 1 });
    const its = await new Images(target, 'team/app').image('latest', { age: 2, artifact: true });
    const kept = await run();
    expect(kept).toMatchObject({ code: 1, figures: { tags: 2, copied: 1, kept: 1, failures: 1 } });
    expect(kept.output).toContain(
      'FAILED: team/app:latest: the target has another image under this tag. It stays, unless overwrite is true\n',
    );
    expect((await target.pull('team/app', 'latest'))[0]).toBe(its.digest);
    expect(await run({ overwrite: true })).toMatchObject({
      code: 0,
      figures: { copied: 1, same: 1, kept: 0 },
    });
    await expectAll(images);
  });

  test('a signature that came later follows, also where tags stay', async () => {
    await start();
    const images = new Images(source, 'team/app');
    const image = await images.image('1', { age: 1 });
    await images.referrers(image);
    expect(await run()).toMatchObject({ code: 0 });
    const more = await images.image(undefined, { age: 1, subject: image, artifact: true });
    const list = images.tags.get(image.digest.replace(':', '-'));
    const [first] = list?.children ?? [];
    await images.index(image.digest.replace(':', '-'), first ? [first, more] : [more]);
    await images.signature(image.digest, '.sig');
    expect(await run()).toMatchObject({ code: 0, figures: { failures: 0, kept: 0 } });
    const found = await target.pull('team/app', image.digest.replace(':', '-'));
    expect(found).toEqual(expect.arrayContaining([first?.digest, more.digest]));
    expect(await target.tags('team/app')).toEqual(await source.tags('team/app'));
  });

  test('only some repositories, and an empty one is no failure', async () => {
    await start();
    for (const name of ['team/app', 'team/deep/app', 'other'])
      await new Images(source, name).image('1', { age: 1 });
    // A repository whose tags are all gone is still in the catalog.
    rmSync(join(source.folder, 'data/docker/registry/v2/repositories/other/_manifests/tags'), {
      recursive: true,
    });
    expect(await run({ repositories: ['team/*'] })).toMatchObject({ code: 0, figures: { repositories: 1 } });
    expect(await target.tags('team/app')).toEqual(['1']);
    expect(await run()).toMatchObject({ code: 0, figures: { repositories: 2, tags: 2, copied: 1 } });
    const missing = await run({ repositories: ['team/app', 'nowhere'] });
    expect(missing).toMatchObject({ code: 1, figures: { failures: 1 } });
    expect(missing.output).toContain('FAILED: nowhere: the source has no such repository, or no tag in it\n');
  });

  test('an image that the source can no longer give is named, and the others are copied', async () => {
    await start();
    const images = new Images(source, 'team/app');
    const [good, bad] = [await images.image('good', { age: 1 }), await images.image('bad', { age: 1 })];
    const [layer = ''] = bad.blobs.filter((blob) => !good.blobs.includes(blob));
    rmSync(join(source.folder, 'data/docker/registry/v2/blobs/sha256', layer.slice(7, 9), layer.slice(7)), {
      recursive: true,
    });
    const { code, output, figures } = await run();
    expect({ code, figures }).toMatchObject({ code: 1, figures: { tags: 2, copied: 1, failures: 1 } });
    expect(output).toContain('FAILED: team/app:bad: is not at the target. The container "copy" says why\n');
    expect(await target.tags('team/app')).toEqual(['good']);
  });

  test('layers that the target lost are copied anew', async () => {
    await start();
    const images = new Images(source, 'team/app');
    const { blobs } = await images.image('1', { age: 1 });
    expect(await run()).toMatchObject({ code: 0 });
    const [config = ''] = blobs;
    rmSync(join(target.folder, 'data/docker/registry/v2/blobs/sha256', config.slice(7, 9), config.slice(7)), {
      recursive: true,
    });
    expect(await run()).toMatchObject({ code: 0, figures: { copied: 1, same: 0 } });
    await expectAll(images);
  });

  test('names that a source made up reach no file of regsync', async () => {
    await start();
    const answers: Record<string, object> = {
      '/v2/_catalog': { repositories: ['a"},{"source":"{{env `HOME`}}', 'ok'] },
      '/v2/ok/tags/list': { name: 'ok', tags: ['{{env `HOME`}}', '1"x'] },
    };
    const liar = createServer((request, answer) => {
      const found = answers[String(request.url).replace(/\?.*/, '')];
      answer.writeHead(found || request.url === '/v2/' ? 200 : 404, { 'Content-Type': 'application/json' });
      answer.end(JSON.stringify(found ?? {}));
    }).listen(0, '127.0.0.1');
    await once(liar, 'listening');
    const { port } = liar.address() as { port: number };
    const { code, output } = await run({ from: port });
    liar.closeAllConnections();
    liar.close();
    expect(code).toBe(1);
    expect(output).toContain(
      "FAILED: the source lists a?????source?????env??HOME???, which can't be a repository\n",
    );
    expect(output).toContain('FAILED: ok:??env??HOME??? could not be read\n');
    expect(output).toContain('FAILED: ok:1?x could not be read\n');
    expect(output).not.toContain('nonexistent');
  });

  test.each([
    ['source', /FAILED: team\/app:1: .*http 404/],
    ['target', /FAILED: team\/app:1: .*http 404/],
  ] as const)('a %s that answers 404 to everything after the plan is no success', async (end, says) => {
    await start();
    await new Images(source, 'team/app').image('1', { age: 1 });
    between = await new Interceptor(end === 'source' ? source.port : target.port).start();
    let away = false;
    between.fault = () => (away ? 404 : undefined);
    const started = (container: string) => {
      away = container !== 'plan';
    };
    const { code, output, figures } = await run({
      [end === 'source' ? 'from' : 'to']: between.port,
      started,
    });
    expect({ code, figures }).toMatchObject({ code: 1, figures: { tags: 1, moved: 0, failures: 1 } });
    expect(output).toMatch(says);
    expect(output).not.toContain('is deleted');
  });

  test('a target whose list is 404 for a moment loses no tag', async () => {
    await start();
    await new Images(source, 'team/app').image('latest', { age: 1 });
    const its = await new Images(target, 'team/app').image('latest', { age: 2, artifact: true });
    between = await new Interceptor(target.port).start();
    between.fault = (_, line) => (line.includes('/tags/list') ? 404 : undefined);
    expect(await run({ to: between.port })).toMatchObject({ code: 1 });
    expect((await target.pull('team/app', 'latest'))[0]).toBe(its.digest);
  });

  test('a tag whose manifest the source lost is named; one that is deleted is not missed', async () => {
    await start();
    const images = new Images(source, 'team/app');
    for (const tag of ['1', 'deleted']) await images.image(tag, { age: 1 });
    const { digest } = await images.image('lost', { age: 2, artifact: true });
    const folder = join(source.folder, 'data/docker/registry/v2');
    rmSync(join(folder, 'blobs/sha256', digest.slice(7, 9), digest.slice(7)), { recursive: true });
    const remove = () =>
      rmSync(join(folder, 'repositories/team/app/_manifests/tags/deleted'), { recursive: true, force: true });
    const { code, output, figures } = await run({
      started: (container) => container === 'compare' && remove(),
    });
    expect({ code, figures }).toMatchObject({ code: 1, figures: { tags: 3, copied: 2, failures: 1 } });
    expect(output).toContain(
      'FAILED: team/app:lost: is listed by the source, which has no manifest for it\n',
    );
    await target.stop();
    target = await new PlainRegistry('registry3').start();
    await images.image('deleted', { age: 1 });
    const again = await run({ started: (container) => container === 'copy' && remove() });
    expect(again).toMatchObject({ code: 1, figures: { tags: 3, copied: 1, moved: 1, failures: 1 } });
    expect(again.output).toContain('changed meanwhile: team/app:deleted is deleted\n');
  });

  test('tags that are gone, and maybe not from the list, are failures', async () => {
    await start();
    const images = new Images(source, 'team/app');
    for (const tag of ['1', '2']) await images.image(tag, { age: 1 });
    const tags = join(source.folder, 'data/docker/registry/v2/repositories/team/app/_manifests/tags');
    between = await new Interceptor(source.port).start();
    const started = (container: string) => {
      if (container !== 'copy') return;
      rmSync(tags, { recursive: true });
      if (between) between.fault = (_, line) => (line.includes('/tags/list') ? 404 : undefined);
    };
    const { code, figures } = await run({ from: between.port, started });
    expect({ code, figures }).toMatchObject({ code: 1, figures: { tags: 2, moved: 0, failures: 2 } });
  });

  test('a copy of no tag at all fails', async () => {
    await start();
    expect(await run()).toMatchObject({ code: 1 });
    await new Images(source, 'team/app').image('1', { age: 1 });
    const tags = join(source.folder, 'data/docker/registry/v2/repositories/team/app/_manifests/tags');
    const all = await run({ started: (name) => name === 'copy' && rmSync(tags, { recursive: true }) });
    expect(all).toMatchObject({ code: 1, figures: { tags: 1, moved: 1, failures: 1 } });
    expect(all.output).toContain('FAILED: nothing is copied: all tags changed meanwhile\n');
    const none = await run();
    expect(none.code).toBe(1);
    expect(none.output).toContain('FAILED: the source has no tag in any repository like this: **\n');
  });

  test('a target that is away ends it at once', async () => {
    await start();
    for (const name of ['a', 'b', 'c', 'd']) await new Images(source, name).image('1', { age: 1 });
    const { code, output } = await run({ to: await freePort() });
    expect(code).toBe(1);
    expect(output.match(/^FAILED: .*connection refused/gm)).toHaveLength(1);
  });
});
