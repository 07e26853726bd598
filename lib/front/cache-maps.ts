// Images of other registries, which caches beside the registry fetch: by the first part of their name, or by the
// registry that containerd names with `?ns=`. Rules are asked by the name with that part, whichever way it came.
import { literal } from './access-maps';
import type { FrontCache, FrontConfiguration } from './front-configuration';
import { quoted } from './request-grammar';

/** The file in the folder of memory with the addresses of caches. */
export const CACHE_ADDRESSES = 'caches.conf';

/** The name of nginx' group of servers for a cache. */
export function serversOf(index: number): string {
  return `cache_${index}`;
}

/** nginx' variable of the repository that rules are asked for. */
export function repositoryVariable({ caches }: FrontConfiguration): string {
  return caches.length > 0 ? '$repository' : '$requested';
}

/** The maps, if there are caches. */
export function cacheMaps({ caches }: FrontConfiguration): string[] {
  if (caches.length === 0) return [];
  const prefixes = caches.map(({ path }) => literal(path)).join('|');
  const line = (expression: string, value: string) => `  ${quoted(expression)} ${value};`;
  const lines = (each: (cache: FrontCache, index: number) => string) => caches.map(each).join('\n');
  return [
    `# The cache of the registry that containerd asks for, if there is one.
map $request_uri $asked_of {
  default "";
${lines(({ upstream, path }) => line(`^[^?]*\\?(?:[^&]+&)*ns=${hostInQuery(upstream)}(?:&|\\z)`, path))}
}
# The repository by its full name. Docker Hub's images of one part are under library/, which Docker hides.
map "$action|$asked_of|$requested" $repository {
  default $requested;
${[
  ...caches
    .filter(({ upstream }) => upstream === DOCKER_HUB)
    .flatMap(({ path }) => [
      line(`^[a-z]+\\|[^|]*\\|${literal(path)}/(?<hub_image>[^/]+)\\z`, `"${path}/library/$hub_image"`),
      line(`^[a-z]+\\|${literal(path)}\\|(?<hub_name>[^/]+)\\z`, `"${path}/library/$hub_name"`),
    ]),
  ...caches.map(({ path }, index) =>
    line(
      `^[a-z]+\\|${literal(path)}\\|(?!(?:${prefixes})/)(?<asked_${index}>.+)\\z`,
      `"${path}/$asked_${index}"`,
    ),
  ),
].join('\n')}
}`,
    `# Who has it, and under which name.
map $repository $backend {
  default registry;
${lines(({ path }, index) => line(`^${literal(path)}/`, serversOf(index)))}
}
map $repository $name_at_backend {
  default $repository;
${lines(({ path }, index) => line(`^${literal(path)}/(?<cached_${index}>.+)\\z`, `$cached_${index}`))}
}
# The next page of a list of tags, under the name that the client asked for.
map "$backend|$upstream_http_link" $next_page {
  default $upstream_http_link;
  "~^cache_[0-9]+\\|</v2/[^?>]+/tags/list(?<page>\\?[^>]*>.*)\\z" "</v2/$requested/tags/list$page";
}`,
  ];
}

const DOCKER_HUB = 'docker.io';

function hostInQuery(host: string): string {
  return literal(host).replace(':', '(?::|%3[Aa])');
}
