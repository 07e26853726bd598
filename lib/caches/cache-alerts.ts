// Alerts about a cache whose upstream fails: what the registry answers then reads as if images did not exist. What each
// means, and what to do, is in docs/operations/runbooks.md, as of the alerts about a registry.

import type { ApiObject } from 'cdk8s';
import type { Construct } from 'constructs';
import { PrometheusRule } from '../../imports/monitoring.coreos.com';
import { kubectlIn } from '../core/kubectl';
import { Component } from '../core/labels';
import { RegistryPart, type RegistryPartProps } from '../core/registry-part';
import { type Alert, type AlertAdditions, alertRule } from '../monitoring/alert';
import { checkAdditions } from '../monitoring/alert-additions';
import type { RegistryMetrics } from '../monitoring/metrics';
import { metricsMissing } from '../monitoring/missing-metrics';
import { type Labels, like, series } from '../monitoring/promql';
import { REGISTRY } from '../monitoring/server-rules';

/** Alerts about a cache, for the Prometheus operator. */
export interface RegistryCacheAlertsOptions {
  /**
   * Labels of the PrometheusRule, for operators that select by label: `{ release: 'kube-prometheus-stack' }` for that
   * chart under its own name.
   *
   * @default - those of all objects
   */
  readonly labels?: { [key: string]: string };

  /**
   * Labels of each alert, besides `severity`, `registry`, `namespace` and `exporter`, for Alertmanager's routes: `{ team: 'platform' }`.
   *
   * @default - none
   */
  readonly alertLabels?: { [key: string]: string };

  /**
   * URL of the page that `runbook_url` of each alert leads to, by a fragment that is the alert's name in lower case. For a
   * copy of docs/operations/runbooks.md.
   *
   * @default - that page in this library's repository
   */
  readonly runbooksUrl?: string;
}

/** Props of {@link CacheAlerts}. */
export interface CacheAlertsProps extends RegistryPartProps {
  readonly options: RegistryCacheAlertsOptions;
  readonly upstreamUrl: string;
  /** Name of the registry that the cache is a part of. */
  readonly registry: string;
  readonly metrics?: RegistryMetrics;
}

/** The PrometheusRule, beside the metrics of the cache. */
export class CacheAlerts extends RegistryPart {
  public readonly rule: ApiObject;

  constructor(
    scope: Construct,
    id: string,
    { options, upstreamUrl, registry, metrics, ...props }: CacheAlertsProps,
  ) {
    super(scope, id, props);
    const { registryName: name, namespace } = this;
    if (metrics?.serviceMonitor === undefined) this._check.report('cache-alerts-without-monitor', 'props');
    this.rule = this._object(
      'rule',
      Component.METRICS,
      { name, labels: this._userLabels('labels', options.labels) },
      cacheAlerts(
        { name, namespace, upstreamUrl, job: metrics?.serviceName ?? '' },
        checkAdditions(this._check, options, { registry, namespace }),
      ),
    );
  }
}

/** What the alerts are about. */
export interface AlertedCache {
  readonly name: string;
  readonly namespace?: string;
  readonly upstreamUrl: string;
  /** Its job, as a ServiceMonitor names it. */
  readonly job: string;
}

/** The object, without metadata. */
function cacheAlerts(cache: AlertedCache, additions: AlertAdditions) {
  const rules = alertsOf(cache).map((alert) => alertRule(alert, additions));
  return PrometheusRule.manifest({ spec: { groups: [{ name: cache.name, rules }] } });
}

/** The alerts. */
export function alertsOf(cache: AlertedCache): Alert[] {
  const alerts = [findsNothing(cache), fails(cache)];
  const missing = metricsMissing(`cache ${cache.name}`, REGISTRY, `${of(cache, 'up')} == 1`, alerts);
  return [...alerts, missing];
}

function findsNothing(cache: AlertedCache): Alert {
  const missed = { handler: 'manifest', code: like('404|5..') };
  return {
    name: 'RegistryCacheFindsNothing',
    severity: 'warning',
    exporter: REGISTRY,
    // Of tags it says that they are unknown, and of digests of manifests that it failed: in both cases also where
    // they don't exist. So that nothing was fetched has to be true, too.
    expr: [
      `${increase(cache, REQUESTS, '15m', missed)} > ${FEW}`,
      `and ${increase(cache, 'registry_proxy_pulled_bytes_total', '15m')} == 0`,
    ].join('\n'),
    for: '15m',
    summary: `The cache ${cache.name} does not find images, and has fetched nothing for half an hour.`,
    description: `${causes(cache)}: then it answers "unknown tag" for images that exist. Or clients ask for none that exist. ${log(cache)}`,
  };
}

function fails(cache: AlertedCache): Alert {
  return {
    name: 'RegistryCacheFails',
    severity: 'warning',
    exporter: REGISTRY,
    // A layer that does not exist is a 404.
    expr: `${increase(cache, REQUESTS, '10m', { handler: 'blob', code: like('5..') })} > 0`,
    for: '5m',
    summary: `The cache ${cache.name} can't fetch layers of images that it knows.`,
    description: `${causes(cache)}. Or its own storage fails. ${log(cache)}`,
  };
}

function of({ job, namespace }: AlertedCache, metric: string, labels: Labels = {}): string {
  return series(metric, { job, ...(namespace !== undefined && { namespace }), ...labels });
}

function increase(cache: AlertedCache, metric: string, time: string, labels: Labels = {}): string {
  return `sum by (namespace, job) (increase(${of(cache, metric, labels)}[${time}]))`;
}

function causes({ upstreamUrl }: AlertedCache): string {
  return `${upstreamUrl} is away, limits pulls, refuses the login, or shows a certificate that isn't trusted`;
}

function log({ name, namespace }: AlertedCache): string {
  const kubectl = kubectlIn(namespace);
  return `Its log has the reason: ${kubectl} logs deployment/${name}`;
}

const REQUESTS = 'registry_http_requests_total';
/** A node that tries to pull an image that doesn't exist asks twice in ten minutes. */
const FEW = 5;
