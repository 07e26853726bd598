// What the front costs beside the registry's own login and beside none: the real programs, in one run.
import { isThere, pathOf } from '../tools/programs';
import { printedBy } from './measure';
import type { Row } from './table';

const ROUNDS = 7;
const REQUESTS = 2000;
/** Of the requests without a login, at least 60 % for each second of the whole pod's processor time, … */
const OF_THE_POD = { times: 1 / 0.6 };
/** … and at least 85 % where registry and front have a core each: the busier of both is what counts. */
const WITH_A_CORE_EACH = { times: 1 / 0.85 };

type Figures = Readonly<Record<'processor' | 'busier' | 'pull' | 'login' | 'memory', number[]>>;

const TITLES: Readonly<Record<string, string>> = {
  none: 'no login',
  'cost 4': 'own htpasswd, cost 4',
  'cost 5': 'own htpasswd, cost 5',
  'cost 10': 'own htpasswd, cost 10',
  front: 'front, a login of cost 10',
};

/** Processor time of many requests, time of a pull and of a first login, and memory. */
export function frontTimes(say: (text: string) => void): Row[] {
  if (!isThere('registry3') || !isThere('nginx')) {
    say('The registry or nginx is missing: nothing to measure');
    return [];
  }
  const args = [pathOf('registry3'), pathOf('nginx'), String(REQUESTS), String(ROUNDS)];
  const measured = printedBy<Readonly<Record<string, Figures>>>('front-times.ts', args);
  const rowsOf = (what: 'processor' | 'busier' | 'pull', title: string) =>
    Object.entries(measured).map(([name, figures]) => ({
      name: `${TITLES[name]}, ${title}`,
      samples: { milliseconds: figures[what], megabytes: what === 'processor' ? figures.memory : [] },
    }));
  const compare = (rows: readonly Row[], aim?: Row['aim']): Row[] =>
    rows.map((row, index) =>
      index === 0
        ? row
        : { ...row, against: rows[0], ...(row.name.startsWith('front') && aim !== undefined && { aim }) },
    );
  const busier = rowsOf('busier', `${REQUESTS} manifests, the busier of both`);
  return [
    ...compare(rowsOf('processor', `${REQUESTS} manifests`), OF_THE_POD),
    ...compare(busier, WITH_A_CORE_EACH).slice(-1),
    ...compare(rowsOf('pull', 'a pull of 10 layers')),
    {
      name: 'front, a first login of cost 10',
      samples: { milliseconds: measured.front?.login ?? [], megabytes: [] },
    },
  ];
}
