// What differs between major versions of the Distribution registry. Each has its own file, and `versions.ts`
// lists them.

/** A major version of the CNCF Distribution registry whose configuration this library renders. */
export enum RegistryVersion {
  /** 2.8 and older 2.x: no longer rebuilt, for those who can't move yet. */
  V2 = 'V2',
  /** 3.x. */
  V3 = 'V3',
}

/** One major version: where it reads its configuration, and what differs from the others in it. */
export interface Version {
  /** Its name in messages, after "registry". */
  readonly name: string;
  /** The tags of its images begin with this number. */
  readonly major: number;
  /** Are its images still rebuilt with security fixes? */
  readonly maintained: boolean;
  /** A release to run. */
  readonly image: string;
  /** Folder that its image keeps config.yml in. */
  readonly configFolder: string;
  /** Keys of config.yml that others of these versions know and this one doesn't. */
  readonly unknownKeys: readonly string[];

  readonly s3: {
    /** Can the pod's service account take the place of keys (IRSA, Pod Identity)? */
    readonly serviceAccounts: boolean;
    /**
     * Is there a key for path-style addresses? Otherwise they are used exactly where there is an endpoint.
     */
    readonly pathStyle: boolean;
    /** The storage classes that it knows; undefined is all. */
    readonly storageClasses?: readonly string[];
  };
  readonly gcs: {
    /** Can an account sign URLs without a key file? */
    readonly signsWithoutKeyFile: boolean;
  };
  readonly azure: {
    /** Does it know anything besides an account, its key and a container? */
    readonly beyondAccountKeys: boolean;
  };
  /** Has it a driver for OpenStack Swift? */
  readonly swift: boolean;
  readonly middleware: {
    /** Is there a middleware `rewrite`? */
    readonly rewrite: boolean;
    /** Does `redirect` keep the path of its URL? */
    readonly redirectPath: boolean;
    /** Has `cloudfront` an interval of its own for the list of addresses? */
    readonly updateFrequency: boolean;
  };
  readonly redis: {
    /** Is Redis configured by one list of addresses, and in Go's own names? */
    readonly addresses: boolean;
  };
}
