// Values of where blob descriptors are cached: in memory, in a Redis that exists, or in a Valkey that is deployed.
import { VALKEY_IMAGE } from '../../core/image';
import { HIGHEST_ID } from '../../core/security-context';
import { MAPS, STRINGS } from './formats';
import { TOLERATIONS } from './pod-schemas';
import { imageValues } from './pods';
import type { ChartEntry } from './value';

export const DESCRIPTOR_CACHE_VALUES = [
  {
    path: 'storage.descriptorCache',
    type: 'group',
    description:
      'Where the registry remembers descriptors of blobs. A pull of ten layers takes 13 calls to an object store instead of 92.',
  },
  {
    path: 'storage.descriptorCache.type',
    type: 'string',
    default: '',
    description:
      'By default: nowhere. `inmemory` is in each pod: after garbage collection the registry must be restarted, or an image that is pushed again is broken; it is not allowed with `collection`, nor together with `deletion` and several replicas. `redis` is one that exists, `valkey` a small one beside the registry; both are shared by all pods.',
    choices: ['inmemory', 'redis', 'valkey'],
  },
  {
    path: 'storage.descriptorCache.address',
    type: 'string',
    default: '',
    description:
      'For `redis`: its host, with a port if that is not 6379. Give it a limit of memory and the eviction `allkeys-lru`: keys never expire.',
    // Helm shows what does not match a pattern, and this may have a password.
    schema: { if: { pattern: '^$|[@?#/]' }, else: STRINGS.pullAddress },
  },
  {
    path: 'storage.descriptorCache.username',
    type: 'string',
    default: '',
    description:
      'For `redis`: the user, with access lists. `collection` needs SCAN, DEL, and for another database than 0 SELECT. Not with Distribution 2.8.',
    schema: { pattern: '^[^\\s\\x00-\\x1f\\x7f-\\x9f]+$' },
  },
  {
    path: 'storage.descriptorCache.database',
    type: 'integer',
    default: 0,
    description:
      'For `redis`: number of the database. Each registry needs one of its own: the keys do not name the registry, and with those of another its images are broken.',
    schema: { minimum: 0, maximum: 1_000_000 },
  },
  {
    path: 'storage.descriptorCache.existingSecret',
    type: 'string',
    default: '',
    description: 'For `redis`: name of a Secret with its password. When it changes, restart the registry.',
    schema: STRINGS.name,
  },
  {
    path: 'storage.descriptorCache.existingSecretKey',
    type: 'string',
    default: 'password',
    description: 'Key of the password in that Secret.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'storage.descriptorCache.caSecret',
    type: 'string',
    default: '',
    description:
      "For `redis`: name of a Secret with the CA of its certificate under `ca.crt`. By default: the public CAs of the registry's image.",
    schema: STRINGS.name,
  },
  {
    path: 'storage.descriptorCache.withoutTls',
    type: 'boolean',
    default: false,
    description:
      'For `redis`: whether the connection is not encrypted. Whoever can read it learns the password. Distribution 2.8 can not encrypt it.',
  },
  {
    path: 'storage.descriptorCache.image',
    type: 'group',
    description: 'For `valkey`: Valkey 7.2 or newer with a shell.',
  },
  ...imageValues('storage.descriptorCache.image', VALKEY_IMAGE),
  {
    path: 'storage.descriptorCache.memory',
    type: 'string',
    default: '64Mi',
    description:
      'For `valkey`: memory for descriptors, of some 400 bytes each; those that were asked for least recently are dropped. The limit of the pod is half more, and 16Mi.',
    schema: STRINGS.size,
  },
  {
    path: 'storage.descriptorCache.userId',
    type: 'integer',
    default: 65532,
    description: 'For `valkey`: the numeric UID and GID that it runs as.',
    schema: { minimum: 1, maximum: HIGHEST_ID },
  },
  {
    path: 'storage.descriptorCache.nodeSelector',
    type: 'object',
    default: {},
    description: 'For `valkey`: node labels that the pod requires.',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'storage.descriptorCache.tolerations',
    type: 'array',
    default: [],
    description: 'For `valkey`: tolerations of node taints.',
    schema: TOLERATIONS,
  },
] as const satisfies readonly ChartEntry[];
