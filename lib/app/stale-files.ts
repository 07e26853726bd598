// Files of an earlier synth that are no longer needed: a folder is applied as a whole, so stale files in it
// would be applied again.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { isFileOf, Manifest, OTHER_NAMESPACES, OTHERS, registriesOf } from './file-table';

const OWNERS = '# What else is in the app of: ';

/**
 * Set by `npm run synth`: the folder belongs to this app only, so files of registries that are no longer in
 * the app are removed too.
 */
const OWN_FOLDER = 'CDK8S_REGISTRY_OWN_FOLDER';

/**
 * Names of files that were written earlier for these registries, and are not among those written now. They
 * are recognized by their name and content: other apps' files, users' own, and those of a registry that is no
 * longer in this app, which may belong to another app by now, are left alone.
 */
export function staleFiles(
  folder: string,
  registries: ReadonlySet<string>,
  written: ReadonlySet<string>,
): string[] {
  const ours = process.env[OWN_FOLDER] === 'true' ? undefined : registries;
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isFile() && !written.has(entry.name))
    .map(({ name }) => name)
    .filter((name) =>
      [isNotesOf, isObjectsOf, isBeside].some((is) => is(ours, name, path.join(folder, name))),
    );
}

/** The registries whose files are looked for; undefined means any registry. */
type Registries = ReadonlySet<string> | undefined;

function isNotesOf(registries: Registries, name: string, file: string): boolean {
  if (name !== 'NOTES.txt') return false;
  const titles = [...fs.readFileSync(file, 'utf8').matchAll(/^Registry "(.*)" at .*\n=+$/gm)].map(
    ([, registry]) => registry as string,
  );
  return titles.length > 0 && titles.every((registry) => registries?.has(registry) ?? true);
}

function isObjectsOf(registries: Registries, name: string, file: string): boolean {
  if (
    !/^\d{3}-.+\.yaml$/.test(name) ||
    (registries && ![...registries].some((registry) => isFileOf(registry, name)))
  )
    return false;
  try {
    const objects = parseAllDocuments(fs.readFileSync(file, 'utf8')).map(
      (document) => document.toJS() as Manifest,
    );
    const [owner, ...others] = new Set(objects.map((object) => [...registriesOf([object])][0]));
    return (
      owner !== undefined && others.length === 0 && isFileOf(owner, name) && (registries?.has(owner) ?? true)
    );
  } catch {
    return false;
  }
}

/** The line that names the owner of a file whose objects do not. */
export function ownersLine(name: string, registries: ReadonlySet<string>): string {
  return [OTHERS, OTHER_NAMESPACES].includes(name) && registries.size > 0
    ? `${OWNERS}${[...registries].sort().join(', ')}\n`
    : '';
}

function isBeside(registries: Registries, name: string, file: string): boolean {
  if (![OTHERS, OTHER_NAMESPACES].includes(name)) return false;
  const [, line = ''] = fs.readFileSync(file, 'utf8').split('\n');
  const owners = line.startsWith(OWNERS) ? line.slice(OWNERS.length).split(', ') : [];
  return owners.some((registry) => registries?.has(registry) ?? true);
}
