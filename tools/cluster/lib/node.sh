#!/usr/bin/env bash
# One node, from the first process of its namespaces on: mounts, network, then its programs. Started by `cluster`, with the node's name.
set -euo pipefail
. "$(dirname "$0")/settings.sh"
kubernetes_is "$CLUSTER_KUBERNETES"
NODE=$1
OWN=$(folder_of "$NODE")
PATH=$KUBERNETES_BIN:$CLUSTER_BIN:$CLUSTER_BIN/cluster:/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
export LD_LIBRARY_PATH=$CLUSTER_BIN/cluster/lib XTABLES_LIBDIR=$CLUSTER_BIN/cluster/lib/xtables
export HOME=/root
hostname "$NODE"

# --- Mounts: what a node writes is its own; the machine below stays as it is.
mount --make-rprivate /
mount -t proc proc /proc
overlay() { # FOLDER
  mkdir -p "$OWN/$1.upper" "$OWN/$1.work"
  mount -t overlay overlay -o "lowerdir=/$1,upperdir=$OWN/$1.upper,workdir=$OWN/$1.work" "/$1"
}
own() { # FOLDER, which the node sees at its own place only
  mkdir -p "$OWN/$1"
  mount --bind "$OWN/$1" "/$1"
}
overlay etc
overlay opt
overlay var
mount -t tmpfs -o mode=755 tmpfs /run
mkdir -p /run/lock /var/lib/{kubelet,containerd,cni} /var/log/{pods,containers} /etc/containerd/certs.d /etc/cni/net.d
own srv
own tmp && chmod 1777 /tmp
# Overlays can't lie upon overlays: containerd's folders, and volumes, are plain ones.
for folder in var/lib/kubelet var/lib/containerd var/log; do own "$folder"; done
mkdir -p /var/log/{pods,containers}

# --- Control groups: the node's own is the root of what it sees. Version 1 has a hierarchy for each controller, version 2 one for all.
cgroups=$OWN/cgroups
mkdir -p "$cgroups"
if [ "$(stat -fc %T /sys/fs/cgroup)" = cgroup2fs ]; then
  mount -t cgroup2 cgroup2 "$cgroups"
  mkdir -p "$cgroups/init" # a group that passes controllers on may hold no process
  echo 0 >"$cgroups/init/cgroup.procs"
else
  mount -t tmpfs -o mode=755 tmpfs "$cgroups"
  while read -r _ mounted kind options _; do
    case "$kind $options" in
      'cgroup '*) options=$(tr ',' '\n' <<<"$options" | grep -xE 'name=.*|cpu|cpuacct|cpuset|memory|devices|freezer|blkio|pids|net_cls|net_prio|perf_event|hugetlb|rdma|misc' | paste -sd,) ;;
      'cgroup2 '*) options= ;;
      *) continue ;;
    esac
    mkdir -p "$cgroups/${mounted##*/}"
    mount -t "$kind" ${options:+-o "$( [[ $options = name=* ]] && echo none, )$options"} "$kind" "$cgroups/${mounted##*/}"
  done < <(awk '$2 ~ "^/sys/fs/cgroup/"' /proc/mounts)
fi
mount -t sysfs sysfs /sys # of this network namespace
mount --rbind "$cgroups" /sys/fs/cgroup
umount -l "$cgroups"

# --- What the kubelet would set for the whole kernel is only shown to it, and each start is a boot of its own.
show() { # SETTING VALUE
  mkdir -p "$OWN/kernel"
  echo "$2" >"$OWN/kernel/${1//\//.}"
  mount --bind "$OWN/kernel/${1//\//.}" "/proc/sys/$1"
}
show vm/overcommit_memory 1
show vm/panic_on_oom 0
show kernel/panic 10
show kernel/panic_on_oops 1
show kernel/keys/root_maxkeys 1000000
show kernel/keys/root_maxbytes 25000000
show kernel/random/boot_id "$(cat /proc/sys/kernel/random/uuid)"
mount --make-rshared /

