// The registry's metrics for Prometheus: a separate Service, a NetworkPolicy that admits the scrapers, and an
// optional ServiceMonitor.
import { ApiObject, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { ServiceMonitor } from '../../imports/monitoring.coreos.com';
import { required } from '../core/check';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkPeers } from '../network/policy-checks';
import { policyManifest } from '../network/policy-manifest';
import { METRICS } from '../server/configuration';
import { RegistryDeployment } from '../server/deployment';

/** Settings of the ServiceMonitor for the Prometheus operator. */
export interface ServiceMonitorOptions {
  /**
   * Labels of the ServiceMonitor, for operators that select by label: `{ release: 'kube-prometheus-stack' }`
   * for that chart under its own name.
   *
   * @default - those of all objects
   */
  readonly labels?: { [key: string]: string };

  /**
   * Scrape interval, in whole seconds.
   *
   * @default - Prometheus' global setting
   */
  readonly interval?: Duration;

  /**
   * Scrape timeout, in whole seconds and not longer than `interval`.
   *
   * @default - Prometheus' global setting
   */
  readonly scrapeTimeout?: Duration;
}

/** Which clients scrape the registry's metrics, and how they discover them. */
export interface RegistryMetricsOptions {
  /**
   * Clients that may reach the metrics port. Unauthenticated, serves profiles and other internals of the
   * registry too: list only the scrapers. The list must have an entry.
   *
   * @default - pods with the label `app.kubernetes.io/name: prometheus`, in any namespace; the Prometheus
   * operator and Prometheus' Helm chart give it to theirs
   */
  readonly allowFrom?: k8s.NetworkPolicyPeer[];

  /**
   * A ServiceMonitor for the Prometheus operator; `{}` creates one with all defaults. The operator's CRDs
   * must be in the cluster.
   *
   * @default - no ServiceMonitor
   */
  readonly serviceMonitor?: ServiceMonitorOptions;

  /**
   * Continue where `networkPolicy: { enabled: false }` leaves the metrics port open to every pod of the
   * cluster.
   *
   * @default false
   */
  readonly insecureWithoutNetworkPolicy?: boolean;
}

/** Props of `RegistryMetrics`. */
export interface RegistryMetricsProps extends RegistryPartProps, RegistryMetricsOptions {
  /** The pods, which must have been created with `metrics: true`. */
  readonly deployment: RegistryDeployment;
}

/**
 * Exposes the registry's metrics to scrapers. They are never served on the registry's own port.
 *
 * @example
 * const deployment = new RegistryDeployment(chart, 'deployment', {
 *   auth: new RegistryAuth(chart, 'auth'),
 *   storage: new RegistryStorage(chart, 'storage'),
 *   metrics: true,
 * });
 * new RegistryMetrics(chart, 'metrics', {
 *   deployment,
 *   serviceMonitor: { labels: { release: 'kube-prometheus-stack' }, interval: Duration.seconds(30) },
 * });
 */
export class RegistryMetrics extends RegistryPart {
  /** The Service, inside the cluster only. */
  public readonly service: ApiObject;
  /** Name of the Service. */
  public readonly serviceName: string;
  /** The Service's port. */
  public readonly port: number = METRICS.port;
  /** The path of the metrics on that port. */
  public readonly path: string = METRICS.path;
  /** The NetworkPolicy, unless the registry has none. */
  public readonly networkPolicy?: ApiObject;
  /** The ServiceMonitor, if there is one. */
  public readonly serviceMonitor?: ApiObject;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry's pods, and the clients that scrape them
   */
  constructor(scope: Construct, id: string, props: RegistryMetricsProps) {
    super(scope, id, props);
    const deployment = required('deployment', props.deployment, RegistryDeployment);
    if (!deployment.metrics) this._check.report('deployment-without-metrics', 'deployment');
    this.serviceName = `${this.registryName}-metrics`;
    this.service = this.writeService();
    const open = this._check.boolean(
      'insecureWithoutNetworkPolicy',
      props.insecureWithoutNetworkPolicy,
      false,
    );
    const peers =
      props.allowFrom === undefined
        ? [PROMETHEUS]
        : checkPeers(this._check, 'allowFrom', props.allowFrom, 'monitoring');
    if (deployment.networkPolicy) this.networkPolicy = this.writePolicy(peers);
    else if (!open) this._check.ofRegistry.report('metrics-open-to-everybody', this.policyProperty());
    else if (props.allowFrom !== undefined)
      this._check.report('allow-from-without-policy', 'allowFrom', { value: props.allowFrom });
    if (props.serviceMonitor !== undefined) this.serviceMonitor = this.writeMonitor(props.serviceMonitor);
  }

