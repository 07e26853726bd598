// The script that watches, with an API server and pods that say what a test wants: which pods end a collection.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { hostname } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { WATCH_SCRIPT } from '../../lib/maintenance/collection/watch-script';
import { describeWith } from '../../tools/programs';
import { newFolder } from '../support/folder';

const HANDOVER = '/collection-handover';

/** In place of curl: the ConfigMap, the pods as the API server lists them, and what each pod says. */
const CURL = `#!/bin/sh
for url; do :; done
case $url in
  */configmaps/*)
    case "$*" in
      *'"data":null'*) : >held ;;
      *PATCH*) printf '%s' "$*" | sed -n 's/.*"data":{"collecting":"\\([^"]*\\)".*/\\1/p' >held ;;
    esac
    if [ -s held ]; then data=",\\"data\\":{\\"collecting\\":\\"$(cat held)\\"}"; fi
    printf '{"metadata":{"resourceVersion":"1"}%s}\\n200' "\${data:-}"
    ;;
  */pods*) echo >>looks; cat table; printf '\\n200' ;;
  *)
    address=\${url#http://}
    if [ -e "said-\${address%%:*}" ]; then printf '%s\\n\\n200' "$(cat "said-\${address%%:*}")"; else printf '\\n000'; exit 7; fi
    ;;
esac
`;

interface Pod {
  readonly name: string;
  readonly ready: string;
  readonly ip: string;
  readonly answers: boolean;
}

const ONE: Pod = { name: 'one', ready: '2/2', ip: '10.0.0.1', answers: true };

/** A run in which these pods are there once it collects, and which otherwise succeeds. */
async function run(later: readonly Pod[]) {
  const folder = newFolder();
  const file = (name: string) => join(folder, 'shared', name);
  const program = join(folder, 'bin', 'curl');
  for (const name of ['shared', 'bin', 'api']) mkdirSync(join(folder, name));
  for (const name of ['token', 'namespace']) writeFileSync(join(folder, 'api', name), 'registry');
  writeFileSync(program, CURL);
  chmodSync(program, 0o755);
  // At once: it may be read meanwhile.
  const put = (name: string, text: string) => {
    writeFileSync(file(`${name}.new`), text);
    renameSync(file(`${name}.new`), file(name));
  };
  const are = (pods: readonly Pod[]) => {
    for (const { ip, answers } of pods) {
      if (answers) put(`said-${ip}`, `${hostname()} 600`);
      else rmSync(file(`said-${ip}`), { force: true });
    }
    const rows = pods.map(({ name, ready, ip }) => ({
      cells: [name, ready, 'Running', '0', '5m', ip, 'node', '<none>', '<none>'],
    }));
    put('table', JSON.stringify({ rows }));
  };
  are([ONE]);
  writeFileSync(file('ready'), 'yes\n');
  const script = WATCH_SCRIPT.replaceAll(HANDOVER, join(folder, 'shared')).replaceAll(
    '$(cat /api/',
    `$(cat ${folder}/api/`,
  );
  const child = spawn('sh', ['-c', script, 'watch'], {
    env: {
      PATH: `${folder}/bin:${process.env.PATH}`,
      KUBERNETES_SERVICE_HOST: '10.96.0.1',
      ...{ REGISTRY: 'registry', SWITCH: 'registry-collection', PODS: 'registry', RUNS: 'collection' },
      ...{ PORT: '5004', LEASE_SECONDS: '600', RENEW_SECONDS: '60', MARGIN_SECONDS: '120' },
      ...{ WAIT_SECONDS: '20', LOOK_SECONDS: '0.2', TRUST_SECONDS: '60' },
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let output = '';
  child.stdout.on('data', (text) => {
    output += text;
  });
  const ended = once(child, 'close');
  for (let tries = 0; tries < 200 && child.exitCode === null && !existsSync(file('go')); tries += 1)
    await sleep(50);
  if (!existsSync(file('go'))) {
    child.kill('SIGKILL');
    throw new Error(`it does not collect: ${output}`);
  }
  are(later);
  const looks = () => readFileSync(file('looks'), 'utf8').length;
  const before = looks();
  for (let tries = 0; tries < 300 && looks() < before + 4 && !existsSync(file('end')); tries += 1)
    await sleep(100);
  const until = Number(readFileSync(file('until'), 'utf8'));
  writeFileSync(file('result'), 'ok 0 0 0 0\n');
  const [code] = await ended;
  return { code, until, held: readFileSync(file('held'), 'utf8'), ...JSON.parse(output) };
}

const NEW: Pod = { name: 'new', ready: '0/2', ip: '10.0.0.2', answers: false };

describeWith('the script that watches a collection', ['busybox'], () => {
  test('a pod that begins ends nothing', async () => {
    expect(await run([ONE, NEW])).toMatchObject({ code: 0, collection: 'done', held: '' });
    expect(await run([ONE, { ...NEW, ready: '2/2', answers: true }])).toMatchObject({ collection: 'done' });
  });

  test('a pod that is ready and does not answer, as one without a front: nothing is collected any more', async () => {
    for (const ready of ['1/1', '2/2'])
      expect(await run([ONE, { ...NEW, ready }])).toMatchObject({
        code: 1,
        collection: 'failed',
        error: 'new is ready and does not answer',
        until: 0,
        held: '',
      });
  });

  test('a pod that is gone, or hangs while it is known to be read-only, ends nothing at once', async () => {
    expect(await run([])).toMatchObject({ collection: 'done' });
    expect(await run([{ ...ONE, answers: false }])).toMatchObject({ collection: 'done' });
  });
});
