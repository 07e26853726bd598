#!/bin/sh
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
  status=$({ [ -z "$credentials" ] || echo "header = \"Authorization: Basic $credentials\""; } |
    curl --disable --config - --silent --show-error --connect-timeout 10 --speed-limit 1 --speed-time 30 $connect \
      --output "$work/body" --dump-header "$work/headers" --write-out '%{http_code}' --request "$method" "$@" "$url" 2> "$work/error")
  code=$?
  case $code:$status in
    0:*) ;;
    *:2*) status=000 ;; # the answer was cut off
  esac
}
request() { ask "$login" "$@"; }
anonymously() { ask '' "$@"; }

header() { grep -i "^$1:" "$work/headers" | sed 's/^[^:]*: *//' | tr -d '\r' | tail -n 1; }
digest_of() { echo "sha256:$(sha256sum "$1" | cut -d ' ' -f 1)"; }

# expect WHAT STATUS: is this the answer?
expect() {
  [ "$status" != "$2" ] || return 0
  if [ "$status" = 000 ]; then
    wrong "$1: no answer: $(head -n 1 "$work/error")"
  else
    message=$(sed -n 's/.*"message":"\([^"]*\)".*/ (\1)/p' "$work/body" | head -n 1 | cut -c 1-200)
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
    *\?*) echo "$location&digest=$1" ;;
    *) echo "$location?digest=$1" ;;
  esac
}

# push_blob WHAT DIGEST PIECES...: each piece in a request of its own.
push_blob() {
  what=$1 digest=$2 from=0
  shift 2
  request POST "$server/v2/$REPOSITORY/blobs/uploads/" --data-binary '' --header 'Content-Type:'
  expect "$what" 202 && follow "$what" || return 1
  for piece in "$@"; do
    end=$((from + $(wc -c < "$piece")))
    request PATCH "$location" --upload-file "$piece" --header 'Content-Type: application/octet-stream' --header "Content-Range: $from-$((end - 1))"
    expect "$what" 202 && follow "$what" || return 1
    from=$end
  done
  request PUT "$(with_digest "$digest")" --data-binary '' --header 'Content-Type:'
  expect "$what" 201
}

# push_image TAG FILE PIECES...: an OCI artifact of one layer. Sets $image, its digest.
push_image() {
  tag=$1$suffix file=$2 layer=$(digest_of "$2") size=$(wc -c < "$2")
  what="push of $1: $((size)) bytes in $(($# - 2)) part(s)"
  shift 2
  printf '{}' > "$work/config"
  push_blob "$what" "$EMPTY" "$work/config" && push_blob "$what" "$layer" "$@" || return 1
  printf '{"schemaVersion":2,"mediaType":"%s","artifactType":"application/vnd.cdk8s-registry.verification","config":{"mediaType":"application/vnd.oci.empty.v1+json","digest":"%s","size":2},"layers":[{"mediaType":"application/octet-stream","digest":"%s","size":%s}],"annotations":{"run":"%s"}}' \
    "$MANIFEST" "$EMPTY" "$layer" "$((size))" "$suffix" > "$work/manifest"
  image=$(digest_of "$work/manifest")
  request PUT "$server/v2/$REPOSITORY/manifests/$tag" --data-binary "@$work/manifest" --header "Content-Type: $MANIFEST"
  expect "$what" 201 || return 1
  pushed="$pushed $image"
  ok "$what"
}

# Reads a blob, from the storage itself if the registry redirects there: with no login, by the public CAs.
get_blob() {
  blob=$1
  shift
  request GET "$server/v2/$REPOSITORY/blobs/$blob" "$@"
  case $REDIRECTS:$status in
    yes:30[1278])
      location=$(header location)
      ca=${CURL_CA_BUNDLE:-} connected=$connect connect=
      unset CURL_CA_BUNDLE
      anonymously GET "$location" "$@"
      connect=$connected
      [ -z "$ca" ] || export CURL_CA_BUNDLE="$ca"
      ;;
  esac
}

