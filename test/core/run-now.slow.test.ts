// The commands that run a CronJob's Job now, of the pages and of the notes: in sh, with a kubectl that behaves as a
// cluster does. They can be run again, they end whether the Job succeeds or fails, and ask for a log of its pods only then.
import { execFileSync, spawnSync } from 'node:child_process';
import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CopyEndpoint,
  Registry,
  RegistryCache,
  RegistryCollection,
  RegistryCopy,
  RegistryRetention,
  RegistryVerification,
  RetentionRule,
} from '../../lib';
import { notesOf } from '../../lib/app/notes/collector';
import { describeWith } from '../../tools/programs';
import { newFolder } from '../support/folder';
import { blocksIn, readPage } from '../support/page';
import { newChart } from '../support/synth';

/** A Job needs two looks to its end, and has no pod before the first one. A name is given once. */
const KUBECTL = `#!/bin/sh
echo "$*" >> calls
case "$*" in
*'create job'*)
  case "$*" in *=cronjob/absent) echo 'Error from server (NotFound)' >&2; exit 1 ;; esac
  for word; do case $word in [a-z]*-[0-9]*) job=$word ;; esac; done
  [ ! -e "$job" ] || { echo 'Error from server (AlreadyExists)' >&2; exit 1; }
  echo 0 > "$job"; echo "job.batch/$job created" ;;
*'get job'*)
  for word; do case $word in [a-z]*-[0-9]*) job=$word ;; esac; done
  looks=$(($(cat "$job") + 1)); echo $looks > "$job"
  [ $looks -lt 2 ] || printf '%s' "$ENDS" ;;
*logs*) for word; do case $word in job-name=*) job=\${word#job-name=} ;; esac; done
  [ "$(cat "$job")" -ge 2 ] || { echo 'is waiting to start: ContainerCreating' >&2; exit 1; }
  echo "the log of $job" ;;
*wait*) case $ENDS in *Complete) ;; *) echo 'timed out waiting for the condition' >&2; exit 1 ;; esac ;;
esac
`;

function machine(): (commands: string, ends: string) => ReturnType<typeof spawnSync> {
  const folder = newFolder();
  writeFileSync(join(folder, 'kubectl'), KUBECTL);
  // A second has passed between two runs, and none between two looks.
  writeFileSync(join(folder, 'sleep'), '#!/bin/sh\n');
  writeFileSync(join(folder, 'date'), '#!/bin/sh\necho x >> runs\nexpr 1764313200 + $(wc -l < runs)\n');
  for (const program of ['kubectl', 'sleep', 'date']) chmodSync(join(folder, program), 0o755);
  const env = { PATH: `${folder}:${process.env.PATH}` };
  return (commands, ENDS) =>
    spawnSync('sh', ['-c', commands], {
      cwd: folder,
      env: { ...env, ENDS },
      encoding: 'utf8',
      timeout: 20_000,
    });
}

function notes(): string[] {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { front: {}, storage: { deletion: true } });
  new RegistryCollection(chart, 'collection', { registry });
  new RegistryRetention(chart, 'retention', {
    registry,
    rules: [RetentionRule.repositories('**').keepNewest(1)],
  });
  new RegistryVerification(chart, 'verification', { registry });
  const [source, target] = [CopyEndpoint.registry(registry), CopyEndpoint.host('new.example.com', {})];
  new RegistryCopy(chart, 'copy', { source, target, repositories: ['**'] });
  new RegistryCache(chart, 'hub', { upstream: 'docker.io', prefetch: { images: ['alpine:3.22'] } });
  const first = /^job=.*\n(?:kubectl|until) .*\n(?:(?:kubectl|until) .*\n)+/gm;
  const all = notesOf(chart.node.root);
  const found = all.flatMap((text) => text.match(first) ?? []);
  expect(all.join('\n').match(/ create job /g)).toHaveLength(found.length);
  return found;
}

const PAGES = [
  'caches',
  ...['verification', 'retention', 'collection', 'move'].map((page) => `operations/${page}`),
];

function blocks(): string[] {
  return PAGES.flatMap((page) => {
    const found = blocksIn(readPage(`docs/${page}.md`), 'sh').filter((text) => text.includes('create job'));
    expect(found).toHaveLength(1);
    // Also on that page: what a copy logs in with.
    return found.map((text) => text.replace(/^kubectl .* create secret .*\n/, ''));
  });
}

test('each part with a CronJob has them in its notes and on its page, and nothing else creates a Job', () => {
  expect(notes().map((text) => text.split('-')[0])).toEqual(
    ['collect', 'retain', 'verify', 'copy', 'prefetch'].map((verb) => `job=${verb}`),
  );
  for (const text of [...notes(), ...blocks()]) execFileSync('sh', ['-n', '-c', text]);
});

describeWith('in sh', ['grep'], () => {
  test.each([
    ['Complete', 'SuccessCriteriaMet Complete'],
    ['Failed', 'FailureTarget Failed'],
    ['Failed', 'Failed'],
  ])('they run twice, and end with the log of a Job that is %s (%s)', (_, ends) => {
    const all = [...notes(), ...blocks()];
    expect(all).toHaveLength(10);
    const run = machine();
    for (const text of all)
      for (const _ of [1, 2]) {
        const { stdout, stderr, status } = run(text, ends);
        // The page of the verification ends with what a pipeline reads.
        const verdict = text.includes(' wait ') && !ends.endsWith('Complete');
        expect({ stderr, status }).toEqual(
          verdict
            ? { stderr: 'timed out waiting for the condition\n', status: 1 }
            : { stderr: '', status: 0 },
        );
        expect(stdout).toMatch(new RegExp(`^job\\.batch/(\\S+) created\n${ends}\nthe log of \\1\n$`));
      }
  });

  test('a CronJob that is not there is waited for by none', () => {
    for (const text of notes()) {
      const { stderr, signal } = machine()(text.replace(/cronjob\/\S+/, 'cronjob/absent'), 'Complete');
      expect(signal).toBeNull();
      expect(stderr).toContain('NotFound');
    }
  });
});
