// The Gateway that an HTTPRoute hangs on: one that the cluster's owner made, or one of the registry's own.

/** A Gateway that exists. */
export interface ExistingGatewayOptions {
  /** Its name. */
  readonly name: string;

  /**
   * Its namespace. It must let routes of the registry's namespace in (`allowedRoutes`).
   *
   * @default - the registry's
   */
  readonly namespace?: string;

  /**
   * Name of the one listener that is meant.
   *
   * @default - all that take the host
   */
  readonly sectionName?: string;

  /**
   * Does its listener take HTTPS, with a certificate of its own?
   *
   * @default true
   */
  readonly https?: boolean;
}

/** A Gateway to be made. */
export interface NewGatewayOptions {
  /** Name of the GatewayClass. */
  readonly className: string;

  /**
   * Annotations for the Gateway alone.
   *
   * @default - none
   */
  readonly annotations?: { [key: string]: string };
}

/** What the factories of `RegistryGateway` were given; unchecked. */
type GatewaySource =
  | { readonly kind: 'existing'; readonly options: ExistingGatewayOptions }
  | { readonly kind: 'new'; readonly options: NewGatewayOptions };

/** The Gateway that a registry's HTTPRoute hangs on. */
export class RegistryGateway {
  /**
   * A Gateway that exists. TLS ends there with its own certificate, and none is made.
   *
   * @param options which one
   */
  public static existing(options: ExistingGatewayOptions): RegistryGateway {
    return new RegistryGateway({ kind: 'existing', options });
  }

  /**
   * A Gateway for this registry alone, in its namespace, that shows its certificate on 443, or listens on 80 where there is none.
   *
   * @param options its class
   */
  public static newGateway(options: NewGatewayOptions): RegistryGateway {
    return new RegistryGateway({ kind: 'new', options });
  }

  private constructor(
    /** @internal */
    public readonly _source: GatewaySource,
  ) {}
}
