// The registry's Deployment, with its configuration, HTTP secret, NetworkPolicy and PodDisruptionBudget. Its
// pod is in pod.ts.
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { checkConflictsOnce } from '../app/conflicts';
import { usesDescriptorCache, usesStorage } from '../app/storage-conflicts';
import { RegistryAuth } from '../auth/auth';
import { checkTokenVersion } from '../auth/token';
import { inCluster } from '../core/addresses';
import { required } from '../core/check';
import { CHECKSUM, digestOf, patchedContents } from '../core/checksum';
import { checkImage } from '../core/image';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { revisionHistory } from '../core/restricted-pod';
import { checkVersion } from '../distribution/image';
import { RegistryVersion } from '../distribution/version';
import { DEFAULT_REGISTRY_IMAGE, versionOf } from '../distribution/versions';
import { RegistryFront } from '../front/front';
import { ConfiguredNetwork, configuredNetwork } from '../network/configured-egress';
import { NetworkPolicyOptions, RegistryNetworkPolicy } from '../network/network-policy';
import { RegistryHttpSecret } from '../secrets/http-secret';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import { CachedUpstream } from './cached-upstream';
import { REGISTRY_PORT, RegistryConfiguration } from './configuration';
import { RegistryConfigurationOptions } from './configuration-options';
import { RegistryDeploymentOptions } from './deployment-options';
import { disruptionBudget } from './disruption-budget';
import { withCollections } from './front-switches';
import { GarbageCollector, garbageCollector } from './garbage-collection';
import { registryPod } from './pod';
import { checkReplicas, Replicas } from './replicas';
import { minReadySeconds, SAVED_VOLUMES, updateStrategy } from './update-strategy';

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
   * The nginx before the registry, in the same pod.
   *
   * @default - none; the registry checks logins and ends TLS itself
   */
  readonly front?: RegistryFront;

  /**
   * Whether metrics are served on a separate port, 5001. Only peers that a `RegistryMetrics` admits can reach
   * it; without a NetworkPolicy, all pods can.
   *
   * @default false
   */
  readonly metrics?: boolean;

  /** The upstream that it caches, in place of images of its own. @internal */
  readonly _upstream?: CachedUpstream;
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
  /** The nginx before the registry, if there is one. */
  public readonly front?: RegistryFront;
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

  /** Whether garbage is collected at each start. @internal */
  public readonly _collectsAtStart: boolean;

  /** Its pods, for those that work on the same storage. @internal */
  public _pods!: {
    readonly spec: k8s.PodSpec;
    /** The user's own. */
    readonly labels: Readonly<Record<string, string>>;
    readonly annotations: Readonly<Record<string, string>>;
  };

  private savesVolume = false;
  private readonly httpSecret?: RegistryHttpSecret;
  private readonly upstream?: CachedUpstream;

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
    this.front = props.front === undefined ? undefined : required('front', props.front, RegistryFront);
    const { auth, storage, tls, front } = this;
    this.portName = tls?.inPod ? 'https' : 'http';
    this.image = checkImage(
      this._check,
      'image',
      props.image,
      DEFAULT_REGISTRY_IMAGE,
      this._context.imageRegistry,
    );
    this.version = checkVersion(this._check, this.image, props.version);
    if (auth._tokens) checkTokenVersion(this._check.ofRegistry, auth._tokens, versionOf(this.version));
    storage._users.push(this);
    const { _context } = this;
    const upstream = props._upstream;
    this.upstream = upstream;
    this.metrics = this._check.boolean('metrics', props.metrics, false);
    this.configuration = new RegistryConfiguration(this, 'configuration', {
      ...this._check.options<RegistryConfigurationOptions>('configuration', props.configuration),
      _context,
      auth,
      storage,
      version: this.version,
      tls,
      front,
      metrics: this.metrics,
      _upstream: upstream,
    });
    // Caches take no uploads, whose state it would sign.
    if (!upstream)
      this.httpSecret = new RegistryHttpSecret(this, 'http-secret', {
        _context,
        existing: props.httpSecret,
        key: props.httpSecretKey,
      });
    const needs = [...storage._pod.egress, ...(front?._egress ?? []), ...(upstream?.egress ?? [])];
    this._configured = configuredNetwork(
      {
        ...this.configuration._whole,
        // Their rules are narrower than what their addresses tell.
        ...(upstream && { proxy: undefined }),
        ...(storage._descriptorCache?.redis && { redis: undefined }),
      },
      props.env,
      needs,
    );
    const network = this._check.options<NetworkPolicyOptions>('networkPolicy', props.networkPolicy);
    if (this._check.boolean('networkPolicy.enabled', network.enabled, true)) {
      this.networkPolicy = new RegistryNetworkPolicy(this, 'network', {
        ...network,
        _context,
        component: Component.REGISTRY,
        objectName: this.registryName,
        portName: this.portName,
        needs: [...needs, ...this._configured.rules],
      });
    }
    checkConflictsOnce(this);
    if (storage._location !== undefined)
      usesStorage(this, {
        property: storage._property,
        location: storage._location,
        ownClaim: storage.claim !== undefined,
        readOnly: () => this.configuration._readOnly,
        cache: props._upstream !== undefined,
      });
    const remembers = storage._descriptorCache?.server;
    if (remembers)
      usesDescriptorCache(this, {
        host: inCluster(remembers.host, this.namespace),
        port: remembers.port,
        database: remembers.database ?? 0,
        location: storage._location,
      });
    const replicas = checkReplicas(this._check, props, {
      storage,
      name: this.registryName,
      remembersDeleted: this.configuration._remembersDeleted,
    });
    const collector = garbageCollector(this._check, props.garbageCollection, {
      part: this,
      replicas: replicas.max,
      storage,
      readOnly: this.configuration._readOnly,
      configuration: this.configuration.path,
    });
    this._collectsAtStart = collector !== undefined;
    this.apiObject = this.deploy(props, replicas, collector);
    const budget = disruptionBudget(
      this._check,
      props.podDisruptionBudget,
      replicas.min,
      selectorLabels(this.registryName, Component.REGISTRY),
    );
    const { autoscaling: scaling } = replicas;
    if (scaling)
      this._object('autoscaler', Component.REGISTRY, { name: this.registryName }, scaling.manifest);
    if (budget) this._object('budget', Component.REGISTRY, { name: this.registryName }, budget);
  }

  /** @internal */
  public override _propertyOf(_id: string): string {
    return this._check.place;
  }

  private deploy(
    props: RegistryDeploymentProps,
    replicas: Replicas,
    collector: GarbageCollector | undefined,
  ): ApiObject {
    const { image, portName, metrics, configuration, httpSecret, auth, storage, tls, front, upstream } = this;
    const selector = selectorLabels(this.registryName, Component.REGISTRY);
    const spec = registryPod(this._check, props, {
      image,
      portName,
      metrics,
      configuration,
      httpSecret,
      auth,
      storage,
      tls,
      front,
      upstream,
      collector,
      replicas: replicas.max,
      selector,
    });
    const labels = this._userLabels('podLabels', props.podLabels);
    const annotations = this._podAnnotations('podAnnotations', props.podAnnotations);
    this._pods = { spec, labels, annotations };
    const manifest = k8s.KubeDeployment.manifest({
      spec: {
        // Else an apply would undo what the autoscaler did.
        ...(!replicas.autoscaling && { replicas: replicas.min }),
        minReadySeconds: minReadySeconds(this._check, props.minReadySeconds),
        revisionHistoryLimit: revisionHistory(this._check, props),
        strategy: updateStrategy(storage, collector !== undefined),
        selector: { matchLabels: selector },
        template: {
          metadata: {
            labels: {
              ...this._labels(Component.REGISTRY),
              ...labels,
            },
            annotations: {
              ...(this.front && { 'kubectl.kubernetes.io/default-container': 'registry' }),
              [SAVED_VOLUMES]: Lazy.any({
                produce: () => (this.savesVolume ? 'data' : undefined),
              }) as unknown as string,
              [CHECKSUM]: Lazy.any({ produce: () => this.checksum() }) as string,
              ...annotations,
            },
          },
          spec,
        },
      },
    });
    if (this.front) withCollections(manifest.spec.template.spec, this.front);
    const about = { name: this.registryName };
    const deployment = this._object('deployment', Component.REGISTRY, about, manifest);
    // The types of cdk8s-plus don't know the field.
    if (front?._sidecar) {
      const last = (spec.initContainers ?? []).length - 1;
      deployment.addJsonPatch(
        JsonPatch.add(`/spec/template/spec/initContainers/${last}/restartPolicy`, 'Always'),
      );
    }
    return deployment;
  }

  /** Velero saves the files of the volume. @internal */
  public _saveVolume(): void {
    this.savesVolume = true;
    const given = this._pods.annotations[SAVED_VOLUMES];
    if (given !== undefined && !given.split(',').includes('data'))
      this._check.report('backup-volumes-without-data', `podAnnotations["${SAVED_VOLUMES}"]`, {
        value: given,
      });
  }

  /** Changes whenever something changes that the registry reads only at its start. */
  private checksum(): unknown {
    const { auth, configuration, httpSecret, storage, upstream } = this;
    // The front reads a renewed certificate by itself.
    const tls = this.tls?.inPod && !this.front ? this.tls : undefined;
    const texts = [
      httpSecret?.text() ?? '',
      tls?._certificate() ?? '',
      ...(upstream?.files ?? []),
      ...(this.front?._startsWith ?? []),
    ];
    return digestOf([
      configuration._digest(),
      ...texts,
      ...storage._digests(),
      ...auth._digests(),
      ...patchedContents([
        configuration,
        ...(httpSecret ? [httpSecret] : []),
        storage,
        ...(tls ? [tls] : []),
        ...(auth.byToken ? [auth] : []),
      ]),
    ]);
  }
}
