// The pod of a snapshot: a container that talks to the API server and to the registry's pods. It mounts no volume.
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { kubeResources, withoutEmpty } from '../../core/restricted-pod';
import { RegistryDeployment } from '../../server/deployment';
import { API_SOURCES, GRACE_SECONDS, pauseVariables } from '../pause/pause-pod';
import { API_PATH } from '../pause/pause-script';
import { SNAPSHOT_SCRIPT } from './snapshot-script';

/** Between the last write and the snapshot: kernels write what is half a minute old, and look each five seconds. */
const SETTLE_SECONDS = 60;
const API_VOLUME = 'snapshot-api';

/** What it is made of. */
export interface SnapshotPod {
  readonly registryName: string;
  /** Name of the ServiceAccount, and of the ConfigMap with the figures. */
  readonly objectName: string;
  /** Name of the ConfigMap with the switch. */
  readonly switchName: string;
  readonly claimName: string;
  /** Empty for the default. */
  readonly className: string;
  readonly keep: number;
  readonly deployment: RegistryDeployment;
  /** With a shell and curl. */
  readonly image: string;
  readonly resources: ContainerResources;
  readonly pauseSeconds: number;
}

/** The pod. Where and as whom it runs is as with the registry's pods, whose spec is checked. */
export function snapshotPod(needs: SnapshotPod): k8s.PodSpec {
  const { spec } = needs.deployment._pods;
  const registry = [...(spec.containers ?? []), ...(spec.initContainers ?? [])].find(
    ({ name }) => name === 'registry',
  ) as k8s.Container;
  const { nodeAffinity } = spec.affinity ?? {};
  const variables = {
    REGISTRY: needs.registryName,
    SWITCH: needs.switchName,
    ...pauseVariables(needs.registryName),
    FIGURES: needs.objectName,
    CLAIM: needs.claimName,
    CLASS: needs.className,
    KEEP: String(needs.keep),
    PAUSE_SECONDS: String(needs.pauseSeconds),
    SETTLE_SECONDS: String(SETTLE_SECONDS),
  };
  return withoutEmpty({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    enableServiceLinks: false,
    serviceAccountName: needs.objectName,
    imagePullSecrets: spec.imagePullSecrets,
    securityContext: spec.securityContext,
    nodeSelector: spec.nodeSelector,
    tolerations: spec.tolerations,
    affinity: withoutEmpty({ ...(nodeAffinity && { nodeAffinity }) }),
    priorityClassName: spec.priorityClassName,
    runtimeClassName: spec.runtimeClassName,
    dnsPolicy: spec.dnsPolicy,
    dnsConfig: spec.dnsConfig,
    hostAliases: spec.hostAliases,
    terminationGracePeriodSeconds: GRACE_SECONDS,
    containers: [
      {
        name: 'snapshot',
        image: needs.image,
        imagePullPolicy: registry.imagePullPolicy,
        command: ['sh', '-c', SNAPSHOT_SCRIPT, 'snapshot'],
        env: Object.entries(variables).map(([name, value]) => ({
          name,
          ...(value !== '' && { value: typeof value === 'number' ? String(value) : value }),
        })),
        resources: kubeResources(needs.resources),
        volumeMounts: [{ name: API_VOLUME, mountPath: API_PATH, readOnly: true }],
        securityContext: registry.securityContext,
      },
    ],
    volumes: [{ name: API_VOLUME, projected: { sources: API_SOURCES } }],
  });
}
