// Messages about clients: pull secrets, nodes, and the store of secrets.
import type { Table } from './code-messages';

/** Words by code. */
export const CLIENTS_WORDS = {
  'ca-not-pem': {
    says: 'is not a certificate in PEM',
    instead: 'give the content of the CA\'s file, from "-----BEGIN" to "-----END ...-----"',
    why: 'Nodes read PEM files only.',
  },
  'docker-without-tls': {
    says: 'Docker takes a registry without TLS from daemon.json only',
    instead: 'leave NodeRuntime.DOCKER out and set "insecure-registries": ["<address>"] there',
    why: 'Docker reads hosts without TLS from daemon.json, which these manifests do not write.',
  },
  'endpoint-for-docker': {
    says: "<value> can't be told to Docker, which goes by the image's name",
    instead: 'leave NodeRuntime.DOCKER out',
    why: 'Docker has no mirrors for other registries than Docker Hub.',
  },
  'endpoint-not-a-url': {
    says: '<value> is not a URL of a host without path',
    instead: 'write e.g. "https://10.0.0.5:30500"',
    why: 'containerd, CRI-O and Docker take a scheme, a host and a port.',
  },
  'endpoint-not-encrypted': {
    says: '<value> is not encrypted, and the registry is',
    instead: 'write "<secure>"',
    why: 'Nodes would send the pull password unencrypted.',
  },
  'given-twice': {
    says: '<value> is given twice',
    instead: 'remove it',
    why: 'The second entry does nothing.',
  },
  'help-not-a-url': {
    says: '<value> is not a URL',
    instead: 'write e.g. "https://wiki.example.com/registry"',
    why: 'Tools show it as a link.',
  },
  'list-empty': {
    says: 'is empty',
    instead: 'write e.g. ["<example>"]',
    why: 'An empty list does nothing.',
  },
  'mirror-of-itself': {
    says: "<value> is the registry's own address",
    instead: 'leave it out',
    why: "The registry can't be a mirror of itself.",
  },
  'namespace-of-the-cluster': {
    says: "<value> is the cluster's own, whose accounts are not for others",
    instead: 'leave it out',
    why: 'The pods of Kubernetes itself use the default accounts there.',
  },
  'no-namespaces': {
    says: 'is empty',
    instead: 'name who pulls, e.g. ["shop"]',
    why: 'Nobody would pull by it.',
  },
  'no-runtimes': {
    says: 'is empty',
    instead: 'write e.g. [NodeRuntime.CONTAINERD]',
    why: 'Nothing would be installed.',
  },
  'no-values': {
    says: 'is empty',
    instead:
      "name a key and where its value is, e.g. { htpasswd: { key: 'registry', property: 'htpasswd' } }",
    why: 'The Secret would be empty.',
  },
  'not-a-list-name': {
    says: '<value> <what>',
    instead: 'write e.g. "<example>"',
    why: 'Kubernetes takes no other names.',
  },
  'not-a-namespace': {
    says: '<value> is not a lower-case DNS label of at most 63 characters',
    instead: 'write e.g. "<example>"',
    why: 'Kubernetes takes no other names of namespaces.',
  },
  'not-a-registry-host': {
    says: '<value> is not the host of a registry',
    instead: 'write e.g. "docker.io"',
    why: 'An image name begins with the host of a registry.',
  },
  'not-a-secret-key': {
    says: '<value> is not a key of a Secret',
    instead: 'write e.g. "htpasswd"',
    why: 'Keys of Secrets have no other characters.',
  },
  'not-a-store-name': {
    says: '<value> is not the name of a <kind>',
    instead: 'write e.g. "vault"',
    why: 'The operator finds the store by this name.',
  },
  'pull-secret-does-nothing': {
    says: 'the Secret exists, so there is nothing to write',
    instead: 'add replaceDefaultPullSecrets: true, or leave this out',
    why: 'Neither a Secret nor an entry of an account would be written.',
  },
  'pull-secret-of-another-name': {
    says: '<value> is not the Secret that exists, "<existing>"',
    instead: 'leave it out',
    why: 'The Secret exists under its own name; no other is written.',
  },
  'pull-secret-without-login': {
    says: 'has no login, so everybody can pull from it',
    instead: 'leave the pull secret out',
    why: 'Pods pull from a registry without a login by no Secret.',
  },
  'pull-secrets-written-twice': {
    says: '<value> has its list of pull secrets by <owner> already, and one would replace the other',
    instead:
      "write one for both: new DefaultServiceAccountPullSecrets(chart, 'accounts', { namespaces: ['<namespace>'], secretNames: [<names>] })",
    why: 'Both write the whole list of one ServiceAccount, and the last one that is applied wins.',
  },
  'refresh-not-in-range': {
    says: '<value> is not a whole number of seconds from 1 to 2592000',
    instead: 'write e.g. Duration.hours(1)',
    why: 'The operator asks the store again after this time.',
  },
  'registry-brings-no-ca': {
    says: 'its certificate is not from a CA of this library',
    instead:
      'if nodes know its CA there is nothing to install, so leave this out; if not, give the CA: ca: "-----BEGIN CERTIFICATE-----..."',
    why: 'Only the CA of a certificate that this library issues is known at synth.',
  },
  'runtime-retired-and-used': {
    says: '<value> is among the runtimes',
    instead: 'leave it out of one of the two',
    why: 'The files would be installed and removed by turns.',
  },
  'secret-type-needs-key': {
    says: 'a Secret of type <type> needs the key "<missing>"',
    instead: 'add it',
    why: 'The API server refuses a Secret of this type without the key.',
  },
  'trust-namespace-of-the-cluster': {
    says: "<value> is the cluster's own, and would become privileged and this app's",
    instead: 'write e.g. "<example>"',
    why: 'Its namespace is made, labelled and deleted with these manifests.',
  },
  'trust-namespace-of-the-registry': {
    says: "<value> is the registry's own, which stays restricted",
    instead: 'write e.g. "<example>"',
    why: 'Its pods need Pod Security privileged, which would then hold for the registry, too.',
  },
  'password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    why: 'A Secret for pulls holds the password itself, and only its hash is known here.',
  },
  'store-not-a-folder-name': {
    says: '<value> is not the name of a folder',
    instead: "write e.g. new LocalStore({ directory: '.registry' })",
    why: 'The store is a folder on this machine.',
  },
  'store-is-a-file': {
    says: '<folder> is a file',
    instead: 'name another folder, or move it away',
    why: 'The store is a folder on this machine.',
  },
  'store-entry-broken': {
    says: '<file> <reason>',
    instead: 'restore it from a copy, or delete it to have a new one made',
    why: 'A secret is never replaced without a word: everything that uses it would stop working.',
  },
  'store-unreadable': {
    says: "<folder> can't be read (<reason>)",
    instead: 'make it a folder that you can read',
    why: 'Secrets that exist must be found, or new ones would replace them.',
  },
  'store-not-writable': {
    says: "<file> must be made, and can't be written to (<reason>)",
    instead:
      'make the folder one that you can write to, or bring a copy of the store in which nothing is missing',
    why: 'A secret that is not kept would be another one at the next synth.',
  },
  'store-changing': {
    says: '<file> does not keep what is put in',
    instead: 'is something else changing this folder?',
    why: 'What is written must be what is found at the next synth.',
  },
  'trust-namespace-of-another-registry': {
    says: '<value> is that of the registry <registry>, which stays restricted',
    instead: 'write e.g. "<example>"',
    why: 'Its pods need Pod Security privileged, which would then hold for that registry, too.',
  },
} as const satisfies Table;
