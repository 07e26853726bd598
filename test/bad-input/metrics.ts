// What is wrong with metrics.
import { Duration } from 'cdk8s';
import { RegistryAuth, RegistryDeployment, RegistryMetrics, RegistryStorage } from '../../lib';
import type { Row } from './row';

const OPEN =
  '[chart/registry/metrics] networkPolicy.enabled: false, so every pod of the cluster could reach the metrics port, which has no login and serves profiles, too; leave networkPolicy.enabled out, or accept this with metrics: { insecureWithoutNetworkPolicy: true }';
const PEER = "{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }";

export const METRICS: readonly Row[] = [
  {
    name: 'metrics as a boolean',
    props: { metrics: true },
    says: ['[chart/registry] metrics: true is not an object; write e.g. metrics: {}'],
  },
  {
    name: 'metrics without a network policy',
    props: { networkPolicy: { enabled: false }, metrics: {} },
    says: [OPEN],
  },
  {
    name: 'readers named where no network policy is',
    props: {
      networkPolicy: { enabled: false },
      metrics: { insecureWithoutNetworkPolicy: true, allowFrom: [{ podSelector: {} }] },
    },
    says: [
      '[chart/registry/metrics] metrics.allowFrom: a list of 1 has no effect without a NetworkPolicy; leave it out',
    ],
  },
  {
    name: 'a text for insecureWithoutNetworkPolicy',
    props: { metrics: { insecureWithoutNetworkPolicy: 'yes' } },
    says: [
      '[chart/registry/metrics] metrics.insecureWithoutNetworkPolicy: "yes" is not a boolean; write true or false',
    ],
  },
  {
    name: 'no readers, which Kubernetes would take for all',
    props: { metrics: { allowFrom: [] } },
    says: [
      `[chart/registry/metrics] metrics.allowFrom: a list of 0 would allow ingress from everywhere; write e.g. [${PEER}], or leave it out`,
    ],
  },
  {
    name: 'a namespace by its name, and a reader that is nobody',
    props: { metrics: { allowFrom: ['monitoring', {}] } },
    says: [
      '[chart/registry/metrics] metrics.allowFrom[0]: "monitoring" is not an object; write metrics.allowFrom: [{...}]',
      `[chart/registry/metrics] metrics.allowFrom[1]: an object selects nothing; write e.g. ${PEER}`,
    ],
  },
  {
    name: 'readers that are no list',
    props: { metrics: { allowFrom: { podSelector: {} } } },
    says: [
      '[chart/registry/metrics] metrics.allowFrom: an object is not a list; write metrics.allowFrom: [...]',
    ],
  },
  {
    name: 'a monitor as a boolean',
    props: { metrics: { serviceMonitor: true } },
    says: [
      '[chart/registry/metrics] metrics.serviceMonitor: true is not an object; write e.g. metrics.serviceMonitor: {}',
    ],
  },
  {
    name: "a monitor's interval as text, and a time-out of half a second",
    props: { metrics: { serviceMonitor: { interval: '30s', scrapeTimeout: Duration.millis(500) } } },
    says: [
      '[chart/registry/metrics] metrics.serviceMonitor.interval: "30s" is not a Duration; write e.g. Duration.seconds(30)',
      '[chart/registry/metrics] metrics.serviceMonitor.scrapeTimeout: "0.5 s" is not a positive whole number of seconds; write e.g. Duration.seconds(10)',
    ],
  },
  {
    name: 'a time-out longer than the interval',
    props: {
      metrics: { serviceMonitor: { interval: Duration.seconds(15), scrapeTimeout: Duration.minutes(1) } },
    },
    says: [
      '[chart/registry/metrics] metrics.serviceMonitor.scrapeTimeout: "60 s" is longer than the interval of 15 s; write Duration.seconds(15) or less',
    ],
  },
  {
    name: "a monitor's label that the Service is known by",
    props: {
      metrics: { serviceMonitor: { labels: { 'app.kubernetes.io/component': 'x', release: 'my stack' } } },
    },
    says: [
      '[chart/registry/metrics] metrics.serviceMonitor.labels["release"]: "my stack" is not a label value (at most 63 letters, digits, "-", "_" or "."); shorten it or change it',
      '[chart/registry/metrics] metrics.serviceMonitor.labels["app.kubernetes.io/component"]: "x" is set by this library for selectors; choose another key',
    ],
  },
  {
    name: 'metrics of a deployment that has none',
    build: ({ chart }) => {
      const [auth, storage] = [new RegistryAuth(chart, 'auth'), new RegistryStorage(chart, 'storage')];
      new RegistryMetrics(chart, 'metrics', {
        deployment: new RegistryDeployment(chart, 'deployment', { auth, storage }),
      });
    },
    says: [
      '[chart/metrics] deployment: has no metrics; write metrics: true in the props of the RegistryDeployment',
    ],
  },
];
