// What access rules permit to whom: single questions for other parts of the registry, and the table of users and
// patterns that the notes print. nginx is told by access-maps.ts.

import type { RegistryAuth } from '../auth/auth';
import { isCovered } from '../core/repository-pattern';
import { AccessPermission, AccessRule, RegistryAccess } from './access';
import { groupNames, groupsOfUsers } from './access-checks';
import { SubjectKind } from './subject';

/** Who asks: a user with groups, or nobody in particular. */
export interface Asker {
  /** Undefined without a login. */
  readonly user?: string;
  readonly groups?: readonly string[];
}

/** A user whom no rule names. */
export const ANY_USER: Asker = { user: '\0' };

/** Whether a rule is for whom asks. */
export function isFor({ subjects }: AccessRule, { user, groups = [] }: Asker): boolean {
  return subjects.some(
    ({ kind, name }) =>
      kind === SubjectKind.EVERYONE ||
      (user !== undefined &&
        (kind === SubjectKind.ALL_USERS ||
          (kind === SubjectKind.USER && user === name) ||
          (kind === SubjectKind.GROUP && groups.includes(name)))),
  );
}

/** Whether somebody may do something, in at least one repository. */
export function mayDo(rules: readonly AccessRule[], asker: Asker, permission: AccessPermission): boolean {
  return rules.some((rule) => grants(rule, permission) && isFor(rule, asker));
}

/** Whether somebody may do something in all repositories of a pattern. */
export function mayDoIn(
  rules: readonly AccessRule[],
  asker: Asker,
  permission: AccessPermission,
  pattern: string,
): boolean {
  const its = rules.filter((rule) => grants(rule, permission) && isFor(rule, asker));
  return isCovered(
    pattern,
    its.flatMap((rule) => rule.patterns),
  );
}

/** Whether somebody may pull any image of which the name begins with this part. */
export function mayPullBelow(rules: readonly AccessRule[], asker: Asker, part: string): boolean {
  const open = rules.filter((rule) => mayDo([rule], asker, AccessPermission.PULL));
  return open.some(({ patterns }) =>
    patterns.some((pattern) => {
      const [first = '', ...rest] = pattern.split('/');
      return first === '**' || (rest.length > 0 && (first === '*' || first === part));
    }),
  );
}

/** The rows of the table: who asks without a login, users and groups that are known, and all others. */
export function rowsOf(
  rules: readonly AccessRule[],
  access: RegistryAccess,
  { userNames, anonymous, _verifier: verifier }: RegistryAuth,
): (readonly [label: string, asker: Asker])[] {
  const named = rules.flatMap(({ subjects }) => subjects);
  const namesOf = (of: SubjectKind) => named.filter(({ kind }) => kind === of).map(({ name }) => name);
  const members = groupNames(access).flatMap((group) => access.groups[group] ?? []);
  const users = [...new Set([...userNames, ...namesOf(SubjectKind.USER), ...members])];
  const groups = verifier ? [...new Set(namesOf(SubjectKind.GROUP))] : [];
  const groupsOf = groupsOfUsers(access);
  return [
    ['without a login', {}],
    ...(anonymous || userNames.length > 0 ? [] : [['any other user', ANY_USER] as const]),
    ...groups.map((group) => [`group ${group}`, { ...ANY_USER, groups: [group] }] as const),
    ...users.map((user) => [user, { user, groups: groupsOf[user] }] as const),
  ];
}

/** A line for each of the rows, and a column for each of the rules' patterns. Wide ones are continued below. */
export function accessTable(
  rules: readonly AccessRule[],
  rows: readonly (readonly [label: string, asker: Asker])[],
): string[] {
  const patterns = [...new Set(rules.flatMap((rule) => rule.patterns))];
  const columns = patterns.map((pattern) => [
    pattern,
    ...rows.map(([, asker]) =>
      words(Object.keys(WORDS).filter((one) => mayDoIn(rules, asker, one as AccessPermission, pattern))),
    ),
  ]);
  const catalog = [
    'catalog',
    ...rows.map(([, asker]) => (mayDo(rules, asker, AccessPermission.CATALOG) ? 'list' : NOTHING)),
  ];
  const labels = ['', ...rows.map(([label]) => label)];
  return blocks(labels, [...columns, catalog]).flatMap((block, index) => [
    ...(index > 0 ? [''] : []),
    ...labels.map((_, row) =>
      block
        .map((column) => padded(column, row))
        .join('  ')
        .trimEnd(),
    ),
  ]);
}

/** The columns in blocks that fit, each with the labels first. */
function blocks(labels: readonly string[], columns: readonly (readonly string[])[]): (readonly string[])[][] {
  const result: (readonly string[])[][] = [];
  for (const column of columns) {
    const last = result.at(-1);
    const width = [...(last ?? []), column].reduce((sum, each) => sum + widthOf(each) + 2, 0);
    if (last === undefined || width > TABLE_WIDTH) result.push([labels, column]);
    else last.push(column);
  }
  return result;
}

const TABLE_WIDTH = 110;
const NOTHING = '-';
/** The words of the table, in its order. */
const WORDS: Partial<Record<AccessPermission, string>> = {
  [AccessPermission.PULL]: 'pull',
  [AccessPermission.PUSH]: 'push',
  [AccessPermission.REMOVE]: 'delete',
};

function words(permissions: readonly string[]): string {
  return permissions.map((one) => WORDS[one as AccessPermission]).join(' ') || NOTHING;
}

function widthOf(column: readonly string[]): number {
  return Math.max(...column.map((text) => text.length));
}

function padded(column: readonly string[], row: number): string {
  return (column[row] ?? '').padEnd(widthOf(column));
}

/** Who pushes or deletes may pull too. */
function grants(rule: AccessRule, permission: AccessPermission): boolean {
  if (rule.permission === permission) return true;
  return permission === AccessPermission.PULL && rule.permission !== AccessPermission.CATALOG;
}
