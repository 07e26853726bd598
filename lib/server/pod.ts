// The registry's pod: one container that runs as an unprivileged UID with a read-only root file system, and
// drains uploads before it stops. Its environment, mounts, probes and default resources.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { RegistryAuth } from '../auth/auth';
import { TokenFiles } from '../auth/token';
import { Check, kibibytes } from '../core/check';
import { ownedVariable } from '../core/owned-variables';
import { PodOptions } from '../core/pod-options';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod, UserOptions } from '../core/restricted-pod';
import { RegistryFront } from '../front/front';
import { textsAsTheyAre } from '../secrets/env-from-secret';
import { RegistryHttpSecret } from '../secrets/http-secret';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import { CachedUpstream } from './cached-upstream';
import { AUTH_PATH, METRICS, REGISTRY_PORT, RegistryConfiguration, TLS_PATH } from './configuration';
import { COLLECTOR, GarbageCollector } from './garbage-collection';

/** The default UID of the registry. */
export const REGISTRY_USER = 65532;
/** Seconds that a stopping pod keeps serving, while endpoints drop the pod. */
const PRE_STOP_SECONDS = 10;
/** Seconds between the end of the drain and the kill. */
const GRACE_MARGIN_SECONDS = 20;

/** Image, user and mounts of the registry's pod. */
export interface RegistryPod {
  readonly image: string;
  /** `https` where TLS ends in the pod, else `http`. */
  readonly portName: string;
  /** Whether metrics are served. */
  readonly metrics: boolean;
  readonly configuration: RegistryConfiguration;
  /** Absent for caches. */
  readonly httpSecret?: RegistryHttpSecret;
  readonly auth: RegistryAuth;
  readonly storage: RegistryStorage;
  readonly tls?: RegistryTls;
  /** The nginx before the registry, if there is one. */
  readonly front?: RegistryFront;
  /** The upstream that it caches. */
  readonly upstream?: CachedUpstream;
  /** Garbage collection before the registry starts, if enabled. */
  readonly collector?: GarbageCollector;
  readonly replicas: number;
  readonly selector: Record<string, string>;
}

/** The pod, with the user's additions. */
export function registryPod(check: Check, options: PodOptions & UserOptions, pod: RegistryPod): k8s.PodSpec {
  const { image, configuration, storage, collector, replicas, selector, front } = pod;
  const resources = checkResources(check, 'resources', options.resources, DEFAULT_RESOURCES);
  const userId = checkUser(check, options, REGISTRY_USER);
  if (userId === undefined && storage._needsRoot)
    check.ofRegistry.report('owner-unknown', 'storage.backend.fixOwner');
  return restrictedPod(check, options, {
    main: container(pod, resources),
    initContainers: storage._rootInitContainers({ image, userId: userId ?? REGISTRY_USER }),
    volumes: volumes(pod),
    preparation: collector && { name: COLLECTOR, from: collector },
    userId,
    mainIsSidecar: front?._sidecar,
    beside: front && [besideRegistry(front, pod)],
    replicas,
    selector,
    graceSeconds: PRE_STOP_SECONDS + configuration.drainTimeout.toSeconds() + GRACE_MARGIN_SECONDS,
    resources,
    replaceable: ['OTEL_TRACES_EXPORTER', 'GOMEMLIMIT', 'GOGC'],
    added: textsAsTheyAre,
    owned: (name) => ownedVariable(name, configuration._rendered),
  });
}

/** The front's container. Readers of named ports may know those of plain containers only. */
function besideRegistry(front: RegistryFront, { portName, metrics }: RegistryPod): k8s.Container {
  const { container } = front._pod({ portName, preStopSeconds: PRE_STOP_SECONDS });
  return front._sidecar && metrics
    ? { ...container, ports: [...(container.ports ?? []), METRICS_PORT] }
    : container;
}

/** 50 MiB, and 8 MiB for each concurrent pull: 512 MiB serve about 50 at once. */
export const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(100) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) },
};

function container(pod: RegistryPod, resources: ContainerResources): k8s.Container {
  const { image, portName, metrics, configuration, httpSecret, auth, storage, tls, front, upstream } = pod;
  const mountsAuth = !auth.anonymous && (!front || auth.byToken);
  const mountsTls = tls?.inPod && !front;
  const ports = [
    ...(front ? [] : [{ name: portName, containerPort: REGISTRY_PORT }]),
    ...(metrics && !front?._sidecar ? [METRICS_PORT] : []),
  ];
  return {
    name: 'registry',
    image,
    command: ['registry'],
    args: ['serve', configuration.path],
    ...(ports.length > 0 && { ports }),
    env: [
      // Otherwise 3.x fills the log with failed traces.
      { name: 'OTEL_TRACES_EXPORTER', value: 'none' },
      ...goMemory(resources.memory?.limit),
      ...(httpSecret?.variables ?? []),
      ...storage._pod.env,
      ...(upstream?.env ?? []),
    ],
    volumeMounts: [
      { name: 'config', mountPath: configuration.folder, readOnly: true },
      ...(mountsAuth ? [{ name: 'auth', mountPath: AUTH_PATH, readOnly: true }] : []),
      ...(mountsTls ? [{ name: 'tls', mountPath: TLS_PATH, readOnly: true }] : []),
      ...storage._pod.mounts,
      ...(upstream?.mounts ?? []),
    ],
    // The front's probes ask the registry.
    ...(front ? {} : probes(pod)),
    // Kubernetes stops a native sidecar after the front.
    ...(!front?._sidecar && { lifecycle: { preStop: { exec: { command: preStop(front) } } } }),
  };
}

