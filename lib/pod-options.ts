// What users may change about a pod, and the pod that Pod Security "restricted" accepts which both the registry and its UI are built on.
import { ContainerResources, ISecret, IServiceAccount, k8s } from 'cdk8s-plus-27';
import { Check } from './validation/check';

/** What can be set on the registry's pods and on the UI's. */
export interface PodOptions {
  /**
   * CPU and memory. What is left out keeps its default.
   *
   * @default - see the construct; no CPU limit
   */
  readonly resources?: ContainerResources;

  /**
   * Labels for the pods alone.
   *
   * @default - none besides those of the construct
   */
  readonly podLabels?: { [key: string]: string };

  /**
   * Annotations for the pods alone.
   *
   * @default - none
   */
  readonly podAnnotations?: { [key: string]: string };

  /**
   * Labels of the nodes that the pods may run on.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Taints of nodes that the pods put up with.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];

  /**
   * Rules for placing the pods.
   *
   * @default - none; several replicas are spread over the nodes
   */
  readonly affinity?: k8s.Affinity;

  /**
   * Name of the PriorityClass.
   *
   * @default - the cluster's default
   */
  readonly priorityClassName?: string;

  /**
   * The ServiceAccount that the pods run as. Its token is not mounted.
   *
   * @default - the namespace's default account
   */
  readonly serviceAccount?: IServiceAccount;

  /**
   * Secrets of type kubernetes.io/dockerconfigjson with which the pods' own images are pulled.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * More environment variables for the main container.
   *
   * @default - none
   */
  readonly env?: k8s.EnvVar[];

  /**
   * More volumes for the pod.
   *
   * @default - none
   */
  readonly volumes?: k8s.Volume[];

  /**
   * More mounts for the main container.
   *
   * @default - none
   */
  readonly volumeMounts?: k8s.VolumeMount[];

  /**
   * More containers that run beside the main one. They get the same security settings where they name none of their own.
   *
   * @default - none
   */
  readonly sidecars?: k8s.Container[];

  /**
   * More containers that run before the main one, after the library's own. They get the same security settings where they name none of their own.
   *
   * @default - none
   */
  readonly initContainers?: k8s.Container[];
}

/** What a construct's own pod is made of. */
export interface PodParts {
  readonly main: k8s.Container;
  readonly initContainers?: readonly k8s.Container[];
  readonly volumes: readonly k8s.Volume[];
  readonly userId: number;
  readonly replicas: number;
  readonly selector: Record<string, string>;
  readonly graceSeconds: number;
  /** As checked by {@link Check.resources}. */
  readonly resources: ContainerResources;
}

/** What every container runs under. */
export const RESTRICTED: k8s.SecurityContext = {
  allowPrivilegeEscalation: false,
  capabilities: { drop: ['ALL'] },
  readOnlyRootFilesystem: true,
  runAsNonRoot: true,
};

/** A pod with the construct's own parts and what the user adds. `prefix` is put before property names in messages. */
export function restrictedPod(check: Check, prefix: string, options: PodOptions, parts: PodParts): k8s.PodSpec {
  const at = (property: string) => `${prefix}${property}`;
  const { main, volumes } = parts;
  const resources = kubeResources(parts.resources);
  const restricted = (container: k8s.Container) => ({ ...container, securityContext: { ...RESTRICTED, ...container.securityContext } });
  const ownInit = (parts.initContainers ?? []).map((container) => ({ ...container, resources }));
  const takenNames = [main.name, ...ownInit.map(({ name }) => name)];
  const sidecars = check.named<k8s.Container>(at('sidecars'), options.sidecars, takenNames);
  const init = check.named<k8s.Container>(at('initContainers'), options.initContainers, [
    ...takenNames,
    ...sidecars.map(({ name }) => name),
  ]);
  return withoutEmpty({
    automountServiceAccountToken: false,
    // Kubernetes would describe each Service in the namespace to the pod by variables, and those of a Service called registry-… break the registry.
    enableServiceLinks: false,
    serviceAccountName: options.serviceAccount?.name,
    imagePullSecrets: check
      .list<ISecret>(at('imagePullSecrets'), options.imagePullSecrets)
      .map((secret, index) => ({ name: check.secret(at(`imagePullSecrets[${index}]`), secret) })),
    securityContext: {
      runAsNonRoot: true,
      runAsUser: parts.userId,
      runAsGroup: parts.userId,
      fsGroup: parts.userId,
      fsGroupChangePolicy: 'OnRootMismatch',
      seccompProfile: { type: 'RuntimeDefault' },
    },
    nodeSelector: check.labels(at('nodeSelector'), options.nodeSelector),
    tolerations: check.list<k8s.Toleration>(at('tolerations'), options.tolerations),
    affinity: options.affinity,
    priorityClassName: check.objectName(at('priorityClassName'), options.priorityClassName, undefined, 'system-cluster-critical'),
    topologySpreadConstraints:
      parts.replicas > 1
        ? [
            {
              maxSkew: 1,
              topologyKey: 'kubernetes.io/hostname',
              whenUnsatisfiable: 'ScheduleAnyway',
              labelSelector: { matchLabels: parts.selector },
            },
          ]
        : undefined,
    terminationGracePeriodSeconds: parts.graceSeconds,
    initContainers: [...ownInit, ...init].map(restricted),
    containers: [
      restricted({
        ...main,
        resources,
        env: [
          ...(main.env ?? []),
          ...check.named<k8s.EnvVar>(
            at('env'),
            options.env,
            (main.env ?? []).map(({ name }) => name),
          ),
        ],
        volumeMounts: [...(main.volumeMounts ?? []), ...check.list<k8s.VolumeMount>(at('volumeMounts'), options.volumeMounts)],
      }),
      ...sidecars.map(restricted),
    ],
    volumes: [
      ...volumes,
      ...check.named<k8s.Volume>(
        at('volumes'),
        options.volumes,
        volumes.map(({ name }) => name),
      ),
    ],
  });
}

/** Leaves out lists and maps with nothing in them, which would only be noise in a manifest. */
export function withoutEmpty<T extends object>(fields: T): T {
  const isEmpty = (value: unknown) => typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return Object.fromEntries(Object.entries(fields).filter(([, value]) => !isEmpty(value))) as T;
}

function kubeResources({ cpu, memory }: ContainerResources): k8s.ResourceRequirements {
  const quantities = (kind: 'request' | 'limit') => ({
    ...(cpu?.[kind] && { cpu: k8s.Quantity.fromString(cpu[kind].amount) }),
    ...(memory?.[kind] && { memory: k8s.Quantity.fromString(memory[kind].asString()) }),
  });
  return { requests: quantities('request'), limits: quantities('limit') };
}
