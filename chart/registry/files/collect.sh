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

beat() {
  uptime
  write collecting "$up"
}
allowed() {
  [ -z "$stopping" ] && { read -r until <until; } 2>/dev/null || return 1
  uptime
  [ "$up" -lt "$until" ]
}
finish() {
  write result "$*"
  say "$*"
  case $1 in ok) exit 0 ;; *) exit 1 ;; esac
}

# Keeps the lines about what is eligible. The line with the numbers comes right before the first blob is removed, so
# that no program is started before the kill.
eligible() {
  read -r victim <pid
  while IFS= read -r line; do
    case $line in
      *' eligible for deletion')
        if [ -n "$expected" ] && [ "$line" != "$expected" ]; then
          kill -9 "$victim"
          echo "$line" >differs
        fi
        echo "$line"
        ;;
      *'eligible for deletion: '*) echo "$line" ;;
    esac
  done
}

# collect FILE [--dry-run]: 0 if it went through; otherwise `why` says what was wrong.
collect() {
  file=$1
  shift
  rm -f lines pid code differs
  mkfifo lines
  (
    # Its id is there before its first line.
    sh -c 'echo "$$" >pid && exec registry garbage-collect "$@" >lines 2>errors' collect "$@" "$CONFIGURATION" &
    wait $!
    echo $? >code.new
    mv code.new code
  ) &
  eligible <lines >"$file" &
  why=
  while [ ! -s code ]; do
    beat
    if ! allowed; then
      why='it was no longer sure that nobody writes'
      kill -9 "$(cat pid)" 2>/dev/null
    fi
    sleep 1
  done
  # One that was killed before it opened the pipe has left a reader.
  : <>lines
  wait
  if [ -s differs ]; then
    why="it would have removed something else than the dry runs said: $(cat differs)"
  elif [ -z "$why" ] && [ "$(cat code)" != 0 ]; then
    why="registry garbage-collect ended with $(cat code): $(tail -n 1 errors | tr -d '"\\')"
  fi
  [ -z "$why" ]
}

write ready yes
while [ ! -e go ]; do
  beat
  if [ -n "$stopping" ] || [ -e end ] || dead watching; then
    say 'it was not told to collect'
    exit 1
  fi
  sleep 1
done
beat
begun=$up
if [ -n "$FOLDER" ] && [ ! -d "$FOLDER/repositories" ]; then finish ok 0 0 0 0; fi
# Nor was anything pushed where uploads began and none has ended: a collection fails without a folder of blobs.
if [ -n "$FOLDER" ] && [ ! -d "$FOLDER/blobs" ] && [ -z "$(find "$FOLDER/repositories" -type d -name _manifests)" ]; then finish ok 0 0 0 0; fi
expected=
if [ -n "$FOLDER" ]; then
  # A collection fails at a repository without a folder of layers: one with nothing but an empty index, or a cache's.
  { find "$FOLDER/repositories" -type d -name _manifests -prune | while read -r folder; do mkdir -p "${folder%_manifests}_layers"; done; echo yes >layers; } &
  until [ -e layers ]; do
    beat
    allowed || finish failed 'it was no longer sure that nobody writes'
    sleep 1
  done
fi
if ! collect first --dry-run; then
  # So it is with a bucket to which nothing was pushed.
  if grep -q 'Path not found: .*/v2/repositories$' errors; then finish ok 0 0 0 0; fi
  finish failed "$why"
fi
while uptime && [ $((up - begun)) -lt "$SETTLE_SECONDS" ]; do
  beat
  allowed || finish failed 'it was no longer sure that nobody writes'
  sleep 1
done
collect second --dry-run || finish failed "$why"
sort first >first.sorted
sort second >second.sorted
cmp -s first.sorted second.sorted || finish failed 'two dry runs did not agree, so nothing was removed'
expected=$(grep ' eligible for deletion$' second)
blobs=$(grep -c '^blob eligible for deletion: ' second)
links=$(grep -c ': layer link eligible for deletion: ' second)
bytes=null
if [ -n "$FOLDER" ]; then
  # The path of each blob's file.
  sed -n 's,^blob eligible for deletion: \([a-z0-9]*\):\(\(..\).*\)$,'"$FOLDER"'/blobs/\1/\3/\2/data,p' second |
    { xargs -r stat -c %s 2>/dev/null | awk '{ sum += $1 } END { printf "%.0f\n", sum }' >bytes.new; mv bytes.new bytes; } &
  until [ -e bytes ]; do
    beat
    sleep 1
  done
  read -r bytes <bytes
fi
allowed || finish failed 'it was no longer sure that nobody writes'
if [ "$blobs" -gt 0 ] || [ "$links" -gt 0 ]; then
  collect third || finish failed "$why"
fi
uptime
finish ok "$blobs" "$links" "$bytes" $((up - begun))
