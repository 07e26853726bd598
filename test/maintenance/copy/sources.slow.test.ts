// What registries of other kinds do otherwise, by stand-ins before a real registry: a source that counts pulls, as Docker
// Hub, and lists that go on by tokens, as those of ECR and Quay.
import { once } from 'node:events';
import { createServer } from 'node:http';
import { describeWith } from '../../../tools/programs';
import { Images } from '../retention/images';
import { Interceptor } from '../retention/interceptor';
import { PlainRegistry } from '../retention/plain-registry';
import { COPY_PROGRAMS, copy, type Run } from './run';

jest.setTimeout(60_000);

describeWith('a copy from a registry of another kind', ['registry3', ...COPY_PROGRAMS], () => {
  let source: PlainRegistry;
  let target: PlainRegistry;
  let between: Interceptor | undefined;

  beforeEach(async () => {
    source = await new PlainRegistry('registry3').start();
    target = await new PlainRegistry('registry3').start();
  });
  afterEach(async () => {
    between?.stop();
    between = undefined;
    await source.stop();
    await target.stop();
  });
  const run = (options: Partial<Parameters<typeof copy>[0]> = {}): Promise<Run> =>
    copy({ from: source.port, to: target.port, ...options });

  test('before the last pulls that a source counts, it waits', async () => {
    await new Images(source, 'team/app').image('1', { age: 1 });
    between = await new Interceptor(source.port).start();
    const left = (count: number) => ({
      'RateLimit-Limit': '100;w=21600',
      'RateLimit-Remaining': `${count};w=21600`,
    });
    const pulls = () => between?.requests.filter((line) => /^GET .*\/manifests\//.test(line)) ?? [];
    between.headers = left(39);
    let stopped: string[] | undefined;
    const waits = await run({
      from: between.port,
      started: (container, kill) => {
        if (container !== 'copy') return;
        setTimeout(() => {
          stopped = pulls();
          kill();
        }, 2_000);
      },
    });
    expect(waits.output).toContain('leaves 39 of 100 pulls. The copy waits while there are fewer than 40\n');
    expect({ code: waits.code, stopped }).toEqual({ code: null, stopped: [] });
    between.headers = left(40);
    expect(await run({ from: between.port })).toMatchObject({ code: 0, figures: { copied: 1 } });
    expect(pulls()).not.toEqual([]);
  });

  test('a source whose pages of tags go on by tokens is read to its end', async () => {
    const images = new Images(source, 'team/app');
    for (const tag of ['1', '2', '3']) await images.image(tag, { age: 1 });
    const pages: Record<string, { tags: string[]; next?: string }> = {
      '': { tags: ['1', '2'], next: 'token' },
      token: { tags: ['3'] },
    };
    const paged = createServer((request, answer) => {
      const url = new URL(String(request.url), 'http://localhost');
      if (!url.pathname.endsWith('/tags/list')) {
        answer.writeHead(307, { Location: `http://127.0.0.1:${source.port}${request.url}` }).end();
        return;
      }
      const page = pages[url.searchParams.get('last') ?? ''];
      answer.writeHead(page ? 200 : 405, {
        'Content-Type': 'application/json',
        ...(page?.next && { Link: `</v2/team/app/tags/list?last=${page.next}>; rel="next"` }),
      });
      answer.end(
        JSON.stringify(page ? { name: 'team/app', tags: page.tags } : { errors: [{ code: 'UNSUPPORTED' }] }),
      );
    }).listen(0, '127.0.0.1');
    await once(paged, 'listening');
    const { port } = paged.address() as { port: number };
    const found = await run({ from: port, repositories: ['team/app'] });
    paged.closeAllConnections();
    paged.close();
    expect(found).toMatchObject({ code: 0, figures: { tags: 3, copied: 3 } });
  });

  test('a catalog of which there may be more is refused, and names are not', async () => {
    await new Images(source, 'team/app0').image('1', { age: 1 });
    const first = { repositories: Array.from({ length: 50 }, (_, index) => `team/app${index}`) };
    const quay = createServer((request, answer) => {
      const path = String(request.url);
      if (!path.startsWith('/v2/_catalog'))
        return void answer.writeHead(307, { Location: `http://127.0.0.1:${source.port}${path}` }).end();
      // Its next page is that of `next_page`, which regclient does not ask for.
      answer.writeHead(200, { 'Content-Type': 'application/json' }).end(JSON.stringify(first));
    }).listen(0, '127.0.0.1');
    await once(quay, 'listening');
    const { port } = quay.address() as { port: number };
    const all = await run({ from: port });
    const named = await run({ from: port, repositories: ['team/app0'] });
    quay.closeAllConnections();
    quay.close();
    expect(all.code).toBe(1);
    expect(all.output).toContain(
      "FAILED: the source's catalog ends after 50 repositories and may have more: name the repositories\n",
    );
    expect(named).toMatchObject({ code: 0, figures: { copied: 1 } });
  });
});
