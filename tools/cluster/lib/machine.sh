# shellcheck shell=bash
# Namespaces on this machine: a network for the LAN, and for each node its own mounts, processes, network and control groups. Sourced by `cluster`.

# The LAN is a switch in a network namespace of its own, which outlives the nodes. `client` comes from there: a computer beside the cluster.
start_lan() {
  alive "$CLUSTER_STATE/lan.pid" && return
  setsid unshare --net sleep infinity >/dev/null 2>&1 </dev/null 9>&- &
  echo $! >"$CLUSTER_STATE/lan.pid"
  until [ "$(readlink "/proc/$!/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.01; done
  on_lan sh -ec "
    ip link set lo up
    ip link add lan address 02:00:00:00:00:fe type bridge
    ip addr add $LAN.254/24 dev lan
    ip link set lan up
    ip route add $BALANCERS via $LAN.1
    sysctl -qw net.ipv4.ip_forward=1"
}

on_lan() { nsenter --net="/proc/$(cat "$CLUSTER_STATE/lan.pid")/ns/net" -- "$@"; }

stop_lan() {
  ! alive "$CLUSTER_STATE/lan.pid" || kill -KILL "$(cat "$CLUSTER_STATE/lan.pid")"
  rm -f "$CLUSTER_STATE/lan.pid"
}

start_node() { # NODE
  local own log
  own=$(folder_of "$1")
  log=$LOGS/$1.log
  mkdir -p "$own"
  rm -f "$own/pid" "$own/kernel/kernel.random.boot_id"
  (
    enter_cgroup "$own"
    exec setsid unshare --mount --net --ipc --uts --cgroup --pid --fork --kill-child --propagation private \
      bash "$HERE/lib/node.sh" "$1" >"$log" 2>&1 </dev/null 9>&-
  ) &
  local unshare=$! pid=
  until pid=$(child_of $unshare); do
    kill -0 $unshare 2>/dev/null || die "$1 does not start: see $log"
    sleep 0.02
  done
  echo "$pid" >"$own/pid"
  until [ "$(readlink "/proc/$pid/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.02; done
  # The card's address stays the same over reboots: the others know it.
  on_lan ip link add "to-$1" type veth peer name eth0 address "$(printf '02:00:00:00:00:%02x' "${1#node-}")" netns "$pid"
  on_lan ip link set "to-$1" master lan up
}

child_of() { # PID, of a program that was `unshare`
  local child
  [ "$(cat "/proc/$1/comm" 2>/dev/null)" = unshare ] || return
  child=$(cat "/proc/$1/task/$1/children" 2>/dev/null)
  [ -n "$child" ] && echo "${child% }"
}

# Moves this process into a control group of the node's own, below the one where it is.
enter_cgroup() { # FOLDER
  local name names path group now
  name=cluster-$(cksum <<<"$1" | cut -d' ' -f1)
  now=$(cat /proc/self/cgroup) # it changes as this goes on
  : >"$1/cgroup-paths"
  while IFS=: read -r _ names path; do
    case $names in
      '') group=/sys/fs/cgroup && [ ! -d $group/unified ] || group=$group/unified ;;
      name=*) group=/sys/fs/cgroup/${names#name=} ;;
      *) group=/sys/fs/cgroup/$names ;;
    esac
    [ -d "$group" ] || continue
    if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
      pass_controllers_on "$group"
      path=
    fi
    group=$group${path%/}/$name
    mkdir -p "$group"
    if [ "$names" = cpuset ]; then
      cat "${group%/*}/cpuset.cpus" >"$group/cpuset.cpus"
      cat "${group%/*}/cpuset.mems" >"$group/cpuset.mems"
      echo 1 >"$group/cgroup.clone_children"
    fi
    echo "$BASHPID" >"$group/cgroup.procs"
    echo "$group" >>"$1/cgroup-paths"
  done <<<"$now"
}

# Version 2: in a container even the topmost group is an ordinary one, which may not hold processes and pass controllers on.
pass_controllers_on() { # GROUP
  local controllers process
  controllers=$(sed 's/\(^\| \)/\1+/g' "$1/cgroup.controllers")
  echo "$controllers" >"$1/cgroup.subtree_control" 2>/dev/null && return
  mkdir -p "$1/init"
  while read -r process; do echo "$process" >"$1/init/cgroup.procs" 2>/dev/null || true; done <"$1/cgroup.procs"
  echo "$controllers" >"$1/cgroup.subtree_control"
}

# As a cut of the power: all of its processes end at once.
stop_node() { # NODE
  local own pid group
  own=$(folder_of "$1")
  pid=$(cat "$own/pid" 2>/dev/null) || return 0
  kill -KILL "$pid" 2>/dev/null || true
  while kill -0 "$pid" 2>/dev/null; do sleep 0.05; done
  while read -r group; do remove_cgroup "$group" & done <"$own/cgroup-paths"
  wait
  rm -f "$own/pid"
}

remove_cgroup() { # GROUP, which may hold its processes for a moment after their end
  local tries
  for tries in $(seq 50); do
    [ -d "$1" ] || return 0
    find "$1" -depth -type d -exec rmdir {} + 2>/dev/null || sleep 0.1
  done
  echo "cluster: after $tries tries there still is $1" >&2
}

on_node() { # NODE COMMAND...
  local pid
  pid=$(cat "$(folder_of "$1")/pid")
  shift
  nsenter --target "$pid" --mount --net --ipc --uts --pid --cgroup --wd=/ -- env KUBECONFIG="$PKI/admin.kubeconfig" PATH="$KUBERNETES_BIN:$CLUSTER_BIN:$CLUSTER_BIN/cluster:$PATH" "$@"
}

as_admin() { on_lan env KUBECONFIG="$PKI/admin.kubeconfig" PATH="$KUBERNETES_BIN:$CLUSTER_BIN:$PATH" "$@"; }

# Images that a node has already are not given again.
give_images() { # NODE ARCHIVE...
  local node=$1 archive mark
  shift
  mkdir -p "$(folder_of "$node")/images"
  until on_node "$node" ctr version >/dev/null 2>&1; do sleep 0.1; done
  for archive in "$@"; do
    mark=$(folder_of "$node")/images/$(cksum <"$archive" | tr ' ' -)
    [ ! -e "$mark" ] || continue
    on_node "$node" ctr --namespace k8s.io images import --local - <"$archive" >/dev/null 2>"$LOGS/$node/import.log" || die "$node does not take $archive: $(cat "$LOGS/$node/import.log")"
    touch "$mark"
  done
}

# Ready since its last boot: what the API server says is of the boot before until the kubelet is there again.
until_ready() { # NODE
  local status='{.status.nodeInfo.bootID} {.status.conditions[?(@.type=="Ready")].status}' tries
  for tries in $(seq 600); do
    if [ "$(as_admin kubectl get node "$1" -o jsonpath="$status" --request-timeout=1s 2>/dev/null)" = "$(cat "$(folder_of "$1")/kernel/kernel.random.boot_id" 2>/dev/null) True" ]; then return; fi
    sleep 0.2
  done
  die "$1 is not ready after $((tries / 5)) s: see $LOGS"
}

# Asked itself: after a boot its status is that of the boot before.
until_answers() { # NAMESPACE LABEL PORT/proxy/PATH
  local pod tries
  for tries in $(seq 300); do
    pod=$(as_admin kubectl get pods -n "$1" -l "$2" -o jsonpath='{.items[0].metadata.name}' 2>/dev/null || true)
    if [ -n "$pod" ] && as_admin kubectl get --raw "/api/v1/namespaces/$1/pods/$pod:$3" >/dev/null 2>&1; then return; fi
    sleep 0.3
  done
  die "$2 does not answer after $((tries / 3)) s: see $LOGS"
}
