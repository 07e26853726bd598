// The addresses that notes name: clients push to one, and nodes may pull from another.

import { ServiceType } from 'cdk8s-plus-27';
import type { Registry } from '../../registry';

/** Whether nodes pull from another address than clients push to. */
export function nodesComeApart(registry: Registry): boolean {
  return clientAddress(registry) !== nodeAddress(registry);
}

/** The address for pushes, and the address for nodes' pulls. */
export function addresses(registry: Registry): [string, string] {
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
