// Alerts about what the registry itself counts. By pod: one that fails among others that don't would hardly change a
// ratio over all of them.
import type { Alert } from './alert';
import { RegistryAlert } from './alert-names';
import type { Thresholds } from './alert-thresholds';
import { BY_POD, type Monitored, own } from './monitored';
import { type Labels, like } from './promql';

/** The alerts. */
export function registryRules(of: Monitored, limits: Thresholds): Alert[] {
  return [errors(of, limits), manifestsSlow(of, limits), storageSlow(of, limits)];
}

const REQUESTS = 'registry_http_requests_total';
const WHICH = 'pod {{ $labels.pod }}';

function errors(of: Monitored, { errorRatio }: Thresholds): Alert {
  const failures = { code: like('5..') };
  return {
    name: RegistryAlert.ERRORS,
    severity: 'critical',
    exporter: REGISTRY,
    expr: [
      `sum by (${BY_POD}) (rate(${own(of, REQUESTS, failures)}[10m]))`,
      `/ sum by (${BY_POD}) (rate(${own(of, REQUESTS)}[10m]))`,
      `> ${errorRatio}`,
      `and sum by (${BY_POD}) (increase(${own(of, REQUESTS, failures)}[10m])) > ${FEW}`,
    ].join('\n'),
    for: '5m',
    summary: `Requests to registry ${of.name} fail.`,
    description: `${WHICH} answers {{ $value | humanizePercentage }} of all requests with a server error: its storage fails, or its own configuration. Its log has the reason.`,
  };
}

function manifestsSlow(of: Monitored, { manifestSeconds }: Thresholds): Alert {
  const pulls = { handler: 'manifest', method: 'get' };
  return {
    name: RegistryAlert.MANIFESTS_SLOW,
    severity: 'warning',
    exporter: REGISTRY,
    expr: slow(of, 'registry_http_request_duration_seconds', pulls, BY_POD, manifestSeconds),
    for: '10m',
    summary: `Registry ${of.name} answers slowly.`,
    description: `1 % of the requests for manifests to ${WHICH} take longer than {{ $value | humanizeDuration }}: passwords that are slow to check, too little CPU, or a slow storage.`,
  };
}

/** Actions that take one step, however much is stored. Listing, moving and deleting may take long. */
const SHORT_ACTIONS = { action: like('GetContent|PutContent|Reader|Stat|Writer') };

function storageSlow(of: Monitored, { storageSeconds }: Thresholds): Alert {
  const by = `${BY_POD}, driver, action`;
  return {
    name: RegistryAlert.STORAGE_SLOW,
    severity: 'warning',
    exporter: REGISTRY,
    expr: slow(of, 'registry_storage_action_seconds', SHORT_ACTIONS, by, storageSeconds),
    for: '10m',
    summary: `The storage of registry ${of.name} answers slowly.`,
    description: `1 % of {{ $labels.action }} of the storage {{ $labels.driver }} take longer than {{ $value | humanizeDuration }}, as ${WHICH} sees it. A pull takes several of them.`,
  };
}

function slow(of: Monitored, histogram: string, labels: Labels, by: string, seconds: string): string {
  return [
    `histogram_quantile(0.99, sum by (${by}, le) (rate(${own(of, `${histogram}_bucket`, labels)}[10m]))) > ${seconds}`,
    `and sum by (${by}) (increase(${own(of, `${histogram}_count`, labels)}[10m])) > ${MANY}`,
  ].join('\n');
}

/** What serves the registry's own metrics. */
export const REGISTRY = 'registry';
/** A node that pulls an image whose manifest is broken asks for it twice in ten minutes. */
const FEW = 5;
/** Of fewer, 1 % is nothing. */
const MANY = 20;
