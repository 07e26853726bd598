// Messages about NetworkPolicies.
import type { Table } from './code-messages';

/** Words by code. */
export const NETWORK_WORDS = {
  'egress-open-to-everywhere': {
    says: '<value> would allow egress to everywhere',
    instead: 'leave it out if that is intended',
    why: 'In a NetworkPolicy an empty list means everywhere.',
  },
  'not-a-port-name': {
    says: '<value> is not the name of a port',
    instead: 'write e.g. "http"',
    why: "A NetworkPolicy refers to the container's port by name.",
  },
  'not-an-address-range': {
    says: '<value> is not a CIDR range',
    instead: 'write e.g. "<example>"',
    why: 'The API server takes CIDR ranges only.',
  },
  'peer-names-nobody': {
    says: '<value> selects nothing',
    instead: 'write e.g. <example>',
    why: 'The API server refuses an empty peer.',
  },
  'policy-open-to-everybody': {
    says: '<value> would allow ingress from everywhere',
    instead: 'write e.g. [<example>], or leave it out',
    why: 'In a NetworkPolicy an empty list means everyone.',
  },
  'range-beside-selector': {
    says: '<value> is combined with a selector, which the API server refuses',
    instead: 'write two entries',
    why: 'The API server refuses a peer with both.',
  },
} as const satisfies Table;
