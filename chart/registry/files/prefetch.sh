set -uf
failed=0
asked=

# Of a URL the host, and what of its path is of the API: the rest may be a key to storage.
complain() {
  echo "failed: $1" | sed -E \
    -e 's#://[^/@ "]*@#://#g' \
    -e 's/[?][^ "]*/?.../g' \
    -e 's#(://[^/ "?|]+)/v2/#\1|v2/#g' \
    -e 's#(://[^/ "?|]+)/[^ "|]+#\1/...#g' \
    -e 's#(://[^/ "?|]+)[|]v2/#\1/v2/#g' >&2
  failed=1
}

cache() {
  regctl --host "reg=$CACHE,tls=disabled" "$@"
}

# Images lack platforms, but not all of them.
read_image() {
  found=
  for platform in $PLATFORMS; do
    if message=$(cache image export --platform "$platform" "$CACHE/$1" 2>&1 >/dev/null); then
      echo "read: $1 $platform"
      found=yes
      continue
    fi
    case $message in
      *'platform not found'*) echo "not there: $1 $platform" ;;
      *) complain "$1 $platform: $message"; return ;;
    esac
  done
  [ -n "$found" ] || complain "$1 has none of the platforms $PLATFORMS"
}

# The newest tags of a pattern. A star is numbers with dots between them.
read_newest() {
  include=$(echo "${1##*:}" | sed -e 's/\./\\./g' -e 's/\*/[0-9]+(\\.[0-9]+)*/g')
  if ! tags=$(cache tag ls --include "$include" "$CACHE/${1%:*}" 2>&1); then
    complain "$1: $tags"
  elif [ -z "$tags" ]; then
    complain "$1: no tag is like this"
  else
    for tag in $(echo "$tags" | sort -V | tail -n "$TAGS"); do read_image "${1%:*}:$tag"; done
  fi
}

# While the upstream is away, the cache answers with the tags that it knows. It knows no such blob.
ask_upstream() {
  case " $asked " in *" $1 "*) return ;; esac
  asked="$asked $1"
  message=$(cache blob get "$CACHE/$1" sha256:0000000000000000000000000000000000000000000000000000000000000000 2>&1 >/dev/null)
  case $message in
    *'[http 404]'*) ;;
    *) complain "$1: its tags may be old, because the upstream was not reached: $message" ;;
  esac
}

for image in "$@"; do
  case $image in
    *@*) read_image "$image" ;;
    *'*'*) read_newest "$image"; ask_upstream "${image%:*}" ;;
    *) read_image "$image"; ask_upstream "${image%:*}" ;;
  esac
done
exit "$failed"