# --- Network: a cable to the LAN, which `cluster` plugs in, and a route to the pods of each other node. Nothing leads further.
ip link set lo up
until ip link show eth0 >/dev/null 2>&1; do sleep 0.02; done
ip addr add "$(address_of "$NODE")/24" dev eth0
ip link set eth0 up
ip route add default via $LAN.254
for other in $(node_names); do
  [ "$other" = "$NODE" ] || ip route add "$PODS.${other#node-}.0/24" via "$(address_of "$other")"
done
sysctl -qw net.ipv4.ip_forward=1
sysctl -qw net.bridge.bridge-nf-call-iptables=1 2>/dev/null || true
{
  echo '127.0.0.1 localhost'
  for other in $(node_names); do echo "$(address_of "$other") $other"; done
} >/etc/hosts
rm -f /etc/resolv.conf /etc/cni/net.d/*
echo 'nameserver 127.0.0.1' >/etc/resolv.conf # who asks the node's resolver gets no answer, and at once
cat >/etc/cni/net.d/10-cluster.conflist <<J
{ "cniVersion": "1.0.0", "name": "cluster", "plugins": [
  { "type": "bridge", "bridge": "cni0", "isGateway": true, "ipMasq": false, "hairpinMode": true,
    "ipam": { "type": "host-local", "ranges": [[{ "subnet": "$PODS.${NODE#node-}.0/24" }]], "routes": [{ "dst": "0.0.0.0/0" }], "dataDir": "/run/cni" } },
  { "type": "portmap", "capabilities": { "portMappings": true } } ] }
J

# --- Programs, each started again when it ends.
start() { # COMMAND...
  local name=$1
  (
    while :; do
      "$@" >>"$LOGS/$NODE/$name.log" 2>&1 || echo "--- $name ended with $? at $(date -u +%T)" >>"$LOGS/$NODE/$name.log"
      sleep 1
    done
  ) &
}
mkdir -p "$LOGS/$NODE"

cat >/etc/containerd/config.toml <<T
version = 3
[plugins."io.containerd.cri.v1.images".registry]
  config_path = "/etc/containerd/certs.d"
[plugins."io.containerd.cri.v1.images".pinned_images]
  sandbox = "$SANDBOX"
[plugins."io.containerd.cri.v1.runtime"]
  restrict_oom_score_adj = true
  disable_apparmor = true
[plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc]
  runtime_type = "io.containerd.runc.v2"
  [plugins."io.containerd.cri.v1.runtime".containerd.runtimes.runc.options]
    SystemdCgroup = false
    BinaryName = "$CLUSTER_BIN/cluster/runc"
[plugins."io.containerd.cri.v1.runtime".cni]
  bin_dirs = ["$CLUSTER_BIN/cluster/cni"]
  conf_dir = "/etc/cni/net.d"
T
start containerd

if [ "$NODE" = node-1 ]; then
  # No fsync: this etcd outlives its process, but not the machine's.
  start etcd --data-dir "$CLUSTER_STATE/etcd" --listen-client-urls http://127.0.0.1:2379 --advertise-client-urls http://127.0.0.1:2379 \
    --listen-peer-urls http://127.0.0.1:2380 --unsafe-no-fsync --log-level warn
  start kube-apiserver --etcd-servers=http://127.0.0.1:2379 --secure-port=6443 --bind-address=0.0.0.0 --advertise-address=$LAN.1 \
    --service-cluster-ip-range=$SERVICES --client-ca-file="$PKI/ca.crt" --tls-cert-file="$PKI/apiserver.crt" --tls-private-key-file="$PKI/apiserver.key" \
    --kubelet-client-certificate="$PKI/apiserver-kubelet.crt" --kubelet-client-key="$PKI/apiserver-kubelet.key" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$PKI/front-proxy-ca.crt" --requestheader-allowed-names=front-proxy-client --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$PKI/front-proxy-client.crt" --proxy-client-key-file="$PKI/front-proxy-client.key" \
    --service-account-issuer=https://kubernetes.default.svc --service-account-key-file="$PKI/sa.pub" --service-account-signing-key-file="$PKI/sa.key" \
    --authorization-mode=Node,RBAC --enable-admission-plugins=NodeRestriction --allow-privileged=true --event-ttl=6h
  start kube-controller-manager --kubeconfig="$PKI/controller-manager.kubeconfig" --authentication-kubeconfig="$PKI/controller-manager.kubeconfig" \
    --authorization-kubeconfig="$PKI/controller-manager.kubeconfig" --service-account-private-key-file="$PKI/sa.key" --root-ca-file="$PKI/ca.crt" \
    --use-service-account-credentials=true --leader-elect=false --cluster-cidr=$PODS.0.0/16 --allocate-node-cidrs=false \
    --cluster-signing-cert-file="$PKI/ca.crt" --cluster-signing-key-file="$PKI/ca.key"
  start kube-scheduler --kubeconfig="$PKI/scheduler.kubeconfig" --authentication-kubeconfig="$PKI/scheduler.kubeconfig" \
    --authorization-kubeconfig="$PKI/scheduler.kubeconfig" --leader-elect=false
fi
until curl --silent --fail --cacert "$PKI/ca.crt" --cert "$PKI/admin.crt" --key "$PKI/admin.key" "https://$LAN.1:6443/readyz" >/dev/null; do sleep 0.1; done

cgroup_v1='failCgroupV1: false'
since 31 || cgroup_v1= # older versions take version 1 without being told, and know no such field
cat >/etc/kubelet.yaml <<Y
apiVersion: kubelet.config.k8s.io/v1beta1
kind: KubeletConfiguration
authentication: { x509: { clientCAFile: $PKI/ca.crt }, webhook: { enabled: true }, anonymous: { enabled: false } }
authorization: { mode: Webhook }
tlsCertFile: $PKI/$NODE.crt
tlsPrivateKeyFile: $PKI/$NODE.key
clusterDomain: cluster.local
clusterDNS: [$DNS_SERVICE]
resolvConf: /etc/resolv.conf
containerRuntimeEndpoint: unix:///run/containerd/containerd.sock
cgroupDriver: cgroupfs
$cgroup_v1
failSwapOn: false
oomScoreAdj: 0
maxPods: 100
imageGCHighThresholdPercent: 99
imageGCLowThresholdPercent: 98
evictionHard: { memory.available: 100Mi, nodefs.available: 1%, imagefs.available: 1%, nodefs.inodesFree: 1% }
Y
start kubelet --kubeconfig="$PKI/$NODE.kubeconfig" --config=/etc/kubelet.yaml --hostname-override="$NODE" --node-ip="$(address_of "$NODE")"
cat >/etc/kube-proxy.yaml <<Y
apiVersion: kubeproxy.config.k8s.io/v1alpha1
kind: KubeProxyConfiguration
clientConnection: { kubeconfig: $PKI/proxy.kubeconfig }
mode: iptables
clusterCIDR: $PODS.0.0/16
iptables: { syncPeriod: 5s } # kube-router writes the filter table as a whole: what it undoes is there again soon
hostnameOverride: $NODE
conntrack: { maxPerCore: 0, min: 0, tcpEstablishedTimeout: 0s, tcpCloseWaitTimeout: 0s }
Y
start kube-proxy --config=/etc/kube-proxy.yaml
# The enforcer of NetworkPolicies; on the first node it also gives addresses to Services of the type LoadBalancer.
until curl --silent --fail http://127.0.0.1:10256/healthz >/dev/null; do sleep 0.1; done # kube-proxy has written its rules
export NODE_NAME=$NODE POD_NAME=$NODE POD_NAMESPACE=kube-system
balance=false
[ "$NODE" != node-1 ] || balance=true
start kube-router --kubeconfig="$PKI/admin.kubeconfig" --hostname-override="$NODE" --run-firewall=true --run-router=false --run-service-proxy=false --metrics-port=0 \
  --run-loadbalancer=$balance --loadbalancer-ip-range=$BALANCERS
[ "$NODE" != node-1 ] || start cluster-volumes "$PKI/admin.kubeconfig" "$CLUSTER_STATE/volumes"

trap 'kill -KILL -1' TERM
while :; do
  wait -n || true
  sleep 1 &
  wait $! || true
done
