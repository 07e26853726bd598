// Messages about the app: its environment, and conflicts between constructs.
import type { Table } from './code-messages';

/** Words by code. */
export const APP_WORDS = {
  'variable-empty': {
    says: 'is set to an empty string',
    instead: 'set a value, or unset it to use the default',
    why: 'An empty variable is usually a mistake in a script.',
  },
  'variable-missing': {
    says: 'is <state>',
    instead: 'set it: this app requires a value',
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
    why: 'Other words, such as "yes" or "1", are ambiguous.',
  },
  'descriptor-cache-of-two': {
    says: '<constructs> both remember their layers in database <database> of <server>, where neither sees what is of the other',
    instead: 'give each a database of its own: DescriptorCache.redis(address, { database: 1 })',
    why: 'Its keys name repositories and layers, and no registry: one says that it has a layer which the other has, and takes an image without it.',
  },
  'storage-written-twice': {
    says: '<constructs> both write to <location>, and each would garbage-collect and purge in-flight uploads of the other',
    instead: 'give each its own storage, or write storage: { readOnly: true } for one of them',
    why: 'A registry knows only its own uploads and treats those of another as garbage.',
    values: {
      says: 'is <location>, which another cache or the registry writes to, and each would garbage-collect and purge in-flight uploads of the other',
      instead: 'give each its own',
    },
  },
  'storage-of-a-cache': {
    says: '<constructs> both store images in <location>, and one of them is a cache: the other would serve its images as its own, until they expire',
    instead: 'give each its own storage',
    why: 'A cache writes to its storage, and deletes from it, though the other one is read-only.',
    values: {
      says: 'is <location>, which another cache or the registry reads, and would serve images of this one as its own, until they expire',
      instead: 'give each its own',
    },
  },
  'host-taken': {
    says: '<constructs> each claim the host <host>',
    instead: 'give each its own host',
    why: 'Controllers do not define which one wins.',
  },
  'node-port-taken': {
    says: '<constructs> each claim port <port> of all nodes',
    instead: 'give each its own port',
    why: 'The API server refuses the second Service.',
  },
  'load-balancer-address-taken': {
    says: '<constructs> each claim <address>',
    instead: 'give each its own address or port',
    why: 'A load balancer forwards a port of an address to one Service only.',
  },
  'cluster-ip-taken': {
    says: '<constructs> each claim <address>',
    instead: 'give each its own address',
    values: { says: 'several Services of this release claim <address>' },
    why: 'The API server refuses the second Service.',
  },
  'two-issuers': {
    says: '<value> conflicts with "cert-manager.io/cluster-issuer": <other> at <construct>, and cert-manager accepts only one issuer',
    instead: 'remove one of them: in ingress.annotations an empty string removes what annotations sets',
    why: 'cert-manager accepts one issuer and reports this only in an event.',
    values: {
      path: '<where>',
      says: 'has both <key> and cert-manager.io/cluster-issuer, and cert-manager accepts only one issuer',
      instead: 'leave one of the annotations out',
    },
  },
  'secret-ordered-and-written': {
    says: 'the issuer at <construct> makes cert-manager write the Secret "<secret>", which <other> also provides',
    instead:
      'remove the issuer there (an empty string removes a common annotation), or let cert-manager issue the certificate: tls: { certificate: RegistryCertificate.certManager({...}) }',
    why: 'The two would overwrite each other.',
    values: {
      path: 'httpRoute.gateway.annotations["<issuer>"]',
      says: 'makes cert-manager write the Secret that this release writes',
      instead: 'leave the annotation out, and write tls.certManager',
    },
  },
  'secret-ordered-twice': {
    says: 'the issuers at <construct> and at <other> each make cert-manager write the Secret "<secret>", which only one Certificate can own',
    instead: 'leave one of them out',
    why: 'cert-manager lets one Certificate own a Secret.',
    values: {
      path: 'tls.existingSecret',
      says: '"<secret>" is the name of the Secret that cert-manager writes for the UI, too',
      instead: 'choose another name',
    },
  },
  'object-written-twice': {
    says: '<constructs> each define <objects>',
    instead: 'give each its own name or namespace',
    why: 'Two objects of the same kind, namespace and name overwrite each other.',
  },
  'store-for-tests': {
    says: 'the app uses a FixedStore, whose dummy secrets are for tests and must not be deployed',
    instead: 'leave it out, or use new LocalStore()',
    why: 'The secrets of FixedStore are public.',
  },
} as const satisfies Table;
