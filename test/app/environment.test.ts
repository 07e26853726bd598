// Settings from environment variables.

import { App } from 'cdk8s';
import { RegistryEnvironment } from '../../lib';
import { withoutCode } from '../support/messages';

const VARIABLE = 'CDK8S_REGISTRY_TEST';

function read(value: string | undefined) {
  if (value === undefined) delete process.env[VARIABLE];
  else process.env[VARIABLE] = value;
  const env = new RegistryEnvironment(new App());
  return {
    text: env.text(VARIABLE),
    size: env.size(VARIABLE)?.asString(),
    problems: env.node.validate().map(withoutCode),
  };
}

afterEach(() => {
  delete process.env[VARIABLE];
});

test('a variable that is not set is undefined', () => {
  expect(read(undefined)).toEqual({ text: undefined, size: undefined, problems: [] });
});

test.each(['1Ki', '512Mi', '10Gi', '3Ti', '1Pi'])('%s is a text and a size', (value) => {
  expect(read(value)).toEqual({ text: value, size: value, problems: [] });
});

test('a wrong size is reported, and undefined', () => {
  const { size, problems } = read('ten');
  expect(size).toBeUndefined();
  expect(problems).toEqual([
    `${VARIABLE}: "ten" is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi; write e.g. "10Gi"`,
  ]);
});

test.each([
  [undefined, 'not-set', [`${VARIABLE}: is not set; set it: this app requires a value`]],
  ['', 'not-set', [`${VARIABLE}: is set to an empty string; set it: this app requires a value`]],
  ['AKIA', 'AKIA', []],
])('%j for a text that is required', (value, text, problems) => {
  read(value);
  const env = new RegistryEnvironment(new App());
  expect({ text: env.requiredText(VARIABLE), problems: env.node.validate().map(withoutCode) }).toEqual({
    text,
    problems,
  });
});

test.each([
  ['true', true, []],
  ['false', false, []],
  ['no', undefined, [`${VARIABLE}: "no" is neither true nor false; write "true" or "false"`]],
  ['False', undefined, [`${VARIABLE}: "False" is neither true nor false; write "true" or "false"`]],
  ['', undefined, [`${VARIABLE}: is set to an empty string; set a value, or unset it to use the default`]],
])('yes or no: "%s"', (value, read, problems) => {
  process.env[VARIABLE] = value;
  const env = new RegistryEnvironment(new App());
  expect(env.flag(VARIABLE)).toBe(read);
  expect(env.node.validate().map(withoutCode)).toEqual(problems);
});

test('yes or no, not set, is undefined', () => {
  expect(new RegistryEnvironment(new App()).flag(VARIABLE)).toBeUndefined();
});

test('a variable that is set to an empty string is reported once, however often it is read', () => {
  expect(read('').problems).toEqual([
    `${VARIABLE}: is set to an empty string; set a value, or unset it to use the default`,
  ]);
});
