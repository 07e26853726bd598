// Which alerts fire over given series, by Prometheus' own rules engine.
import { spawnSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { stringify } from 'yaml';
import { ENVIRONMENT, pathOf } from '../../tools/programs';
import { newFolder } from './folder';

/** Values of each series, one a step, as promtool reads them: `0+10x60`, or `_` for none. */
export type Series = Readonly<Record<string, string>>;

/** A firing alert: its labels. */
export type Firing = Readonly<Record<string, string>>;

/** Series, and the minute at which they are looked at. */
export interface Asked {
  readonly series: Series;
  readonly minute: number;
}

/**
 * The alerts of a PrometheusRule that fire, for each of several cases: one run of promtool takes a second. A step lies between two
 * values, and between two evaluations.
 *
 * @see https://prometheus.io/docs/prometheus/latest/configuration/unit_testing_rules/
 */
export function firing(rule: unknown, cases: readonly Asked[], step = '1m'): Firing[][] {
  const folder = newFolder();
  writeFileSync(join(folder, 'rules.yaml'), stringify(rule));
  const test = {
    rule_files: ['rules.yaml'],
    evaluation_interval: step,
    tests: cases.map(({ series, minute }, index) => ({
      interval: step,
      input_series: Object.entries(series).map(([name, values]) => ({ series: name, values })),
      // Nothing is expected, so that promtool says what is there, and which case it is.
      promql_expr_test: [
        {
          expr: `ALERTS{alertstate="firing", alertname!="case ${index}"}`,
          eval_time: `${minute}m`,
          exp_samples: [],
        },
      ],
    })),
  };
  writeFileSync(join(folder, 'test.yaml'), stringify(test));
  const run = spawnSync(pathOf('promtool'), ['test', 'rules', 'test.yaml'], {
    cwd: folder,
    env: ENVIRONMENT,
    encoding: 'utf8',
    maxBuffer: 1e8,
  });
  const said = `${run.stdout}${run.stderr}`;
  const found = [...said.matchAll(/expr: .*case (\d+).*\n\s*exp:.*\n\s*got: (.*)/g)];
  if ((run.status === 0) !== (found.length === 0)) throw new Error(said);
  const got = new Map(found.map(([, index, samples = '']) => [Number(index), samples]));
  return cases.map((_, index) =>
    [...(got.get(index) ?? '').matchAll(/\{(.*?)\} 1E\+00/g)].map(([, labels = '']) =>
      Object.fromEntries([...labels.matchAll(/(\w+)="([^"]*)"/g)].map(([, name, value]) => [name, value])),
    ),
  );
}

/** What promtool finds wrong with the rules; empty, if nothing is. */
export function ruleProblems(rule: unknown): string {
  const folder = newFolder();
  writeFileSync(join(folder, 'rules.yaml'), stringify(rule));
  const run = spawnSync(pathOf('promtool'), ['check', 'rules', '--lint=all', '--lint-fatal', 'rules.yaml'], {
    cwd: folder,
    env: ENVIRONMENT,
    encoding: 'utf8',
  });
  return run.status === 0 ? '' : `${run.stdout}${run.stderr}`;
}
