// The pods of a registry on a cluster, and pods that tests bring to try things from within.

import { createInterface } from 'node:readline';
import type { Result } from '../../../tools/computer';
import { pathOf } from '../../../tools/programs';
import { type Cluster, eventually } from './cluster';

export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string; readonly deletionTimestamp?: string };
  readonly spec: { readonly nodeName?: string };
  readonly status: {
    readonly phase: string;
    readonly podIP?: string;
    readonly hostIP?: string;
    readonly conditions?: readonly {
      readonly type: string;
      readonly status: string;
      readonly message?: string;
    }[];
    readonly containerStatuses?: readonly ContainerStatus[];
    readonly initContainerStatuses?: readonly ContainerStatus[];
  };
}

export interface ContainerStatus {
  readonly name: string;
  readonly ready: boolean;
  readonly restartCount: number;
  readonly state: {
    readonly waiting?: { readonly reason: string };
    readonly running?: object;
    readonly terminated?: Ended;
  };
  readonly lastState: { readonly terminated?: Ended };
}

export interface Ended {
  readonly exitCode: number;
  readonly reason: string;
  readonly signal?: number;
  /** To the second. */
  readonly finishedAt: string;
}

/** `component` is `registry` or `ui`. Without those that are about to go. */
export async function podsOf(cluster: Cluster, namespace: string, component = 'registry'): Promise<Pod[]> {
  const { items } = await cluster.json<{ items: Pod[] }>(
    'pods',
    '-n',
    namespace,
    '-l',
    `app.kubernetes.io/component=${component}`,
  );
  return items.filter(({ metadata }) => metadata.deletionTimestamp === undefined);
}

/** The pod, where there is one. */
export async function podOf(cluster: Cluster, namespace: string, component = 'registry'): Promise<Pod> {
  const pods = await podsOf(cluster, namespace, component);
  if (pods.length !== 1) throw new Error(`${pods.length} pods of ${component} in ${namespace}`);
  return pods[0];
}

export function isReady({ status }: Pod): boolean {
  return status.conditions?.some(({ type, status: value }) => type === 'Ready' && value === 'True') ?? false;
}

/** How often the pod's containers were started again, those included that only prepare it. */
export function restarts({ status }: Pod): number {
  const all = [...(status.initContainerStatuses ?? []), ...(status.containerStatuses ?? [])];
  return all.reduce((sum, { restartCount }) => sum + restartCount, 0);
}

/** Waits until a pod is there no more. */
export function gone(cluster: Cluster, namespace: string, name: string, seconds = 60): Promise<true> {
  return eventually(
    `${name} is gone`,
    async () => {
      const { code, stderr } = await cluster.kubectl(['get', 'pod', name, '-n', namespace]);
      return (code !== 0 && stderr.includes('NotFound')) || undefined;
    },
    seconds,
  );
}

/** A pod of busybox, to try connections from and to: it listens on port 8080. */
export class Probe {
  static async start(
    cluster: Cluster,
    namespace: string,
    name: string,
    {
      labels = {},
      node,
    }: { readonly labels?: Readonly<Record<string, string>>; readonly node?: string } = {},
  ): Promise<Probe> {
    await cluster.apply({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace, labels: { app: name, ...labels } },
      spec: {
        terminationGracePeriodSeconds: 0,
        ...(node !== undefined && { nodeName: node }),
        securityContext: { runAsNonRoot: true, runAsUser: 65534, seccompProfile: { type: 'RuntimeDefault' } },
        containers: [
          {
            name: 'probe',
            image: 'busybox:1.37.0',
            command: ['nc', '-ll', '-p', '8080', '-e', 'true'],
            securityContext: { allowPrivilegeEscalation: false, capabilities: { drop: ['ALL'] } },
          },
        ],
      },
    });
    await cluster.must(['wait', '--for=condition=Ready', `pod/${name}`, '-n', namespace, '--timeout=150s']);
    const { status } = await cluster.json<Pod>('pod', name, '-n', namespace);
    return new Probe(cluster, namespace, name, status.podIP ?? '');
  }

  private constructor(
    private readonly cluster: Cluster,
    readonly namespace: string,
    readonly name: string,
    readonly ip: string,
  ) {}

  /** Does somebody take a connection there? */
  reaches(ip: string, port: number): Promise<boolean> {
    return reaches(this.cluster, this.namespace, this.name, ip, port);
  }

  run(...command: string[]): Promise<Result> {
    return this.cluster.kubectl(['exec', '-n', this.namespace, this.name, '--', ...command]);
  }
}

