// The registry's own Helm chart, as a folder of one's own.
import { parse } from 'yaml';
import { writeChartOver } from '../chart-engine/chart-folder';
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

  /**
   * Writes the chart. The files of an earlier version of this chart are replaced.
   *
   * @param folder the chart's own folder
   * @throws if the folder holds files of another chart, or templates that this version does not have; nothing
   * is written then
   */
  public write(folder: string): void {
    const home = `home: ${parse(this.toFiles()['Chart.yaml'] as string).home}`;
    writeChartOver(folder, this.toFiles(), (chart) => chart.split('\n').includes(home));
  }
}
