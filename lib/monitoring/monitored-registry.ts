// What alerts and dashboards have to know of a registry, and what they refuse without it.
import type { Check } from '../core/check';
import type { Registry } from '../registry';
import { AlertExporter } from './alert-names';
import type { Monitored } from './monitored';

/** How to find series that the registry alone doesn't tell. */
export interface MonitoredOptions {
  readonly job?: string;
  readonly certificate?: string;
  readonly probe?: string;
}

/** The registry, validated. */
export function monitoredOf(check: Check, registry: Registry, options: MonitoredOptions): Monitored {
  const { registryName: name, namespace, metrics, deployment, storage, tls, ui, caches } = registry;
  if (metrics === undefined) check.report('monitoring-without-metrics', 'registry');
  else if (metrics.serviceMonitor === undefined && options.job === undefined)
    check.report('monitoring-without-job', 'job');
  if (namespace === undefined) check.report('monitoring-without-namespace', 'registry');
  const byCertManager = tls.certificate !== undefined || tls._kind === 'annotation';
  return {
    name,
    namespace: namespace ?? 'invalid',
    job: checkLabel(check, 'job', options.job, metrics?.serviceName ?? '', 'registry-metrics'),
    version: deployment.version,
    others: [...(ui ? [ui.deployment.name] : []), ...caches.map(({ objectName }) => objectName)],
    claim: storage.claimName,
    descriptorCache: storage._descriptorCache !== undefined,
    certificate: options.certificate ?? (byCertManager ? tls.secretName : undefined),
    probe: options.probe,
    caches: caches.flatMap(({ objectName, metrics: own }) =>
      own === undefined ? [] : { name: objectName, job: own.serviceName },
    ),
  };
}

/** A value of a label of series. */
export function checkLabel<T extends string | undefined>(
  check: Check,
  property: string,
  given: unknown,
  fallback: T,
  example: string,
): string | T {
  if (given === undefined) return fallback;
  return check.string(property, given, example, (text) => /^[!#-[\]-z|~]+$/.test(text), 'not-a-job-label', {
    example,
  });
}

/** What Prometheus scrapes: by default what kube-prometheus-stack does, and cert-manager where it is needed. */
export function checkExporters(check: Check, given: unknown, of: Monitored): AlertExporter[] {
  const { KUBE_STATE_METRICS, KUBELET, CERT_MANAGER } = AlertExporter;
  const known = of.certificate !== undefined;
  if (given === undefined) return [KUBE_STATE_METRICS, KUBELET, ...(known ? [CERT_MANAGER] : [])];
  const exporters = checkEnums(check, 'exporters', given, Object.values(AlertExporter));
  if (exporters.includes(CERT_MANAGER) && !known) check.report('alert-certificate-unknown', 'exporters');
  return exporters;
}

/** A list of values of an enum. */
export function checkEnums<T extends string>(
  check: Check,
  property: string,
  given: unknown,
  choices: readonly T[],
): T[] {
  return check
    .list<T>(property, given)
    .flatMap(
      (one, index) =>
        check.enum<T, undefined>(`${property}[${index}]`, one ?? (null as never), undefined, choices) ?? [],
    );
}
