// The address under which nodes and other machines pull, in the one place that everything which writes it down asks.

import { Check } from '../core/check';
import type { Registry } from '../registry';

/** What stands before an image's name when a node pulls it. Reports a port that isn't known yet. */
export function pullAddress(check: Check, registry: Registry): string {
  const { pullAddress: address } = registry;
  if (!address.includes('<port>')) return address;
  check.report('node-port-unknown', 'registry');
  return `${registry.host}:30500`;
}
