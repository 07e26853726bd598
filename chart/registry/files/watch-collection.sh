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
cd /collection-handover || exit 1
write() {
  echo "$2" >"$1.new" && mv "$1.new" "$1"
}
# Whether the other one wrote its uptime into a file, and long ago.
dead() {
  { read -r last <"$1"; } 2>/dev/null || return 1
  uptime
  [ $((up - last)) -gt "$TRUST_SECONDS" ]
}

manager=collection kind=
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
pause() {
  uptime
  write watching "$up"
  sleep "$LOOK_SECONDS"
}


# words WORD...: a command, in which each word may be anything.
words() {
  printf '*%s\r\n' "$#"
  for word; do printf '$%s\r\n%s\r\n' "$(printf '%s' "$word" | wc -c)" "$word"; done
}
cache_login=
if [ -n "${CACHE:-}" ]; then
  # Without line breaks at its end, as the registry reads it.
  password=$(printf '%s' "${CACHE_PASSWORD:-}")
  unset CACHE_PASSWORD
  cache_login=$({
    if [ -n "$password" ]; then words AUTH ${CACHE_USER:+"$CACHE_USER"} "$password"; fi
    if [ -n "${CACHE_DATABASE:-}" ]; then words SELECT "$CACHE_DATABASE"; fi
  } | od -An -v -tx1 | tr -d ' \n' | sed 's/../%&/g')
fi
# ask_cache COMMANDS: sends each line of commands. The password is not among the arguments of curl. `why` says what was wrong.
ask_cache() {
  uptime
  write watching "$up"
  replies=$(printf '%s\n' "$1" | while read -r line; do printf 'url = "%s/_%s%s%%0D%%0AQUIT"\n' "$CACHE" "$cache_login" "$line"; done |
    curl -sS --connect-timeout 5 -m 15 --fail-early -K - --proto =gopher,gophers --noproxy '*' ${CACHE_CA:+--cacert "$CACHE_CA"} 2>&1)
  replies=$(printf '%s' "$replies" | tr -d '\r')
  why=$(printf '%s\n' "$replies" | sed -n 's/^-//p; s/^curl: //p' | head -n 1)
  case $why$replies in *+OK) ;; *) why=${why:-its answer was cut} ;; esac
  [ -z "$why" ]
}
# forget KIND: deletes keys of this kind, some thousands at a time.
forget() {
  cursor=0
  while ask_cache "SCAN%20$cursor%20MATCH%20$1::*%20COUNT%205000"; do
    found=$(printf '%s\n' "$replies" | awk '
      at == 2 { print; at = 3 }
      at == 1 { at = 2 }
      at == 0 && $0 == "*2" { at = 1 }
      at == 3 && $0 ~ "^(blobs|repository)::[A-Za-z0-9._/:+=@-]+$" {
        keys = keys "%20" $0
        if (length(keys) > 30000) { print "DEL" keys; keys = "" }
      }
      END { if (keys != "") print "DEL" keys }')
    cursor=${found%%"$newline"*}
    case $cursor in '' | *[!0-9]*) why='its answer is not understood'; return 1 ;; esac
    if [ "$found" != "$cursor" ]; then ask_cache "${found#*"$newline"}" || return 1; fi
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
  if [ -z "${CACHE:-}" ]; then return 0; fi
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

before_turning_back() {
  empty_cache "${CACHE_SECONDS:-0}" || say "$why"
}
# What a run that is killed leaves in it is then only what was asked for meanwhile.
once_quiet() {
  empty_cache "${CACHE_SECONDS:-0}" || fail "$why"
}
fail() {
  reason=$*
  write until 0
  write end yes
  if [ -e go ]; then
    # Nothing is collected any more before somebody may write again.
    while [ ! -e result ] && ! dead collecting; do sleep 1; done
    # Some of it may have been removed.
    empty_cache 10 || reason="$reason; $why; until its keys blobs::* and repository::* are deleted, by the next run or by hand, images with removed layers are broken when they are pushed again"
  fi
  reason=$(printf '%s' "$reason" | tr -d '\000-\037"\\')
  figures=$(printf '{"time":"%s","error":"%s"}' "$(now)" "$reason")
  if [ -n "${renewed:-}" ]; then undo "$(annotation cdk8s-registry.io/last-failed-collection "$figures")"; fi
  printf '{"collection":"failed","registry":"%s","error":"%s"}\n' "$REGISTRY" "$reason"
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
while [ ! -e ready ]; do
  within "$WAIT_SECONDS" || fail 'the container that collects did not start'
  pause
done
get_switch || fail "the API server does not answer: $answer"
if [ -n "$held" ]; then fail "another collection is under way: ${held%% *}"; fi
# Whether that is possible, before anything is refused or removed.
empty_cache "${CACHE_SECONDS:-0}" || fail "$why"
hold || fail "the registry could not be made read-only: $answer"
say 'the registry is asked to be read-only'
from=$up
until_quiet "$WAIT_SECONDS"
say "the registry is read-only, and nothing is written any more"
started=yes
write until $((up + TRUST_SECONDS))
write go yes
while [ ! -e result ]; do
  if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
  if dead collecting; then fail 'the container that collects is no more'; fi
  pause
  look
  if [ "$outcome" = lost ]; then fail "$why"; fi
  uptime
  until=$((up + TRUST_SECONDS))
  if [ "$safe" -lt "$until" ]; then until=$safe; fi
  write until "$until"
done
if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
read -r word blobs links bytes seconds <result
if [ "$word" != ok ]; then fail "$blobs ${links:-} ${bytes:-} ${seconds:-}"; fi
# A request that saw a blob before it was removed has put it into the cache by then.
if [ -n "${CACHE:-}" ]; then pause; fi
empty_cache "${CACHE_SECONDS:-0}" || fail "it removed $blobs blobs"
uptime
figures=$(printf '{"time":"%s","blobs":%s,"layerLinks":%s,"bytes":%s,"seconds":%s,"readOnlySeconds":%s}' \
  "$(now)" "$blobs" "$links" "$bytes" "$seconds" $((up - from)))
undo "$(annotation cdk8s-registry.io/last-collection "$figures")"
printf '{"collection":"done","registry":"%s",%s\n' "$REGISTRY" "${figures#?}"
