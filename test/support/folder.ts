// Folders that a test may fill, and what stands in them.
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';

const made: string[] = [];

afterAll(() => {
  for (const folder of made.splice(0)) fs.rmSync(folder, { recursive: true, force: true });
});

/** A new empty folder, removed when the test file has run. */
export function newFolder(parent = os.tmpdir()): string {
  const folder = fs.mkdtempSync(path.join(parent, 'cdk8s-registry-'));
  made.push(folder);
  return folder;
}

/**
 * The same where every user of the machine gets to it: root's `TMPDIR` may be in a folder that nobody else
 * may enter.
 */
export function newPublicFolder(): string {
  const folder = newFolder('/tmp');
  fs.chmodSync(folder, 0o755);
  return folder;
}

/** Every file below a folder with its text; folders end in a slash and hold nothing. */
export function contentsOf(folder: string): Record<string, string> {
  if (!fs.existsSync(folder)) return {};
  const entries = fs
    .readdirSync(folder, { recursive: true, withFileTypes: true })
    .map((entry): [string, string] => {
      const file = path.join(entry.parentPath, entry.name);
      const name = path.relative(folder, file);
      return entry.isDirectory() ? [`${name}/`, ''] : [name, fs.readFileSync(file, 'utf8')];
    });
  return Object.fromEntries(entries.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** Writes files below a folder. */
export function fill(folder: string, files: Readonly<Record<string, string>>): void {
  for (const [name, text] of Object.entries(files)) {
    fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
    fs.writeFileSync(path.join(folder, name), text);
  }
}

/**
 * The same for an app's output, whose notes name the folder: with `dist` in its place, to compare outputs of
 * several folders.
 */
export function outputOf(folder: string): Record<string, string> {
  return Object.fromEntries(
    Object.entries(contentsOf(folder)).map(([name, text]) => [name, text.replaceAll(folder, 'dist')]),
  );
}