/** Does somebody take a connection from a pod, which must have busybox? */
export async function reaches(
  cluster: Cluster,
  namespace: string,
  pod: string,
  ip: string,
  port: number,
): Promise<boolean> {
  const { code, stderr } = await cluster.kubectl([
    'exec',
    '-n',
    namespace,
    pod,
    '--',
    'nc',
    '-w',
    '2',
    ip,
    String(port),
    '-e',
    'true',
  ]);
  const refused =
    /^nc: (timed out|can't connect to remote host \(.*\): (Connection refused|Connection timed out|No route to host))$/m;
  if (code !== 0 && !refused.test(stderr)) throw new Error(`nc in ${pod}: ${stderr}`);
  return code === 0;
}

/**
 * How the registry of a pod ends that is about to go: asked for before it is told to. The API server forgets
 * it with the pod.
 */
export async function watchEnd(cluster: Cluster, namespace: string, pod: string): Promise<Ended> {
  const { registry } = await watchEnds(cluster, namespace, pod);
  if (registry === undefined) throw new Error(`${pod} has no container of the name registry`);
  return registry;
}

/** The same for all containers of a pod, by their names, those included that prepare it. */
export async function watchEnds(
  cluster: Cluster,
  namespace: string,
  pod: string,
): Promise<Readonly<Record<string, Ended>>> {
  const path = 'jsonpath={.status}{"\\n"}';
  const command = [pathOf('kubectl'), 'get', 'pod', pod, '-n', namespace, '--watch', '-o', path];
  const watch = cluster.machine.spawn(command, {
    env: cluster.environment,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  if (watch.stdout === null) throw new Error('kubectl has no output');
  const ends: Record<string, Ended> = {};
  try {
    for await (const line of createInterface(watch.stdout)) {
      const { containerStatuses = [], initContainerStatuses = [] } = JSON.parse(line) as Pod['status'];
      const statuses = [...containerStatuses, ...initContainerStatuses];
      for (const { name, state } of statuses) if (state.terminated) ends[name] = state.terminated;
      if (statuses.length > 0 && statuses.every(({ name }) => name in ends)) return ends;
    }
  } finally {
    watch.kill();
  }
  throw new Error(`nobody saw the end of ${pod}`);
}

/** Sends a signal to a container's process, as nobody can who only talks to the API server. On our own cluster. */
export async function signal(
  cluster: Cluster,
  {
    namespace,
    labels,
    container,
  }: { readonly namespace: string; readonly labels: string; readonly container: string },
  name: NodeJS.Signals,
): Promise<void> {
  const { items } = await cluster.json<{ items: Running[] }>('pods', '-l', labels, '-n', namespace);
  const [pod] = items;
  const status = pod?.status.containerStatuses?.find((one) => one.name === container);
  if (pod === undefined || status === undefined) throw new Error(`no container ${container} of ${labels}`);
  const id = status.containerID.replace('containerd://', '');
  const kill = ['ctr', '--namespace', 'k8s.io', 'tasks', 'kill', '--signal', name, id];
  cluster.own.onNode(pod.spec.nodeName, ...kill);
}

interface Running {
  readonly spec: { readonly nodeName: string };
  readonly status: {
    readonly containerStatuses?: readonly { readonly name: string; readonly containerID: string }[];
  };
}
