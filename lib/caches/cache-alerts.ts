// Alerts about a cache whose upstream fails: what the registry answers then reads as if images did not exist.
import { PrometheusRule } from '../../imports/monitoring.coreos.com';

/** Alerts about a cache, for the Prometheus operator. */
export interface RegistryCacheAlertsOptions {
  /**
   * Labels of the PrometheusRule, for operators that select by label: `{ release: 'kube-prometheus-stack' }` for that
   * chart under its own name.
   *
   * @default - those of all objects
   */
  readonly labels?: { [key: string]: string };
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
export function cacheAlerts({ name, namespace, upstreamUrl, job }: AlertedCache) {
  const where = [`job="${job}"`, ...(namespace === undefined ? [] : [`namespace="${namespace}"`])];
  const increase = (metric: string, labels: readonly string[], time: string) =>
    `sum(increase(${metric}{${[...where, ...labels].join(', ')}}[${time}]))`;
  const requests = 'registry_http_requests_total';
  const log = `Its log has the reason: kubectl ${namespace === undefined ? '' : `-n ${namespace} `}logs deployment/${name}`;
  const labels = { severity: 'warning' };
  const causes = `${upstreamUrl} is away, limits pulls, refuses the login, or shows a certificate that isn't trusted`;
  return PrometheusRule.manifest({
    spec: {
      groups: [
        {
          name,
          rules: [
            {
              alert: 'RegistryCacheFindsNothing',
              // Of tags it says that they are unknown, and of digests of manifests that it failed: in both cases also where
              // they don't exist. So that nothing was fetched has to be true, too.
              expr: [
                `${increase(requests, ['handler="manifest"', 'code=~"404|5.."'], '15m')} > ${FEW}`,
                `and ${increase('registry_proxy_pulled_bytes_total', [], '15m')} == 0`,
              ].join('\n'),
              for: '15m',
              labels,
              annotations: {
                summary: `The cache ${name} does not find images, and has fetched nothing for half an hour.`,
                description: `${causes}: then it answers "unknown tag" for images that exist. Or clients ask for none that exist. ${log}`,
              },
            },
            {
              alert: 'RegistryCacheFails',
              // A layer that does not exist is a 404.
              expr: `${increase(requests, ['handler="blob"', 'code=~"5.."'], '10m')} > 0`,
              for: '5m',
              labels,
              annotations: {
                summary: `The cache ${name} can't fetch layers of images that it knows.`,
                description: `${causes}. Or its own storage fails. ${log}`,
              },
            },
          ],
        },
      ],
    },
  });
}

/** A node that tries to pull an image that doesn't exist asks twice in ten minutes. */
const FEW = 5;
