// The pod that verifies a registry: of a CronJob, and of `helm test`.

import { Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { CheckedLogin, DOCKER_CONFIG_KEY } from '../auth/client-login';
import { Check } from '../core/check';
import { checkImage } from '../core/image';
import { kubectlIn } from '../core/kubectl';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod } from '../core/restricted-pod';
import { checkTimeLimit } from '../core/schedule';
import { checkSecretKeyRef } from '../core/secret-key-ref';
import { DEFAULT_FRONT_IMAGE } from '../front/front-options';
import { VerifiedServer } from './verification-addresses';
import { expectations, layerBytes } from './verification-expectations';
import { RegistryVerificationProps } from './verification-options';

const PATHS: Readonly<Record<string, string>> = {
  script: '/verification',
  login: '/login',
  ca: '/ca',
  tmp: '/tmp',
};

/** The login that the pod has. */
export interface PodLogin {
  /** The user, unless only an existing Secret knows. */
  readonly user?: string;
  /** The Secret's name. */
  readonly secret: string;
  /** Files in the pod by the Secret's keys. */
  readonly files: Readonly<Record<string, string>>;
}

/** What differs between the two pods. */
export interface VerifyingPod {
  readonly component: Component;
  readonly servers: readonly VerifiedServer[];
  readonly repository: string;
  readonly login?: PodLogin;
  /** The ConfigMap with the script; without it the script is the command's. */
  readonly scriptIn?: string;
  readonly script: string;
}

/** The Secret of a login, which is this one unless it exists. */
export function podLogin(login: CheckedLogin | undefined, ownSecret: string): PodLogin | undefined {
  if (login?.withFiles) return { user: login.user, secret: ownSecret, files: { login: 'login' } };
  if (login?.existing) return { secret: login.existing, files: { [DOCKER_CONFIG_KEY]: 'config.json' } };
  return undefined;
}

/** A Secret of type kubernetes.io/basic-auth. */
export function basicAuthLogin(user: string, secret: string): PodLogin {
  return { user, secret, files: { username: 'username', password: 'password' } };
}

/** How long it may take, in seconds. */
export function verificationSeconds(check: Check, props: RegistryVerificationProps): number {
  return checkTimeLimit(check, props.timeLimit, { fallback: Duration.minutes(15), least: 60 });
}

/** The pod. */
export function verifyingPod(
  part: RegistryPart,
  check: Check,
  props: RegistryVerificationProps,
  parts: VerifyingPod,
): k8s.PodSpec {
  const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform, hostAliases } =
    props;
  const bytes = layerBytes(check, props.layerSize);
  const volumes = volumesOf(check, props, parts, bytes);
  return {
    restartPolicy: 'Never',
    ...restrictedPod(
      check,
      { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform, hostAliases },
      {
        main: {
          name: 'verification',
          image: checkImage(check, 'image', props.image, DEFAULT_FRONT_IMAGE, part._context.imageRegistry),
          command: parts.scriptIn ? ['sh', `${PATHS.script}/verify`] : ['sh', '-c', parts.script],
          env: Object.entries(variablesOf(part, props, parts, bytes, volumes)).map(([name, value]) => ({
            name,
            value,
          })),
          volumeMounts: volumes.map(({ name }) => ({
            name,
            mountPath: String(PATHS[name]),
            ...(name !== 'tmp' && { readOnly: true }),
          })),
        },
        volumes,
        userId: checkUser(check, props, 1000),
        replicas: 1,
        selector: selectorLabels(part.registryName, parts.component),
        graceSeconds: 5,
        resources: checkResources(check, 'resources', props.resources, VERIFICATION_RESOURCES),
      },
    ),
  };
}

function variablesOf(
  { namespace, registryName }: RegistryPart,
  { registry }: RegistryVerificationProps,
  { servers, login, repository }: VerifyingPod,
  bytes: number,
  volumes: readonly k8s.Volume[],
): Record<string, string> {
  return {
    SERVERS: servers.map(({ url, connectTo }) => (connectTo ? `${url},${connectTo}` : url)).join(' '),
    KUBECTL: kubectlIn(namespace),
    NAME: registryName,
    ...expectations(registry, login, repository),
    LAYER_BYTES: String(bytes),
    LOGIN_AT: servers.map(({ host }) => host).join(' '),
    ...(volumes.some(({ name }) => name === 'ca') && { CURL_CA_BUNDLE: `${PATHS.ca}/${CA}` }),
  };
}

function volumesOf(
  check: Check,
  { registry: { tls }, caSecret }: RegistryVerificationProps,
  { servers, login, scriptIn }: VerifyingPod,
  bytes: number,
): k8s.Volume[] {
  const own = tls.privateCa && tls.secretName !== undefined ? { name: tls.secretName, key: CA } : undefined;
  const given = caSecret === undefined ? own : checkSecretKeyRef(check, 'caSecret', caSecret, CA);
  const ca = servers.some(({ url }) => url.startsWith('https:')) ? given : undefined;
  // The layer, the same one pulled, and small files.
  const mebibytes = Math.ceil((2 * bytes) / 2 ** 20) + 16;
  return [
    ...(scriptIn ? [{ name: 'script', configMap: { name: scriptIn } }] : []),
    { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString(`${mebibytes}Mi`) } },
    ...(login ? [fromSecret('login', login.secret, login.files)] : []),
    ...(ca ? [fromSecret('ca', ca.name, { [ca.key]: CA })] : []),
  ];
}

/** The key of a CA in a Secret. */
const CA = 'ca.crt';

/** What its container asks for. */
export const VERIFICATION_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

function fromSecret(name: string, secretName: string, files: PodLogin['files']): k8s.Volume {
  const items = Object.entries(files).map(([key, path]) => ({ key, path }));
  return { name, secret: { secretName, defaultMode: 0o440, items } };
}
