// The registry's pods: one container that runs as an unprivileged UID with a read-only root file system, and
// drains uploads before it stops.
import { ApiObject, Lazy, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { usesStorage } from '../app/registry-conflicts';
import { RegistryAuth } from '../auth/auth';
import { isForChart } from '../core/chart-mode';
import { kibibytes, required } from '../core/check';
import { CHECKSUM, digestOf, patchedContents } from '../core/checksum';
import { Component, selectorLabels } from '../core/labels';
import { ownedVariable } from '../core/owned-variables';
import { PodOptions } from '../core/pod-options';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod } from '../core/restricted-pod';
import { SecretKeyRef } from '../core/secret-key-ref';
import { checkImage, checkVersion } from '../distribution/image';
import { RegistryVersion } from '../distribution/version';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { ConfiguredNetwork, configuredNetwork } from '../network/configured-egress';
import { NetworkPolicyOptions, RegistryNetworkPolicy } from '../network/network-policy';
import { textsAsTheyAre } from '../secrets/env-from-secret';
import { RegistryHttpSecret } from '../secrets/http-secret';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import {
  AUTH_PATH,
  METRICS,
  REGISTRY_PORT,
  RegistryConfiguration,
  RegistryConfigurationOptions,
  TLS_PATH,
} from './configuration';
import {
  COLLECTOR,
  GarbageCollectionOptions,
  GarbageCollector,
  garbageCollector,
} from './garbage-collection';

/** The default UID of the registry. */
const REGISTRY_USER = 65532;
/** Seconds that a stopping pod keeps serving, while endpoints drop the pod. */
const PRE_STOP_SECONDS = 10;
/** Seconds between the end of the drain and the kill. */
const GRACE_MARGIN_SECONDS = 20;

/** How the registry runs. */
export interface RegistryDeploymentOptions extends PodOptions {
  /**
   * The image, with a tag that is not `latest`, or a digest.
   *
   * @default "registry:3.1.1"
   */
  readonly image?: string;

  /**
   * The major version of the registry in the image. Required for digests and for tags that don't begin with 2
   * or 3.
   *
   * @default - by the image's tag
   */
  readonly version?: RegistryVersion;

  /**
   * Number of pods, 1 or more. Several need storage that all of them can mount.
   *
   * @default 1
   */
  readonly replicas?: number;

  /**
   * The numeric UID and GID that the registry runs as and that own its volume, from 1 to 2147483647.
   *
   * @default 65532
   */
  readonly userId?: number;

  /**
   * Settings of config.yml.
   *
   * @default - see `RegistryConfigurationOptions`
   */
  readonly configuration?: RegistryConfigurationOptions;

  /**
   * Ingress and egress rules of the pods.
   *
   * @default - ingress to the registry port from anywhere; egress to DNS and to the configured destinations
   */
  readonly networkPolicy?: NetworkPolicyOptions;

  /**
   * Garbage collection.
   *
   * @default - never automatically
   */
  readonly garbageCollection?: GarbageCollectionOptions;

  /**
   * A Secret that exists, with the string that all replicas sign the state of uploads with. Any non-empty
   * single line is valid. When it changes, restart the registry. Default key: `secret`.
   *
   * @default - one is generated
   * @see https://distribution.github.io/distribution/about/configuration/#http
   */
  readonly httpSecret?: SecretKeyRef;

  /**
   * The key in the generated Secret, where there is no `httpSecret`.
   *
   * @default "secret"
   */
  readonly httpSecretKey?: string;
}

/** Props of `RegistryDeployment`. */
export interface RegistryDeploymentProps extends RegistryPartProps, RegistryDeploymentOptions {
  /** Where images are stored. */
  readonly storage: RegistryStorage;

  /** The registry's users. */
  readonly auth: RegistryAuth;

  /**
   * The certificate.
   *
   * @default - no TLS in the pod
   */
  readonly tls?: RegistryTls;

  /**
   * Whether metrics are served on a separate port, 5001. Only peers that a `RegistryMetrics` admits can reach
   * it; without a NetworkPolicy, all pods can.
   *
   * @default false
   */
  readonly metrics?: boolean;
}

