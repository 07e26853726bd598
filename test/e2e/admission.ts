// What tests share that hand the library's objects to a real API server: the server with the definitions of
// custom resources, and pods without a controller that would make them.

import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { type Manifest, readManifests } from '../../tools/pod-runner/manifests';
import { type Program, pathOf } from '../../tools/programs';
import { asManifests } from './scenario';

const LEVEL = 'pod-security.kubernetes.io/enforce';
export const RESTRICTED = { [LEVEL]: 'restricted' };

/** What a test needs that uses `startServer`. */
export const ADMISSION_PROGRAMS: readonly Program[] = [...API_PROGRAMS, 'definitions'];

/** Starts a machine with an API server that has the custom resources, as their projects define them. */
export async function startServer(): Promise<ApiServer> {
  const machine = await Machine.start();
  try {
    const server = await ApiServer.start(machine);
    await addDefinitions(server, definitions());
    await server.prepareNamespaces();
    return server;
  } catch (error) {
    await machine.stop();
    throw error;
  }
}

/** Custom resources, as their projects define them. */
export async function addDefinitions(
  server: Pick<ApiServer, 'must'>,
  all: readonly Manifest[],
): Promise<void> {
  // What an older API server doesn't know of them, such as `selectableFields` before 1.30, it leaves out.
  await server.must(['create', '--validate=ignore', '-f', '-'], { input: asInput(all) });
  await server.must(['wait', '--for=condition=Established', 'crd', '--all']);
}

export function definitions(): Manifest[] {
  const published = readManifests(pathOf('definitions'));
  // Older versions of an API are still described, but served no more.
  for (const { body } of published)
    for (const version of (body.spec as { versions: { served: boolean }[] }).versions) version.served = true;
  // Traefik's kinds had another group before 2.10. Its definitions aren't published any more; what is set
  // here is the same.
  const older = published
    .filter(({ name }) => name.endsWith('.traefik.io'))
    .map(({ body }) => JSON.parse(JSON.stringify(body).replaceAll('traefik.io', 'traefik.containo.us')));
  return [...published, ...asManifests(...older)];
}

/**
 * Objects as kubectl reads them. One after the other: of a List kubectl checks the fields itself, which are
 * to be left to the server.
 */
export function asInput(manifests: readonly Manifest[]): string {
  return manifests.map(({ body }) => JSON.stringify(body)).join('\n');
}

/** What kubectl says of the objects, without their names and each thing once. */
export function outcomes(lines: readonly string[]): string[] {
  return [...new Set(lines.map((line) => line.replace(/^\S+ /, '')))];
}

interface WithTemplate {
  readonly template: { readonly metadata: object; readonly spec: object };
}

/** A pod from each workload's template. */
export function podsOf(manifests: readonly Manifest[]): Manifest[] {
  return manifests.flatMap(({ body, kind, namespace, name }) => {
    if (kind !== 'Deployment' && kind !== 'DaemonSet' && kind !== 'CronJob') return [];
    const { jobTemplate, template } = body.spec as Partial<WithTemplate> & {
      jobTemplate?: { spec: WithTemplate };
    };
    const { metadata = {}, spec = {} } = jobTemplate?.spec.template ?? template ?? {};
    return asManifests({
      apiVersion: 'v1',
      kind: 'Pod',
      metadata: { ...metadata, name: `${name}-0`, namespace },
      spec,
    });
  });
}

/**
 * Creates the pods of workloads and expects that all are admitted. Gives what Pod Security enforces in each
 * of their namespaces.
 */
export async function admitPods(
  server: ApiServer,
  manifests: readonly Manifest[],
): Promise<Record<string, string>> {
  if (manifests.some(({ kind }) => kind === 'Namespace')) await server.prepareNamespaces();
  const pods = podsOf(manifests);
  const { code, stdout, stderr } = await server.kubectl(['create', '--validate=strict', '-f', '-'], {
    input: asInput(pods),
  });
  expect({ code, stderr, said: outcomes(stdout.trim().split('\n')) }).toEqual({
    code: 0,
    stderr: '',
    said: ['created'],
  });
  return levelsOf(server, new Set(pods.map((pod) => pod.namespace)));
}

/** What Pod Security enforces in each of these namespaces. */
export async function levelsOf(
  server: ApiServer,
  namespaces: ReadonlySet<string>,
): Promise<Record<string, string>> {
  const columns = `custom-columns=NAME:.metadata.name,LEVEL:.metadata.labels.${LEVEL.replaceAll('.', '\\.')}`;
  const rows = await server.must(['get', 'namespaces', ...namespaces, '--no-headers', '-o', columns]);
  const levels = rows
    .trim()
    .split('\n')
    .map((row) => row.split(/ +/));
  return Object.fromEntries(levels.map(([name, level]) => [name, level === '<none>' ? '' : level]));
}
