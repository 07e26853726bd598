// Messages about NetworkPolicies.
import type { Table } from './code-messages';

/** Words by code. */
export const NETWORK_WORDS = {
  'egress-open-to-everywhere': {
    says: '<value> would allow egress to everywhere',
    instead: 'leave it out if that is intended',
    why: 'In a NetworkPolicy an empty list means everywhere.',
  },
  'egress-unlimited': {
    says: '<value> names neither peers nor ports, and would allow all egress',
    instead:
      "write e.g. { ports: [{ port: 443 }] }, or { to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] } if that is intended",
    why: 'In a NetworkPolicy an empty rule allows everything.',
  },
  'end-port-without-port': {
    says: '<value> ends a range of ports that begins at no number',
    instead: 'write port: with a number, too, or leave it out',
    why: 'The API server refuses it.',
    values: { instead: 'write port: with a number, too, or leave endPort out' },
  },
  'not-a-port': {
    says: '<value> is neither a port from 1 to 65535 nor the name of one: at most 15 lower-case letters, digits and single "-"',
    instead: 'write e.g. 443 or "https"',
    why: 'The API server refuses it.',
  },
  'not-a-port-name': {
    says: '<value> is not the name of a port',
    instead: 'write e.g. "http"',
    why: "A NetworkPolicy refers to the container's port by name.",
  },
  'not-an-address-range': {
    says: '<value> is not a CIDR range',
    instead: 'write e.g. "<example>"',
    why: 'The API server takes CIDR ranges only. Numbers have no leading zeros, with which some programs read an octal number.',
  },
  'not-an-end-port': {
    says: '<value> is not a whole number from <port> to 65535',
    instead: 'write the last port of the range that begins at <port>, or leave it out',
    why: 'The API server refuses it.',
    values: { instead: 'write the last port of the range that begins at <port>, or leave endPort out' },
  },
  'not-within-range': {
    says: '<value> is not a smaller CIDR range within <cidr>',
    instead: 'write a part of that range, or leave it out',
    why: 'The API server refuses an exception that the range does not hold.',
    values: { instead: 'write a part of that range, or leave this range out' },
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
