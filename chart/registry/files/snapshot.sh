set -u
stopping=
trap 'stopping=yes' TERM INT
uptime() {
  read -r up rest </proc/uptime
  up=${up%%.*}
}
say() {
  echo "$*" >&2
}
manager=snapshots kind=' snapshots'
run=$(cat /proc/sys/kernel/hostname)
newline='
'
host=$KUBERNETES_SERVICE_HOST
case $host in *:*) host="[$host]" ;; esac
server="https://$host:${KUBERNETES_SERVICE_PORT:-443}"
namespace=$(cat /api/namespace)
base="$server/api/v1/namespaces/$namespace"
status= answer=

# api METHOD PATH [ARGUMENTS OF CURL...]. A path without a slash at its begin is in the namespace. The token is not among the arguments, which others on the node can see.
api() {
  method=$1
  case $2 in /*) url=$server$2 ;; *) url=$base/$2 ;; esac
  shift 2
  answer=$(printf 'header = "Authorization: Bearer %s"\n' "$(cat /api/token)" |
    curl -sS -m 10 -K - -A "$manager" --noproxy '*' --cacert /api/ca.crt -X "$method" -w '\n%{http_code}' "$@" "$url" 2>&1)
  status=${answer##*"$newline"}
  answer=${answer%"$newline"*}
  case $status in 2??) return 0 ;; *) return 1 ;; esac
}

read_switch() {
  version=$(printf '%s' "$answer" | sed -n 's/.*"resourceVersion":"\([0-9]*\)".*/\1/p')
  held=$(printf '%s' "$answer" | sed -n 's/.*"data":{"collecting":"\([^"]*\)".*/\1/p')
}
get_switch() {
  api GET "configmaps/$SWITCH" && read_switch
}
# set_switch DATA [ANNOTATIONS]: only if nobody else has changed it since it was read.
set_switch() {
  api PATCH "configmaps/$SWITCH?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \
    --data "{\"metadata\":{\"resourceVersion\":\"$version\"${2:-}},\"data\":$1}" && read_switch
}
hold() {
  set_switch "{\"collecting\":\"$run$kind $(($(date +%s) + LEASE_SECONDS))\"}" && uptime && renewed=$up
}
is_held() {
  case $held in "$run "*) return 0 ;; *) return 1 ;; esac
}

# list SELECTOR: a line with name, ready containers ("1/2") and address for each pod that has not ended.
list() {
  api GET "pods?labelSelector=$1&fieldSelector=status.phase!=Failed,status.phase!=Succeeded&includeObject=None" \
    -H 'Accept: application/json;as=Table;g=meta.k8s.io;v=v1' || return 1
  listed=$(printf '%s' "$answer" | grep -o '"cells":\[[^]]*]' |
    sed 's/"cells":\["\([^"]*\)","\([^"]*\)","[^"]*",[^,]*,"[^"]*","\([^"]*\)".*/\1 \2 \3/')
}

