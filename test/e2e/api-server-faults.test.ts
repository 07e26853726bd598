// That the API server of the tests is as strict as a cluster's: faults planted in the default app's objects
// are refused, each for its own reason.

import { rmSync } from 'node:fs';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import type { Manifest } from '../../tools/pod-runner/manifests';
import { describeWith } from '../../tools/programs';
import { ADMISSION_PROGRAMS, asInput, podsOf, startServer } from './admission';
import { DEFAULT_APP, type Synthesized, synthesize } from './scenario';

type Path = readonly (string | number)[];
const CONTAINER: Path = ['spec', 'containers', 0];
const TEMPLATE: Path = ['spec', 'template', 'spec', 'containers', 0];
const PORT: Path = ['spec', 'ports', 0];

/** A fault's name, the kind and name of the object, where it is planted, what, and what the server says. */
const FAULTS: readonly [string, string, Path, unknown, string][] = [
  [
    'an unknown field',
    'Deployment/registry',
    [...TEMPLATE, 'readynessProbe'],
    {},
    '.readynessProbe: field not declared in schema',
  ],
  [
    'a wrong quantity',
    'Deployment/registry',
    [...TEMPLATE, 'resources', 'limits', 'memory'],
    '256MB',
    'quantities must match the regular expression',
  ],
  ['a number where text belongs', 'ConfigMap/registry-config', ['data', 'config.yml'], 1, 'expected string'],
  [
    'a request above the limit',
    'Deployment/registry',
    [...TEMPLATE, 'resources', 'requests', 'memory'],
    '1Ti',
    'must be less than or equal to memory limit',
  ],
  [
    'a selector without its pods',
    'Deployment/registry',
    ['spec', 'template', 'metadata', 'labels'],
    { app: 'other' },
    '`selector` does not match template `labels`',
  ],
  [
    'another selector',
    'Deployment/registry',
    ['spec', 'selector', 'matchLabels'],
    { app: 'registry' },
    'field is immutable',
  ],
  ['a port above 65535', 'Service/registry', [...PORT, 'port'], 70_000, 'must be between 1 and 65535'],
  [
    'an access mode that is none',
    'PersistentVolumeClaim/registry',
    ['spec', 'accessModes'],
    ['ReadWriteTwice'],
    'Unsupported value: "ReadWriteTwice"',
  ],
  [
    'a smaller claim',
    'PersistentVolumeClaim/registry',
    ['spec', 'resources', 'requests', 'storage'],
    '1Gi',
    'spec is immutable after creation',
  ],
  ['another type of a secret', 'Secret/registry-tls', ['type'], 'Opaque', 'field is immutable'],
  [
    'a path of no type',
    'Ingress/registry',
    ['spec', 'rules', 0, 'http', 'paths', 0, 'pathType'],
    undefined,
    'pathType: Required value: pathType must be specified',
  ],
  [
    'a port without a name in a policy',
    'NetworkPolicy/registry',
    ['spec', 'ingress', 0, 'ports', 0, 'port'],
    'no such-port',
    'must contain only alpha-numeric characters',
  ],
  [
    'a privileged pod',
    'Pod/registry-0',
    [...CONTAINER, 'securityContext'],
    { privileged: true },
    'violates PodSecurity "restricted:latest": privileged',
  ],
  [
    'a pod that may be root',
    'Pod/registry-0',
    [...CONTAINER, 'securityContext', 'runAsUser'],
    0,
    'violates PodSecurity "restricted:latest": runAsUser=0',
  ],
  [
    'a folder of the node',
    'Pod/registry-0',
    ['spec', 'volumes', 0],
    { name: 'config', hostPath: { path: '/' } },
    'volume "config" uses restricted volume type "hostPath"',
  ],
  [
    'a service account that is not there',
    'Pod/registry-0',
    ['spec', 'serviceAccountName'],
    'nobody',
    'serviceaccount "nobody" not found',
  ],
  [
    'a priority class that is not there',
    'Pod/registry-0',
    ['spec', 'priorityClassName'],
    'high',
    'no PriorityClass with name high was found',
  ],
];

describeWith('the API server refuses', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  let written: Synthesized;
  let objects: readonly Manifest[];
  beforeAll(async () => {
    written = synthesize(DEFAULT_APP);
    objects = [...written.manifests, ...podsOf(written.manifests)];
    server = await startServer();
    await server.must(['apply', '--server-side', '-f', '-'], { input: asInput(written.manifests) });
    await server.prepareNamespaces();
  });
  afterAll(async () => {
    await server?.machine.stop();
    if (written !== undefined) rmSync(written.folder, { recursive: true, force: true });
  });

  /** Applies a copy of an object, changed or not, without keeping it. */
  function apply(
    id: string,
    change: (body: any) => void = () => undefined,
  ): ReturnType<ApiServer['kubectl']> {
    const object = objects.find(({ kind, name }) => `${kind}/${name}` === id);
    if (object === undefined) throw new Error(`the default app has no ${id}`);
    const copy = structuredClone(object);
    change(copy.body);
    return server.kubectl(['apply', '--server-side', '--dry-run=server', '--validate=strict', '-f', '-'], {
      input: asInput([copy]),
    });
  }

  test.each(FAULTS)('%s (%s)', async (_, id, path, value, message) => {
    expect(await apply(id)).toMatchObject({ code: 0, stderr: '' });
    const refused = await apply(id, (body) => {
      const target = path.slice(0, -1).reduce((node, step) => node[step], body);
      target[path[path.length - 1]] = value;
    });
    expect(refused).toMatchObject({ code: 1, stderr: expect.stringContaining(message) });
  });

  test('an object in a namespace that is not there', async () => {
    const refused = await apply('Service/registry', ({ metadata }) => {
      metadata.namespace = 'nowhere';
    });
    expect(refused).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('namespaces "nowhere" not found'),
    });
  });

  test('a port of the nodes that is out of range, or that another Service has', async () => {
    const expose = (name: string, port: number) =>
      server.kubectl([
        'create',
        'service',
        'nodeport',
        name,
        '--tcp=80',
        `--node-port=${port}`,
        '-n',
        'registry',
      ]);
    expect(await expose('low', 8080)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('The range of valid ports is 30000-32767'),
    });
    expect(await expose('first', 30500)).toMatchObject({ code: 0, stderr: '' });
    expect(await expose('second', 30500)).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('port is already allocated'),
    });
  });

  test('what a service account has no right to, though it has a token', async () => {
    const token = (await server.must(['create', 'token', 'default', '-n', 'registry'])).trim();
    await server.must(['config', 'set-credentials', 'account', `--token=${token}`]);
    expect(await server.kubectl(['get', 'secrets', '--user=account', '-n', 'registry'])).toMatchObject({
      code: 1,
      stderr: expect.stringContaining(
        'secrets is forbidden: User "system:serviceaccount:registry:default" cannot list resource "secrets"',
      ),
    });
  });
});
