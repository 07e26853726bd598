// A real cluster for tests: our own, or with E2E_KUBECONFIG somebody's, of which we use namespaces of our own
// and nothing else.

import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import type { Result, RunOptions } from '../../../tools/computer';
import { describeWith, ENVIRONMENT, type Program, pathOf } from '../../../tools/programs';
import { Laptop } from './laptop';
import { OwnCluster, type OwnClusterOptions } from './own-cluster';

/** Somebody's cluster. KUBECONFIG is never looked at: many shells export it for production. */
const FOREIGN = process.env.E2E_KUBECONFIG || undefined;
/** Somebody's cluster may be of another version. */
export const KUBECTL: Program = FOREIGN ? 'anyKubectl' : 'kubectl';
/** May somebody's cluster be changed beyond our own namespaces? */
const DISPOSABLE = process.env.E2E_DISPOSABLE === '1';

export interface ClusterOptions extends OwnClusterOptions {
  /**
   * Whether the tests touch nodes, or objects that belong to the whole cluster: they are skipped on a cluster
   * that is not said to be disposable.
   * @default false
   */
  readonly wholeCluster?: boolean;
  /**
   * Why the tests need a cluster of our own. It is said where they are skipped.
   * @default - they run on somebody's, too
   */
  readonly ownOnly?: string;
  /**
   * Whether the tests need an ingress controller, as the default class: they are skipped on a cluster without
   * one.
   * @default false
   */
  readonly ingress?: boolean;
  /** Programs that the tests need besides. */
  readonly programs?: readonly Program[];
}

/** `describe` for tests on a cluster. They get it once it is there. */
export function describeOnCluster(
  title: string,
  options: ClusterOptions,
  body: (cluster: () => Cluster) => void,
): void {
  const why = skipped(options);
  if (why !== undefined) {
    const skip = describe.skip;
    process.stderr.write(`  ${title} (skipped: ${why})\n`);
    skip(`${title} (skipped: ${why})`, () => body(() => undefined as never));
    return;
  }
  const { programs = [] } = options;
  const needs: readonly Program[] = FOREIGN
    ? [KUBECTL, ...programs]
    : [
        'cluster',
        'kubelet',
        'kubectl',
        'registry3',
        'registry2',
        'regctl',
        'versitygw',
        'nginx',
        ...programs,
      ];
  describeWith(title, needs, () => {
    let cluster: Cluster | undefined;
    beforeAll(async () => {
      cluster = await Cluster.join(options);
    });
    body(() => {
      if (cluster === undefined) throw new Error('there is no cluster yet');
      return cluster;
    });
    // After those of the body, which may need the cluster still: jest runs them as they stand here.
    afterAll(() => cluster?.leave());
  });
}

/** A test among others that needs a cluster of our own. */
export const testOnOwn: jest.It = FOREIGN === undefined ? test : test.skip;

function skipped({ wholeCluster = false, ownOnly, ingress = false }: ClusterOptions): string | undefined {
  if (FOREIGN === undefined) return undefined;
  if (ownOnly !== undefined) return `on our own cluster only: ${ownOnly}`;
  if (wholeCluster && !DISPOSABLE) return 'changes nodes or the whole cluster; E2E_DISPOSABLE=1 allows it';
  if (
    ingress &&
    !ask(FOREIGN, 'get', 'ingressclass', '-o', 'yaml').includes(
      `ingressclass.kubernetes.io/is-default-class: "true"`,
    )
  )
    return 'the cluster has no default ingress class';
  return undefined;
}

/** What somebody's cluster says, before there are tests. */
function ask(kubeconfig: string, ...args: string[]): string {
  const { status, stdout, stderr } = spawnSync(pathOf(KUBECTL), ['--kubeconfig', kubeconfig, ...args], {
    encoding: 'utf8',
  });
  if (status !== 0) throw new Error(`kubectl ${args.join(' ')}: ${stderr}`);
  return stdout.trim();
}

/** A warning that a normal start may give, and why. */
interface Exception {
  readonly reason: string;
  readonly message: RegExp;
}

const EXCEPTIONS: readonly Exception[] = [
  // On a busy machine the first check may come before the program listens.
  {
    reason: 'Unhealthy',
    message:
      /^(Readiness|Startup) probe failed: .*(connection refused|EOF|context deadline exceeded|Client\.Timeout exceeded|i\/o timeout)/,
  },
  // And the kubelet may not have what a volume is made of within its second; it asks again. What isn't there
  // at all it says in other words.
  {
    reason: 'FailedMount',
    message: /failed to sync (configmap|secret) cache: timed out waiting for the condition$/,
  },
  // The API server has not yet heard that the pod is on this node, which may only read what its pods name.
  {
    reason: 'FailedMount',
    message:
      /is forbidden: User "system:node:\S+" cannot .*: no relationship found between node '\S+' and this object/,
  },
  // The claim's volume is made while the pod waits for it.
  {
    reason: 'FailedScheduling',
    message: /persistentvolumeclaim|unbound immediate PersistentVolumeClaims|object has been modified/,
  },
  // The API server's own repair loop looked at the addresses while the Service was being made.
  { reason: 'ClusterIPNotAllocated', message: /is not allocated; repairing$/ },
  // Two of the cluster's own controllers wrote it at once; they try again.
  { reason: 'FailedToUpdateEndpoint', message: /the object has been modified/ },
  { reason: 'FailedToUpdateEndpointSlices', message: /the object has been modified/ },
];

export class Cluster {
  static async join(options: OwnClusterOptions = {}): Promise<Cluster> {
    if (FOREIGN !== undefined) return Cluster.joinForeign(FOREIGN);
    const own = OwnCluster.start(options);
    return new Cluster(await Laptop.start(own.network), own.kubeconfig, own);
  }

