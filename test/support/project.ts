// This project as other people have it: as a fresh clone, and as the package that npm would publish. Tests
// and benches run programs in both.
import { type SpawnSyncReturns, spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { transformSync } from 'esbuild';
import { COMPILED_ONCE } from '../../tools/typescript';

/** The folder that holds package.json. */
export const ROOT = path.resolve(__dirname, '../..');

const CLONED = ['main.ts', 'cdk8s.yaml', 'package.json', 'tsconfig.json', 'lib', 'imports', 'scripts'];
/** What an app that uses the package brings itself. */
const PEERS = ['cdk8s', 'cdk8s-plus-27', 'constructs'];

/**
 * This process's variables, without those that would change what the default app writes or how Node and npm
 * behave.
 */
export function plainEnvironment(more: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const plain = Object.entries(process.env).filter(
    ([name]) => !/^(REGISTRY_|CDK8S_|JEST_|npm_|NODE_(ENV|OPTIONS|PATH)$)/.test(name),
  );
  return {
    ...Object.fromEntries(plain),
    NODE_OPTIONS: `--require ${JSON.stringify(COMPILED_ONCE)}`,
    npm_config_loglevel: 'error',
    npm_config_update_notifier: 'false',
    ...more,
  };
}

/** Runs a program to its end; a shell finds it as npm's scripts would. */
export function run(
  folder: string,
  command: string,
  environment: NodeJS.ProcessEnv = {},
): SpawnSyncReturns<string> {
  return spawnSync(command, {
    cwd: folder,
    shell: true,
    encoding: 'utf8',
    env: plainEnvironment(environment),
  });
}

/** As {@link run}, for programs that must succeed. Gives what they print. */
export function mustRun(folder: string, command: string, environment?: NodeJS.ProcessEnv): string {
  const { status, stdout, stderr } = run(folder, command, environment);
  if (status !== 0) throw new Error(`${command} ended with ${status}:\n${stdout}${stderr}`);
  return stdout;
}

/** Makes a folder a clone in which `npm ci` has run: the sources are copied, the packages linked. */
export function cloneTo(folder: string): string {
  for (const name of CLONED) fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'), 'dir');
  return folder;
}

/** A packed library. */
export interface Package {
  readonly tarball: string;
  /** Names of the files in it. */
  readonly files: readonly string[];
}

/** Compiles and packs the library. */
export function packTo(folder: string): Package {
  mustRun(ROOT, 'npm run build');
  // Without prepack, which would write docs/api too.
  const [{ filename, files }] = JSON.parse(
    mustRun(ROOT, `npm pack --ignore-scripts --json --pack-destination "${folder}"`),
  );
  return { tarball: path.join(folder, filename), files: files.map((file: { path: string }) => file.path) };
}

/**
 * Makes a folder an app of its own: the default app as `main.js`, with the packed library installed. Needs no
 * network.
 */
export function installTo(folder: string, { tarball }: Package): string {
  fs.writeFileSync(path.join(folder, 'package.json'), '{ "private": true }\n');
  mustRun(folder, `npm install --offline --legacy-peer-deps --no-audit --no-fund "${tarball}"`);
  for (const peer of PEERS)
    fs.symlinkSync(path.join(ROOT, 'node_modules', peer), path.join(folder, 'node_modules', peer), 'dir');
  const source = fs.readFileSync(path.join(ROOT, 'main.ts'), 'utf8').replace("'./lib'", "'cdk8s-registry'");
  fs.writeFileSync(path.join(folder, 'main.js'), transformSync(source, { loader: 'ts', format: 'cjs' }).code);
  return folder;
}
