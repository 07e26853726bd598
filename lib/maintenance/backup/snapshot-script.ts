// The script of a snapshot: the registry is read-only while it is cut, and no longer, whatever becomes of the run.
import { BASICS, PAUSE } from '../pause/pause-script';

/** Annotations of the ConfigMap. */
const LAST_SNAPSHOT = 'cdk8s-registry.io/last-snapshot';
const LAST_FAILURE = 'cdk8s-registry.io/last-failed-snapshot';

/** Labels of VolumeSnapshots: the registry's name; and `begun`, or `whole` once nothing was written until it was cut. */
export const SNAPSHOT_OF = 'cdk8s-registry.io/snapshot-of';
const STATE = 'cdk8s-registry.io/snapshot';
/** Annotation of VolumeSnapshots: the pod that made it. */
const RUN = 'cdk8s-registry.io/run';

/**
 * Variables: REGISTRY is the registry's name, CLAIM the claim, CLASS the VolumeSnapshotClass or empty, KEEP how many are kept,
 * PAUSE_SECONDS how long the registry may be read-only, SETTLE_SECONDS how long nothing was written before the
 * snapshot, and FIGURES the ConfigMap for its annotations. Those of the switch are in pause-script.ts.
 *
 * A storage cuts what is on the disk. What was written before is there once the kernel has written it, which it does after
 * half a minute. `creationTime` says that it is cut; it may be hours until it is ready, where it is uploaded.
 */
