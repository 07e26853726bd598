// Lines of the front's files that depend on what is configured. The constructs know that, and have them there or not;
// the chart's templates find out later, so its files have all of these lines, each with a mark before it
// (scripts/chart/front-files.ts).

/** Decides over whole lines. */
export interface Lines {
  /**
   * Lines that are there if a condition holds.
   *
   * @param name the condition, for those who find out later
   * @param holds whether it holds, for those who know
   * @param lines the lines
   */
  when(name: string, holds: boolean, lines: string): string;

  /**
   * Lines for each item of a list.
   *
   * @param name the list
   * @param items its items
   * @param linesOf the lines of an item
   */
  each<Item>(name: string, items: readonly Item[], linesOf: (item: Item) => string): string;
}

/** It is known now. */
export const KNOWN: Lines = {
  when: (_, holds, lines) => (holds ? lines : ''),
  each: (_, items, linesOf) => items.map(linesOf).join(''),
};

/** Each line that is not empty, further to the right. */
export function indented(text: string, by = 2): string {
  return text.replace(/^(?=.)/gm, ' '.repeat(by));
}
