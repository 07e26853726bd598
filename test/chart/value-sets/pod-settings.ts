// How pods run: where, how often they are probed, and what may be done to them.
import { DnsPolicy, ImagePullPolicy, PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { StorageBackend } from '../../../lib';
import type { ValueSet } from './value-set';

const ALIASES = [{ ip: '192.0.2.7', hostnames: ['ldap.example.com', 'no'] }];
const RESOLVER = { nameservers: ['192.0.2.53'], options: [{ name: 'ndots', value: '1' }] };
const ZONE = { maxSkew: 1, topologyKey: 'topology.kubernetes.io/zone', whenUnsatisfiable: 'DoNotSchedule' };
const RACK = {
  ...ZONE,
  topologyKey: 'example.com/rack',
  labelSelector: { matchLabels: { app: 'registry' } },
};
const PODS_OF = (component: string) => ({
  'app.kubernetes.io/name': 'registry',
  'app.kubernetes.io/instance': 'registry',
  'app.kubernetes.io/component': component,
});

const GROUPS = {
  fsGroupChangePolicy: 'Always',
  supplementalGroups: [2000],
  sysctls: [{ name: 'net.ipv4.tcp_keepalive_time', value: '60' }],
};
const LABELLED = {
  seLinuxOptions: { level: 's0:c1,c2', type: 'container_t' },
  capabilities: { drop: ['ALL'] },
};
const PROFILE = { type: 'Localhost', localhostProfile: 'profiles/registry.json' };

const shared = () => ({
  backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
});

export const POD_SETTINGS: readonly ValueSet[] = [
  {
    name: 'how pods are spread, resolve names and are pulled',
    values: {
      replicaCount: 2,
      persistence: { accessMode: 'ReadWriteMany' },
      ingress: { enabled: true },
      image: { pullPolicy: 'Always' },
      revisionHistoryLimit: 0,
      runtimeClassName: 'gvisor',
      hostAliases: ALIASES,
      dnsPolicy: 'None',
      dnsConfig: RESOLVER,
      topologySpreadConstraints: [ZONE, RACK],
      ui: {
        enabled: true,
        image: { pullPolicy: 'Never' },
        revisionHistoryLimit: 2,
        runtimeClassName: 'kata',
        hostAliases: ALIASES,
        dnsPolicy: 'Default',
        dnsConfig: RESOLVER,
        topologySpreadConstraints: [ZONE],
      },
    },
    props: () => ({
      replicas: 2,
      storage: shared(),
      ingress: {},
      imagePullPolicy: ImagePullPolicy.ALWAYS,
      revisionHistoryLimit: 0,
      runtimeClassName: 'gvisor',
      hostAliases: ALIASES,
      dnsPolicy: DnsPolicy.NONE,
      dnsConfig: RESOLVER,
      topologySpreadConstraints: [{ ...ZONE, labelSelector: { matchLabels: PODS_OF('registry') } }, RACK],
      ui: {
        imagePullPolicy: ImagePullPolicy.NEVER,
        revisionHistoryLimit: 2,
        runtimeClassName: 'kata',
        hostAliases: ALIASES,
        dnsPolicy: DnsPolicy.DEFAULT,
        dnsConfig: RESOLVER,
        topologySpreadConstraints: [{ ...ZONE, labelSelector: { matchLabels: PODS_OF('ui') } }],
      },
    }),
  },
  {
    name: 'three replicas, of which two stay in a drain',
    values: {
      replicaCount: 3,
      persistence: { accessMode: 'ReadWriteMany' },
      podDisruptionBudget: { minAvailable: 2 },
    },
    props: () => ({ replicas: 3, storage: shared(), podDisruptionBudget: { minAvailable: 2 } }),
  },
  {
    name: 'replicas without a PodDisruptionBudget',
    values: {
      replicaCount: 2,
      persistence: { accessMode: 'ReadWriteMany' },
      podDisruptionBudget: { enabled: false },
    },
    props: () => ({ replicas: 2, storage: shared(), podDisruptionBudget: { enabled: false } }),
  },
  {
    name: 'one replica with a PodDisruptionBudget',
    values: { podDisruptionBudget: { enabled: true, maxUnavailable: 1 } },
    props: () => ({ podDisruptionBudget: { enabled: true, maxUnavailable: 1 } }),
  },
  {
    name: "users of the platform's, and more in security contexts",
    values: {
      userFromPlatform: true,
      podSecurityContext: GROUPS,
      securityContext: LABELLED,
      sidecars: [{ name: 'logs', image: 'busybox:1.37', securityContext: { runAsUser: 7 } }],
      ingress: { enabled: true },
      ui: {
        enabled: true,
        userFromPlatform: true,
        podSecurityContext: { seccompProfile: PROFILE },
        securityContext: { seccompProfile: PROFILE },
      },
    },
    props: () => ({
      userFromPlatform: true,
      podSecurityContext: GROUPS,
      securityContext: LABELLED,
      sidecars: [{ name: 'logs', image: 'busybox:1.37', securityContext: { runAsUser: 7 } }],
      ingress: {},
      ui: {
        userFromPlatform: true,
        podSecurityContext: { seccompProfile: PROFILE },
        securityContext: { seccompProfile: PROFILE },
      },
    }),
  },
  {
    name: 'a UID of the UI',
    values: { ingress: { enabled: true }, userId: 2000, ui: { enabled: true, userId: 2001 } },
    props: () => ({ ingress: {}, userId: 2000, ui: { userId: 2001 } }),
  },
  {
    name: 'how often pods are probed',
    values: {
      ingress: { enabled: true },
      startupProbe: { initialDelaySeconds: 0, periodSeconds: 5, timeoutSeconds: 9, failureThreshold: 60 },
      readinessProbe: { initialDelaySeconds: 1, periodSeconds: 3, timeoutSeconds: 2, failureThreshold: 1 },
      livenessProbe: { initialDelaySeconds: 4, periodSeconds: 60, timeoutSeconds: 10, failureThreshold: 9 },
      ui: {
        enabled: true,
        startupProbe: { initialDelaySeconds: 7, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 9 },
        readinessProbe: { initialDelaySeconds: 8, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4 },
        livenessProbe: { initialDelaySeconds: 9, periodSeconds: 3, timeoutSeconds: 2, failureThreshold: 1 },
      },
    },
    props: () => ({
      ingress: {},
      startupProbe: { initialDelaySeconds: 0, periodSeconds: 5, timeoutSeconds: 9, failureThreshold: 60 },
      readinessProbe: { initialDelaySeconds: 1, periodSeconds: 3, timeoutSeconds: 2, failureThreshold: 1 },
      livenessProbe: { initialDelaySeconds: 4, periodSeconds: 60, timeoutSeconds: 10, failureThreshold: 9 },
      ui: {
        startupProbe: { initialDelaySeconds: 7, periodSeconds: 1, timeoutSeconds: 1, failureThreshold: 9 },
        readinessProbe: { initialDelaySeconds: 8, periodSeconds: 2, timeoutSeconds: 3, failureThreshold: 4 },
        livenessProbe: { initialDelaySeconds: 9, periodSeconds: 3, timeoutSeconds: 2, failureThreshold: 1 },
      },
    }),
  },
];
