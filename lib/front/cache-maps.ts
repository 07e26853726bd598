// Images of other registries, which caches beside the registry fetch: by the first part of their name, or by the
// registry that containerd names with `?ns=`. Rules are asked by the name with that part, whichever way it came.
import { literal } from './access-maps';
import type { FrontCache, NamedCache, NamedCaches } from './front-configuration';
import { quoted } from './request-grammar';
import type { Lines } from './when';

/** The file in the folder of memory with the addresses of caches. */
export const CACHE_ADDRESSES = 'caches.conf';

/** The registry whose images of one part are under `library/`, and the path of its cache. */
export const DOCKER_HUB = 'docker.io';

/** The name of nginx' group of servers for a cache. */
export function serversOf(index: number | string): string {
  return `cache_${index}`;
}

/** Caches as nginx.conf names them. */
export function namedCaches(caches: readonly FrontCache[]): NamedCaches {
  return {
    each: caches.map(({ path, upstream }, index) => ({
      index: String(index),
      path,
      pathExpression: literal(path),
      hostExpression: literal(upstream).replace(':', '(?::|%3[Aa])'),
    })),
    paths: caches.map(({ path }) => literal(path)).join('|'),
    ofDockerHub: caches.some(({ upstream }) => upstream === DOCKER_HUB),
  };
}

/** Lines that are there with caches. */
export function withCaches({ each }: NamedCaches, { when }: Lines, lines: string): string {
  return when('caches', each.length > 0, lines);
}

/** Lines with a name in them that is another one with caches. */
export function eitherName(
  { each }: NamedCaches,
  { when }: Lines,
  [named, plain]: readonly [withCaches: string, without: string],
  linesOf: (name: string) => string,
): string {
  const are = each.length > 0;
  return `${when('caches', are, linesOf(named))}${when('no-caches', !are, linesOf(plain))}`;
}

/** nginx' variable of the repository that rules are asked for. */
export const REPOSITORY_VARIABLES = ['$repository', '$requested'] as const;

/** The maps, if there are caches. */
export function cacheMaps(caches: NamedCaches, lines: Lines): string {
  const { each: all, paths, ofDockerHub } = caches;
  const line = (expression: string, value: string) => `  ${quoted(expression)} ${value};\n`;
  const each = (lineOf: (cache: NamedCache) => string) => lines.each('caches', all, lineOf);
  const hub = literal(DOCKER_HUB);
  return withCaches(
    caches,
    lines,
    `# The cache of the registry that containerd asks for, if there is one.
map $request_uri $asked_of {
  default "";
${each(({ hostExpression, path }) => line(`^[^?]*\\?(?:[^&]+&)*ns=${hostExpression}(?:&|\\z)`, path))}}
# The repository by its full name. Docker Hub's images of one part are under library/, which Docker hides.
map "$action|$asked_of|$requested" $repository {
  default $requested;
${lines.when(
  'docker-hub',
  ofDockerHub,
  line(`^[a-z]+\\|[^|]*\\|${hub}/(?<hub_image>[^/]+)\\z`, `"${DOCKER_HUB}/library/$hub_image"`) +
    line(`^[a-z]+\\|${hub}\\|(?<hub_name>[^/]+)\\z`, `"${DOCKER_HUB}/library/$hub_name"`),
)}${each(({ index, path, pathExpression }) =>
  line(
    `^[a-z]+\\|${pathExpression}\\|(?!(?:${paths})/)(?<asked_${index}>.+)\\z`,
    `"${path}/$asked_${index}"`,
  ),
)}}

# Who has it, and under which name.
map $repository $backend {
  default registry;
${each(({ index, pathExpression }) => line(`^${pathExpression}/`, serversOf(index)))}}
map $repository $name_at_backend {
  default $repository;
${each(({ index, pathExpression }) =>
  line(`^${pathExpression}/(?<cached_${index}>.+)\\z`, `$cached_${index}`),
)}}
# The next page of a list of tags, under the name that the client asked for.
map "$backend|$upstream_http_link" $next_page {
  default $upstream_http_link;
  "~^cache_[0-9]+\\|</v2/[^?>]+/tags/list(?<page>\\?[^>]*>.*)\\z" "</v2/$requested/tags/list$page";
}

`,
  );
}
