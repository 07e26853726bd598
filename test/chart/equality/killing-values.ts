// The values that mutants are rendered with: some of all that is compared with the constructs.
import * as fc from 'fast-check';
import { BY_RULES } from '../refusals/by-rules';
import { NEAR_MISSES } from '../refusals/near-misses';
import { REFUSED_TOGETHER } from '../refused-values';
import { VALUE_SETS } from '../value-sets';
import { nested, type Values, valueAt } from '../value-sets/value-set';
import { aloneValues } from './alone';
import { chance } from './combinations';
import { oddValues } from './odd-values';
import { PRODUCTS, SECRETS } from './products';
import { RELEASE } from './prover';
import { byChance, schemaTakes } from './texts';
import { CoveringArray } from './triples';
import { truthOf } from './truth';

const SEED = 1;
const OF_EACH_PRODUCT = 20;
const ROWS = 25;
const BY_CHANCE = 60;
const ODD = 200;
const ODD_OF_SETTINGS = 1000;
/** So many are looked at for those that set what is asked for. */
const OF_A_PRODUCT_WITH = 1000;

/** Not of another release, nor of a cluster that Helm speaks to. */
const isUsual = (sample: Readonly<Record<string, unknown>>) => !('release' in sample || 'cluster' in sample);

/**
 * The same ones each time, in a shuffled order. With paths of settings only values that set one of these, and more of
 * the products that do.
 */
export function killingValues(settings: readonly string[] = []): Values[] {
  const all = [
    ...[...VALUE_SETS, ...REFUSED_TOGETHER].map(({ values }) => values),
    ...[...Object.values(BY_RULES), ...Object.values(NEAR_MISSES)].flat().filter(isUsual).map(nested),
    ...(settings.length > 0 ? ofProductsWith(settings) : ofAllProducts()),
    ...[...aloneValues(), ...oddValues(settings.length > 0 ? ODD_OF_SETTINGS : ODD, SEED)].filter(
      schemaTakes(),
    ),
  ].filter((values) => settings.length === 0 || sets(values, settings));
  const random = chance(SEED);
  return all
    .map((values) => ({ values, at: random() }))
    .sort((a, b) => a.at - b.at)
    .map(({ values }) => values);
}

function sets(values: Values, settings: readonly string[]): boolean {
  return settings.some((path) => valueAt(values, path) !== undefined);
}

function ofAllProducts(): Values[] {
  const facts = { chart: 'registry-0.0.0', appVersion: '0' };
  const array = new CoveringArray((values) => truthOf(values, RELEASE, facts).problems, SEED);
  return [
    ...PRODUCTS.flatMap((product) => [...product.values(OF_EACH_PRODUCT, SEED)]),
    // Few of them have a UI whose login or CA a Job makes.
    ...SECRETS.values(OF_EACH_PRODUCT * 3, SEED + 1),
    ...array.rows(ROWS),
    ...fc.sample(byChance, { numRuns: BY_CHANCE, seed: SEED }).filter(schemaTakes()),
  ];
}

function ofProductsWith(settings: readonly string[]): Values[] {
  return PRODUCTS.flatMap((product) =>
    [...product.values(OF_A_PRODUCT_WITH, SEED)]
      .filter((values) => sets(values, settings))
      .slice(0, OF_EACH_PRODUCT * 2),
  );
}
