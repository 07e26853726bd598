// A registry whose metrics are read, with everything that can be said of that.
import { Duration } from 'cdk8s';
import type { RegistryProps } from '../../lib';

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
