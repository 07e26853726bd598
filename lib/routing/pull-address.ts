// The registry's pull address for nodes and other machines: the single source for all that write it.

import { Check } from '../core/check';
import type { Registry } from '../registry';

/** Registry address in image names that nodes pull. Reports a port that isn't known yet. */
export function pullAddress(check: Check, registry: Registry): string {
  const { pullAddress: address } = registry;
  if (!address.includes('<port>')) return address;
  check.report('node-port-unknown', 'registry');
  return `${registry.host}:30500`;
}
