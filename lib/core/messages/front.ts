// Messages about the front and its access rules.
import type { Table } from './code-messages';

/** Words by code. */
export const FRONT_WORDS = {
  'access-rule-for-nobody': {
    says: 'is for nobody',
    instead: "add .to(Subject.user('ci')), .toAllUsers() or .toEveryone()",
    why: 'A rule without subjects permits nothing.',
    values: { instead: 'add users: [...], groups: [...], allUsers: true or everyone: true' },
  },
  'access-rule-for-writes-to-a-cache': {
    says: '<value> is the cache of <upstream>, where nobody can push or delete',
    instead: "write AccessRule.pull('<pattern>')",
    why: 'A cache answers 405 to both.',
    values: { instead: 'write action: pull in a rule of its own' },
  },
  'access-rule-without-deletion': {
    says: 'permits deleting, but the registry deletes no images',
    instead: 'add storage: { deletion: true }, or leave the rule out',
    why: 'The registry answers 405 to every DELETE.',
  },
  'access-rule-without-logins': {
    says: 'is for users, but the registry has none',
    instead: 'leave RegistryCredentials.anonymous() out, or write .toEveryone()',
    why: 'Without a login nobody is a user, and the rule matches no request.',
    values: { instead: 'leave auth.enabled: false out, or write everyone: true' },
  },
  'access-rule-without-patterns': {
    says: 'has no pattern',
    instead: "write e.g. AccessRule.pull('team/**')",
    why: 'A rule without patterns matches no repository.',
    values: { instead: 'write e.g. repositories: ["team/**"]' },
  },
  'cors-with-front': {
    says: '<value> does not work with the front, which does not know preflight requests',
    instead: 'serve the UI on the same host or through a proxy: RegistryUIAccess.path() or .host(...)',
    why: 'Browsers stop where a preflight request is refused.',
    values: {
      path: 'ui.cors',
      says: 'true, but the front does not know preflight requests',
      instead: 'leave ui.cors out, or both ui.cors and ui.host',
    },
  },
  'everyone-may-write': {
    says: 'would permit everybody to <permission>, without a login',
    instead: 'write .toAllUsers(), or name users and groups',
    why: 'Anybody who reaches the registry could replace or destroy images.',
    values: { instead: 'write allUsers: true, or name users and groups' },
  },
  'front-with-tokens': {
    says: 'does not work with tokens: the front passes them on, and does not know who a request is by',
    instead: 'leave it out, or give the registry users of its own',
    why: 'Tokens say who may do what. Rules need users that the front knows, and caches verify no tokens: they would be open to everybody.',
  },
  'group-empty': {
    says: 'has no users',
    instead: 'name a user, or leave the group out',
    why: 'A rule for the group matches no request.',
  },
  'groups-with-verifier': {
    says: "has no effect: a user's groups are those that the verifier tells",
    instead: 'leave it out, and name users or its groups in the rules',
    why: 'Groups of both would make it hard to say who is in one.',
  },
  'kubernetes-without-sidecars': {
    says: '<value> is not a version of Kubernetes with native sidecars',
    instead: 'write the oldest version of your clusters, from 1.29, e.g. "1.33", or leave it out',
    why: 'An older API server drops what makes a container a sidecar, and the pod never starts.',
  },
  'login-behind-front': {
    says: '<value> would ask for a login of its own behind the front',
    instead: 'leave it out; users are auth: { credentials: ... }, and what they may do is access: ...',
    why: 'The front checks logins and passes none on, so the registry would refuse every request.',
    values: { instead: 'leave it out; users are auth, and what they may do is access' },
  },
  'login-may-not-pull': {
    says: 'no access rule permits <value> to pull',
    instead: "add e.g. AccessRule.pull('**').to(Subject.user('<user>')), or name another user",
    why: 'Nodes would get 403 for each image.',
    values: {
      instead:
        'add e.g. { action: pull, repositories: ["**"], users: ["<user>"] } to access.rules, or leave it out',
    },
  },
  'no-access-rules': {
    says: 'is empty',
    instead: "write e.g. AccessRule.pull('**').toAllUsers()",
    why: 'What no rule permits is denied, so every request would be.',
    values: {
      instead: 'write e.g. access: { rules: [{ action: pull, repositories: ["**"], allUsers: true }] }',
    },
  },
  'not-a-group': {
    says: '<value> is not a group (there are: <groups>)',
    instead: "add it: { groups: { '<group>': ['alice'] } }",
    why: 'A rule for the group matches no request.',
    values: { instead: 'add it: access: { groups: { "<group>": [alice] } }' },
  },
  'not-a-group-name': {
    says: '<value> is not the name of a group (letters, digits, spaces and "._:/@+-", at most 63)',
    instead: 'write e.g. "devs"',
    why: 'Groups are compared as words of a list that commas separate.',
  },
  'not-a-repository-pattern': {
    says: '<value> is not a pattern of repositories',
    instead: 'write parts of names with "*" for one part and "**" for one or more, e.g. "team/**"',
    why: 'Names of repositories have lower-case letters, digits and single separators, and stars stand for whole parts.',
  },
  'not-a-subject': {
    says: '<value> is not a Subject',
    instead: "write e.g. Subject.user('ci')",
    why: 'A rule is for users, groups, all users or everybody.',
  },
  'not-a-header-name': {
    says: '<value> is not the name of a header',
    instead: 'write letters, digits and "-", e.g. "<example>"',
    why: "nginx reads user and groups from headers of the verifier's answer.",
  },
  'not-a-verifier-url': {
    says: 'is not the URL of a verifier',
    instead: 'write http or https with a host, and a port and path, e.g. "<example>"',
    why: 'nginx sends a request to it, without a query, for each login that it does not remember. The message does not show it, since it may have a password.',
  },
  'not-an-access-rule': {
    says: '<value> is not an AccessRule',
    instead: "write e.g. AccessRule.pull('**').toAllUsers()",
    why: 'Rules are made by AccessRule.',
  },
  'pattern-of-docker-hub': {
    says: '<value> matches no request: images of Docker Hub without a part before their name are in docker.io/library',
    instead: 'write "docker.io/library/<image>"',
    why: 'The front completes such names, as Docker does, before it asks the rules.',
  },
  'realm-in-front': {
    says: '<value> is not supported by the front, which accepts letters, digits, spaces and "-._~/:"',
    instead: 'write e.g. "Registry Realm"',
    why: "Other characters have a meaning in nginx' configuration.",
  },
  'tls-behind-front': {
    says: '<value> has no effect: TLS ends in the front',
    instead: 'leave it out, or leave out the front, the access rules and the caches',
    why: 'The registry is reached by plain HTTP inside its pod. A client certificate would be asked for by nobody.',
    values: {
      instead:
        'leave it out, or leave out front.enabled, access, caches, collection.enabled and snapshots.enabled',
    },
  },
  'toolbox-without-catalog-rule': {
    says: 'no access rule permits <value> to list the repositories, and the toolbox is ready once it has',
    instead: 'add AccessRule.catalog()<to>, or name another user',
    why: 'Its pod would never be ready.',
  },
  'ui-deletes-without-rule': {
    says: '<value>, but no access rule permits anybody to delete',
    instead: "add e.g. AccessRule.remove('**').to(Subject.user('admin')), or leave it out",
    why: 'The button would be answered with 403 for everybody.',
    values: {
      instead:
        'add e.g. { action: remove, repositories: ["**"], users: [admin] } to access.rules, or leave it out',
    },
  },
  'ui-login-with-verifier': {
    says: 'true, but the users are those of the verifier, and no htpasswd file has them',
    instead: 'leave it out: the registry asks for a login',
    why: "The controller's basic auth reads an htpasswd file.",
  },
  'ui-without-catalog-rule': {
    says: 'shows a list of repositories, which no access rule permits anybody to read',
    instead: 'add AccessRule.catalog().toAllUsers(), or name administrators',
    why: 'The UI would be empty.',
    values: {
      instead: 'add { action: catalog, allUsers: true } to access.rules, or write access.administrators',
    },
  },
  'verifier-at-address': {
    says: '<value> has an address in the place of a name',
    instead:
      'write the name that its certificate is for, e.g. "https://authelia.auth.svc/api/authz/auth-request"',
    why: 'nginx compares the names of a certificate, and not its addresses, so that every login would fail.',
  },
  'verifier-ca-without-tls': {
    says: 'is not read: the URL of the verifier has no https',
    instead: 'leave it out, or write url: "https://..."',
    why: 'Without TLS there is no certificate to check.',
  },
  'verifier-without-front': {
    says: 'has a verifier, which only the front asks',
    instead: 'add front: new RegistryFront(...), or use Registry',
    why: 'The registry itself knows no verifiers, and would ask for no login.',
  },
} as const satisfies Table;
