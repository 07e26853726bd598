// An example as its tests see it: the objects that its function builds, with dummy secrets, and the texts in
// them.
import { type App, type Chart, Testing } from 'cdk8s';
import { parse } from 'yaml';
import { FixedStore } from '../../lib';
import type { Manifest } from './synth';

/** An example's objects. */
export class Built {
  readonly objects: Manifest[];

  /** Builds with these settings and no other REGISTRY_… variables. */
  constructor(build: (app: App) => Chart, settings: Readonly<Record<string, string>> = {}) {
    const before = process.env;
    const others = Object.entries(before).filter(([name]) => !name.startsWith('REGISTRY_'));
    process.env = { ...Object.fromEntries(others), ...settings };
    try {
      const app = Testing.app();
      new FixedStore().useIn(app);
      this.objects = Testing.synth(build(app)) as Manifest[];
    } finally {
      process.env = before;
    }
  }

  /** The one object of a kind and name. */
  one(kind: string, name: string): Manifest {
    const found = this.objects.filter((object) => object.kind === kind && object.metadata.name === name);
    if (found.length !== 1) throw new Error(`${found.length} objects are ${kind}/${name}`);
    return found[0] as Manifest;
  }

  /** The pod of a Deployment. */
  pod(deployment: string): Manifest {
    return this.one('Deployment', deployment).spec.template.spec;
  }

  /** A registry's config.yml. */
  config(registry: string): Manifest {
    return parse(this.one('ConfigMap', `${registry}-config`).data['config.yml']);
  }

  /** Where a Deployment's first container has a volume, and what the volume is made from. */
  mount(deployment: string, mountPath: string): Manifest {
    const { containers, volumes } = this.pod(deployment);
    const mount = containers[0].volumeMounts.find((candidate: Manifest) => candidate.mountPath === mountPath);
    return { ...mount, volume: volumes.find(({ name }: Manifest) => name === mount?.name) };
  }
}
