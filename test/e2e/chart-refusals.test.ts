// Wrong values are refused before anything is made, with a message that names the key.

import { REFUSED_BY_SCHEMA, REFUSED_TOGETHER } from '../chart/refused-values';
import { describeChart } from './chart';
import { helmsOrOnly } from './helm';

// The chart may have to be made first.

for (const [program] of helmsOrOnly('helm4')) {
  describeChart(program, 'wrong values', (chart) => {
    test.each(REFUSED_BY_SCHEMA)('$name', async ({ values, says }) => {
      const said = await chart().refusal(values);
      expect(said).toContain("values don't meet the specifications of the schema(s)");
      expect(said).toContain(says);
    });

    test('all of them at once, each by its key', async () => {
      const said = await chart().refusal({ servce: {}, service: { port: 0 }, ui: { path: 'ui' } });
      for (const key of ["'servce'", "'/service/port'", "'/ui/path'"]) expect(said).toContain(key);
    });
  });

  describeChart(program, 'values that do not go together', (chart) => {
    test.each(REFUSED_TOGETHER)('$name', async ({ values, says }) => {
      const said = await chart().refusal(values);
      expect(said).toContain("these values can't be used:\n");
      expect(said).toContain(`\n  ${says}`);
    });

    test('all of them at once', async () => {
      const problems = await chart().problems({
        replicaCount: 2,
        tls: { enabled: false },
        service: { nodePort: 30500 },
      });
      expect(problems.map((problem) => problem.split(':')[0]).sort()).toEqual([
        'replicaCount',
        'service.nodePort',
        'tls.enabled',
      ]);
    });
  });
}
