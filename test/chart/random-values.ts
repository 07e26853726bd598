// Values of the chart by chance, from a number that says which: what the code that the chart is learned from
// makes of them, without the chart.

import { type App, Chart, Testing } from 'cdk8s';
import { testFromValues } from '../../lib/chart/chart-test';
import { HelmValues, NAMESPACE_SAMPLES, sampleOf } from '../../lib/chart/helm-values';
import { type Parameter, UNSET } from '../../lib/chart/parameter';
import { randomNumbers } from '../../lib/chart/random';
import { messageInValues } from '../../lib/chart/registry-chart-messages';
import { registryFromValues } from '../../lib/chart/registry-chart-values';
import { type Problem, problemsOf } from '../../lib/core/problem';
import type { Manifest } from '../support/synth';
import { AskedStore, type PlainRegistry } from './plain-registry';
import { nested, type Values } from './value-sets/value-set';

/** Values, and what is to come of them: a registry, or messages that say why not. */
export interface RandomValues {
  readonly values: Values;
  readonly plain?: PlainRegistry;
  readonly problems: readonly string[];
}

/** The namespace that all of them are for. */
export const RANDOM_NAMESPACE = NAMESPACE_SAMPLES[0];

type Known = Map<string, Parameter>;

/** Odd numbers are of values of which most are refused, even ones of those that are accepted. */
export function randomValues(seed: number): RandomValues {
  const random = randomNumbers(seed);
  // Anew for each number: what comes of one must not depend on which came before.
  const known: Known = new Map();
  if (seed % 2 === 0) return wandered(known, random);
  const share = 0.02 + 0.5 * random() ** 2;
  return made(known, ({ cases }) => (random() < share ? oneOf(cases, random).key : firstOf(cases))).result;
}

const STEPS = 60;

/** Goes from the defaults by steps of one setting each, and not where values are refused. */
function wandered(known: Known, random: () => number): RandomValues {
  const taken = new Map<string, string>();
  const make = () => made(known, ({ path, cases }) => taken.get(path) ?? firstOf(cases));
  let last = make();
  for (let step = 0; step < STEPS; step++) {
    const path = oneOf([...last.asked.keys()], random);
    const [before, next] = [taken.get(path), oneOf(known.get(path)?.cases ?? [], random).key];
    taken.set(path, next);
    const now = make();
    if (now.result.plain) last = now;
    else if (before === undefined) taken.delete(path);
    else taken.set(path, before);
  }
  return last.result;
}

function oneOf<T>(all: readonly T[], random: () => number): T {
  return all[Math.floor(random() * all.length)] as T;
}

function firstOf(cases: Parameter['cases']): string {
  return cases[0]?.key ?? UNSET;
}

function made(
  known: Known,
  choose: (parameter: Parameter) => string,
): { readonly result: RandomValues; readonly asked: ReadonlyMap<string, string> } {
  const values = HelmValues._of(known, { choose, generation: 0 });
  const app: App = Testing.app();
  const store = new AskedStore();
  store.useIn(app);
  const chart = new Chart(app, 'chart', { namespace: RANDOM_NAMESPACE });
  testFromValues(registryFromValues(chart, values), values);
  const problems = app.node.findAll().flatMap((construct) => problemsOf(construct));
  const asked = values._asked;
  const given = { ...valuesFor(known, asked), fullnameOverride: values.name };
  const say = (problem: Problem | string) =>
    typeof problem === 'string' ? problem : messageInValues(problem, values);
  if (problems.length > 0) return { asked, result: { values: given, problems: problems.map(say) } };
  const objects = Testing.synth(chart) as Manifest[];
  return {
    asked,
    result: {
      values: given,
      problems: [],
      plain: { name: values.name, objects, user: store.user, certificate: store.certificate },
    },
  };
}

/** What stands in values.yaml for what was answered. */
function valuesFor(known: Known, asked: ReadonlyMap<string, string>): Values {
  const answers = [...asked].flatMap(([path, key]) => {
    const found = known.get(path)?.cases.find((one) => one.key === key);
    return found && key !== UNSET ? [[path, sampleOf(found, 0)]] : [];
  });
  return nested(Object.fromEntries(answers));
}