# Asks the API server and all pods. outcome: quiet (all are read-only for this run, and nothing is written), waiting, or
# lost, which is what waiting would mean once it is collected. safe: the uptime until which it is sure.
list= ended= known= safe=0 outcome= why= started=
not_yet() {
  if [ -n "$started" ]; then outcome=lost; else outcome=waiting; fi
  why=$1
}
look() {
  outcome=quiet why= sure=yes
  uptime
  least=$((up + LEASE_SECONDS))
  if get_switch; then
    if ! is_held; then
      outcome=lost why='somebody else changed the switch'
      return
    fi
    if [ $((up - renewed)) -ge "$RENEW_SECONDS" ]; then hold; fi
    if list "$PODS"; then list=$listed; elif [ -z "$list" ]; then not_yet 'the pods can not be listed'; fi
  elif [ "$status" = 404 ]; then
    outcome=lost why='the switch is gone'
    return
  elif [ -z "$started" ]; then
    not_yet 'the API server does not answer'
  fi
  still=
  while read -r name ready ip; do
    case $ip in '' | '<none>') continue ;; *:*) ip="[$ip]" ;; esac
    said=$(curl -s -m 3 --noproxy '*' -w '\n%{http_code}' "http://$ip:$PORT/collection")
    code=${said##*"$newline"}
    said=${said%%"$newline"*}
    left=${said##* }
    uptime
    case $code:$said in
      "200:$run "*)
        still="$still $name "
        case $left in '' | *[!0-9]*) left=0 ;; esac
        if [ $((up + left)) -lt "$least" ]; then least=$((up + left)); fi
        ;;
      503:*) not_yet "something is still written to $name" ;;
      200:* | 404:*) not_yet "$name is not read-only yet" ;;
      *)
        case $started:$known in
          :*) not_yet "$name does not answer" ;;
          *" $name "*) sure= still="$still $name " ;;
          *)
            # A pod that begins reads the switch and answers before it is ready. One that is ready and does not
            # answer is none of these: it has no front perhaps, after a rollback, and takes pushes.
            if [ "${ready%%/*}" = "${ready##*/}" ]; then not_yet "$name is ready and does not answer"; fi
            ;;
        esac
        ;;
    esac
  done <<END
$list
END
  known=$still
  if [ -n "$sure" ]; then safe=$((least - MARGIN_SECONDS)); fi
}

# undo [ANNOTATIONS]. Without the API server the pods end it by themselves.
undo() {
  uptime
  last=$((up + LEASE_SECONDS))
  while uptime && [ "$up" -lt "$last" ]; do
    if get_switch; then
      if ! is_held || set_switch null "${1:-}"; then return 0; fi
    elif [ "$status" = 404 ]; then
      return 0
    fi
    sleep 1
  done
  say "the switch could not be turned back; the pods did so by themselves: $answer"
}
annotation() {
  printf ',"annotations":{"%s":"%s"}' "$1" "$(printf '%s' "$2" | sed 's/[\\"]/\\&/g' | tr -d '\000-\037')"
}
now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}
# within SECONDS: whether they have not passed since `from`.
within() {
  if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
  uptime
  [ $((up - from)) -lt "$1" ]
}

# The first act: what an interrupted run left is undone, and the end of one that goes on is waited for.
take_over() {
  while [ -n "$held" ]; do
    owner=${held%% *} before=$held
    say "the switch is held by $owner"
    uptime
    from=$up
    while [ "$held" = "$before" ]; do
      if list "$RUNS"; then case "$newline$listed" in *"$newline$owner "*) ended= ;; *) ended=yes ;; esac fi
      # Without a sign of it, its pod may be cut off and still collect, for as long as its lease.
      if { ! within "$LEASE_SECONDS" || [ -n "$ended" ]; } && before_turning_back; then
        if set_switch null; then say "the switch of $owner was turned back: it is no more"; fi
      fi
      pause
      get_switch || true
    done
  done
}

