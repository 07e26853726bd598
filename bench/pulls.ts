// What the registry serves as this library configures it, as the successor chart does with a password of bcrypt cost 10,
// and without a login, which is the limit: the same program, in one run.
import { isThere, pathOf } from '../tools/programs';
import { printedBy } from './measure';
import type { Row } from './table';

const ROUNDS = 3;
const REQUESTS = 2000;
const AT_ONCE = 64;
const LAYER_MEGABYTES = 100;

type Figures = Readonly<Record<'processor' | 'pull' | 'large' | 'memory', number[]>>;

const TITLES: Readonly<Record<string, string>> = {
  none: 'no login',
  default: 'our default',
  successor: 'successor chart, cost 10',
};

/** Manifests per second of processor time, time of a pull, and memory of many large pulls. */
export function pullTimes(say: (text: string) => void): Row[] {
  if (!isThere('registry3')) {
    say('The registry is missing: nothing to measure');
    return [];
  }
  const args = [pathOf('registry3'), ...[REQUESTS, ROUNDS, AT_ONCE, LAYER_MEGABYTES].map(String)];
  const measured = printedBy<Readonly<Record<string, Figures>>>('pull-times.ts', args);
  const rowsOf = (what: 'processor' | 'pull' | 'large', title: string, more: Partial<Row> = {}): Row[] => {
    const rows = Object.entries(measured).map(([name, figures]) => ({
      name: `${TITLES[name]}, ${title}`,
      samples: { milliseconds: figures[what], megabytes: what === 'large' ? figures.memory : [] },
      ...more,
    }));
    return rows.map((row, index) => (index === 0 ? row : { ...row, against: rows[0] }));
  };
  return [
    ...rowsOf('processor', 'manifests per second of its processor', { requests: REQUESTS }),
    ...rowsOf('pull', 'a pull of 10 layers'),
    ...rowsOf('large', `${AT_ONCE} pulls of ${LAYER_MEGABYTES} MB at once`),
  ];
}
