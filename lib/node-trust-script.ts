// What runs on each node: puts files into the node's folders, or takes them away again. Plain POSIX shell for busybox, with nothing of one
// registry in it: `plan` says which file goes where, and the first line of every file says whose it is.

/** What the script is told to do. */
export type NodeTask = 'install' | 'remove';

/** The script. `sh node-trust.sh install|remove SECONDS` goes on for ever; `sh node-trust.sh check install|remove` looks once. */
export const NODE_TRUST_SCRIPT = `#!/bin/sh
# Usage: node-trust.sh install|remove SECONDS    does it now, and again every SECONDS
#        node-trust.sh check install|remove      is it done?
set -u
here=\${0%/*}
host=\${HOST_ROOT:-/host}
owner=$(head -n 1 "$here/owner") && [ -n "$owner" ] || exit 1

# Is a file that is there one of ours?
ours() { [ "$(head -n 1 "$1" 2>/dev/null)" = "$owner" ]; }

# $1: the file's name beside this script; $2: its path on the node.
install_file() {
  target=$host$2
  if [ -e "$target" ] && ! ours "$target"; then
    echo "$2 is there and was not written by this: left as it is. Merge the following into it by hand, or move it away:" >&2
    cat "$here/$1" >&2
    return 1
  fi
  cmp -s "$here/$1" "$target" && return 0
  mkdir -p "\${target%/*}" && cp "$here/$1" "$target.new" && chmod 644 "$target.new" && mv -f "$target.new" "$target" || return 1
  echo "wrote $2"
}

remove_file() {
  target=$host$2
  if [ -e "$target" ] && ours "$target"; then
    rm -f "$target" && echo "removed $2" || return 1
  fi
  rmdir -p "\${target%/*}" 2>/dev/null || true
}

check_install() { cmp -s "$here/$1" "$host$2"; }
check_remove() { ! ours "$host$2"; }

each() {
  failed=0
  while read -r name path; do "$1" "$name" "$path" || failed=1; done < "$here/plan"
  return "$failed"
}

case "$1" in
  check) each "check_$2" ;;
  install | remove)
    trap 'exit 0' TERM INT
    while each "$1_file"; do
      sleep "$2" &
      wait $!
    done
    exit 1 ;;
esac
`;
