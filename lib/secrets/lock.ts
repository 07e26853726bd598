// Lets one synth at a time change a folder of the store, by a file that only one of them can make: an exclusive create works on every file system,
// also where there are no hard links. It waits in place, since constructs can't be asynchronous; packages for locks can't do that.
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import { randomText } from './passwords';

/** How long a lock of another machine may stand before its synth is taken for dead: RSA keys take seconds, and machines may be busy. */
const PATIENCE_MS = 120_000;
const PAUSE_MS = 20;

/** A lock by a file. */
export class Lock {
  private mine?: string;

  constructor(private readonly file: string) {}

  /** Waits until no other synth has it. What a synth left that has died since is removed. */
  public take(): void {
    const mine = `${hostname()} ${process.pid} ${randomText()}\n`;
    let seen: string | undefined;
    let since = performance.now();
    while (!create(this.file, mine)) {
      const holder = readIfThere(this.file);
      if (holder !== seen) since = performance.now();
      seen = holder;
      // The time is that of this wait, not of the file: clocks differ, and move.
      if (holder !== undefined && (hasDied(holder) || performance.now() - since > PATIENCE_MS)) remove(this.file, holder);
      else pause();
    }
    this.mine = mine;
  }

  /** Is it still this synth's? Another one takes it when this one was stopped for long. */
  public get held(): boolean {
    return this.mine !== undefined && readIfThere(this.file) === this.mine;
  }

  public release(): void {
    if (this.held) fs.rmSync(this.file, { force: true });
    this.mine = undefined;
  }
}

function create(file: string, text: string): boolean {
  try {
    fs.writeFileSync(file, text, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

/** Removes a lock, unless it has changed hands just now. */
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

/** Was the synth that made the lock one of this machine, and has it ended without removing it? */
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

/** A file's text, or undefined where there is no such file. */
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
