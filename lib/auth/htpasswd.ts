// Parses htpasswd files as the registry does: users with bcrypt hashes, comments and empty lines.
import { BCRYPT_HASH, costOf } from '../secrets/passwords';

/** Above it, a single login takes minutes. Clients time out well below: from 12 on, under load. */
export const MAX_READY_COST = 17;

/** A user's htpasswd entry. */
export interface HtpasswdLine {
  readonly text: string;
  /** Line number in the file, from 1. */
  readonly number: number;
}

/** The users' entries, without comments and empty lines, which the registry skips too. */
export function htpasswdLines(content: string): HtpasswdLine[] {
  return content
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** The file as it is written to the Secret. */
export function htpasswdFile(content: string): string {
  return htpasswdLines(content)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** The cost of a bcrypt hash, if it is too slow for the registry. */
export function costProblem(hash: string): { readonly cost: number } | undefined {
  if (!BCRYPT_HASH.test(hash) || costOf(hash) <= MAX_READY_COST) return undefined;
  return { cost: costOf(hash) };
}
