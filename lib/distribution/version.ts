// The interface of major versions of the Distribution registry. Each has its own file, and `versions.ts`
// lists them.

/** A major version of the CNCF Distribution registry whose configuration this library renders. */
export enum RegistryVersion {
  /** 2.8 and older 2.x: no longer rebuilt. For installations that can't be upgraded yet. */
  V2 = 'V2',
  /** 3.x. */
  V3 = 'V3',
}

/** One major version: the path of its configuration, and its differences from the others. */
export interface Version {
  /** Its name in messages, after "registry". */
  readonly name: string;
  /** The tags of its images begin with this number. */
  readonly major: number;
  /** Whether its images are still rebuilt with security fixes. */
  readonly maintained: boolean;
  /** A release to run. */
  readonly image: string;
  /** Folder that its image keeps config.yml in. */
  readonly configFolder: string;
  /** Keys of config.yml that others of these versions know and this one doesn't. */
  readonly unknownKeys: readonly string[];

  readonly s3: {
    /** Whether the pod's service account can replace keys (IRSA, Pod Identity). */
    readonly serviceAccounts: boolean;
    /**
     * Whether there is a key for path-style addresses. Otherwise they are used if and only if an endpoint is
     * set.
     */
    readonly pathStyle: boolean;
    /** The storage classes that it knows; undefined is all. */
    readonly storageClasses?: readonly string[];
  };
  readonly gcs: {
    /** Whether an account can sign URLs without a key file. */
    readonly signsWithoutKeyFile: boolean;
  };
  readonly azure: {
    /** Whether it supports options besides an account, its key and a container. */
    readonly beyondAccountKeys: boolean;
  };
  /** Whether it has a driver for OpenStack Swift. */
  readonly swift: boolean;
  readonly middleware: {
    /** Whether there is a middleware `rewrite`. */
    readonly rewrite: boolean;
    /** Whether `redirect` keeps the path of its URL. */
    readonly redirectPath: boolean;
    /** Whether `cloudfront` has an interval of its own for the list of addresses. */
    readonly updateFrequency: boolean;
  };
  readonly tokens: {
    /** Whether it reads a JWKS, and verifies with Ed25519. Otherwise it reads certificates only. */
    readonly jwks: boolean;
  };
  readonly redis: {
    /** Whether Redis is configured by one list of addresses, and in Go's own names. */
    readonly addresses: boolean;
  };
}
