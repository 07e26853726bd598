// Values that name the release's objects, and what all objects have.
import { MAPS, STRINGS } from './formats';
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
] as const satisfies readonly ChartEntry[];
