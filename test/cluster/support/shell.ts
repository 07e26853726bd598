// Commands of NOTES.txt and of the docs as a person runs them: in the folder where an app was synthesized,
// beside a cluster.

import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pathOf } from '../../../tools/programs';
import { TYPESCRIPT } from '../../../tools/typescript';
import { ROOT } from '../../support/project';
import { type Cluster, KUBECTL } from './cluster';

/** Runs a command that must succeed, and gives what it prints. */
export function runIn(
  cluster: Cluster,
  folder: string,
  command: string,
  variables: Readonly<Record<string, string>> = {},
): Promise<string> {
  const PATH = `${join(pathOf(KUBECTL), '..')}:${cluster.environment.PATH}`;
  return cluster.machine.must(['bash', '-euo', 'pipefail', '-c', `cd "$0" && ${command}`, folder], {
    env: { ...cluster.environment, ...variables, PATH },
  });
}

/** The figures in a Job's log, of whose containers kubectl prints any first. */
export function figuresIn(log: string): Record<string, unknown> {
  const lines = log.split('\n').filter((line) => line.startsWith('{"'));
  if (lines.length !== 1) throw new Error(`one line of figures was to be in: ${log}`);
  return JSON.parse(lines[0] ?? '');
}

/** Makes `npm run synth` in an app's folder do what it does in a clone whose app this is. */
export function asClone(folder: string, app: string): void {
  const scripts = { synth: `node ${join(ROOT, 'scripts', 'synth.mjs')}` };
  writeFileSync(join(folder, 'package.json'), JSON.stringify({ private: true, scripts }));
  writeFileSync(join(folder, 'cdk8s.yaml'), `app: node ${TYPESCRIPT.join(' ')} ${join(ROOT, app)}\n`);
}

/** The commands of a step of the notes. */
export function commandsOf(notes: string, heading: string): string[] {
  const step = notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
  return [...step.matchAll(/^ {3}((?:kubectl|cat) .*)$/gm)].map(([, command = '']) => command);
}
