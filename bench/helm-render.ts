// Renderings of the chart by tools/helm-render: what one takes in process, with the check against the schema
// and without.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { registryChart } from '../test/chart/registry-chart';
import { isThere, pathOf } from '../tools/programs';
import { inTurn } from './measure';
import type { Row } from './table';

const ROUNDS = 5;
const RENDERINGS = 100;
/** Milliseconds of one rendering, with the schema. */
const AIM = 8;
const PROGRAMS = [
  ['helmRender3', 'Helm 3'],
  ['helmRender4', 'Helm 4'],
] as const;

/** Each Helm, with stand-ins for what is generated: bcrypt alone takes 60 ms. */
export function helmRender(scratch: string, say: (text: string) => void): Row[] {
  const there = PROGRAMS.filter(([program]) => isThere(program));
  if (there.length === 0) say('tools/helm-render is not built: nothing to measure');
  return there.flatMap(([program, title]) => {
    const lines = (count: number) => {
      const file = path.join(scratch, `${count}.jsonl`);
      const line = (id: number) => JSON.stringify({ id, release: 'first', namespace: 'default', values: {} });
      fs.writeFileSync(file, Array.from({ length: count }, (_, id) => line(id)).join('\n'));
      return file;
    };
    const render = (count: number, schema: boolean) => ({
      folder: scratch,
      command: `'${pathOf(program)}' -chart '${registryChart()}' -generated=stand-ins -schema=${schema} < '${lines(count)}'`,
    });
    const measured = inTurn(
      { none: render(0, true), schema: render(RENDERINGS, true), without: render(RENDERINGS, false) },
      ROUNDS,
    );
    const none = { name: `${title} as a library, the chart loaded`, samples: measured.none };
    return [
      none,
      {
        name: `${RENDERINGS} renderings, with the schema`,
        samples: measured.schema,
        against: none,
        aim: { above: AIM * RENDERINGS },
      },
      { name: `${RENDERINGS} renderings, without it`, samples: measured.without, against: none },
    ];
  });
}
