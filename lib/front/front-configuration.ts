// What the front's nginx.conf depends on.

/** What the configuration depends on. */
export interface FrontConfiguration {
  /** The registry's port on 127.0.0.1. */
  readonly registryPort: number;
  /** The port on 127.0.0.1 at which nginx asks itself for passwords. */
  readonly passwordPort: number;
  /** The folder of tls.crt and tls.key, if TLS ends here. */
  readonly tlsFolder?: string;
  /** The htpasswd file, if users are known here. */
  readonly htpasswdFile?: string;
  /** Who checks logins instead, if users are known elsewhere. */
  readonly verifier?: FrontVerifier;
  /** Whether the registry itself checks logins, by tokens: they are passed on, and nobody is known here. */
  readonly tokens: boolean;
  /** The registry's host. */
  readonly host: string;
  readonly realm: string;
  /** The lines of the rules' map. */
  readonly rules: readonly string[];
  /** The lines of the map from users to groups. */
  readonly groupsOfUsers: readonly string[];
  /** Whether something is permitted without a login. */
  readonly anonymous: boolean;
  /** Addresses at which clients speak HTTPS to something before nginx. */
  readonly encryptedAddresses: readonly string[];
  /** The file that makes the registry read-only while it is there. */
  readonly readOnlyFile: string;
  /** Folder of memory for the process id, temporary files and the cache of logins. */
  readonly runFolder: string;
  /** Proxies whose X-Forwarded-For is believed, as ranges of addresses. */
  readonly trustedProxies: readonly string[];
  readonly limits: FrontLimits;
  /** Caches beside the registry. Their addresses are in a file that the container's command writes. */
  readonly caches: NamedCaches;
  /** The port at which collections ask whether nothing is written; without one there is no collection. */
  readonly collectionPort?: number;
}

/** A service that answers 2xx to a right login, 401 or 403 to a wrong one, and says who it is by headers. */
export interface FrontVerifier {
  readonly url: string;
  /** The response's header with the user's name. */
  readonly userHeader: string;
  /** The response's header with the user's groups, separated by commas. */
  readonly groupsHeader: string;
  /** Certificates that its own is checked with, if its URL has https. Not optional: nginx would check nothing. */
  readonly caFile: string;
}

/** Limits, each with a number of requests at once beyond it. */
export interface FrontLimits {
  /** Checks of passwords that are not remembered, for each address and user in a second. */
  readonly loginsPerSecond: number;
  readonly loginBurst: number;
  /** Requests of a user in a second; with tokens, of an address. */
  readonly requestsPerSecond?: number;
  readonly requestBurst: number;
}

/** Caches as nginx.conf names them. */
export interface NamedCaches {
  readonly each: readonly NamedCache[];
  /** A regular expression of the paths of all of them. */
  readonly paths: string;
  /** Whether one of them is of Docker Hub. */
  readonly ofDockerHub: boolean;
}

/** A cache as nginx.conf names it. */
export interface NamedCache {
  /** Its number, from 0. */
  readonly index: string;
  /** The first part of its images' names at this registry, as it is and as a regular expression. */
  readonly path: string;
  readonly pathExpression: string;
  /** A regular expression of its upstream's host in a query. */
  readonly hostExpression: string;
}

/** A cache that the front leads to. */
export interface FrontCache {
  /** The first part of its images' names at this registry, such as `docker.io`. */
  readonly path: string;
  /** Its upstream's host, as containerd names it. */
  readonly upstream: string;
  /** Its Service. */
  readonly host: string;
  readonly port: number;
  /** Labels of its pods, and their port: policies see these. */
  readonly pods: Readonly<Record<string, string>>;
  readonly podPort: number;
}
