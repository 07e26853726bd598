# shellcheck shell=bash disable=SC2034
# Where everything is, and the addresses. Sourced by the others.
: "${CLUSTER_BIN:=$HOME/.cache/cdk8s-registry/bin}"       # the programs: build
: "${CLUSTER_STATE:=$HOME/.cache/cdk8s-registry/cluster}" # everything that a running cluster writes
: "${CLUSTER_NODES:=1}"
HERE=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
PKI=$CLUSTER_STATE/pki
LOGS=$CLUSTER_STATE/logs

# Which version of Kubernetes: the newest one, or another for which programs/ has modules. Its programs are in a folder of their own.
kubernetes_is() { # VERSION, such as 1.27; nothing is the newest
  export CLUSTER_KUBERNETES=$1
  KUBERNETES_MODULES=$HERE/programs/kubernetes${1:+-$1}/go.mod
  KUBERNETES_BIN=$CLUSTER_BIN${1:+/kubernetes-$1}
}

since() { # MINOR: is this Kubernetes 1.MINOR or newer?
  [ -z "$CLUSTER_KUBERNETES" ] || [ "${CLUSTER_KUBERNETES#1.}" -ge "$1" ]
}

# What go.mod files in programs/ don't name:
CONTAINERD=v2.3.7
CNI_PLUGINS=v1.10.0
KUBE_ROUTER=v2.1.0

# The network that the nodes are on: theirs are .1 and up, .254 is the one from which `client` comes.
LAN=10.99.0
BALANCERS=10.99.1.64/26 # addresses of Services of the type LoadBalancer
PODS=10.244 # the pods of node N: $PODS.N.0/24
SERVICES=10.96.0.0/16
API_SERVICE=10.96.0.1
DNS_SERVICE=10.96.0.10
SANDBOX=docker.io/cluster/pause:1

address_of() { echo "$LAN.${1#node-}"; }
folder_of() { echo "$CLUSTER_STATE/nodes/$1"; }
node_names() { seq -f 'node-%g' "$(cat "$CLUSTER_STATE/nodes/count")"; }

# A namespace's process, or nothing if it has ended.
alive() { [ -s "$1" ] && kill -0 "$(cat "$1")" 2>/dev/null; }
die() {
  echo "cluster: $*" >&2
  exit 1
}
