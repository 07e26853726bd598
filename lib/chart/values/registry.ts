// Values of the registry's own pods: image, replicas, configuration, collection.

import { RegistryVersion } from '../../distribution/version';
import { DEFAULT_REGISTRY_IMAGE } from '../../distribution/versions';
import { RegistryLogFormat, RegistryLogLevel } from '../../server/configuration-options';
import { DEFAULT_RESOURCES, REGISTRY_TIMINGS, REGISTRY_USER } from '../../server/pod';
import { STRINGS } from './formats';
import { imageValues, networkValues, podValues, securityValues } from './pods';
import { probeValues } from './probes';
import type { ChartEntry } from './value';

export const REGISTRY_VALUES = [
  { path: 'image', type: 'group', description: "The registry's image." },
  ...imageValues('image', DEFAULT_REGISTRY_IMAGE),
  {
    path: 'image.version',
    type: 'string',
    default: '',
    member: 'RegistryDeploymentOptions.version',
    choices: Object.values(RegistryVersion),
  },
  {
    path: 'replicaCount',
    type: 'integer',
    default: 1,
    member: 'RegistryDeploymentOptions.replicas',
    schema: { minimum: 1 },
  },
  {
    path: 'minReadySeconds',
    type: 'integer',
    default: null,
    member: 'RegistryDeploymentOptions.minReadySeconds',
    schema: { minimum: 0, maximum: 599 },
  },
  {
    path: 'autoscaling',
    type: 'group',
    description:
      'How many pods there are by how much CPU they use: a HorizontalPodAutoscaler, in place of `replicaCount`. The cluster needs metrics-server.',
  },
  {
    path: 'autoscaling.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is one. Leave out `replicaCount` then.',
  },
  {
    path: 'autoscaling.minReplicas',
    type: 'integer',
    default: null,
    member: 'AutoscalingOptions.minReplicas',
    schema: { minimum: 1, maximum: 2 ** 31 - 1 },
  },
  {
    path: 'autoscaling.maxReplicas',
    type: 'integer',
    default: null,
    member: 'AutoscalingOptions.maxReplicas',
    schema: { minimum: 2, maximum: 2 ** 31 - 1 },
  },
  {
    path: 'autoscaling.averageCpu',
    type: 'string',
    default: '500m',
    member: 'AutoscalingOptions.averageCpu',
    schema: STRINGS.cpu,
  },
  {
    path: 'podDisruptionBudget',
    type: 'group',
    description: 'How many pods the drain of a node may stop at once.',
  },
  {
    path: 'podDisruptionBudget.enabled',
    type: 'boolean',
    default: null,
    member: 'PodDisruptionBudgetOptions.enabled',
  },
  {
    path: 'podDisruptionBudget.minAvailable',
    type: 'integer',
    default: null,
    member: 'PodDisruptionBudgetOptions.minAvailable',
    schema: { minimum: 1, maximum: 2 ** 31 - 1 },
  },
  {
    path: 'podDisruptionBudget.maxUnavailable',
    type: 'integer',
    default: null,
    member: 'PodDisruptionBudgetOptions.maxUnavailable',
    schema: { minimum: 1, maximum: 2 ** 31 - 1 },
  },
  ...securityValues('', { id: REGISTRY_USER, member: 'RegistryDeploymentOptions.userId' }),
] as const satisfies readonly ChartEntry[];

export const CONFIGURATION_VALUES = [
  { path: 'configuration', type: 'group', description: "The registry's own settings." },
  {
    path: 'configuration.logLevel',
    type: 'string',
    default: RegistryLogLevel.INFO,
    member: 'RegistryConfigurationOptions.logLevel',
    choices: Object.values(RegistryLogLevel),
  },
  {
    path: 'configuration.logFormat',
    type: 'string',
    default: RegistryLogFormat.TEXT,
    member: 'RegistryConfigurationOptions.logFormat',
    choices: Object.values(RegistryLogFormat),
  },
  {
    path: 'configuration.accessLog',
    type: 'boolean',
    default: false,
    member: 'RegistryConfigurationOptions.accessLog',
  },
  {
    path: 'configuration.drainTimeoutSeconds',
    type: 'integer',
    default: 300,
    member: 'RegistryConfigurationOptions.drainTimeout',
    schema: { minimum: 1, maximum: 3600 },
  },
  {
    path: 'configuration.foreignLayerUrls',
    type: 'array',
    default: [],
    member: 'RegistryConfigurationOptions.foreignLayerUrls',
    schema: { items: { type: 'string' } },
  },
  {
    path: 'configuration.extra',
    type: 'object',
    default: {},
    description:
      "Raw keys of config.yml, merged over the chart's map by map (lists and plain values replace). They are not checked, and registry 3.x silently ignores keys that it doesn't know.",
  },
  {
    path: 'garbageCollection',
    type: 'group',
    description: 'When what deleted images leave behind is removed.',
  },
  {
    path: 'garbageCollection.onStart',
    type: 'boolean',
    default: false,
    member: 'GarbageCollectionOptions.onStart',
  },
  { path: 'httpSecret', type: 'group', description: 'What replicas sign the state of uploads with.' },
  {
    path: 'httpSecret.existingSecret',
    type: 'string',
    default: '',
    member: 'RegistryDeploymentOptions.httpSecret',
    description:
      'Name of a Secret that exists, with the string that all replicas sign the state of uploads with: any non-empty single line. When it changes, restart the registry. By default: one is generated.',
    schema: STRINGS.name,
  },
  {
    path: 'httpSecret.existingSecretKey',
    type: 'string',
    default: 'secret',
    description: 'The key in `httpSecret.existingSecret`.',
    schema: STRINGS.dataKey,
  },
] as const satisfies readonly ChartEntry[];

export const POD_VALUES = [
  { path: 'networkPolicy', type: 'group', description: 'Who may reach the pods, and what they may reach.' },
  ...networkValues(''),
  { path: 'resources', type: 'group', description: "CPU and memory of the registry's container." },
  ...podValues('', DEFAULT_RESOURCES),
  ...probeValues('', REGISTRY_TIMINGS),
] as const satisfies readonly ChartEntry[];
