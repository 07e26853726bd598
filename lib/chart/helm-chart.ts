// A Helm chart that nobody wrote templates for: learned from the code that makes the manifests.

import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { makeForChart } from '../core/chart-mode';
import { messageOf, type Problem } from '../core/problem';
import type { ChartMade, ChartTexts } from './chart-files';
import { ChartStore } from './chart-store';
import { HelmValues } from './helm-values';
import type { Lessons } from './lessons';

/** What Chart.yaml says. */
export interface HelmChartProps {
  /**
   * Name of the chart: lower-case letters, digits and `-`. Names of objects begin with it or with the
   * release's name.
   */
  readonly name: string;

  /** Version of the chart, e.g. `1.0.0`. */
  readonly version: string;

  /**
   * Version of the program that the chart installs.
   *
   * @default - that of the chart
   */
  readonly appVersion?: string;

  /** What the chart installs, in a sentence. */
  readonly description: string;

  /**
   * Which versions of Kubernetes it is for.
   *
   * @default ">=1.27.0-0"
   */
  readonly kubeVersion?: string;

  /**
   * More of Chart.yaml: `home`, `icon`, `keywords`, `maintainers`, `annotations`, …
   *
   * @default - none
   */
  readonly metadata?: { [key: string]: any };
}

/**
 * A Helm chart of the manifests that `compose` makes from values. The code is run with many samples; from the
 * manifests the chart learns where each value goes, which parts are there for which values, and what is
 * refused. So the chart and the plain manifests can't differ.
 *
 * @example
 * class TeamChart extends HelmChart {
 *   constructor() {
 *     super({ name: 'team', version: '1.0.0', description: 'Settings of the team.' });
 *   }
 *
 *   protected compose(chart: Chart, values: HelmValues): void {
 *     const motto = values.text('motto', { description: 'What the team says.', defaultValue: 'Ship it' });
 *     new ConfigMap(chart, 'config', { metadata: { name: values.name }, data: { motto: `${motto}` } });
 *   }
 * }
 *
 * new TeamChart().write('chart/team');
 */
export abstract class HelmChart {
  private chartMade?: ChartMade;

  /** @param chartProps what Chart.yaml says */
  protected constructor(private readonly chartProps: HelmChartProps) {}

  /**
   * Makes the manifests. It is run many times, with samples in the place of values, and may do nothing else.
   *
   * @param chart what the constructs are added to
   * @param values the settings; each one asked for becomes a key of values.yaml
   */
  protected abstract compose(chart: Chart, values: HelmValues): void;

  /**
   * The chart's files.
   *
   * @returns texts by their paths in the chart's folder
   * @throws where the manifests depend on a value in a way that no template can follow
   */
  public toFiles(): { [file: string]: string } {
    return { ...this._made().files };
  }

  /** The files, and what the next time is quicker with. @internal */
  public _made(): ChartMade {
    // Loaded when needed: who only synthesizes manifests does not wait for it.
    const { makeChart } = require('./chart-files') as typeof import('./chart-files');
    this.chartMade ??= makeChart(this.chartProps, this._texts(), this._lessons(), {
      compose: (values) => this.composed(values),
      say: (problem, values) => this._say(problem, values),
    });
    return this.chartMade;
  }

  /** A problem of the constructs in the words of values.yaml. @internal */
  protected _say(problem: Problem, _values: HelmValues): string {
    return messageOf(problem);
  }

  /** What earlier learning of this chart found out. @internal */
  protected _lessons(): Lessons | undefined {
    return undefined;
  }

  /** What is added to what was learned. @internal */
  protected _texts(): ChartTexts {
    const { name, description } = this.chartProps;
    return {
      groups: {},
      readme: (table) => `# ${name}\n\n${description}\n\n## Values\n\n${table}\n`,
      more: {},
    };
  }

  /**
   * Writes the chart's folder, as `helm package` takes it. What a file of an earlier chart was and is no more
   * is removed.
   *
   * @param folder the folder, e.g. `chart/registry`
   * @throws where the manifests depend on a value in a way that no template can follow; then nothing is
   * written
   */
  public write(folder: string): void {
    const files = Object.entries(this.toFiles());
    const templates = path.join(folder, 'templates');
    fs.rmSync(templates, { recursive: true, force: true });
    for (const [file, text] of files) {
      const target = path.join(folder, file);
      fs.mkdirSync(path.dirname(target), { recursive: true });
      fs.writeFileSync(target, text);
    }
  }

  private composed(values: HelmValues): App {
    const app = new App();
    makeForChart(app);
    new ChartStore().useIn(app);
    this.compose(new Chart(app, 'chart', { namespace: values.namespace }), values);
    return app;
  }
}
