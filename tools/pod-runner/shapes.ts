// Everything that the runner understands of Kubernetes: one shape per kind, with the API server's defaults.
// A field that is not written here is refused, so a new one in the library needs a decision here first.

import {
  bytes,
  type Decoded,
  defaulted,
  either,
  integer,
  list,
  map,
  noEffect,
  object,
  only,
  optional,
  string,
} from './decode';

const metadata = object({
  name: string,
  namespace: optional(string),
  labels: defaulted(map(string), {}),
  annotations: defaulted(map(string), {}),
});
const port = either(integer, string);

// --- pods
// -----------------------------------------------------------------------------------------------------------

const exec = object({ command: list(string) });
const probe = object({
  httpGet: optional(object({ path: string, port, scheme: defaulted(only('HTTP', 'HTTPS'), 'HTTP') })),
  tcpSocket: optional(object({ port })),
  exec: optional(exec),
  initialDelaySeconds: defaulted(integer, 0),
  periodSeconds: defaulted(integer, 10),
  timeoutSeconds: defaulted(integer, 1),
  failureThreshold: defaulted(integer, 3),
  successThreshold: defaulted(integer, 1),
});
const seccompProfile = optional(object({ type: only('RuntimeDefault') })); // a runtime's business: not applied
const user = {
  runAsNonRoot: optional(only(true, false)),
  runAsUser: optional(integer),
  runAsGroup: optional(integer),
  seccompProfile,
};
const quantities = optional(map(either(string, integer)));

const container = object({
  name: string,
  image: string,
  imagePullPolicy: noEffect, // nothing is pulled: image.ts says which programs stand for which image
  command: optional(list(string)), // without one the image's own runs, if image.ts knows it
  args: optional(list(string)),
  env: defaulted(
    list(
      object({
        name: string,
        value: optional(string),
        valueFrom: optional(object({ secretKeyRef: object({ name: string, key: string }) })),
      }),
    ),
    [],
  ),
  ports: defaulted(
    list(object({ containerPort: integer, name: optional(string), protocol: optional(only('TCP')) })),
    [],
  ),
  lifecycle: optional(object({ preStop: optional(object({ exec })) })),
  startupProbe: optional(probe),
  readinessProbe: optional(probe),
  livenessProbe: optional(probe),
  securityContext: object({
    ...user,
    privileged: optional(only(false)),
    allowPrivilegeEscalation: only(false),
    readOnlyRootFilesystem: only(true),
    capabilities: object({ drop: list(only('ALL')), add: defaulted(list(only('CHOWN')), []) }),
  }),
  resources: optional(object({ requests: quantities, limits: quantities })), // scheduling and cgroups: not applied
  volumeMounts: defaulted(
    list(object({ name: string, mountPath: string, readOnly: defaulted(only(true, false), false) })),
    [],
  ),
});

const items = optional(list(object({ key: string, path: string, mode: optional(integer) })));
const projectedConfigMap = object({
  name: string,
  items,
  optional: defaulted(only(true, false), false),
});
const volume = object({
  name: string,
  configMap: optional(
    object({
      name: string,
      defaultMode: defaulted(integer, 0o644),
      items,
      optional: defaulted(only(true, false), false),
    }),
  ),
  projected: optional(
    object({
      defaultMode: defaulted(integer, 0o644),
      sources: list(object({ configMap: projectedConfigMap })), // tokens: a test gives them as a Secret
    }),
  ),
  secret: optional(object({ secretName: string, defaultMode: defaulted(integer, 0o644), items })),
  persistentVolumeClaim: optional(object({ claimName: string })),
  emptyDir: optional(object({ medium: defaulted(only('', 'Memory'), ''), sizeLimit: optional(bytes) })),
});

const podFields = {
  containers: list(container),
  initContainers: defaulted(list(container), []),
  volumes: defaulted(list(volume), []),
  securityContext: object({
    ...user,
    fsGroup: optional(integer),
    fsGroupChangePolicy: defaulted(only('Always', 'OnRootMismatch'), 'Always'),
  }),
  enableServiceLinks: only(false), // the links would be environment variables, which the runner does not make
  automountServiceAccountToken: only(false), // there is no API server to talk to
  activeDeadlineSeconds: noEffect, // the test has its own deadline
  terminationGracePeriodSeconds: defaulted(integer, 30),
  // There is one machine, so where and how urgently a pod is scheduled has no effect:
  nodeSelector: noEffect,
  affinity: noEffect,
  tolerations: noEffect,
  topologySpreadConstraints: noEffect,
  priorityClassName: noEffect,
  serviceAccountName: noEffect, // what it may do, an API server decides
};
const podSpec = object({
  ...podFields,
  restartPolicy: optional(only('Always')), // a container that exits fails the test instead
});

/** A pod that works to its end, as a hook of Helm's does. */
export const pod = object({
  apiVersion: only('v1'),
  kind: only('Pod'),
  metadata,
  spec: object({ ...podFields, restartPolicy: only('Never') }),
});

/** Its Jobs are run by the test, one at a time: nobody watches the clock. */
export const cronJob = object({
  apiVersion: only('batch/v1'),
  kind: only('CronJob'),
  metadata,
  spec: object({
    schedule: string,
    timeZone: optional(string),
    suspend: noEffect, // the test runs it
    concurrencyPolicy: only('Forbid'),
    startingDeadlineSeconds: noEffect,
    successfulJobsHistoryLimit: noEffect, // no Job is an object here
    failedJobsHistoryLimit: noEffect,
    jobTemplate: object({
      metadata: noEffect,
      spec: object({
        backoffLimit: noEffect, // the test asks for a second run
        activeDeadlineSeconds: noEffect, // the test has its own deadline
        template: object({
          metadata: object({ labels: map(string), annotations: noEffect }),
          spec: object({ ...podFields, restartPolicy: only('Never') }),
        }),
      }),
    }),
  }),
});

