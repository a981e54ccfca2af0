#!/bin/bash
# Starts a Kubernetes of one node: `server` as in k3s, whose options are not read; another first word is a command.
set -euo pipefail

if [ "${1-server}" != server ]; then exec "$@"; fi

state=/var/lib/rancher
pki=$state/pki
logs=/var/log/kubernetes
kubeconfig=/etc/rancher/k3s/k3s.yaml
patience=${NODE_PATIENCE:-90}
node_address=$(ip -4 -o route get 192.0.2.1 | sed -n 's/.* src \([0-9.]*\).*/\1/p')

# fail SENTENCE [LOG]: ends the node, with the end of a component's log.
fail() {
  echo "kubernetes: $1"
  if [ -n "${2-}" ] && [ -s "$2" ]; then tail -n 20 "$2"; fi
  exit 1
}

# start NAME PROGRAM...: runs a component, its log in a file.
start() {
  local name=$1
  shift
  "$@" >"$logs/$name.log" 2>&1 &
  names[$!]=$name
}

# await SENTENCE LOG COMMAND...: until the command succeeds.
await() {
  local what=$1 log=$2
  shift 2
  until "$@" >/dev/null 2>&1; do
    if [ $SECONDS -ge "$patience" ]; then fail "not so after $patience s: $what" "$log"; fi
    for process in "${!names[@]}"; do
      kill -0 "$process" 2>/dev/null || fail "${names[$process]} has ended before: $what" "$logs/${names[$process]}.log"
    done
    sleep 0.1 # between two questions
  done
}

# key NAME: a key.
key() { openssl ecparam -name prime256v1 -genkey -noout -out "$pki/$1.key"; }

# certificate NAME SUBJECT [EXTENSION]: a key, and a certificate of the cluster's authority.
certificate() {
  key "$1"
  openssl req -new -key "$pki/$1.key" -subj "$2" -out "$pki/$1.csr"
  openssl x509 -req -in "$pki/$1.csr" -CA "$pki/ca.crt" -CAkey "$pki/ca.key" -CAcreateserial -days 2 -out "$pki/$1.crt" -extfile <(printf '%s\n' "${3-basicConstraints=CA:FALSE}") 2>/dev/null
}

prepare_machine() {
  mkdir -p "$pki" "$logs" "$state/etcd" "$state/kubelet" /etc/rancher/k3s /var/lib/kubelet /run/containerd
  # The kubelet's mounts must be seen by the containers it starts.
  mount --make-rshared /
  mount -o remount,rw /proc/sys
  mount -o remount,rw /sys
  mount --bind "$state/kubelet" /var/lib/kubelet
  mount --make-rshared /var/lib/kubelet
  [ -e /dev/kmsg ] || ln -s /dev/null /dev/kmsg
  # A port of a node is reached on loopback, too.
  echo 1 >/proc/sys/net/ipv4/conf/all/route_localnet
  echo 1 >/proc/sys/net/ipv4/ip_forward
}

make_certificates() {
  key ca
  openssl req -x509 -new -key "$pki/ca.key" -subj /CN=kubernetes -days 2 -out "$pki/ca.crt"
  certificate server /CN=kube-apiserver "subjectAltName=DNS:localhost,DNS:kubernetes,DNS:kubernetes.default,DNS:kubernetes.default.svc,DNS:kubernetes.default.svc.cluster.local,IP:127.0.0.1,IP:10.43.0.1,IP:$node_address"
  certificate admin /O=system:masters/CN=admin
  # Shown to the servers of further APIs, such as that of metrics.
  certificate front-proxy /CN=front-proxy
  key accounts
}

write_kubeconfig() {
  (umask 077 && cat >"$kubeconfig") <<END
apiVersion: v1
kind: Config
clusters:
- name: default
  cluster:
    certificate-authority-data: $(base64 -w0 <"$pki/ca.crt")
    server: https://127.0.0.1:6443
contexts:
- name: default
  context: {cluster: default, user: default}
current-context: default
users:
- name: default
  user:
    client-certificate-data: $(base64 -w0 <"$pki/admin.crt")
    client-key-data: $(base64 -w0 <"$pki/admin.key")
END
}