export const SNAPSHOT_SCRIPT = `${BASICS}manager=snapshots kind=' snapshots'
${PAUSE}
snapshots=/apis/snapshot.storage.k8s.io/v1/namespaces/$namespace/volumesnapshots
snapshot= uid= whole= error= undone=

pause() {
  sleep "$LOOK_SECONDS"
}
# A collection that was killed has to empty a cache first: that is not done here, so its time is waited for.
before_turning_back() {
  case $held in *"$kind "*) return 0 ;; esac
  uptime
  [ $((up - from)) -ge "$LEASE_SECONDS" ]
}
once_quiet() {
  :
}
# annotate KEY FIGURES: best effort.
annotate() {
  noted=$(annotation "$1" "$2")
  api PATCH "configmaps/$FIGURES?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \\
    --data "{\\"metadata\\":{\${noted#,}}}" || say "the figures could not be written: $answer"
}
# What the API server says of it.
cut= ready=
read_snapshot() {
  uid=$(printf '%s' "$answer" | sed -n 's/.*"uid":"\\([^"]*\\)".*/\\1/p')
  state=\${answer##*'"status":{'}
  if [ "$state" = "$answer" ]; then state=; fi
  error=$(printf '%s' "$state" | sed -n 's/.*"error":{[^}]*"message":"\\([^"\\\\]*\\).*/\\1/p')
  case $state in *'"creationTime":"'* | *'"readyToUse":true'*) cut=yes ;; *) cut= ;; esac
  case $state in *'"readyToUse":true'*) ready=yes ;; *) ready= ;; esac
}
# remove NAME UID: that one, and no other of the name.
remove() {
  api DELETE "$snapshots/$1" -H 'Content-Type: application/json' \\
    --data "{\\"apiVersion\\":\\"v1\\",\\"kind\\":\\"DeleteOptions\\",\\"preconditions\\":{\\"uid\\":\\"$2\\"}}" || [ "$status" = 404 ] || {
    say "the snapshot $1 could not be deleted: $answer"
    return 1
  }
}
# list_snapshots STATE: a line with time, name, uid, and whether it is ready, for each of this registry.
list_snapshots() {
  api GET "$snapshots?labelSelector=${SNAPSHOT_OF}=$REGISTRY,${STATE}=$1" || return 1
  found=$(printf '%s\\n' "$answer" | sed 's/{"apiVersion":"snapshot.storage.k8s.io\\/v1","kind":"VolumeSnapshot","metadata"/\\n&/g' |
    sed -n 's/.*"creationTimestamp":"\\([^"]*\\)".*"name":"\\([^"]*\\)","namespace":"[^"]*",.*"uid":"\\([^"]*\\)"\\(.*\\)/\\1 \\2 \\3 \\4/p' |
    while read -r time name id rest; do
      case $rest in *'"readyToUse":true'*) echo "$time $name $id yes" ;; *) echo "$time $name $id no" ;; esac
    done)
}
# Where the answer to its creation is lost, it may be there all the same.
is_own() {
  api GET "$snapshots/$snapshot" || return 1
  case $answer in *'"${RUN}":"'"$run"'"'*) read_snapshot ;; *) return 1 ;; esac
}
fail() {
  reason=$(printf '%s' "$*\${error:+; the storage says: $error}" | tr -d '\\000-\\037"\\\\')
  trap '' TERM INT
  stopping=
  if [ -n "\${renewed:-}" ] && [ -z "$undone" ]; then undo; fi
  # What was cut while somebody wrote is not kept. The next run removes it, if this one can't.
  if [ -n "$snapshot" ] && [ -z "$whole" ] && is_own; then remove "$snapshot" "$uid"; fi
  annotate ${LAST_FAILURE} "$(printf '{"time":"%s","error":"%s"}' "$(now)" "$reason")"
  printf '{"snapshot":"failed","registry":"%s","error":"%s"}\\n' "$REGISTRY" "$reason"
  exit 1
}
# Those that are older than as many as are kept and are ready.
remove_oldest() {
  kept=0
  if list_snapshots whole; then
    while read -r time name id is_ready; do
      if [ -z "$name" ]; then continue; fi
      if [ "$kept" -ge "$KEEP" ]; then
        if remove "$name" "$id"; then removed=$((removed + 1)); fi
      elif [ "$is_ready" = yes ]; then kept=$((kept + 1)); fi
    done <<END
$(printf '%s\\n' "$found" | sort -r)
END
  else
    say "the snapshots could not be listed: $answer"
  fi
}
# Whether it is still sure that nothing is written.
sure_still() {
  if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
  look
  if [ "$outcome" = lost ]; then fail "$why"; fi
  uptime
  if [ "$up" -ge "$safe" ]; then fail 'it was no longer sure that nobody writes'; fi
}

uptime
from=$up
until get_switch; do
  within "$PAUSE_SECONDS" || fail "the API server does not answer: $answer"
  pause
done
list_snapshots begun || fail "the API server has no VolumeSnapshots for it: $answer"
take_over
hold || fail "the registry could not be made read-only: $answer"
say 'the registry is asked to be read-only'
uptime
from=$up
until_quiet "$PAUSE_SECONDS"
say 'the registry is read-only, and nothing is written any more'
started=yes
# No other run is between its begin and its cut: what is there was left.
if list_snapshots begun; then
  while read -r time name id rest; do
    if [ -n "$name" ] && remove "$name" "$id"; then say "the snapshot $name of an interrupted run was deleted"; fi
  done <<END
$found
END
fi
uptime
settled=$((up + SETTLE_SECONDS))
while uptime && [ "$up" -lt "$settled" ]; do
  pause
  sure_still
done
snapshot=$REGISTRY-$(date -u +%Y%m%d-%H%M%S)
class=
if [ -n "$CLASS" ]; then class=",\\"volumeSnapshotClassName\\":\\"$CLASS\\""; fi
if api POST "$snapshots?fieldManager=$manager" -H 'Content-Type: application/json' --data "{
  \\"apiVersion\\":\\"snapshot.storage.k8s.io/v1\\",\\"kind\\":\\"VolumeSnapshot\\",\\"metadata\\":{\\"name\\":\\"$snapshot\\",
  \\"labels\\":{\\"${SNAPSHOT_OF}\\":\\"$REGISTRY\\",\\"${STATE}\\":\\"begun\\",\\"velero.io/exclude-from-backup\\":\\"true\\"},
  \\"annotations\\":{\\"${RUN}\\":\\"$run\\"}},\\"spec\\":{\\"source\\":{\\"persistentVolumeClaimName\\":\\"$CLAIM\\"}$class}}"; then
  read_snapshot
else
  refused=$answer
  is_own || fail "the snapshot could not be made: $refused"
fi
say "the snapshot $snapshot was asked for"
# cut is asked for before the pods are: nobody wrote until then.
while [ -z "$cut" ]; do
  within "$PAUSE_SECONDS" || fail "the snapshot was not cut in $PAUSE_SECONDS seconds"
  pause
  if api GET "$snapshots/$snapshot"; then read_snapshot; elif [ "$status" = 404 ]; then fail 'somebody deleted the snapshot'; fi
  sure_still
done
until api PATCH "$snapshots/$snapshot?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \\
  --data "{\\"metadata\\":{\\"uid\\":\\"$uid\\",\\"labels\\":{\\"${STATE}\\":\\"whole\\"}}}"; do
  within "$PAUSE_SECONDS" || fail "the snapshot could not be labelled: $answer"
  pause
done
whole=yes
undo
undone=yes
uptime
read_only=$((up - from))
say "the snapshot $snapshot is cut, and the registry can be written to"
# Also where this one is never ready in time.
removed=0
remove_oldest
until api GET "$snapshots/$snapshot" && read_snapshot && [ -n "$ready" ]; do
  if [ "$status" = 404 ]; then fail 'somebody deleted the snapshot'; fi
  if [ -n "$stopping" ]; then fail "it was told to stop before the snapshot $snapshot was ready"; fi
  pause
done
error=
remove_oldest
uptime
figures=$(printf '{"time":"%s","name":"%s","seconds":%s,"readOnlySeconds":%s,"kept":%s,"removed":%s}' \\
  "$(now)" "$snapshot" $((up - from)) "$read_only" "$kept" "$removed")
annotate ${LAST_SNAPSHOT} "$figures"
printf '{"snapshot":"done","registry":"%s",%s\\n' "$REGISTRY" "\${figures#?}"
`;
