// Messages about the retention of images.
import type { Table } from './code-messages';

/** Words by code. */
export const RETENTION_WORDS = {
  'not-a-retention-rule': {
    says: '<value> is not a RetentionRule',
    instead: "write e.g. RetentionRule.repositories('team/**').keepNewest(10)",
    why: 'Rules are made by RetentionRule.',
  },
  'not-a-tag-pattern': {
    says: '<value> is not a pattern of tags',
    instead: 'write a tag with "*" for any characters, e.g. "v*"',
    why: 'Tags have letters, digits, "_", "." and "-", at most 128, and begin with none of the last two.',
  },
  'retention-may-not-delete': {
    says: 'no access rule permits <value> to delete in <pattern>',
    instead: "add AccessRule.remove('<pattern>')<to>, or name another user",
    values: {
      instead:
        'add e.g. { action: remove, repositories: ["<pattern>"], allUsers: true } to access.rules, or name another user',
    },
    why: 'The registry would answer 403 to each deletion.',
  },
  'retention-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'write a shorter name of the registry',
    values: { instead: 'write a shorter fullnameOverride' },
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
  },
  'retention-of-a-read-only-registry': {
    says: 'is read-only',
    instead: 'leave out storage: { readOnly: true }, or the retention',
    why: 'The registry answers 405 to every DELETE.',
  },
  'retention-password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    why: 'A Secret for the retention holds the password itself, and only its hash is known here.',
    values: {
      instead:
        'write retention: { login: { username: ..., password: ... } }, or retention.login.existingSecret',
    },
  },
  'retention-rule-keeps-nothing': {
    says: 'says nothing of what to keep, so it would delete all images of these repositories',
    instead: "add e.g. .keepNewest(10), .keepYoungerThan(Duration.days(30)) or .keepTags('v*')",
    why: 'A forgotten condition must not empty repositories.',
  },
  'retention-rule-of-a-cache': {
    says: '<value> is in the cache of <upstream>, which deletes what has expired by itself',
    instead: 'leave it out',
    why: 'Nothing can be deleted from a cache by its clients, and its images are not in the catalog.',
  },
  'retention-rule-never-asked': {
    says: '<value> is never asked for: the rules before it decide of all of its repositories',
    instead: 'put the rule before them, or leave it out',
    why: 'The first rule with a pattern for a repository decides.',
  },
  'retention-rule-without-patterns': {
    says: 'has no pattern',
    instead: '<example>',
    why: 'A rule without patterns is for no repository, and a condition without patterns keeps no tag.',
  },
  'retention-with-tokens': {
    says: 'gets its tokens from a server that these manifests do not know',
    instead: 'leave the retention out, or give the registry users of its own',
    why: "A token server's users, and whether it gives tokens for deletion, are not known here.",
  },
  'retention-without-catalog-rule': {
    says: 'no access rule permits <value> to list the repositories, and patterns with stars need the list',
    instead: 'add AccessRule.catalog()<to>, name another user, or write patterns without stars',
    values: {
      instead:
        'add { action: catalog, allUsers: true } to access.rules, name another user, or write patterns without stars',
    },
    why: 'The registry would answer 403, and every run would fail.',
  },
  'retention-without-deletion': {
    says: 'deletes no images',
    instead: 'add storage: { deletion: true }, or leave the retention out',
    why: 'The registry answers 405 to every DELETE.',
  },
  'spare-running-without-namespace': {
    says: 'needs the name of the namespace',
    instead: 'write namespace: "registry" for the registry',
    why: 'A ClusterRoleBinding names the namespace of its ServiceAccount.',
  },
} as const satisfies Table;
