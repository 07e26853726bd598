// A registry whose garbage is collected, with an API server: its pods are the runner's, and what a kubelet and the
// controller of Jobs do is done here. The containers of a run have the token of its ServiceAccount, and no other right.
import { readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';
import { ApiServer } from '../../tools/pod-runner/api-server';
import { type ContainerContext, RunningContainer } from '../../tools/pod-runner/container';
import { MACHINE_IP } from '../../tools/pod-runner/machine';
import { type Manifest, Objects } from '../../tools/pod-runner/manifests';
import { VolumeMaker } from '../../tools/pod-runner/volumes';
import { asManifests, deploy, type Scenario, type ScenarioOptions } from './scenario';

export const NAME = 'registry-collection';
export const SNAPSHOTS = 'registry-snapshots';
export const NAMESPACE = 'registry';
const IN = ['-n', NAMESPACE];
const ACCOUNT = 'token-of-the-account';

/** Times that a test has. */
export const QUICK = {
  SETTLE_SECONDS: '3',
  LEASE_SECONDS: '60',
  RENEW_SECONDS: '10',
  MARGIN_SECONDS: '15',
  WAIT_SECONDS: '60',
  LOOK_SECONDS: '1',
  TRUST_SECONDS: '10',
};

export class Collecting {
  static async start(app: string, options: ScenarioOptions = {}, switchName = NAME): Promise<Collecting> {
    const scenario = await deploy(app, options);
    try {
      const server = await ApiServer.start(scenario.runner.machine);
      const collecting = new Collecting(scenario, server, switchName);
      await collecting.prepare();
      return collecting;
    } catch (error) {
      await scenario.close();
      throw error;
    }
  }

  private runs = 0;
  private switch: Record<string, string> = {};
  private seen = '';
  private watching = true;
  private watched: Promise<void> = Promise.resolve();
  /** Objects that somebody else made, which the pods see. */
  others: Manifest[] = [];
  /** A kubelet that has lost the API server tells its pods nothing. */
  kubeletIsAway = false;

  private constructor(
    readonly scenario: Scenario,
    readonly server: ApiServer,
    /** The ConfigMap that runs turn: snapshots have one of their own where there is no collection. */
    private readonly switchName: string,
  ) {}

  async close(): Promise<void> {
    this.watching = false;
    await this.watched;
    await this.scenario.close();
  }

  /** The manifests that a run needs in the cluster. */
  get objects(): Manifest[] {
    const kinds = ['ServiceAccount', 'Role', 'RoleBinding', 'ConfigMap'];
    const names = [NAME, SNAPSHOTS];
    return this.scenario.manifests.filter(({ kind, name }) => names.includes(name) && kinds.includes(kind));
  }

  apply(...options: string[]): Promise<string> {
    const input = this.objects.map(({ body }) => JSON.stringify(body)).join('\n');
    return this.server.must(['apply', ...options, '-f', '-'], { input });
  }

  private async prepare(): Promise<void> {
    await this.server.createNamespace(NAMESPACE);
    await this.apply();
    for (const pod of this.scenario.runner.podsOf('registry'))
      await this.createPod(pod.name, 'registry', pod.ip);
    this.watched = this.kubelet();
  }

  /** As kubelets do it, but at once: the registry's pods see the ConfigMap. */
  private async kubelet(): Promise<void> {
    while (this.watching) {
      await sleep(200);
      if (this.kubeletIsAway) continue;
      const data = (await this.configMap().catch(() => undefined))?.data ?? {};
      const now = JSON.stringify([data, this.others]);
      if (now === this.seen) continue;
      this.seen = now;
      this.switch = data;
      this.scenario.runner.apply(this.manifests());
    }
  }

  private manifests(): Manifest[] {
    const { switchName: name } = this;
    const others = this.scenario.manifests.filter((one) => one.kind !== 'ConfigMap' || one.name !== name);
    const metadata = { name, namespace: NAMESPACE };
    const live = { apiVersion: 'v1', kind: 'ConfigMap', metadata, data: this.switch };
    return [...others, ...asManifests(live), ...this.others];
  }

  async configMap(): Promise<any> {
    const { code, stdout } = await this.server.kubectl([
      'get',
      'configmap',
      this.switchName,
      ...IN,
      '-o',
      'json',
    ]);
    return code === 0 ? JSON.parse(stdout) : undefined;
  }

  async figures(kind: 'last-collection' | 'last-failed-collection' = 'last-collection'): Promise<any> {
    const { annotations = {} } = (await this.configMap()).metadata;
    const text = annotations[`cdk8s-registry.io/${kind}`];
    return text === undefined ? undefined : JSON.parse(text);
  }

  /** Makes a pod as the API server knows it. */
  async createPod(name: string, component: string, ip: string): Promise<void> {
    const labels = {
      'app.kubernetes.io/name': 'registry',
      'app.kubernetes.io/instance': 'registry',
      'app.kubernetes.io/component': component,
    };
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { name, namespace: NAMESPACE, labels },
      spec: { containers: [{ name: 'one', image: 'busybox:1.37.0' }] },
    };
    await this.server.must(['create', '-f', '-'], { input: JSON.stringify(pod) });
    await this.setPhase(name, 'Running', ip);
  }

  async setPhase(name: string, phase: string, ip?: string): Promise<void> {
    const status = { phase, ...(ip !== undefined && { podIP: ip, podIPs: [{ ip }] }) };
    const patch = JSON.stringify({ status });
    await this.server.must([
      'patch',
      'pod',
      name,
      ...IN,
      '--subresource=status',
      '--type=merge',
      '-p',
      patch,
    ]);
  }

  async deletePod(name: string): Promise<void> {
    await this.server.must(['delete', 'pod', name, ...IN, '--force', '--grace-period=0', '--wait=false']);
  }

  /** A pod of a Job of the CronJob. */
  async run(times: Readonly<Record<string, string>> = {}, of = NAME): Promise<Run> {
    this.runs += 1;
    const name = `${of === NAME ? 'collect' : 'snapshot'}-${this.runs}`;
    const token = await this.server.must(['create', 'token', of, ...IN]);
    const { clusters } = JSON.parse(readFileSync(this.server.environment.KUBECONFIG as string, 'utf8'));
    const ca = readFileSync(clusters[0].cluster['certificate-authority'], 'utf8');
    const account = {
      apiVersion: 'v1',
      kind: 'Secret',
      metadata: { name: ACCOUNT, namespace: NAMESPACE },
      stringData: { token: token.trim(), 'ca.crt': ca, namespace: NAMESPACE },
    };
    const cronJob = this.cronJob(of, { ...QUICK, ...times });
    const others = this.scenario.manifests.filter(({ kind }) => kind !== 'CronJob');
    const objects = new Objects([...others, ...asManifests(account, cronJob)]);
    const { machine } = this.scenario.runner;
    const { spec } = objects.one('CronJob', of).spec.jobTemplate.spec.template;
    const network = await machine.connectPod();
    await this.createPod(name, of.replace('registry-', ''), network.ip);
    const context: ContainerContext = {
      ...{ machine, network, objects, namespace: NAMESPACE, hostname: name, pod: spec },
      volumes: await new VolumeMaker(machine, () => objects).make(name, NAMESPACE, spec),
    };
    const [collector, watcher = collector] = (await Promise.all(
      spec.containers.map((container) => RunningContainer.start(container, context)),
    )) as [RunningContainer, RunningContainer?];
    const offline = async (is: boolean) => {
      const route = ['ip', 'route', is ? 'add' : 'del', 'blackhole', `${MACHINE_IP}/32`];
      await machine.must(route, { network });
    };
    return new Run(this, name, collector, watcher, offline);
  }

  /** The CronJob with these times, and with what a kubelet gives to its containers. */
  private cronJob(of: string, times: Readonly<Record<string, string>>): object {
    const found = this.scenario.manifests.find(({ kind, name }) => kind === 'CronJob' && name === of)?.body;
    const copy = structuredClone(found) as any;
    const { spec } = copy.spec.jobTemplate.spec.template;
    spec.volumes = spec.volumes.map((volume: any) =>
      ['collection-api', 'snapshot-api'].includes(volume.name)
        ? { name: volume.name, secret: { secretName: ACCOUNT } }
        : volume,
    );
    for (const container of spec.containers) {
      for (const variable of container.env) variable.value = times[variable.name] ?? variable.value;
      container.env.push(
        { name: 'KUBERNETES_SERVICE_HOST', value: MACHINE_IP },
        { name: 'KUBERNETES_SERVICE_PORT', value: '6443' },
      );
    }
    return copy;
  }
}

/** A run: its two containers. */
export class Run {
  constructor(
    private readonly collecting: Collecting,
    readonly name: string,
    readonly collector: RunningContainer,
    readonly watcher: RunningContainer,
    /** Whether its pod reaches the API server. */
    readonly setOffline: (is: boolean) => Promise<void>,
  ) {}

  get logs(): string {
    return this.collector.logs + this.watcher.logs;
  }

  /** Waits until a line is in the logs. */
  async says(text: string, seconds = 60): Promise<void> {
    for (let tries = 0; tries < seconds * 10; tries += 1) {
      if (this.logs.includes(text)) return;
      await sleep(100);
    }
    throw new Error(`it does not say "${text}": ${this.logs}`);
  }

  /** Both containers have ended: the pod's phase. */
  async ended(): Promise<'Succeeded' | 'Failed'> {
    const codes = await Promise.all([this.collector.ended, this.watcher.ended]);
    const phase = codes.every((code) => code === 0) ? 'Succeeded' : 'Failed';
    await this.collecting.setPhase(this.name, phase);
    return phase;
  }

  kill(signal: NodeJS.Signals): void {
    for (const container of [this.collector, this.watcher]) container.signal(signal);
  }
}
