// The command of the front's container.

/** Seconds between two looks at the configuration. */
const WATCH_SECONDS = 5;

/** Where and how nginx listens. */
export interface FrontScript {
  /** The folder of nginx.conf. */
  readonly folder: string;
  /** A folder that can be written to. */
  readonly runFolder: string;
  readonly port: number;
  readonly tls: boolean;
}

/**
 * Runs nginx, and has it read its configuration again when the kubelet has written another one. Uploads that are
 * under way go on with the former. A configuration that is wrong is logged, and the former stays.
 */
export function frontScript({ folder, runFolder, port, tls }: FrontScript): string {
  const listen = `${port}${tls ? ' ssl' : ''}`;
  return `#!/bin/sh
# Not every node has IPv6.
echo "listen ${listen};" > ${runFolder}/listen.conf
if [ -f /proc/net/if_inet6 ]; then echo "listen [::]:${listen};" >> ${runFolder}/listen.conf; fi
# Runs nginx, and reloads it when the ConfigMap has changed: the kubelet then points ..data to another folder.
nginx -c ${folder}/nginx.conf -e stderr &
nginx=$!
# QUIT lets requests end that are under way.
trap 'kill -QUIT "$nginx" 2>/dev/null' TERM QUIT INT
version() { readlink ${folder}/..data; }
before=$(version)
while kill -0 "$nginx" 2>/dev/null; do
  # In the background, so that a signal is acted on at once.
  sleep ${WATCH_SECONDS} &
  wait $!
  now=$(version)
  if [ "$now" != "$before" ]; then
    before=$now
    kill -HUP "$nginx" 2>/dev/null
  fi
done
wait "$nginx"
`;
}
