// An app is deleted as its notes say: in seconds, with its claim, and without its images where the volume was
// kept before.

import { DEFAULT_APP } from '../e2e/scenario';
import { describeOnCluster, eventually } from './support/cluster';
import { type Deployed, deployApp } from './support/deployed';
import { commandsOf, runIn } from './support/shell';

/** Below what it took to delete all at once: half of the 330 s that pods may take to end. */
const PATIENCE = '--timeout=150s';
const MARK = '/var/lib/registry/docker/mark';

describeOnCluster('an app that is deleted', {}, (cluster) => {
  let app: Deployed;
  let volume: string;
  let keep: string;
  let rest: string;
  let last: string;
  beforeAll(async () => {
    app = await deployApp(cluster(), DEFAULT_APP, { purpose: 'deleted' });
    [keep = '', rest = '', last = ''] = commandsOf(app.notes, 'Delete all that dist holds');
    volume = await volumeOfClaim();
    await onRegistry(`mkdir -p /var/lib/registry/docker && echo kept >${MARK}`);
  });
  afterAll(async () => {
    await cluster().kubectl(['delete', 'pv', volume, '--wait=false', '--ignore-not-found']);
    app?.close();
  });

  const run = (command: string) => runIn(cluster(), app.folder, command);
  const onRegistry = (script: string) =>
    cluster().must([
      'exec',
      '-n',
      app.namespace,
      'deployment/registry',
      '-c',
      'registry',
      '--',
      'sh',
      '-c',
      script,
    ]);
  const volumeOfClaim = () =>
    cluster().must(['get', 'pvc', 'registry', '-n', app.namespace, '-o', 'jsonpath={.spec.volumeName}']);
  const phase = () =>
    cluster().must(['get', 'pv', volume, '-o', 'jsonpath={.status.phase}', '--ignore-not-found']);

  async function deleteAll(): Promise<void> {
    await run(`${rest} ${PATIENCE}`);
    expect((await cluster().json('pods,pvc', '-n', app.namespace)).items).toEqual([]);
    await run(`${last} ${PATIENCE}`);
    expect(await cluster().must(['get', 'namespace', app.namespace, '--ignore-not-found'])).toBe('');
  }

  test('goes with its pods, its claim and at last its namespace; the volume that was kept does not', async () => {
    await run(keep);
    await deleteAll();
    expect(await phase()).toBe('Released');
  });

  test('has its images again where the volume is given to the new claim, as docs/day-2.md says', async () => {
    const paths = ['/spec/claimRef/uid', '/spec/claimRef/resourceVersion'];
    await cluster().must([
      'patch',
      'pv',
      volume,
      '--type=json',
      '-p',
      JSON.stringify(paths.map((path) => ({ op: 'remove', path }))),
    ]);
    await run('kubectl apply -f dist');
    await cluster().rolledOut(app.namespace, 'deployment/registry');
    expect(await volumeOfClaim()).toBe(volume);
    expect(await onRegistry(`cat ${MARK}`)).toBe('kept\n');
  });

  test('loses its images where the volume is not kept', async () => {
    await cluster().must([
      'patch',
      'pv',
      volume,
      '-p',
      '{"spec":{"persistentVolumeReclaimPolicy":"Delete"}}',
    ]);
    await deleteAll();
    await eventually('the volume is gone', async () => (await phase()) === '' || undefined);
  });
});
