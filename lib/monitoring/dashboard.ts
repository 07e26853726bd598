// A Grafana dashboard of a registry, for Grafana's sidecar or for its operator.
import { createHash } from 'node:crypto';
import { ApiObject, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { GrafanaDashboard } from '../../imports/grafana.integreatly.org';
import { addNotes } from '../app/notes/collector';
import { required } from '../core/check';
import { Component } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { Registry } from '../registry';
import { AlertExporter } from './alert-names';
import { cronJobsIn } from './cron-jobs';
import { dashboardJson } from './dashboard-json';
import { panelsOf } from './dashboard-panels';
import type { Monitored } from './monitored';
import { checkExporters, monitoredOf } from './monitored-registry';

/** A dashboard of a registry. */
export interface RegistryDashboardOptions {
  /**
   * Labels that Grafana's sidecar looks for, on a ConfigMap, as Grafana's chart and kube-prometheus-stack have it. The sidecar must
   * look into the registry's namespace: kube-prometheus-stack's does, Grafana's own with `sidecar.dashboards.searchNamespace: ALL`.
   *
   * @default { grafana_dashboard: '1' }
   */
  readonly sidecarLabels?: { [key: string]: string };

  /**
   * Labels of the Grafana objects that the Grafana operator gives the dashboard. Then there is a GrafanaDashboard, which works across
   * namespaces, and no ConfigMap.
   *
   * @default - a ConfigMap for the sidecar
   * @see https://grafana.github.io/grafana-operator/docs/dashboards/
   */
  readonly operatorLabels?: { [key: string]: string };

  /**
   * The folder in Grafana. For the sidecar it becomes the annotation `grafana_folder`, which must be set up there as
   * `folderAnnotation`.
   *
   * @default - Grafana's own
   */
  readonly folder?: string;

  /**
   * The title.
   *
   * @default - `Registry <name> (<namespace>)`
   */
  readonly title?: string;

  /**
   * The label `job` of the registry's series.
   *
   * @default - the name of the Service of the metrics, as a ServiceMonitor makes it
   */
  readonly job?: string;

  /**
   * What Prometheus scrapes besides the registry. Panels that need something else are left out.
   *
   * @default - as for `RegistryAlerts`
   */
  readonly exporters?: AlertExporter[];

  /**
   * Name of cert-manager's Certificate, in the registry's namespace.
   *
   * @default - as for `RegistryAlerts`
   */
  readonly certificateName?: string;

  /**
   * Names of CronJobs to show, besides those in this app that are parts of the registry.
   *
   * @default - none
   */
  readonly cronJobs?: string[];
}

/** Props of `RegistryDashboard`. */
export interface RegistryDashboardProps extends RegistryDashboardOptions {
  /** The registry to show, with metrics and in a namespace. */
  readonly registry: Registry;
}

/**
 * A Grafana dashboard of a registry: requests, errors, latencies, storage, caches, memory, CPU, volume, pods and CronJobs. The
 * data source is chosen in Grafana.
 *
 * @example
 * const shown = new Registry(chart, 'shown', { name: 'shown', metrics: { serviceMonitor: {} } });
 * new RegistryDashboard(chart, 'dashboard', { registry: shown, folder: 'Platform' });
 */
export class RegistryDashboard extends RegistryPart {
  /** The ConfigMap, or the GrafanaDashboard. */
  public readonly apiObject: ApiObject;
  /** The dashboard's uid, the end of its address in Grafana: `/d/<uid>`. */
  public readonly uid: string;

  private readonly of: Monitored;
  private readonly exporters: readonly AlertExporter[];
  private readonly cronJobs: readonly string[];
  private readonly title: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and how Grafana finds the dashboard
   */
  constructor(scope: Construct, id: string, props: RegistryDashboardProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { _check: check } = this;
    const certificate = check.objectName('certificateName', props.certificateName, undefined, 'registry-tls');
    this.of = monitoredOf(check, props.registry, { job: props.job, certificate });
    this.exporters = checkExporters(check, props.exporters, this.of);
    this.cronJobs = check
      .list<string>('cronJobs', props.cronJobs)
      .map((name, index) =>
        check.objectName(`cronJobs[${index}]`, name ?? null, 'invalid', 'registry-backup'),
      );
    const { name, namespace } = this.of;
    this.title = check.singleLine('title', props.title, `Registry ${name} (${namespace})`, 'Registry');
    // At most 40 characters.
    const digest = createHash('sha256').update(`${namespace}/${name}`).digest('hex');
    this.uid = `registry-${digest.slice(0, 16)}`;
    const folder =
      props.folder === undefined ? undefined : check.singleLine('folder', props.folder, '', 'Platform');
    this.apiObject =
      props.operatorLabels === undefined ? this.forSidecar(props, folder) : this.forOperator(props, folder);
    addNotes(this, () => this.notes());
  }

  private forSidecar({ sidecarLabels }: RegistryDashboardProps, folder: string | undefined): ApiObject {
    const labels = this._userLabels('sidecarLabels', sidecarLabels ?? { grafana_dashboard: '1' });
    if (Object.keys(labels).length === 0) this._check.report('dashboard-without-labels', 'sidecarLabels');
    return this._object(
      'config-map',
      Component.METRICS,
      { name: this.objectName, labels, annotations: folder === undefined ? {} : { grafana_folder: folder } },
      // The sidecar writes all into one folder, so that the file has a name of its own there.
      k8s.KubeConfigMap.manifest({ data: { [`${this.uid}.json`]: this.json() } }),
    );
  }

  private forOperator(props: RegistryDashboardProps, folder: string | undefined): ApiObject {
    const matchLabels = this._check.labels('operatorLabels', props.operatorLabels);
    if (Object.keys(matchLabels).length === 0)
      this._check.report('dashboard-without-labels', 'operatorLabels');
    if (props.sidecarLabels !== undefined) this._check.report('dashboard-for-two', 'sidecarLabels');
    return this._object(
      'dashboard',
      Component.METRICS,
      { name: this.objectName },
      GrafanaDashboard.manifest({
        spec: {
          allowCrossNamespaceImport: true,
          folder,
          instanceSelector: { matchLabels },
          json: this.json(),
        },
      }),
    );
  }

  private notes(): string {
    const title = `The dashboard of registry "${this.registryName}"`;
    return `${title}\n${'='.repeat(title.length)}\n\nOnce Grafana has it, it is at Grafana's address with /d/${this.uid} behind it.\n`;
  }

  private get objectName(): string {
    return `${this.registryName}-dashboard`;
  }

  /** CronJobs may be added to the app until it is complete. */
  private json(): string {
    return Lazy.any({
      produce: () => {
        const root = this.node.root as Construct;
        const found = cronJobsIn(root, this.registryName, this.namespace).map(({ name }) => name);
        const cronJobs = [...new Set([...found, ...this.cronJobs])];
        const { uid, title, of, exporters } = this;
        const tags = ['registry', 'cdk8s-registry'];
        return dashboardJson({ uid, title, tags }, panelsOf(of, { exporters, cronJobs }));
      },
    }) as unknown as string;
  }
}
