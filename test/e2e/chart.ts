// The registry's chart with a real Helm, on a machine without a cluster.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseAllDocuments } from 'yaml';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith, ENVIRONMENT } from '../../tools/programs';
import { byName, type Objects } from '../chart/named-objects';
import { NAMESPACE } from '../chart/plain-registry';
import { registryChart } from '../chart/registry-chart';
import { Helm, type HelmProgram } from './helm';

/** What a chart is rendered for. */
export interface Release {
  readonly release?: string;
  readonly namespace?: string;
}

/** Renders a chart. */
export class Chart {
  constructor(
    readonly folder: string,
    readonly helm: Helm,
  ) {}

  /** What the chart makes of values, by `Kind/name`. */
  async objects(
    values: object,
    { release = 'registry', namespace = NAMESPACE }: Release = {},
  ): Promise<Objects> {
    const text = await this.helm.template(release, this.folder, { namespace, values });
    const documents = parseAllDocuments(text);
    for (const { errors } of documents) expect(errors).toEqual([]);
    return byName(documents.map((document) => document.toJS()).filter((object) => object !== null));
  }

  /** What Helm says of values that are refused. */
  async refusal(
    values: object,
    { release = 'registry', namespace = NAMESPACE }: Release = {},
  ): Promise<string> {
    const { code, stderr } = await this.helm.run(['template', release, this.folder], { namespace, values });
    expect(code).toBe(1);
    return stderr;
  }

  /** What the chart itself finds wrong with values that its schema accepts. */
  async problems(
    values: object,
    { release = 'registry', namespace = NAMESPACE }: Release = {},
  ): Promise<string[]> {
    const { code, stderr } = await this.helm.run(['template', release, this.folder], { namespace, values });
    if (code === 0) return [];
    const [, text] = /these values can't be used:\n {2}(.*?)\n(?! {2})/s.exec(stderr) ?? [];
    return text?.split('\n  ') ?? [stderr];
  }

  /** One of the chart's files, read. */
  file(name: string): any {
    return parse(readFileSync(join(this.folder, name), 'utf8'));
  }
}

const PROGRAMS: Readonly<Record<HelmProgram, string>> = { helm3: 'Helm 3', helm4: 'Helm 4' };

/** `describe` for tests that render the chart by a Helm. */
export function describeChart(program: HelmProgram, title: string, body: (chart: () => Chart) => void): void {
  describeWith(`${title} (${PROGRAMS[program]})`, ['bwrap', program], () => {
    let machine: Machine | undefined;
    let chart: Chart | undefined;
    beforeAll(async () => {
      machine = await Machine.start();
      chart = new Chart(registryChart(), new Helm(program, { machine, environment: ENVIRONMENT }));
    });
    afterAll(() => machine?.stop());
    body(() => {
      if (!chart) throw new Error('the chart is not made yet');
      return chart;
    });
  });
}
