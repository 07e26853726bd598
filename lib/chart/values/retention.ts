// Values of the retention: which images are kept, and who deletes the others.
import { REGBOT_IMAGE } from '../../core/image';
import { HIGHEST_ID } from '../../core/security-context';
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';
import { DEFAULT_RETENTION_RESOURCES } from '../../maintenance/retention/pod';
import { MAPS, REPOSITORY_PATTERN, STRINGS, TIME_ZONE, USER_NAME } from './formats';
import { TOLERATIONS } from './pod-schemas';
import { imageParts, imageValues, resourceValues } from './pods';
import type { ChartEntry } from './value';

const TAGS = {
  type: 'array',
  minItems: 1,
  items: { type: 'string', pattern: '^[A-Za-z0-9_*][A-Za-z0-9_.*-]{0,127}$' },
};
const COUNT = { type: 'integer', minimum: 1, maximum: 100_000 };

/** One of these in each condition. */
const CONDITIONS = {
  newest: COUNT,
  versions: COUNT,
  youngerThan: { type: 'string', pattern: '^[1-9][0-9]{0,5}(s|m|h|d)$' },
  everything: { const: true },
};

const RULES = {
  items: {
    type: 'object',
    required: ['repositories', 'keep'],
    additionalProperties: false,
    properties: {
      repositories: { type: 'array', minItems: 1, items: { type: 'string', ...REPOSITORY_PATTERN } },
      keep: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'object',
          additionalProperties: false,
          properties: { ...CONDITIONS, tags: TAGS },
          minProperties: 1,
          // One of them, for some tags or for all; or tags alone.
          maxProperties: 2,
          not: {
            anyOf: [
              ...Object.keys(CONDITIONS).flatMap((one, index, all) =>
                all.slice(index + 1).map((other) => ({ required: [one, other] })),
              ),
              { required: ['everything', 'tags'] },
            ],
          },
        },
      },
    },
  },
};

export const RETENTION_VALUES = [
  {
    path: 'retention',
    type: 'group',
    description:
      'A CronJob that deletes images which no rule keeps. Needs `storage.deletion`. `collection` frees the space afterwards.',
  },
  {
    path: 'retention.enabled',
    type: 'boolean',
    default: false,
    description: 'Whether there is such a CronJob.',
  },
  {
    path: 'retention.rules',
    type: 'array',
    default: [],
    description:
      'What is kept, at least one rule. The first rule with a pattern for a repository decides, and what no condition of it keeps is deleted. Each has `repositories`, patterns in which `*` is one part of a name and `**` one or more, and `keep`, a list of conditions: `newest: 10`, `versions: 5` (the highest in tags), `youngerThan: 30d` (`s`, `m`, `h` or `d`), each with `tags: ["v*"]` if it looks at those only; `tags: ["v*", latest]` alone; or `everything: true`.',
    schema: RULES,
  },
  {
    path: 'retention.dryRun',
    type: 'boolean',
    default: true,
    member: 'RegistryRetentionProps.dryRun',
  },
  {
    path: 'retention.spareRunning',
    type: 'group',
    description: 'Images that run in the cluster.',
  },
  {
    path: 'retention.spareRunning.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether images of pods in the cluster are kept, whatever the rules say: by their tags and digests, under any host. Deployments that are scaled to zero, and CronJobs between their runs, have no pods. It makes a ClusterRole that lists the pods of all namespaces: whoever installs the release needs permission to do so.',
  },
  {
    path: 'retention.spareRunning.image',
    type: 'group',
    description:
      'An image with a shell, curl, grep and sed, which lists the pods. It is pulled when `retention.image.pullPolicy` says.',
  },
  ...imageParts('retention.spareRunning.image', DEFAULT_FRONT_IMAGE),
  {
    path: 'retention.login',
    type: 'group',
    description:
      'The login that deletes. With access rules, its user must be allowed to delete in all repositories of the rules, and to list the catalog where a pattern has stars. By default: the generated one.',
  },
  {
    path: 'retention.login.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret of type kubernetes.io/dockerconfigjson that exists, with a login for the registry's address inside of the cluster, e.g. `registry:5000`; without TLS in the pod, `http://registry:5000`.",
    schema: STRINGS.name,
  },
  {
    path: 'retention.login.username',
    type: 'string',
    default: '',
    description: 'The user, where it is not the generated one.',
    schema: USER_NAME,
  },
  {
    path: 'retention.login.password',
    type: 'string',
    default: '',
    description: 'The password of `retention.login.username`. It is written to a Secret.',
    secret: true,
  },
  {
    path: 'retention.schedule',
    type: 'string',
    default: '0 1 * * *',
    member: 'RegistryRetentionProps.schedule',
    schema: { minLength: 1 },
  },
  {
    path: 'retention.timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'RegistryRetentionProps.timeZone',
    description: TIME_ZONE,
    schema: STRINGS.timeZone,
  },
  {
    path: 'retention.timeLimit',
    type: 'string',
    default: '4h',
    description: 'How long a run may take, with its retries, from `10m` to `720h`.',
    schema: STRINGS.duration,
  },
  { path: 'retention.image', type: 'group', description: 'An image with regbot and `sleep`.' },
  ...imageValues('retention.image', REGBOT_IMAGE),
  {
    path: 'retention.userId',
    type: 'integer',
    default: 1000,
    member: 'JobPodOptions.userId',
    schema: { minimum: 1, maximum: HIGHEST_ID },
  },
  { path: 'retention.resources', type: 'group', description: 'CPU and memory of its pods.' },
  ...resourceValues('retention.', DEFAULT_RETENTION_RESOURCES),
  {
    path: 'retention.podLabels',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podLabels',
    schema: MAPS.labels,
  },
  {
    path: 'retention.podAnnotations',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podAnnotations',
    schema: MAPS.annotations,
  },
  {
    path: 'retention.nodeSelector',
    type: 'object',
    default: {},
    member: 'JobPodOptions.nodeSelector',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'retention.tolerations',
    type: 'array',
    default: [],
    member: 'JobPodOptions.tolerations',
    schema: TOLERATIONS,
  },
] as const satisfies readonly ChartEntry[];
