// The registry's own chart: which settings it has, as code that makes a registry of them. The templates are
// learned from what it makes.
import { Chart, Duration } from 'cdk8s';
import { RegistryVersion } from '../distribution/version';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { Registry } from '../registry';
import {
  RegistryConfigurationOptions,
  RegistryLogFormat,
  RegistryLogLevel,
} from '../server/configuration-options';
import { RegistryDeploymentOptions } from '../server/deployment';
import { DEFAULT_RESOURCES } from '../server/pod';
import { metricsFromValues } from './chart-metrics';
import { networkFromValues, podOptions, wordsOf } from './chart-pods';
import {
  hostFromValues,
  httpRouteFromValues,
  ingressFromValues,
  ingressRouteFromValues,
  pullAddressFromValues,
  serviceFromValues,
} from './chart-routes';
import { authFromValues, tlsFromValues } from './chart-security';
import { ChartPlace, existingSecret, image, MAPS, mapping, scalar, TEXTS } from './chart-settings';
import { storageFromValues } from './chart-storage';
import { uiFromValues } from './chart-ui';
import { HelmValues } from './helm-values';
import { tellFacts } from './registry-chart-facts';

/**
 * A registry that is set by a chart's values.
 *
 * @param chart where it is made
 * @param values where its settings are asked for
 */
export function registryFromValues(chart: Chart, values: HelmValues): Registry {
  const place = { chart, values };
  const registry = new Registry(chart, 'registry', {
    name: values.name,
    namespace: values.namespace,
    // What others need to be allowed comes first: a login without encryption, a page without a way in.
    host: hostFromValues(place),
    ingress: ingressFromValues(place),
    ingressRoute: ingressRouteFromValues(place),
    httpRoute: httpRouteFromValues(place),
    auth: authFromValues(place),
    tls: tlsFromValues(place),
    service: serviceFromValues(place),
    storage: storageFromValues(place),
    ...deploymentFromValues(place),
    pullAddress: pullAddressFromValues(place),
    ui: uiFromValues(place),
    metrics: metricsFromValues(place),
    labels: values.map(
      'commonLabels',
      mapping({
        property: 'RegistryPartProps.labels',
        beneath: true,
        replaces: ['app'],
        schema: MAPS.labels,
      }),
    ),
    annotations: values.map(
      'commonAnnotations',
      mapping({ property: 'RegistryPartProps.annotations', beneath: true, schema: MAPS.annotations }),
    ),
  });
  tellFacts(registry, values);
  return registry;
}

/** Each request below each limit and the default one, so that none changes another. */
const SAMPLES = {
  cpuRequests: ['131m', '139m'],
  cpuLimits: ['1531m', '1543m'],
  memoryRequests: ['151Mi', '157Mi'],
  memoryLimits: ['1553Mi', '1559Mi'],
};

const REPLICAS = {
  one: { samples: [1], test: (value: string) => `eq (int ${value}) 1` },
  two: { samples: [2], test: (value: string) => `eq (int ${value}) 2` },
  more: { samples: [21301, 21303], test: (value: string) => `gt (int ${value}) 2` },
};

function deploymentFromValues(place: ChartPlace): RegistryDeploymentOptions {
  const { values } = place;
  const property = (name: string) => `RegistryDeploymentOptions.${name}`;
  const secret = existingSecret(place, 'httpSecret.existingSecret', { property: property('httpSecret') });
  const key = () =>
    values.text('httpSecret.existingSecretKey', {
      description: 'The key in `existingSecret`.',
      schema: TEXTS.dataKey,
    });
  const version = values.choice('image.version', Object.values(RegistryVersion), {
    property: property('version'),
  });
  return {
    image: image(place, 'image', property('image'), DEFAULT_REGISTRY_IMAGE),
    version,
    replicas: values.integer(
      'replicaCount',
      scalar({ property: property('replicas'), kinds: REPLICAS, schema: { minimum: 1 } }),
    ),
    userId: values.integer('userId', {
      property: property('userId'),
      samples: [21311, 21313],
      schema: { minimum: 1, maximum: 2 ** 31 - 1 },
    }),
    configuration: configurationFromValues(place),
    networkPolicy: networkFromValues(place, 'networkPolicy'),
    garbageCollection: {
      onStart: values.flag('garbageCollection.onStart', { property: 'GarbageCollectionOptions.onStart' }),
    },
    httpSecret: secret && { secret, key: key() },
    ...podOptions(place, { prefix: '', go: true, samples: SAMPLES, defaults: wordsOf(DEFAULT_RESOURCES) }),
  };
}

function configurationFromValues({ values }: ChartPlace): RegistryConfigurationOptions {
  const property = (name: string) => `RegistryConfigurationOptions.${name}`;
  // 10 s for all to learn that the pod goes, and 20 s to stop.
  const grace = {
    name: 'grace',
    apply: (seconds: number) => Number(seconds) + 30,
    expression: (value: string) => `(add ${value} 30)`,
  };
  const drain = values.integer(
    'configuration.drainTimeoutSeconds',
    scalar({
      property: property('drainTimeout'),
      samples: [1801, 1901],
      derivations: [grace],
      schema: { minimum: 1, maximum: 3600 },
    }),
  );
  return {
    logLevel: values.choice('configuration.logLevel', Object.values(RegistryLogLevel), {
      property: property('logLevel'),
    }),
    logFormat: values.choice('configuration.logFormat', Object.values(RegistryLogFormat), {
      property: property('logFormat'),
    }),
    accessLog: values.flag('configuration.accessLog', { property: property('accessLog') }),
    drainTimeout: drain === undefined ? undefined : Duration.seconds(drain),
    extra: values.map(
      'configuration.extra',
      mapping({
        description:
          "Raw keys of config.yml, merged over the chart's map by map (lists and plain values replace). Nothing checks them, and registry 3.x ignores keys that it doesn't know without a word.",
        samples: [{ zqraw: { zqkeya: 'zqvala' } }, { zqrough: { zqkeyb: 'zqvalb' } }],
        deep: true,
      }),
    ),
  };
}
