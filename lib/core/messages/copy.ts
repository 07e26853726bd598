// Messages about copies from one registry to another.
import type { Table } from './code-messages';

/** Words by code. */
export const COPY_WORDS = {
  'copy-across-namespaces': {
    says: '<value> is in another namespace than the target',
    instead:
      "write CopyEndpoint.host('<name>.<namespace>.svc:5000', { login, caSecret }), or its external host",
    why: 'A pod mounts Secrets of its own namespace alone: logins and CAs of the other one must be there, too.',
  },
  'copy-at-the-pod-itself': {
    says: '<value> is the pod of the copy itself',
    instead:
      'write the host that other machines know, or CopyEndpoint.registry(registry) for a registry of this app',
    values: { instead: 'write the host that other machines know' },
    why: 'The copy runs in a pod, where loopback addresses are its own, and no registry is there.',
  },
  'copy-ca-without-tls': {
    says: 'is a CA for <value>, which is connected to without TLS',
    instead: 'leave out plainHttp, or the CA',
    why: 'A CA means nothing without TLS.',
  },
  'copy-into-a-cache': {
    says: '<value> is in the cache of <upstream>, where nobody can push',
    instead: 'leave it out',
    why: 'A cache fetches its images from its upstream, and refuses pushes.',
  },
  'copy-login-given-twice': {
    says: 'is true, and a login is given',
    instead: 'leave out one of them',
    why: 'A copy with a login is not anonymous.',
  },
  'copy-login-in-clear': {
    says: 'would send the login to <value> unencrypted',
    instead: 'leave out plainHttp, or copy anonymously',
    why: 'Anybody on the way could read the password.',
  },
  'copy-may-not': {
    says: 'no access rule permits <value> to <permission> in <pattern>',
    instead: "add AccessRule.<permission>('<pattern>')<to>, name another user, or write other repositories",
    values: {
      instead:
        'add e.g. { action: <permission>, repositories: ["<pattern>"], allUsers: true } to access.rules, name another user, or write other repositories',
    },
    why: 'The registry would answer 403, and every run would fail.',
  },
  'copy-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'write a shorter name of the registry, or of the copy',
    values: { instead: 'write a shorter name, or a shorter fullnameOverride' },
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
  },
  'copy-name-taken': {
    says: '<other> makes "<name>", too',
    instead: 'name one of them, e.g. copyName: "nightly"',
    values: {
      says: '"<name>" is the name of another copy, too',
      instead: 'name one of them, e.g. name: nightly',
    },
    why: 'Two objects of the same kind, namespace and name overwrite each other.',
  },
  'copy-not-a-host': {
    says: 'is not the host of a registry',
    instead: 'write it as in the names of images, e.g. "docker.io" or "harbor.example.com:8443"',
    why: 'The scheme is said by plainHttp, and a path by repositories. Docker Hub is docker.io in the names of images. The message does not show the value, which may have a password.',
  },
  'copy-of-others': {
    says: 'has no registry of this app',
    instead: 'write CopyEndpoint.registry(registry) for the source or the target',
    values: { says: 'is set, and source too', instead: 'leave out the one that is this registry' },
    why: 'The objects are named after the registry, and admitted by its NetworkPolicy.',
  },
  'copy-password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    values: { instead: 'write login: { username: ..., password: ... }, or login: { existingSecret: ... }' },
    why: 'A Secret for the copy holds the password itself, and only its hash is known here.',
  },
  'copy-to-a-read-only-registry': {
    says: 'is read-only',
    instead: 'leave out storage: { readOnly: true } until it is done',
    values: { says: 'is copied to this registry, which is read-only' },
    why: 'The registry answers 405 to every push.',
  },
  'copy-to-itself': {
    says: 'is the source, too: <value>',
    instead: 'write another registry',
    values: { says: '<value> is this registry itself' },
    why: 'A copy to itself changes nothing, and would be taken for a backup.',
  },
  'copy-with-tokens': {
    says: '<value> gets its tokens from a server that these manifests do not know',
    instead: 'leave the copy out, or give the registry users of its own with RegistryCredentials.users(...)',
    values: {
      says: 'needs a login at this registry, which gets its tokens from a server that the chart does not know',
      instead: 'leave the copy out, or give the registry users of its own',
    },
    why: "A token server's users, and whether it gives tokens for this, are not known here.",
  },
  'copy-without-catalog-rule': {
    says: 'no access rule permits <value> to list the repositories, and patterns with stars need the list',
    instead: 'add AccessRule.catalog()<to>, name another user, or write repositories without stars',
    values: {
      instead:
        'add { action: catalog, allUsers: true } to access.rules, name another user, or write repositories without stars',
    },
    why: 'The registry would answer 403, and every run would fail.',
  },
  'copy-without-login': {
    says: 'is missing for the <end> <value>',
    instead:
      'write login: Secret.fromSecretName(chart, "login", "registry-login"), or anonymous: true if everybody may',
    values: {
      instead:
        'write the name of a Secret that kubectl create secret docker-registry makes, or anonymous: true if everybody may',
    },
    why: 'A forgotten login would be noticed in the middle of a move.',
  },
} as const satisfies Table;
