// NOTES.txt: the next steps for exactly this registry. Every command in it can be copied.
import { ServiceType } from 'cdk8s-plus-27';
import { NodeRuntime } from '../clients/node-files';
import { isIpv4 } from '../core/formats';
import { shellWord } from '../core/shell';
import type { Registry } from '../registry';
import { dateOf } from '../secrets/certificate';
import { locationOfStore } from '../secrets/store-selection';
import { access, switches } from './notes-access';
import { laterSteps } from './notes-change-and-delete';
import { outputFolderOfKubectl } from './output-folder';

/** The notes of a registry. */
export function writeNotes(registry: Registry): string {
  const title = titleOf(registry);
  return [
    title,
    '='.repeat(title.length),
    '',
    ...stepsOf(registry).map(([heading, ...lines], index) =>
      [`${index + 1}. ${heading}`, ...lines.map((line) => `   ${line}`.trimEnd()), ''].join('\n'),
    ),
  ].join('\n');
}

/** The heading of the notes. */
export function titleOf(registry: Registry): string {
  return `Registry "${registry.registryName}" at ${registry.url}`;
}

/** The next steps, in order. */
export function stepsOf(registry: Registry): [heading: string, ...lines: string[]][] {
  return [
    apply,
    certificate,
    network,
    address,
    passage,
    trust,
    nextAuthority,
    renewal,
    access,
    login,
    push,
    ui,
    switches,
    keep,
  ]
    .map((step) => step(registry))
    .filter((step) => step !== undefined)
    .concat(laterSteps(registry));
}

type Step = [heading: string, ...lines: string[]] | undefined;

function kubectl({ namespace }: Registry): string {
  return namespace === undefined ? 'kubectl' : `kubectl -n ${namespace}`;
}

function apply(registry: Registry): Step {
  const names = [registry.registryName, ...(registry.ui ? [registry.ui.serviceName] : [])];
  const wait = names.map((name) => `${kubectl(registry)} rollout status deployment/${name}`);
  return [
    'Apply, and wait until it runs (in the folder where you synthesized)',
    `kubectl apply -f ${outputFolderOfKubectl(registry)}`,
    ...wait,
  ];
}

/** A certificate that does not exist yet when the objects are applied. */
function certificate(registry: Registry): Step {
  const { tls, registryName } = registry;
  if (!tls.renewedInCluster) return undefined;
  const run = kubectl(registry);
  const restart = [
    'The registry reads its certificate only at startup. Restart it after each renewal, before the old certificate expires:',
    `${run} rollout restart deployment/${registryName}`,
  ];
  const names = [
    tls.secretName,
    ...(registry.ui?._orderedSecret === undefined ? [] : [registry.ui._orderedSecret]),
  ];
  const waits = names.map((name) => `${run} wait --for=condition=Ready certificate/${name} --timeout=5m`);
  return [
    'Wait until cert-manager has the certificate',
    ...waits,
    ...(tls.inPod && !registry.front ? restart : []),
  ];
}

/** Connections of the pods that these manifests don't know of. */
function network({ deployment }: Registry): Step {
  const { unknown } = deployment._configured;
  if (!deployment.networkPolicy || unknown.length === 0) return undefined;
  return [
    'Allow egress that the NetworkPolicy does not include',
    ...unknown,
    'Allow what is missing, for example networkPolicy: { allowTo: [{ ports: [{ port: k8s.IntOrString.fromNumber(443) }] }] }.',
  ];
}

