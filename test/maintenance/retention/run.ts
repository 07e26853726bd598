// Runs the command of a retention's CronJob with the files of its ConfigMap, by the real regbot.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry, RegistryCredentials, RegistryRetention, type RetentionRule } from '../../../lib';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import { newFolder } from '../../support/folder';
import { manifest, newChart } from '../../support/synth';

export interface Run {
  readonly code: number | null;
  readonly output: string;
  /** The line of figures. */
  readonly figures: Record<string, number | boolean>;
  /** What is deleted or would be: `repository:tag`. */
  readonly deleted: string[];
}

export interface RunOptions {
  readonly rules: RetentionRule[];
  readonly port: number;
  readonly dryRun?: boolean;
  readonly version?: '2' | '3';
  /** Lines of images that run in the cluster. */
  readonly running?: readonly string[];
  /** Answers with how to kill it. */
  readonly started?: (kill: () => void) => void;
}

export async function retain(options: RunOptions): Promise<Run> {
  const { rules, port, dryRun = false, version = '3', running, started } = options;
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    storage: { deletion: true },
    auth: { credentials: RegistryCredentials.anonymous() },
    image: version === '2' ? 'registry:2.8.3' : undefined,
  });
  new RegistryRetention(chart, 'retention', {
    registry,
    rules,
    dryRun,
    spareRunning: running === undefined ? undefined : {},
  });
  const folder = newFolder();
  const { data } = manifest(chart, 'ConfigMap/registry-retention');
  const address = `127.0.0.1:${port}`;
  for (const [name, text] of Object.entries<string>(data))
    writeFileSync(
      join(folder, name),
      text
        .replaceAll('/retention/', `${folder}/`)
        .replaceAll('"registry:5000"', `"${address}"`)
        .replace('"tls": "enabled"', '"tls": "disabled"')
        .replace(/attempts = \d+/, 'attempts = 2')
        .replace(/pause = \d+/, 'pause = 0.2'),
    );
  const { spec } = manifest(chart, 'CronJob/registry-retention').spec.jobTemplate.spec.template;
  const [{ command, env }] = spec.containers;
  const variables = Object.fromEntries(
    env.map(({ name, value }: Record<string, string>) => [name, value] as const),
  );
  const [, ...args] = (command as string[]).map((text) => text.replace('/retention/', `${folder}/`));
  if (running) writeFileSync(join(folder, 'list'), `${running.join('\n')}\n`);
  const child = spawn(pathOf('regbot'), args, {
    env: {
      ...ENVIRONMENT,
      ...variables,
      ...(running && { RUNNING: join(folder, 'list') }),
      SSL_CERT_FILE: undefined,
      RETENTION: folder,
      REGISTRY: address,
    } as NodeJS.ProcessEnv,
  });
  started?.(() => child.kill('SIGKILL'));
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (text) => (output += text));
  const [code] = await once(child, 'close');
  const figures = /^\{.*\}$/m.exec(output)?.[0] ?? '{}';
  return { code, output, figures: JSON.parse(figures), deleted: deletedIn(output) };
}

function deletedIn(output: string): string[] {
  let repository = '';
  return output.split('\n').flatMap((line) => {
    repository = /^(\S+): rule/.exec(line)?.[1] ?? repository;
    const tag = /^ {2}DELETE {2}(\S+)/.exec(line)?.[1];
    return tag === undefined ? [] : [`${repository}:${tag}`];
  });
}
