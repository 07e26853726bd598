// A real Kubernetes API server on a machine, with etcd behind it and kubectl in front: it defaults, checks
// and admits objects as a cluster's does, with Pod Security, RBAC and strict validation.
//
// Nothing else of Kubernetes runs. Without controllers a Deployment makes no pods, a Job and a load balancer
// get no status, a new namespace has no service account (see `prepareNamespaces`), and what is deleted under
// a finalizer, namespaces and claims among it, stays `Terminating`: take another namespace or another server.
// Nothing that waits for readiness ever ends.

import type { ChildProcess } from 'node:child_process';
import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { ENVIRONMENT, POD_PROGRAMS, type Program, pathOf } from '../programs';
import { MACHINE_IP, type Machine, type Result, type RunOptions } from './machine';

/** What a test needs that starts an API server. */
export const API_PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'etcd', 'kubeApiserver', 'kubectl'];

const ETCD = 'http://127.0.0.1:2379';
const URL = `https://${MACHINE_IP}:6443`;
const DEADLINE_MS = 60_000;
/** Garbage is looked for where there is much of it: a fifth of an API server's time went there. */
const UNHURRIED = { ...ENVIRONMENT, GOGC: 'off', GOMEMLIMIT: '700MiB' };

export class ApiServer {
  /** Starts both programs. They and their files go with the machine, which has room for one API server. */
  static async start(machine: Machine): Promise<ApiServer> {
    const folder = machine.makeFolder('kubernetes');
    const token = randomBytes(16).toString('hex');
    const server = new ApiServer(machine, folder);
    writeFileSync(server.kubeconfig, kubeconfig(folder, token), { mode: 0o600 });
    const programs = [etcdCommand(folder), apiServerCommand(folder, token)].map((command) =>
      server.spawn(command),
    );
    const deadline = Date.now() + DEADLINE_MS;
    for (;;) {
      const ready = await server.kubectl(['get', '--raw=/readyz']);
      const { code, stderr } =
        ready.code === 0 ? await server.kubectl(['get', 'namespace', 'default']) : ready; // which it makes a moment later
      if (code === 0) break;
      const ended = programs.some(({ exitCode, signalCode }) => exitCode !== null || signalCode !== null);
      if (ended || Date.now() > deadline)
        throw new Error(`the API server does not start: ${stderr}\n${server.log}`);
      await sleep(100);
    }
    return server;
  }

  /** The environment of a client with all rights: kubectl or Helm. Its files stay on the machine. */
  readonly environment: Readonly<Record<string, string>>;
  private readonly kubeconfig: string;
  private log = '';

  private constructor(
    readonly machine: Machine,
    folder: string,
  ) {
    this.kubeconfig = join(folder, 'kubeconfig.yaml');
    this.environment = { ...ENVIRONMENT, HOME: machine.makeFolder('home'), KUBECONFIG: this.kubeconfig };
  }

  kubectl(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return this.machine.run([pathOf('kubectl'), ...args], { env: this.environment, ...options });
  }

  /** Like `kubectl`, for what must succeed. Gives what it prints. */
  must(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return this.machine.must([pathOf('kubectl'), ...args], { env: this.environment, ...options });
  }

  createNamespace(name: string, labels: Readonly<Record<string, string>> = {}): Promise<void> {
    return this.createNamespaces([name], labels);
  }

  /** With their service accounts `default`, as `prepareNamespaces` gives them to all. */
  async createNamespaces(
    names: readonly string[],
    labels: Readonly<Record<string, string>> = {},
  ): Promise<void> {
    const objects = names.flatMap((name) => [
      { apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels } },
      accountOf(name),
    ]);
    await this.must(['apply', '--server-side', '-f', '-'], {
      input: objects.map((object) => JSON.stringify(object)).join('\n'),
    });
  }

  /**
   * Gives every namespace its service account `default`, without which it takes no pods. A controller does it
   * in a cluster.
   */
  async prepareNamespaces(): Promise<void> {
    const names = async (...args: string[]) =>
      (await this.must(['get', ...args])).split(/\s+/).filter((name) => name !== '');
    const prepared = await names(
      'serviceaccounts',
      '-A',
      '--field-selector=metadata.name=default',
      '-o',
      'jsonpath={.items[*].metadata.namespace}',
    );
    for (const namespace of await names('namespaces', '-o', 'jsonpath={.items[*].metadata.name}')) {
      if (!prepared.includes(namespace))
        await this.must(['create', 'serviceaccount', 'default', '-n', namespace]);
    }
  }

  private spawn(command: readonly string[]): ChildProcess {
    const program = this.machine.spawn(command, { env: UNHURRIED, stdio: ['ignore', 'ignore', 'pipe'] });
    program.stderr?.on('data', (chunk: Buffer) => {
      this.log = `${this.log}${chunk}`.slice(-4_000);
    });
    return program;
  }
}

/** The service account `default` of a namespace. */
export function accountOf(namespace: string): object {
  return { apiVersion: 'v1', kind: 'ServiceAccount', metadata: { name: 'default', namespace } };
}

function etcdCommand(folder: string): string[] {
  return [
    pathOf('etcd'),
    `--data-dir=${join(folder, 'etcd')}`,
    `--listen-client-urls=${ETCD}`,
    `--advertise-client-urls=${ETCD}`,
    '--listen-peer-urls=http://127.0.0.1:2380',
    '--unsafe-no-fsync', // it does not outlive the machine
  ];
}

/** The server makes its own certificate. All admission plugins are on that are on by default. */
function apiServerCommand(folder: string, token: string): string[] {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const file = (name: string, content: string | Buffer) => {
    const path = join(folder, name);
    writeFileSync(path, content, { mode: 0o600 });
    return path;
  };
  return [
    pathOf('kubeApiserver'),
    `--etcd-servers=${ETCD}`,
    `--cert-dir=${folder}`,
    `--advertise-address=${MACHINE_IP}`,
    `--token-auth-file=${file('tokens.csv', `${token},admin,admin,system:masters\n`)}`,
    '--authorization-mode=Node,RBAC',
    '--allow-privileged=true', // as installers set it: Pod Security decides
    '--service-cluster-ip-range=10.96.0.0/16',
    '--service-account-issuer=https://kubernetes.default.svc',
    `--service-account-signing-key-file=${file('accounts.key', privateKey.export({ type: 'sec1', format: 'pem' }))}`,
    `--service-account-key-file=${file('accounts.pub', publicKey.export({ type: 'spki', format: 'pem' }))}`,
  ];
}

function kubeconfig(folder: string, token: string): string {
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [
      { name: 'tests', cluster: { server: URL, 'certificate-authority': join(folder, 'apiserver.crt') } },
    ],
    users: [{ name: 'admin', user: { token } }],
    contexts: [{ name: 'tests', context: { cluster: 'tests', user: 'admin' } }],
    'current-context': 'tests',
  });
}
