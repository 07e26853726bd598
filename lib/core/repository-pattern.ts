// Patterns of repositories: `*` is one part of a name, `**` one or more, all others stand for themselves.

/** A word of a repository's name, or stars. */
const PART = /^(?:[a-z0-9]+(?:(?:\.|__?|-+)[a-z0-9]+)*|\*\*?)$/;

/** Whether it is a pattern of repositories. */
export function isRepositoryPattern(text: unknown): text is string {
  return typeof text === 'string' && text.split('/').every((part) => PART.test(part));
}

/** Whether each repository of a pattern is one of these patterns', too. */
export function isCovered(pattern: string, by: readonly string[]): boolean {
  const patterns = by.map((each) => each.split('/'));
  const longest = Math.max(0, ...patterns.map((parts) => parts.length));
  return namesOf(pattern.split('/'), longest + 1).every((name) =>
    patterns.some((parts) => matches(parts, name)),
  );
}

/**
 * Names that stand for all of a pattern: each star is a word that no rule names, and two stars are up to so many of
 * them. What covers a longer name covers one of these.
 */
function namesOf(pattern: readonly string[], longest: number): string[][] {
  const [part, ...rest] = pattern;
  if (part === undefined) return [[]];
  const beginnings =
    part === '**'
      ? Array.from({ length: longest }, (_, index) => Array<string>(index + 1).fill('\0'))
      : [[part === '*' ? '\0' : part]];
  const ends = namesOf(rest, longest);
  return beginnings.flatMap((beginning) => ends.map((end) => [...beginning, ...end]));
}

function matches([part, ...rest]: readonly string[], name: readonly string[]): boolean {
  if (part === undefined || name.length === 0) return part === undefined && name.length === 0;
  if (part === '**') return name.some((_, index) => matches(rest, name.slice(index + 1)));
  return (part === '*' || part === name[0]) && matches(rest, name.slice(1));
}
