// Htpasswd files as the registry reads them: users by bcrypt hashes, comments and empty lines between them.
import { BCRYPT_HASH, costOf } from './passwords';

/** Above it, a single login takes minutes. Clients time out well below: from 12 on, under load. */
export const MAX_READY_COST = 17;

/** A line that names a user. */
export interface HtpasswdLine {
  readonly text: string;
  /** Which line of the file it is, from 1. */
  readonly number: number;
}

/** The lines of users, without comments and empty lines, which the registry skips, too. */
export function htpasswdLines(content: string): HtpasswdLine[] {
  return content
    .split(/\r?\n/)
    .map((line, index) => ({ text: line.trim(), number: index + 1 }))
    .filter(({ text }) => text !== '' && !text.startsWith('#'));
}

/** The file as it is passed on. */
export function htpasswdFile(content: string): string {
  return htpasswdLines(content)
    .map(({ text }) => `${text}\n`)
    .join('');
}

/** Why a bcrypt hash would keep everybody waiting, if it would. */
export function costProblem(hash: string): { readonly cost: number } | undefined {
  if (!BCRYPT_HASH.test(hash) || costOf(hash) <= MAX_READY_COST) return undefined;
  return { cost: costOf(hash) };
}
