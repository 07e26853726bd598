// Checksums roll pods when what they read changes. The chart makes them of other bytes than the constructs, so
// they are compared by what they tell apart: one of the chart's for one of the constructs'.
import type { Release } from '../../../lib/chart/from-values/release';

export class Checksums {
  private readonly ofConstructs = new Map<string, string>();
  private readonly ofChart = new Map<string, string>();

  /** What is wrong with those of an app, after all that were compared before. */
  compare(
    chart: Readonly<Record<string, unknown>>,
    constructs: Readonly<Record<string, unknown>>,
    release: Release,
  ): string[] {
    return Object.keys(constructs).flatMap((place) => {
      // A place without a checksum is told by the comparison of objects.
      if (!(place in chart)) return [];
      const key = (value: unknown) => JSON.stringify([release, place, value]);
      const [ours, theirs] = [key(chart[place]), key(constructs[place])];
      const [before, beforeThat] = [this.ofConstructs.get(theirs), this.ofChart.get(ours)];
      this.ofConstructs.set(theirs, ours);
      this.ofChart.set(ours, theirs);
      if (!/^[0-9a-f]{64}$/.test(String(chart[place]))) return [`${place}: not a digest: ${chart[place]}`];
      if (before !== undefined && before !== ours)
        return [`${place}: two checksums of the chart for one of the constructs`];
      return beforeThat !== undefined && beforeThat !== theirs
        ? [`${place}: one checksum of the chart for two of the constructs: ${changed(beforeThat, theirs)}`]
        : [];
    });
  }
}

function changed(one: string, other: string): string {
  const index = [...one].findIndex((character, at) => character !== other[at]);
  return `${one.slice(Math.max(0, index - 40), index + 40)} and ${other.slice(Math.max(0, index - 40), index + 40)}`;
}
