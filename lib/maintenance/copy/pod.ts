// The pod of a copy: regbot plans, regsync copies, and regbot compares. None has a token.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { DOCKER_CONFIG_KEY } from '../../auth/client-login';
import { Check } from '../../core/check';
import { checkImage, REGBOT_IMAGE, REGSYNC_IMAGE } from '../../core/image';
import { Component, selectorLabels } from '../../core/labels';
import { checkResources } from '../../core/resources';
import { checkUser, restrictedPod } from '../../core/restricted-pod';
import { CopyEndDetails } from './ends';
import { RegistryCopyProps } from './options';

/** Folders in the containers. */
const PATHS = {
  files: '/copy',
  work: '/work',
  'source-login': '/source-login',
  'target-login': '/target-login',
  'source-ca': '/source-ca',
  'target-ca': '/target-ca',
} as const;

/** What the pod is made of, besides its options. */
export interface CopyPod {
  readonly objectName: string;
  readonly registryName: string;
  readonly imageRegistry?: string;
  readonly source: CopyEndDetails;
  readonly target: CopyEndDetails;
  readonly patterns: readonly string[];
  readonly overwrite: boolean;
}

/** The pod's specification. */
export function copyPod(check: Check, props: RegistryCopyProps, parts: CopyPod): k8s.PodSpec {
  const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform, hostAliases } =
    props;
  const { image, compareImage } = props;
  const { objectName, registryName, imageRegistry, source, target } = parts;
  const volumes: k8s.Volume[] = [
    { name: 'files', configMap: { name: objectName } },
    // The logins, and lists of names: 200,000 tags are 25 MiB.
    { name: 'work', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('64Mi') } },
    ...ofEnd('source', source, objectName),
    ...ofEnd('target', target, objectName),
  ];
  const regbot = checkImage(check, 'compareImage', compareImage, REGBOT_IMAGE, imageRegistry);
  const regsync = checkImage(check, 'image', image, REGSYNC_IMAGE, imageRegistry);
  const container = (name: string, of: string, command: string[], login = false): k8s.Container => {
    const mounted = volumes.filter((volume) => login || !volume.name.endsWith('-login'));
    return {
      name,
      image: of,
      command,
      env: variables(parts),
      volumeMounts: mounted.map((volume) => ({
        name: volume.name,
        mountPath: PATHS[volume.name as keyof typeof PATHS],
        ...(!(volume.name === 'work' && name !== 'compare') && { readOnly: true }),
      })),
    };
  };
  const options = {
    imagePullPolicy,
    imagePullSecrets,
    nodeSelector,
    tolerations,
    userFromPlatform,
    hostAliases,
  };
  const compare = ['regbot', 'once', '-v', 'error', '-c', `${PATHS.files}/compare.json`];
  return {
    restartPolicy: 'Never',
    ...restrictedPod(check, options, {
      main: container('compare', regbot, compare),
      initContainers: [
        container('plan', regbot, ['sh', `${PATHS.files}/plan.sh`], true),
        container('copy', regsync, ['sh', `${PATHS.files}/copy.sh`]),
      ],
      volumes,
      userId: checkUser(check, props, 1000),
      replicas: 1,
      selector: selectorLabels(registryName, Component.COPY),
      graceSeconds: 30,
      resources: checkResources(check, 'resources', props.resources, DEFAULT_COPY_RESOURCES),
    }),
  };
}

function variables({ source, target, patterns, overwrite }: CopyPod): k8s.EnvVar[] {
  const authorities = [
    ...(source.ca ? [PATHS['source-ca']] : []),
    ...(target.ca ? [PATHS['target-ca']] : []),
  ];
  const all = {
    SOURCE: source.address,
    TARGET: target.address,
    REPOSITORIES: patterns.join(' '),
    OVERWRITE: String(overwrite),
    FILES: PATHS.files,
    DOCKER_CONFIG: PATHS.work,
    SOURCE_LOGIN: PATHS['source-login'],
    SOURCE_LOGIN_AT: source.loginAt.join(' '),
    SOURCE_LOGIN_AS: source.loginAs,
    TARGET_LOGIN: PATHS['target-login'],
    TARGET_LOGIN_AT: target.loginAt.join(' '),
    TARGET_LOGIN_AS: target.loginAs,
    // Beside the image's own file of public CAs.
    ...(authorities.length > 0 && { SSL_CERT_DIR: authorities.join(':') }),
  };
  return Object.entries(all).map(([name, value]) => ({ name, value }));
}

function ofEnd(end: 'source' | 'target', { login, ca }: CopyEndDetails, objectName: string): k8s.Volume[] {
  const from = (name: string, secretName: string, key: string, path: string): k8s.Volume => ({
    name,
    secret: { secretName, defaultMode: 0o440, items: [{ key, path }] },
  });
  return [
    ...(login?.existing === undefined
      ? []
      : [from(`${end}-login`, login.existing, DOCKER_CONFIG_KEY, 'config.json')]),
    ...(login?.withFiles ? [from(`${end}-login`, `${objectName}-${end}`, 'login', 'login')] : []),
    ...(ca ? [from(`${end}-ca`, ca.name, ca.key, 'ca.crt')] : []),
  ];
}

/** Of each of its containers. */
export const DEFAULT_COPY_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(64), limit: Size.mebibytes(256) },
};
