// What a login costs the registry itself, by the bcrypt cost of the password's hash: the real programs, each
// with one processor.
import { spawnSync } from 'node:child_process';
import * as path from 'node:path';
import { isThere, pathOf } from '../tools/programs';
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
    const args = [
      '-r',
      'esbuild-register',
      path.join(__dirname, 'login-times.ts'),
      pathOf(program),
      String(REQUESTS),
      String(ROUNDS),
    ];
    const { status, stdout, stderr } = spawnSync(process.execPath, args, { encoding: 'utf8' });
    if (status !== 0) throw new Error(stderr);
    const measured = Object.entries(JSON.parse(stdout) as Record<string, number[]>);
    const rows = measured.map(([login, milliseconds]) => ({
      name: `${title}, ${REQUESTS} requests, ${login === 'none' ? 'no login' : login}`,
      samples: { milliseconds, megabytes: [] },
    }));
    const against = rows.find(({ name }) => name.endsWith('cost 5'));
    return rows.map((row) => (row === against || !against ? row : { ...row, against }));
  });
}
