// Messages about NetworkPolicies.
import type { Table } from './code-messages';

/** Words by code. */
export const NETWORK_WORDS = {
  'egress-open-to-everywhere': {
    says: '<value> would let out to everywhere',
    instead: 'leave it out if that is meant',
    why: 'In a NetworkPolicy an empty list means everywhere.',
  },
  'not-a-port-name': {
    says: '<value> is not the name of a port',
    instead: 'write e.g. "http"',
    why: "A NetworkPolicy goes by the name of the container's port.",
  },
  'not-an-address-range': {
    says: '<value> is not a range of addresses',
    instead: 'write e.g. "<example>"',
    why: 'The API server takes CIDR ranges only.',
  },
  'peer-names-nobody': {
    says: '<value> names nobody',
    instead: 'write e.g. <example>',
    why: 'The API server refuses an empty peer.',
  },
  'policy-open-to-everybody': {
    says: '<value> would let everybody in',
    instead: 'write e.g. [<example>], or leave it out',
    why: 'In a NetworkPolicy an empty list means everyone.',
  },
  'range-beside-selector': {
    says: '<value> stands beside a selector, which the API server refuses',
    instead: 'make two entries of them',
    why: 'The API server refuses a peer with both.',
  },
} as const satisfies Table;
