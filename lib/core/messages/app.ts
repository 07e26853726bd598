// Messages about the app: its environment, and conflicts between constructs.
import type { Table } from './code-messages';

/** Words by code. */
export const APP_WORDS = {
  'variable-empty': {
    says: 'is set to nothing',
    instead: 'give it a value, or unset it for the default',
    why: 'An empty variable is more often a mistake in a script than a wish for the default.',
  },
  'variable-missing': {
    says: 'is <state>',
    instead: "give it a value: this app can't do without",
    why: 'The app has no default for it.',
  },
  'variable-not-a-size': {
    says: '<value> is not a whole number with one of the units Ki, Mi, Gi, Ti, Pi',
    instead: 'write e.g. "<example>"',
    why: 'Kubernetes takes quantities in many forms; the library needs one of these.',
  },
  'variable-not-boolean': {
    says: '<value> is neither true nor false',
    instead: 'write "true" or "false"',
    why: 'Words such as "yes" or "1" would be guessed at.',
  },
  'storage-written-twice': {
    says: '<constructs> both write to <location>, and each would collect and purge in-flight uploads of the other',
    instead: 'give each a location of its own, or write storage: { readOnly: true } for one of them',
    why: 'A registry knows only its own uploads, and treats those of another as garbage.',
  },
  'host-taken': {
    says: '<constructs> each lead <host> to themselves',
    instead: 'give each a host of its own',
    why: 'Which of them a controller follows is not defined.',
  },
  'node-port-taken': {
    says: '<constructs> each want port <port> of every node',
    instead: 'give each a port of its own',
    why: 'The API server refuses the second Service.',
  },
  'load-balancer-address-taken': {
    says: '<constructs> each want <address>',
    instead: 'give each an address or a port of its own',
    why: 'A load balancer leads a port of an address to one Service only.',
  },
  'cluster-ip-taken': {
    says: '<constructs> each want <address>',
    instead: 'give each an address of its own',
    why: 'The API server refuses the second Service.',
  },
  'two-issuers': {
    says: '<value> stands beside "cert-manager.io/cluster-issuer": <other> at <construct>, and cert-manager makes no certificate of both',
    instead:
      'leave one of them out, of annotations or of ingress.annotations, where an empty string removes what all objects have',
    why: 'cert-manager takes one issuer, and says so in an event only.',
  },
  'secret-ordered-and-written': {
    says: 'the issuer at <construct> has cert-manager write the Secret "<secret>", which <other> is or fills',
    instead:
      'leave the issuer out there, by an empty string where all objects have it; to have cert-manager make it, use tls: { certificate: RegistryCertificate.certManager({...}) } besides',
    why: 'Each of the two would write over the other in turn.',
  },
  'secret-ordered-twice': {
    says: 'the issuers at <construct> and at <other> each have cert-manager write the Secret "<secret>", which it does for one of them only',
    instead: 'leave one of them out',
    why: 'cert-manager lets one Certificate own a Secret.',
  },
  'object-written-twice': {
    says: '<constructs> each make <objects>',
    instead: 'give each a name or a namespace of its own',
    why: 'Of two objects of one kind, namespace and name, the one that is applied last replaces the other.',
  },
  'store-for-tests': {
    says: "the app uses a FixedStore, whose dummy secrets are for tests and can't be deployed",
    instead: 'leave it out, or use new LocalStore()',
    why: 'Everybody knows the secrets of the fixed store.',
  },
} as const satisfies Table;