# same WHAT FILE: are these the bytes that were pushed?
same() {
  if cmp -s "$work/body" "$2"; then return 0; fi
  wrong "$1: other bytes than were pushed"
  look "the storage, where a file may be damaged, and proxies that change what they pass on"
  return 1
}

pull_image() {
  what="pull of $1"
  request GET "$server/v2/$REPOSITORY/manifests/$tag" --header "Accept: $MANIFEST"
  expect "$what by its tag" 200 && same "$what by its tag" "$work/manifest" || return 1
  if [ "$(header docker-content-digest)" != "$image" ]; then
    wrong "$what: the digest is \"$(header docker-content-digest)\" instead of $image"
    look 'proxies that change headers'
    return 1
  fi
  get_blob "$layer"
  expect "$what" 200 && same "$what" "$file" && ok "$what: the digest is that of the push"
}

check_range() {
  what='range of a layer'
  get_blob "$layer" --range 1000-1999
  if [ "$status" = 200 ]; then
    wrong "$what: the whole layer instead of a part, so a pull that is cut begins anew"
    look 'proxies that take the header Range away'
    return
  fi
  tail -c +1001 "$file" | head -c 1000 > "$work/part"
  expect "$what" 206 && same "$what" "$work/part" && ok "$what"
}

check_lists() {
  request GET "$server/v2/$REPOSITORY/tags/list"
  if expect 'list of tags' 200; then
    if grep -qF "\"$tag\"" "$work/body"; then ok 'list of tags'; else
      wrong "list of tags: $tag is not in it"
      look "the storage: $KUBECTL logs deployment/$NAME"
    fi
  fi
}

check_catalog() {
  if [ "$CATALOG" = no ]; then skipped 'catalog: no access rule permits it'; return; fi
  # Those that come after the name without its last letter.
  request GET "$server/v2/_catalog?n=10&last=${REPOSITORY%?}"
  expect catalog 200 || return
  if [ -n "$pushed" ] && ! grep -qF "\"$REPOSITORY\"" "$work/body"; then
    wrong "catalog: $REPOSITORY is not in it"
    look "the storage: $KUBECTL logs deployment/$NAME"
  else ok catalog; fi
}

check_deletion() {
  if [ "$REMOVE" = no ]; then skipped 'deletion: it is off, or no access rule permits it'; return; fi
  for image in $pushed; do
    request DELETE "$server/v2/$REPOSITORY/manifests/$image"
    expect deletion 202 || return
    request GET "$server/v2/$REPOSITORY/manifests/$image" --header "Accept: $MANIFEST"
    expect 'pull of what was deleted' 404 || return
  done
  ok 'deletion'
}

# Is a request without a login, or with a wrong one, refused? 405 and 403 refuse as well.
refused() {
  case $status in
    401 | 403) ok "$1 is refused" ;;
    405) if [ "$PUSH" = no ]; then ok "$1 is refused"; else expect "$1" 401; fi ;;
    2* | 404)
      wrong "$1: status $status instead of 401: it is permitted"
      look "the users and the access rules: $KUBECTL get configmap $NAME-config -o yaml"
      ;;
    *) expect "$1" 401 ;;
  esac
}

check_strangers() {
  if [ "$LOGIN" = no ]; then skipped 'logins: there are none, everybody may pull and push'; return; fi
  anonymously GET "$server/v2/$REPOSITORY/tags/list"
  if [ "$ANONYMOUS_PULL" = no ]; then refused 'a pull without a login'; else
    case $status in
      200 | 404) ok 'a pull without a login is permitted' ;;
      *) expect 'a pull without a login' 200 ;;
    esac
  fi
  anonymously POST "$server/v2/$REPOSITORY/blobs/uploads/" --data-binary '' --header 'Content-Type:'
  refused 'a push without a login'
  if [ "$BEARER" = yes ]; then
    anonymously GET "$server/v2/"
    challenge=$(header www-authenticate)
    case $challenge in
      Bearer\ realm=*service=*) ok "tokens are asked for: $challenge" ;;
      *)
        wrong "tokens are not asked for: \"$challenge\""
        look 'the users of the registry, and proxies that change headers'
        ;;
    esac
    return
  fi
  [ -n "$login" ] || return
  user=${WRONG_USER:-$(echo "$login" | base64 -d | cut -d : -f 1)}
  ask "$(printf '%s:wrong' "$user" | base64 | tr -d '\n')" GET "$server/v2/$REPOSITORY/tags/list"
  refused 'a wrong password'
}

