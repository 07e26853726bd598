// The part of a cluster that runs the hook Job of the chart: an API server has no controllers. The container is
// a sandboxed process of this machine with the Job's own command, variables and volumes, and with a token of
// its ServiceAccount, so that it may do what the Role allows and nothing else.
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { MACHINE_IP, type Result } from '../../tools/pod-runner/machine';

const ACCOUNT = '/var/run/secrets/kubernetes.io/serviceaccount';

/** What the image of the chart has, by the names of this machine's folders. */
const SANDBOX = [
  ...['--unshare-user', '--unshare-pid', '--uid', '1000', '--gid', '1000', '--clearenv'],
  ...['--ro-bind', '/usr', '/usr', '--ro-bind', '/etc/ssl', '/etc/ssl'],
  ...['--symlink', 'usr/bin', '/bin', '--symlink', 'usr/lib', '/lib', '--symlink', 'usr/lib64', '/lib64'],
  ...['--proc', '/proc', '--dev', '/dev', '--tmpfs', '/tmp', '--setenv', 'PATH', '/usr/bin:/bin'],
];

export class JobController {
  /** What the Jobs have printed. */
  readonly logs: Result[] = [];
  private runs = 0;

  constructor(
    private readonly server: ApiServer,
    private readonly namespace: string,
  ) {}

  /** Runs the Jobs that a command makes, and tells the API server how they end. */
  async during<T>(command: Promise<T>): Promise<T> {
    let ended = false;
    const both = command.finally(() => {
      ended = true;
    });
    both.catch(() => undefined);
    while (!ended) {
      for (const job of await this.jobs())
        if (!job.status?.conditions) {
          const { code } = await this.run(job);
          await endJob(this.server, this.namespace, job.metadata.name, code === 0);
        }
      await sleep(50);
    }
    return both;
  }

  /** Runs the container of the one Job that exists. */
  async runOnce(): Promise<Result> {
    const [job] = await this.jobs();
    if (!job) throw new Error('there is no Job');
    return this.run(job);
  }

  private async jobs(): Promise<any[]> {
    const found = await this.server.must(['get', 'jobs', '-n', this.namespace, '-o', 'json']);
    return JSON.parse(found).items;
  }

  private async run({ spec }: any): Promise<Result> {
    const pod = spec.template.spec;
    const [container] = pod.containers;
    const folder = this.server.machine.makeFolder(`job-${this.namespace}-${this.runs++}`);
    const write = (name: string, files: Readonly<Record<string, string>>) => {
      const path = join(folder, name);
      mkdirSync(path);
      for (const [file, text] of Object.entries(files)) writeFileSync(join(path, file), text);
      return path;
    };
    const mounts = await Promise.all(
      container.volumeMounts
        .map(({ name, mountPath }: any) => ({ mountPath, volume: volumeOf(pod, name) }))
        .filter(({ volume }: any) => volume.configMap !== undefined)
        .map(async ({ mountPath, volume }: any) => {
          const path = write(volume.name, await this.texts(volume.configMap.name));
          return ['--ro-bind', path, mountPath];
        }),
    );
    const account = write('account', await this.account(pod.serviceAccountName));
    const env = [
      ...container.env,
      { name: 'KUBERNETES_SERVICE_HOST', value: MACHINE_IP },
      { name: 'KUBERNETES_SERVICE_PORT', value: '6443' },
    ].flatMap(({ name, value = '' }) => ['--setenv', name, value]);
    const sandbox = [...SANDBOX, ...mounts.flat(), '--ro-bind', account, ACCOUNT, ...env];
    const result = await this.server.machine.run(['bwrap', ...sandbox, '--', ...container.command]);
    this.logs.push(result);
    return result;
  }

  private async texts(name: string): Promise<Record<string, string>> {
    const found = await this.server.must(['get', 'configmap', name, '-n', this.namespace, '-o', 'json']);
    return JSON.parse(found).data;
  }

  private async account(name: string): Promise<Record<string, string>> {
    const token = await this.server.must(['create', 'token', name, '-n', this.namespace]);
    const { clusters } = JSON.parse(readFileSync(this.server.environment.KUBECONFIG as string, 'utf8'));
    const ca = readFileSync(clusters[0].cluster['certificate-authority'], 'utf8');
    return { token: token.trim(), namespace: this.namespace, 'ca.crt': ca };
  }
}

/** How a Job has ended, as the Job controller says it. Nobody waits for its retries. */
export async function endJob(
  server: ApiServer,
  namespace: string,
  name: string,
  succeeded: boolean,
): Promise<void> {
  const time = new Date().toISOString().replace(/\.\d+Z$/, 'Z');
  const condition = (type: string) => ({
    type,
    status: 'True',
    lastTransitionTime: time,
    lastProbeTime: time,
  });
  const status = succeeded
    ? {
        startTime: time,
        completionTime: time,
        succeeded: 1,
        conditions: ['SuccessCriteriaMet', 'Complete'].map(condition),
      }
    : { startTime: time, failed: 1, conditions: ['FailureTarget', 'Failed'].map(condition) };
  const patch = JSON.stringify({ status });
  const job = ['job', name, '-n', namespace];
  await server.must(['patch', ...job, '--subresource=status', '--type=merge', '-p', patch]);
}

function volumeOf({ volumes }: any, name: string): any {
  return volumes.find((volume: any) => volume.name === name);
}
