// Objects of a chart by their kinds and names.
import type { Manifest } from '../support/synth';

/** Objects by `Kind/name`. */
export type Objects = Readonly<Record<string, Manifest>>;

/** Objects by `Kind/name`. Fails if two have the same. */
export function byName(objects: readonly Manifest[]): Objects {
  const names = objects.map(nameOf);
  expect(names).toHaveLength(new Set(names).size);
  return Object.fromEntries(objects.map((object, index) => [names[index], object]));
}

/** `Kind/name`. */
export function nameOf({ kind, metadata }: Manifest): string {
  return `${kind}/${metadata.name}`;
}
