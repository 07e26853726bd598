// `npm run floors`: does the library work with the oldest peers that package.json allows? Installs them in a temporary folder, has TypeScript check the
// sources against them, and compares what the default app writes there with what it writes here, byte for byte. Needs npm's registry.
import { spawnSync } from 'node:child_process';
import {
  cpSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));
const SOURCES = ['lib', 'imports', 'main.ts', 'tsconfig.json', 'package.json'];
const own = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
const floors = Object.fromEntries(
  Object.entries(own.peerDependencies).map(([name, range]) => [name, range.replace('^', '')]),
);
const runners = Object.fromEntries(
  ['@types/node', '@types/jest', 'esbuild', 'esbuild-register', 'typescript'].map((name) => [
    name,
    own.devDependencies[name],
  ]),
);
const folder = mkdtempSync(join(tmpdir(), 'floors-'));

try {
  const here = copyTo('here');
  symlinkSync(join(ROOT, 'node_modules'), join(here, 'node_modules'));
  run(here, 'node', '-r', 'esbuild-register', 'main.ts');

  const oldest = copyTo('oldest');
  const dependencies = { ...own.dependencies, ...floors, ...runners };
  writeFileSync(
    join(oldest, 'package.json'),
    JSON.stringify({ name: own.name, version: own.version, private: true, dependencies }),
  );
  run(oldest, 'npm', 'install', '--no-audit', '--no-fund', '--loglevel=error');
  for (const [name, version] of Object.entries(floors)) {
    const installed = JSON.parse(
      readFileSync(join(oldest, 'node_modules', name, 'package.json'), 'utf8'),
    ).version;
    if (installed !== version) throw new Error(`${name} ${installed} was installed, not ${version}`);
  }
  run(oldest, join('node_modules', '.bin', 'tsc'));
  cpSync(join(here, '.registry'), join(oldest, '.registry'), { recursive: true });
  run(oldest, 'node', '-r', 'esbuild-register', 'main.ts');

  const [mine, theirs] = [here, oldest].map((place) => filesIn(join(place, 'dist')));
  const names = [...new Set([...mine.keys(), ...theirs.keys()])];
  const differing = names.filter((name) => mine.get(name) !== theirs.get(name));
  if (names.length === 0 || differing.length > 0)
    throw new Error(`what the default app writes differs: ${differing.join(', ') || 'nothing is written'}`);
  const peers = Object.entries(floors).map(([name, version]) => `${name} ${version}`);
  console.log(
    `${peers.join(', ')}: types fit, and ${names.length} files have the same bytes as with what is installed here`,
  );
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

/** @param {string} name */
function copyTo(name) {
  const place = join(folder, name);
  mkdirSync(place);
  for (const source of SOURCES) cpSync(join(ROOT, source), join(place, source), { recursive: true });
  return place;
}

/**
 * @param {string} cwd
 * @param {string} command
 * @param {string[]} args
 */
function run(cwd, command, ...args) {
  const { status, stdout, stderr, error } = spawnSync(command, args, { cwd, encoding: 'utf8' });
  if (status !== 0)
    throw new Error(`${command} ${args.join(' ')} failed: ${error?.message ?? stdout + stderr}`);
}

/** @param {string} place */
function filesIn(place) {
  return new Map(readdirSync(place).map((name) => [name, readFileSync(join(place, name), 'utf8')]));
}
