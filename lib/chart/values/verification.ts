// Values of the verification, and of the pod of `helm test`, which verifies as it does.
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';
import { VerificationAddress } from '../../maintenance/verification-options';
import { VERIFICATION_RESOURCES } from '../../maintenance/verification-pod';
import { EGRESS, MAPS, REPOSITORY_NAME, STRINGS, TIME_ZONE } from './formats';
import { HOST_ALIASES, TOLERATIONS } from './pod-schemas';
import { imageValues, resourceValues } from './pods';
import type { ChartEntry } from './value';

export const VERIFICATION_VALUES = [
  {
    path: 'verification',
    type: 'group',
    description:
      'How the registry is verified: pushes, pulls, digests, ranges, lists, deletion, and that nobody gets in without a login. `helm test` does so by these values, also where there is no CronJob.',
  },
  {
    path: 'verification.enabled',
    type: 'boolean',
    default: false,
    description:
      'Whether there is a CronJob that verifies it. Without a schedule it is suspended, and runs by `kubectl create job --from`.',
  },
  {
    path: 'verification.address',
    type: 'string',
    default: VerificationAddress.SERVICE,
    member: 'RegistryVerificationProps.address',
    description:
      'Where it is verified: at the Service, past everything that is before the registry; at the address of clients, which pods must be able to resolve and reach; or at both.',
    choices: Object.values(VerificationAddress),
  },
  {
    path: 'verification.schedule',
    type: 'string',
    default: '',
    member: 'RegistryVerificationProps.schedule',
  },
  {
    path: 'verification.timeZone',
    type: 'string',
    default: 'Etc/UTC',
    member: 'RegistryVerificationProps.timeZone',
    description: TIME_ZONE,
    schema: STRINGS.timeZone,
  },
  {
    path: 'verification.timeLimit',
    type: 'string',
    default: '15m',
    description:
      'How long a run may take, from `1m` to `720h`. `helm test` itself waits for 5 minutes (`--timeout`).',
    schema: STRINGS.duration,
  },
  {
    path: 'verification.repository',
    type: 'string',
    default: 'verification',
    member: 'RegistryVerificationProps.repository',
    schema: REPOSITORY_NAME,
  },
  {
    path: 'verification.layerSize',
    type: 'string',
    default: '16Mi',
    member: 'RegistryVerificationProps.layerSize',
    schema: STRINGS.size,
  },
  {
    path: 'verification.loginSecret',
    type: 'string',
    default: '',
    description:
      'Name of a Secret that exists, of type kubernetes.io/dockerconfigjson, with a login for the registry: for its Service, and for its address if that is verified. By default: the generated login. Where there is none, `helm test` checks only what needs no login.',
    schema: STRINGS.name,
  },
  {
    path: 'verification.caSecret',
    type: 'string',
    default: '',
    description:
      "Name of a Secret that exists, with the CA of the certificate at the address. By default: the registry's own CA if it has one, else public CAs.",
    schema: STRINGS.name,
  },
  {
    path: 'verification.caSecretKey',
    type: 'string',
    default: 'ca.crt',
    description: 'The key in `verification.caSecret`.',
    schema: STRINGS.dataKey,
  },
  {
    path: 'verification.allowTo',
    type: 'array',
    default: [],
    description:
      "Egress of the CronJob's pods besides DNS and the registry. At the address of clients, its port is open to everywhere, and for 443 and 80 those that ingress controllers listen on: 8443, 8000 and 8080.",
    schema: EGRESS,
  },
  {
    path: 'verification.image',
    type: 'group',
    description: 'An image with a shell, curl and coreutils or busybox.',
  },
  ...imageValues('verification.image', DEFAULT_FRONT_IMAGE),
  {
    path: 'verification.resources',
    type: 'group',
    description: 'CPU and memory. Layers are kept in a file, so their size does not matter.',
  },
  ...resourceValues('verification.', VERIFICATION_RESOURCES),
  {
    path: 'verification.hostAliases',
    type: 'array',
    default: [],
    member: 'RegistryVerificationProps.hostAliases',
    schema: HOST_ALIASES,
  },
  {
    path: 'verification.nodeSelector',
    type: 'object',
    default: {},
    member: 'JobPodOptions.nodeSelector',
    schema: MAPS.nodeLabels,
  },
  {
    path: 'verification.tolerations',
    type: 'array',
    default: [],
    member: 'JobPodOptions.tolerations',
    schema: TOLERATIONS,
  },
  {
    path: 'verification.podLabels',
    type: 'object',
    default: {},
    description: "Labels for the CronJob's pods only.",
    schema: MAPS.labels,
  },
  {
    path: 'verification.podAnnotations',
    type: 'object',
    default: {},
    description: "Annotations for the CronJob's pods only.",
    schema: MAPS.annotations,
  },
  { path: 'test', type: 'group', description: 'What `helm test` runs.' },
  {
    path: 'test.enabled',
    type: 'boolean',
    default: true,
    description:
      'Whether there is a pod for `helm test`, which verifies the registry as `verification` says.',
  },
] as const satisfies readonly ChartEntry[];
