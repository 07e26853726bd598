// Files of an earlier synth that are no longer made: a folder is applied as a whole, so what stays in it is applied again.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isFileOf, Manifest, OTHER_NAMESPACES, OTHERS, registriesOf } from './file-table';

const OWNERS = '# What else is in the app of: ';

/**
 * Removes files that were written earlier for these registries, and are not among those that were written now. By a file's name and by all that stands in
 * it: another app's files, a person's, and those of a registry that is no longer in the app, which may be another app's by now, are left alone.
 */
export function removeStale(folder: string, registries: ReadonlySet<string>, written: ReadonlySet<string>): void {
  for (const entry of fs.readdirSync(folder, { withFileTypes: true })) {
    if (!entry.isFile() || written.has(entry.name)) continue;
    const file = path.join(folder, entry.name);
    if ([isNotesOf, isObjectsOf, isBeside].some((ours) => ours(registries, entry.name, file))) fs.rmSync(file, { force: true });
  }
}

function isNotesOf(registries: ReadonlySet<string>, name: string, file: string): boolean {
  if (name !== 'NOTES.txt') return false;
  const titles = [...fs.readFileSync(file, 'utf8').matchAll(/^Registry "(.*)" at .*\n=+$/gm)].map(([, registry]) => registry as string);
  return titles.length > 0 && titles.every((registry) => registries.has(registry));
}

function isObjectsOf(registries: ReadonlySet<string>, name: string, file: string): boolean {
  const candidates = [...registries].filter((registry) => isFileOf(registry, name));
  if (candidates.length === 0) return false;
  try {
    const objects = parseAllDocuments(fs.readFileSync(file, 'utf8')).map((document) => document.toJS() as Manifest);
    const owners = objects.map((object) => [...registriesOf([object])][0]);
    return candidates.some((registry) => owners.length > 0 && owners.every((owner) => owner === registry));
  } catch {
    return false;
  }
}

/** The line that tells whose a file is in which no object says so. */
export function ownersLine(name: string, registries: ReadonlySet<string>): string {
  return [OTHERS, OTHER_NAMESPACES].includes(name) && registries.size > 0 ? `${OWNERS}${[...registries].sort().join(', ')}\n` : '';
}

function isBeside(registries: ReadonlySet<string>, name: string, file: string): boolean {
  if (![OTHERS, OTHER_NAMESPACES].includes(name)) return false;
  const [, line = ''] = fs.readFileSync(file, 'utf8').split('\n');
  return (
    line.startsWith(OWNERS) &&
    line
      .slice(OWNERS.length)
      .split(', ')
      .some((registry) => registries.has(registry))
  );
}
