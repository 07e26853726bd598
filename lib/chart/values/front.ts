// Values of the front, the nginx before the registry, and of who may do what.
import { AccessPermission } from '../../front/access';
import { DEFAULT_FRONT_IMAGE, DEFAULT_FRONT_RESOURCES } from '../../front/front-options';
import { GROUP_NAME, REPOSITORY_PATTERN, STRINGS, USER_NAME } from './formats';
import { imageParts, resourceValues } from './pods';
import type { ChartEntry } from './value';

const USERS = { type: 'array', items: { type: 'string', ...USER_NAME } };

const RULES = {
  items: {
    type: 'object',
    required: ['action'],
    additionalProperties: false,
    properties: {
      action: { type: 'string', enum: Object.values(AccessPermission) },
      repositories: { type: 'array', items: { type: 'string', ...REPOSITORY_PATTERN } },
      users: USERS,
      groups: { type: 'array', items: { type: 'string', ...GROUP_NAME } },
      allUsers: { type: 'boolean' },
      everyone: { type: 'boolean' },
    },
    // The catalog is of no repository.
    if: { properties: { action: { const: AccessPermission.CATALOG } } },
    // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
    then: { properties: { repositories: { maxItems: 0 } } },
  },
};

export const FRONT_VALUES = [
  {
    path: 'front',
    type: 'group',
    description:
      "nginx in the registry's pod, before the registry. It checks logins and remembers them, asks access rules, writes an audit log, and makes the registry read-only by a switch.",
  },
  {
    path: 'front.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is a front without access rules. With values in `access` or `caches`, with `auth.verifier.url`, `collection.enabled` or `snapshots.enabled`, there is one anyway.',
  },
  {
    path: 'front.image',
    type: 'group',
    description:
      "nginx' image, with a shell and a C library that checks bcrypt hashes, as Debian's has. It is pulled when `image.pullPolicy` says.",
  },
  ...imageParts('front.image', DEFAULT_FRONT_IMAGE),
  { path: 'front.resources', type: 'group', description: "CPU and memory of nginx' container." },
  ...resourceValues('front.', DEFAULT_FRONT_RESOURCES),
  {
    path: 'front.trustedProxies',
    type: 'array',
    default: [],
    member: 'RegistryFrontOptions.trustedProxies',
    schema: { items: { type: 'string', ...STRINGS.range } },
  },
  {
    path: 'front.kubernetesVersion',
    type: 'string',
    default: '',
    member: 'RegistryFrontOptions.kubernetesVersion',
    schema: { pattern: '^1[.](29|[3-9][0-9]|[1-9][0-9]{2})([.][0-9]+)?$' },
  },
  { path: 'front.limits', type: 'group', description: 'Limits of requests.' },
  {
    path: 'front.limits.loginsPerSecond',
    type: 'integer',
    default: 5,
    member: 'FrontLimitsOptions.loginsPerSecond',
    schema: { minimum: 1, maximum: 1000 },
  },
  {
    path: 'front.limits.requestsPerSecond',
    type: 'integer',
    default: null,
    member: 'FrontLimitsOptions.requestsPerSecond',
    schema: { minimum: 1, maximum: 100_000 },
  },
  {
    path: 'access',
    type: 'group',
    description:
      'Who may pull, push, delete and list what. With any of these, what no rule permits is denied, and there is a front.',
  },
  {
    path: 'access.rules',
    type: 'array',
    default: [],
    description:
      'Rules, of which one must permit a request. Each has an `action` (`pull`, `push` and `remove`, which permit pulling too, or `catalog`: list all repositories); `repositories`, as patterns in which `*` is one part of a name and `**` one or more; and whom it is for: `users`, `groups`, `allUsers: true` (with a login) or `everyone: true` (without one too, not for push and remove).',
    schema: RULES,
  },
  {
    path: 'access.groups',
    type: 'object',
    default: {},
    description: 'Groups of users: the names of the users by the name of the group.',
    schema: { propertyNames: GROUP_NAME, additionalProperties: USERS },
  },
  {
    path: 'access.administrators',
    type: 'array',
    default: [],
    description:
      'Users who may do everything: pull, push and list all repositories, and delete where `storage.deletion` allows it.',
    schema: { items: USERS.items },
  },
] as const satisfies readonly ChartEntry[];
