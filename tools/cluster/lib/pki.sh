# shellcheck shell=bash
# The cluster's authority, certificates and kubeconfigs, made once with openssl. Sourced by `cluster`.

make_pki() {
  mkdir -p "$PKI"
  chmod 700 "$PKI"
  (
    cd "$PKI" || exit
    authority ca /CN=cluster-ca
    authority front-proxy-ca /CN=front-proxy-ca
    [ -e sa.pub ] || { openssl genrsa -out sa.key 2048 2>/dev/null && openssl rsa -in sa.key -pubout -out sa.pub 2>/dev/null; }
    local names="DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,DNS:localhost"
    certificate apiserver /CN=kube-apiserver "$names,IP:$API_SERVICE,IP:$LAN.1,IP:127.0.0.1"
    certificate apiserver-kubelet /O=system:masters/CN=kube-apiserver-kubelet-client
    # By this one the API server passes requests on to other API servers, such as that of metrics. One of its own: what it signs may say who asks.
    AUTHORITY=front-proxy-ca certificate front-proxy-client /CN=front-proxy-client
    user admin /O=system:masters/CN=admin
    user controller-manager /CN=system:kube-controller-manager
    user scheduler /CN=system:kube-scheduler
    user proxy /CN=system:kube-proxy
    local node
    for node in $(node_names); do user "$node" "/O=system:nodes/CN=system:node:$node" "DNS:$node,IP:$(address_of "$node")"; done
  )
}

authority() { # NAME SUBJECT
  [ -e "$1.crt" ] && return
  openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.crt" -days 3650 -subj "$2" \
    -addext basicConstraints=critical,CA:true -addext keyUsage=critical,keyCertSign,cRLSign 2>/dev/null
}

certificate() { # NAME SUBJECT [NAMES]
  local by=${AUTHORITY:-ca}
  [ -e "$1.crt" ] && return
  openssl req -newkey ec -pkeyopt ec_paramgen_curve:P-256 -nodes -keyout "$1.key" -out "$1.csr" -subj "$2" 2>/dev/null
  openssl x509 -req -in "$1.csr" -CA "$by.crt" -CAkey "$by.key" -CAcreateserial -days 3650 -out "$1.crt" \
    -extfile <(printf 'keyUsage=critical,digitalSignature,keyEncipherment\nextendedKeyUsage=serverAuth,clientAuth\n%s' "${3:+subjectAltName=$3}") 2>/dev/null
}

user() { # NAME SUBJECT [NAMES]
  certificate "$@"
  [ -e "$1.kubeconfig" ] && return
  cat >"$1.kubeconfig" <<Y
apiVersion: v1
kind: Config
clusters: [{ name: cluster, cluster: { server: 'https://$LAN.1:6443', certificate-authority-data: $(base64 -w0 ca.crt) } }]
users: [{ name: $1, user: { client-certificate-data: $(base64 -w0 "$1.crt"), client-key-data: $(base64 -w0 "$1.key") } }]
contexts: [{ name: cluster, context: { cluster: cluster, user: $1 } }]
current-context: cluster
Y
  chmod 600 "$1.kubeconfig"
}
