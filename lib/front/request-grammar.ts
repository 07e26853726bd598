// The requests that the front lets through, as an nginx map: the OCI distribution API as registries and their
// clients speak it, and nothing else. Each is matched as a whole line, method, path and query as they were
// sent, so that no decoding or normalization happens between the decision and the registry.
import { KNOWN, type Lines } from './when';

/** What a request does to a repository or to the registry. Rules and the log use these words. */
export type RequestAction = 'health' | 'ping' | 'token' | 'catalog' | 'pull' | 'push' | 'delete';

/** A request, and what it does. */
interface KnownRequest {
  readonly action: RequestAction;
  readonly methods: readonly string[];
  /** Regular expression of the path, without anchors. */
  readonly path: string;
  /** Regular expression of the query with its question mark. */
  readonly query?: string;
}

// Possessive quantifiers (`++`, `*+`) never go back, so that a long name costs no more than its length.
const WORD = '[a-z0-9]++';
/** One part of a repository's name. */
export const COMPONENT = `${WORD}(?:(?:\\.|__?|-++)${WORD})*+`;
const REPOSITORY = `(?<requested>${COMPONENT}(?:/${COMPONENT})*)`;
const COLON = '(?::|%3[Aa])';
const DIGEST = `(?:sha256${COLON}[0-9a-f]{64}|sha512${COLON}[0-9a-f]{128})`;
const TAG = '[A-Za-z0-9_][A-Za-z0-9._-]{0,127}';
/** The number of an upload. */
const UPLOAD = '[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}';
const HOST = `[a-z0-9.-]+(?:${COLON}[0-9]+)?`;

const READ = ['GET', 'HEAD'];

/** A path below a repository; what follows the name is kept for the log and for the registry. */
function below(rest: string): string {
  return `/v2/${REPOSITORY}(?<rest>/${rest})`;
}

function reference(...kinds: readonly string[]): string {
  return `(?<reference>${kinds.join('|')})`;
}

/** Any of these parameters, in any order. */
function parameters(...each: readonly string[]): string {
  return `\\?(?:(?:${each.join('|')})(?:&(?!\\z)|\\z))+`;
}

function optional(query: string): string {
  return `(?:${query})?`;
}

// containerd names the registry that an image is from, if it asks a mirror.
const MIRRORED = `ns=${HOST}`;
const PAGE = optional(parameters('n=[0-9]{1,6}', 'last=[A-Za-z0-9._/%-]{0,255}', MIRRORED));
const FROM = 'from=(?<from>[a-z0-9._/%F-]{1,300})';
const ORIGIN = '(?:&origin=[A-Za-z0-9.:%-]+)?';
const MOUNT = `mount=${reference(DIGEST)}`;

/** All of them. The first that matches counts; no two match the same line. */
const REQUESTS: readonly KnownRequest[] = [
  { action: 'health', methods: READ, path: '/' },
  { action: 'ping', methods: READ, path: '/v2/?' },
  { action: 'token', methods: ['GET'], path: '/token', query: '(?:\\?[^ ]*)?' },
  { action: 'catalog', methods: READ, path: '/v2/_catalog', query: PAGE },
  {
    action: 'pull',
    methods: READ,
    path: below(`manifests/${reference(TAG, DIGEST)}`),
    query: optional(`\\?${MIRRORED}`),
  },
  {
    action: 'pull',
    methods: READ,
    path: below(`blobs/${reference(DIGEST)}`),
    query: optional(`\\?${MIRRORED}`),
  },
  { action: 'pull', methods: ['GET'], path: below('tags/list'), query: PAGE },
  {
    action: 'pull',
    methods: ['GET'],
    path: below(`referrers/${reference(DIGEST)}`),
    query: optional('\\?artifactType=[A-Za-z0-9.%+/-]+'),
  },
  { action: 'push', methods: ['PUT'], path: below(`manifests/${reference(TAG, DIGEST)}`) },
  { action: 'delete', methods: ['DELETE'], path: below(`manifests/${reference(TAG, DIGEST)}`) },
  { action: 'delete', methods: ['DELETE'], path: below(`blobs/${reference(DIGEST)}`) },
  {
    action: 'push',
    methods: ['POST'],
    path: below('blobs/uploads/'),
    query: optional(`\\?(?:digest=${DIGEST}|digest-algorithm=sha(?:256|512))`),
  },
  {
    action: 'push',
    methods: ['POST'],
    path: below('blobs/uploads/'),
    query: `\\?${MOUNT}(?:&${FROM}${ORIGIN})?`,
  },
  { action: 'push', methods: ['POST'], path: below('blobs/uploads/'), query: `\\?${FROM}&${MOUNT}${ORIGIN}` },
  {
    action: 'push',
    methods: ['GET', 'HEAD', 'PATCH', 'PUT', 'DELETE'],
    path: below(`blobs/uploads/${reference(UPLOAD)}`),
    query: optional(parameters('_state=[A-Za-z0-9_%=-]+', `digest=${DIGEST}`)),
  },
];

/** Deepest repository that a mount's `from` may name with encoded slashes. */
const DEEPEST = 8;

/**
 * The maps: `$action`, `$from_repository` and what they capture (`$requested`, `$rest`, `$reference`, `$from`). Where
 * the registry checks tokens, another service gives them.
 */
export function requestMaps(tokens = false, { when }: Lines = KNOWN): string {
  return [
    '# What is asked, by the request line as it was sent. What is not known here is answered with 400.',
    'map "$request_method $request_uri" $action {',
    '  default unknown;',
    `${REQUESTS.map(({ action, methods, path, query = '' }) => {
      const known = `  ${quoted(line(methods, path, query))} ${action};\n`;
      return action === 'token' ? when('no-tokens', !tokens, known) : known;
    }).join('')}}`,
    '',
    '# The repository that a mount takes a layer from. nginx does not replace every %2F, so a line for each depth.',
    'map $from $from_repository {',
    '  default "";',
    `  ${quoted(`^(?<from_plain>${COMPONENT}(?:/${COMPONENT})*)\\z`)} $from_plain;`,
    ...Array.from({ length: DEEPEST - 1 }, (_, index) => fromOfDepth(index + 2)),
    '}',
  ].join('\n');
}

function line(methods: readonly string[], path: string, query: string): string {
  return `^(?:${methods.join('|')}) ${path}${query}\\z`;
}

function fromOfDepth(depth: number): string {
  const names = Array.from({ length: depth }, (_, index) => `from_${depth}_${index}`);
  const expression = names.map((name) => `(?<${name}>${COMPONENT})`).join('%2F');
  return `  ${quoted(`^${expression}\\z`)} "${names.map((name) => `\${${name}}`).join('/')}";`;
}

/** A regular expression as a key of a map. */
export function quoted(expression: string): string {
  return `"~${expression.replace(/"/g, '\\"')}"`;
}
