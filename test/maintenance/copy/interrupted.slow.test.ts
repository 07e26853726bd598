// A copy that is killed at any of its requests, and two at once: the next run takes the rest. And one of many tags.
import { mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describeWith } from '../../../tools/programs';
import { allKinds, Images } from '../retention/images';
import { Interceptor } from '../retention/interceptor';
import { PlainRegistry } from '../retention/plain-registry';
import { expectCopied } from './copied';
import { COPY_PROGRAMS, copy, type Run } from './run';

const ROUNDS = Number(process.env.PROVE_COPY_ROUNDS ?? 1);

jest.setTimeout(300_000 + ROUNDS * 30_000);

describeWith('a copy that is interrupted', ['registry3', ...COPY_PROGRAMS], () => {
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

  test('of a copy that is killed, the next run takes the rest', async () => {
    const images = new Images(source, 'team/app');
    await allKinds(images);
    /** Copies to a new registry, and is killed at a request of the copy or the comparison. Says how many they were. */
    const killedAt = async (at?: number): Promise<{ code: number | null; requests: number }> => {
      between?.stop();
      await target.stop();
      rmSync(target.folder, { recursive: true });
      target = await new PlainRegistry('registry3').start();
      const stand = await new Interceptor(target.port).start();
      between = stand;
      let kill: () => void = () => undefined;
      let begun = Number.POSITIVE_INFINITY;
      stand.fault = (number) => (number - begun === at ? () => kill() : undefined);
      const { code } = await run({
        to: stand.port,
        started: (container, stop) => {
          kill = stop;
          if (container === 'copy') begun = stand.count;
        },
      });
      await stand.idle();
      return { code, requests: stand.count - begun };
    };
    // The kill comes at one request; with PROVE_COPY_ROUNDS, at as many, from the first to the last that every run has.
    const all = ROUNDS === 1 ? 42 : (await killedAt()).requests;
    for (let round = 0; round < ROUNDS; round += 1) {
      const at = ROUNDS === 1 ? 40 : Math.floor((round * 0.97 * all) / ROUNDS);
      const killed = await killedAt(at);
      // Two images are copied at a time: the order of requests differs a little, and their number.
      expect({ at, all, code: killed.code }).toEqual({ at, all, code: null });
      const { code, figures } = await run();
      expect({ at, code, failures: figures.failures }).toEqual({ at, code: 0, failures: 0 });
      await expectCopied(images, source, target);
    }
  });

  // Only with PROVE_COPY_ROUNDS: they take long.
  if (ROUNDS === 1) return;

  test('two at once, of which one may be killed, disturb each other in nothing that the next run does not mend', async () => {
    const images = new Images(source, 'team/app');
    await allKinds(images);
    for (let round = 0; round < Math.ceil(ROUNDS / 5); round += 1) {
      await target.stop();
      target = await new PlainRegistry('registry3').start();
      const begun: Promise<Run>[] = [];
      // The second one begins while the first one copies.
      const first = run({
        started: (container) => {
          if (container !== 'copy') return;
          const started = (name: string, kill: () => void) =>
            name === 'copy' && round % 2 === 1 && setTimeout(kill, 10 * round);
          setTimeout(() => begun.push(run({ started })), 10 * round);
        },
      });
      const { length } = [await first, ...(await Promise.all(begun))];
      expect(length).toBe(2);
      const { code, figures } = await run();
      expect({ round, code, failures: figures.failures }).toEqual({ round, code: 0, failures: 0 });
      await expectCopied(images, source, target);
    }
  });

  test('more tags than regbot has room for at once are planned', async () => {
    for (const [registry, age] of [
      [source, 1],
      [target, 2],
    ] as const) {
      const { digest } = await new Images(registry, 'team/app').image('0', { age });
      const tags = join(registry.folder, 'data/docker/registry/v2/repositories/team/app/_manifests/tags');
      for (let tag = 1; tag < 5_200; tag += 1) {
        mkdirSync(join(tags, `1.${tag}/current`), { recursive: true });
        writeFileSync(join(tags, `1.${tag}/current/link`), digest);
      }
    }
    const kept = await run();
    expect(kept.output).toContain(
      '5200 tags, 0 to copy, 0 there already, 5200 are other images there and stay\n',
    );
    expect(kept).toMatchObject({ code: 1, figures: { tags: 5_200, kept: 5_200, failures: 5_200 } });
  });
});
