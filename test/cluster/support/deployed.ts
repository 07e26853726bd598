// An app of this project on a cluster, applied as its notes say, and what a person needs to use its registry.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { RegistryClient, type User } from '../../e2e/clients/registry-client';
import { adminIn, hostIn, type Synthesized, synthesize } from '../../e2e/scenario';
import { type Cluster, eventually } from './cluster';

export interface Deployed extends Synthesized {
  readonly namespace: string;
  /** The folder that is applied. */
  readonly dist: string;
  /** Writes the files anew, with more settings and the same store. What is in the cluster stays as it is. */
  synthesizeAgain(settings: Readonly<Record<string, string>>): void;
  close(): void;
}

export interface DeployOptions {
  readonly settings?: Readonly<Record<string, string>>;
  /** Names the namespace. */
  readonly purpose: string;
  /** What to wait for. @default [deployment/registry] */
  readonly workloads?: readonly string[];
}

/** Synthesizes an app into a namespace of its own, applies it and waits for it. */
export async function deployApp(cluster: Cluster, app: string, options: DeployOptions): Promise<Deployed> {
  const { settings = {}, purpose, workloads = ['deployment/registry'] } = options;
  const namespace = cluster.newNamespace(purpose);
  // A host of its own, since all share one ingress controller. Not *.localhost, which curl and browsers take for this machine, whatever /etc/hosts says.
  const all = { REGISTRY_HOST: `${namespace}.example.com`, ...settings, REGISTRY_NAMESPACE: namespace };
  const synthesized = synthesize(app, all);
  const dist = join(synthesized.folder, 'dist');
  await cluster.must(['apply', '-f', dist]);
  await cluster.rolledOut(namespace, ...workloads);
  return {
    ...synthesized,
    namespace,
    dist,
    synthesizeAgain: (more) => void synthesize(app, { ...all, ...more }, [], synthesized.folder),
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
  const client = new RegistryClient(cluster.machine, host, await cluster.secret(namespace, 'registry-tls', 'ca.crt'));
  await answers(client);
  return client;
}

/** A client that finds a registry by the LoadBalancer of its Service, and trusts its CA. */
export async function clientOfService(cluster: Cluster, { namespace, notes }: Deployed): Promise<RegistryClient> {
  const host = hostIn(notes);
  cluster.machine.addHost(host.split(':')[0], await cluster.addressOf('service', 'registry', namespace));
  const client = new RegistryClient(cluster.machine, host, await cluster.secret(namespace, 'registry-tls', 'ca.crt'));
  await answers(client);
  return client;
}

/** Waits until requests reach the registry: what is in front learns of ready pods a moment after Kubernetes. */
export function answers(client: RegistryClient): Promise<true> {
  return eventually(`${client.host} answers`, async () => [200, 401].includes((await client.request('/v2/')).status) || undefined, 30);
}

/** Who may log in, by the notes. */
export function admin(deployed: Deployed): User {
  return adminIn(deployed);
}