  private static async joinForeign(kubeconfig: string): Promise<Cluster> {
    const server = ask(
      kubeconfig,
      'config',
      'view',
      '--minify',
      '-o',
      'jsonpath={.clusters[0].cluster.server}',
    );
    process.stderr.write(
      `  tests run on the cluster of context ${ask(kubeconfig, 'config', 'current-context')} at ${server} (E2E_KUBECONFIG)\n`,
    );
    return new Cluster(await Laptop.start(), kubeconfig);
  }

  /** The environment of a client with all rights: kubectl or Helm. */
  readonly environment: Readonly<Record<string, string>>;
  private readonly namespaces: string[] = [];

  private constructor(
    /** Where people and their programs are. */
    readonly machine: Laptop,
    kubeconfig: string,
    private readonly ownCluster?: OwnCluster,
  ) {
    this.environment = { ...ENVIRONMENT, HOME: machine.makeFolder('home'), KUBECONFIG: kubeconfig };
  }

  /** What only a cluster of our own lets one do. */
  get own(): OwnCluster {
    if (this.ownCluster === undefined) throw new Error('this is not a cluster of our own: say ownOnly');
    return this.ownCluster;
  }

  get isOwn(): boolean {
    return this.ownCluster !== undefined;
  }

  /** A name for a namespace that nobody else has. What is in it goes with the tests. */
  newNamespace(purpose: string): string {
    const name = `e2e-${purpose}-${randomBytes(3).toString('hex')}`;
    this.namespaces.push(name);
    return name;
  }

  kubectl(args: readonly string[], options: RunOptions = {}): Promise<Result> {
    return this.machine.run([pathOf(KUBECTL), ...args], { env: this.environment, ...options });
  }

  /** Like `kubectl`, for what must succeed. Gives what it prints. */
  must(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return this.machine.must([pathOf(KUBECTL), ...args], { env: this.environment, ...options });
  }

  /** An object, or a list of them, as the API server has it. */
  async json<T = any>(...args: string[]): Promise<T> {
    return JSON.parse(await this.must(['get', ...args, '-o', 'json'])) as T;
  }

  /** Applies objects that a test brings itself. */
  apply(...objects: readonly object[]): Promise<string> {
    const items = { apiVersion: 'v1', kind: 'List', items: objects };
    return this.must(['apply', '-f', '-'], { input: JSON.stringify(items) });
  }

  async rolledOut(namespace: string, ...workloads: string[]): Promise<void> {
    for (const workload of workloads)
      await this.must(['rollout', 'status', workload, '-n', namespace, '--timeout=120s']);
  }

  /** One key of a Secret. */
  async secret(namespace: string, name: string, key: string): Promise<Buffer> {
    const { data } = await this.json<{ data: Record<string, string> }>('secret', name, '-n', namespace);
    const value = data[key];
    if (value === undefined) throw new Error(`Secret ${name} has no ${key}`);
    return Buffer.from(value, 'base64');
  }

  /** Where clients find an Ingress, or a Service of the type LoadBalancer. */
  async addressOf(kind: 'ingress' | 'service', name: string, namespace: string): Promise<string> {
    return eventually(`${kind} ${name} has an address`, async () => {
      const { status } = await this.json(kind, name, '-n', namespace);
      const [first] = status.loadBalancer?.ingress ?? [];
      return first?.ip ?? first?.hostname;
    });
  }

  /** Runs a command in a pod and gives what it prints. */
  exec(namespace: string, pod: string, ...command: string[]): Promise<string> {
    return this.must(['exec', '-n', namespace, pod, '--', ...command]);
  }

  /** Warning events of a namespace, but for those that a normal start may give. */
  async warnings(namespace: string): Promise<string[]> {
    const { items } = await this.json<{ items: Event[] }>(
      'events',
      '-n',
      namespace,
      '--field-selector',
      'type=Warning',
    );
    const normal = ({ reason, message }: Event) =>
      EXCEPTIONS.some((one) => one.reason === reason && one.message.test(message));
    return items
      .filter((event) => !normal(event))
      .map(
        ({ involvedObject, reason, message }) =>
          `${involvedObject.kind} ${involvedObject.name}: ${reason}: ${message}`,
      );
  }

  /** Leaves nothing behind, and waits for none of it to go. */
  async leave(): Promise<void> {
    for (const namespace of this.namespaces) {
      await this.kubectl([
        'delete',
        'deployments,statefulsets,daemonsets,jobs,pods',
        '--all',
        '-n',
        namespace,
        '--wait=false',
        '--grace-period=1',
      ]);
      await this.kubectl(['delete', 'namespace', namespace, '--wait=false', '--ignore-not-found']);
    }
    await this.machine.stop();
    if (this.own?.isDoneWith) this.own.stop();
  }
}

interface Event {
  readonly involvedObject: { readonly kind: string; readonly name: string };
  readonly reason: string;
  readonly message: string;
}

/** Asks until there is an answer. */
export async function eventually<T>(
  what: string,
  ask: () => Promise<T | undefined>,
  seconds = 90,
): Promise<T> {
  const deadline = Date.now() + seconds * 1000;
  let last: unknown;
  for (;;) {
    try {
      const answer = await ask();
      if (answer !== undefined) return answer;
    } catch (error) {
      last = error;
    }
    if (Date.now() > deadline)
      throw new Error(
        `${what}: not within ${seconds} s${last === undefined ? '' : `; ${(last as Error).message}`}`,
      );
    await sleep(250);
  }
}
