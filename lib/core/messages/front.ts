// Messages about the front and its access rules.
import type { Table } from './code-messages';

/** Words by code. */
export const FRONT_WORDS = {
  'access-rule-for-nobody': {
    says: 'is for nobody',
    instead: "add .to(Subject.user('ci')), .toAllUsers() or .toEveryone()",
    why: 'A rule without subjects permits nothing.',
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
  },
  'access-rule-without-patterns': {
    says: 'has no pattern',
    instead: "write e.g. AccessRule.pull('team/**')",
    why: 'A rule without patterns matches no repository.',
  },
  'everyone-may-write': {
    says: 'would permit everybody to <permission>, without a login',
    instead: 'write .toAllUsers(), or name users and groups',
    why: 'Anybody who reaches the registry could replace or destroy images.',
  },
  'front-with-tokens': {
    says: 'are tokens of a service elsewhere, which the front and its access rules do not know',
    instead: 'leave front and access out, and let the token service decide who may do what',
    why: 'The front checks passwords, and tokens already say what their user may do.',
  },
  'group-empty': {
    says: 'has no users',
    instead: 'name a user, or leave the group out',
    why: 'A rule for the group matches no request.',
  },
  'no-access-rules': {
    says: 'is empty',
    instead: "write e.g. AccessRule.pull('**').toAllUsers()",
    why: 'What no rule permits is denied, so every request would be.',
  },
  'not-a-group': {
    says: '<value> is not a group (there are: <groups>)',
    instead: "add it: { groups: { '<group>': ['alice'] } }",
    why: 'A rule for the group matches no request.',
  },
  'not-a-group-name': {
    says: '<value> is not the name of a group (letters, digits and "._-", at most 63)',
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
  'not-an-access-rule': {
    says: '<value> is not an AccessRule',
    instead: "write e.g. AccessRule.pull('**').toAllUsers()",
    why: 'Rules are made by AccessRule.',
  },
} as const satisfies Table;