export const deployment = object({
  apiVersion: only('apps/v1'),
  kind: only('Deployment'),
  metadata,
  spec: object({
    replicas: defaulted(integer, 1),
    selector: object({ matchLabels: map(string) }),
    strategy: object({ type: only('Recreate', 'RollingUpdate'), rollingUpdate: noEffect }), // restarts are asked for by the test
    revisionHistoryLimit: noEffect, // nobody rolls back
    progressDeadlineSeconds: noEffect, // the test has its own deadline
    minReadySeconds: optional(only(0)),
    template: object({ metadata: object({ labels: map(string), annotations: noEffect }), spec: podSpec }),
  }),
});

/**
 * A pod on every node, which works on the node's own folders as root without capabilities: see node-agent.ts.
 */
export const daemonSet = object({
  apiVersion: only('apps/v1'),
  kind: only('DaemonSet'),
  metadata,
  spec: object({
    selector: object({ matchLabels: map(string) }),
    updateStrategy: noEffect, // there is one node
    template: object({
      metadata: object({ labels: map(string), annotations: noEffect }),
      spec: object({
        containers: list(container),
        volumes: list(
          object({
            name: string,
            configMap: optional(object({ name: string })),
            projected: optional(
              object({
                defaultMode: only(0o400),
                sources: list(
                  object({
                    configMap: optional(object({ name: string })),
                    secret: optional(object({ name: string })),
                  }),
                ),
              }),
            ),
            hostPath: optional(object({ path: string, type: only('DirectoryOrCreate') })),
          }),
        ),
        securityContext: object({
          runAsNonRoot: only(false),
          runAsUser: only(0),
          runAsGroup: only(0),
          seccompProfile,
        }),
        enableServiceLinks: only(false),
        automountServiceAccountToken: only(false),
        terminationGracePeriodSeconds: integer,
        nodeSelector: noEffect,
        tolerations: noEffect,
      }),
    }),
  }),
});

// --- what pods use
// ----------------------------------------------------------------------------------------------------

export const secret = object({
  apiVersion: only('v1'),
  kind: only('Secret'),
  metadata,
  type: defaulted(
    only('Opaque', 'kubernetes.io/basic-auth', 'kubernetes.io/tls', 'kubernetes.io/dockerconfigjson'),
    'Opaque',
  ),
  immutable: optional(only(true, false)),
  data: defaulted(map(string), {}),
  stringData: defaulted(map(string), {}),
});

export const configMap = object({
  apiVersion: only('v1'),
  kind: only('ConfigMap'),
  metadata,
  immutable: optional(only(true, false)),
  data: defaulted(map(string), {}),
});

export const claim = object({
  apiVersion: only('v1'),
  kind: only('PersistentVolumeClaim'),
  metadata,
  spec: object({
    accessModes: list(only('ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany')),
    resources: object({ requests: object({ storage: bytes }) }),
    storageClassName: optional(string), // every claim is a folder; of meaning only with a volumeName
    volumeName: optional(string),
    volumeMode: optional(only('Filesystem')),
  }),
});

export const persistentVolume = object({
  apiVersion: only('v1'),
  kind: only('PersistentVolume'),
  metadata,
  spec: object({
    capacity: object({ storage: bytes }),
    accessModes: list(only('ReadWriteOnce')),
    persistentVolumeReclaimPolicy: only('Retain'), // nothing is ever reclaimed here
    storageClassName: defaulted(only(''), ''),
    claimRef: object({
      apiVersion: only('v1'),
      kind: only('PersistentVolumeClaim'),
      namespace: string,
      name: string,
    }),
    hostPath: object({ path: string, type: only('DirectoryOrCreate') }),
    nodeAffinity: noEffect, // there is one machine
  }),
});

// --- ways in
// ------------------------------------------------------------------------------------------------------------

export const service = object({
  apiVersion: only('v1'),
  kind: only('Service'),
  metadata,
  spec: object({
    type: defaulted(only('ClusterIP', 'NodePort', 'LoadBalancer'), 'ClusterIP'),
    selector: map(string),
    ports: list(
      object({
        name: optional(string),
        port: integer,
        targetPort: port,
        nodePort: optional(integer),
        protocol: optional(only('TCP')),
        appProtocol: noEffect, // a hint for meshes
      }),
    ),
    sessionAffinity: optional(only('None')),
    externalTrafficPolicy: noEffect, // one machine
    internalTrafficPolicy: noEffect,
  }),
});

const backend = object({
  service: object({ name: string, port: object({ name: optional(string), number: optional(integer) }) }),
});
export const ingress = object({
  apiVersion: only('networking.k8s.io/v1'),
  kind: only('Ingress'),
  metadata,
  spec: object({
    ingressClassName: optional(string),
    tls: defaulted(list(object({ hosts: list(string), secretName: string })), []),
    rules: list(
      object({
        host: string,
        http: object({
          paths: list(
            object({ path: string, pathType: only('Prefix', 'Exact', 'ImplementationSpecific'), backend }),
          ),
        }),
      }),
    ),
  }),
});

export type Container = Decoded<typeof container>;
export type Probe = Decoded<typeof probe>;
export type Volume = Decoded<typeof volume>;
export type Claim = Decoded<typeof claim>;
export type PodSpec = Omit<Decoded<typeof podSpec>, 'restartPolicy'>;
export type Pod = Decoded<typeof pod>;
export type Deployment = Decoded<typeof deployment>;
export type DaemonSet = Decoded<typeof daemonSet>;
export type Secret = Decoded<typeof secret>;
export type Service = Decoded<typeof service>;
export type Ingress = Decoded<typeof ingress>;
