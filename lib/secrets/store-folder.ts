// One registry's folder in the local store: a file per entry, under its plain name; deleting the file
// regenerates the entry. A synthesis that changes something takes the folder's lock, reads again, writes a
// temporary file and renames it, so that concurrent syntheses agree and a crash leaves nothing half-written.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { messageOf, type Problem, problemOf } from '../core/problem';
import { randomText } from './passwords';
import { Lock, readIfThere } from './store-lock';

/** An error for users: the store can't keep an entry. */
export class StoreError extends Error {
  constructor(public readonly problem: Problem) {
    super(messageOf(problem));
  }
}

const LOCK = '.lock';
/**
 * Leftovers of a killed synthesis: temporary files of entries, in today's format and in the old one with a
 * process id in the name.
 */
const LEFT =
  /^\.(lock\.[A-Za-z0-9]{24}|.+\.[A-Za-z0-9]{24}\.new|(.+\.(htpasswd|password)|http-secret|ca|tls)(\.\d+)?\.\d+\.[A-Za-z0-9]{8})$/;
/** A numbered successor of an entry, from versions that numbered them. */
const LATER = /^(.+\.(?:htpasswd|password)|http-secret|ca|tls)\.(\d+)$/;

/** The store's folder of one registry. */
export class StoreFolder {
  private readonly lock: Lock;
  private depth = 0;
  private tidied = false;

  /**
   * @param store the store's folder
   * @param folder the registry's folder in it
   */
  constructor(
    private readonly store: string,
    public readonly folder: string,
  ) {
    this.lock = new Lock(path.join(folder, LOCK));
  }

  /** File names of the entries. */
  public get files(): string[] {
    return this.all.filter((file) => !file.startsWith('.'));
  }

  /** The file of an entry, if it exists. */
  public fileOf(entry: string): string | undefined {
    const { files } = this;
    // Without the plain file, which was deleted to regenerate the entry, numbered ones don't count.
    return files.includes(entry) ? (laterOf(entry, files).pop() ?? entry) : undefined;
  }

  public pathOf(entry: string): string {
    return path.join(this.folder, this.fileOf(entry) ?? entry);
  }

  public read(entry: string): string | undefined {
    return readIfThere(this.pathOf(entry));
  }

  /**
   * Reads an entry. If `known` returns none, `make` creates it under the folder's lock, in this synthesis or
   * a concurrent one.
   */
  public readOrCreate<T>(entry: string, known: () => T | undefined, make: () => void): T {
    this.tidy();
    const orMade = () => {
      const found = known();
      if (found === undefined) make();
      return found ?? known();
    };
    for (let attempt = 0; attempt < 9; attempt += 1) {
      const found = known() ?? this.alone(entry, orMade);
      if (found !== undefined) return found;
    }
    throw new StoreError(problemOf('store-changing', 'store', { file: this.pathOf(entry) }));
  }

  /** Writes a file atomically. Call only from `make` of {@link readOrCreate}. */
  public write(entry: string, text: string): void {
    const aside = path.join(this.folder, `.${entry}.${randomText()}.new`);
    fs.writeFileSync(aside, text, { mode: 0o600, flag: 'wx', flush: true });
    if (this.lock.held) fs.renameSync(aside, path.join(this.folder, entry));
    else fs.rmSync(aside, { force: true });
  }

  private get all(): string[] {
    try {
      return fs.readdirSync(this.folder);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      throw error;
    }
  }

  /** Removes leftovers of killed syntheses. Optional: a read-only folder may keep them. */
  private tidy(): void {
    if (this.tidied) return;
    this.tidied = true;
    if (!this.all.some((file) => LEFT.test(file) || LATER.test(file))) return;
    try {
      this.alone(undefined, () => undefined);
    } catch (error) {
      if (!(error instanceof StoreError)) throw error;
    }
  }

  /** Runs `work` while holding the folder's lock. */
  private alone<T>(entry: string | undefined, work: () => T): T {
    if (this.depth > 0) return work();
    try {
      this.open();
      this.depth += 1;
      try {
        this.clean();
        return work();
      } finally {
        this.depth -= 1;
        this.lock.release();
      }
    } catch (error) {
      const { code, syscall } = error as NodeJS.ErrnoException;
      if (code === undefined || syscall === undefined || syscall.startsWith('spawn')) throw error;
      throw new StoreError(
        problemOf('store-not-writable', 'store', { file: path.join(this.folder, entry ?? ''), reason: code }),
      );
    }
  }

  private open(): void {
    fs.mkdirSync(this.folder, { recursive: true, mode: 0o700 });
    this.lock.take();
    const { ignore, text } = ignoreFile(this.store, new Date(Date.now()).toISOString().slice(0, 10));
    if (!fs.existsSync(ignore)) fs.writeFileSync(ignore, text, { mode: 0o600 });
  }

  private clean(): void {
    const files = this.all;
    for (const file of files.filter((name) => LEFT.test(name)))
      fs.rmSync(path.join(this.folder, file), { force: true });
    const entries = new Set(files.flatMap((file) => LATER.exec(file)?.[1] ?? []));
    for (const entry of entries) {
      const later = laterOf(entry, files);
      const latest = files.includes(entry) ? later.pop() : undefined;
      // The latest one is renamed last, so that it counts wherever this stops.
      for (const file of later) fs.rmSync(path.join(this.folder, file), { force: true });
      if (latest) fs.renameSync(path.join(this.folder, latest), path.join(this.folder, entry));
    }
  }
}

/**
 * The file that makes git ignore the store. It records when the store was created; a copy of the store keeps
 * it.
 */
function ignoreFile(store: string, day: string): { ignore: string; text: string } {
  return {
    ignore: path.join(store, '.gitignore'),
    text: `*\n# Made on ${day}. Back it up like a password.\n`,
  };
}

/** The day on which a store was created, if known. */
export function madeOn(store: string): string | undefined {
  try {
    return /^# Made on (\d{4}-\d\d-\d\d)\./m.exec(fs.readFileSync(ignoreFile(store, '').ignore, 'utf8'))?.[1];
  } catch {
    return undefined;
  }
}

/** Numbered successors of an entry, in order. */
function laterOf(entry: string, files: readonly string[]): string[] {
  const numberOf = (file: string) => Number(file.slice(entry.length + 1));
  return files.filter((file) => LATER.exec(file)?.[1] === entry).sort((a, b) => numberOf(a) - numberOf(b));
}
