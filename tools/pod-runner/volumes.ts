// Volumes as the kubelet makes them: Secrets and ConfigMaps behind a `..data` link that is swapped at once,
// claims and emptyDirs as folders, all of them opened to the pod's fsGroup.

import { chmodSync, chownSync, mkdirSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { IS_ROOT } from '../programs';
import type { Machine } from './machine';
import type { Objects } from './manifests';
import type { Claim, PodSpec, Volume } from './shapes';

export interface MountedVolume {
  readonly path: string;
  readonly readOnly: boolean;
  /** Set for volumes whose files come from an object. */
  readonly projection?: Projection;
}

/** Which keys become which files; of several sources, `dataOf` has chosen them. */
type Projected = Pick<NonNullable<Volume['secret']>, 'defaultMode' | 'items'>;

/** The files of a Secret or ConfigMap; `refresh` is what the kubelet does when the object has changed. */
export class Projection {
  private generation = 0;
  private readonly links = new Set<string>();

  constructor(
    private readonly path: string,
    private readonly source: Projected,
    private readonly fsGroup: number | undefined,
  ) {}

  refresh(data: Map<string, Buffer>): void {
    const previous = join(this.path, `..generation-${this.generation}`);
    this.generation += 1;
    const name = `..generation-${this.generation}`;
    mkdirSync(join(this.path, name), { mode: 0o755 });
    const files = this.files(data);
    for (const link of this.links) {
      if (files.some(({ path }) => path === link)) continue;
      rmSync(join(this.path, link));
      this.links.delete(link);
    }
    for (const { key, path, mode } of files) {
      const content = data.get(key);
      if (content === undefined) throw new Error(`volume item ${key}: no such key`);
      const file = join(this.path, name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
      this.own(file, mode ?? this.source.defaultMode);
      if (!this.links.has(path)) symlinkSync(join('..data', path), join(this.path, path));
      this.links.add(path);
    }
    symlinkSync(name, join(this.path, '..data_tmp'));
    renameSync(join(this.path, '..data_tmp'), join(this.path, '..data'));
    rmSync(previous, { recursive: true, force: true });
  }

  private files(data: Map<string, Buffer>): { key: string; path: string; mode?: number }[] {
    const files = this.source.items ?? [...data.keys()].map((key) => ({ key, path: key, mode: undefined }));
    for (const { path } of files)
      if (path.includes('/')) throw new Error(`volume item ${path}: subfolders are not understood`);
    return files;
  }

  /** With an fsGroup the kubelet gives read-only files to that group and lets it read them. */
  private own(file: string, mode: number): void {
    if (this.fsGroup !== undefined && IS_ROOT) chownSync(file, 0, this.fsGroup);
    chmodSync(file, this.fsGroup === undefined ? mode : mode | 0o440);
  }
}

/** Makes a pod's volumes on the machine's disk. Claims outlive pods, everything else is the pod's own. */
export class VolumeMaker {
  constructor(
    private readonly machine: Machine,
    private readonly objects: () => Objects,
  ) {}

  async make(pod: string, namespace: string, spec: PodSpec): Promise<Map<string, MountedVolume>> {
    const volumes = new Map<string, MountedVolume>();
    for (const volume of spec.volumes)
      volumes.set(volume.name, await this.makeOne(pod, namespace, volume, spec));
    return volumes;
  }

  private async makeOne(
    pod: string,
    namespace: string,
    volume: Volume,
    { securityContext }: PodSpec,
  ): Promise<MountedVolume> {
    const { name, secret, configMap, projected, persistentVolumeClaim, emptyDir } = volume;
    const { fsGroup, fsGroupChangePolicy } = securityContext;
    const sources = [secret, configMap, projected, persistentVolumeClaim, emptyDir].filter(
      (source) => source !== undefined,
    );
    if (sources.length !== 1) throw new Error(`volume ${name}: it needs exactly one source`);
    if (persistentVolumeClaim !== undefined) {
      const claim = this.objects().one('PersistentVolumeClaim', persistentVolumeClaim.claimName, namespace);
      if (claim.spec.volumeName !== undefined)
        return { path: this.hostFolder(claim, namespace), readOnly: false };
      const path = claimFolder(this.machine, namespace, persistentVolumeClaim.claimName);
      await this.giveToGroup(path, fsGroup, fsGroupChangePolicy);
      return { path, readOnly: false };
    }
    const path = this.machine.makeFolder('pods', pod, 'volumes', name);
    if (emptyDir !== undefined) {
      // A pod that outgrows the limit of an emptyDir is evicted; here the volume is simply full.
      if (emptyDir.medium === 'Memory' || emptyDir.sizeLimit !== undefined)
        await mountMemory(this.machine, path, emptyDir.sizeLimit);
      await this.machine.must(['chmod', '0777', path]);
      await this.giveToGroup(path, fsGroup, 'Always');
      return { path, readOnly: false };
    }
    const source = (secret ?? configMap ?? projected) as Projected;
    const projection = new Projection(path, source, fsGroup);
    projection.refresh(this.dataOf(volume, namespace));
    return { path, readOnly: true, projection };
  }

  /**
   * The folder of a claim's own volume, if the two bind. It stays root's: the kubelet gives such folders to
   * no fsGroup.
   */
  private hostFolder({ metadata, spec }: Claim, namespace: string): string {
    const { volumeName = '', accessModes, resources, storageClassName } = spec;
    const volume = this.objects().one('PersistentVolume', volumeName).spec;
    const { claimRef, capacity } = volume;
    const meant = claimRef.name === metadata.name && claimRef.namespace === namespace;
    const fits =
      capacity.storage >= resources.requests.storage &&
      accessModes.every((mode) => mode === volume.accessModes[0]);
    if (!meant || !fits || storageClassName !== volume.storageClassName)
      throw new Error(`claim ${metadata.name} does not bind ${volumeName}`);
    return hostFolder(this.machine, volume.hostPath.path);
  }

  /** What a projected volume should hold now. */
  dataOf({ secret, configMap, projected, name }: Volume, namespace: string): Map<string, Buffer> {
    if (secret !== undefined) return this.objects().data('Secret', secret.secretName, namespace);
    if (configMap !== undefined) {
      const absent = configMap.optional && !this.objects().has('ConfigMap', configMap.name, namespace);
      return absent ? new Map() : this.objects().data('ConfigMap', configMap.name, namespace);
    }
    if (projected !== undefined)
      return new Map(
        projected.sources.flatMap(({ configMap: source }) => {
          if (source.optional && !this.objects().has('ConfigMap', source.name, namespace)) return [];
          const data = this.objects().data('ConfigMap', source.name, namespace);
          const { items = [...data.keys()].map((key) => ({ key, path: key })) } = source;
          return items.map(({ key, path }): [string, Buffer] => [path, data.get(key) as Buffer]);
        }),
      );
    throw new Error(`volume ${name}: not made from an object`);
  }

  private async giveToGroup(
    path: string,
    fsGroup: number | undefined,
    policy: 'Always' | 'OnRootMismatch',
  ): Promise<void> {
    if (fsGroup === undefined || !IS_ROOT) return;
    const [group, mode] = (await this.machine.must(['stat', '-c', '%g %f', path])).trim().split(' ');
    const matches = Number(group) === fsGroup && (Number.parseInt(mode, 16) & 0o2070) === 0o2070;
    if (policy === 'OnRootMismatch' && matches) return;
    await this.machine.must(['chgrp', '-R', String(fsGroup), path]);
    await this.machine.must(['chmod', '-R', 'u+rwX,g+rwX', path]);
    await this.machine.must(['find', path, '-type', 'd', '-exec', 'chmod', 'g+xs', '{}', '+']);
  }
}

export function claimFolder(machine: Machine, namespace: string, claim: string): string {
  return machine.makeFolder('claims', namespace, claim);
}

/** Where a folder of the node is on the machine. */
export function hostFolder(machine: Machine, path: string): string {
  return machine.makeFolder('node', ...path.split('/'));
}

export async function mountMemory(machine: Machine, path: string, size?: number): Promise<void> {
  const options = size === undefined ? [] : ['-o', `size=${size}`];
  await machine.must(['mount', '-t', 'tmpfs', ...options, 'tmpfs', path]);
}
