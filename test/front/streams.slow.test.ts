// Layers through the front: they are streamed and never lie on a disk, whatever their size and however slow the
// client; an upload outlives a reload; and many clients cost few hashes. `npm run prove` sends a gigabyte.
import { createHash, randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs';
import { type IncomingMessage, type RequestOptions, request as startRequest } from 'node:http';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { describeWith } from '../../tools/programs';
import { RunningFront } from './running-front';

const MEBIBYTE = 2 ** 20;
/** Of the big layer. */
const SIZE = Number(process.env.PROVE_STREAM_MEBIBYTES ?? 100);
const CHUNK = randomBytes(MEBIBYTE);
const USERS = { alice: 'of alice', bob: 'of bob', carol: 'of carol', dave: 'of dave' };
const ACCESS = RegistryAccess.rules([AccessRule.push('team/**').toAllUsers()]);
/** What the container may have is twice this for both workers. */
const MOST_MEBIBYTES_OF_A_WORKER = 50;
/** The log of requests is written, and what is remembered of logins: nothing of layers. */
const MOST_BYTES_WRITTEN = MEBIBYTE;

const digestOf = (chunks: readonly Buffer[]) => {
  const hash = createHash('sha256');
  for (const chunk of chunks) hash.update(chunk);
  return `sha256:${hash.digest('hex')}`;
};
const bigLayer = Array.from({ length: SIZE }, () => CHUNK);
const DIGEST = digestOf(bigLayer);

/** The figure of a process under a name in one of its files in /proc. */
function figureOf(pid: number, file: 'status' | 'io', name: string): number {
  return Number(
    new RegExp(`^${name}:\\s+(\\d+)`, 'm').exec(readFileSync(`/proc/${pid}/${file}`, 'utf8'))?.[1],
  );
}

/** Files that a process has open, and that have something in them: also those that have no name any more. */
function openFilesOf(pid: number, folder: string): string[] {
  return readdirSync(`/proc/${pid}/fd`).flatMap((descriptor) => {
    const link = `/proc/${pid}/fd/${descriptor}`;
    try {
      const target = readlinkSync(link);
      return target.startsWith(join(folder, 'run')) && statSync(link).size > 0 ? [target] : [];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
      return []; // closed meanwhile
    }
  });
}

describeWith('streams', ['nginx', 'registry3'], () => {
  const front = new RunningFront({ access: ACCESS, users: USERS, rememberedSeconds: 1 });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  const open = (path: string, options: RequestOptions = {}, user: keyof typeof USERS = 'alice') =>
    startRequest(path.startsWith('http') ? path : `${front.url}${path}`, {
      auth: `${user}:${USERS[user]}`,
      agent: false,
      ...options,
    });

  async function answerOf(request: ReturnType<typeof open>): Promise<IncomingMessage> {
    const [response] = (await once(request.end(), 'response')) as [IncomingMessage];
    return response;
  }

  async function statusOf(
    path: string,
    options?: RequestOptions,
    user?: keyof typeof USERS,
  ): Promise<number> {
    const response = await answerOf(open(path, options, user));
    await once(response.resume(), 'end');
    return Number(response.statusCode);
  }

  /** Where an upload goes on. */
  async function startUpload(repository: string): Promise<string> {
    const response = await answerOf(open(`/v2/${repository}/blobs/uploads/`, { method: 'POST' }));
    response.resume();
    expect(response.statusCode).toBe(202);
    return String(new URL(String(response.headers.location), front.url));
  }

  /** Sends chunks as fast as they are taken, unless there is something to do after one. */
  async function send(
    url: string,
    method: 'PATCH' | 'PUT',
    chunks: readonly Buffer[],
    after: (index: number) => Promise<void> | void = () => undefined,
  ): Promise<IncomingMessage> {
    const headers = { 'Content-Type': 'application/octet-stream' };
    const request = open(url, { method, headers });
    const answered = once(request, 'response') as Promise<[IncomingMessage]>;
    for (const [index, chunk] of chunks.entries()) {
      if (!request.write(chunk)) await once(request, 'drain');
      await after(index);
    }
    request.end();
    const [response] = await answered;
    response.resume();
    return response;
  }

  async function finish(url: string, digest: string): Promise<number> {
    const closed = await send(`${url}&digest=${digest}`, 'PUT', []);
    return Number(closed.statusCode);
  }

  async function receive(path: string, options?: RequestOptions): Promise<{ bytes: number; digest: string }> {
    const response = await answerOf(open(path, options));
    const hash = createHash('sha256');
    let bytes = 0;
    for await (const chunk of response as AsyncIterable<Buffer>) {
      hash.update(chunk);
      bytes += chunk.length;
    }
    return { bytes, digest: `sha256:${hash.digest('hex')}` };
  }

  const BLOB = `/v2/team/app/blobs/${DIGEST}`;
  const onDisk = () => front.workers.flatMap((worker) => openFilesOf(worker, front.folder));
  const written = () => front.workers.reduce((sum, pid) => sum + figureOf(pid, 'io', 'write_bytes'), 0);

  test(`${SIZE} MiB are pushed and pulled, with nothing of them on a disk here`, async () => {
    const before = written();
    const seen = new Set<string>();
    const url = await startUpload('team/app');
    const sent = await send(url, 'PATCH', bigLayer, () => {
      for (const file of onDisk()) seen.add(file);
    });
    expect(sent.statusCode).toBe(202);
    expect(await finish(String(new URL(String(sent.headers.location), front.url)), DIGEST)).toBe(201);
    expect(await receive(BLOB)).toEqual({ bytes: SIZE * MEBIBYTE, digest: DIGEST });
    for (const file of onDisk()) seen.add(file);
    expect([...seen].filter((file) => !file.includes('/run/logins/'))).toEqual([]);
    expect(written() - before).toBeLessThan(MOST_BYTES_WRITTEN);
  });

  test('a layer goes on where it was broken off, and gives any part of it', async () => {
    const from = Math.floor(SIZE / 2) * MEBIBYTE + 12_345;
    const rest = digestOf([Buffer.concat(bigLayer.slice(Math.floor(SIZE / 2))).subarray(12_345)]);
    const bytes = SIZE * MEBIBYTE - from;
    expect(await receive(BLOB, { headers: { Range: `bytes=${from}-` } })).toEqual({ bytes, digest: rest });
    const part = await answerOf(open(BLOB, { headers: { Range: 'bytes=1000-1999' } }));
    expect(part.statusCode).toBe(206);
    expect(part.headers['content-range']).toBe(`bytes 1000-1999/${SIZE * MEBIBYTE}`);
    part.resume();
    expect(await statusOf(BLOB, { headers: { Range: `bytes=${SIZE * MEBIBYTE}-` } })).toBe(416);
  });

  test('a client that stops reading holds up nobody, and costs no memory', async () => {
    const slow = await answerOf(open(BLOB));
    slow.pause();
    // All are answered while it stands still: else this would not end.
    const statuses = await Promise.all(
      Array.from({ length: 50 }, () => statusOf(BLOB, { method: 'HEAD' }, 'bob')),
    );
    expect(new Set(statuses)).toEqual(new Set([200]));
    expect(onDisk().filter((file) => !file.includes('/run/logins/'))).toEqual([]);
    const hash = createHash('sha256');
    for await (const chunk of slow as AsyncIterable<Buffer>) hash.update(chunk);
    expect(`sha256:${hash.digest('hex')}`).toBe(DIGEST);
    for (const worker of front.workers)
      expect(figureOf(worker, 'status', 'VmHWM') / 1024).toBeLessThan(MOST_MEBIBYTES_OF_A_WORKER);
  });

  test('a slow upload outlives a reload of nginx', async () => {
    const chunks = Array.from({ length: 5 }, () => randomBytes(100_000));
    const before = front.workers;
    const sent = await send(await startUpload('team/slow'), 'PATCH', chunks, async (index) => {
      await sleep(200);
      if (index === 1) await front.reload();
      // What is new is answered by the new workers meanwhile.
      if (index > 1) expect(await statusOf(BLOB, { method: 'HEAD' })).toBe(200);
    });
    expect(sent.statusCode).toBe(202);
    const digest = digestOf(chunks);
    expect(await finish(String(new URL(String(sent.headers.location), front.url)), digest)).toBe(201);
    expect((await receive(`/v2/team/slow/blobs/${digest}`)).digest).toBe(digest);
    // The former workers end when nothing is under way any more.
    for (let tries = 0; tries < 100 && front.workers.some((worker) => before.includes(worker)); tries += 1)
      await sleep(100);
    expect(front.workers.filter((worker) => before.includes(worker))).toEqual([]);
  });

  test('64 clients cost one hash for each user and time of memory', async () => {
    const names = Object.keys(USERS) as (keyof typeof USERS)[];
    const seconds = 4;
    const before = front.passwordChecks();
    const until = Date.now() + seconds * 1000;
    const answers = await Promise.all(
      Array.from({ length: 64 }, async (_, client) => {
        const statuses = new Set<number>();
        while (Date.now() < until) statuses.add(await statusOf('/v2/', {}, names[client % names.length]));
        return [...statuses];
      }),
    );
    expect(new Set(answers.flat())).toEqual(new Set([200]));
    expect(front.passwordChecks() - before).toBeLessThanOrEqual(names.length * (seconds + 1));
  });
});
