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

/** Copies. What it could not copy is found by the comparison, which is told that there is something. */
export const COPY_SHELL = `regsync once -v warn -c "$DOCKER_CONFIG/regsync.json" &
trap 'kill $!' TERM
wait $! || {
  : >"$DOCKER_CONFIG/not-all"
  echo 'Not all was copied. The comparison says what is missing.'
}
`;
