// Messages about any property, and about the registry as a whole.
import type { Table } from './code-messages';

/** Words by code. */
export const GENERAL_WORDS = {
  'create-namespace-of-the-cluster': {
    says: 'true would take over the system namespace "<namespace>": Pod Security restricted would apply to other pods there, and `kubectl delete` would delete it',
    instead:
      'write namespace: "registry" (REGISTRY_NAMESPACE in the default app), or createNamespace: false (REGISTRY_CREATE_NAMESPACE=false)',
    why: 'Pods of others live there, and deleting these manifests would delete them.',
  },
  'create-namespace-without-name': {
    says: 'true, but no namespace is named',
    instead: 'add namespace: "registry"',
    why: 'The Namespace object needs a name.',
  },
  'in-another-namespace': {
    says: '<value> is in namespace "<namespace>", but is used in "<wanted>"',
    instead: 'create it in "<wanted>"',
    why: 'Pods and routes reach objects of their own namespace only.',
  },
  'name-taken-in-pod': {
    says: '<value> is already used in this pod',
    instead: 'choose another name',
    why: 'Names must be unique within a pod.',
  },
  'not-a-boolean': {
    says: '<value> is not a boolean',
    instead: 'write true or false',
    why: 'Strings such as "false" would count as true.',
  },
  'not-a-construct': {
    says: '<value> is not a <type>',
    instead: 'write <example>',
    why: 'Nothing can be built without it, so this error is thrown immediately.',
  },
  'not-a-data-key': {
    says: '<value> is not a key of a Secret',
    instead: 'write e.g. "<example>"',
    why: 'The API server refuses other keys.',
  },
  'not-a-host': {
    says: '<value> <what>',
    instead: 'write "<instead>"',
    why: "Clients write the bare host before an image's name, and certificates are issued for it.",
  },
  'not-a-kubernetes-name': {
    says: '<value> is not a Kubernetes name (lower case letters, digits, "-" and ".")',
    instead: 'write e.g. "<example>"',
    why: 'The API server refuses other names.',
  },
  'not-a-label-value': {
    says: '<value> is not a label value (at most 63 letters, digits, "-", "_" or ".")',
    instead: 'shorten it or change it',
    why: 'The API server refuses other values.',
  },
  'not-a-single-line': {
    says: '<value> is empty or has control characters',
    instead: 'write e.g. "<example>"',
    why: 'It becomes one line of a file or a header.',
  },
  'not-a-field': {
    says: 'is not a field that is written here',
    instead: 'write one of <choices>, or leave it out',
    why: 'A field that is misspelled would be left out in silence, and what remains may say something else: a toleration without its effect tolerates every effect.',
  },
  'not-a-list': {
    says: '<value> is not a list',
    instead: 'write <example>',
    why: 'The property is a list, even with one entry.',
  },
  'not-a-list-of-objects': {
    says: '<value> is not an object',
    instead: 'write <example>',
    why: 'Each entry is written as an object.',
  },
  'not-a-metadata-key': {
    says: '<value> is not a label or annotation key',
    instead: 'write e.g. "example.com/team"',
    why: 'The API server refuses other keys.',
  },
  'not-a-name': {
    says: '<value> is not <what>',
    instead: 'write e.g. "<example>"',
    why: 'The API server refuses other names.',
  },
  'not-a-pull-address': {
    says: '<value> is not a host or host:port',
    instead: 'write e.g. "registry.example.com" or "127.0.0.1:30500"',
    why: 'Image names begin with a host and, where it is not 443, a port.',
  },
  'not-a-string': {
    says: '<value> is not a string',
    instead: '<instead>',
    why: 'The value is used as a string.',
    values: { says: 'is missing' },
  },
  'not-an-existing-object': {
    says: '<value> is not <what>',
    instead: 'write e.g. <example>',
    why: 'Existing objects are passed by the interfaces of cdk8s-plus.',
  },
  'not-an-existing-secret': {
    says: 'is not a Secret',
    instead: 'write e.g. <example>',
    why: 'Existing objects are passed by the interfaces of cdk8s-plus. The message does not show the value, which may be a password or a key.',
  },
  'not-an-instance': {
    says: '<value> is not a <type>',
    instead: 'write e.g. <example>',
    why: 'Only instances of this class are accepted.',
  },
  'not-an-instance-with-secrets': {
    says: 'is not a <type>',
    instead: 'write e.g. <example>',
    why: 'Only instances of this class are accepted. The message does not show the value, which may be a password or a key.',
  },
  'not-an-object': {
    says: '<value> is not an object',
    instead: 'write e.g. <example>',
    why: 'Options are written as an object.',
  },
  'not-in-range': {
    says: '<value> is not a whole number <range>',
    instead: 'write e.g. <example>',
    why: 'Outside the range the API server, the registry or the UI refuses it.',
  },
  'not-one-of': {
    says: '<value> is not supported',
    instead: 'write one of <choices>',
    why: 'Only these values are defined.',
  },
  'of-another-copy': {
    says: '<value> comes from another installed copy, <other>',
    instead: 'install only one copy (`npm ls` shows which packages depend on it)',
    why: 'Each installed copy of a library has its own classes.',
  },
  'size-not-above-zero': {
    says: '<value> is not above zero',
    instead: 'write e.g. <example>',
    why: 'The API server refuses a size of zero.',
  },
  'ui-needs-a-route': {
    says: 'needs a route to be served on',
    instead: 'add ingress: {}, ingressRoute: {...} or httpRoute: {...}, or leave ui out',
    why: 'The UI is served at a path or a host of a route.',
    values: {
      instead:
        'add ingress: { enabled: true }, ingressRoute: { enabled: true } or httpRoute: { enabled: true, gateway: { className: "nginx" } }, or leave ui out',
    },
  },
  'key-of-a-given-secret': {
    says: 'is the key of a generated Secret, but httpSecret is given',
    instead: 'write httpSecret: { secret, key }',
    why: 'The key belongs to the existing Secret.',
  },
  'not-a-secret-and-key': {
    says: 'is not { secret, key }',
    instead: "write e.g. { secret: Secret.fromSecretName(this, 'secret', 'my-secret') }",
    why: 'A key of a Secret has the shape of SecretValue of cdk8s-plus. The message does not show what was given, which may be the password itself.',
  },
  'address-on-docker-hub': {
    says: '<value> has neither a dot nor a port, so Docker would look for its images on Docker Hub',
    instead: 'write e.g. "<example>"',
    why: 'Clients look for a host with a dot or a port before the first slash, and treat any other name as a repository on Docker Hub.',
  },
} as const satisfies Table;
