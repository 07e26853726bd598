// Commands of NOTES.txt and of the docs as a person runs them: in the folder where an app was synthesized,
// beside a cluster.

import { join } from 'node:path';
import { pathOf } from '../../../tools/programs';
import { type Cluster, KUBECTL } from './cluster';

/** Runs a command that must succeed, and gives what it prints. */
export function runIn(cluster: Cluster, folder: string, command: string): Promise<string> {
  const PATH = `${join(pathOf(KUBECTL), '..')}:${cluster.environment.PATH}`;
  return cluster.machine.must(['bash', '-euo', 'pipefail', '-c', `cd "$0" && ${command}`, folder], {
    env: { ...cluster.environment, PATH },
  });
}

/** The commands of a step of the notes. */
export function commandsOf(notes: string, heading: string): string[] {
  const step = notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
  return [...step.matchAll(/^ {3}((?:kubectl|cat) .*)$/gm)].map(([, command = '']) => command);
}
