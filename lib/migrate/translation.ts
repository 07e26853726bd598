// A translation in progress: the old values, this chart's values so far, and the remarks.
import { Fits, fitsIn } from './old-keys';
import { OldValues } from './old-values';
import { isFilledIn } from './placeholders';

/** Topic of a remark. */
export enum Matter {
  /** A key that is not translated. */
  LOST = 'LOST',
  /** A value that had to be guessed. */
  GUESSED = 'GUESSED',
  /** A placeholder that another tool fills in. */
  LATER = 'LATER',
  /** Something that stays open as it was, where this chart would protect it. */
  OPEN = 'OPEN',
  /** Something that works, but differently. */
  DIFFERENT = 'DIFFERENT',
}

/** A remark about a key of the old values, or about one of this chart. */
export interface Remark {
  readonly matter: Matter;
  readonly key: string;
  readonly text: string;
}

/** Facts that the old values don't contain. */
export interface MigrationOptions {
  /** Name of the old release, from which its claim and its Service are named. */
  readonly release?: string;
}

/** The old values, this chart's values so far, and the remarks. */
export class Translation {
  /** This chart's values, by path. */
  public readonly values = new Map<string, unknown>();
  public readonly remarks: Remark[] = [];

  constructor(
    public readonly old: OldValues,
    public readonly options: MigrationOptions = {},
  ) {}

  /** Sets a value of this chart. */
  public set(path: string, value: unknown): void {
    if (value !== undefined) this.values.set(path, value);
  }

  /** Translates a value if it is valid, or will be filled in; otherwise reports that it is not. */
  public carry(key: string, value: unknown, path: string, fits: Fits = {}): boolean {
    if (value === undefined || !this.accepts(key, value, path, fits)) return false;
    this.set(path, value);
    return true;
  }

  /** Whether a value is valid for a path, or will be filled in; otherwise reports that it is not. */
  public accepts(key: string, value: unknown, path: string, fits: Fits): boolean {
    if (isFilledIn(value) || fitsIn(value, fits)) return true;
    this.lost(key, `${shown(value)} is not what \`${path}\` takes; set that by hand`);
    return false;
  }

  public lost(key: string, text: string): void {
    this.remark(Matter.LOST, key, text);
  }

  public guessed(key: string, text: string): void {
    this.remark(Matter.GUESSED, key, text);
  }

  public later(key: string, text: string): void {
    this.remark(Matter.LATER, key, text);
  }

  public open(key: string, text: string): void {
    this.remark(Matter.OPEN, key, text);
  }

  public different(key: string, text: string): void {
    this.remark(Matter.DIFFERENT, key, text);
  }

  private remark(matter: Matter, key: string, text: string): void {
    if (!this.remarks.some((one) => one.key === key && one.text === text))
      this.remarks.push({ matter, key, text });
  }
}

function shown(value: unknown): string {
  return typeof value === 'object' ? 'it' : JSON.stringify(value);
}

/** Name of the old release's objects, as far as it is known. */
export function oldName({ old, options: { release } }: Translation): string | undefined {
  const given = old.string('fullnameOverride');
  if (given !== undefined) return given.slice(0, 63).replace(/-$/, '');
  if (release === undefined) return undefined;
  const name = old.string('nameOverride') ?? 'docker-registry';
  return (release.includes(name) ? release : `${release}-${name}`).slice(0, 63).replace(/-$/, '');
}
