// Values of copies from and to other registries: a list, of which each item says what one copy is.
import { REGBOT_IMAGE, REGSYNC_IMAGE } from '../../core/image';
import { HIGHEST_ID } from '../../core/security-context';
import { COPY_LABEL } from '../../maintenance/copy/copy';
import { DEFAULT_COPY_RESOURCES } from '../../maintenance/copy/pod';
import { EGRESS, labelsBut, MAPS, REPOSITORY_PATTERN, STRINGS, USER_NAME } from './formats';
import { HOST_ALIASES, TOLERATIONS } from './pod-schemas';
import { imageParts, imageValues, resourceValues } from './pods';
import type { ChartEntry } from './value';

/** What an item says. */
export const COPY_VALUES = [
  {
    path: 'name',
    type: 'string',
    default: '',
    member: 'RegistryCopyProps.copyName',
    description:
      'The end of the name of the CronJob, and of the objects beside it: `<name>-copy-<this>`, at most 52 characters. By default: `<name>-copy`.',
    schema: STRINGS.label,
  },
  {
    path: 'source',
    type: 'string',
    default: '',
    description:
      'The host of the registry that is copied from, or host and port, as in the names of images: `docker.io`, `harbor.example.com:8443`. By default: this registry.',
    secret: true,
  },
  {
    path: 'target',
    type: 'string',
    default: '',
    description:
      'The host of the registry that is copied to. Nothing is deleted there. By default: this registry. Either `source` or `target` is set.',
    secret: true,
  },
  { path: 'remote', type: 'group', description: 'How the other registry is reached.' },
  {
    path: 'remote.loginSecret',
    type: 'string',
    default: '',
    description:
      'Name of a Secret with its login, as `kubectl create secret docker-registry` writes it with the host as its server; for Docker Hub that is `https://index.docker.io/v1/`, the default of that command. Required, unless `anonymous` is true.',
    schema: STRINGS.name,
  },
  { path: 'remote.anonymous', type: 'boolean', default: false, member: 'CopyHostOptions.anonymous' },
  { path: 'remote.plainHttp', type: 'boolean', default: false, member: 'CopyHostOptions.plainHttp' },
  {
    path: 'remote.caSecret',
    type: 'string',
    default: '',
    description:
      'Name of a Secret with the private CA of its certificate, and of its token service. By default: public CAs.',
    schema: STRINGS.name,
  },
  {
    path: 'remote.caSecretKey',
    type: 'string',
    default: 'ca.crt',
    description: 'The key in `caSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'remote.ranges',
    type: 'array',
    default: [],
    member: 'CopyHostOptions.ranges',
    schema: { items: { type: 'string', ...STRINGS.range } },
  },
  {
    path: 'remote.allowTo',
    type: 'array',
    default: [],
    member: 'CopyHostOptions.allowTo',
    schema: EGRESS,
  },
  {
    path: 'login',
    type: 'group',
    description:
      'The login at this registry. With access rules, its user must be allowed to pull from it or to push to it in all repositories that are copied, and to list the catalog where they are copied from here and a pattern has stars. By default: the generated one.',
  },
  {
    path: 'login.existingSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret of type kubernetes.io/dockerconfigjson that exists, with a login for this registry's host, or for its address inside of the cluster, e.g. `registry:5000`.",
    schema: STRINGS.name,
  },
  {
    path: 'login.username',
    type: 'string',
    default: '',
    description: 'The user, where it is not the generated one.',
    schema: USER_NAME,
  },
  {
    path: 'login.password',
    type: 'string',
    default: '',
    description: 'The password of `login.username`. It is written to a Secret.',
    secret: true,
  },
  {
    path: 'repositories',
    type: 'array',
    default: [],
    member: 'RegistryCopyProps.repositories',
    description:
      'Which repositories: `*` is one part of a name, `**` is one or more. Patterns with stars need the catalog of the source, which Docker Hub and GHCR do not have, and which GitLab gives to administrators alone, as Harbor does unless a robot account may read it: name the repositories of those. By default: `**`.',
    schema: { items: { type: 'string', ...REPOSITORY_PATTERN } },
  },
  { path: 'overwrite', type: 'boolean', default: false, member: 'RegistryCopyProps.overwrite' },
  { path: 'schedule', type: 'string', default: '', member: 'RegistryCopyProps.schedule' },
  {
    path: 'timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'RegistryCopyProps.timeZone',
    schema: STRINGS.timeZone,
  },
  {
    path: 'timeLimit',
    type: 'string',
    default: '24h',
    description: 'How long a run may take, with its retries. The next run goes on where it ended.',
    schema: STRINGS.duration,
  },
  { path: 'image', type: 'group', description: 'An image with regsync and a shell.' },
  ...imageParts('image', REGSYNC_IMAGE),
  {
    path: 'image.pullPolicy',
    type: 'string',
    default: '',
    description:
      'When both images are pulled; by default `IfNotPresent`, the default of Kubernetes for a fixed tag.',
    choices: imageValues('image', REGSYNC_IMAGE)[4].choices,
  },
  {
    path: 'compareImage',
    type: 'group',
    description: 'An image with regbot, a shell and sed, which plans and compares.',
  },
  ...imageParts('compareImage', REGBOT_IMAGE),
  {
    path: 'userId',
    type: 'integer',
    default: 1000,
    member: 'JobPodOptions.userId',
    schema: { minimum: 1, maximum: HIGHEST_ID },
  },
  {
    path: 'resources',
    type: 'group',
    description: 'CPU and memory of its containers. Layers are passed on and not kept.',
  },
  ...resourceValues('', DEFAULT_COPY_RESOURCES),
  {
    path: 'hostAliases',
    type: 'array',
    default: [],
    member: 'RegistryCopyProps.hostAliases',
    schema: HOST_ALIASES,
  },
  {
    path: 'podLabels',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podLabels',
    schema: labelsBut(COPY_LABEL),
  },
  {
    path: 'podAnnotations',
    type: 'object',
    default: {},
    member: 'JobPodOptions.podAnnotations',
    schema: MAPS.annotations,
  },
  {
    path: 'nodeSelector',
    type: 'object',
    default: {},
    member: 'JobPodOptions.nodeSelector',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'tolerations',
    type: 'array',
    default: [],
    member: 'JobPodOptions.tolerations',
    schema: TOLERATIONS,
  },
] as const satisfies readonly ChartEntry[];

export const COPIES_VALUES = [
  {
    path: 'copies',
    type: 'array',
    default: [],
    description:
      'CronJobs that copy images between this registry and others: a backup each night, or a move. Each has a `source` or a `target`, and what else `helm show readme` lists as `copies[]`.',
    items: COPY_VALUES,
  },
] as const satisfies readonly ChartEntry[];
