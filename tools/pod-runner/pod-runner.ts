// A cluster of one machine that runs what a folder of manifests describes: the test's entry to everything
// beside.

import { Front } from './front';
import { IngressNginx } from './ingress-nginx';
import { Machine } from './machine';
import { type Manifest, Objects } from './manifests';
import { Pod, type PodOptions } from './pod';
import { type Ended, runToEnd } from './run-to-end';
import { Services } from './services';
import { claimFolder, mountMemory, VolumeMaker } from './volumes';

export type PodRunnerOptions = Pick<PodOptions, 'preStopSleepLimit'>;

export class PodRunner {
  static async start(manifests: Manifest[], options: PodRunnerOptions = {}): Promise<PodRunner> {
    const objects = new Objects(manifests);
    const machine = await Machine.start();
    try {
      const services = await Services.start(machine);
      for (const service of objects.all('Service')) await services.add(service);
      await services.update([]);
      return new PodRunner(machine, services, objects, options);
    } catch (error) {
      await machine.stop();
      throw error;
    }
  }

  readonly ingress: IngressNginx;
  /** Serves IngressRoutes and HTTPRoutes. */
  readonly front: Front;
  private readonly volumes: VolumeMaker;
  private pods: Pod[] = [];
  private started = 0;

  private constructor(
    readonly machine: Machine,
    readonly services: Services,
    private current: Objects,
    private readonly options: PodRunnerOptions,
  ) {
    this.ingress = new IngressNginx(machine, services);
    this.front = new Front(machine, services);
    this.volumes = new VolumeMaker(machine, () => this.current);
  }

  get objects(): Objects {
    return this.current;
  }

  podsOf(deployment: string): Pod[] {
    return this.pods.filter((pod) => pod.deployment.metadata.name === deployment);
  }

  /** Runs a Deployment's pods and waits until they are ready. */
  async run(name: string): Promise<Pod> {
    const deployment = this.objects.one('Deployment', name);
    const labels = deployment.spec.template.metadata.labels;
    const wanted = Object.entries(deployment.spec.selector.matchLabels);
    if (wanted.some(([key, value]) => labels[key] !== value))
      throw new Error(`Deployment ${name} does not select its pods`);
    const pods: Pod[] = [];
    for (let replica = 0; replica < deployment.spec.replicas; replica += 1) {
      this.started += 1;
      const onReadiness = () => void this.services.update(this.pods);
      const pod = await Pod.start(
        `${name}-${this.started}`,
        deployment,
        this.machine,
        this.objects,
        this.volumes,
        {
          ...this.options,
          onReadiness,
        },
      );
      this.pods.push(pod);
      pods.push(pod);
    }
    await Promise.all(pods.map((pod) => pod.becomesReady()));
    await this.services.update(this.pods);
    return pods[0];
  }

  /** Runs a Pod that ends by itself, as Helm does with its hooks. */
  runToEnd(name: string): Promise<Ended> {
    this.started += 1;
    return runToEnd(
      `${name}-${this.started}`,
      this.objects.one('Pod', name),
      this.machine,
      this.objects,
      this.volumes,
    );
  }

  /** `kubectl create job --from=cronjob/<name>`: one pod of it, to its end. */
  runJobOf(name: string): Promise<Ended> {
    this.started += 1;
    const { metadata, spec } = this.objects.one('CronJob', name);
    const pod = {
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: `${name}-${this.started}` },
      spec: spec.jobTemplate.spec.template.spec,
    } as const;
    return runToEnd(`${name}-${this.started}`, pod, this.machine, this.objects, this.volumes);
  }

  /** Ends a Deployment's pods and answers with their containers' exit codes. */
  async stop(name: string): Promise<number[]> {
    const ending = this.podsOf(name);
    const codes = await Promise.all(ending.map((pod) => pod.stop()));
    this.pods = this.pods.filter((pod) => !ending.includes(pod));
    return codes.flat();
  }

  /** `kubectl rollout restart` of a Deployment whose strategy is Recreate. */
  async restart(name: string): Promise<Pod> {
    await this.stop(name);
    return this.run(name);
  }

  /** `kubectl apply` of changed objects: mounted Secrets and ConfigMaps follow at once, running pods stay. */
  apply(manifests: readonly Manifest[]): void {
    this.current = new Objects(manifests);
    for (const pod of this.pods) {
      for (const volume of pod.deployment.spec.template.spec.volumes) {
        const projection = pod.volumes.get(volume.name)?.projection;
        projection?.refresh(this.volumes.dataOf(volume, pod.namespace));
      }
    }
  }

  /** Where a claim's files are on the machine. */
  claimPath(name: string): string {
    const { metadata } = this.objects.one('PersistentVolumeClaim', name);
    return claimFolder(this.machine, metadata.namespace ?? 'default', name);
  }

  /** Puts a small volume under a claim, before a pod uses it. */
  async limitClaim(name: string, bytes: number): Promise<void> {
    await mountMemory(this.machine, this.claimPath(name), bytes);
  }

  /**
   * Makes a claim's small volume read-only, as the kernel does when a disk reports errors, or writable, or
   * larger.
   */
  async remountClaim(name: string, mode: 'ro' | 'rw' | `size=${number}`): Promise<void> {
    await this.machine.must(['mount', '-o', `remount,${mode}`, 'tmpfs', this.claimPath(name)]);
  }

  async close(): Promise<void> {
    for (const pod of this.pods) pod.stopProbes();
    await this.machine.stop();
  }
}
