// Words of the verification's errors.
import type { Table } from './code-messages';

export const VERIFICATION_WORDS = {
  'layer-size-not-in-range': {
    says: '<value> is not from 1 MiB to 5 GiB',
    instead: 'write e.g. Size.mebibytes(16)',
    values: { instead: 'write e.g. "16Mi"' },
    why: 'A smaller layer meets no limit of a proxy, and a larger one is written to the disk of a node and sent to the registry at each run.',
  },
  'not-a-repository': {
    says: '<value> is not the name of a repository',
    instead:
      'write e.g. "verification" or "team/verification": lower-case letters and digits, with ".", "_" and "-" between them',
    why: 'The distribution specification says what names of repositories are.',
  },
  'verification-login-with-tokens': {
    says: 'is for users of the registry, and these are users of a token service',
    instead: 'leave it out: what needs no login is verified',
    why: 'The NetworkPolicy of the verification lets it reach the registry, and not the token service.',
  },
  'verification-in-a-cache': {
    says: '<value> is in the cache of <upstream>, where nobody can push or delete',
    instead: 'name another repository',
    why: 'A cache serves what its upstream has. Each run would fail.',
  },
  'verification-may-not-push': {
    says: 'no access rule permits <value> to push to "<repository>"',
    instead: "add AccessRule.push('<repository>').to(...), name another login, or another repository",
    values: {
      instead:
        'add a rule with action: push for it to access.rules, name another repository, or set verification.loginSecret',
    },
    why: 'A verification pushes an image to see that it can be pulled. It may also delete it where a rule permits that.',
  },
  'verification-name-too-long': {
    says: 'makes the CronJob "<name>", whose name has <characters> characters, and more than 52',
    instead: 'write a shorter name of the registry',
    values: {
      says: 'true, but the CronJob "<name>" has a name of <characters> characters, and more than 52',
      instead: 'write a shorter fullnameOverride',
    },
    why: 'The Jobs and pods of a CronJob are named after it, and some names may have no more than 63 characters.',
  },
  'verification-password-unknown': {
    says: '<reason>',
    instead: "write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    why: 'A verification logs in, and only a hash of the password is known here.',
    values: {
      says: 'is missing: <reason>',
      instead:
        'write the name of a Secret that kubectl create secret docker-registry makes, or leave verification.enabled out',
    },
  },
} as const satisfies Table;
