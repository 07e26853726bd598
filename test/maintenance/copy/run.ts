// Runs the containers of a copy's CronJob one after the other, with the files of its ConfigMap, by the real regbot and
// regsync.
import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import {
  CopyEndpoint,
  Registry,
  RegistryCopy,
  type RegistryCopyProps,
  RegistryCredentials,
} from '../../../lib';
import { ENVIRONMENT, pathOf } from '../../../tools/programs';
import { newFolder } from '../../support/folder';
import { type Manifest, manifest, newChart } from '../../support/synth';

export interface Run {
  readonly code: number | null;
  /** Of all containers. */
  readonly output: string;
  /** The line of figures. */
  readonly figures: Record<string, number>;
}

export interface CopyRun extends Partial<Pick<RegistryCopyProps, 'repositories' | 'overwrite'>> {
  /** Ports on this machine. */
  readonly from: number;
  readonly to: number;
  /** `user:password` of each. */
  readonly login?: { readonly source?: string; readonly target?: string };
  /** The container that is run twice, as by a kubelet that lost its end. */
  readonly again?: string;
  /** Called when a container has started, with how to kill it. */
  readonly started?: (container: string, kill: () => void) => void;
}

/** Programs that it needs. */
export const COPY_PROGRAMS = ['regbot', 'regsync'] as const;

export async function copy(run: CopyRun): Promise<Run> {
  const { from, to, login, again, started, ...props } = run;
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    auth: { credentials: RegistryCredentials.anonymous() },
  });
  new RegistryCopy(chart, 'copy', {
    source: CopyEndpoint.host('source.example.com', { anonymous: true, plainHttp: true }),
    target: CopyEndpoint.registry(registry),
    ...props,
  });
  const source = `127.0.0.1:${from}`;
  const target = `127.0.0.1:${to}`;
  const folder = newFolder();
  const here = (text: string) =>
    text
      .replaceAll('source.example.com', source)
      .replaceAll('registry:5000', target)
      .replaceAll('"tls": "enabled"', '"tls": "disabled"')
      .replaceAll('"tls":"enabled"', '"tls":"disabled"')
      .replaceAll(/(^| |:)\/(copy|work|source-|target-)/g, `$1${folder}/$2`);
  const write = (path: string, text: string) => {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  };
  const { data } = manifest(chart, 'ConfigMap/registry-copy');
  for (const [name, text] of Object.entries<string>(data)) write(`copy/${name}`, here(text));
  mkdirSync(join(folder, 'work'));
  for (const [end, text] of Object.entries(login ?? {}))
    write(`${end}-login/login`, Buffer.from(text).toString('base64'));
  const { spec } = manifest(chart, 'CronJob/registry-copy').spec.jobTemplate.spec.template;
  let output = '';
  let code: number | null = 0;
  const containers = [...spec.initContainers, ...spec.containers].flatMap((one) =>
    one.name === again ? [one, one] : [one],
  );
  for (const { name, command, env } of containers as Manifest[]) {
    const variables = Object.fromEntries(
      (env as { name: string; value: string }[]).map((one) => [one.name, here(one.value)] as const),
    );
    const [program, ...args] = (command as string[]).map(here) as [string, ...string[]];
    const path = `${dirname(pathOf('regbot'))}:${dirname(pathOf('regsync'))}:${ENVIRONMENT.PATH}`;
    const child: ChildProcess = spawn(program, args, {
      env: { ...ENVIRONMENT, ...variables, PATH: path, SSL_CERT_DIR: undefined } as NodeJS.ProcessEnv,
      detached: true,
    });
    for (const stream of [child.stdout, child.stderr])
      stream?.on('data', (text) => {
        output += text;
      });
    // The whole group, as the kernel ends a container.
    started?.(name, () => process.kill(-Number(child.pid), 'SIGKILL'));
    [code] = (await once(child, 'close')) as [number | null];
    // Kubernetes starts none after one that failed.
    if (code !== 0) break;
  }
  const line = output.match(/^\{.*\}$/gm)?.at(-1) ?? '{}';
  return { code, output, figures: JSON.parse(line) };
}