/**
 * The registry's Deployment, with its configuration, HTTP secret, NetworkPolicy and, for several replicas, a
 * PodDisruptionBudget.
 *
 * @example
 * const deployment = new RegistryDeployment(chart, 'deployment', {
 *   auth: new RegistryAuth(chart, 'auth'),
 *   storage: new RegistryStorage(chart, 'storage'),
 *   tls: new RegistryTls(chart, 'tls', { termination: TlsTermination.POD }),
 *   resources: { memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) } },
 * });
 * new RegistryService(chart, 'service', { deployment });
 */
export class RegistryDeployment extends RegistryPart {
  /**
   * The Deployment. Patches that are added to it apply to the object as synthesized, including fields of
   * newer Kubernetes versions.
   */
  public readonly apiObject: ApiObject;
  /** Its config.yml. */
  public readonly configuration: RegistryConfiguration;
  /** The registry's users. */
  public readonly auth: RegistryAuth;
  /** Where images are stored. */
  public readonly storage: RegistryStorage;
  /** The certificate, if there is one. */
  public readonly tls?: RegistryTls;
  /** The image. */
  public readonly image: string;
  /** The major version of the registry in the image. */
  public readonly version: RegistryVersion;
  /** The port that the pods listen on. */
  public readonly port: number = REGISTRY_PORT;
  /** The port's name: `https` where TLS ends in the pod, else `http`. */
  public readonly portName: string;
  /** Whether the pods serve metrics. */
  public readonly metrics: boolean;
  /** The NetworkPolicy of the pods, unless it is disabled. */
  public readonly networkPolicy?: RegistryNetworkPolicy;

  /** Destinations of the pods besides their storage. @internal */
  public readonly _configured: ConfiguredNetwork;

  private readonly httpSecret: RegistryHttpSecret;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry to run, with its storage and users
   */
  constructor(scope: Construct, id: string, props: RegistryDeploymentProps) {
    super(scope, id, props);
    this.auth = required('auth', props.auth, RegistryAuth);
    this.storage = required('storage', props.storage, RegistryStorage);
    this.tls = props.tls === undefined ? undefined : required('tls', props.tls, RegistryTls);
    const { auth, storage, tls } = this;
    this.portName = tls?.inPod ? 'https' : 'http';
    this.image = checkImage(this._check, 'image', props.image, DEFAULT_REGISTRY_IMAGE);
    this.version = checkVersion(this._check, this.image, props.version);
    storage._users.push(this);
    const { _context } = this;
    this.metrics = this._check.boolean('metrics', props.metrics, false);
    this.configuration = new RegistryConfiguration(this, 'configuration', {
      ...this._check.options<RegistryConfigurationOptions>('configuration', props.configuration),
      _context,
      auth,
      storage,
      version: this.version,
      tls,
      metrics: this.metrics,
    });
    this.httpSecret = new RegistryHttpSecret(this, 'http-secret', {
      _context,
      existing: props.httpSecret,
      key: props.httpSecretKey,
    });
    this._configured = configuredNetwork(this.configuration._whole, props.env, storage._pod.egress);
    const network = this._check.options<NetworkPolicyOptions>('networkPolicy', props.networkPolicy);
    if (this._check.boolean('networkPolicy.enabled', network.enabled, true)) {
      this.networkPolicy = new RegistryNetworkPolicy(this, 'network', {
        ...network,
        _context,
        component: Component.REGISTRY,
        objectName: this.registryName,
        portName: this.portName,
        needs: [...storage._pod.egress, ...this._configured.rules],
      });
    }
    if (storage._location !== undefined)
      usesStorage(this, {
        location: storage._location,
        ownClaim: storage.claim !== undefined,
        readOnly: () => this.configuration._readOnly,
      });
    const replicas = this.checkReplicas(props.replicas);
    const collector = garbageCollector(this._check, props.garbageCollection, {
      part: this,
      replicas,
      storage,
      readOnly: this.configuration._readOnly,
      configuration: this.configuration.path,
    });
    this.apiObject = this.deploy(props, replicas, collector);
    if (replicas > 1) this.disruptionBudget();
  }

