// The registry's pull address for nodes and other machines: the single source for all that write it.

import { Check } from '../core/check';
import type { Registry } from '../registry';

/** Registry address in image names that nodes pull. Reports a port that isn't known yet. */
export function pullAddress(check: Check, registry: Registry): string {
  const { pullAddress: address } = registry;
  if (!address.includes('<port>')) return address;
  check.problem('registry: Kubernetes chooses its port on the nodes, which is not known here; choose it by service: { nodePort: 30500 }');
  return `${registry.host}:30500`;
}
