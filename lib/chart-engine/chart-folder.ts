// Writes a chart into its folder: all files, or, if that fails, none. Files that are not of a chart of this
// library are left alone.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { messageOf, problemOf } from '../core/problem';
import type { ChartFiles } from './chart-files';
import { MARK } from './template';

/**
 * Writes the files aside, and moves them into place; files that an earlier chart wrote, and that are no longer
 * needed, are removed: Helm would install them again.
 *
 * @param earlier whether an earlier version of the same chart is known to be there, whose files need no mark
 * @throws an Error that names files of others in their places, or why the files can't be written
 */
export function writeChart(folder: string, files: ChartFiles, earlier = false): void {
  const names = Object.keys(files);
  const places = [...new Set(names.flatMap((name) => [path.dirname(name), name]))];
  const others = places.filter((place) => isOthers(path.join(folder, place), names.includes(place), earlier));
  if (others.length > 0) {
    const messages = others.map((name) =>
      messageOf(problemOf('file-not-of-this-chart', path.join(folder, name))),
    );
    throw new Error(
      `The chart can't be written; nothing was:\n${messages.map((one) => `  ${one}`).join('\n')}`,
    );
  }
  fs.mkdirSync(folder, { recursive: true });
  // In the folder itself, so that moving a file from there never crosses file systems.
  const aside = fs.mkdtempSync(path.join(folder, '.cdk8s-registry-next-'));
  try {
    for (const name of names) write(path.join(aside, 'new', name), files[name] as string);
    swap(folder, aside, names, staleIn(folder, names));
  } catch (error) {
    const { message } = error as Error;
    throw new Error(`The chart can't be written; the files in ${folder} are as they were: ${message}`, {
      cause: error,
    });
  } finally {
    fs.rmSync(aside, { recursive: true, force: true });
  }
}

function write(file: string, text: string): void {
  fs.mkdirSync(path.dirname(file), { recursive: true });
  fs.writeFileSync(file, text);
}

/** Is something there that this library did not write? */
function isOthers(place: string, file: boolean, earlier: boolean): boolean {
  if (!fs.existsSync(place)) return false;
  const there = fs.lstatSync(place);
  return file ? !there.isFile() || !(earlier || isOurs(place)) : !fs.statSync(place).isDirectory();
}

function isOurs(file: string): boolean {
  return fs.readFileSync(file, 'utf8').includes(MARK);
}

/** Templates of an earlier chart. */
function staleIn(folder: string, names: readonly string[]): string[] {
  const templates = path.join(folder, 'templates');
  if (!fs.existsSync(templates)) return [];
  return fs
    .readdirSync(templates, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => `templates/${entry.name}`)
    .filter((name) => !names.includes(name) && isOurs(path.join(folder, name)));
}

function swap(folder: string, aside: string, names: readonly string[], stale: readonly string[]): void {
  const undo: (() => void)[] = [];
  const move = (from: string, to: string) => {
    fs.mkdirSync(path.dirname(to), { recursive: true });
    fs.renameSync(from, to);
    undo.push(() => fs.renameSync(to, from));
  };
  try {
    for (const name of [...names, ...stale]) {
      const target = path.join(folder, name);
      if (fs.existsSync(target)) move(target, path.join(aside, 'old', name));
      if (!stale.includes(name)) move(path.join(aside, 'new', name), target);
    }
  } catch (error) {
    for (const step of undo.reverse()) step();
    throw error;
  }
}
