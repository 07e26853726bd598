// File lock: lets one synthesis at a time change a folder of the store. Exclusive creation of a file works on
// every file system, even without hard links. It blocks, since constructs can't be asynchronous; lock
// packages can't do that.
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { randomText } from './passwords';

/**
 * How long another machine's lock may exist before its synthesis is considered dead: RSA keys take seconds,
 * and machines may be busy.
 */
const TIMEOUT_MS = 120_000;
const PAUSE_MS = 20;

/** A file lock. */
export class Lock {
  private mine?: string;

  constructor(private readonly file: string) {}

  /** Waits until no other synthesis holds the lock. Removes locks of syntheses that have died. */
  public take(): void {
    const mine = `${hostname()} ${process.pid} ${randomText()}\n`;
    let seen: string | undefined;
    let since = performance.now();
    while (!create(this.file, mine)) {
      const holder = readIfThere(this.file);
      if (holder !== seen) since = performance.now();
      seen = holder;
      // Measures this wait, not the file's age: clocks differ, and move.
      if (holder !== undefined && (hasDied(holder) || performance.now() - since > TIMEOUT_MS))
        remove(this.file, holder);
      else pause();
    }
    this.mine = mine;
  }

  /** Whether this synthesis still holds it. Another takes it if this one was suspended for long. */
  public get held(): boolean {
    return this.mine !== undefined && readIfThere(this.file) === this.mine;
  }

  public release(): void {
    if (this.held) fs.rmSync(this.file, { force: true });
    this.mine = undefined;
  }
}

function create(file: string, text: string): boolean {
  let created: number;
  try {
    created = fs.openSync(file, 'wx', 0o600);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
  try {
    fs.writeFileSync(created, text);
  } catch (error) {
    // On a full disk, an empty lock would remain, which names no synthesis that could have died.
    fs.rmSync(file, { force: true });
    throw error;
  } finally {
    fs.closeSync(created);
  }
  return true;
}

/** Removes a lock, unless its holder has just changed. */
function remove(file: string, holder: string): void {
  const aside = `${file}.${randomText()}`;
  try {
    fs.renameSync(file, aside);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return;
    throw error;
  }
  const moved = readIfThere(aside);
  if (moved !== undefined && moved !== holder) create(file, moved);
  fs.rmSync(aside, { force: true });
}

/** Whether a synthesis on this machine created the lock and ended without removing it. */
function hasDied(holder: string): boolean {
  const [host, pid] = holder.split(' ');
  if (host !== hostname() || !pid) return false;
  try {
    process.kill(Number(pid), 0);
    return false;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'ESRCH';
  }
}

/** A file's contents, or undefined if it doesn't exist. */
export function readIfThere(file: string): string | undefined {
  try {
    return fs.readFileSync(file, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
}

function pause(): void {
  Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, PAUSE_MS);
}
