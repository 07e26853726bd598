// A pod of a Deployment: its volumes, its init containers one after the other, then its containers with their
// probes, until it is stopped as the kubelet stops it.

import { setTimeout as sleep } from 'node:timers/promises';
import { IS_ROOT } from '../programs';
import { type ContainerContext, RunningContainer } from './container';
import type { Machine, PodNetwork, Result } from './machine';
import type { Objects } from './manifests';
import { containerPort, Prober } from './probe';
import type { Deployment } from './shapes';
import type { MountedVolume, VolumeMaker } from './volumes';

export interface PodOptions {
  /**
   * Cuts a preStop hook of the form `sleep N` to this many seconds. The hook waits for load balancers to
   * notice, which takes no time here; tests of the hook itself leave it alone.
   */
  readonly preStopSleepLimit?: number;
  /** Called when the pod may have become ready or unready. */
  readonly onReadiness: () => void;
}

const READY_DEADLINE_MS = 90_000;

export class Pod {
  static async start(
    name: string,
    deployment: Deployment,
    machine: Machine,
    objects: Objects,
    volumes: VolumeMaker,
    options: PodOptions,
  ): Promise<Pod> {
    const { spec } = deployment.spec.template;
    const namespace = deployment.metadata.namespace ?? 'default';
    const network = await machine.connectPod();
    const mounted = await volumes.make(name, namespace, spec);
    const context: ContainerContext = {
      machine,
      network,
      objects,
      namespace,
      hostname: name,
      pod: spec,
      volumes: mounted,
    };
    const pod = new Pod(name, namespace, deployment, machine, network, mounted, options);
    for (const init of spec.initContainers) {
      // On an ordinary user's machine all files have one owner, and there is no root to give them away.
      if (init.securityContext.runAsUser === 0 && !IS_ROOT) continue;
      const container = await RunningContainer.start(init, context);
      const code = await container.ended;
      pod.initLogs += container.logs;
      if (code !== 0) throw new Error(`init container ${init.name} failed: ${container.logs}`);
    }
    for (const container of spec.containers) pod.watch(await RunningContainer.start(container, context));
    return pod;
  }

  initLogs = '';
  private readonly containers: RunningContainer[] = [];
  private readonly startup: Prober[] = [];
  private readonly readiness: Prober[] = [];
  private readonly liveness: Prober[] = [];
  private terminating = false;

  private constructor(
    readonly name: string,
    readonly namespace: string,
    readonly deployment: Deployment,
    private readonly machine: Machine,
    private readonly network: PodNetwork,
    readonly volumes: ReadonlyMap<string, MountedVolume>,
    private readonly options: PodOptions,
  ) {}

  get ip(): string {
    return this.network.ip;
  }

  get labels(): Record<string, string> {
    return this.deployment.spec.template.metadata.labels;
  }

  get logs(): string {
    return this.initLogs + this.containers.map(({ logs }) => logs).join('');
  }

  /** Whether Services send requests here. */
  get ready(): boolean {
    const probers = [...this.startup, ...this.readiness]; // those of readiness are here once a container has started
    return !this.terminating && this.exited === undefined && probers.every(({ healthy }) => healthy === true);
  }

  /** Whether the kubelet would leave the containers alone. */
  get alive(): boolean {
    return this.exited === undefined && this.liveness.every(({ healthy }) => healthy === true);
  }

  async becomesReady(): Promise<void> {
    const deadline = Date.now() + READY_DEADLINE_MS;
    while (!this.ready || !this.alive) {
      if (this.exited !== undefined)
        throw new Error(`pod ${this.name}: a container ended with ${this.exited.exitCode}: ${this.logs}`);
      if (Date.now() > deadline) throw new Error(`pod ${this.name} is not ready: ${this.logs}`);
      await sleep(50);
    }
  }

  /** `kubectl exec` in the pod's first container. */
  exec(...command: string[]): Promise<Result> {
    return this.containers[0].exec(command);
  }

  /** Sends a signal to the first container's process. */
  signal(signal: NodeJS.Signals): void {
    this.containers[0].signal(signal);
  }

  /** The port that a Service's targetPort means in this pod. */
  port(target: number | string): number {
    if (typeof target === 'number') return target;
    const owner = this.containers.find(({ spec }) => spec.ports.some(({ name }) => name === target));
    if (owner === undefined) throw new Error(`pod ${this.name} has no port named ${target}`);
    return containerPort(owner.spec, target);
  }

  /** Ends the pod and answers with its containers' exit codes. */
  async stop(): Promise<number[]> {
    this.terminating = true;
    this.options.onReadiness();
    this.stopProbes();
    const codes = await Promise.all(
      this.containers.map((container) => container.stop(this.preStop(container))),
    );
    this.network.pause.kill('SIGKILL');
    return codes;
  }

  /** For a machine that is about to end with all that runs on it. */
  stopProbes(): void {
    for (const prober of [...this.startup, ...this.readiness, ...this.liveness]) prober.stop();
  }

  private get exited(): RunningContainer | undefined {
    return this.containers.find(({ exitCode }) => exitCode !== undefined);
  }

  private watch(container: RunningContainer): void {
    this.containers.push(container);
    const { startupProbe, readinessProbe, livenessProbe } = container.spec;
    const { options, ip, machine } = this;
    const started = () => {
      if (readinessProbe)
        this.readiness.push(new Prober(readinessProbe, container, ip, machine, options.onReadiness));
      if (livenessProbe) this.liveness.push(new Prober(livenessProbe, container, ip, machine));
    };
    if (startupProbe === undefined) return started();
    const first = new Prober({ ...startupProbe, initialDelaySeconds: 0 }, container, ip, machine, () => {
      first.stop();
      started();
    });
    this.startup.push(first);
  }

  private preStop({ spec }: RunningContainer): string[] | undefined {
    const command = spec.lifecycle?.preStop?.exec.command;
    const limit = this.options.preStopSleepLimit;
    if (command?.[0] !== 'sleep' || limit === undefined) return command;
    return ['sleep', String(Math.min(Number(command[1]), limit))];
  }
}
