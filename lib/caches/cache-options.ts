// Options of a pull-through cache.
import { Duration } from 'cdk8s';
import { ISecret } from 'cdk8s-plus-27';
import { PodOptions } from '../core/pod-options';
import { RegistryPartProps } from '../core/registry-part';
import { SecretKeyRef } from '../core/secret-key-ref';
import { RegistryMetricsOptions } from '../monitoring/metrics';
import { NetworkPolicyOptions } from '../network/network-policy';
import { RegistryConfigurationOptions } from '../server/configuration-options';
import { GarbageCollectionOptions } from '../server/garbage-collection';
import { RegistryServiceOptions } from '../server/service';
import { RegistryStorageOptions } from '../storage/storage';
import { RegistryCacheAlertsOptions } from './cache-alerts';
import { CachePrefetchOptions } from './prefetch-options';

/** The login with which a cache fetches from its upstream. */
export interface RegistryCacheLogin {
  /**
   * A Secret with the user name and the password or token, as `kubernetes.io/basic-auth` has them. When it changes,
   * the cache uses the new login within two minutes, without a restart.
   */
  readonly secret: ISecret;

  /**
   * The key of the user name.
   *
   * @default "username"
   */
  readonly usernameKey?: string;

  /**
   * The key of the password or token.
   *
   * @default "password"
   */
  readonly passwordKey?: string;

  /**
   * States that this login sees no more than anybody sees: one that only raises the limit of pulls, of an account
   * without private repositories. Otherwise the cache must not be open to everybody.
   *
   * @default false
   */
  readonly publicImagesOnly?: boolean;
}

/** What a cache fetches, from where, and how it runs. */
export interface RegistryCacheOptions extends PodOptions {
  /**
   * The registry that is cached, as image names begin with it: `docker.io`, `ghcr.io`, `quay.io`, `registry.k8s.io`,
   * or any other `host` or `host:port`.
   */
  readonly upstream: string;

  /**
   * URL of the upstream, without a path, if it is not `https://` and its host.
   *
   * @default - `https://<upstream>`; Docker Hub's is `https://registry-1.docker.io`
   */
  readonly upstreamUrl?: string;

  /**
   * CIDR ranges of the upstream and of the hosts that it names for logins and layers. Egress is open to them alone, on
   * the port of the URL.
   *
   * @default - the Internet, without private networks, for Docker Hub, ghcr.io, quay.io, registry.k8s.io, gcr.io,
   * mcr.microsoft.com and public.ecr.aws; for others the port of the URL, or for a Service of this cluster all ports
   * of its namespace: a NetworkPolicy names no hosts
   */
  readonly upstreamRanges?: string[];

  /**
   * The login at the upstream.
   *
   * @default - none
   */
  readonly login?: RegistryCacheLogin;

  /**
   * The CA that signed the upstream's certificate, in PEM, beside the public ones.
   *
   * @default - public CAs only
   */
  readonly ca?: string;

  /**
   * The same in an existing Secret. Default key: `ca.crt`. When it changes, restart the cache.
   *
   * @default - public CAs only
   */
  readonly caSecret?: SecretKeyRef;

  /**
   * How long images are kept, counted from when they were fetched: a whole number of seconds. Tags are looked up at
   * the upstream with each pull, so that a tag that moved is seen at once; only while the upstream is away, the cache
   * answers with what it knows.
   *
   * @default Duration.days(7)
   * @see https://distribution.github.io/distribution/about/configuration/#proxy
   */
  readonly ttl?: Duration;

  /**
   * The end of the name of the cache, and of its objects: `<name>-cache-<cacheName>`, at most 50 characters.
   *
   * @default - the upstream, with `-` in place of `.` and `:`, such as `docker-io`
   */
  readonly cacheName?: string;

  /**
   * Where images are stored. A cache deletes what has expired, so `deletion` is always true.
   *
   * @default - a new claim of 20 GiB, which goes with the Helm release
   */
  readonly storage?: RegistryStorageOptions;

  /**
   * Options of the Service.
   *
   * @default - ClusterIP on 5000
   */
  readonly service?: RegistryServiceOptions;

  /**
   * Expose metrics for Prometheus; `registry_proxy_hits_total` and `registry_proxy_requests_total` say what the cache
   * is worth.
   *
   * @default - no metrics
   */
  readonly metrics?: RegistryMetricsOptions;

  /**
   * A PrometheusRule with two alerts for the Prometheus operator: while the upstream fails, the cache answers "unknown
   * tag" and 500, and nothing else tells. `{}` creates it with all defaults. Needs `metrics: { serviceMonitor: {} }`,
   * and the operator's CRDs in the cluster.
   *
   * @default - no alerts
   * @see https://prometheus-operator.dev/docs/developer/alerting/
   */
  readonly alerts?: RegistryCacheAlertsOptions;

  /**
   * The image: Distribution 3.1.0 or newer, with a tag that is not `latest`, or a digest. It needs a shell, as the
   * published image has.
   *
   * @default "registry:3.1.1"
   */
  readonly image?: string;

  /**
   * The version of Distribution in the image, if its tag does not begin with it: `3.1.0` or newer.
   *
   * @default - by the image's tag
   */
  readonly imageVersion?: string;

  /**
   * The numeric UID and GID that the cache runs as and that own its volume, from 1 to 2147483647.
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
   * Ingress and egress rules of the pod. With a login for private images, `allowFrom` must name the clients of a cache
   * that is used alone.
   *
   * @default - ingress to the port from the pods of the registry that serves it, or for a cache alone from anywhere;
   * egress to DNS, the upstream, and what `env` and storage name
   */
  readonly networkPolicy?: NetworkPolicyOptions;

  /**
   * Garbage collection: expired manifests take space until then, expired layers don't.
   *
   * @default - on a volume, each time that the pod starts; else never
   */
  readonly garbageCollection?: GarbageCollectionOptions;

  /**
   * Images that a CronJob pulls through the cache on a schedule, so that they are there before a node asks for them.
   *
   * @default - images are fetched when they are pulled
   */
  readonly prefetch?: CachePrefetchOptions;
}

/** Props of `RegistryCache`. */
export interface RegistryCacheProps extends RegistryPartProps, RegistryCacheOptions {
  /**
   * The registry that the cache's own image is pulled from, as in `RegistryDeploymentOptions`.
   *
   * @default - each image is pulled from where it is published
   */
  readonly imageRegistry?: string;

  /** Whether a registry serves it on its own host, and is its client. @internal */
  readonly _behindRegistry?: boolean;

  /** What its objects are called where its own name can't be used. @internal */
  readonly _nameInstead?: string;
}
