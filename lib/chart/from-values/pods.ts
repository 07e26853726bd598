// What the registry's pods and the UI's have in common, from values.
import {
  type ContainerResources,
  type DnsPolicy,
  type ImagePullPolicy,
  type ISecret,
  k8s,
  Secret,
  ServiceAccount,
} from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { imageFrom, namesRegistry } from '../../core/image';
import type { PodOptions } from '../../core/pod-options';
import type { PROBES, ProbeOptions } from '../../core/probes';
import type { NetworkPolicyOptions } from '../../network/network-policy';
import type { ContainerPrefix, ImagePath, PodPrefix } from '../values/pods';
import { ChartValues } from '../values/reader';
import { containers, rules, variables, volumes } from './kubernetes';

/** The values with the pull secrets of some pods. */
type PullSecretsPath = `${PodPrefix | 'nodeTrust.'}imagePullSecrets`;

/** An image, by its tag or by its digest too. One registry may stand for those of all images. */
export function imageFromValues(values: ChartValues, at: ImagePath): string {
  const repository = values.string(`${at}.repository`) as string;
  const registry = values.string('global.imageRegistry') ?? values.string(`${at}.registry`);
  const digest = values.string(`${at}.digest`);
  const image = `${repository}:${values.string(`${at}.tag`)}${digest === undefined ? '' : `@${digest}`}`;
  return namesRegistry(repository) ? image : imageFrom(registry, image);
}

/** The names of a pod's pull secrets: first those of all pods, and each once, as Kubernetes wants it. */
export function pullSecretNames(values: ChartValues, at: PullSecretsPath): string[] {
  const all = values.list<string | { name: string }>('global.imagePullSecrets') ?? [];
  const own = values.list<{ name: string }>(at) ?? [];
  return [...new Set([...all, ...own].map((one) => (typeof one === 'string' ? one : one.name)))];
}

/** A pod's pull secrets. */
export function pullSecretsFromValues(
  scope: Construct,
  values: ChartValues,
  pod: string,
  at: PullSecretsPath,
): ISecret[] {
  return pullSecretNames(values, at).map((name, index) =>
    Secret.fromSecretName(scope, `${pod}.imagePullSecrets-${index}`, name),
  );
}

/** The options of a pod. */
export function podFromValues(scope: Construct, values: ChartValues, prefix: PodPrefix): PodOptions {
  const account = values.string(`${prefix}serviceAccount.name`);
  return {
    resources: resourcesFromValues(values, prefix),
    userFromPlatform: values.boolean(`${prefix}userFromPlatform`),
    podSecurityContext: values.map<any>(`${prefix}podSecurityContext`),
    securityContext: values.map<any>(`${prefix}securityContext`),
    podLabels: values.map(`${prefix}podLabels`),
    podAnnotations: values.map(`${prefix}podAnnotations`),
    nodeSelector: values.map(`${prefix}nodeSelector`),
    tolerations: values.list(`${prefix}tolerations`),
    affinity: values.map<any>(`${prefix}affinity`) as k8s.Affinity | undefined,
    priorityClassName: values.string(`${prefix}priorityClassName`),
    topologySpreadConstraints: values.list(`${prefix}topologySpreadConstraints`),
    runtimeClassName: values.string(`${prefix}runtimeClassName`),
    hostAliases: values.list(`${prefix}hostAliases`),
    dnsPolicy: values.enum<DnsPolicy>(`${prefix}dnsPolicy`),
    dnsConfig: values.map<any>(`${prefix}dnsConfig`),
    startupProbe: timings(values, `${prefix}startupProbe`),
    readinessProbe: timings(values, `${prefix}readinessProbe`),
    livenessProbe: timings(values, `${prefix}livenessProbe`),
    revisionHistoryLimit: values.integer(`${prefix}revisionHistoryLimit`),
    imagePullPolicy: values.enum<ImagePullPolicy>(`${prefix}image.pullPolicy`),
    serviceAccount:
      account === undefined
        ? undefined
        : ServiceAccount.fromServiceAccountName(scope, `${prefix}serviceAccount`, account),
    imagePullSecrets: pullSecretsFromValues(
      scope,
      values,
      prefix === '' ? 'registry' : 'ui',
      `${prefix}imagePullSecrets`,
    ),
    env: variables(values.list(`${prefix}extraEnv`)),
    volumes: volumes(values.list(`${prefix}extraVolumes`)),
    volumeMounts: values.list(`${prefix}extraVolumeMounts`),
    sidecars: containers(values.list(`${prefix}sidecars`)),
    initContainers: containers(values.list(`${prefix}initContainers`)),
  };
}

/** The UID, where it is not the platform's to choose: the default stands for none there. */
export function userFromValues(values: ChartValues, prefix: PodPrefix): number | undefined {
  const id = values.integer(`${prefix}userId`);
  const usual = new ChartValues().integer(`${prefix}userId`);
  return values.boolean(`${prefix}userFromPlatform`) && id === usual ? undefined : id;
}

function timings(values: ChartValues, at: `${PodPrefix}${(typeof PROBES)[number]}`): ProbeOptions {
  return {
    initialDelaySeconds: values.integer(`${at}.initialDelaySeconds`),
    periodSeconds: values.integer(`${at}.periodSeconds`),
    timeoutSeconds: values.integer(`${at}.timeoutSeconds`),
    failureThreshold: values.integer(`${at}.failureThreshold`),
  };
}

/** CPU and memory of a container. */
export function resourcesFromValues(values: ChartValues, prefix: ContainerPrefix): ContainerResources {
  return {
    cpu: {
      request: values.cpu(`${prefix}resources.requests.cpu`),
      limit: values.cpu(`${prefix}resources.limits.cpu`),
    },
    memory: {
      request: values.size(`${prefix}resources.requests.memory`),
      limit: values.size(`${prefix}resources.limits.memory`),
    },
  };
}

export function networkFromValues(values: ChartValues, prefix: PodPrefix): NetworkPolicyOptions {
  return {
    enabled: values.boolean(`${prefix}networkPolicy.enabled`),
    allowFrom: values.list(`${prefix}networkPolicy.allowFrom`),
    allowTo: rules(values.list(`${prefix}networkPolicy.allowTo`)),
  };
}
