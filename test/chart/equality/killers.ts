// Renders values with a mutated template until one of them comes out otherwise: the mutant is killed then. What
// the chart itself makes of them is proven equal to the constructs by the other tests here.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HelmRender, type Rendered } from '../helm-render';
import type { Values } from '../value-sets/value-set';
import { type Mutant, tellingTemplates } from './mutants';
import { CHART, RELEASE } from './prover';

/** Renderings of one mutant that are under way at once. */
const AHEAD = 4;
/** Renderings with all templates that are under way at once: Node.js writes no more than 2 GiB to a pipe. */
const AT_ONCE = 200;

export class Killers {
  private readonly render: HelmRender;
  private readonly files: readonly string[];
  /** What the values come out as without mutants, where one was tried with them. */
  private readonly expected = new Map<number, Promise<Rendered>>();
  /** The values that the chart refuses. */
  private readonly refused = new Set<number>();
  /** Values by the actions that they reach. */
  private readonly reaching = new Map<number, number[]>();
  /** How many mutants of a file each of the values has killed: those go first. */
  private readonly kills = new Map<string, number[]>();

  constructor(
    private readonly values: readonly Values[],
    private readonly chart: string = CHART,
    processes = 1,
  ) {
    this.render = new HelmRender({ program: 'helmRender3', chart, standIns: true, schema: false, processes });
    this.files = readdirSync(join(chart, 'templates'))
      .filter((file) => !file.startsWith('_'))
      .map((file) => `templates/${file}`);
  }

  /** Renders the values, and learns which of them reach which actions. */
  async start(): Promise<void> {
    const telling = tellingTemplates(this.chart);
    for (let first = 0; first < this.values.length; first += AT_ONCE) {
      const some = this.values.slice(first, first + AT_ONCE);
      const told = await Promise.all(some.map((values) => this.rendered(values, telling)));
      told.forEach(({ reached = [], error }, place) => {
        const index = first + place;
        if (error !== undefined) this.refused.add(index);
        for (const action of reached)
          this.reaching.set(action, [...(this.reaching.get(action) ?? []), index]);
      });
    }
  }

  async close(): Promise<void> {
    await this.render.close();
  }

  /** Does any of the values come out otherwise? */
  async kill(mutant: Mutant): Promise<boolean> {
    const seen = this.seenBy(mutant.file);
    const mutated = { [mutant.file]: mutant.text };
    const alone = {
      ...Object.fromEntries(this.files.filter((file) => !seen.includes(file)).map((file) => [file, ''])),
      ...mutated,
    };
    const kills = this.kills.get(mutant.file) ?? this.values.map(() => 0);
    this.kills.set(mutant.file, kills);
    const only = seen.length === 1 && seen[0] !== VALIDATION;
    const order = (this.reaching.get(mutant.action) ?? [])
      .filter((index) => !only || !this.refused.has(index))
      .sort((a, b) => (kills[b] as number) - (kills[a] as number));
    for (let next = 0; next < order.length; next += AHEAD) {
      const some = order.slice(next, next + AHEAD);
      const differs = await Promise.all(
        some.map(async (index) => {
          const values = this.values[index] as Values;
          // The chart asks all of its files whether one writes such an object.
          const rendered = this.rendered(values, 'extraObjects' in values ? mutated : alone);
          return part(await rendered, seen) !== part(await this.expectedOf(index), seen);
        }),
      );
      const killer = some[differs.indexOf(true)];
      if (killer === undefined) continue;
      kills[killer] = (kills[killer] as number) + 1;
      return true;
    }
    return false;
  }

  private expectedOf(index: number): Promise<Rendered> {
    const known = this.expected.get(index) ?? this.rendered(this.values[index] as Values, {});
    this.expected.set(index, known);
    return known;
  }

  /** The files in which a mutant can show: that one, or those that include it. */
  private seenBy(file: string): readonly string[] {
    if (this.files.includes(file)) return [file];
    if (file.includes('/_validation')) return [VALIDATION];
    return file.includes('/_notes') ? [NOTES] : this.files;
  }

  private rendered(values: Values, templates: Readonly<Record<string, string>>): Promise<Rendered> {
    return this.render.render({ values, release: RELEASE.name, namespace: RELEASE.namespace, templates });
  }
}

const VALIDATION = 'templates/validation.yaml';
const NOTES = 'templates/NOTES.txt';

function part({ manifests = {}, notes = '', error = '' }: Rendered, files: readonly string[]): string {
  return JSON.stringify([
    files.map((file) => manifests[file] ?? []),
    files.includes(NOTES) ? notes : '',
    error,
  ]);
}
