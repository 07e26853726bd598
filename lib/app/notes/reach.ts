// The steps of NOTES.txt about the registry's address: where it is, DNS, and what large pushes need on the way.

import { ServiceType } from 'cdk8s-plus-27';
import { isIpv4 } from '../../core/formats';
import { kubectlIn } from '../../core/kubectl';
import type { Registry } from '../../registry';
import type { Step } from './step';

export function address(registry: Registry): Step {
  const { service, route, registryName, namespace } = registry;
  const run = kubectlIn(registry.namespace);
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
export function passage({ route }: Registry): Step {
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
