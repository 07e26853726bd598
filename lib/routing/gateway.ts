// The parent Gateway of an HTTPRoute: an existing one, or a new one for the registry.

/** An existing Gateway. */
export interface ExistingGatewayOptions {
  /** Name of the Gateway. */
  readonly name: string;

  /**
   * Namespace of the Gateway. It must admit routes from the registry's namespace (`allowedRoutes`).
   *
   * @default - the registry's
   */
  readonly namespace?: string;

  /**
   * Name of the listener to attach to.
   *
   * @default - all that accept the host
   * @see https://gateway-api.sigs.k8s.io/api-types/httproute/
   */
  readonly sectionName?: string;

  /**
   * Whether its listener accepts HTTPS, with a certificate of its own.
   *
   * @default true
   */
  readonly https?: boolean;
}

/** A new Gateway. */
export interface NewGatewayOptions {
  /**
   * Name of the GatewayClass.
   *
   * @see https://gateway-api.sigs.k8s.io/api-types/gatewayclass/
   */
  readonly className: string;

  /**
   * Annotations for the Gateway only.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** Unvalidated arguments of `RegistryGateway`'s factories. */
type GatewaySource =
  | { readonly kind: 'existing'; readonly options: ExistingGatewayOptions }
  | { readonly kind: 'new'; readonly options: NewGatewayOptions };

/**
 * The parent Gateway of a registry's HTTPRoute.
 *
 * @example
 * const gateway = RegistryGateway.existing({ name: 'public', namespace: 'gateways', sectionName: 'https' });
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   httpRoute: { gateway },
 * });
 */
export class RegistryGateway {
  /**
   * An existing Gateway. It terminates TLS with its own certificate; no certificate is created.
   *
   * @param options name, namespace and listener
   */
  public static existing(options: ExistingGatewayOptions): RegistryGateway {
    return new RegistryGateway({ kind: 'existing', options });
  }

  /**
   * A new Gateway for this registry only, in its namespace. It listens on 443 with the registry's
   * certificate, or on 80 without one.
   *
   * @param options its class and annotations
   */
  public static newGateway(options: NewGatewayOptions): RegistryGateway {
    return new RegistryGateway({ kind: 'new', options });
  }

  private constructor(
    /** @internal */
    public readonly _source: GatewaySource,
  ) {}
}
