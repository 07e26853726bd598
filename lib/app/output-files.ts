// Writes the files of a synth into their folder: all of them, or, if that fails, none.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Lock } from '../secrets/store-lock';

/** A file that a synth writes. */
export interface OutputFile {
  readonly name: string;
  readonly text: string;
  /** Whether only its owner can read it. */
  readonly secret: boolean;
}

/**
 * In the folder itself, so that moving a file from there never crosses file systems. Named after the library:
 * the folder may be anyone's.
 */
const ASIDE = '.cdk8s-registry-next';
const LOCK = '.cdk8s-registry-lock';

/**
 * Writes files to a temporary folder, moves them into place, and moves stale files away. If any of it fails,
 * the previous files are restored. One synth at a time: of two with different settings, the last one's files
 * remain, never a mixture.
 *
 * @param stale names of files to delete, called while no other synth writes
 * @throws an Error with the reason, if the files can't be written
 */
export function replaceFiles(
  folder: string,
  files: readonly OutputFile[],
  stale: () => readonly string[],
): void {
  try {
    replace(folder, files, stale);
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`Synthesis failed; the files in ${folder} are as they were: ${message}`, {
      cause: error,
    });
  }
}

function replace(folder: string, files: readonly OutputFile[], stale: () => readonly string[]): void {
  fs.mkdirSync(folder, { recursive: true });
  const lock = new Lock(path.join(folder, LOCK));
  lock.take();
  const aside = path.join(folder, ASIDE);
  try {
    // Left over from a synth that was killed.
    fs.rmSync(aside, { recursive: true, force: true });
    fs.mkdirSync(aside, { mode: 0o700 });
    for (const { name, text, secret } of files)
      fs.writeFileSync(path.join(aside, name), text, secret ? { mode: 0o600 } : {});
    swap(
      folder,
      aside,
      files.map(({ name }) => name),
      stale(),
    );
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
    lock.release();
  }
}

function swap(folder: string, aside: string, names: readonly string[], stale: readonly string[]): void {
  const old = path.join(aside, 'old');
  fs.mkdirSync(old);
  const undo: (() => void)[] = [];
  const move = (from: string, to: string) => {
    fs.renameSync(from, to);
    undo.push(() => fs.renameSync(to, from));
  };
  try {
    for (const name of [...names, ...stale]) {
      const target = path.join(folder, name);
      const there = fs.lstatSync(target, { throwIfNoEntry: false });
      if (there?.isDirectory()) throw new Error(`${target} is a folder; a file is to be written there`);
      if (there) move(target, path.join(old, name));
      if (!stale.includes(name)) move(path.join(aside, name), target);
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
