// Expected values of tests that can be skipped, in a YAML file that people review. Jest's snapshots won't do
// for these: it calls those of skipped tests obsolete, fails where it would otherwise pass, and its advice is
// to delete them.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parse, stringify } from 'yaml';

/** Whether the files are written anew: never where nobody reads what changed. */
export function isUpdating({ UPDATE_EXPECTED, CI = '' }: NodeJS.ProcessEnv = process.env): boolean {
  if (UPDATE_EXPECTED !== '1') return false;
  if (!['', 'false', '0'].includes(CI))
    throw new Error('UPDATE_EXPECTED=1 is for people, who read what changed; it is refused in CI');
  return true;
}

/** The values in a file such as `thing.expected.yaml`, which belongs to `thing.test.ts`. */
export class ExpectedValues {
  private readonly values: Map<string, unknown>;

  /**
   * @param names Whose values belong in the file. The test's own file asserts that it holds these and no
   * others, for it is not always that all tests run.
   */
  constructor(
    private readonly file: string,
    private readonly names: readonly string[],
    private readonly updating = isUpdating(),
  ) {
    this.values = new Map(
      fs.existsSync(file) ? Object.entries(parse(fs.readFileSync(file, 'utf8')) ?? {}) : [],
    );
  }

  /** Whose values are in the file, in its order. */
  namesInFile(): string[] {
    return [...this.values.keys()];
  }

  /** Fails unless the value is the one in the file. With UPDATE_EXPECTED=1 it becomes that. */
  expectFor(name: string, value: unknown): void {
    if (this.updating) this.update(name, value);
    if (!this.values.has(name))
      throw new Error(`${path.basename(this.file)} has nothing for ${name}; ${this.advice()} writes it`);
    expect(value).toEqual(this.values.get(name));
  }

  /** Values of tests that don't run stay, those of names that are gone go. */
  private update(name: string, value: unknown): void {
    const old = new Map(this.values).set(name, value);
    this.values.clear();
    for (const one of [...this.names].sort()) if (old.has(one)) this.values.set(one, old.get(one));
    const about = `# What ${path.basename(this.testFile())} expects. After a wanted change, run this and read what it changed:\n#     ${this.advice()}\n`;
    fs.writeFileSync(this.file, about + stringify(Object.fromEntries(this.values), { lineWidth: 0 }));
  }

  private advice(): string {
    return `UPDATE_EXPECTED=1 npx jest ${this.testFile()}`;
  }

  private testFile(): string {
    return path
      .relative(path.resolve(__dirname, '../..'), this.file)
      .replace(/\.expected\.yaml$/, '.test.ts');
  }
}
