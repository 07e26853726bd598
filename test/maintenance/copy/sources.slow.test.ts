// What registries of other kinds do otherwise, by stand-ins before a real registry: a source that counts pulls, as Docker
// Hub, and lists that go on by tokens, as those of ECR and Quay.
import { once } from 'node:events';
import { rmSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import { join } from 'node:path';
import { describeWith } from '../../../tools/programs';
import { Images } from '../retention/images';
import { Interceptor } from '../retention/interceptor';
import { INDEX, PlainRegistry } from '../retention/plain-registry';
import { COPY_PROGRAMS, copy, type Run } from './run';

describeWith('a copy from a registry of another kind', ['registry3', ...COPY_PROGRAMS], () => {
  let source: PlainRegistry;
  let target: PlainRegistry;
  let between: Interceptor | undefined;
  let stop: () => void = () => undefined;

  beforeEach(async () => {
    source = await new PlainRegistry('registry3').start();
    target = await new PlainRegistry('registry3').start();
  });
  afterEach(async () => {
    between?.stop();
    between = undefined;
    stop();
    await source.stop();
    await target.stop();
  });
  const run = (options: Partial<Parameters<typeof copy>[0]> = {}): Promise<Run> =>
    copy({ from: source.port, to: target.port, ...options });

  /** The port of a stand-in, which sends to the source what it does not answer. */
  const standIn = async (answers: (url: URL, answer: ServerResponse) => unknown): Promise<number> => {
    const server = createServer((request: IncomingMessage, answer) => {
      const path = String(request.url);
      if (answers(new URL(path, 'http://localhost'), answer) === undefined)
        answer.writeHead(307, { Location: `http://127.0.0.1:${source.port}${path}` }).end();
    }).listen(0, '127.0.0.1');
    await once(server, 'listening');
    stop = () => {
      server.closeAllConnections();
      server.close();
    };
    return (server.address() as { port: number }).port;
  };
  const json = (answer: ServerResponse, body: object, status = 200, headers = {}): ServerResponse =>
    answer.writeHead(status, { 'Content-Type': 'application/json', ...headers }).end(JSON.stringify(body));

  test('a container that is run again in its pod ends as before', async () => {
    await new Images(source, 'team/app').image('1', { age: 1 });
    for (const again of ['plan', 'copy', 'compare'])
      expect([again, await run({ again })]).toMatchObject([again, { code: 0, figures: { failures: 0 } }]);
  });

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
    const port = await standIn((url, answer) => {
      if (!url.pathname.endsWith('/tags/list')) return undefined;
      const page = pages[url.searchParams.get('last') ?? ''];
      if (!page) return json(answer, { errors: [{ code: 'UNSUPPORTED' }] }, 405);
      const Link = page.next && `</v2/team/app/tags/list?last=${page.next}>; rel="next"`;
      return json(answer, { name: 'team/app', tags: page.tags }, 200, Link ? { Link } : {});
    });
    const found = await run({ from: port, repositories: ['team/app'] });
    expect(found).toMatchObject({ code: 0, figures: { tags: 3, copied: 3 } });
  });

  /** What a list answers where it is asked to go on, and what a copy of all says then. */
  const ENDS = [
    ['begins anew', (all: string[]) => ({ repositories: all })],
    [
      'gives a part of it anew, in another order',
      (all: string[]) => ({ repositories: all.slice(1).reverse() }),
    ],
    ['refuses', 405],
    ['does not find it', 404],
  ] as const;
  test.each(ENDS)('a catalog that %s may have more: it is refused, and names are not', async (_, next) => {
    await new Images(source, 'team/app0').image('1', { age: 1 });
    const all = Array.from({ length: 3 }, (_, index) => `team/app${index}`);
    const port = await standIn((url, answer) => {
      if (url.pathname !== '/v2/_catalog') return undefined;
      // Quay's next page is that of `next_page`, which regclient does not ask for.
      const first = all.slice(0, Number(url.searchParams.get('n') ?? all.length));
      if (!url.searchParams.has('last')) return json(answer, { repositories: first });
      return typeof next === 'number' ? json(answer, {}, next) : json(answer, next(all));
    });
    const found = await run({ from: port });
    expect(found.code).toBe(1);
    expect(found.output).toContain(
      "FAILED: the source's catalog ends after 3 repositories and may have more: name the repositories",
    );
    expect(await run({ from: port, repositories: ['team/app0'] })).toMatchObject({ figures: { copied: 1 } });
  });

  test.each([
    [3, 0],
    [1, 0],
    [50, 1],
  ])('a catalog of %d that has no pages is whole, unless it is as long as one', async (length, code) => {
    const repositories = Array.from({ length }, (_, index) => `team/app${index}`);
    for (const name of repositories.slice(0, 3)) await new Images(source, name).image('1', { age: 1 });
    const port = await standIn((url, answer) =>
      url.pathname === '/v2/_catalog' ? json(answer, { repositories }) : undefined,
    );
    expect(await run({ from: port })).toMatchObject({ code, figures: code ? {} : { copied: length } });
  });

  test('tags that do not go on after what may be a page are refused', async () => {
    const images = new Images(source, 'team/app');
    const tags = Array.from({ length: 10 }, (_, index) => `1.${index}`);
    for (const tag of tags) await images.image(tag, { age: 1 });
    let further: (answer: ServerResponse) => unknown;
    const port = await standIn((url, answer) => {
      if (!url.pathname.endsWith('/tags/list')) return undefined;
      return url.searchParams.has('last') ? further(answer) : json(answer, { name: 'team/app', tags });
    });
    const outputs: string[] = [];
    for (const [status, code] of [
      [400, 'UNSUPPORTED'],
      [404, 'NAME_UNKNOWN'],
    ] as const) {
      further = (answer) => json(answer, { errors: [{ code }] }, status);
      const found = await run({ from: port });
      expect(found.code).toBe(1);
      outputs.push(found.output);
    }
    expect(outputs[0]).toContain('FAILED: team/app: the list of tags ends after 10 and may have more: ');
    expect(outputs[1]).toMatch(/FAILED: team\/app: .*\[http 404\]/);
  });

  test('a repository of which a further page of tags is not found is not left out', async () => {
    for (const name of ['team/app', 'web']) await new Images(source, name).image('1', { age: 1 });
    const port = await standIn((url, answer) => {
      if (url.pathname !== '/v2/team/app/tags/list') return undefined;
      if (url.searchParams.has('page')) return json(answer, { errors: [{ code: 'NAME_UNKNOWN' }] }, 404);
      const Link = '</v2/team/app/tags/list?page=2>; rel="next"';
      return json(answer, { name: 'team/app', tags: ['1'] }, 200, { Link });
    });
    const found = await run({ from: port });
    expect(found).toMatchObject({ code: 1, figures: { repositories: 2, copied: 1, failures: 1 } });
    expect(found.output).toContain('FAILED: team/app:* could not be read\n');
  });

  test('lists of referrers that the source does not give at first are failures', async () => {
    // In each repository another answer, for regsync asks once in each; and what the comparison says of it.
    const spoiled: Record<string, string> = {
      ...Object.fromEntries([400, 401, 403, 429, 500, 503].map((status) => [`with/${status}`, `${status}`])),
      'with/cut': 'no answer',
      'with/broken': 'what is no list',
    };
    const without = ['404', '405', '406', '501', 'page'].map((answer) => `without/${answer}`);
    const signatures = new Map<string, { digest: string; list: object }>();
    for (const name of [...Object.keys(spoiled), ...without]) {
      const images = new Images(source, name);
      const image = await images.image('1', { age: 1 });
      if (!spoiled[name]) continue;
      const { digest, descriptor } = await images.image(undefined, {
        age: 1,
        subject: image,
        artifact: true,
      });
      signatures.set(`/v2/${name}/referrers/${image.digest}`, {
        digest,
        list: { schemaVersion: 2, mediaType: INDEX, manifests: [descriptor] },
      });
    }
    const index = { 'Content-Type': INDEX };
    let healthy = false;
    const asked = new Set<string>();
    const port = await standIn((url, answer) => {
      const [, name = '', how = ''] =
        /^[/]v2[/](with(?:out)?[/](.*))[/]referrers[/]/.exec(url.pathname) ?? [];
      if (name === '') return undefined;
      const spoils = !healthy && (how === 'cut' || !asked.has(name));
      asked.add(name);
      if (how === 'page') return answer.writeHead(200, { 'Content-Type': 'text/html' }).end('<html>');
      if (!spoiled[name]) return answer.writeHead(Number(how)).end();
      const { list } = signatures.get(url.pathname) ?? { list: { schemaVersion: 2, mediaType: INDEX } };
      if (!spoils) return json(answer, list, 200, index);
      if (how === 'cut') return answer.socket?.destroy() ?? true;
      if (how === 'broken') return answer.writeHead(200, index).end('{');
      return answer.writeHead(Number(how)).end();
    });
    const first = await run({ from: port });
    expect(first.output.match(/(?<=^FAILED: ).*/gm)).toEqual(
      Object.entries(spoiled)
        .map(
          ([name, says]) =>
            `${name}: the source was asked what refers to its images, such as signatures, and answered ${says}. They may be missing`,
        )
        .sort(),
    );
    expect(first).toMatchObject({ code: 1, figures: { tags: 13, copied: 13, failures: 8 } });
    healthy = true;
    expect(await run({ from: port })).toMatchObject({ code: 0, figures: { same: 13, failures: 0 } });
    for (const [path, { digest }] of signatures) {
      const [, name = '', of = ''] = /^[/]v2[/](.*)[/]referrers[/](.*)$/.exec(path) ?? [];
      expect(await target.pull(name, of.replace(':', '-'))).toContain(digest);
    }
  });

  test('a tag that changed meanwhile hides no signature that could not be copied', async () => {
    const images = new Images(source, 'team/app');
    const image = await images.image('1', { age: 1 });
    const signature = await images.image(undefined, { age: 1, subject: image, artifact: true });
    const lists = { schemaVersion: 2, mediaType: INDEX, manifests: [signature.descriptor] };
    let away = true;
    const port = await standIn((url, answer) => {
      if (url.pathname.endsWith(`/manifests/${signature.digest}`))
        return away ? answer.writeHead(404).end() : undefined;
      if (!url.pathname.includes('/referrers/')) return undefined;
      const list = url.pathname.endsWith(image.digest) ? lists : { ...lists, manifests: [] };
      return json(answer, list, 200, { 'Content-Type': INDEX });
    });
    // The image itself is there: only what refers to it is not.
    expect(await run()).toMatchObject({ code: 0 });
    await images.image('deleted', { age: 1 });
    const tag = join(source.folder, 'data/docker/registry/v2/repositories/team/app/_manifests/tags/deleted');
    const moves = await run({
      from: port,
      started: (container) => container === 'copy' && rmSync(tag, { recursive: true }),
    });
    expect(moves).toMatchObject({ code: 1, figures: { moved: 1, failures: 1 } });
    expect(moves.output).toContain(
      'FAILED: what refers to an image, such as a signature, or a tag that changed meanwhile, could not be copied. The container "copy" says what\n',
    );
    away = false;
    expect(await run({ from: port })).toMatchObject({ code: 0 });
  });
});