start_control_plane() {
  start etcd etcd --data-dir="$state/etcd" --unsafe-no-fsync \
    --listen-client-urls=http://127.0.0.1:2379 --advertise-client-urls=http://127.0.0.1:2379 --listen-peer-urls=http://127.0.0.1:2380
  start kube-apiserver hyperkube kube-apiserver \
    --etcd-servers=http://127.0.0.1:2379 --bind-address=0.0.0.0 --secure-port=6443 --advertise-address="$node_address" \
    --service-cluster-ip-range=10.43.0.0/16 --service-node-port-range=30000-32767 \
    --authorization-mode=Node,RBAC --allow-privileged=true --anonymous-auth=false \
    --client-ca-file="$pki/ca.crt" --tls-cert-file="$pki/server.crt" --tls-private-key-file="$pki/server.key" \
    --kubelet-client-certificate="$pki/admin.crt" --kubelet-client-key="$pki/admin.key" --kubelet-preferred-address-types=InternalIP \
    --requestheader-client-ca-file="$pki/ca.crt" --requestheader-allowed-names=front-proxy --requestheader-username-headers=X-Remote-User \
    --requestheader-group-headers=X-Remote-Group --requestheader-extra-headers-prefix=X-Remote-Extra- \
    --proxy-client-cert-file="$pki/front-proxy.crt" --proxy-client-key-file="$pki/front-proxy.key" --enable-aggregator-routing=true \
    --service-account-issuer=https://kubernetes.default.svc.cluster.local --service-account-key-file="$pki/accounts.key" --service-account-signing-key-file="$pki/accounts.key" \
    --profiling=false
  start containerd containerd --config /etc/containerd/config.toml
}

start_node() {
  # Autoscalers look each 5 s, not 15: a trial of them waits for one look after the other.
  start kube-controller-manager hyperkube kube-controller-manager --kubeconfig="$kubeconfig" --bind-address=127.0.0.1 --leader-elect=false \
    --horizontal-pod-autoscaler-sync-period=5s \
    --root-ca-file="$pki/ca.crt" --service-account-private-key-file="$pki/accounts.key" --cluster-signing-cert-file="$pki/ca.crt" --cluster-signing-key-file="$pki/ca.key" --profiling=false
  start kube-scheduler hyperkube kube-scheduler --kubeconfig="$kubeconfig" --bind-address=127.0.0.1 --leader-elect=false --profiling=false
  start kubelet hyperkube kubelet --config=/etc/kubernetes/kubelet.yaml --kubeconfig="$kubeconfig" --hostname-override=node --node-ip="$node_address"
  start kube-proxy hyperkube kube-proxy --config=/etc/kubernetes/kube-proxy.yaml --hostname-override=node
  start coredns coredns -conf /etc/kubernetes/Corefile
}

# Cluster DNS is a process of the node: its service has this one address.
serve_names() {
  kubectl --kubeconfig="$kubeconfig" apply --server-side -f - <<END
apiVersion: v1
kind: Service
metadata: {name: kube-dns, namespace: kube-system}
spec:
  clusterIP: 10.43.0.10
  ports:
  - {name: dns, port: 53, protocol: UDP}
  - {name: dns-tcp, port: 53, protocol: TCP}
---
apiVersion: discovery.k8s.io/v1
kind: EndpointSlice
metadata:
  name: kube-dns-node
  namespace: kube-system
  labels: {kubernetes.io/service-name: kube-dns}
addressType: IPv4
ports:
- {name: dns, port: 53, protocol: UDP}
- {name: dns-tcp, port: 53, protocol: TCP}
endpoints:
- addresses: ["$node_address"]
END
}

is_ready() {
  [ "$(kubectl --kubeconfig="$kubeconfig" get node node -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}')" = True ] \
    && kubectl --kubeconfig="$kubeconfig" get serviceaccount default -n default
}

declare -A names=()
trap 'kill $(jobs -p) 2>/dev/null; exit 0' TERM INT
prepare_machine
make_certificates
write_kubeconfig
start_control_plane
await "containerd takes images" "$logs/containerd.log" ctr -n k8s.io images import /usr/share/kubernetes/pause.tar
await "the API server is ready" "$logs/kube-apiserver.log" kubectl --kubeconfig="$kubeconfig" get --raw /readyz
start_node
await "the cluster has its DNS service" "$logs/kube-apiserver.log" serve_names
await "the node is ready" "$logs/kubelet.log" is_ready
echo "Node controller sync successful"

ended=
wait -n -p ended || true
if [ -n "${ended}" ]; then fail "${names[$ended]} has ended" "$logs/${names[$ended]}.log"; fi
