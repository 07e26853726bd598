// Environment variables that would override the library's keys of config.yml, and the prop to use instead.

/** A subtree of config.yml. */
type Tree = { readonly [key: string]: unknown };

/**
 * Why a variable is not allowed: the key of config.yml that it would override, and the prop to use instead.
 */
export interface OwnedVariable {
  readonly key: string;
  readonly instead: string;
}

/**
 * The registry maps REGISTRY_HTTP_ADDR to http.addr in config.yml. A variable is owned if it names a rendered
 * key, a map with such a key, or something inside a value that was rendered whole. All other keys are the
 * user's.
 */
export function ownedVariable(name: unknown, rendered: Tree): OwnedVariable | undefined {
  if (typeof name !== 'string' || !name.startsWith(PREFIX)) return undefined;
  const path = name.slice(PREFIX.length).toLowerCase().split('_');
  const taken = [...pathsIn(rendered), ...ALWAYS, ...onlyOne(path, rendered)].find((own) =>
    own.every((key, at) => at >= path.length || key === path[at]),
  );
  if (!taken) return undefined;
  return { key: taken.slice(0, path.length).join('.'), instead: insteadOf(path) };
}

const PREFIX = 'REGISTRY_';

/** Keys of config.yml's storage section that are not drivers; any other is one. */
const NO_DRIVERS = ['cache', 'delete', 'maintenance', 'redirect', 'tag'];

/**
 * The second driver that a key in the storage section would configure. The registry does not start with two.
 */
export function secondDriver(key: string, rendered: Tree): string | undefined {
  const own = Object.keys((rendered.storage ?? {}) as Tree);
  return NO_DRIVERS.includes(key) || own.includes(key)
    ? undefined
    : own.find((name) => !NO_DRIVERS.includes(name));
}

/** Whether nginx in the same pod checks logins and ends TLS: there is a map of auth, and nothing in it. */
export function isBehindFront({ auth }: Tree): boolean {
  return typeof auth === 'object' && auth !== null && Object.keys(auth).length === 0;
}

/**
 * A second auth provider or storage driver: the registry does not start with two. Nor does it end TLS behind the
 * front. And a collection deletes keys of one Redis.
 */
function onlyOne([part, key]: readonly string[], rendered: Tree): string[][] {
  if (part === 'http' && key === 'tls' && isBehindFront(rendered)) return [['http', 'tls']];
  if (part === 'auth' && rendered.auth !== undefined) return [['auth']];
  if (part === 'redis' && rendered.redis !== undefined) return CONNECTION_OF_REDIS;
  return part === 'storage' && key !== undefined && secondDriver(key, rendered) !== undefined
    ? [['storage']]
    : [];
}

/**
 * Keys that are always owned, rendered or not: they move the listener, add a second storage or refuse pushes.
 */
const ALWAYS: readonly (readonly string[])[] = [
  ['http', 'net'],
  ['http', 'prefix'],
  ['http', 'secret'],
  ['http', 'debug'],
  ['http', 'tls', 'certificate'],
  ['http', 'tls', 'key'],
  ['http', 'tls', 'letsencrypt'],
  // With it, deleted images stay visible to some pods, and collections break what is pushed again.
  ['storage', 'cache'],
  ['storage', 'redirect'],
  ['storage', 'maintenance', 'readonly'],
  ['storage', 's3', 'accesskey'],
  ['storage', 's3', 'secretkey'],
];

/** Rendered or not, beside a cache of descriptors there: they lead to another one. */
const CONNECTION_OF_REDIS = ['addr', 'addrs', 'db', 'mastername', 'password', 'tls', 'username'].map(
  (key) => ['redis', key],
);

/** Paths to all leaves, in lower case as the registry compares them. */
function pathsIn(tree: Tree): string[][] {
  return Object.entries(tree).flatMap(([key, value]) => {
    const inside =
      typeof value === 'object' && value !== null && !Array.isArray(value) ? pathsIn(value as Tree) : [];
    return inside.length > 0 ? inside.map((path) => [key.toLowerCase(), ...path]) : [[key.toLowerCase()]];
  });
}

/** The prop to use instead, by path prefix. */
const INSTEAD: Readonly<Record<string, string>> = {
  auth: 'write auth: { credentials: ... }',
  catalog: 'write ui: { catalogElementsLimit: ... }',
  health: 'write storage: { health: {...} }',
  http: 'write configuration: { extra: { http: {...} } }',
  'http.addr': 'write service: { port: ... } for the port that people use',
  'http.net': 'write service: { port: ... } for the port that people use',
  'http.prefix': 'give the registry a host of its own: clients put no path before /v2/',
  'http.secret': 'write httpSecret: { secret: Secret.fromSecretName(...) }',
  'http.draintimeout': 'write configuration: { drainTimeout: ... }',
  'http.headers':
    'write configuration: { corsOrigin: ... } or configuration: { extra: { http: { headers: {...} } } }',
  'http.debug': 'write metrics: {...}',
  'http.tls': 'write tls: {...}',
  log: 'write configuration: { logLevel, logFormat, accessLog }',
  'log.level': 'write configuration: { logLevel: ... }',
  'log.formatter': 'write configuration: { logFormat: ... }',
  'log.accesslog': 'write configuration: { accessLog: ... }',
  middleware: 'write storage: { middleware: [...] }',
  proxy: 'write upstream, upstreamUrl, login or ttl of the cache',
  redis: 'write storage: { descriptorCache: ... }',
  storage: 'write storage: { backend: ... }',
  'storage.cache': 'write storage: { descriptorCache: ... }',
  'storage.delete': 'write storage: { deletion: ... }',
  'storage.maintenance': 'write storage: { readOnly: ... } or storage: { uploadPurging: {...} }',
  'storage.redirect': 'write storage: { redirect: ... }',
};

function insteadOf(path: readonly string[]): string {
  const beginnings = path.map((_, index) => path.slice(0, path.length - index).join('.'));
  const known = beginnings.find((beginning) => Object.hasOwn(INSTEAD, beginning));
  return known === undefined ? 'leave it out' : `leave it out, or ${INSTEAD[known]}`;
}
