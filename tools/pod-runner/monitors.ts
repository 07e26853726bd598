// What the Prometheus operator makes of a ServiceMonitor: which Services' ports are read, and at which path.

import { defaulted, list, map, noEffect, object, only, optional, string } from './decode';
import type { PodRunner } from './pod-runner';

export const serviceMonitor = object({
  apiVersion: only('monitoring.coreos.com/v1'),
  kind: only('ServiceMonitor'),
  metadata: object({ name: string, namespace: optional(string), labels: map(string), annotations: noEffect }),
  spec: object({
    selector: object({ matchLabels: map(string) }),
    endpoints: list(
      object({
        port: string,
        path: defaulted(string, '/metrics'),
        interval: noEffect, // tests read when they like
        scrapeTimeout: noEffect,
      }),
    ),
  }),
});

/** The addresses that are read for all ServiceMonitors, without the login that they don't mention. */
export function monitoredUrls({ objects, services }: Pick<PodRunner, 'objects' | 'services'>): string[] {
  return objects
    .all('ServiceMonitor')
    .flatMap(({ metadata: { namespace = 'default' }, spec: { selector, endpoints } }) =>
      objects
        .all('Service')
        .filter(
          ({ metadata }) =>
            (metadata.namespace ?? 'default') === namespace &&
            Object.entries(selector.matchLabels).every(([key, value]) => metadata.labels[key] === value),
        )
        .flatMap(({ metadata: { name } }) =>
          endpoints.map(({ port, path }) => {
            const { ip, port: number } = services.address(namespace, name, { name: port });
            return `http://${ip}:${number}${path}`;
          }),
        ),
    );
}
