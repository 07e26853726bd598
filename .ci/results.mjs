// What Jest's results say, for .ci/run. `node .ci/results.mjs FILE`: which test files took longest, and which tests failed, or are known to.
// `node .ci/results.mjs FILE --summary CODE FAILED`: the last line, where Jest's exit code is CODE and FAILED other things have failed.
import { readFileSync } from 'node:fs';
import { relative } from 'node:path';
import { stripVTControlCharacters } from 'node:util';

const SHOWN = 15;
const FAILURES = 30;
const [file, option, code, failedBesides] = process.argv.slice(2);
const results = JSON.parse(readFileSync(file, 'utf8'));
console.log(
  option === '--summary'
    ? summary(Number(code), Number(failedBesides))
    : [...slowest(), ...knownToFail(), ...failed()].join('\n'),
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

/** At the end, as a long log is often cut in its middle. */
function failed() {
  const files = [...results.testResults].sort((one, other) => one.name.localeCompare(other.name));
  const rows = files.flatMap(({ name, status, message, assertionResults }) => {
    const file = relative(process.cwd(), name);
    const tests = assertionResults.filter((test) => test.status === 'failed');
    // It does not load, or what it does after its tests fails.
    if (status === 'failed' && tests.length === 0) return [`  ${file}: ${firstLine(message)}`];
    return tests.map((test) => `  ${file}: ${test.fullName}: ${firstLine(test.failureMessages?.[0] ?? '')}`);
  });
  const more = rows.length > FAILURES ? [`  and ${rows.length - FAILURES} more`] : [];
  return ['', `Failed: ${rows.length || 'none'}`, ...rows.slice(0, FAILURES), ...more];
}

function firstLine(message) {
  const lines = stripVTControlCharacters(message)
    .split('\n')
    .map((line) => line.trim());
  return (lines.find((line) => line && !line.startsWith('●')) ?? '').slice(0, 300);
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
