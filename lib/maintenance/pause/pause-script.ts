// What makes a registry read-only for as long as a Job works, and undoes it: the shell functions that collections and
// snapshots share. It is done by the front's switch, a key of a ConfigMap, which says for which run it is and until when.
import { COLLECTING_KEY, COLLECTION_PATH } from '../../front/collection-switch';

/** Where the token of the ServiceAccount is. */
export const API_PATH = '/api';

/** What the scripts begin with. Times are the node's uptime, which no clock changes. */
export const BASICS = `set -u
stopping=
trap 'stopping=yes' TERM INT
uptime() {
  read -r up rest </proc/uptime
  up=\${up%%.*}
}
say() {
  echo "$*" >&2
}
`;

/**
 * Variables: SWITCH is the ConfigMap, PODS and RUNS select the registry's pods and those of whatever turns the switch, PORT is
 * where pods answer. LEASE_SECONDS is how long the registry stays read-only without being told so again, RENEW_SECONDS
 * how often it is told, MARGIN_SECONDS how long before its end nothing is relied on any more, and LOOK_SECONDS the time
 * between two looks at the pods.
 *
 * Who includes it sets `manager`, its name for the API server, and `kind`, a word about the run with a space before it, or
 * nothing; and defines `pause`, which waits for LOOK_SECONDS, `fail REASON`, which undoes everything and ends,
 * `before_turning_back`, which is true where what an interrupted run left may be undone now, and `once_quiet`.
 */
export const PAUSE = `run=$(cat /proc/sys/kernel/hostname)
newline='
'
host=$KUBERNETES_SERVICE_HOST
case $host in *:*) host="[$host]" ;; esac
server="https://$host:\${KUBERNETES_SERVICE_PORT:-443}"
namespace=$(cat ${API_PATH}/namespace)
base="$server/api/v1/namespaces/$namespace"
status= answer=

# api METHOD PATH [ARGUMENTS OF CURL...]. A path without a slash at its begin is in the namespace. The token is not among the arguments, which others on the node can see.
api() {
  method=$1
  case $2 in /*) url=$server$2 ;; *) url=$base/$2 ;; esac
  shift 2
  answer=$(printf 'header = "Authorization: Bearer %s"\\n' "$(cat ${API_PATH}/token)" |
    curl -sS -m 10 -K - -A "$manager" --noproxy '*' --cacert ${API_PATH}/ca.crt -X "$method" -w '\\n%{http_code}' "$@" "$url" 2>&1)
  status=\${answer##*"$newline"}
  answer=\${answer%"$newline"*}
  case $status in 2??) return 0 ;; *) return 1 ;; esac
}

read_switch() {
  version=$(printf '%s' "$answer" | sed -n 's/.*"resourceVersion":"\\([0-9]*\\)".*/\\1/p')
  held=$(printf '%s' "$answer" | sed -n 's/.*"data":{"${COLLECTING_KEY}":"\\([^"]*\\)".*/\\1/p')
}
get_switch() {
  api GET "configmaps/$SWITCH" && read_switch
}
# set_switch DATA [ANNOTATIONS]: only if nobody else has changed it since it was read.
set_switch() {
  api PATCH "configmaps/$SWITCH?fieldManager=$manager" -H 'Content-Type: application/merge-patch+json' \\
    --data "{\\"metadata\\":{\\"resourceVersion\\":\\"$version\\"\${2:-}},\\"data\\":$1}" && read_switch
}
hold() {
  set_switch "{\\"${COLLECTING_KEY}\\":\\"$run$kind $(($(date +%s) + LEASE_SECONDS))\\"}" && uptime && renewed=$up
}
is_held() {
  case $held in "$run "*) return 0 ;; *) return 1 ;; esac
}

# list SELECTOR: a line with name, ready containers ("1/2") and address for each pod that has not ended.
list() {
  api GET "pods?labelSelector=$1&fieldSelector=status.phase!=Failed,status.phase!=Succeeded&includeObject=None" \\
    -H 'Accept: application/json;as=Table;g=meta.k8s.io;v=v1' || return 1
  listed=$(printf '%s' "$answer" | grep -o '"cells":\\[[^]]*]' |
    sed 's/"cells":\\["\\([^"]*\\)","\\([^"]*\\)","[^"]*",[^,]*,"[^"]*","\\([^"]*\\)".*/\\1 \\2 \\3/')
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
    said=$(curl -s -m 3 --noproxy '*' -w '\\n%{http_code}' "http://$ip:$PORT${COLLECTION_PATH}")
    code=\${said##*"$newline"}
    said=\${said%%"$newline"*}
    left=\${said##* }
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
            if [ "\${ready%%/*}" = "\${ready##*/}" ]; then not_yet "$name is ready and does not answer"; fi
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
      if ! is_held || set_switch null "\${1:-}"; then return 0; fi
    elif [ "$status" = 404 ]; then
      return 0
    fi
    sleep 1
  done
  say "the switch could not be turned back; the pods did so by themselves: $answer"
}
annotation() {
  printf ',"annotations":{"%s":"%s"}' "$1" "$(printf '%s' "$2" | sed 's/[\\\\"]/\\\\&/g' | tr -d '\\000-\\037')"
}
now() {
  date -u +%Y-%m-%dT%H:%M:%SZ
}
# within SECONDS: whether they have not passed since \`from\`.
within() {
  if [ -n "$stopping" ]; then fail 'it was told to stop'; fi
  uptime
  [ $((up - from)) -lt "$1" ]
}

# The first act: what an interrupted run left is undone, and the end of one that goes on is waited for.
take_over() {
  while [ -n "$held" ]; do
    owner=\${held%% *} before=$held
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
`;
