// What Jest's results say, for .ci/run. `node .ci/results.mjs FILE`: which test files took longest, and which tests are known to fail.
// `node .ci/results.mjs FILE --summary CODE FAILED`: the last line, where Jest's exit code is CODE and FAILED other things have failed.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';

const SHOWN = 15;
const [file, option, code, failedBesides] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8'));
console.log(
  option === '--summary'
    ? summary(Number(code), Number(failedBesides))
    : [...slowest(), ...knownToFail()].join('\n'),
);

function summary(status, besides) {
  const { numPassedTests, numFailedTests, numRuntimeErrorTestSuites, numPendingTests } = results;
  // A file that does not even load has no failed tests; and Jest may be dissatisfied without any.
  const failed = numFailedTests + numRuntimeErrorTestSuites || (status === 0 ? 0 : 1);
  return `${numPassedTests} passed, ${failed + besides} failed${numPendingTests > 0 ? `, ${numPendingTests} skipped` : ''}`;
}

function slowest() {
  const times = results.testResults.map(({ name, startTime, endTime }) => [
    (endTime - startTime) / 1000,
    relative(process.cwd(), name),
  ]);
  const rows = times.sort(([a], [b]) => b - a).slice(0, SHOWN);
  return [
    '',
    'Slowest test files, in seconds:',
    ...rows.map(([seconds, name]) => `${seconds.toFixed(1).padStart(8)}  ${name}`),
  ];
}

/** Tests declared `test.failing`: what they ask for is to come. Jest counts them as passed while they fail. */
function knownToFail() {
  const tests = results.testResults.flatMap(({ name, assertionResults }) =>
    assertionResults
      .filter(({ failing }) => failing)
      .map((test) => ({ ...test, name: relative(process.cwd(), name) })),
  );
  const remarks = { failed: ' (passes now: remove `.failing`)', pending: ' (skipped)' };
  const rows = tests.map(({ name, fullName, status }) => `  ${name}: ${fullName}${remarks[status] ?? ''}`);
  return ['', `Known to fail, to be mended later: ${rows.length === 0 ? 'none' : rows.length}`, ...rows];
}
