// The registry's own Helm chart.

import { Chart } from 'cdk8s';
import { type Problem } from '../core/problem';
import type { ChartTexts } from './chart-files';
import { HelmChart } from './helm-chart';
import { HelmValues } from './helm-values';
import type { Lessons } from './lessons';

/** Props of `RegistryHelmChart`. */
export interface RegistryHelmChartProps {
  /**
   * Version of the chart.
   *
   * @default - that of this library
   */
  readonly version?: string;
}

/**
 * The Helm chart of a private container registry: every setting of `Registry` that people set, as values.
 *
 * @example
 * new RegistryHelmChart({ version: '1.4.0' }).write('chart/registry');
 */
export class RegistryHelmChart extends HelmChart {
  /** @param props what to change about it */
  constructor(props: RegistryHelmChartProps = {}) {
    const { chartMetadata } = require('./registry-chart-texts') as typeof import('./registry-chart-texts');
    super({ ...chartMetadata(), ...(props.version !== undefined && { version: props.version }) });
  }

  /**
   * Makes the registry.
   *
   * @param chart what it is added to
   * @param values the settings
   */
  protected compose(chart: Chart, values: HelmValues): void {
    const { registryFromValues } =
      require('./registry-chart-values') as typeof import('./registry-chart-values');
    const { testFromValues } = require('./chart-test') as typeof import('./chart-test');
    testFromValues(registryFromValues(chart, values), values);
  }

  /** @internal */
  protected _say(problem: Problem, values: HelmValues): string {
    const { messageInValues } =
      require('./registry-chart-messages') as typeof import('./registry-chart-messages');
    return messageInValues(problem, values);
  }

  /** @internal */
  protected _lessons(): Lessons {
    return (require('./registry-chart-lessons') as typeof import('./registry-chart-lessons')).LESSONS;
  }

  /** @internal */
  protected _texts(): ChartTexts {
    const { chartTexts } = require('./registry-chart-texts') as typeof import('./registry-chart-texts');
    return chartTexts();
  }
}
