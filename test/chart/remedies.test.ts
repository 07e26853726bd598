// What refusals say to write instead: each value that a message names is tried alone. The refusal is gone then, and no
// other one comes in its place.
import { parse } from 'yaml';
import { CHART_ENTRIES } from '../../lib/chart/values';
import { BY_RULES } from './refusals/by-rules';
import { nested, type Values } from './value-sets/value-set';
import { registryOfValues } from './values-registry';

/** Remedies that lead on, and why they may. */
const LEADS_ON: Readonly<Record<string, string>> = {
  'certificate-shown-to-nobody: httpRoute: { gateway: { className: "nginx" } }':
    'goes with leaving the name of the Gateway out, as it says',
  'login-secret-without-login: ui: { login: true }': 'a login needs a controller that is known',
  'ui-login-without-users: auth: { enabled: true }': 'the realm of the sample is wrong, too',
  'mirror-login-without-node-trust: nodeTrust: { enabled: true, mirrorOf: ["docker.io"] }':
    'the sample has a password without its user',
  'signing-unknown-to-version: image: { tag: "3.1.1" }': 'the sample names the version beside the tag',
};

const GROUPS = new Set(CHART_ENTRIES.map(({ path }) => path.split('.')[0]));
const REMEDY =
  /(?:^|, |\b(?:or|write|add|with) )([a-z]\w*: (?:\{(?:[^{}]|\{[^{}]*\})*\}|"[^"]*"|[\w/.@:-]+))/gi;

type Sample = Readonly<Record<string, unknown>>;

interface Remedy {
  readonly message: string;
  readonly text: string;
  /** The value that is left out for it. */
  readonly without?: string;
}

/** Values that a message says to write: `path: value` in YAML, from the root of values. */
function remediesIn(message: string): Remedy[] {
  const [, at, instead = ''] = /^(\S+): .*; (.*) \[[a-z0-9-]+\]$/.exec(message) ?? [];
  // Of items of a list they are relative.
  if (at === undefined || at.includes('[')) return [];
  return [...instead.matchAll(REMEDY)]
    .map(([, text = '']) => text)
    .filter((text) => GROUPS.has(text.split(':')[0] ?? '') && !text.includes('...'))
    .map((text) => {
      const isBeside = instead.slice(0, instead.indexOf(text)).includes('leave it out, and write ');
      return { message, text, ...(isBeside && { without: at }) };
    });
}

function laidOver(values: Values, more: Values): Values {
  const isMap = (one: unknown) => typeof one === 'object' && one !== null && !Array.isArray(one);
  const merged: Record<string, unknown> = { ...values };
  for (const [key, value] of Object.entries(more))
    merged[key] =
      isMap(merged[key]) && isMap(value) ? laidOver(merged[key] as Values, value as Values) : value;
  return merged;
}

function without(values: Values, path: string): Values {
  const [key = '', ...rest] = path.split('.');
  const { [key]: inside, ...others } = values as Record<string, any>;
  return rest.length === 0 || inside === undefined
    ? others
    : { ...others, [key]: without(inside, rest.join('.')) };
}

const codeOf = (problem: string) => /\[([a-z0-9-]+)\]$/.exec(problem)?.[1] ?? problem;

const cases = Object.entries(BY_RULES).flatMap(([code, [sample]]) => {
  const { release = 'registry', cluster, ...paths } = sample as Sample & { cluster?: string };
  const values = nested(paths);
  const about = { name: String(release), cluster };
  const { problems } = registryOfValues(values, about);
  const messages = problems.filter((problem) => problem.endsWith(`[${code}]`));
  const remedies = new Map(messages.flatMap(remediesIn).map((remedy) => [remedy.text, remedy]));
  return [...remedies.values()].map((remedy) => ({
    code,
    remedy,
    values,
    about,
    before: problems.map(codeOf),
  }));
});

test('there are remedies to try', () => expect(cases.length).toBeGreaterThan(50));

test.each(cases.map((one) => [`${one.code}: ${one.remedy.text}`, one] as const))('%s', (title, one) => {
  const { remedy, values, about, before } = one;
  const rest = remedy.without === undefined ? values : without(values, remedy.without);
  const { problems } = registryOfValues(laidOver(rest, parse(remedy.text)), about);
  const after = problems.filter((other) => other === remedy.message || !before.includes(codeOf(other)));
  expect({ title, after }).toEqual({ title, after: title in LEADS_ON ? after : [] });
  // An exception that is none any more.
  if (title in LEADS_ON) expect(after).not.toEqual([]);
});
