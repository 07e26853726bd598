// The command of the front's container.
import { CACHE_ADDRESSES } from './cache-maps';
import { SWITCHED, switchedByCollections, WITH_COLLECTION } from './collection-switch';
import { KNOWN, type Lines } from './when';

/** Seconds between two looks at the configuration. */
const WATCH_SECONDS = 5;

/** Where and how nginx listens. */
export interface FrontScript {
  /** The folder of nginx.conf. */
  readonly folder: string;
  /** A folder that can be written to. */
  readonly runFolder: string;
  /** What nginx is told of the port: the number, and `ssl` behind it if TLS ends here. */
  readonly listen: string;
  /** Whether there are caches, whose names and addresses are in a file beside nginx.conf. */
  readonly caches: boolean;
  /** Where a collection makes the registry read-only; undefined without one. */
  readonly collection?: { readonly switches: string; readonly port: number };
}

/** The file with a line for each cache: nginx' name of its servers, host and port. */
export const CACHES_FILE = 'caches';
/** A port at which nothing listens: for a cache whose Service is not there, so that nginx answers with 503. */
const NOWHERE = '127.0.0.1:9';

/**
 * Runs nginx, and has it read its configuration again when the kubelet has written another one. Uploads that are
 * under way go on with the former. A configuration that is wrong is logged, and the former stays.
 */
export function frontScript(
  { folder, runFolder, listen, caches, collection }: FrontScript,
  { when }: Lines = KNOWN,
): string {
  const version = `readlink ${folder}/..data`;
  return `#!/bin/sh
# Without them caches would answer with 503, or a collection would never be noticed, and nothing would say why.
needs='nginx cat readlink sleep'
${when('caches', caches, `needs="$needs getent timeout"\n`)}${when(WITH_COLLECTION, collection !== undefined, `needs="$needs date mv rm"\n`)}missing=''
for program in $needs; do command -v "$program" > /dev/null || missing="$missing $program"; done
if [ -n "$missing" ]; then
  echo "the front's image has no$missing; use an image with all of: $needs" >&2
  exit 1
fi
# Not every node has IPv6.
echo "listen ${listen};" > ${runFolder}/listen.conf
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:${listen};" >> ${runFolder}/listen.conf; fi
${collection ? when(WITH_COLLECTION, true, switchedByCollections({ ...collection, runFolder })) : ''}${when('caches', caches, `${addresses(folder, runFolder)}version() { ${version}; addresses; }\n`)}${when(
  'no-caches',
  !caches,
  `version() { ${version}; }\n`,
)}# Reloads nginx when the ConfigMap has changed: the kubelet then points ..data to another folder.
watch() {
  before=$(version)
  while sleep ${WATCH_SECONDS}; do
${collection ? when(WITH_COLLECTION, true, `    ${SWITCHED}\n`) : ''}    now=$(version)
    if [ "$now" != "$before" ]; then
      before=$now
${when('caches', caches, `      ${WRITE(runFolder)}\n`)}      kill -HUP "$nginx"
    fi
  done
}
nginx -c ${folder}/nginx.conf -e stderr &
nginx=$!
# QUIT lets requests end that are under way.
trap 'kill -QUIT "$nginx" 2>/dev/null' TERM QUIT INT
watch &
# The container ends as soon as nginx does. A signal ends wait alone.
status=1
while kill -0 "$nginx" 2>/dev/null; do
  wait "$nginx"
  status=$?
done
exit "$status"
`;
}

/** nginx looks a name up when it starts, and ends if there is none: so the names are looked up here. */
function addresses(folder: string, runFolder: string): string {
  return `# Prints the servers of each cache, by the address that its Service has now, or had when it was last found.
addresses() {
  while read -r name host port; do
    found=$(timeout 3 getent ahosts "$host" | { read -r first rest; echo "$first"; })
    if [ -n "$found" ]; then echo "$found" > "${runFolder}/address_$name"; fi
    address=$(cat "${runFolder}/address_$name" 2>/dev/null)
    case $address in
      '') server=${NOWHERE} ;;
      *:*) server=[$address]:$port ;;
      *) server=$address:$port ;;
    esac
    echo "upstream $name { server $server; keepalive 16; }"
  done < ${folder}/${CACHES_FILE}
}
${WRITE(runFolder)}
`;
}

const WRITE = (runFolder: string) => `addresses > ${runFolder}/${CACHE_ADDRESSES}`;
