// Options of the CronJob that verifies a registry.
import { Duration, Size } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { RegistryLogin } from '../auth/client-login';
import { JobPodOptions } from '../core/job-pod-options';
import { SecretKeyRef } from '../core/secret-key-ref';
import { Registry } from '../registry';

/** The address at which a registry is verified. */
export enum VerificationAddress {
  /** The Service, past everything that is before the registry. */
  SERVICE = 'SERVICE',
  /**
   * The address of clients outside the cluster: through the Ingress or another route, or the load balancer. Pods must
   * be able to resolve the host and to reach it.
   */
  HOST = 'HOST',
  /** The Service, and then the address of clients. */
  BOTH = 'BOTH',
}

/** Props of `RegistryVerification`. */
export interface RegistryVerificationProps extends JobPodOptions {
  /** The registry to verify. */
  readonly registry: Registry;

  /**
   * Where it is verified.
   *
   * @default VerificationAddress.SERVICE
   */
  readonly address?: VerificationAddress;

  /**
   * When it runs by itself: minute, hour, day of month, month and day of week, or a macro such as `@hourly`. It fails
   * while garbage is collected, because nothing can be pushed then: choose another time.
   *
   * @default - never by itself: the CronJob is suspended, and `kubectl create job --from` runs it
   * @see https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#schedule-syntax
   */
  readonly schedule?: string;

  /**
   * The time zone of the schedule, such as `Europe/Berlin`.
   *
   * @default "Etc/UTC"
   */
  readonly timeZone?: string;

  /**
   * How long a run may take: a whole number of seconds, from a minute to 30 days.
   *
   * @default Duration.minutes(15)
   */
  readonly timeLimit?: Duration;

  /**
   * The repository that it pushes to, which nobody else should use. Where `storage.deletion` is on and its user may
   * delete, a run deletes what it pushed; the layers take space until garbage is collected. Elsewhere each run pushes
   * the same bytes, which take space once.
   *
   * @default "verification"
   */
  readonly repository?: string;

  /**
   * The size of the large layer, which is sent in one request as Docker does: from 1 MiB to 5 GiB. Make it as large as
   * your largest layer to see that nothing before the registry limits it.
   *
   * @default Size.mebibytes(16)
   */
  readonly layerSize?: Size;

  /**
   * The login. With users of a token service there is none: then only what needs no login is verified.
   *
   * @default - the registry's first user, whose password this library must know: one that is generated, or given at
   * this synth
   */
  readonly login?: RegistryLogin;

  /**
   * The CA of the certificate at the address, in an existing Secret. Default key: `ca.crt`.
   *
   * @default - the registry's own CA if it has one, else public CAs
   */
  readonly caSecret?: SecretKeyRef;

  /**
   * Egress besides DNS and the registry. Policies see the port of the ingress controller's pods, which these manifests
   * don't know: with `VerificationAddress.HOST` the address's port is open to everywhere, and for 443 and 80 those that
   * controllers usually listen on: 8443, 8000 and 8080.
   *
   * @default - nothing
   */
  readonly allowTo?: k8s.NetworkPolicyEgressRule[];

  /**
   * An image with a shell, curl and coreutils or busybox, with a tag that is not `latest`, or a digest.
   *
   * @default "nginx:1.30.5", the image of the front
   */
  readonly image?: string;

  /**
   * CPU and memory. Omitted values keep their defaults. Layers are kept in a file, so their size does not matter.
   *
   * @default - requests 10m CPU and 32 MiB, with a limit of 128 MiB; no CPU limit
   */
  readonly resources?: ContainerResources;

  /**
   * Host names that the pods resolve without DNS.
   *
   * @default - none
   */
  readonly hostAliases?: k8s.HostAlias[];

  /**
   * A Secret of type kubernetes.io/basic-auth with the login of the registry's first user, where there is one already.
   * @internal
   */
  readonly _basicAuthSecret?: string;
}
