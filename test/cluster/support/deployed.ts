// An app of this project on a cluster, applied as its notes say, and what a person needs to use its registry.

import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryClient, type User } from '../../e2e/clients/registry-client';
import { adminIn, asManifests, hostIn, type Synthesized, synthesize } from '../../e2e/scenario';
import { type Cluster, eventually } from './cluster';

export interface Deployed extends Synthesized {
  readonly namespace: string;
  /** The folder that is applied. */
  readonly dist: string;
  /** What the app was told by its environment. */
  readonly settings: Readonly<Record<string, string>>;
  /** Writes the files anew, with more settings and the same store. What is in the cluster stays as it is. */
  synthesizeAgain(settings: Readonly<Record<string, string>>): void;
  /** Applies the files, but for those that were left out. Gives what kubectl prints. */
  apply(): Promise<string>;
  /** Removes the folder. */
  close(): void;
}

export interface DeployOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Makes what must be there before, and gives settings that come of it. */
  readonly prepare?: (namespace: string) => Promise<Readonly<Record<string, string>>>;
  /** Names the namespace. */
  readonly purpose: string;
  /** Files of the app that are not applied yet, by their names. */
  readonly leaveOut?: RegExp;
  /** What to wait for. @default [deployment/registry] */
  readonly workloads?: readonly string[];
}

/** Synthesizes an app into a namespace of its own, applies it and waits for it. */
export async function deployApp(cluster: Cluster, app: string, options: DeployOptions): Promise<Deployed> {
  const {
    settings = {},
    prepare = async () => ({}),
    purpose,
    leaveOut = /^$/,
    workloads = ['deployment/registry'],
  } = options;
  const namespace = cluster.newNamespace(purpose);
  const prepared = await prepare(namespace);
  // A host of its own, since all share one ingress controller. Not *.localhost, which curl and browsers take
  // for this machine, whatever /etc/hosts says.
  const all = {
    REGISTRY_HOST: `${namespace}.example.com`,
    ...settings,
    ...prepared,
    REGISTRY_NAMESPACE: namespace,
  };
  const namespaces = asManifests(...(await cluster.json('namespaces')).items);
  const synthesized = synthesize(app, all, namespaces);
  const dist = join(synthesized.folder, 'dist');
  const apply = () => {
    const files = readdirSync(dist).filter((file) => file.endsWith('.yaml') && !leaveOut.test(file));
    return cluster.must(['apply', ...files.flatMap((file) => ['-f', join(dist, file)])]);
  };
  await apply();
  await cluster.rolledOut(namespace, ...workloads);
  return {
    ...synthesized,
    namespace,
    dist,
    settings: all,
    synthesizeAgain: (more) => void synthesize(app, { ...all, ...more }, namespaces, synthesized.folder),
    apply,
    close: () => rmSync(synthesized.folder, { recursive: true, force: true }),
  };
}

/** A client that finds a registry behind an Ingress, and trusts its CA. */
export async function clientThroughIngress(
  cluster: Cluster,
  { namespace, notes }: Deployed,
  ingress = 'registry',
): Promise<RegistryClient> {
  const host = hostIn(notes);
  cluster.machine.addHost(host, await cluster.addressOf('ingress', ingress, namespace));
  const client = new RegistryClient(
    cluster.machine,
    host,
    await cluster.secret(namespace, 'registry-tls', 'ca.crt'),
  );
  await answers(client);
  return client;
}

/** A client that finds a registry by the LoadBalancer of its Service, and trusts its CA. */
export async function clientOfService(
  cluster: Cluster,
  { namespace, notes }: Deployed,
): Promise<RegistryClient> {
  const host = hostIn(notes);
  cluster.machine.addHost(host.split(':')[0], await cluster.addressOf('service', 'registry', namespace));
  const client = new RegistryClient(
    cluster.machine,
    host,
    await cluster.secret(namespace, 'registry-tls', 'ca.crt'),
  );
  await answers(client);
  return client;
}

/**
 * Waits until requests reach the registry: what is in front learns of ready pods a moment after Kubernetes.
 */
export function answers(client: RegistryClient): Promise<true> {
  return eventually(
    `${client.host} answers`,
    async () => [200, 401].includes((await client.request('/v2/')).status) || undefined,
    60,
  );
}

/** Who may log in, by the notes. */
export function admin(deployed: Deployed): User {
  return adminIn(deployed);
}

/**
 * Two tests of every app: a normal start warns of nothing, and the same files a second time are the same
 * objects.
 */
export function testStartAndSecondApply(cluster: () => Cluster, app: () => Deployed): void {
  test('starts without a warning', async () => {
    expect(await cluster().warnings(app().namespace)).toEqual([]);
  });

  test('applied again, it changes nothing', async () => {
    const before = await versions(cluster(), app());
    await cluster().must(['apply', '-f', app().dist]);
    expect(await versions(cluster(), app())).toEqual(before);
  });
}

/**
 * Which change of its specification each object of an app has seen; where Kubernetes doesn't count these,
 * which change at all.
 */
async function versions(cluster: Cluster, { dist }: Deployed): Promise<Record<string, string>> {
  const { items } = JSON.parse(await cluster.must(['get', '-f', dist, '-o', 'json'])) as { items: Stored[] };
  return Object.fromEntries(
    items.map(({ kind, metadata: { namespace = '', name, generation, resourceVersion } }) => [
      `${kind} ${namespace}/${name}`,
      generation === undefined ? resourceVersion : `generation ${generation}`,
    ]),
  );
}

interface Stored {
  readonly kind: string;
  readonly metadata: {
    readonly namespace?: string;
    readonly name: string;
    readonly generation?: number;
    readonly resourceVersion: string;
  };
}
