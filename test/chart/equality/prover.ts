// Compares what the chart makes of values with what the constructs make of them: objects, notes and refusals.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import type { Release } from '../../../lib/chart/from-values/release';
import { ROOT } from '../../support/project';
import { HelmRender, type Rendered, type RenderProgram } from '../helm-render';
import type { Values } from '../value-sets/value-set';
import { comparable, takeChecksums } from './as-helm';
import { Checksums } from './checksums';
import { differences } from './differences';
import { byName, type Truth, truthOf } from './truth';

/** The chart in this repository. */
export const CHART = join(ROOT, 'chart', 'registry');
export const RELEASE: Release = { name: 'registry', namespace: 'images-of-all' };
/** Values that are rendered while others are compared. */
const AHEAD = 8;

/** What came of one comparison. */
export interface Outcome {
  readonly values: Values;
  readonly accepted: boolean;
  /** None if the chart is right. */
  readonly differences: readonly string[];
}

/** What was compared, in figures. */
export interface Figures {
  accepted: number;
  refused: number;
}

export class Prover {
  private readonly facts: { readonly chart: string; readonly appVersion: string };
  private readonly checksums = new Checksums();
  private readonly render: HelmRender;

  constructor(program: RenderProgram, chart: string = CHART) {
    const { name, version, appVersion } = parse(readFileSync(join(chart, 'Chart.yaml'), 'utf8'));
    this.facts = { chart: `${name}-${version}`, appVersion };
    this.render = new HelmRender({ program, chart, standIns: true });
  }

  async close(): Promise<void> {
    await this.render.close();
  }

  /** Compares all of them, in their order. */
  async compareAll(
    all: Iterable<Values>,
    tell: (outcome: Outcome) => void,
    release = RELEASE,
  ): Promise<void> {
    const waiting: Promise<Outcome>[] = [];
    for (const values of all) {
      waiting.push(this.compare(values, release));
      if (waiting.length >= AHEAD) tell(await (waiting.shift() as Promise<Outcome>));
    }
    for (const outcome of waiting) tell(await outcome);
  }

  /** What the constructs make of values. */
  truth(values: Values, release = RELEASE): Truth {
    return truthOf(values, release, this.facts);
  }

  async compare(values: Values, release = RELEASE): Promise<Outcome> {
    const rendering = this.render.render({ values, release: release.name, namespace: release.namespace });
    const truth = this.truth(values, release);
    const rendered = await rendering;
    return {
      values,
      accepted: truth.problems.length === 0,
      differences:
        truth.problems.length === 0
          ? this.compareObjects(rendered, truth, release)
          : compareRefusals(rendered, truth),
    };
  }

  private compareObjects(rendered: Rendered, truth: Truth, release: Release): string[] {
    if (rendered.error !== undefined) return [`refused by the chart alone: ${rendered.error.trim()}`];
    const chart = byName(
      Object.values(rendered.manifests ?? {})
        .flat()
        .map(comparable),
    );
    const checksums = this.checksums.compare(taken(chart), taken(truth.objects), release);
    const names = [...new Set([...Object.keys(chart), ...Object.keys(truth.objects)])].sort();
    const objects = names.flatMap((name) => {
      if (!(name in truth.objects)) return [`${name} is in the chart only`];
      if (!(name in chart)) return [`${name} is missing in the chart`];
      return differences(chart[name], truth.objects[name]).map((place) => `${name} ${place}`);
    });
    return [...objects, ...checksums, ...differences(rendered.notes ?? '', truth.notes, 'NOTES.txt')];
  }
}

function taken(objects: Truth['objects']): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(objects).flatMap(([name, object]) =>
      Object.entries(takeChecksums(object)).map(([key, value]) => [`${name} ${key}`, value]),
    ),
  );
}

const REFUSAL = /these values can't be used:\n {2}(.*)$/s;

function compareRefusals({ error }: Rendered, { problems }: Truth): string[] {
  if (error === undefined) return problems.map((problem) => `accepted by the chart alone, but ${problem}`);
  // The schema may refuse what the constructs refuse, in its own words.
  if (error.includes("values don't meet the specifications of the schema(s)")) return [];
  const said = REFUSAL.exec(error)?.[1]?.trimEnd().split('\n  ');
  if (said === undefined) return [`not a refusal: ${error.trim()}`];
  return [
    ...said.filter((one) => !problems.includes(one)).map((one) => `said by the chart only: ${one}`),
    ...problems.filter((one) => !said.includes(one)).map((one) => `not said by the chart: ${one}`),
    ...(new Set(said).size < said.length ? ['the chart says a problem twice'] : []),
  ];
}