  private checkReplicas(given: number | undefined): number {
    const replicas = this._check.integer('replicas', given, 1, 1, Number.MAX_SAFE_INTEGER);
    if (replicas > 1 && !this.storage.shared) {
      this._check.report('replicas-need-shared-storage', 'replicas', {
        value: replicas,
        kind: this.storage._kind,
      });
    }
    if (replicas > 1 && this.storage._cached && this.storage.deletion) {
      this._check.ofRegistry.report('cache-with-replicas', 'storage.descriptorCache', { replicas });
    }
    return replicas;
  }

  private deploy(
    props: RegistryDeploymentProps,
    replicas: number,
    collector: GarbageCollector | undefined,
  ): ApiObject {
    const { storage } = this;
    const selector = selectorLabels(this.registryName, Component.REGISTRY);
    const resources = checkResources(this._check, 'resources', props.resources, DEFAULT_RESOURCES);
    const userId = checkUser(this._check, props, REGISTRY_USER);
    if (userId === undefined && storage._needsRoot)
      this._check.ofRegistry.report('owner-unknown', 'storage.backend.fixOwner');
    const graceSeconds =
      PRE_STOP_SECONDS + this.configuration.drainTimeout.toSeconds() + GRACE_MARGIN_SECONDS;
    const checksum = () => {
      const texts = [this.httpSecret.text(), this.tls?.inPod ? this.tls._certificate() : ''];
      if (isForChart(this)) {
        const config = this.configuration.toYaml();
        const given = [...(this.configuration._maySayPasswords ? [config] : []), ...storage._pod.secrets];
        return [...(given.includes(config) ? [] : [config]), ...texts, ...given.map((slow) => ({ slow }))];
      }
      const read = [this.configuration, this.httpSecret, storage, ...(this.tls?.inPod ? [this.tls] : [])];
      return digestOf([
        this.configuration._digest(),
        ...texts,
        ...storage._digests(),
        ...patchedContents(read),
      ]);
    };
    return this._object(
      'deployment',
      Component.REGISTRY,
      { name: this.registryName },
      k8s.KubeDeployment.manifest({
        spec: {
          replicas,
          // A volume that only one pod can mount must be released before the next pod can mount it.
          // The same applies before a garbage collection starts.
          strategy:
            storage.shared && !collector
              ? {
                  type: 'RollingUpdate',
                  rollingUpdate: {
                    maxSurge: k8s.IntOrString.fromNumber(1),
                    maxUnavailable: k8s.IntOrString.fromNumber(0),
                  },
                }
              : { type: 'Recreate' },
          selector: { matchLabels: selector },
          template: {
            metadata: {
              labels: {
                ...this._labels(Component.REGISTRY),
                ...this._userLabels('podLabels', props.podLabels),
              },
              annotations: {
                [CHECKSUM]: Lazy.any({ produce: checksum }) as string,
                ...this._podAnnotations('podAnnotations', props.podAnnotations),
              },
            },
            spec: restrictedPod(this._check, props, {
              main: this.container(resources),
              initContainers: storage._rootInitContainers({
                image: this.image,
                userId: userId ?? REGISTRY_USER,
              }),
              volumes: this.volumes(),
              preparation: collector && { name: COLLECTOR, from: collector },
              userId,
              replicas,
              selector,
              graceSeconds,
              resources,
              replaceable: ['OTEL_TRACES_EXPORTER', 'GOMEMLIMIT', 'GOGC'],
              added: textsAsTheyAre,
              owned: (name) => ownedVariable(name, this.configuration._rendered),
            }),
          },
        },
      }),
    );
  }

