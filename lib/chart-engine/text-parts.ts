// Where a part of a string is: it must occur exactly once, so that there is nothing to guess.

/** A part of a string to look for. */
export interface Wanted {
  readonly inside: string;
  /** A longer part of the string that has it. */
  readonly around?: string;
  /** Is it a name? Then `web` isn't found in `web-service`. */
  readonly name?: boolean;
}

/** Where it begins, or what occurs how often instead. */
export type Found =
  | { readonly from: number }
  | { readonly from?: undefined; readonly part: string; readonly count: number; readonly where: string };

/** Looks for the only occurrence. `where` is what messages call the string. */
export function findPart(text: string, { inside, around, name = false }: Wanted, where: string): Found {
  if (around === undefined) return only(text, inside, name, where);
  const outer = only(text, around, false, where);
  if (outer.from === undefined) return outer;
  const end = outer.from + around.length;
  const inner = starts(text, inside, name).filter((at) => at >= outer.from && at + inside.length <= end);
  return inner.length === 1
    ? { from: inner[0] as number }
    : { part: inside, count: inner.length, where: JSON.stringify(around) };
}

function only(text: string, part: string, name: boolean, where: string): Found {
  const found = starts(text, part, name);
  return found.length === 1 ? { from: found[0] as number } : { part, count: found.length, where };
}

function starts(text: string, part: string, name: boolean): number[] {
  const found: number[] = [];
  if (part === '') return found;
  for (let at = text.indexOf(part); at >= 0; at = text.indexOf(part, at + 1))
    if (!name || isWhole(text, at, at + part.length)) found.push(at);
  return found;
}

/** Is what is there not a piece of a longer name? */
function isWhole(text: string, from: number, to: number): boolean {
  return !/[A-Za-z0-9-]/.test(text[from - 1] ?? '') && !/[A-Za-z0-9-]/.test(text[to] ?? '');
}
