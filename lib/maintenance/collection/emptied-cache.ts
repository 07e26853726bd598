// How a collection empties a shared cache of descriptors: functions of the script that watches, and their variables.
import { k8s } from 'cdk8s-plus-27';
import { RegistryDeployment } from '../../server/deployment';
import { CacheServer } from '../../storage/driver';
import { FILES } from './handover';

/** A cache of descriptors that is not in `storage.descriptorCache`, or in each pod's memory. */
export function hasUnknownCache({ configuration, storage }: RegistryDeployment): boolean {
  const sections = ({ storage: { cache } = {}, redis }: Sections) => JSON.stringify([cache, redis]);
  const { cache = {} } = (configuration._whole as Sections).storage ?? {};
  return storage._descriptorCache?.shared
    ? sections(configuration._whole) !== sections(configuration._rendered)
    : Object.keys(cache).length > 0;
}

interface Sections {
  readonly storage?: { readonly cache?: object };
  readonly redis?: object;
}

/** For how long a run tries. */
const CACHE_SECONDS = 120;

/** Variables of the container; none without a shared cache. */
export function cacheVariables(cache: CacheServer | undefined): k8s.EnvVar[] {
  if (!cache) return [];
  const { host, port, ca, username, database, password } = cache;
  return [
    { name: 'CACHE', value: `${ca === undefined ? 'gopher' : 'gophers'}://${host}:${port}` },
    { name: 'CACHE_SECONDS', value: String(CACHE_SECONDS) },
    ...(ca === undefined ? [] : [{ name: 'CACHE_CA', value: ca }]),
    ...(username === undefined ? [] : [{ name: 'CACHE_USER', value: username }]),
    ...(database === undefined ? [] : [{ name: 'CACHE_DATABASE', value: String(database) }]),
    ...(password === undefined
      ? []
      : [
          { name: 'CACHE_PASSWORD', valueFrom: { secretKeyRef: { name: password.name, key: password.key } } },
        ]),
  ];
}

/**
 * Variables: CACHE is the server's address as curl reads it, or absent. By the protocol gopher, curl sends bytes as they
 * are over a connection that it checks as it does for HTTPS, and returns what comes back until the server closes.
 * CACHE_USER and CACHE_PASSWORD are the login, CACHE_DATABASE is the number of the database, CACHE_CA a file with CAs.
 *
 * Others may use the server: only keys that the registry makes are deleted, with no more than the commands SCAN and DEL.
 */
export const EMPTY_CACHE = `
# words WORD...: a command, in which each word may be anything.
words() {
  printf '*%s\\r\\n' "$#"
  for word; do printf '$%s\\r\\n%s\\r\\n' "$(printf '%s' "$word" | wc -c)" "$word"; done
}
cache_login=
if [ -n "\${CACHE:-}" ]; then
  # Without line breaks at its end, as the registry reads it.
  password=$(printf '%s' "\${CACHE_PASSWORD:-}")
  unset CACHE_PASSWORD
  cache_login=$({
    if [ -n "$password" ]; then words AUTH \${CACHE_USER:+"$CACHE_USER"} "$password"; fi
    if [ -n "\${CACHE_DATABASE:-}" ]; then words SELECT "$CACHE_DATABASE"; fi
  } | od -An -v -tx1 | tr -d ' \\n' | sed 's/../%&/g')
fi
# ask_cache COMMANDS: sends each line of commands. The password is not among the arguments of curl. \`why\` says what was wrong.
ask_cache() {
  uptime
  write ${FILES.watching} "$up"
  replies=$(printf '%s\\n' "$1" | while read -r line; do printf 'url = "%s/_%s%s%%0D%%0AQUIT"\\n' "$CACHE" "$cache_login" "$line"; done |
    curl -sS --connect-timeout 5 -m 15 --fail-early -K - --proto =gopher,gophers --noproxy '*' \${CACHE_CA:+--cacert "$CACHE_CA"} 2>&1)
  replies=$(printf '%s' "$replies" | tr -d '\\r')
  why=$(printf '%s\\n' "$replies" | sed -n 's/^-//p; s/^curl: //p' | head -n 1)
  case $why$replies in *+OK) ;; *) why=\${why:-its answer was cut} ;; esac
  [ -z "$why" ]
}
# forget KIND: deletes keys of this kind, some thousands at a time.
forget() {
  cursor=0
  while ask_cache "SCAN%20$cursor%20MATCH%20$1::*%20COUNT%205000"; do
    found=$(printf '%s\\n' "$replies" | awk '
      at == 2 { print; at = 3 }
      at == 1 { at = 2 }
      at == 0 && $0 == "*2" { at = 1 }
      at == 3 && $0 ~ "^(blobs|repository)::[A-Za-z0-9._/:+=@-]+$" {
        keys = keys "%20" $0
        if (length(keys) > 30000) { print "DEL" keys; keys = "" }
      }
      END { if (keys != "") print "DEL" keys }')
    cursor=\${found%%"$newline"*}
    case $cursor in '' | *[!0-9]*) why='its answer is not understood'; return 1 ;; esac
    if [ "$found" != "$cursor" ]; then ask_cache "\${found#*"$newline"}" || return 1; fi
    if [ "$cursor" = 0 ]; then return 0; fi
    if [ "$up" -ge "$cache_until" ]; then
      why='it has too many keys'
      return 1
    fi
  done
  return 1
}
# empty_cache SECONDS: what was removed must not be known any more when it is pushed again.
empty_cache() {
  if [ -z "\${CACHE:-}" ]; then return 0; fi
  uptime
  cache_until=$((up + $1))
  until forget blobs && forget repository; do
    uptime
    if [ "$up" -ge "$cache_until" ] || [ -n "$stopping" ]; then
      why="the cache of descriptors could not be emptied: $why"
      return 1
    fi
    sleep "$LOOK_SECONDS"
  done
}
`;

/** What is broken where a cache could not be emptied after a collection, and what to do. */
export const UNTIL_EMPTIED =
  'until its keys blobs::* and repository::* are deleted, by the next run or by hand, images with removed layers are broken when they are pushed again';
