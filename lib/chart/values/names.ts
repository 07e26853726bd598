// Values that name the release's objects, and what all objects have.
import { KUBERNETES_OBJECTS, MAPS, PULL_SECRETS, STRINGS } from './formats';
import type { ChartEntry } from './value';

export const NAME_VALUES = [
  {
    path: 'nameOverride',
    type: 'string',
    default: '',
    description: "Replaces the chart's name in labels and in names of objects.",
    schema: STRINGS.releaseName,
  },
  {
    path: 'fullnameOverride',
    type: 'string',
    default: '',
    description:
      'Name of the objects. By default: made from the names of the release and the chart. At most 50 characters.',
    schema: STRINGS.releaseName,
  },
] as const satisfies readonly ChartEntry[];

export const GLOBAL_VALUES = [
  {
    path: 'global',
    type: 'group',
    description: 'Values that a parent chart shares with all of its subcharts.',
  },
  {
    path: 'global.imageRegistry',
    type: 'string',
    default: '',
    description:
      "The registry that all images of the chart are pulled from, e.g. a mirror: `mirror.example.com`, or with a path, `mirror.example.com/dockerhub`. It takes precedence over each image's own `registry`; a `repository` that begins with a registry stays as it is. Docker Hub's `registry` is `library/registry` there, as pull-through caches have it. Tags and digests stay.",
    schema: STRINGS.imageRegistry,
  },
  {
    path: 'global.imagePullSecrets',
    type: 'array',
    default: [],
    description:
      "Pull secrets of type kubernetes.io/dockerconfigjson for all images of the chart, in addition to each pod's own: names, or `name: <name>` each. Those of `nodeTrust` are in its namespace.",
    schema: {
      items: {
        ...PULL_SECRETS.items,
        type: ['string', 'object'],
        ...STRINGS.name,
      },
    },
  },
] as const satisfies readonly ChartEntry[];

export const COMMON_VALUES = [
  {
    path: 'commonLabels',
    type: 'object',
    default: {},
    member: 'RegistryPartProps.labels',
    schema: MAPS.labels,
  },
  {
    path: 'commonAnnotations',
    type: 'object',
    default: {},
    member: 'RegistryPartProps.annotations',
    schema: MAPS.annotations,
  },
  {
    path: 'extraObjects',
    type: 'array',
    default: [],
    description:
      'Further Kubernetes objects of the release. They are written as they are: without templating, and without the labels and annotations of the other objects. Each has `apiVersion`, `kind` and `metadata.name`, and none is an object of the release already.',
    schema: KUBERNETES_OBJECTS,
  },
] as const satisfies readonly ChartEntry[];
