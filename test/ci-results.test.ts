// What .ci/run says of Jest's results: a run that did not go well can't look like one that did.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { newFolder } from './support/folder';
import { mustRun, ROOT } from './support/project';

interface Outcome {
  readonly title: string;
  readonly status?: string;
  readonly failing?: boolean;
}

function fileOf(name: string, seconds: number, outcomes: readonly Outcome[] = []) {
  const assertionResults = outcomes.map(({ title, status = 'passed', failing = false }) => ({
    fullName: title,
    status,
    failing,
  }));
  return {
    name: path.join(ROOT, 'test', name),
    startTime: 1_000,
    endTime: 1_000 + seconds * 1_000,
    assertionResults,
  };
}

function say(results: object, options = ''): string[] {
  const file = path.join(newFolder(), 'results.json');
  const usual = {
    numPassedTests: 0,
    numFailedTests: 0,
    numRuntimeErrorTestSuites: 0,
    numPendingTests: 0,
    testResults: [],
  };
  fs.writeFileSync(file, JSON.stringify({ ...usual, ...results }));
  return mustRun(ROOT, `node .ci/results.mjs "${file}" ${options}`).trimEnd().split('\n');
}

test.each([
  ['all is well', { numPassedTests: 12 }, '0 0', '12 passed, 0 failed'],
  ['some are skipped', { numPassedTests: 12, numPendingTests: 3 }, '0 0', '12 passed, 0 failed, 3 skipped'],
  [
    'a file does not load',
    { numPassedTests: 12, numFailedTests: 2, numRuntimeErrorTestSuites: 1 },
    '1 0',
    '12 passed, 3 failed',
  ],
  ['no test fails and Jest does', { numPassedTests: 12 }, '1 0', '12 passed, 1 failed'],
  ['something besides the tests fails', { numPassedTests: 12 }, '0 1', '12 passed, 1 failed'],
  [
    'both fail',
    { numPassedTests: 12, numFailedTests: 2, numPendingTests: 1 },
    '1 1',
    '12 passed, 3 failed, 1 skipped',
  ],
])('the last line where %s', (_, results, codes, line) => {
  expect(say(results, `--summary ${codes}`)).toEqual([line]);
});

test('the slowest files, at most 15 of them', () => {
  const names = Array.from({ length: 20 }, (_, index) => fileOf(`${index + 1}.test.ts`, index + 1));
  const said = say({ testResults: names });
  expect(said[1]).toBe('Slowest test files, in seconds:');
  expect(said.slice(2, 4)).toEqual(['    20.0  test/20.test.ts', '    19.0  test/19.test.ts']);
  expect(said.slice(15, 18)).toEqual(['     7.0  test/7.test.ts', '     6.0  test/6.test.ts', '']);
  expect(said.slice(18)).toEqual(['Known to fail, to be mended later: none', '', 'Failed: none']);
});

// As Jest has them, so that another Jest that tells no longer which tests are known to fail is noticed.
test('tests that failed are named, and those that are known to, which Jest counts as passed', () => {
  const folder = newFolder();
  const text = `
    test('is well', () => {});
    test.failing('is to come', () => { throw new Error(); });
    describe('a group', () => test.failing.each([1, 2])('number %i', () => { throw new Error(); }));
    test.failing('is here by now', () => {});
    test.skip.failing('waits', () => {});
    test('is broken', () => { throw new Error('no such pod\\nand more'); });`;
  fs.writeFileSync(path.join(folder, 'some.test.js'), text);
  fs.writeFileSync(path.join(folder, 'package.json'), '{}');
  fs.writeFileSync(path.join(folder, 'other.test.js'), 'throw new Error("it does not load");');
  const leaves = 'test("is well", () => {}); afterAll(() => { throw new Error("it leaves something"); });';
  fs.writeFileSync(path.join(folder, 'third.test.js'), leaves);
  const jest = path.join(ROOT, 'node_modules/jest/bin/jest.js');
  const results = path.join(folder, 'results.json');
  expect(() =>
    mustRun(folder, `node "${jest}" --rootDir "${folder}" --json --outputFile="${results}"`),
  ).toThrow('ended with 1');

  const said = mustRun(folder, `node "${path.join(ROOT, '.ci/results.mjs')}" results.json`)
    .trimEnd()
    .split('\n');
  expect(said.slice(said.indexOf('Known to fail, to be mended later: 5'))).toEqual([
    'Known to fail, to be mended later: 5',
    '  some.test.js: is to come',
    '  some.test.js: a group number 1',
    '  some.test.js: a group number 2',
    '  some.test.js: is here by now (passes now: remove `.failing`)',
    '  some.test.js: waits (skipped)',
    '',
    'Failed: 4',
    '  other.test.js: it does not load',
    '  some.test.js: is here by now: Error: Failing test passed even though it was supposed to fail. Remove `.failing` to remove error.',
    '  some.test.js: is broken: Error: no such pod',
    '  third.test.js: it leaves something',
  ]);
  const line = `node "${path.join(ROOT, '.ci/results.mjs')}" results.json --summary 1 0`;
  expect(mustRun(folder, line)).toBe('5 passed, 4 failed, 1 skipped\n');
});