function address(registry: Registry): Step {
  const { service, route, registryName, namespace } = registry;
  const run = kubectl(registry);
  const balancer = `-o jsonpath='{.status.loadBalancer.ingress[0].hostname}{.status.loadBalancer.ingress[0].ip}{"\\n"}'`;
  if (route) return ['Find the address', route._notes().address, ...inDns(registry)];
  if (service.type === ServiceType.LOAD_BALANCER)
    return [
      'Find the address',
      `${run} get service ${registryName} ${balancer}`,
      ...fixedAddress(registry),
      ...inDns(registry),
    ];
  if (service.type === ServiceType.NODE_PORT && !registry.tls.external) {
    const port =
      service.nodePort === undefined
        ? [`PORT=$(${run} get service ${registryName} -o jsonpath='{.spec.ports[0].nodePort}')`]
        : [];
    const nodes = `kubectl get nodes -o jsonpath='{.items[*].status.addresses[?(@.type=="InternalIP")].address}{"\\n"}'`;
    return [
      `Find the address: any node, at port ${service.nodePort ?? 'PORT'}`,
      ...port,
      nodes,
      ...inDns(registry),
    ];
  }
  if (registry.tls.external) {
    return [
      `Route ${registry.url} from the load balancer or tunnel that terminates TLS to`,
      service.type === ServiceType.NODE_PORT
        ? `http://NODE:${service.nodePort ?? 'PORT'}, any of: kubectl get nodes -o wide`
        : `http://${registryName}${namespace ? `.${namespace}.svc` : ''}:${service.port}`,
      'without a limit on the size of request bodies, and with a timeout of at least 15 minutes.',
    ];
  }
  return [
    'Reach it: the Service is inside the cluster only',
    `${run} port-forward service/${registryName} ${service.port}`,
    `Inside the cluster it is ${registryName}${namespace ? `.${namespace}.svc` : ''}:${service.port}.`,
  ];
}

function fixedAddress({ service }: Registry): string[] {
  if (service.loadBalancerIP === undefined) return [];
  return [
    `It should be ${service.loadBalancerIP}. If it is not, the cloud provider ignores spec.loadBalancerIP. Most of them read the address from an`,
    'annotation instead: service: { annotations: {...} }',
  ];
}

/** Limits for large and slow pushes that these manifests can't set. */
function passage({ route }: Registry): Step {
  const [first, ...more] = route?._notes().pushes ?? [];
  return first === undefined ? undefined : ['Allow large and slow pushes', first, ...more];
}

/** Steps for hosts that do not resolve. */
function inDns(registry: Registry): string[] {
  const { host, ui, route } = registry;
  if (isIpv4(host)) return [];
  const hosts = [...new Set([host, ui?.host ?? host])];
  const local = route ? hosts.filter((name) => /(^|\.)localhost$/.test(name)) : [];
  return [
    `If ${hosts.join(' or ')} is not in your DNS, add a line with that address to /etc/hosts on this machine and on each node that pulls:`,
    `  <address> ${hosts.join(' ')}`,
    ...(local.length > 0 ? onThisMachine(local.join(' and ')) : []),
  ];
}

/** Names under .localhost: which tools need them in /etc/hosts, and which don't. */
function onThisMachine(names: string): string[] {
  return [
    `Browsers and curl resolve ${names} to this machine and ignore /etc/hosts. Unless the ingress controller listens on`,
    '127.0.0.1 here, forward the port while you need it (the names are those of Traefik and its chart):',
    '  sudo -E kubectl -n traefik port-forward service/traefik 443:443',
  ];
}

