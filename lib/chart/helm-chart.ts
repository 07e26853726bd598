// The registry's own Helm chart, as a folder of one's own.
import { writeChart } from '../chart-engine/chart-folder';
import { isRegistryChart, registryChartFiles } from './files';

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
   * Writes the chart's folder, as `helm install` and `helm package` take it: all files, or, if that fails,
   * none. Files that are not of this chart stay.
   *
   * @param folder the folder, e.g. `chart/registry`
   * @throws an Error that names files of others in the places of the chart's, or why they can't be written
   */
  public write(folder: string): void {
    writeChart(folder, this.toFiles(), isRegistryChart(folder));
  }
}
