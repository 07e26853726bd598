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
 * @throws an Error that names files of others in their places, or why the files can't be written
 */
export function writeChart(folder: string, files: ChartFiles): void {
  const names = Object.keys(files);
  const others = placesOf(names).filter((place) =>
    isOthers(path.join(folder, place), names.includes(place), isOurs),
  );
  writeUnless(others, folder, files, staleIn(folder, names));
}

/**
 * The same for files without the mark of this library. They may replace those of a folder whose Chart.yaml is
 * that of the same chart; templates there that are not among the files are refused, because Helm would install
 * them too.
 *
 * @throws an Error that names files of others in their places, or why the files can't be written
 */
export function writeChartOver(
  folder: string,
  files: ChartFiles,
  isSame: (chartYaml: string) => boolean,
): void {
  const names = Object.keys(files);
  const chart = path.join(folder, 'Chart.yaml');
  const same = fs.existsSync(chart) && isSame(fs.readFileSync(chart, 'utf8'));
  const others = placesOf(names).filter((place) =>
    isOthers(path.join(folder, place), names.includes(place), () => same),
  );
  const more = filesIn(path.join(folder, 'templates'))
    .map((name) => `templates/${name}`)
    .filter((name) => !names.includes(name));
  writeUnless([...others, ...more], folder, files, []);
}

/** The files, and the folders that they are in. */
function placesOf(names: readonly string[]): string[] {
  return [...new Set(names.flatMap((name) => [path.dirname(name), name]))];
}

function writeUnless(
  others: readonly string[],
  folder: string,
  files: ChartFiles,
  stale: readonly string[],
): void {
  const names = Object.keys(files);
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
    swap(folder, aside, names, stale);
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
function isOthers(place: string, file: boolean, isOurs: (file: string) => boolean): boolean {
  if (!fs.existsSync(place)) return false;
  const there = fs.lstatSync(place);
  return file ? !there.isFile() || !isOurs(place) : !fs.statSync(place).isDirectory();
}

function isOurs(file: string): boolean {
  return fs.readFileSync(file, 'utf8').includes(MARK);
}

/** Templates of an earlier chart. */
function staleIn(folder: string, names: readonly string[]): string[] {
  return filesIn(path.join(folder, 'templates'))
    .map((name) => `templates/${name}`)
    .filter((name) => !names.includes(name) && isOurs(path.join(folder, name)));
}

function filesIn(folder: string): string[] {
  if (!fs.statSync(folder, { throwIfNoEntry: false })?.isDirectory()) return [];
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);
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
