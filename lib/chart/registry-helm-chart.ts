// The registry's own Helm chart, as a folder of one's own.
import { registryChartFiles } from './registry-chart';

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
 * The Helm chart of a private container registry: every setting of `Registry` that people set, as values. It
 * is the chart in this package's folder `chart/registry`, with the version of your choice.
 *
 * @example
 * new RegistryHelmChart({ version: '1.4.0' }).write('chart/registry');
 */
export class RegistryHelmChart {
  /** @param props what to change about it */
  constructor(private readonly props: RegistryHelmChartProps = {}) {}

  /**
   * The chart's files.
   *
   * @returns contents by their paths in the chart's folder
   */
  public toFiles(): { [file: string]: string } {
    return registryChartFiles(this.props.version);
  }
}
