// The pod of a retention: regbot with its files, and before it the lister of images that run, which alone has a token.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { CheckedLogin, DOCKER_CONFIG_KEY } from '../../auth/client-login';
import { Check } from '../../core/check';
import { checkImage, REGBOT_IMAGE } from '../../core/image';
import { Component, selectorLabels } from '../../core/labels';
import { checkResources } from '../../core/resources';
import { checkUser, restrictedPod } from '../../core/restricted-pod';
import { DEFAULT_FRONT_IMAGE } from '../../front/front-options';
import { Connection } from '../connection';
import { RegistryRetentionProps, SpareRunningOptions } from './options';
import { ACCOUNT_PATH, RUNNING_IMAGES_SCRIPT, RUNNING_PATH } from './running-images';

/** Folder of the scripts and of regbot's configuration. */
export const FILES_PATH = '/retention';

const PATHS: Readonly<Record<string, string>> = {
  files: FILES_PATH,
  login: '/login',
  ca: '/ca',
  running: RUNNING_PATH,
};

/** What the pod is made of, besides its options. */
export interface RetentionPod {
  readonly objectName: string;
  readonly registryName: string;
  readonly imageRegistry?: string;
  readonly dryRun: boolean;
  readonly connection: Connection;
  readonly login?: CheckedLogin;
  readonly spare?: SpareRunningOptions;
}

/** The pod's specification. */
export function retentionPod(check: Check, props: RegistryRetentionProps, parts: RetentionPod): k8s.PodSpec {
  const { objectName, registryName, connection, login, spare } = parts;
  const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform } = props;
  const { caSecret } = connection;
  const volumes: k8s.Volume[] = [
    { name: 'files', configMap: { name: objectName } },
    ...(login ? [fromSecret('login', login.existing ?? objectName, DOCKER_CONFIG_KEY, 'config.json')] : []),
    ...(caSecret === undefined ? [] : [fromSecret('ca', caSecret, 'ca.crt', 'ca.crt')]),
    ...(spare ? SPARE_VOLUMES : []),
  ];
  const options = { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform };
  return {
    restartPolicy: 'Never',
    ...restrictedPod(check, options, {
      main: container(check, props, parts, volumes),
      initContainers: spare ? [lister(check, spare, parts.imageRegistry)] : [],
      volumes,
      userId: checkUser(check, props, 1000),
      replicas: 1,
      selector: selectorLabels(registryName, Component.RETENTION),
      graceSeconds: 30,
      resources: checkResources(check, 'resources', props.resources, DEFAULT_RETENTION_RESOURCES),
    }),
    ...(spare && { serviceAccountName: objectName }),
  };
}

function container(
  check: Check,
  { image }: RegistryRetentionProps,
  { connection, dryRun, imageRegistry }: RetentionPod,
  volumes: readonly k8s.Volume[],
): k8s.Container {
  const mounted = volumes.filter(({ name }) => PATHS[name] !== undefined);
  const has = (name: string) => mounted.some((volume) => volume.name === name);
  return {
    name: 'retention',
    image: checkImage(check, 'image', image, REGBOT_IMAGE, imageRegistry),
    // Warnings of regbot may have presigned URLs in them.
    command: ['regbot', 'once', '-v', 'error', '-c', `${FILES_PATH}/regbot.json`],
    env: [
      { name: 'REGISTRY', value: connection.address },
      { name: 'RETENTION', value: FILES_PATH },
      { name: 'DRY_RUN', value: String(dryRun) },
      ...(has('running') ? [{ name: 'RUNNING', value: `${RUNNING_PATH}/list` }] : []),
      ...(has('login') ? [{ name: 'DOCKER_CONFIG', value: PATHS.login }] : []),
      // The CAs that Go programs trust.
      ...(has('ca') ? [{ name: 'SSL_CERT_FILE', value: `${PATHS.ca}/ca.crt` }] : []),
    ],
    volumeMounts: mounted.map(({ name }) => ({ name, mountPath: String(PATHS[name]), readOnly: true })),
  };
}

function lister(
  check: Check,
  { image }: SpareRunningOptions,
  imageRegistry: string | undefined,
): k8s.Container {
  return {
    name: 'list-running-images',
    image: checkImage(check, 'spareRunning.image', image, DEFAULT_FRONT_IMAGE, imageRegistry),
    command: ['sh', '-c', RUNNING_IMAGES_SCRIPT],
    volumeMounts: [
      { name: 'running', mountPath: RUNNING_PATH },
      { name: 'account', mountPath: ACCOUNT_PATH, readOnly: true },
    ],
  };
}

/** What its container has. */
export const DEFAULT_RETENTION_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
};

/** The list of images, and a token that lasts for it alone. */
const SPARE_VOLUMES: readonly k8s.Volume[] = [
  { name: 'running', emptyDir: { sizeLimit: k8s.Quantity.fromString('256Mi') } },
  {
    name: 'account',
    projected: {
      defaultMode: 0o440,
      sources: [
        { serviceAccountToken: { path: 'token', expirationSeconds: 600 } },
        { configMap: { name: 'kube-root-ca.crt', items: [{ key: 'ca.crt', path: 'ca.crt' }] } },
      ],
    },
  },
];

function fromSecret(name: string, secretName: string, key: string, path: string): k8s.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: [{ key, path }] } };
}
