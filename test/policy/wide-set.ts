// The good set and beside it one of every other kind on the allow-list: a replicated mirror with its budget,
// a node agent, a collection job with its rights, a bound volume.
import {
  deployment,
  encoded,
  type GoodObject,
  goodSet,
  labels,
  networkPolicy,
  object,
  pod,
  registryContainer,
  securityContext,
  selector,
  unshared,
} from './good-set';

const { name, args, resources } = registryContainer;

/** A container that does its work and ends, so that it has no ports and no probes. */
const work = {
  name,
  args,
  resources,
  securityContext,
  command: ['registry', 'garbage-collect'],
  image: `registry@sha256:${'0123456789abcdef'.repeat(4)}`,
};

const spread = {
  maxSkew: 1,
  topologyKey: 'kubernetes.io/hostname',
  whenUnsatisfiable: 'ScheduleAnyway',
  labelSelector: { matchLabels: selector('registry-mirror') },
};

function mirror(): GoodObject[] {
  const mirrored = deployment(
    'registry-mirror',
    { type: 'RollingUpdate', rollingUpdate: { maxUnavailable: 1 } },
    {
      topologySpreadConstraints: [spread],
      imagePullSecrets: [{ name: 'registry-pull' }],
      containers: [
        {
          ...registryContainer,
          volumeMounts: [{ name: 'ca', mountPath: '/ca/ca.crt', subPath: 'ca.crt', readOnly: true }],
          envFrom: [{ configMapRef: { name: 'registry-config' } }],
        },
      ],
      volumes: [
        {
          name: 'ca',
          projected: {
            sources: [{ secret: { name: 'registry-tls', items: [{ key: 'ca.crt', path: 'ca.crt' }] } }],
          },
        },
      ],
    },
  );
  return [
    { ...mirrored, spec: { ...(mirrored.spec as object), replicas: 2 } },
    networkPolicy('registry-mirror', []),
    object('policy/v1', 'PodDisruptionBudget', 'registry-mirror', 'registry-mirror', {
      spec: {
        maxUnavailable: 1,
        unhealthyPodEvictionPolicy: 'AlwaysAllow',
        selector: { matchLabels: selector('registry-mirror') },
      },
    }),
    object('v1', 'Secret', 'registry-pull', 'registry-mirror', {
      type: 'kubernetes.io/dockerconfigjson',
      data: encoded({ '.dockerconfigjson': '{"auths":{}}' }),
    }),
  ];
}

function jobSpec(spec: object): object {
  return {
    backoffLimit: 1,
    template: {
      metadata: { labels: labels('registry-gc') },
      spec: { ...pod, restartPolicy: 'Never', ...spec },
    },
  };
}

function collection(): GoodObject[] {
  const account = 'registry-gc';
  return [
    object('v1', 'ServiceAccount', account, account, { automountServiceAccountToken: false }),
    object('rbac.authorization.k8s.io/v1', 'Role', account, account, {
      rules: [
        {
          apiGroups: ['apps'],
          resources: ['deployments'],
          resourceNames: ['registry'],
          verbs: ['get', 'patch'],
        },
      ],
    }),
    object('rbac.authorization.k8s.io/v1', 'RoleBinding', account, account, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name: account },
      subjects: [{ kind: 'ServiceAccount', name: account }],
    }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRole', account, account, {
      rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }],
    }),
    object('rbac.authorization.k8s.io/v1', 'ClusterRoleBinding', account, account, {
      roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: account },
      subjects: [{ kind: 'ServiceAccount', name: account, namespace: 'registry' }],
    }),
    object('batch/v1', 'CronJob', account, account, {
      spec: {
        schedule: '0 3 * * 0',
        concurrencyPolicy: 'Forbid',
        successfulJobsHistoryLimit: 1,
        jobTemplate: {
          spec: jobSpec({
            containers: [work],
            serviceAccountName: account,
            automountServiceAccountToken: true,
          }),
        },
      },
    }),
    object('batch/v1', 'Job', 'registry-seed', account, {
      spec: { ...jobSpec({ containers: [work] }), ttlSecondsAfterFinished: 600 },
    }),
    closed(account),
  ];
}

/** A policy for pods that nobody calls. */
function closed(owner: string): GoodObject {
  return object('networking.k8s.io/v1', 'NetworkPolicy', owner, owner, {
    spec: { podSelector: { matchLabels: selector(owner) }, policyTypes: ['Ingress', 'Egress'] },
  });
}

function nodes(): GoodObject[] {
  const agent = { ...registryContainer, env: [], volumeMounts: [] };
  const spec = { ...pod, containers: [agent] };
  return [
    object('apps/v1', 'DaemonSet', 'registry-agent', 'registry-agent', {
      spec: {
        selector: { matchLabels: selector('registry-agent') },
        updateStrategy: { type: 'RollingUpdate' },
        template: { metadata: { labels: labels('registry-agent') }, spec },
      },
    }),
    networkPolicy('registry-agent', []),
    object('v1', 'Pod', 'registry-trial', 'registry-trial', {
      spec: { ...pod, restartPolicy: 'Never', containers: [work] },
    }),
    closed('registry-trial'),
  ];
}

function boundVolume(): GoodObject[] {
  const { metadata, ...rest } = object('v1', 'PersistentVolume', 'registry-data', 'registry', {
    spec: {
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      hostPath: { path: '/srv/registry' },
    },
  });
  return [
    { ...rest, metadata: { name: metadata.name, labels: metadata.labels } },
    object('v1', 'PersistentVolumeClaim', 'registry-bound', 'registry', {
      spec: {
        accessModes: ['ReadWriteOnce'],
        storageClassName: '',
        volumeName: 'registry-data',
        resources: { requests: { storage: '1Gi' } },
      },
    }),
  ];
}

export function wideSet(): GoodObject[] {
  return unshared([...goodSet(), ...mirror(), ...collection(), ...nodes(), ...boundVolume()]);
}