  /** The property of the pods' NetworkPolicy: beside the metrics, which may be those of a cache. */
  private policyProperty(): string {
    return this._check.place.replace(/(metrics)?$/, 'networkPolicy.enabled');
  }

  private writeService(): ApiObject {
    return this._object(
      'service',
      Component.METRICS,
      { name: this.serviceName },
      k8s.KubeService.manifest({
        spec: {
          type: 'ClusterIP',
          selector: selectorLabels(this.registryName, Component.REGISTRY),
          ports: [
            {
              name: METRICS.name,
              port: METRICS.port,
              targetPort: k8s.IntOrString.fromString(METRICS.name),
              protocol: 'TCP',
            },
          ],
        },
      }),
    );
  }

  /**
   * In addition to the pods' own NetworkPolicy, which opens the registry port. By itself it would close that
   * port.
   */
  private writePolicy(peers: k8s.NetworkPolicyPeer[]): ApiObject {
    return this._object(
      'policy',
      Component.METRICS,
      { name: this.serviceName },
      policyManifest({
        pods: selectorLabels(this.registryName, Component.REGISTRY),
        from: { portName: METRICS.name, peers },
        onlyIngress: true,
      }),
    );
  }

  private writeMonitor(given: ServiceMonitorOptions): ApiObject {
    const at = 'serviceMonitor';
    const options = this._check.options<ServiceMonitorOptions>(at, given);
    const interval = this.checkSeconds(`${at}.interval`, options.interval, 'Duration.seconds(30)');
    const scrapeTimeout = this.checkSeconds(
      `${at}.scrapeTimeout`,
      options.scrapeTimeout,
      'Duration.seconds(10)',
    );
    if (interval !== undefined && scrapeTimeout !== undefined && scrapeTimeout > interval) {
      this._check.report('timeout-above-interval', `${at}.scrapeTimeout`, {
        value: `${scrapeTimeout} s`,
        interval,
      });
    }
    return this._object(
      'monitor',
      Component.METRICS,
      { name: this.serviceName, labels: this._userLabels(`${at}.labels`, options.labels) },
      ServiceMonitor.manifest({
        spec: {
          selector: { matchLabels: selectorLabels(this.registryName, Component.METRICS) },
          endpoints: [
            {
              port: METRICS.name,
              path: METRICS.path,
              interval: interval === undefined ? undefined : `${interval}s`,
              scrapeTimeout: scrapeTimeout === undefined ? undefined : `${scrapeTimeout}s`,
            },
          ],
        },
      }),
    );
  }

  private checkSeconds(property: string, given: Duration | undefined, example: string): number | undefined {
    const seconds = this._check
      .instance(property, given, Duration, undefined, example)
      ?.toSeconds({ integral: false });
    if (seconds === undefined || (Number.isInteger(seconds) && seconds >= 1)) return seconds;
    this._check.report('duration-not-in-seconds', property, { value: `${seconds} s`, example });
    return undefined;
  }
}

/** Selected by label and not by namespace, since the namespace's name is arbitrary. */
const PROMETHEUS: k8s.NetworkPolicyPeer = {
  namespaceSelector: {},
  podSelector: { matchLabels: { 'app.kubernetes.io/name': 'prometheus' } },
};