function trust(registry: Registry): Step {
  const { tls, route, service, _configuredRuntimes: configured } = registry;
  const [pushes, pulls] = addresses(registry);
  const apart = nodesComeApart(registry);
  // Docker and containerd accept plain HTTP from the machine itself by default.
  const insecure = [
    ...(registry.url.startsWith('https:') ? [] : [pushes]),
    ...(apart && (!registry.url.startsWith('https:') || registry._pullsPastTls) ? [pulls] : []),
  ];
  const remote = insecure.filter((entry) => !/^(localhost|127\.0\.0\.1)(:|$)/.test(entry));
  if (insecure.length > 0 && remote.length === 0) return undefined;
  if (remote.length > 0) {
    const list = remote.map((entry) => `"${entry}"`).join(', ');
    return [
      'Not encrypted',
      `Configure every client to accept plain HTTP: for Docker, "insecure-registries": [${list}] in /etc/docker/daemon.json.`,
    ];
  }
  const here = route === undefined || route.tls !== undefined;
  if (!tls.privateCa || (!here && !apart)) return undefined;
  // A port-forward ends here: nodes don't use it.
  const inside = route === undefined && !service.external && !apart;
  const docker = (entry: string) =>
    `  sudo install -D -m 644 registry-ca.crt /etc/docker/certs.d/${entry}/ca.crt`;
  const nodesToo = !apart && !inside && !configured.has(NodeRuntime.DOCKER);
  const places = [
    ...(here
      ? [`Docker, Podman and skopeo, here${nodesToo ? ' and on nodes with Docker' : ''}:`, docker(pushes)]
      : []),
    ...(apart && !configured.has(NodeRuntime.DOCKER) ? ['Nodes with Docker:', docker(pulls)] : []),
    ...(inside || configured.has(NodeRuntime.CONTAINERD) ? [] : containerd(pulls)),
    ...(inside || configured.has(NodeRuntime.K3S) ? [] : [k3s(pulls)]),
    ...(here
      ? [
          'curl, git and most other programs on Debian and Ubuntu:',
          '  sudo install -m 644 registry-ca.crt /usr/local/share/ca-certificates/ && sudo update-ca-certificates',
          'Browsers have their own trust stores: import registry-ca.crt as a certificate authority in their settings.',
        ]
      : []),
    ...(inside
      ? [
          'Nodes do not resolve Service names. To pull from nodes, give the registry an Ingress, a load balancer or a node port.',
        ]
      : []),
  ];
  if (places.length === 0) return undefined;
  return [
    'Trust the certificate: it is signed by a private CA',
    `${kubectl(registry)} get secret ${tls.secretName} -o jsonpath='{.data.ca\\.crt}' | base64 -d > registry-ca.crt`,
    ...places,
  ];
}

function k3s(entry: string): string {
  return `Nodes with k3s: set tls.ca_file of "${entry}" under configs in /etc/rancher/k3s/registries.yaml to the path of registry-ca.crt, and restart k3s.`;
}

function containerd(entry: string): string[] {
  const folder = `/etc/containerd/certs.d/${entry}`;
  return [
    'Nodes with containerd (config_path = "/etc/containerd/certs.d" in its config.toml):',
    `  sudo install -D -m 644 registry-ca.crt ${folder}/ca.crt`,
    `  printf '[host."https://%s"]\\n  ca = "/etc/containerd/certs.d/%s/ca.crt"\\n' ${entry} ${entry} | sudo tee ${folder}/hosts.toml`,
  ];
}

/** Rotation of the CA: clients that trust the old one must trust the next before it signs. */
function nextAuthority(registry: Registry): Step {
  const { _change: change } = registry.tls;
  if (!change) return undefined;
  const [ends, from] = [dateOf(change.oldEnds), dateOf(change.from)];
  if (change.done)
    return [
      'Trust the new CA',
      `The old CA is valid until ${ends}, and has not signed since ${from}. Clients that trust only that CA fail: install ca.crt there again, as above.`,
    ];
  return [
    `Trust the next CA too, before ${from}`,
    `The CA expires on ${ends}. The file ca.crt holds the next CA, too: install it everywhere again, as above. The old CA signs until ${from},`,
    'and the next CA from then on.',
  ];
}

/** User-provided certificates that expire soon. */
function renewal(registry: Registry): Step {
  const { _endsSoon: lines } = registry.tls;
  return lines.length === 0 ? undefined : ['Renew what expires soon', ...lines];
}

