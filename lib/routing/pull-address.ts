// The registry's pull address for nodes and other machines: the single source for all that write it.

import { Check } from '../core/check';
import type { Registry } from '../registry';

/** Registry address in image names that nodes pull. Reports a port that isn't known yet. */
export function pullAddress(check: Check, registry: Registry): string {
  return known(check, registry, registry.pullAddress);
}

/** Registry addresses for pushes and for pulls, which may be the same one. Reports a port that isn't known yet. */
export function bothAddresses(check: Check, registry: Registry): { push: string; pull: string } {
  const push = known(check, registry, registry.address);
  const pull = registry.pullAddress === registry.address ? push : pullAddress(check, registry);
  return { push, pull };
}

function known(check: Check, registry: Registry, address: string): string {
  if (!address.includes('<port>')) return address;
  check.report('node-port-unknown', 'registry');
  return `${registry.host}:30500`;
}
