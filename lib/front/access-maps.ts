// Access rules as lines of an nginx map over "ACTION REPOSITORY USER GROUPS". nginx asks it after it has
// checked the password, so that USER is never only claimed.
import { AccessPermission, AccessRule } from './access';
import { COMPONENT, quoted, type RequestAction } from './request-grammar';
import { Subject, SubjectKind } from './subject';

/** The user of a request without a login. No user's name begins with it. */
export const ANONYMOUS = '-';
/** Stands for a user's name that the front does not accept, such as one of another verifier. */
export const UNKNOWN = '!';
/** Stands for whoever a token is for, which the registry alone knows. */
export const OF_TOKEN = '?';

/** Requests that a permission is for. */
const ACTIONS: Readonly<Record<AccessPermission, readonly RequestAction[]>> = {
  [AccessPermission.PULL]: ['pull'],
  [AccessPermission.PUSH]: ['pull', 'push'],
  [AccessPermission.REMOVE]: ['pull', 'delete'],
  [AccessPermission.CATALOG]: ['catalog'],
};

/** A line for each pattern and subject of the rules, in their order, each once. */
export function accessLines(rules: readonly AccessRule[]): string[] {
  return [...new Set(rules.flatMap(linesOf))];
}

/** A line for each user that is in groups, by name. */
export function groupLines(groupsOfUsers: Readonly<Record<string, readonly string[]>>): string[] {
  return Object.keys(groupsOfUsers)
    .sort()
    .map((user) => `${quoted(`^${literal(user)}\\z`)} "${groupsOfUsers[user]?.join(',')}";`);
}

function linesOf({ permission, patterns, subjects }: AccessRule): string[] {
  const actions = ACTIONS[permission];
  // The catalog is of no repository.
  const repositories = permission === AccessPermission.CATALOG ? [''] : patterns.map(repositoriesOf);
  return repositories.flatMap((repository) =>
    subjects.map((subject) => `${quoted(`^${oneOf(actions)} ${repository} ${whoOf(subject)}\\z`)} 1;`),
  );
}

function oneOf(words: readonly string[]): string {
  return words.length === 1 ? (words[0] as string) : `(?:${words.join('|')})`;
}

/** The repositories of a pattern, as an expression. */
export function repositoriesOf(pattern: string): string {
  return pattern
    .split('/')
    .map((part) => {
      if (part === '**') return `${COMPONENT}(?:/${COMPONENT})*`;
      return part === '*' ? COMPONENT : literal(part);
    })
    .join('/');
}

/** User and groups of a subject, as an expression. */
function whoOf({ kind, name }: Subject): string {
  switch (kind) {
    case SubjectKind.USER:
      return `${literal(name)} .*`;
    case SubjectKind.GROUP:
      return `[^ ${UNKNOWN}${ANONYMOUS}][^ ]* .*[,|]${literal(name)}[,|].*`;
    case SubjectKind.ALL_USERS:
      return `[^ ${UNKNOWN}${ANONYMOUS}][^ ]* .*`;
    case SubjectKind.EVERYONE:
      return '[^ ]+ .*';
  }
}

/** A text that stands for itself in an expression. */
export function literal(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
