// Renders values with a mutated template until one of them comes out otherwise: the mutant is killed then. What
// the chart itself makes of them is proven equal to the constructs by the other tests here.
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { HelmRender, type Rendered } from '../helm-render';
import type { Values } from '../value-sets/value-set';
import { isFile, type Mutant, showing, tellingTemplates } from './mutants';
import { CHART, RELEASE } from './prover';

/** Renderings of one mutant that are under way at once. */
const AHEAD = 4;
/** Renderings with all templates that are under way at once: Node.js writes no more than 2 GiB to a pipe. */
const AT_ONCE = 200;

export class Killers {
  private readonly render: HelmRender;
  private readonly files: readonly string[];
  private readonly showing: (mutant: Mutant) => readonly string[];
  /** What each of the values comes out as without mutants, by file. */
  private readonly expected: Parts[] = [];
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
    this.showing = showing(chart);
    this.files = readdirSync(join(chart, 'templates'))
      .map((file) => `templates/${file}`)
      .filter(isFile);
  }

  /** Renders the values, and learns which of them reach which actions. */
  async start(mutants: readonly Mutant[]): Promise<void> {
    const files = new Set(mutants.map(({ file }) => file));
    await this.renderAll({}, (rendered) => this.expected.push(partsOf(rendered)));
    await this.renderAll(tellingTemplates(this.chart, files), ({ reached = [], error }, index) => {
      if (error !== undefined) this.refused.add(index);
      for (const action of reached) {
        const values = this.reaching.get(action) ?? [];
        values.push(index);
        this.reaching.set(action, values);
      }
    });
  }

  /** With the same templates one after the other: they are parsed once then. */
  private async renderAll(
    templates: Readonly<Record<string, string>>,
    tell: (rendered: Rendered, index: number) => void,
  ): Promise<void> {
    for (let first = 0; first < this.values.length; first += AT_ONCE) {
      const some = this.values.slice(first, first + AT_ONCE);
      const rendered = await Promise.all(some.map((values) => this.rendered(values, templates)));
      rendered.forEach((one, place) => {
        tell(one, first + place);
      });
    }
  }

  async close(): Promise<void> {
    await this.render.close();
  }

  /** Does any of the values come out otherwise? */
  async kill(mutant: Mutant): Promise<boolean> {
    const seen = this.showing(mutant);
    const mutated = { [mutant.file]: mutant.text };
    const alone = {
      ...Object.fromEntries(this.files.filter((file) => !seen.includes(file)).map((file) => [file, ''])),
      ...mutated,
    };
    const kills = this.kills.get(mutant.file) ?? this.values.map(() => 0);
    this.kills.set(mutant.file, kills);
    const only = !seen.includes(VALIDATION);
    const order = (this.reaching.get(mutant.action) ?? [])
      .filter((index) => !only || !this.refused.has(index))
      .sort((a, b) => (kills[b] as number) - (kills[a] as number));
    for (let next = 0; next < order.length; next += AHEAD) {
      const some = order.slice(next, next + AHEAD);
      const differs = await Promise.all(
        some.map(async (index) => {
          const values = this.values[index] as Values;
          // The chart asks all of its files whether one writes such an object.
          const rendered = await this.rendered(values, 'extraObjects' in values ? mutated : alone);
          return differ(partsOf(rendered), this.expected[index] as Parts, seen);
        }),
      );
      const killer = some[differs.indexOf(true)];
      if (killer === undefined) continue;
      kills[killer] = (kills[killer] as number) + 1;
      return true;
    }
    return false;
  }

  private rendered(values: Values, templates: Readonly<Record<string, string>>): Promise<Rendered> {
    return this.render.render({ values, release: RELEASE.name, namespace: RELEASE.namespace, templates });
  }
}

const VALIDATION = 'templates/validation.yaml';
const NOTES = 'templates/NOTES.txt';

/** Hashes of what came of each file, and of an error for all of them. */
interface Parts {
  readonly error: string;
  readonly files: Readonly<Record<string, string>>;
}

function partsOf({ manifests = {}, notes = '', error = '' }: Rendered): Parts {
  const files = Object.entries(manifests).map(([file, objects]) => [file, hashOf(JSON.stringify(objects))]);
  return { error: hashOf(error), files: { ...Object.fromEntries(files), [NOTES]: hashOf(notes) } };
}

function differ(a: Parts, b: Parts, files: readonly string[]): boolean {
  return a.error !== b.error || files.some((file) => a.files[file] !== b.files[file]);
}

function hashOf(text: string): string {
  return createHash('sha1').update(text).digest('base64');
}
