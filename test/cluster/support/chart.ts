// Releases of the registry's own chart on a cluster: where they are, what Helm made of them and what the
// notes say.

import { RegistryClient, type User } from '../../e2e/clients/registry-client';
import { type LiveObject, type Release, STRICT } from '../../e2e/release';
import { type Cluster, eventually } from './cluster';

/** What the chart makes by default in the release `first`. */
export const NAMES = [
  'ConfigMap first-registry-config',
  'Deployment first-registry',
  'NetworkPolicy first-registry',
  'NetworkPolicy first-registry-test-pods',
  'PersistentVolumeClaim first-registry',
  'Secret first-registry-auth',
  'Secret first-registry-ca',
  'Secret first-registry-http',
  'Secret first-registry-login',
  'Secret first-registry-tls',
  'Service first-registry',
];

export const WAIT = ['--wait', '--timeout', '3m'];

/** The headings of the notes. */
export const [RUNS, REACH, FIND, TRUST] = [
  'Wait until it runs',
  'Reach it',
  'Find the address',
  'Trust the certificate',
];
export const [LOG_IN, PUSH, PAGE] = ['Log in', 'Push and pull', 'Open the UI'];
export const EXPIRES = 'Upgrade the release before its certificate expires';
export const SUCCEEDED = expect.objectContaining({ code: 0 });

/** Makes a namespace whose pods must be restricted. */
export async function namespaceFor(cluster: Cluster, purpose: string): Promise<string> {
  const name = cluster.newNamespace(purpose);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: STRICT } });
  await eventually(
    'its service account is there',
    () => cluster.json('serviceaccount', 'default', '-n', name),
    60,
  );
  return name;
}

/** What of a release Helm and the chart made: not the pods, and what controllers add. */
export async function objectsOf(release: Release): Promise<LiveObject[]> {
  const kinds = [
    'ConfigMap',
    'Deployment',
    'Ingress',
    'NetworkPolicy',
    'PersistentVolumeClaim',
    'Secret',
    'Service',
  ];
  const all = await release.objects();
  return all.filter(({ kind, metadata }) => kinds.includes(kind) && metadata.name !== 'kube-root-ca.crt');
}

export interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly containers: { readonly resources: object }[] };
  readonly status: { readonly conditions: { readonly type: string; readonly status: string }[] };
}

export async function podsIn(cluster: Cluster, namespace: string): Promise<Pod[]> {
  return (await cluster.json<{ items: Pod[] }>('pods', '-n', namespace)).items;
}

/** Whether pods run, one by one. */
export function ready(pods: readonly Pod[]): boolean[] {
  return pods.map(({ status }) =>
    status.conditions.some(({ type, status }) => type === 'Ready' && status === 'True'),
  );
}

/** Somebody who knows what was generated. */
export async function clientOf(
  cluster: Cluster,
  release: Release,
  host: string,
): Promise<[RegistryClient, User]> {
  const { tls, login } = await release.generated(`${release.name}-registry`);
  return [
    new RegistryClient(cluster.machine, host, Buffer.from(tls['ca.crt'])),
    { name: login.username, password: login.password },
  ];
}

/** The commands of notes, by the heading that they stand under. */
export function stepsIn(notes: string): Record<string, string[]> {
  const steps = notes.split(/\n\n[0-9]+\. /).slice(1);
  return Object.fromEntries(
    steps.map((step) => {
      const commands = [...step.matchAll(/^ +((?:kubectl|docker|sudo|printf) .*)$/gm)].map(
        ([, command]) => command,
      );
      return [/^[^:,\n]*/.exec(step)?.[0], commands];
    }),
  );
}
