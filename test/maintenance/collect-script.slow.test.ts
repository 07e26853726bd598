// The script that collects, with a registry that says what a test wants: what it never does.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { COLLECT_SCRIPT } from '../../lib/maintenance/collection/collect-script';
import { describeWith } from '../../tools/programs';
import { newFolder } from '../support/folder';

const SUMMARY = '5 blobs marked, 1 blobs and 0 manifests eligible for deletion';
const BLOB = 'blob eligible for deletion: sha256:0123';

/** A registry that prints one of these at each call; it has removed something if the last one got to its end. */
async function run(outputs: readonly string[], more: Readonly<Record<string, string>> = {}) {
  const folder = newFolder();
  const handover = join(folder, 'handover');
  mkdirSync(handover);
  mkdirSync(join(folder, 'v2', 'repositories'), { recursive: true });
  outputs.forEach((text, index) => {
    writeFileSync(join(folder, `output-${index + 1}`), `${text}\n`);
  });
  const program = join(folder, 'registry');
  writeFileSync(
    program,
    `#!/bin/sh
echo "$*" >>${folder}/calls
number=$(wc -l <${folder}/calls)
cat ${folder}/output-$((number))
case $* in *--dry-run*) exit 0 ;; esac
sleep 4
echo yes >${folder}/removed
`,
  );
  chmodSync(program, 0o755);
  writeFileSync(join(handover, 'go'), 'yes\n');
  writeFileSync(join(handover, 'until'), '999999999\n');
  const child = spawn('sh', ['-c', COLLECT_SCRIPT.replaceAll('/collection-handover', handover), 'collect'], {
    env: {
      PATH: `${folder}:${process.env.PATH}`,
      CONFIGURATION: 'config.yml',
      FOLDER: '',
      SETTLE_SECONDS: '1',
      TRUST_SECONDS: '10',
      ...more,
    },
    stdio: 'ignore',
  });
  const [code] = await once(child, 'close');
  const read = (path: string) => (existsSync(path) ? readFileSync(path, 'utf8').trim() : undefined);
  return {
    code,
    result: read(join(handover, 'result')),
    calls: read(join(folder, 'calls'))?.split('\n'),
    removed: existsSync(join(folder, 'removed')),
  };
}

const DRY = `team/app\n\n${SUMMARY}\n${BLOB}`;
const dryRun = 'garbage-collect --dry-run config.yml';

describeWith("the collector's script", ['busybox'], () => {
  test('two dry runs that agree, and then the plain collection', async () => {
    expect(await run([DRY, DRY, DRY])).toEqual({
      code: 0,
      result: expect.stringMatching(/^ok 1 0 null \d+$/),
      calls: [dryRun, dryRun, 'garbage-collect config.yml'],
      removed: true,
    });
  });

  test('two that name other blobs, or mark another number: nothing is collected', async () => {
    for (const other of [DRY.replace('0123', '0124'), DRY.replace('5 blobs', '4 blobs')])
      expect(await run([DRY, other])).toEqual({
        code: 1,
        result: 'failed two dry runs did not agree, so nothing was removed',
        calls: [dryRun, dryRun],
        removed: false,
      });
  });

  test('a collection that counts otherwise is killed within milliseconds of saying so', async () => {
    const { code, result, removed } = await run([DRY, DRY, DRY.replace('5 blobs', '3 blobs')]);
    expect({ code, result, removed }).toEqual({
      code: 1,
      result: `failed it would have removed something else than the dry runs said: ${SUMMARY.replace('5', '3')}`,
      removed: false,
    });
  });

  test('nothing to remove: nothing is collected', async () => {
    const nothing = DRY.replace('1 blobs', '0 blobs').replace(`\n${BLOB}`, '');
    expect(await run([nothing, nothing])).toMatchObject({ code: 0, calls: [dryRun, dryRun], removed: false });
  });

  test('a repository with nothing but an empty index gets its folder of layers', async () => {
    const root = newFolder();
    const empty = join(root, 'repositories', 'team', 'empty');
    mkdirSync(join(empty, '_manifests'), { recursive: true });
    const nothing = DRY.replace('1 blobs', '0 blobs').replace(`\n${BLOB}`, '');
    expect(await run([nothing, nothing], { FOLDER: root })).toMatchObject({ code: 0 });
    expect(existsSync(join(empty, '_layers'))).toBe(true);
  });

  test('nothing was pushed yet, or uploads began and none has ended', async () => {
    const root = newFolder();
    const begun = join(root, 'repositories', 'team', 'app');
    mkdirSync(join(begun, '_uploads', '1'), { recursive: true });
    for (const FOLDER of ['/nowhere', root])
      expect(await run([], { FOLDER })).toEqual({
        code: 0,
        result: 'ok 0 0 0 0',
        calls: undefined,
        removed: false,
      });
    // A folder of blobs that was lost is another thing.
    mkdirSync(join(begun, '_manifests'));
    const nothing = DRY.replace('1 blobs', '0 blobs').replace(`\n${BLOB}`, '');
    expect(await run([nothing, nothing], { FOLDER: root })).toMatchObject({ calls: [dryRun, dryRun] });
  });
});
