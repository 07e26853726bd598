// The script that runs on each node: writes files into the node's folders, or removes them again. Plain POSIX
// shell for busybox, with nothing specific to a registry in it: `plan` lists each file, its target and, for a login,
// its mode, `folders` the node's folders that are mounted, `id` the name of the registry's record, and the first line
// of every file names its owner.

/** The script's task. */
export type NodeTask = 'install' | 'remove';

/**
 * A folder in each of the node's folders, with a file for each registry that lists what was written, so that
 * it can be removed again.
 */
const NODE_RECORDS = '.cdk8s-registry';

/**
 * The script. `sh node-trust.sh install|remove SECONDS RETRY` loops forever; `sh node-trust.sh check
 * install|remove SECONDS` waits that long for it to be done.
 */
export const NODE_TRUST_SCRIPT = `#!/bin/sh
# Usage: node-trust.sh install|remove SECONDS RETRY    does it now, and again every SECONDS; every RETRY while something is in the way
#        node-trust.sh check install|remove SECONDS    is it done, or at least within SECONDS?
# Whatever is cut, the next run ends: a path is recorded before it is written, and forgotten after it was taken back.
set -u
here=\${0%/*}
host=\${HOST_ROOT:-/host}
owner=$(head -n 1 "$here/owner") && [ -n "$owner" ] || exit 1
id=$(head -n 1 "$here/id") && [ -n "$id" ] || exit 1

complain() {
  failed=1
  complaints="$complaints$1
"
}

# Also true of a link that leads nowhere.
there() { [ -e "$1" ] || [ -L "$1" ]; }

# Is a file that is there one of ours? A link never is.
ours() { [ -f "$1" ] && [ ! -L "$1" ] && [ "$(head -n 1 "$1" 2>/dev/null)" = "$owner" ]; }

# Is $1 one of the lines $2?
is_among() { printf '%s\\n' "$2" | grep -qxF -e "$1"; }

# The lines of all arguments, each once.
lines() { printf '%s\\n' "$@" | grep . | sort -u; }

# What is to be on the node.
wanted() { [ "$task" = remove ] || planned; }
planned() { while read -r _ path _; do echo "$path"; done < "$here/plan" | sort -u; }

# What was written and not taken back, by the records in all folders.
recorded() {
  while read -r folder; do
    if ours "$host$folder/${NODE_RECORDS}/$id"; then tail -n +2 "$host$folder/${NODE_RECORDS}/$id"; fi
  done < "$here/folders" | sort -u
}

# The mounted folder that $1 is in.
folder_of() {
  while read -r folder; do
    case $1 in "$folder"/*) echo "$folder" && return 0 ;; esac
  done < "$here/folders"
  return 1
}

# Removes empty folders, from $1 up to the mounted folder $2.
tidy() {
  dir=$1
  while [ "$dir" != "$host$2" ]; do
    if [ -d "$dir" ]; then rmdir "$dir" 2>/dev/null || return 0; fi
    dir=\${dir%/*}
  done
}

# Records the paths $1. A folder has a record while something in it, or in a folder that is not mounted, is recorded; each record names all paths.
keep_record() {
  while read -r folder; do
    record=$host$folder/${NODE_RECORDS}/$id
    if [ -n "$1" ] && { [ -n "$stuck" ] || printf '%s\\n' "$1" | grep -q -e "^$folder/"; }; then
      if there "$record" && ! ours "$record"; then
        complain "$folder/${NODE_RECORDS}/$id is there and was not written by this: left as it is. Move it away."
        return 1
      fi
      [ -f "$record" ] && [ "$(tail -n +2 "$record")" = "$1" ] && continue
      mkdir -p "\${record%/*}" && printf '%s\\n%s\\n' "$owner" "$1" > "$record.new" && mv -f "$record.new" "$record" && continue
      complain "$folder/${NODE_RECORDS}/$id can't be written"
      tidy "\${record%/*}" "$folder"
      return 1
    elif [ -d "\${record%/*}" ]; then
      if there "$record.new"; then rm -f "$record.new"; fi
      if ours "$record"; then rm -f "$record"; fi
      tidy "\${record%/*}" "$folder"
    fi
  done < "$here/folders"
}

# $1: the file's name beside this script; $2: its path on the node; $3: its mode, if it holds a login.
install_file() {
  target=$host$2
  cmp -s "$here/$1" "$target" && return
  if there "$target" && ! ours "$target"; then
    if [ -n "$3" ]; then
      complain "$2 is there and was not written by this: left as it is. Move it away. What belongs there has a login in it, and is not shown."
    else
      complain "$2 is there and was not written by this: left as it is. Move it away, or merge the following into it by hand:
$(tail -n +2 "$here/$1")"
    fi
    return
  fi
  if mkdir -p "\${target%/*}" && umask 077 && cp "$here/$1" "$target.$id.new" && chmod "\${3:-644}" "$target.$id.new" && mv -f "$target.$id.new" "$target"; then
    echo "wrote $2"
  else
    complain "$2 can't be written"
    rm -f "$target.$id.new"
    tidy "\${target%/*}" "$(folder_of "$2")"
  fi
  umask 022
}

# Removes $1, unless it is somebody else's by now. Fails if it is still there.
take_back() {
  if ! in=$(folder_of "$1"); then
    complain "$1 was written by this and can't be removed: its folder is not mounted any more. Name its runtime in retiredRuntimes."
    return 1
  fi
  target=$host$1
  if there "$target.$id.new"; then rm -f "$target.$id.new"; fi
  if ours "$target"; then
    if ! rm -f "$target"; then
      complain "$1 can't be removed"
      return 1
    fi
    echo "removed $1"
  else
    # Nothing was ever written there, so that its folder is somebody else's.
    is_among "$1" "$had" || return 0
  fi
  tidy "\${target%/*}" "$in"
}

# Goes over everything once. Fails while something is in the way.
once() {
  failed=0
  complaints=
  stuck=
  want=$(wanted)
  had=$(recorded)
  for path in $had; do folder_of "$path" > /dev/null || stuck=$path; done
  if [ "$task" = install ]; then keep_record "$(lines "$had" "$want")" || return 1; fi
  left=$want
  for path in $(lines "$had" "$(planned)"); do
    is_among "$path" "$want" || take_back "$path" || left=$(lines "$left" "$path")
  done
  if [ "$task" = install ]; then
    while read -r name path mode; do install_file "$name" "$path" "$mode"; done < "$here/plan"
  fi
  keep_record "$left"
  return "$failed"
}

check() {
  [ "$(recorded)" = "$(wanted)" ] || return 1
  while read -r name path _; do
    if [ "$task" = install ]; then cmp -s "$here/$name" "$host$path" || return 1; elif ours "$host$path"; then return 1; fi
  done < "$here/plan"
}

case "$1" in
  check)
    task=$2
    seconds=$3
    until check; do
      [ "$seconds" -gt 0 ] || exit 1
      seconds=$((seconds - 1))
      sleep 1
    done ;;
  install | remove)
    task=$1
    told=
    trap 'exit 0' TERM INT
    while :; do
      if once; then pause=$2; else pause=$3; fi
      # Once, and not each time.
      if [ "$complaints" != "$told" ]; then printf '%s' "\${complaints:-Nothing is in the way any more.
}" >&2; fi
      told=$complaints
      sleep "$pause" &
      wait $!
    done ;;
esac
`;
