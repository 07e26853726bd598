// The script of the container that talks to the API server and to the registry's pods: it makes the registry
// read-only, tells the collector for how long that is sure, and undoes it.
import { PAUSE } from '../pause/pause-script';
import { EMPTY_CACHE, UNTIL_EMPTIED } from './emptied-cache';
import { COMMON, FILES } from './handover';

/** Annotations of the ConfigMap. */
export const LAST_COLLECTION = 'cdk8s-registry.io/last-collection';
export const LAST_FAILURE = 'cdk8s-registry.io/last-failed-collection';

/**
 * Variables: REGISTRY is the registry's name, and WAIT_SECONDS how long it waits for writes that are under way. Those of the
 * switch are in pause-script.ts, and those of a shared cache in emptied-cache.ts.
 */
export const WATCH_SCRIPT = `${COMMON}
manager=collection kind=
${PAUSE}pause() {
  uptime
  write ${FILES.watching} "$up"
  sleep "$LOOK_SECONDS"
}

${EMPTY_CACHE}
before_turning_back() {
  empty_cache "\${CACHE_SECONDS:-0}" || say "$why"
}
# What a run that is killed leaves in it is then only what was asked for meanwhile.
once_quiet() {
  empty_cache "\${CACHE_SECONDS:-0}" || fail "$why"
}
fail() {
  reason=$*
  write ${FILES.until} 0
  write ${FILES.end} yes
  if [ -e ${FILES.go} ]; then
    # Nothing is collected any more before somebody may write again.
    while [ ! -e ${FILES.result} ] && ! dead ${FILES.collecting}; do sleep 1; done
    # Some of it may have been removed.
    empty_cache 10 || reason="$reason; $why; ${UNTIL_EMPTIED}"
  fi
  reason=$(printf '%s' "$reason" | tr -d '\\000-\\037"\\\\')
  figures=$(printf '{"time":"%s","error":"%s"}' "$(now)" "$reason")
  if [ -n "\${renewed:-}" ]; then undo "$(annotation ${LAST_FAILURE} "$figures")"; fi
  printf '{"collection":"failed","registry":"%s","error":"%s"}\\n' "$REGISTRY" "$reason"
  exit 1
}
uptime
from=$up
until get_switch; do
  within "$WAIT_SECONDS" || fail "the API server does not answer: $answer"
  pause
done
take_over
uptime
from=$up
while [ ! -e ${FILES.ready} ]; do
  within "$WAIT_SECONDS" || fail 'the container that collects did not start'
  pause
done
get_switch || fail "the API server does not answer: $answer"
if [ -n "$held" ]; then fail "another collection is under way: \${held%% *}"; fi
# Whether that is possible, before anything is refused or removed.
empty_cache "\${CACHE_SECONDS:-0}" || fail "$why"
hold || fail "the registry could not be made read-only: $answer"
say 'the registry is asked to be read-only'
from=$up
until_quiet "$WAIT_SECONDS"
say "the registry is read-only, and nothing is written any more"
started=yes
write ${FILES.until} $((up + TRUST_SECONDS))
write ${FILES.go} yes
while [ ! -e ${FILES.result} ]; do
  if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
  if dead ${FILES.collecting}; then fail 'the container that collects is no more'; fi
  pause
  look
  if [ "$outcome" = lost ]; then fail "$why"; fi
  uptime
  until=$((up + TRUST_SECONDS))
  if [ "$safe" -lt "$until" ]; then until=$safe; fi
  write ${FILES.until} "$until"
done
if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
read -r word blobs links bytes seconds <${FILES.result}
if [ "$word" != ok ]; then fail "$blobs \${links:-} \${bytes:-} \${seconds:-}"; fi
# A request that saw a blob before it was removed has put it into the cache by then.
if [ -n "\${CACHE:-}" ]; then pause; fi
empty_cache "\${CACHE_SECONDS:-0}" || fail "it removed $blobs blobs"
uptime
figures=$(printf '{"time":"%s","blobs":%s,"layerLinks":%s,"bytes":%s,"seconds":%s,"readOnlySeconds":%s}' \\
  "$(now)" "$blobs" "$links" "$bytes" "$seconds" $((up - from)))
undo "$(annotation ${LAST_COLLECTION} "$figures")"
printf '{"collection":"done","registry":"%s",%s\\n' "$REGISTRY" "\${figures#?}"
`;
