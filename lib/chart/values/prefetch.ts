// Values of what a cache fetches before it is pulled: of items of `caches`.
import { DEFAULT_PREFETCH_RESOURCES } from '../../caches/prefetch';
import { REGCTL_IMAGE } from '../../core/image';
import { HIGHEST_ID } from '../../core/security-context';
import { MAPS, STRINGS, TIME_ZONE } from './formats';
import { TOLERATIONS } from './pod-schemas';
import { imageValues, resourceValues } from './pods';
import type { ChartEntry } from './value';

export const PREFETCH_VALUES = [
  {
    path: 'prefetch',
    type: 'group',
    description: 'What is fetched on a schedule, before it is pulled. By default: nothing.',
  },
  {
    path: 'prefetch.images',
    type: 'array',
    default: [],
    member: 'CachePrefetchOptions.images',
    schema: { items: { type: 'string' } },
  },
  {
    path: 'prefetch.platforms',
    type: 'array',
    default: [],
    description:
      'The platforms that are fetched of each image, as `linux/amd64` or `linux/arm/v7`. An image must have at least one of them. By default: `linux/amd64`.',
    schema: {
      items: {
        type: 'string',
        pattern: '^(linux|windows)/(386|amd64|arm|arm64|loong64|mips64le|ppc64le|riscv64|s390x)(/v[0-9]+)?$',
      },
    },
  },
  {
    path: 'prefetch.tagsPerPattern',
    type: 'integer',
    default: 3,
    member: 'CachePrefetchOptions.tagsPerPattern',
    schema: { minimum: 1, maximum: 1000 },
  },
  {
    path: 'prefetch.schedule',
    type: 'string',
    default: '30 2 * * *',
    member: 'CachePrefetchOptions.schedule',
  },
  {
    path: 'prefetch.timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'CachePrefetchOptions.timeZone',
    description: TIME_ZONE,
    schema: STRINGS.timeZone,
  },
  {
    path: 'prefetch.timeLimit',
    type: 'string',
    default: '4h',
    description: 'How long a run may take, with its two retries, from `1m` to `720h`.',
    schema: STRINGS.duration,
  },
  { path: 'prefetch.image', type: 'group', description: 'An image with regctl and a shell.' },
  ...imageValues('prefetch.image', REGCTL_IMAGE),
  {
    path: 'prefetch.userId',
    type: 'integer',
    default: 1000,
    member: 'JobPodOptions.userId',
    schema: { minimum: 1, maximum: HIGHEST_ID },
  },
  ...resourceValues('prefetch.', DEFAULT_PREFETCH_RESOURCES),
  {
    path: 'prefetch.podLabels',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podLabels',
    schema: MAPS.labels,
  },
  {
    path: 'prefetch.podAnnotations',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podAnnotations',
    schema: MAPS.annotations,
  },
  {
    path: 'prefetch.nodeSelector',
    type: 'object',
    default: {},
    member: 'JobPodOptions.nodeSelector',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'prefetch.tolerations',
    type: 'array',
    default: [],
    member: 'JobPodOptions.tolerations',
    schema: TOLERATIONS,
  },
] as const satisfies readonly ChartEntry[];