# until_quiet SECONDS: until all pods are read-only for this run, and nothing is written any more.
until_quiet() {
  quiet=0
  while [ "$quiet" -lt 2 ]; do
    within "$1" || fail "$why, after $1 seconds"
    pause
    look
    case $outcome in
      quiet)
        quiet=$((quiet + 1))
        if [ "$quiet" = 1 ]; then once_quiet; fi
        ;;
      lost) fail "$why" ;;
      *) quiet=0 ;;
    esac
  done
}

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
  api PATCH "configmaps/$FIGURES?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \
    --data "{\"metadata\":{${noted#,}}}" || say "the figures could not be written: $answer"
}
# What the API server says of it.
cut= ready=
read_snapshot() {
  uid=$(printf '%s' "$answer" | sed -n 's/.*"uid":"\([^"]*\)".*/\1/p')
  state=${answer##*'"status":{'}
  if [ "$state" = "$answer" ]; then state=; fi
  error=$(printf '%s' "$state" | sed -n 's/.*"error":{[^}]*"message":"\([^"\\]*\).*/\1/p')
  case $state in *'"creationTime":"'* | *'"readyToUse":true'*) cut=yes ;; *) cut= ;; esac
  case $state in *'"readyToUse":true'*) ready=yes ;; *) ready= ;; esac
}
# remove NAME UID: that one, and no other of the name.
remove() {
  api DELETE "$snapshots/$1" -H 'Content-Type: application/json' \
    --data "{\"apiVersion\":\"v1\",\"kind\":\"DeleteOptions\",\"preconditions\":{\"uid\":\"$2\"}}" || [ "$status" = 404 ] || {
    say "the snapshot $1 could not be deleted: $answer"
    return 1
  }
}
# list_snapshots STATE: a line with time, name, uid, and whether it is ready, for each of this registry.
list_snapshots() {
  api GET "$snapshots?labelSelector=cdk8s-registry.io/snapshot-of=$REGISTRY,cdk8s-registry.io/snapshot=$1" || return 1
  found=$(printf '%s\n' "$answer" | sed 's/{"apiVersion":"snapshot.storage.k8s.io\/v1","kind":"VolumeSnapshot","metadata"/\n&/g' |
    sed -n 's/.*"creationTimestamp":"\([^"]*\)".*"name":"\([^"]*\)","namespace":"[^"]*",.*"uid":"\([^"]*\)"\(.*\)/\1 \2 \3 \4/p' |
    while read -r time name id rest; do
      case $rest in *'"readyToUse":true'*) echo "$time $name $id yes" ;; *) echo "$time $name $id no" ;; esac
    done)
}
# Where the answer to its creation is lost, it may be there all the same.
is_own() {
  api GET "$snapshots/$snapshot" || return 1
  case $answer in *'"cdk8s-registry.io/run":"'"$run"'"'*) read_snapshot ;; *) return 1 ;; esac
}
fail() {
  reason=$(printf '%s' "$*${error:+; the storage says: $error}" | tr -d '\000-\037"\\')
  trap '' TERM INT
  stopping=
  if [ -n "${renewed:-}" ] && [ -z "$undone" ]; then undo; fi
  # What was cut while somebody wrote is not kept. The next run removes it, if this one can't.
  if [ -n "$snapshot" ] && [ -z "$whole" ] && is_own; then remove "$snapshot" "$uid"; fi
  annotate cdk8s-registry.io/last-failed-snapshot "$(printf '{"time":"%s","error":"%s"}' "$(now)" "$reason")"
  printf '{"snapshot":"failed","registry":"%s","error":"%s"}\n' "$REGISTRY" "$reason"
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
$(printf '%s\n' "$found" | sort -r)
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
if [ -n "$CLASS" ]; then class=",\"volumeSnapshotClassName\":\"$CLASS\""; fi
if api POST "$snapshots?fieldManager=$manager" -H 'Content-Type: application/json' --data "{
  \"apiVersion\":\"snapshot.storage.k8s.io/v1\",\"kind\":\"VolumeSnapshot\",\"metadata\":{\"name\":\"$snapshot\",
  \"labels\":{\"cdk8s-registry.io/snapshot-of\":\"$REGISTRY\",\"cdk8s-registry.io/snapshot\":\"begun\",\"velero.io/exclude-from-backup\":\"true\"},
  \"annotations\":{\"cdk8s-registry.io/run\":\"$run\"}},\"spec\":{\"source\":{\"persistentVolumeClaimName\":\"$CLAIM\"}$class}}"; then
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
until api PATCH "$snapshots/$snapshot?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \
  --data "{\"metadata\":{\"uid\":\"$uid\",\"labels\":{\"cdk8s-registry.io/snapshot\":\"whole\"}}}"; do
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
figures=$(printf '{"time":"%s","name":"%s","seconds":%s,"readOnlySeconds":%s,"kept":%s,"removed":%s}' \
  "$(now)" "$snapshot" $((up - from)) "$read_only" "$kept" "$removed")
annotate cdk8s-registry.io/last-snapshot "$figures"
printf '{"snapshot":"done","registry":"%s",%s\n' "$REGISTRY" "${figures#?}"