# The login: in a file of its own, in two, or in a docker config under a host of this registry.
read_login() {
  login=
  [ "$AS_USER" = yes ] || return 0
  if [ -f /login/login ]; then login=$(cat /login/login); fi
  if [ -f /login/password ]; then
    login=$(printf '%s:%s' "$(cat /login/username)" "$(cat /login/password)" | base64 | tr -d '\n')
  fi
  [ -f /login/config.json ] || return 0
  for host in $LOGIN_AT; do
    pattern=$(echo "$host" | sed 's/[.]/\\./g')
    entry=$(tr -d ' \t\r\n' < /login/config.json | sed -n "s|.*\"$pattern\":{\([^{]*\).*|\1|p")
    login=$(echo "$entry" | sed -n 's/.*"auth":"\([A-Za-z0-9+/=]*\)".*/\1/p')
    [ -z "$login" ] || return 0
  done
  wrong "login: the docker config has no \"auth\" for any of: $LOGIN_AT"
  look 'the Secret of the login: kubectl create secret docker-registry writes such a one'
}

check_server() {
  server=${1%%,*} pushed='' connect=''
  if [ "$server" != "$1" ]; then connect="--connect-to ::${1#*,}"; fi
  echo "$server${connect:+, by ${1#*,}}"
  anonymously GET "$server/v2/"
  if [ "$status" = 000 ]; then
    expect 'an answer' 401
    skipped 'nothing else is checked here'
    return
  fi
  check_strangers
  if [ "$LOGIN" = yes ] && [ -z "$login" ]; then
    skipped 'push, pull and all else need a login'
    return
  fi
  request GET "$server/v2/"
  expect login 200 && { [ "$LOGIN" = no ] || ok 'login'; }
  if [ "$PUSH" = no ]; then
    request POST "$server/v2/$REPOSITORY/blobs/uploads/" --data-binary '' --header 'Content-Type:'
    case $status in
      401 | 403 | 405) ok 'a push is refused' ;;
      *) expect 'a push that must be refused' 405 ;;
    esac
    check_catalog
    return
  fi
  if push_image small "$work/small" "$work/small-1" "$work/small-2"; then pull_image small; fi
  if push_image large "$work/large" "$work/large"; then
    pull_image large
    check_range
    check_lists
    check_catalog
  else
    skipped 'range of a layer, and lists: nothing large was pushed'
    check_catalog
  fi
  [ -z "$pushed" ] || check_deletion
}

# Where nothing can be deleted, all runs push the same, and take space once.
suffix=
[ "$REMOVE" = no ] || suffix=-$(uname -n)
# No two lines of them are alike, so that a part is found at no other place.
seq 10000000 10000099 > "$work/small"
head -c 500 "$work/small" > "$work/small-1"
tail -c +501 "$work/small" > "$work/small-2"
seq 100000000 999999999 2> "$work/error" | head -c "$LAYER_BYTES" > "$work/large"
if [ "$(($(wc -c < "$work/large")))" != "$LAYER_BYTES" ]; then
  wrong 'the large layer could not be written'
  look 'the space in /tmp'
fi
read_login
for one in $SERVERS; do check_server "$one"; done
if [ "$failures" = 0 ]; then
  echo 'The registry works.'
else
  echo "$failures of the checks failed."
  exit 1
fi
