// Registries whose metrics are read.
import { Duration } from 'cdk8s';
import { type RegistryProps, TlsTermination } from '../../lib';
import type { Kind } from './kind';

/** Everything that can be said of metrics. */
export const MONITORED: RegistryProps = {
  metrics: {
    allowFrom: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'monitoring' } } }],
    serviceMonitor: {
      labels: { release: 'kube-prometheus-stack' },
      interval: Duration.seconds(30),
      scrapeTimeout: Duration.seconds(10),
    },
  },
};

export const METRICS: Readonly<Record<string, Kind>> = {
  'metrics with everything': { props: () => MONITORED },
  'metrics, with TLS in the pod, behind an ingress': {
    props: () => ({ ...MONITORED, ingress: {}, ui: {}, tls: { termination: TlsTermination.POD } }),
  },
  'metrics of registry 2.8': { props: () => ({ ...MONITORED, image: 'registry:2.8.3' }) },
};
