// Checks access rules against the registry's users: what is not valid, matches nobody, or gives more than it
// seems is refused.
import { Check } from '../core/check';
import { isA } from '../core/duplicate-packages';
import { isRepositoryPattern } from '../core/repository-pattern';
import { AccessPermission, AccessRule, RegistryAccess } from './access';
import { DOCKER_HUB } from './cache-maps';
import type { FrontCache } from './front-configuration';
import { Subject, SubjectKind } from './subject';

const GROUP = /^[A-Za-z0-9][A-Za-z0-9 ._:/@+-]{0,62}$/;

/** What the rules are checked against. */
export interface AccessSurroundings {
  /** Names of the users, or undefined if they are only in a Secret. */
  readonly users?: readonly string[];
  /** Whether users come from elsewhere, with groups that are not known here. */
  readonly foreignGroups: boolean;
  /** Whether nobody has a login. */
  readonly withoutLogin: boolean;
  /** Whether images can be deleted. */
  readonly deletion: boolean;
  /** Caches beside the registry. */
  readonly caches: readonly Pick<FrontCache, 'path' | 'upstream'>[];
}

/** The names of the groups, sorted. */
export function groupNames({ groups }: RegistryAccess): string[] {
  return Object.keys(groups).sort();
}

/** The groups of each user, sorted, as the rules' options say. */
export function groupsOfUsers(access: RegistryAccess): Record<string, string[]> {
  const groups: Record<string, string[]> = {};
  for (const [group, users] of Object.entries(access.groups))
    for (const user of users) groups[user] = [...(groups[user] ?? []), group];
  return Object.fromEntries(Object.entries(groups).map(([user, its]) => [user, [...new Set(its)].sort()]));
}

/** Reports each problem of the rules and groups. */
export function checkAccess(check: Check, access: RegistryAccess, around: AccessSurroundings): void {
  const { accessRules, groups, administrators } = access;
  administrators.forEach((user, index) => {
    checkUser(check, `administrators[${index}]`, user, around);
  });
  if (administrators.length > 0 && around.withoutLogin)
    check.report('access-rule-without-logins', 'administrators');
  if (around.foreignGroups && Object.keys(groups).length > 0) check.report('groups-with-verifier', 'groups');
  for (const [group, users] of Object.entries(groups)) {
    if (!GROUP.test(group)) check.report('not-a-group-name', `groups["${group}"]`, { value: group });
    if (users.length === 0) check.report('group-empty', `groups["${group}"]`);
    users.forEach((user, index) => {
      checkUser(check, `groups["${group}"][${index}]`, user, around);
    });
  }
  if (accessRules.length === 0 && administrators.length === 0) check.report('no-access-rules', 'rules');
  accessRules.forEach((rule, index) => {
    const at = `rules[${index}]`;
    if (isA(rule, AccessRule)) checkRule(check, at, rule, groups, around);
    else check.report('not-an-access-rule', at, { value: rule });
  });
}

function checkRule(
  check: Check,
  at: string,
  { permission, patterns, subjects }: AccessRule,
  groups: RegistryAccess['groups'],
  around: AccessSurroundings,
): void {
  if (permission !== AccessPermission.CATALOG && patterns.length === 0)
    check.report('access-rule-without-patterns', at);
  patterns.forEach((pattern, index) => {
    if (!isRepositoryPattern(pattern))
      check.report('not-a-repository-pattern', `${at}.patterns[${index}]`, { value: pattern });
    else checkPatternOfCache(check, `${at}.patterns[${index}]`, permission, pattern, around);
  });
  if (subjects.length === 0) check.report('access-rule-for-nobody', at);
  if (permission === AccessPermission.REMOVE && !around.deletion)
    check.report('access-rule-without-deletion', at);
  subjects.forEach((subject, index) => {
    checkSubject(check, `${at}.subjects[${index}]`, permission, subject, groups, around);
  });
}

/** Repositories of caches: who may write there, and names that the front completes. */
function checkPatternOfCache(
  check: Check,
  at: string,
  permission: AccessPermission,
  pattern: string,
  { caches }: AccessSurroundings,
): void {
  const [first, second, ...rest] = pattern.split('/');
  const cache = caches.find(({ path }) => path === first);
  if (cache === undefined || second === undefined) return;
  const { upstream } = cache;
  if (permission === AccessPermission.PUSH || permission === AccessPermission.REMOVE)
    check.report('access-rule-for-writes-to-a-cache', at, { value: pattern, pattern, upstream });
  if (upstream === DOCKER_HUB && rest.length === 0 && second !== '**')
    check.report('pattern-of-docker-hub', at, { value: pattern, image: second });
}

function checkSubject(
  check: Check,
  at: string,
  permission: AccessPermission,
  subject: Subject,
  groups: RegistryAccess['groups'],
  around: AccessSurroundings,
): void {
  if (!isA(subject, Subject)) return check.report('not-a-subject', at, { value: subject });
  const { kind, name } = subject;
  const writes = permission === AccessPermission.PUSH || permission === AccessPermission.REMOVE;
  if (kind === SubjectKind.EVERYONE && writes) check.report('everyone-may-write', at, { permission });
  if (kind !== SubjectKind.EVERYONE && around.withoutLogin) check.report('access-rule-without-logins', at);
  else if (kind === SubjectKind.USER) checkUser(check, at, name, around);
  else if (kind === SubjectKind.GROUP && around.foreignGroups) {
    if (!GROUP.test(name)) check.report('not-a-group-name', at, { value: name });
  } else if (kind === SubjectKind.GROUP && !around.foreignGroups && !Object.hasOwn(groups, name))
    check.report('not-a-group', at, {
      value: name,
      group: name,
      groups: Object.keys(groups).sort().join(', ') || 'none',
    });
}

function checkUser(check: Check, at: string, name: string, { users }: AccessSurroundings): void {
  if (users !== undefined && !users.includes(name))
    check.report('not-a-user-of-the-registry', at, { value: name, users: users.join(', ') });
}
