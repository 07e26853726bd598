// The first part of the verification's script: requests, and what is said of their answers.

/** Its head, with the variables of the whole script. */
export const REQUESTS = `#!/bin/sh
# Uses a registry as its clients do, at each of its addresses, and says what works: ok, or FAILED and what to look at. All checks are made,
# then it fails if one did. Needs a POSIX shell, curl and sha256sum.
#
# SERVERS         URLs of the registry; after a comma the host and port to connect to instead of the URL's
# KUBECTL, NAME   for what is printed: kubectl with its namespace, and the registry's name
# REPOSITORY      what it pushes to
# LAYER_BYTES     the size of the large layer
# LOGIN_AT        hosts under which a docker config in /login may have the login
# WRONG_USER      a user who is no user; without it a wrong password of the right one is tried
# yes or no: LOGIN (there are users), AS_USER (and a login of one), BEARER (they log in by tokens), PUSH, REMOVE, CATALOG, REDIRECTS (to the
#   storage), ANONYMOUS_PULL
set -uf
umask 077
work=/tmp/verification
mkdir -p "$work" || exit 1
failures=0
MANIFEST=application/vnd.oci.image.manifest.v1+json
EMPTY=sha256:44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a

ok() { echo "ok      $*"; }
skipped() { echo "-       $*"; }
look() { echo "        look at: $*"; }
wrong() {
  failures=$((failures + 1))
  echo "FAILED  $*"
}

# ask LOGIN METHOD URL [CURL OPTIONS]: sets $status, which is 000 where there is no whole answer, and $code, curl's own. No login is an argument of
# a program.
ask() {
  credentials=$1 method=$2 url=$3
  shift 3
  : > "$work/body"
  : > "$work/headers"
  status=$({ [ -z "$credentials" ] || echo "header = \\"Authorization: Basic $credentials\\""; } |
    curl --disable --config - --silent --show-error --connect-timeout 10 --speed-limit 1 --speed-time 30 $connect \\
      --output "$work/body" --dump-header "$work/headers" --write-out '%{http_code}' --request "$method" "$@" "$url" 2> "$work/error")
  code=$?
  case $code:$status in
    0:*) ;;
    *:2*) status=000 ;; # the answer was cut off
  esac
}
request() { ask "$login" "$@"; }
anonymously() { ask '' "$@"; }

header() { grep -i "^$1:" "$work/headers" | sed 's/^[^:]*: *//' | tr -d '\\r' | tail -n 1; }
digest_of() { echo "sha256:$(sha256sum "$1" | cut -d ' ' -f 1)"; }

# expect WHAT STATUS: is this the answer?
expect() {
  [ "$status" != "$2" ] || return 0
  if [ "$status" = 000 ]; then
    wrong "$1: no answer: $(head -n 1 "$work/error")"
  else
    message=$(sed -n 's/.*"message":"\\([^"]*\\)".*/ (\\1)/p' "$work/body" | head -n 1 | cut -c 1-200)
    wrong "$1: status $status$message instead of $2"
  fi
  hint
  return 1
}

hint() {
  case $status in
    000)
      case $code in
        6) look "the cluster's DNS, which does not know this name; hostAliases of the verification can name it" ;;
        7) look "whether a pod of the registry is ready ($KUBECTL get pods), and NetworkPolicies between this pod and the address" ;;
        28) look "NetworkPolicies between this pod and the address, and the storage, if it does not answer ($KUBECTL logs deployment/$NAME)" ;;
        35 | 51 | 53 | 58 | 59 | 60 | 77 | 83 | 91) look "the certificate at this address: its names, its end, and whether the CA that clients are given signed it" ;;
        *) look "the log of what is before the registry, and its limits and time-outs; $KUBECTL logs deployment/$NAME" ;;
      esac
      ;;
    3*) look "what is before the registry: it redirects, from HTTP to HTTPS perhaps" ;;
    401) look "the login's Secret: is it the password that the registry knows? A changed one takes up to 90 s" ;;
    403) look "the access rules for the repository $REPOSITORY" ;;
    405) look "whether the registry is read-only, while garbage is collected or a snapshot is cut for example: $KUBECTL get configmap --ignore-not-found $NAME-read-only $NAME-collection $NAME-snapshots $NAME-config -o yaml" ;;
    413) look "the limit of a request's body in what is before the registry: the annotations of the Ingress, or the proxy's own setting" ;;
    429) look "limits of requests: those of the front, or of what is before the registry" ;;
    502 | 504) look "what is before the registry: it reaches no pod, or its time-outs are too short. $KUBECTL get pods" ;;
    5*) look "the storage: is it full, or away? $KUBECTL logs deployment/$NAME" ;;
    *) look "$KUBECTL logs deployment/$NAME" ;;
  esac
}

# The address at which an upload goes on. No login is sent to another host.
follow() {
  location=$(header location)
  case $location in
    "$server"/*) ;;
    //*) ;;
    /*) location=$server$location ;;
  esac
  case $location in
    "$server"/*) return 0 ;;
  esac
  wrong "$1: goes on at another address: $(echo "$location" | cut -d '?' -f 1)"
  look 'http.host and http.relativeurls of the registry, and the headers Host and X-Forwarded-Proto that a proxy sends it'
  return 1
}

with_digest() {
  case $location in
    *\\?*) echo "$location&digest=$1" ;;
    *) echo "$location?digest=$1" ;;
  esac
}
`;
