// What the two containers of a collection agree on: the folder that they share, and the times that they keep. Times
// are the node's uptime, which is one for both and which no clock changes.
import { BASICS } from '../pause/pause-script';

/** The folder. */
export const HANDOVER = '/collection-handover';

/** Files in it. */
export const FILES = {
  /** The collector is there. */
  ready: 'ready',
  /** Uptime at which the collector, and the watcher, last were alive. */
  collecting: 'collecting',
  watching: 'watching',
  /** Nothing is written any more: collect. */
  go: 'go',
  /** Uptime until which it is safe to collect. */
  until: 'until',
  /** There is nothing to do any more. */
  end: 'end',
  /** `ok BLOBS LINKS BYTES SECONDS`, or `failed REASON`. */
  result: 'result',
} as const;

/**
 * What both scripts begin with. Variable: TRUST_SECONDS is for how long one relies on what the other one said last.
 */
export const COMMON = `${BASICS}cd ${HANDOVER} || exit 1
write() {
  echo "$2" >"$1.new" && mv "$1.new" "$1"
}
# Whether the other one wrote its uptime into a file, and long ago.
dead() {
  { read -r last <"$1"; } 2>/dev/null || return 1
  uptime
  [ $((up - last)) -gt "$TRUST_SECONDS" ]
}
`;
