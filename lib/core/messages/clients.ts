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
    says: 'Docker accepts a registry without TLS only through daemon.json',
    instead: 'leave NodeRuntime.DOCKER out and set "insecure-registries": ["<address>"] there',
    why: 'Docker reads hosts without TLS from daemon.json, which these manifests do not write.',
    values: { instead: 'leave docker out and set "insecure-registries": ["<address>"] there' },
  },
  'endpoint-for-docker': {
    says: '<value> is not supported by Docker, which connects to the host of the image name',
    instead: 'leave NodeRuntime.DOCKER out',
    why: 'Docker supports mirrors of Docker Hub only.',
    values: { instead: 'leave docker out of nodeTrust.runtimes' },
  },
  'endpoint-not-a-url': {
    says: '<value> is not a URL without a path',
    instead: 'write e.g. "https://10.0.0.5:30500"',
    why: 'containerd, CRI-O and Docker take a scheme, a host and a port.',
  },
  'endpoint-not-encrypted': {
    says: '<value> is not encrypted, but the registry uses TLS',
    instead: 'write "<secure>"',
    why: 'Nodes would send the pull password unencrypted.',
  },
  'given-twice': {
    says: '<value> is listed twice',
    instead: 'remove it',
    why: 'The second entry does nothing.',
  },
  'help-not-a-url': {
    says: 'is not a URL',
    instead: 'write e.g. "https://wiki.example.com/registry"',
    why: 'Tools show it as a link. The message does not show it, since it may have a password.',
  },
  'help-with-password': {
    says: 'has a password, which everyone in the cluster could read',
    instead: 'write the URL without it',
    why: 'The ConfigMap is in kube-public.',
  },
  'list-empty': {
    says: 'is empty',
    instead: 'write e.g. [<example>]',
    why: 'An empty list has no effect.',
  },
  'login-not-asked-for': {
    says: 'has no effect: the registry asks nobody for a login',
    instead: 'leave it out, or give the registry users',
    why: 'Without users everybody may do everything, and no password would be sent.',
  },
  'mirror-for-docker': {
    says: 'has no effect on Docker, which is the only runtime',
    instead: 'leave out mirrorOf, or add NodeRuntime.CONTAINERD to runtimes',
    why: 'Docker supports mirrors of Docker Hub only, and reads them from daemon.json.',
    values: { instead: 'leave out nodeTrust.mirrorOf, or add containerd to nodeTrust.runtimes' },
  },
  'mirror-login-existing-secret': {
    says: 'names a Secret with a docker config, and nodes need the login in files of their own',
    instead: 'write RegistryLogin.ofUser(...), fromEnvironment(...) or externalSecret(...)',
    why: 'containerd and k3s read no docker config for mirrors.',
  },
  'mirror-login-not-needed': {
    says: 'everybody may pull images of <hosts> without a login',
    instead: 'leave it out',
    why: 'A password that nobody needs would be on every node.',
  },
  'mirror-login-with-tokens': {
    says: 'does not work with tokens',
    instead: 'leave out mirrorLogin and mirrorOf',
    why: 'containerd sends one fixed header to a mirror, and fetches no token with it before version 2.1.',
  },
  'mirror-login-without-mirrors': {
    says: 'has no effect without mirrorOf',
    instead: 'add e.g. mirrorOf: ["docker.io"], or leave it out',
    why: 'Only mirrors need a login on nodes. For the images of the registry itself, pods have pull secrets.',
  },
  'mirror-password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.externalSecret(...)",
    why: 'The login itself stands in files of the nodes, and only a hash of the password is known here.',
    values: { instead: 'write nodeTrust: { mirrorLogin: { username: ..., password: ... } }' },
  },
  'mirror-of-itself': {
    says: "<value> is the registry's own address",
    instead: 'leave it out',
    why: "The registry can't be a mirror of itself.",
  },
  'namespace-of-the-cluster': {
    says: '<value> is a system namespace',
    instead: 'leave it out',
    why: 'The pods of Kubernetes itself use the default accounts there.',
  },
  'node-ca-without-tls': {
    says: 'is set, but <address>, which nodes pull from, has no TLS',
    instead: 'leave out ca',
    why: 'Nodes verify no certificate there.',
    values: { instead: 'leave out nodeTrust.ca' },
  },
  'no-namespaces': {
    says: 'is empty',
    instead: 'list the namespaces that pull, e.g. ["shop"]',
    why: 'An empty list has no effect.',
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
  'not-a-namespace': {
    says: '<value> is not a lower-case DNS label of at most 63 characters',
    instead: 'write e.g. "<example>"',
    why: 'Kubernetes accepts no other names of namespaces.',
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
  'pull-secret-name-in-use': {
    says: '<value> is a Secret that the registry uses, which the pull secret would replace',
    instead: 'write e.g. "regcred"',
    why: 'Two Secrets of one name in one namespace overwrite each other.',
    values: { path: 'pullSecret.name' },
  },
  'pull-secret-of-another-name': {
    says: '<value> differs from the existing Secret "<existing>"',
    instead: 'leave it out',
    why: 'An existing Secret keeps its name; no other is written.',
  },
  'pull-secret-without-login': {
    says: 'allows anonymous pulls, so no pull secret is needed',
    instead: 'leave the pull secret out',
    why: 'Anonymous pulls use no Secret.',
    values: { says: 'true, but everyone may pull without a login', instead: 'leave pullSecret.enabled out' },
  },
  'pull-secrets-written-twice': {
    says: '<value> already gets its pull secrets from <owner>, and one list would replace the other',
    instead:
      "write one for both: new DefaultServiceAccountPullSecrets(chart, 'accounts', { namespaces: ['<namespace>'], secrets: [<names>] })",
    why: 'Both write the whole list of one ServiceAccount, and the last one that is applied wins.',
  },
  'refresh-not-in-range': {
    says: '<value> is not a whole number of seconds from 1 to 2592000',
    instead: 'write e.g. Duration.hours(1)',
    why: 'The operator refreshes the Secret at this interval.',
  },
  'registry-brings-no-ca': {
    says: 'its certificate was not issued by a CA of this library',
    instead:
      'leave this out if nodes already trust its CA, or set the CA: ca: "-----BEGIN CERTIFICATE-----..."',
    why: 'Only the CA of a certificate that this library issues is known at synth.',
    values: {
      says: "true, but the CA of the certificate is not the chart's own",
      instead:
        'leave nodeTrust.enabled out if nodes already trust that CA, or set nodeTrust: { ca: "-----BEGIN CERTIFICATE-----..." }',
    },
  },
  'runtime-retired-and-used': {
    says: '<value> is also in runtimes',
    instead: 'remove it from one of the two',
    why: 'The files would be installed and removed alternately.',
  },
  'secret-type-needs-key': {
    says: 'a Secret of type <type> needs the key "<missing>"',
    instead: 'add it',
    why: 'The API server refuses a Secret of this type without the key.',
  },
  'trust-namespace-of-the-cluster': {
    says: '<value> is a system namespace, which this app would own and make privileged',
    instead: 'write e.g. "<example>"',
    why: 'Its namespace is created, labelled and deleted with these manifests.',
    values: { says: '<value> is a system namespace, which this release would own and make privileged' },
  },
  'trust-namespace-of-the-registry': {
    says: '<value> is the namespace of the registry, which must stay restricted',
    instead: 'write e.g. "<example>"',
    why: 'Its pods need Pod Security privileged, which would then apply to the registry, too.',
  },
  'password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    why: 'A Secret for pulls holds the password itself, and only its hash is known here.',
    values: {
      says: 'true, but <reason>',
      instead: 'leave pullSecret.enabled out, and make the Secret with kubectl create secret docker-registry',
    },
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
    instead: 'restore it from a backup, or delete it to generate a new one',
    why: 'A secret is never replaced silently: everything that uses it would stop working.',
  },
  'store-unreadable': {
    says: "<folder> can't be read (<reason>)",
    instead: 'make it a readable folder',
    why: 'Secrets that exist must be found, or new ones would replace them.',
  },
  'store-not-writable': {
    says: "<file> can't be created (<reason>)",
    instead: 'make the folder writable, or provide a complete copy of the store',
    why: 'A secret that is not stored would change at the next synth.',
  },
  'store-changing': {
    says: '<file> changed after it was written',
    instead: 'check whether another program changes this folder',
    why: 'The next synth must read what this one wrote.',
  },
  'trust-namespace-of-another-registry': {
    says: '<value> is the namespace of the registry <registry>, which must stay restricted',
    instead: 'write e.g. "<example>"',
    why: 'Its pods need Pod Security privileged, which would then apply to that registry, too.',
  },
} as const satisfies Table;
