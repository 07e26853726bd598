// The shell scripts of a copy: the logins of both registries in one file, and regsync.

/**
 * Writes one docker config of two logins, then the plan. A login is a file with user and password in base64, or a
 * docker config.
 */
export const PLAN_SHELL = `set -eu
umask 077
login_of() {
  folder=$1
  shift
  if [ -f "$folder/login" ]; then
    cat "$folder/login"
    return
  fi
  for host in "$@"; do
    pattern=$(echo "$host" | sed 's/[.]/\\\\./g')
    found=$(tr -d ' \\t\\r\\n' <"$folder/config.json" |
      sed -E 's/"(username|password|email|identitytoken|registrytoken)":"([^"\\\\]|\\\\.)*"/"\\1":""/g' |
      sed 's|\\\\u003[dD]|=|g; s|\\\\u002[bB]|+|g; s|\\\\u002[fF]|/|g; s|\\\\/|/|g' |
      sed -n "s|.*\\"$pattern\\":{\\([^{}]*\\)}.*|\\1|p" |
      sed -n 's|.*"auth":"\\([A-Za-z0-9+/=]*\\)".*|\\1|p')
    if [ -n "$found" ]; then
      echo "$found"
      return
    fi
  done
  echo "FAILED: the docker config has no \\"auth\\" for any of: $*" >&2
  return 1
}
auths=
if [ -d "$SOURCE_LOGIN" ]; then
  login=$(login_of "$SOURCE_LOGIN" $SOURCE_LOGIN_AT)
  auths="\\"$SOURCE_LOGIN_AS\\":{\\"auth\\":\\"$login\\"}"
fi
if [ -d "$TARGET_LOGIN" ]; then
  login=$(login_of "$TARGET_LOGIN" $TARGET_LOGIN_AT)
  auths="\${auths:+$auths,}\\"$TARGET_LOGIN_AS\\":{\\"auth\\":\\"$login\\"}"
fi
echo "{\\"auths\\":{$auths}}" >"$DOCKER_CONFIG/config.json"
exec regbot once -v error -c "$FILES/plan.json"
`;

/**
 * Copies. What it could not copy is found by the comparison, which is told that there is something. regsync takes any
 * error of a list of referrers for a registry without this API: such answers are kept for the comparison, by its log,
 * which is read as it is written, and kept nowhere. Warnings and errors of it are printed, without presigned URLs.
 */
export const COPY_SHELL = `set -eu
# A kubelet that lost this container's end runs it again in the same pod.
rm -f "$DOCKER_CONFIG/log" "$DOCKER_CONFIG/referrers" "$DOCKER_CONFIG/not-all"
mkfifo "$DOCKER_CONFIG/log"
target=$TARGET
if [ "$target" = docker.io ]; then target=registry-1.docker.io; fi
all=$(grep -c 'new$' "$DOCKER_CONFIG/plan" || :)
awk -v target="$target" -v kept="$DOCKER_CONFIG/referrers" -v all="$all" '
  function keep(name, answer) { bad[name "\\t" answer] = 1 }
  # Of a URL the host, and what of its path is of the API: the rest may be a key to storage.
  function shown(text, out, url, at) {
    gsub(/\\\\+u0026/, "\\\\&", text)
    gsub(/\\\\+\\//, "/", text)
    while (match(text, /[A-Za-z]+:\\/\\/[^ "\\\\<>]+/)) {
      at = RSTART + RLENGTH
      out = out substr(text, 1, RSTART - 1)
      url = substr(text, RSTART, RLENGTH)
      text = substr(text, at)
      sub(/\\/\\/[^\\/]*@/, "//", url)
      match(url, /^[^:]*:\\/\\/[^\\/?#]*(\\/v2\\/[^?#]*)?/)
      out = out substr(url, 1, RLENGTH) (RLENGTH < length(url) ? "/..." : "")
    }
    return out text
  }
  !/^time=/ || /^time=[^ ]* level=(WARN|ERROR) / { print shown(substr($0, 1, 2000)); fflush(); next }
  # Once a minute, how far it is.
  / level=INFO msg="Image sync needed" / { begun++ }
  substr($1, 6, 16) != minute {
    if (minute && all) { print substr($1, 17, 5) " UTC: " begun + 0 " of " all " tags are copied or begun"; fflush() }
    minute = substr($1, 6, 16)
  }
  !/ msg="reg http request" / || !match($0, / req-url="?[a-z]+:\\/\\/[^ "]+/) { next }
  {
    asked = 1
    url = substr($0, RSTART, RLENGTH)
    sub(/^[^:]*:\\/\\//, "", url)
    page = index(url, "?") > 0
    sub(/[?].*/, "", url)
    host = name = url
    sub(/\\/.*/, "", host)
    if (host == target) next
    answer = "no answer"
    if (match($0, / resp-status="?[0-9]+/)) answer = substr($0, RSTART + RLENGTH - 3, 3)
  }
  url ~ /\\/referrers\\/[a-z0-9]+:[0-9a-f]+$/ {
    sub(/^[^\\/]*\\/v2\\//, "", name)
    sub(/\\/referrers\\/[^\\/]*$/, "", name)
    digest = url
    sub(/.*\\/referrers\\//, "", digest)
    sub(/:/, "-", digest)
    # A login is asked for once, and a further page more than once.
    if (answer == 401 || (page && answer !~ /^[23]/)) { last[url] = name "\\t" answer; next }
    delete last[url]
    if (answer ~ /^2/ && !/Content-Type:\\[text\\/html/) listed[name "/manifests/" digest] = 1
    else if (answer !~ /^(2..|3..|404|405|406|501)$/) keep(name, answer)
  }
  # Asked for after a list that could not be read.
  answer == 404 && url ~ /\\/manifests\\/[a-z0-9]+-[0-9a-f]+$/ {
    sub(/^[^\\/]*\\/v2\\//, "", url)
    sub(/\\/manifests\\/[^\\/]*$/, "", name)
    sub(/^[^\\/]*\\/v2\\//, "", name)
    if (url in listed) keep(name, "what is no list")
  }
  END {
    for (url in last) { split(last[url], one, "\\t"); keep(one[1], one[2]) }
    for (line in bad) print line >kept
    exit !asked
  }
' <"$DOCKER_CONFIG/log" &
reader=$!
regsync once -v trace -c "$DOCKER_CONFIG/regsync.json" >"$DOCKER_CONFIG/log" 2>&1 &
regsync=$!
trap 'kill $regsync' TERM
wait $regsync || {
  : >"$DOCKER_CONFIG/not-all"
  echo 'Not all was copied. The comparison says what is missing.'
}
# Without a request in it, the log is of another form than the one that is read here.
wait $reader || {
  [ -f "$DOCKER_CONFIG/not-all" ] || { echo 'FAILED: the log of regsync could not be read' && exit 1; }
}
`;
