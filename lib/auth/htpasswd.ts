// Parses and validates htpasswd files given by users, as the registry does; the entries of RegistryUser are
// created in secrets/local-store.ts.
import { Check } from '../core/check';
import { BCRYPT_HASH, costOf } from '../secrets/passwords';

/** Above it, a single login takes minutes. Clients time out well below: from 12 on, under load. */
const MAX_READY_COST = 17;

/** An entry of a given htpasswd file. */
export interface HtpasswdLine {
  readonly text: string;
  /** Line number in the file, from 1. */
  readonly number: number;
}

/** The users' entries, without comments and empty lines, which the registry skips too. */
export function htpasswdLines(content: string): HtpasswdLine[] {
  return content
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.replace(/^[ \t\r]+|[ \t\r]+$/g, ''), number: index + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** The file as it is written to the Secret. */
export function htpasswdFile(content: string): string {
  return htpasswdLines(content)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** The names of the users in a given file. Messages don't show the file: it holds hashes. */
export function checkHtpasswd(check: Check, content: unknown): string[] {
  const property = 'credentials.htpasswd';
  const lines = typeof content === 'string' ? htpasswdLines(content) : [];
  if (lines.length === 0) {
    check.report('htpasswd-empty', property);
    return [];
  }
  const names = lines.flatMap(({ text, number }) => {
    const [name, hash = '', ...more] = text.split(':');
    const at = `${property} line ${number}`;
    if (name && text.includes(':')) checkUserName(check, at, name);
    const slow = costProblem(hash);
    if (name && more.length === 0 && slow !== undefined) check.report('hash-too-slow', at, slow);
    if (name && more.length === 0 && BCRYPT_HASH.test(hash)) return [name];
    check.report('not-an-htpasswd-entry', at);
    return [];
  });
  for (const name of new Set(names.filter((name, index) => names.indexOf(name) !== index))) {
    check.report('user-given-twice', property, { value: name });
  }
  return names;
}

/** Validates a user name: it must suit an htpasswd file, a URL and a file name. */
export function checkUserName(check: Check, property: string, name: unknown): void {
  check.string(
    property,
    name ?? null,
    'admin',
    (text) => /^[A-Za-z0-9_][A-Za-z0-9._@+$-]{0,99}$/.test(text),
    'not-a-user-name',
  );
}

/** The cost of a bcrypt hash, if it is too slow for the registry. */
export function costProblem(hash: string): { readonly cost: number } | undefined {
  if (!BCRYPT_HASH.test(hash) || costOf(hash) <= MAX_READY_COST) return undefined;
  return { cost: costOf(hash) };
}
