// What a login costs the registry itself, by the bcrypt cost of the password's hash: the real programs, each
// with one processor.
import { isThere, pathOf } from '../tools/programs';
import { printedBy } from './measure';
import type { Row } from './table';

const ROUNDS = 7;
const REQUESTS = 400;
const PROGRAMS = [
  ['registry3', 'registry 3'],
  ['registry2', 'registry 2.8'],
] as const;

/** CPU time of each registry for the same requests, without a login and with each cost. */
export function logins(say: (text: string) => void): Row[] {
  const there = PROGRAMS.filter(([program]) => isThere(program));
  if (there.length === 0) say('The registry is missing: nothing to measure');
  return there.flatMap(([program, title]) => {
    const args = [pathOf(program), String(REQUESTS), String(ROUNDS)];
    const measured = Object.entries(printedBy<Record<string, number[]>>('login-times.ts', args));
    const rows = measured.map(([login, milliseconds]) => ({
      name: `${title}, ${REQUESTS} requests, ${login === 'none' ? 'no login' : login}`,
      samples: { milliseconds, megabytes: [] },
    }));
    const against = rows.find(({ name }) => name.endsWith('cost 5'));
    return rows.map((row) => (row === against || !against ? row : { ...row, against }));
  });
}
