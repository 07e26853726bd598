// The registry's own chart as a folder, made once for all test files: it takes a while. Kept under the home
// directory by what it is made from.
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { join } from 'node:path';
import { RegistryHelmChart } from '../../lib/chart/registry-helm-chart';
import { ROOT } from '../support/project';

const KEPT = join(homedir(), '.cache', 'cdk8s-registry', 'charts');
/** Another worker that makes it is waited for so long. */
const PATIENCE_MS = 240_000;

/** The folder of the chart `registry`. It is shared: nothing may be written into it. */
export function registryChart(): string {
  const folder = join(KEPT, digest(), 'registry');
  if (existsSync(folder)) return folder;
  mkdirSync(KEPT, { recursive: true });
  const own = locked(`${folder.replace(/.registry$/, '')}.lock`, () => existsSync(folder));
  if (own === undefined) return folder;
  try {
    const made = join(KEPT, `${process.pid}.tmp`);
    rmSync(made, { recursive: true, force: true });
    new RegistryHelmChart().write(join(made, 'registry'));
    renameSync(made, join(KEPT, digest()));
    return folder;
  } finally {
    rmSync(own, { recursive: true, force: true });
  }
}

/** Of everything that the chart is made from. */
function digest(): string {
  const hash = createHash('sha256');
  for (const file of [...files('lib'), ...files('imports'), 'package-lock.json'])
    hash.update(`${file}\0`).update(readFileSync(join(ROOT, file)));
  return hash.digest('hex').slice(0, 24);
}

function files(folder: string): string[] {
  return readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .map((file) => join(folder, file))
    .filter((file) => statSync(join(ROOT, file)).isFile())
    .sort();
}

/** A lock that is held from now on; undefined once the others are done. */
function locked(lock: string, done: () => boolean): string | undefined {
  const end = Date.now() + PATIENCE_MS;
  while (!done()) {
    try {
      mkdirSync(lock);
      return lock;
    } catch {
      // One that was left behind by a run that was killed is nobody's.
      if (Date.now() > end) rmSync(lock, { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 200);
    }
  }
  return undefined;
}
