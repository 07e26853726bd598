// `helm template` of the registry's own chart, side by side with the chart that followed stable/docker-registry, which people move from. That chart is no part of this
// project: SUCCESSOR_CHART names its folder, or else Helm pulls it from its public repository. Where neither
// works, what `helm create` makes stands in its place.

import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { registryChart } from '../test/chart/registry-chart';
import { HELM_PROGRAMS } from '../test/e2e/helm';
import { plainEnvironment } from '../test/support/project';
import { isThere, pathOf } from '../tools/programs';
import { inTurn } from './measure';
import type { Row } from './table';

const ROUNDS = 21;
const SUCCESSOR = ['docker-registry', '--repo', 'https://helm.twun.io', '--version', '3.0.0'];
/** Then nothing is generated: no password is hashed, and no certificate is made. */
const GIVEN = ['auth', 'tls', 'httpSecret'].flatMap((of) => [
  '--set',
  `${of}.existingSecret=${of.toLowerCase()}`,
]);

/** Each Helm that is there, with each chart. */
export function helmTemplate(scratch: string, say: (text: string) => void): Row[] {
  const there = HELM_PROGRAMS.filter(([program]) => isThere(program));
  if (there.length === 0) say('Helm is missing: nothing to measure');
  return there.flatMap(([program, title]) => {
    const helm = pathOf(program);
    const folder = fs.mkdtempSync(path.join(scratch, 'helm-'));
    mustHelm(helm, folder, ['create', 'minimal']);
    const successor = successorTo(helm, folder, say);
    const template = (chart: string, ...more: string[]) => ({
      folder,
      command: [helm, 'template', 'first', chart, ...more],
    });
    const measured = inTurn<string>(
      {
        minimal: template('minimal'),
        ...(successor !== undefined && { successor: template(successor) }),
        ours: template(registryChart()),
        given: template(registryChart(), ...GIVEN),
      },
      ROUNDS,
    );
    const minimal = { name: `${title}, chart of helm create`, samples: measured.minimal };
    const theirs = measured.successor && {
      name: `${title}, the successor of stable/docker-registry`,
      samples: measured.successor,
    };
    const against = theirs ?? minimal;
    return [
      minimal,
      ...(theirs ? [{ ...theirs, against: minimal }] : []),
      {
        name: `${title}, our chart, which generates password and certificate`,
        samples: measured.ours,
        against,
      },
      { name: `${title}, our chart, with Secrets that exist`, samples: measured.given, against },
    ];
  });
}

function successorTo(helm: string, folder: string, say: (text: string) => void): string | undefined {
  const given = process.env.SUCCESSOR_CHART;
  if (given !== undefined) return path.resolve(given);
  const { status } = runHelm(helm, folder, ['pull', ...SUCCESSOR, '--untar']);
  if (status === 0) return path.join(folder, 'docker-registry');
  say(
    'The successor of stable/docker-registry is not here (SUCCESSOR_CHART) and can not be pulled: measured against the chart of `helm create`',
  );
  return undefined;
}

function mustHelm(helm: string, folder: string, args: readonly string[]): void {
  const { status, stderr } = runHelm(helm, folder, args);
  if (status !== 0) throw new Error(`helm ${args.join(' ')} ended with ${status}: ${stderr}`);
}

function runHelm(helm: string, folder: string, args: readonly string[]) {
  return spawnSync(helm, args, { cwd: folder, encoding: 'utf8', env: plainEnvironment(), timeout: 30_000 });
}