const METRICS_PORT: k8s.ContainerPort = { name: METRICS.name, containerPort: METRICS.port };

function preStop(front: RegistryFront | undefined): string[] {
  return front ? AFTER_FRONT : ['sleep', String(PRE_STOP_SECONDS)];
}

/**
 * Keeps serving until no client is connected to the front, which stops first. Reads the connections of the pod:
 * port 5000 is 1388 in hexadecimal, and 01 means established.
 */
const AFTER_FRONT = [
  'sh',
  '-c',
  `sleep ${PRE_STOP_SECONDS + 1}
while grep -qsE ':1388 [0-9A-F]+:[0-9A-F]+ 01 ' /proc/net/tcp /proc/net/tcp6; do sleep 1; done
`,
];

/**
 * Keeps Go's heap inside the limit (85 % of it, the rest is buffers and stacks); with that, less frequent GC
 * serves small blobs four times as fast.
 */
export function goMemory(limit: Size | undefined): k8s.EnvVar[] {
  return limit === undefined
    ? []
    : [
        { name: 'GOMEMLIMIT', value: `${Math.floor((kibibytes(limit) * 85) / 100)}KiB` },
        { name: 'GOGC', value: '400' },
      ];
}

/**
 * Timings of the probes. The start takes up to ten minutes: a backend that is unreachable when the registry
 * starts may take that long to recover.
 */
export const REGISTRY_TIMINGS = {
  startupProbe: { initialDelaySeconds: 2, periodSeconds: 2, timeoutSeconds: 5, failureThreshold: 300 },
  readinessProbe: { periodSeconds: 10, timeoutSeconds: 5, failureThreshold: 3 },
  livenessProbe: { periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
};

/**
 * `/` answers without a login, and 503 while the storage fails. Readiness begins after the first successful
 * check, so that a start causes no warnings. Liveness checks only the socket: a restart can't fix an
 * unreachable backend. With TLS in the pod there is no liveness probe, since the registry would log each
 * check as a failed handshake; a process that ended is restarted all the same.
 */
function probes(pod: RegistryPod): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
  const port = k8s.IntOrString.fromString(pod.portName);
  const tls = pod.tls?.inPod === true;
  const answers = { httpGet: { path: '/', port, scheme: tls ? 'HTTPS' : 'HTTP' } };
  return {
    startupProbe: { ...answers, ...REGISTRY_TIMINGS.startupProbe },
    readinessProbe: { ...answers, ...REGISTRY_TIMINGS.readinessProbe },
    ...(!tls && { livenessProbe: { tcpSocket: { port }, ...REGISTRY_TIMINGS.livenessProbe } }),
  };
}

function volumes({
  configuration,
  auth,
  tls,
  storage,
  front,
  upstream,
  portName,
}: RegistryPod): k8s.Volume[] {
  return [
    { name: 'config', configMap: { name: configuration.configMapName } },
    ...(auth.secretName === undefined ? [] : [secretVolume('auth', auth.secretName, [auth.secretKey])]),
    ...(auth._tokens === undefined ? [] : [tokenKeys('auth', auth._tokens.files, auth.tokenKeys?.name)]),
    ...(tls?.inPod && tls.secretName ? [secretVolume('tls', tls.secretName, ['tls.crt', 'tls.key'])] : []),
    ...storage._pod.volumes,
    ...(front?._pod({ portName, preStopSeconds: PRE_STOP_SECONDS }).volumes ?? []),
    ...(upstream?.volumes ?? []),
  ];
}

/**
 * Readable by the pod's group only, with only the named keys. Never mounted by `subPath`, so that a changed
 * Secret arrives without a restart.
 */
function secretVolume(name: string, secretName: string, keys: string[]): k8s.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: keys.map((key) => ({ key, path: key })) } };
}

function tokenKeys(name: string, { secret, names }: TokenFiles, configMap: string | undefined): k8s.Volume {
  const items = names.map((path) => ({ key: secret?.key ?? path, path }));
  return secret === undefined
    ? { name, configMap: { name: configMap, items } }
    : { name, secret: { secretName: secret.name, defaultMode: 0o440, items } };
}