function login(registry: Registry): Step {
  const { auth, storage, front } = registry;
  if (auth.anonymous)
    return storage.readOnly || front?._ruled
      ? undefined
      : [
          'No login',
          `Everyone who reaches the registry can ${storage.deletion ? 'pull, push and delete' : 'pull and push'}.`,
        ];
  const user = auth.userNames[0];
  const [address] = addresses(registry);
  if (auth.byToken)
    return [`Log in, as a user of the token service at ${auth.realm}`, ...tokenLogin(registry, address)];
  if (user === undefined) return ['Log in, as a user from your own Secret', `docker login ${address}`];
  const name = shellWord(user);
  const show = auth.showPasswordCommand(user);
  const variable = auth._passwordVariable(user);
  if (show === undefined) return [`Log in${passwordFrom(variable)}`, `docker login ${address} -u ${name}`];
  const why = variable === undefined ? '' : `, since ${variable.name} was not set`;
  return [
    `Log in: the password was generated${why}, and is kept in the folder that this command reads`,
    `${show} | docker login ${address} -u ${name} --password-stdin`,
  ];
}

/** What the token service needs, and keys that these manifests don't hold. */
function tokenLogin(registry: Registry, address: string): string[] {
  const { realm, files } = registry.auth._tokens ?? {};
  return [
    ...(realm === undefined ? ['Route this path on each host of the registry to the token service.'] : []),
    ...(files?.secret === undefined
      ? []
      : [
          `The registry reads the keys of tokens only at startup. Restart it when the Secret ${files.secret.name} changes:`,
          `${kubectl(registry)} rollout restart deployment/${registry.registryName}`,
          'Then log in:',
        ]),
    `docker login ${address}`,
  ];
}

/** Where a given password came from. */
function passwordFrom(variable: { readonly name: string; readonly set: boolean } | undefined): string {
  if (variable === undefined) return '';
  if (variable.set) return `: the password was read from the variable ${variable.name}`;
  return `: the password is the last value of the variable ${variable.name}, which was not set this time`;
}

function push(registry: Registry): Step {
  const [pushed, pulled] = addresses(registry).map((entry) => `${entry}/hello:1.0`);
  const pull = !nodesComeApart(registry)
    ? [`docker pull ${pushed}`]
    : [
        'On a node, with the address that nodes pull from (log in to it first, as above):',
        `docker pull ${pulled}`,
      ];
  return [
    'Push and pull',
    'docker pull busybox:1.37',
    `docker tag busybox:1.37 ${pushed}`,
    `docker push ${pushed}`,
    ...pull,
  ];
}

function ui({ ui }: Registry): Step {
  return (
    ui && [
      'Open the UI',
      ...(ui._asksForLogin ? ["It asks for the registry's login before it shows anything."] : []),
      ui.url,
    ]
  );
}

/** Where the secrets for the next synth are stored. */
function keep(registry: Registry): Step {
  const location = locationOfStore(registry, { name: registry.registryName, namespace: registry.namespace });
  if (!location) return undefined;
  const { folder, since } = location;
  return [
    'Keep the generated secrets',
    `They are in ${folder}${since ? `, which was created on ${since}` : ''}: back it up like a password. If you had an earlier one, restore it:`,
    'the passwords and the CA that clients have do not match this one.',
  ];
}

/** Whether nodes pull from another address than clients push to. */
export function nodesComeApart(registry: Registry): boolean {
  return clientAddress(registry) !== nodeAddress(registry);
}

/** The address for pushes, and the address for nodes' pulls. */
function addresses(registry: Registry): [string, string] {
  return [clientAddress(registry), nodeAddress(registry)];
}

/**
 * The address for a client on the user's machine: through the port-forward if the Service is reachable only
 * inside the cluster.
 */
function clientAddress({ route, service, tls, address, host }: Registry): string {
  if (!route && !service.external && !tls.external) return `localhost:${service.port}`;
  return !route && !tls.external && service.type === ServiceType.NODE_PORT && service.nodePort === undefined
    ? `${host}:$PORT`
    : address;
}

/** The address that nodes pull from. */
function nodeAddress(registry: Registry): string {
  const { pullAddress, address } = registry;
  return pullAddress === address ? clientAddress(registry) : pullAddress;
}
