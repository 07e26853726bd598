// `npm run synth`: does what `npx cdk8s synth` does, but quietly, without the CLI's look for a newer version of itself, and replaces `dist` only
// when all went well: a mistake in a setting leaves the manifests of before as they are.
import { spawnSync } from 'node:child_process';
import { mkdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const OUTPUT = 'dist';
const ASIDE = '.dist.next';
/** A folder of this run alone, so that two runs at once don't mix their files. */
const next = `${ASIDE}/${process.pid}`;

process.on('SIGINT', () => {}); // Ctrl-C ends the CLI; what is left to do here is to clean up.
try {
  mkdirSync(ASIDE, { recursive: true });
  process.exitCode = synth(next);
  if (process.exitCode === 0) swap(next, `${next}.old`);
} finally {
  rmSync(next, { recursive: true, force: true });
  rmSync(`${next}.old`, { recursive: true, force: true });
  removeIfEmpty(ASIDE);
}

function synth(folder) {
  const cli = join(dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'synth', '--output', folder], {
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false' },
    stdio: ['inherit', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  process.stderr.write(withoutTrace(stderr));
  return status ?? 1;
}

/** The app's own words, without the CLI's stack trace about the app's exit code, unless that is all there is. */
function withoutTrace(text) {
  return text.replace(/^Error: command "[\s\S]*/m, '') || text;
}

/** Puts a new folder in the place of the old one. Another run may do so at the same moment: the last one stays. */
function swap(folder, old) {
  for (let tries = 1; ; tries++) {
    try {
      rmSync(old, { recursive: true, force: true });
      moveIfThere(OUTPUT, old);
      return renameSync(folder, OUTPUT);
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(error.code) || tries === 10) throw error;
    }
  }
}

function moveIfThere(from, to) {
  try {
    renameSync(from, to);
  } catch (error) {
    if (error.code !== 'ENOENT') throw error;
  }
}

function removeIfEmpty(folder) {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(error.code)) throw error;
  }
}
