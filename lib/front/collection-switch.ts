// How the front takes part in a collection: it refuses pushes and deletions for as long as the collection's
// ConfigMap says, and answers whether any that began before are still under way.
import type { FrontConfiguration } from './front-configuration';
import type { Lines } from './when';

/** The port at which collections ask. */
export const COLLECTION_PORT = 5004;
/** The port's name. */
export const COLLECTION_PORT_NAME = 'collection';
/** The path at which they ask. */
export const COLLECTION_PATH = '/collection';
/** The key of the ConfigMap: the name of a run, and the second of the epoch until which it may go on. */
export const COLLECTING_KEY = 'collecting';

/** Files in the front's folder of memory. */
export const COLLECTION_FILES = {
  /** There while the registry is read-only for a collection. */
  readOnly: 'collecting',
  /** What is answered: the run and the seconds that are left. */
  answer: COLLECTION_PATH.slice(1),
  listen: 'listen-collection.conf',
} as const;

/** The condition of lines that are there with a collection. */
export const WITH_COLLECTION = 'collection';

/** Calls what `switchedByCollections` defines. */
export const SWITCHED = 'switched';

/**
 * A function of the front's script that turns the switch. The time in the ConfigMap is read once, when it has
 * changed; from then on the node's uptime counts, whatever its clock does. So a run that was killed, or whose node
 * is lost, leaves the registry writable again without anybody's help.
 */
export function switchedByCollections(needs: {
  readonly switches: string;
  readonly port: number;
  readonly runFolder: string;
}): string {
  const { switches, port, runFolder } = needs;
  const { readOnly, answer, listen } = COLLECTION_FILES;
  return `echo "listen ${port};" > ${runFolder}/${listen}
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:${port};" >> ${runFolder}/${listen}; fi
said='' deadline=0
# Read-only for a collection, until a time: one that was killed does not leave it so.
${SWITCHED}() {
  read -r up rest < /proc/uptime
  up=\${up%%.*}
  told=$(cat ${switches}/${COLLECTING_KEY} 2>/dev/null)
  if [ "$told" != "$said" ]; then
    said=$told
    until=\${said##* }
    case $until in '' | *[!0-9]*) until=0 ;; esac
    deadline=$((up + until - $(date +%s)))
  fi
  left=$((deadline - up))
  if [ "$left" -gt 0 ]; then
    : > ${runFolder}/${readOnly}
    echo "\${said%% *} $left" > ${runFolder}/${answer}.new
    mv ${runFolder}/${answer}.new ${runFolder}/${answer}
  else
    rm -f ${runFolder}/${answer} ${runFolder}/${readOnly}
  fi
}
${SWITCHED}
`;
}

/**
 * The count of writes. Those that are refused since the registry is read-only are not counted, or clients that try
 * again would hold up a collection.
 */
export function countedWrites({ collectionPort }: FrontConfiguration, { when }: Lines): string {
  return when(
    WITH_COLLECTION,
    collectionPort !== undefined,
    `# Pushes and deletions that are under way. The request of a collection has the same key.
map "$read_only|$action" $writing { default ""; "~^0\\|(?:push|delete)\\z" 1; "~^asked\\|" 1; }
limit_conn_zone $writing zone=writes:1m;
limit_conn_log_level info;

`,
  );
}

/** Writes are refused while garbage is collected, and those that are under way are counted. */
export function duringCollections(
  { collectionPort, runFolder }: FrontConfiguration,
  { when }: Lines,
): string {
  return when(
    WITH_COLLECTION,
    collectionPort !== undefined,
    `if (-f ${runFolder}/${COLLECTION_FILES.readOnly}) { set $read_only 1; }
limit_conn writes 65535;
`,
  );
}

/**
 * The server that collections ask. 404: the registry can be written to. 503: it can't, but something that began
 * before is still being written. 200: it is quiet, for which run, and for how many seconds more.
 */
export function whetherQuiet({ collectionPort, runFolder }: FrontConfiguration, { when }: Lines): string {
  return when(
    WITH_COLLECTION,
    collectionPort !== undefined,
    `
server {
  include ${runFolder}/${COLLECTION_FILES.listen};
  access_log off;
  set $read_only asked;
  # Room for one: itself.
  limit_conn writes 1;
  location / { return 404; }
  location = ${COLLECTION_PATH} { root ${runFolder}; default_type text/plain; }
}
`,
  );
}
