// From a fixed number of pods to an autoscaler, by the commands of docs/operations/replicas.md on a real API server.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry, type RegistryProps, StorageBackend } from '../../lib';
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith, pathOf } from '../../tools/programs';
import { blocksIn, readPage } from '../support/page';
import { manifest, newChart } from '../support/synth';

function objectsOf(props: RegistryProps): string {
  const chart = newChart(undefined, { namespace: 'registry' });
  const backend = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });
  new Registry(chart, 'registry', { ...props, storage: { backend } });
  const names = ['Deployment/registry', ...(props.autoscaling ? ['HorizontalPodAutoscaler/registry'] : [])];
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'List',
    items: names.map((name) => manifest(chart, name)),
  });
}

describeWith('from a number to an autoscaler', API_PROGRAMS, () => {
  let machine: Machine;
  let server: ApiServer;
  beforeAll(async () => {
    machine = await Machine.start();
    server = await ApiServer.start(machine);
    await server.createNamespace('registry');
  });
  afterAll(() => machine?.stop());

  const apply = (props: RegistryProps) =>
    server.must(['apply', '--validate=strict', '-f', '-'], { input: objectsOf(props) });
  const replicas = () =>
    server.must(['-n', 'registry', 'get', 'deployment/registry', '-o', 'jsonpath={.spec.replicas}']);

  test('as it is, the Deployment has one pod for a moment', async () => {
    await apply({ replicas: 3 });
    await apply({ autoscaling: { maxReplicas: 6 } });
    expect(await replicas()).toBe('1');
  });

  test('by the commands, the pods stay, and no later apply changes their number', async () => {
    await apply({ replicas: 3 });
    const folder = machine.makeFolder('commands');
    const [commands] = blocksIn(readPage('docs/operations/replicas.md'), 'sh').slice(-1);
    const script = join(folder, 'commands.sh');
    writeFileSync(script, `set -e\nkubectl() { ${pathOf('kubectl')} "$@"; }\n${commands}`);
    const env = server.environment;
    expect(await machine.run(['sh', script], { env, cwd: folder })).toMatchObject({ code: 0 });
    await apply({ autoscaling: { maxReplicas: 6 } });
    expect(await replicas()).toBe('3');
    await server.must(['-n', 'registry', 'scale', 'deployment/registry', '--replicas=5']);
    await apply({ autoscaling: { maxReplicas: 6 } });
    expect(await replicas()).toBe('5');
  });
});
