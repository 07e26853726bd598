// Metrics: on the same port of the pods, but with a separate Service, and closed to all clients but
// Prometheus.

import { MAPS } from '../chart/values/formats';
import { METRICS } from '../server/configuration';
import { OldConfiguration } from './configuration';
import { isEmpty, OldKeys, used } from './old-keys';
import { textsOf } from './pods';
import { oldName, Translation } from './translation';

export const METRICS_KEYS: OldKeys = {
  'metrics.enabled': used('boolean'),
  'metrics.port': used('number'),
  'metrics.serviceMonitor.enabled': used('boolean'),
  'metrics.serviceMonitor.labels': used('map'),
  'metrics.prometheusRule.enabled': used('boolean'),
  'metrics.prometheusRule.labels': used('map'),
  'metrics.prometheusRule.rules': used('any'),
};

/** The scrape interval of the old charts' ServiceMonitor. */
const INTERVAL = '15s';
const ADDRESSES = ['', '0.0.0.0', '[::]'].map((host) => `${host}:${METRICS.port}`);

export function translateMetrics(translation: Translation, configuration: OldConfiguration): void {
  const { old } = translation;
  const served = configuration.get('http.debug.prometheus.enabled') === true;
  const address = configuration.get('http.debug.addr');
  const moved = address !== undefined && !ADDRESSES.includes(String(address));
  if (!served && !old.boolean('metrics.enabled')) {
    if (moved)
      translation.lost(
        configuration.nameOf('http.debug.addr'),
        'the debug server is there with metrics only: metrics.enabled',
      );
    return;
  }
  translation.set('metrics.enabled', true);
  if (moved)
    translation.lost(
      configuration.nameOf('http.debug.addr'),
      `${address}: the pods serve metrics at port ${METRICS.port}`,
    );
  const path = configuration.get('http.debug.prometheus.path');
  if (path !== undefined && path !== METRICS.path) {
    translation.lost(
      configuration.nameOf('http.debug.prometheus.path'),
      `${path}: metrics are at ${METRICS.path}`,
    );
  }
  translation.different(
    'metrics.allowFrom',
    'not given: anyone in the cluster could read metrics; now only pods with the label app.kubernetes.io/name: prometheus can. List other peers there',
  );
  if (old.boolean('metrics.enabled')) translateService(translation);
}

/** How Prometheus discovered them. */
function translateService(translation: Translation): void {
  const { old } = translation;
  const name = `${oldName(translation) ?? '<name>'}-metrics`;
  const port = old.number('metrics.port');
  if (port !== undefined && port !== METRICS.port) {
    translation.lost(
      'metrics.port',
      `${port}: metrics are at port ${METRICS.port}, of the pods as of the Service ${name}`,
    );
  }
  translation.different(
    'metrics.enabled',
    `metrics have a Service of their own, ${name}: in queries and alerts, the labels \`job\` and \`service\` have this value now`,
  );
  if (old.boolean('metrics.serviceMonitor.enabled')) {
    const at = 'metrics.serviceMonitor.labels';
    translation.set('metrics.serviceMonitor.enabled', true);
    translation.set('metrics.serviceMonitor.interval', INTERVAL);
    const labels = textsOf(translation, at, at, MAPS.labels);
    translation.set(at, labels);
    if (labels?.release === undefined) {
      translation.different(
        at,
        "the old ServiceMonitor had the labels `app` and `release`, too. If your operator's Prometheus chose it by them, write them here",
      );
    }
  }
  if (!old.boolean('metrics.prometheusRule.enabled')) return;
  for (const [key, value] of Object.entries(old.map('metrics.prometheusRule'))) {
    if (!isEmpty(value)) translation.lost(`metrics.prometheusRule.${key}`, NO_RULES);
  }
}

const NO_RULES =
  'there is no PrometheusRule in this chart: write one of your own with these rules, in which the label `job` is new';
