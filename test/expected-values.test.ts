// What tests that can be skipped expect is kept where skipping them does no harm.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { ExpectedValues, isUpdating } from './support/expected-values';
import { newFolder } from './support/folder';
import { ROOT } from './support/project';

describe('a file of expected values', () => {
  const TEXT = 'host:\n  - Ingress/registry\n  - "- Secret/registry"\nreplicas: []\n';
  let file: string;
  beforeEach(() => {
    file = path.join(newFolder(), 'thing.expected.yaml');
    fs.writeFileSync(file, TEXT);
  });

  test('holds what it is compared to', () => {
    const expected = new ExpectedValues(file, ['host', 'replicas'], false);
    expected.expectFor('host', ['Ingress/registry', '- Secret/registry']);
    expected.expectFor('replicas', []);
    expect(() => expected.expectFor('host', ['Ingress/registry'])).toThrow('- Secret/registry');
    expect(() => expected.expectFor('host', ['- Secret/registry', 'Ingress/registry'])).toThrow();
    expect(() => expected.expectFor('replicas', ['Deployment/registry'])).toThrow();
    expect(fs.readFileSync(file, 'utf8')).toBe(TEXT);
  });

  test('tells whose values are missing, and who has some and is gone', () => {
    const expected = new ExpectedValues(file, ['host', 'image'], false);
    expect(() => expected.expectFor('image', [])).toThrow(
      /^thing.expected.yaml has nothing for image; UPDATE_EXPECTED=1 npx jest \S+ writes it$/,
    );
    expect(expected.namesInFile()).toEqual(['host', 'replicas']);
    expect(
      new ExpectedValues(path.join(newFolder(), 'none.expected.yaml'), ['host'], false).namesInFile(),
    ).toEqual([]);
  });

  test('is not read where something stands in it twice', () => {
    fs.appendFileSync(file, 'host: []\n');
    expect(() => new ExpectedValues(file, ['host', 'replicas'], false)).toThrow('Map keys must be unique');
  });

  test('is written anew where that is asked for: only what ran changes, and what is gone goes', () => {
    const expected = new ExpectedValues(file, ['tls', 'host', 'image'], true);
    expected.expectFor('image', ['Deployment/registry']);
    const after = new ExpectedValues(file, [], false);
    expect(after.namesInFile()).toEqual(['host', 'image']);
    after.expectFor('host', ['Ingress/registry', '- Secret/registry']);
    after.expectFor('image', ['Deployment/registry']);
  });

  test('stays as it is in CI', () => {
    expect(isUpdating({})).toBe(false);
    expect(isUpdating({ CI: 'true' })).toBe(false);
    expect(isUpdating({ UPDATE_EXPECTED: '1' })).toBe(true);
    expect(() => isUpdating({ UPDATE_EXPECTED: '1', CI: 'true' })).toThrow('refused in CI');
  });
});

describe("Jest's snapshots", () => {
  const TESTS = path.join(ROOT, 'test');
  const testFiles = fs
    .readdirSync(TESTS, { recursive: true, encoding: 'utf8' })
    .filter((name) => name.endsWith('.test.ts'));

  /** A file and all files of this project that it imports. */
  function withImports(file: string, seen = new Map<string, string>()): ReadonlyMap<string, string> {
    if (seen.has(file)) return seen;
    const text = fs.readFileSync(file, 'utf8');
    seen.set(file, text);
    for (const [, , from = ''] of text.matchAll(/(from|import|require|import\(|require\() ?'(\.[^']*)'/g)) {
      const target = path.resolve(path.dirname(file), from);
      const found = [`${target}.ts`, path.join(target, 'index.ts')].find((name) => fs.existsSync(name));
      if (found) withImports(found, seen);
    }
    return seen;
  }

  /** Those that have tests of which some may not run. */
  const skippable = testFiles.filter((name) => {
    const texts = [...withImports(path.join(TESTS, name)).values()].join('\n');
    return /\bdescribeWith\b|\b(describe|test|it)\.skip\b/.test(texts);
  });

  test('are nowhere where tests can be skipped', () => {
    expect(skippable.length).toBeGreaterThan(30);
    const usesSnapshots = (name: string) =>
      [...withImports(path.join(TESTS, name))].some(
        ([file, text]) =>
          file.startsWith(TESTS) &&
          file !== __filename &&
          /\b(toMatchSnapshot|toThrowErrorMatchingSnapshot)\b/.test(text),
      ) ||
      fs.existsSync(path.join(TESTS, path.dirname(name), '__snapshots__', `${path.basename(name)}.snap`));
    expect(skippable.filter(usesSnapshots)).toEqual([]);
  });
});
