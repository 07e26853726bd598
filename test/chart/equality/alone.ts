// Each value of each setting alone, with no more beside it than it needs to mean anything; and a few that mutants of
// the templates asked for.
import { nested, type Values } from '../value-sets/value-set';
import { ASKED_FOR } from './asked-for';
import { ASKED_FOR_CACHES } from './asked-for-caches';
import { ASKED_FOR_TOO } from './asked-for-too';
import { completed, need, SETTINGS } from './kinds';
import { ODD_VALUES } from './odd-values';

/** One after the other. */
export function aloneValues(): Values[] {
  const kinds = SETTINGS.flatMap(({ path, kinds }) => kinds.slice(1).map((value) => ({ path, value })));
  const odd = Object.entries(ODD_VALUES).flatMap(([path, values]) =>
    values.map((value) => ({ path, value })),
  );
  const all = [...kinds, ...odd].map(({ path, value }) => {
    const row = new Map<string, unknown>([[path, value]]);
    need(row, path);
    completed(row);
    return nested(Object.fromEntries(row));
  });
  return [
    ...new Map(
      [...all, ...[...ASKED_FOR, ...ASKED_FOR_TOO, ...ASKED_FOR_CACHES].map(nested)].map((one) => [
        JSON.stringify(one),
        one,
      ]),
    ).values(),
  ];
}