  private container(resources: ContainerResources): k8s.Container {
    return {
      name: 'registry',
      image: this.image,
      command: ['registry'],
      args: ['serve', this.configuration.path],
      ports: [
        { name: this.portName, containerPort: REGISTRY_PORT },
        ...(this.metrics ? [{ name: METRICS.name, containerPort: METRICS.port }] : []),
      ],
      env: [
        // Otherwise 3.x fills the log with failed traces.
        { name: 'OTEL_TRACES_EXPORTER', value: 'none' },
        ...goMemory(resources.memory?.limit),
        ...this.httpSecret.variables,
        ...this.storage._pod.env,
      ],
      volumeMounts: [
        { name: 'config', mountPath: this.configuration.folder, readOnly: true },
        ...(this.auth.anonymous ? [] : [{ name: 'auth', mountPath: AUTH_PATH, readOnly: true }]),
        ...(this.tls?.inPod ? [{ name: 'tls', mountPath: TLS_PATH, readOnly: true }] : []),
        ...this.storage._pod.mounts,
      ],
      ...this.probes(),
      lifecycle: { preStop: { exec: { command: ['sleep', String(PRE_STOP_SECONDS)] } } },
    };
  }

  /**
   * `/` answers without a login, and 503 while the storage fails. Readiness begins after the first successful
   * check, so that a start causes no warnings. Liveness checks only the socket: a restart can't fix an
   * unreachable backend. With TLS in the pod there is no liveness probe, since the registry would log each
   * check as a failed handshake; a process that ended is restarted all the same.
   */
  private probes(): Pick<k8s.Container, 'startupProbe' | 'readinessProbe' | 'livenessProbe'> {
    const port = k8s.IntOrString.fromString(this.portName);
    const tls = this.tls?.inPod === true;
    const answers = { httpGet: { path: '/', port, scheme: tls ? 'HTTPS' : 'HTTP' }, timeoutSeconds: 5 };
    return {
      startupProbe: { ...answers, initialDelaySeconds: 2, periodSeconds: 2, failureThreshold: STARTUP_TRIES },
      readinessProbe: { ...answers, periodSeconds: 10, failureThreshold: 3 },
      ...(!tls && {
        livenessProbe: { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
      }),
    };
  }

  private volumes(): k8s.Volume[] {
    return [
      { name: 'config', configMap: { name: this.configuration.configMapName } },
      ...(this.auth.secretName === undefined
        ? []
        : [secretVolume('auth', this.auth.secretName, [this.auth.secretKey])]),
      ...(this.tls?.inPod && this.tls.secretName
        ? [secretVolume('tls', this.tls.secretName, ['tls.crt', 'tls.key'])]
        : []),
      ...this.storage._pod.volumes,
    ];
  }

  private disruptionBudget(): void {
    this._object(
      'budget',
      Component.REGISTRY,
      { name: this.registryName },
      k8s.KubePodDisruptionBudget.manifest({
        spec: {
          maxUnavailable: k8s.IntOrString.fromNumber(1),
          selector: { matchLabels: selectorLabels(this.registryName, Component.REGISTRY) },
          unhealthyPodEvictionPolicy: 'AlwaysAllow',
        },
      }),
    );
  }
}

/** Ten minutes: a backend that is unreachable when the registry starts may take that long to recover. */
const STARTUP_TRIES = 300;

/** 50 MiB, and 8 MiB for each concurrent pull: 512 MiB serve about 50 at once. */
export const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(100) },
  memory: { request: Size.mebibytes(128), limit: Size.mebibytes(512) },
};

/**
 * Keeps Go's heap inside the limit (85 % of it, the rest is buffers and stacks); with that, less frequent GC
 * serves small blobs four times as fast.
 */
function goMemory(limit: Size | undefined): k8s.EnvVar[] {
  return limit === undefined
    ? []
    : [
        { name: 'GOMEMLIMIT', value: `${Math.floor((kibibytes(limit) * 85) / 100)}KiB` },
        { name: 'GOGC', value: '400' },
      ];
}

/**
 * Readable by the pod's group only, with only the named keys. Never mounted by `subPath`, so that a changed
 * Secret arrives without a restart.
 */
function secretVolume(name: string, secretName: string, keys: string[]): k8s.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: keys.map((key) => ({ key, path: key })) } };
}
