// The two ends of a copy: a registry of this app, or another one by its host.
import { ISecret, k8s } from 'cdk8s-plus-27';
import { RegistryLogin } from '../../auth/client-login';
import { SecretKeyRef } from '../../core/secret-key-ref';
import { Registry } from '../../registry';

/** How a copy logs in to a registry of this app. */
export interface CopyRegistryOptions {
  /**
   * The login. With access rules, its user must be allowed to pull from a source, or to push to a target, in all
   * repositories that are copied, and to list the catalog of a source where a pattern has stars.
   *
   * @default - the registry's first user, whose password this library must know: one that is generated, or given at
   * this synth
   */
  readonly login?: RegistryLogin;
}

/** How a copy reaches a registry that is not of this app, and logs in to it. */
export interface CopyHostOptions {
  /**
   * An existing Secret of type kubernetes.io/dockerconfigjson with an `auth` for the host, as `kubectl create secret
   * docker-registry` writes it. For Docker Hub its server is `https://index.docker.io/v1/`, the default of that
   * command. Required, unless `anonymous` is true.
   *
   * @default - none
   */
  readonly login?: ISecret;

  /**
   * Copy without a login: what everybody may pull or push.
   *
   * @default false
   */
  readonly anonymous?: boolean;

  /**
   * Connect without TLS. A login is not sent without TLS.
   *
   * @default false
   */
  readonly plainHttp?: boolean;

  /**
   * The private CA of its certificate, and of its token service, in an existing Secret. Default key: `ca.crt`.
   *
   * @default - public CAs
   */
  readonly caSecret?: SecretKeyRef;

  /**
   * Address ranges (CIDR) of the registry, its token service and its storage, if it sends clients there.
   *
   * @default - any address, on the host's port
   */
  readonly ranges?: string[];

  /**
   * Egress besides DNS and the host's port: to a token service or storage on another port.
   *
   * @default - none
   */
  readonly allowTo?: k8s.NetworkPolicyEgressRule[];
}

/** What an endpoint was made of. */
type CopyEnd =
  | { readonly kind: 'registry'; readonly registry: Registry; readonly options: CopyRegistryOptions }
  | { readonly kind: 'host'; readonly address: string; readonly options: CopyHostOptions };

/**
 * The source or the target of a copy.
 *
 * @example
 * new RegistryCopy(chart, 'copy', {
 *   source: CopyEndpoint.host('harbor.example.com', { login: Secret.fromSecretName(chart, 'robot', 'harbor-robot') }),
 *   target: CopyEndpoint.registry(registry),
 *   repositories: ['library/*', 'team/**'],
 * });
 */
export class CopyEndpoint {
  /**
   * A registry of this app, by its Service.
   *
   * @param registry the registry
   * @param options its login
   */
  public static registry(registry: Registry, options: CopyRegistryOptions = {}): CopyEndpoint {
    return new CopyEndpoint({ kind: 'registry', registry, options });
  }

  /**
   * Any other registry that speaks the distribution API, with basic authentication or tokens.
   *
   * @param address host, or host and port, as in the names of images: `docker.io`, `harbor.example.com:8443`
   * @param options its login and CA
   */
  public static host(address: string, options: CopyHostOptions): CopyEndpoint {
    return new CopyEndpoint({ kind: 'host', address, options });
  }

  private constructor(
    /** @internal */
    public readonly _end: CopyEnd,
  ) {}
}
