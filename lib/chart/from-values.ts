// What the values of the chart mean: the registry that a values file makes. The chart's templates are proven
// equal to it.
import type { Chart } from 'cdk8s';
import { Registry } from '../registry';
import type { RegistryProps } from '../registry-props';
import { cachesFromValues } from './from-values/caches';
import { checkValues, commonAnnotations } from './from-values/checks';
import { addClients } from './from-values/clients';
import { configurationFromValues, deploymentFromValues } from './from-values/deployment';
import { addExtraObjects, keptIds, objectIds } from './from-values/extra-objects';
import { accessFromValues, frontFromValues } from './from-values/front';
import { addMaintenance } from './from-values/maintenance';
import { metricsFromValues } from './from-values/metrics';
import { addMonitoring } from './from-values/monitoring';
import { isUsableName, type Release, releaseName } from './from-values/release';
import { routesFromValues, serviceFromValues } from './from-values/routes';
import { authFromValues, secretsJobFromValues, tlsFromValues } from './from-values/security';
import { storageFromValues } from './from-values/storage';
import { uiFromValues } from './from-values/ui';
import { addVerification } from './from-values/verification';
import { JobStore } from './job-store';
import { SecretsJob } from './secrets-job';
import { ChartValues, type ValuesTree } from './values/reader';

/**
 * The registry of a values file.
 *
 * @param chart the chart that it is added to
 * @param given the values file, as JSON. The chart's schema has accepted it
 * @param release the Helm release
 */
export function registryFromValues(chart: Chart, given: ValuesTree, release: Release): Registry {
  const values = new ChartValues(given);
  checkValues(chart, values, release);
  const store = values.string('secrets.source') === 'job' ? new JobStore() : undefined;
  store?.useIn(chart);
  const registry = new Registry(chart, 'registry', propsFromValues(chart, values, release));
  addClients(chart, values, registry, release);
  addMaintenance(chart, values, registry);
  addVerification(chart, values, registry);
  addMonitoring(chart, values, registry);
  // The Job makes some of them, and has objects of its own.
  const own = [...objectIds(chart, release), ...keptIds(registry, release)];
  if (store)
    new SecretsJob(registry, { store, release: release.name, ...secretsJobFromValues(chart, values) });
  addExtraObjects(chart, values, release, [...own, ...objectIds(chart, release)]);
  return registry;
}

function propsFromValues(chart: Chart, values: ChartValues, release: Release): RegistryProps {
  const name = releaseName(values, release);
  return {
    // checkValues says what is wrong with another.
    name: isUsableName(name) ? name : undefined,
    namespace: release.namespace,
    host: values.string('host'),
    imageRegistry: values.string('global.imageRegistry'),
    pullAddress: values.string('pullAddress'),
    ...routesFromValues(values),
    auth: authFromValues(chart, values),
    access: accessFromValues(values),
    front: frontFromValues(values),
    caches: cachesFromValues(chart, values),
    tls: tlsFromValues(chart, values),
    service: serviceFromValues(values),
    storage: storageFromValues(chart, values),
    ...deploymentFromValues(chart, values),
    configuration: configurationFromValues(values),
    ui: uiFromValues(chart, values),
    metrics: metricsFromValues(values),
    labels: values.map('commonLabels'),
    annotations: commonAnnotations(values),
  };
}
