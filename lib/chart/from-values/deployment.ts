// The registry's pods and its configuration from values.
import { type Chart, Duration } from 'cdk8s';
import type { RegistryVersion } from '../../distribution/version';
import type {
  RegistryConfigurationOptions,
  RegistryLogFormat,
  RegistryLogLevel,
} from '../../server/configuration-options';
import type { RegistryDeploymentOptions } from '../../server/deployment-options';
import type { ChartValues } from '../values/reader';
import { existingSecret } from './objects';
import { imageFromValues, networkFromValues, podFromValues, userFromValues } from './pods';

export function deploymentFromValues(chart: Chart, values: ChartValues): RegistryDeploymentOptions {
  const secret = existingSecret(chart, values, 'httpSecret.existingSecret');
  return {
    image: imageFromValues(values, 'image'),
    version: values.enum<RegistryVersion>('image.version'),
    ...replicasFromValues(values),
    minReadySeconds: values.integer('minReadySeconds'),
    podDisruptionBudget: {
      enabled: values.boolean('podDisruptionBudget.enabled'),
      minAvailable: values.integer('podDisruptionBudget.minAvailable'),
      maxUnavailable: values.integer('podDisruptionBudget.maxUnavailable'),
    },
    userId: userFromValues(values, ''),
    networkPolicy: networkFromValues(values, ''),
    garbageCollection: { onStart: values.boolean('garbageCollection.onStart') },
    httpSecret: secret && { secret, key: values.string('httpSecret.existingSecretKey') },
    ...podFromValues(chart, values, ''),
  };
}

export function configurationFromValues(values: ChartValues): RegistryConfigurationOptions {
  return {
    logLevel: values.enum<RegistryLogLevel>('configuration.logLevel'),
    logFormat: values.enum<RegistryLogFormat>('configuration.logFormat'),
    accessLog: values.boolean('configuration.accessLog'),
    drainTimeout: Duration.seconds(values.integer('configuration.drainTimeoutSeconds') as number),
    foreignLayerUrls: values.list('configuration.foreignLayerUrls'),
    extra: values.map<any>('configuration.extra'),
  };
}

/** A fixed number, or one by load. One is the default, and stands for none beside an autoscaler. */
function replicasFromValues(
  values: ChartValues,
): Pick<RegistryDeploymentOptions, 'replicas' | 'autoscaling'> {
  const replicas = values.integer('replicaCount');
  if (!values.boolean('autoscaling.enabled')) return { replicas };
  return {
    replicas: replicas === 1 ? undefined : replicas,
    autoscaling: {
      // The construct says where it is missing.
      maxReplicas: values.integer('autoscaling.maxReplicas') as number,
      minReplicas: values.integer('autoscaling.minReplicas'),
      averageCpu: values.cpu('autoscaling.averageCpu'),
    },
  };
}
