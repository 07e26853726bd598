// `npm run synth`: does what `npx cdk8s synth` does, but quietly, without the CLI's look for a newer version of itself, and replaces `dist` only
// when all went well: a mistake in a setting leaves the manifests of before as they are.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, renameSync, rmdirSync, rmSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';

const OUTPUT = 'dist';
const ASIDE = '.dist.next';
/** What a synth writes: numbered files, notes, and the files of charts that are in no RegistryApp. All else in the folder is somebody's. */
const WRITTEN = /^(\d{3}-.+\.yaml|.+\.k8s\.yaml|NOTES\.txt|construct-metadata\.json)$/;
/** A folder of this run alone, so that two runs at once don't mix their files. */
const next = `${ASIDE}/${process.pid}`;

process.on('SIGINT', () => {}); // Ctrl-C ends the CLI; what is left to do here is to clean up.
try {
  mkdirSync(ASIDE, { recursive: true });
  process.exitCode = synth(next);
  if (process.exitCode === 0) swap(next, `${next}.old`);
} finally {
  rmSync(next, { recursive: true, force: true });
  removeIfEmpty(ASIDE);
}

/** @param {string} folder */
function synth(folder) {
  const cli = join(dirname(createRequire(import.meta.url).resolve('cdk8s-cli/package.json')), 'bin', 'cdk8s');
  const { status, stderr } = spawnSync(process.execPath, [cli, 'synth', '--output', folder], {
    // The notes name the folder where the files are in the end.
    env: { ...process.env, CDK8S_CHECK_UPGRADE: 'false', CDK8S_REGISTRY_OUTPUT: OUTPUT },
    stdio: ['inherit', 'ignore', 'pipe'],
    encoding: 'utf8',
  });
  process.stderr.write(withoutTrace(stderr));
  return status ?? 1;
}

/**
 * The app's own words, without the CLI's stack trace about the app's exit code, unless that is all there is.
 *
 * @param {string} text
 */
function withoutTrace(text) {
  return text.replace(/^Error: command "[\s\S]*/m, '') || text;
}

/**
 * Puts a new folder in the place of the old one, and what a synth does not write, such as the folders of examples, back into it. Another run may do
 * so at the same moment: the last one stays.
 *
 * @param {string} folder
 * @param {string} old
 */
function swap(folder, old) {
  /** @type {string[]} */
  const olds = [];
  for (let tries = 1; ; tries++) {
    try {
      if (moveIfThere(OUTPUT, `${old}.${tries}`)) olds.push(`${old}.${tries}`);
      renameSync(folder, OUTPUT);
      break;
    } catch (error) {
      if (!['ENOTEMPTY', 'EEXIST'].includes(codeOf(error)) || tries === 10) {
        if (olds.length > 0) moveIfThere(olds[0], OUTPUT);
        throw error;
      }
    }
  }
  for (const before of olds.reverse()) {
    for (const name of readdirSync(before).filter((each) => !WRITTEN.test(each))) bring(join(before, name), join(OUTPUT, name));
    rmSync(before, { recursive: true, force: true });
  }
}

/**
 * Moves a file or folder to its place, which another run may be replacing.
 *
 * @param {string} from
 * @param {string} to
 */
function bring(from, to) {
  for (let tries = 1; ; tries++) {
    try {
      return renameSync(from, to);
    } catch (error) {
      if (codeOf(error) !== 'ENOENT' || tries === 100)
        throw new Error(`${to} could not be put back, and is now ${from}: ${error instanceof Error ? error.message : error}`);
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 10);
    }
  }
}

/**
 * @param {string} from
 * @param {string} to
 */
function moveIfThere(from, to) {
  try {
    renameSync(from, to);
    return true;
  } catch (error) {
    if (codeOf(error) !== 'ENOENT') throw error;
    return false;
  }
}

/** @param {string} folder */
function removeIfEmpty(folder) {
  try {
    rmdirSync(folder);
  } catch (error) {
    if (!['ENOTEMPTY', 'EEXIST', 'ENOENT'].includes(codeOf(error))) throw error;
  }
}

/**
 * Node's code of a failure, such as ENOENT.
 *
 * @param {unknown} error
 * @returns {string}
 */
function codeOf(error) {
  return error instanceof Error && 'code' in error ? String(error.code) : '';
}
