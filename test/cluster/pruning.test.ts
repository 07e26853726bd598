// What is taken out of an app goes by the notes' command, and nothing that holds data does, even if it was
// taken out, too.

import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describeOnCluster } from './support/cluster';
import { type Deployed, deployApp } from './support/deployed';
import { commandsOf, runIn } from './support/shell';

const KEPT = [
  'persistentvolumeclaim/registry',
  ...['mine', 'registry-auth', 'registry-http', 'registry-pull', 'registry-tls'].map(
    (name) => `secret/${name}`,
  ),
];

describeOnCluster('what is taken out of an app', {}, (cluster) => {
  let app: Deployed;
  beforeAll(async () => {
    app = await deployApp(cluster(), 'test/cluster/apps/with-more.ts', {
      purpose: 'pruned',
      settings: { METRICS: 'yes' },
    });
    await cluster().must(['create', 'secret', 'generic', 'mine', '--from-literal=a=b', '-n', app.namespace]);
  });
  afterAll(() => app?.close());

  async function names(kinds: string): Promise<string[]> {
    const text = await cluster().must(['get', kinds, '-n', app.namespace, '-o', 'name']);
    return text.split('\n').filter((name) => name !== '');
  }

  test('stays when the files are applied, and goes when they are pruned as the notes say', async () => {
    const [, prune = ''] = commandsOf(app.notes, 'Change it');
    const metrics = ['service/registry-metrics', 'networkpolicy.networking.k8s.io/registry-metrics'];
    app.synthesizeAgain({ METRICS: '' });
    rmSync(join(app.dist, '840-registry-metrics.yaml'), { force: true });
    await runIn(cluster(), app.folder, 'kubectl apply -f dist');
    expect(await names('service,networkpolicy')).toEqual(expect.arrayContaining(metrics));

    const listed = await runIn(cluster(), app.folder, `${prune} --dry-run=server`);
    expect(listed.match(/^.*(?= pruned)/gm)?.sort()).toEqual([...metrics].sort());
    await runIn(cluster(), app.folder, prune);
    expect(await names('service,networkpolicy')).toEqual(expect.not.arrayContaining(metrics));
    expect(await names('service,networkpolicy')).toHaveLength(3);
  });

  test('is not destroyed where it holds data: namespace, claim, volume and Secrets', async () => {
    const volume = await cluster().must([
      'get',
      'pvc',
      'registry',
      '-n',
      app.namespace,
      '-o',
      'jsonpath={.spec.volumeName}',
    ]);
    const { uid } = (await cluster().json('namespace', app.namespace)).metadata;
    app.synthesizeAgain({ METRICS: '', STORAGE: 'pod' });
    for (const file of [
      '000-registry-namespace.yaml',
      '100-registry-secrets.yaml',
      '800-registry-pull-secrets.yaml',
    ])
      rmSync(join(app.dist, file));
    const [, prune = ''] = commandsOf(app.notes, 'Change it');
    expect((await runIn(cluster(), app.folder, prune)).match(/.* pruned/g)).toBeNull();
    expect(await names('pvc,secret')).toEqual(expect.arrayContaining(KEPT));
    expect((await cluster().json('namespace', app.namespace)).metadata).toMatchObject({ uid });
    expect(
      (await cluster().json('pvc', 'registry', '-n', app.namespace)).metadata.deletionTimestamp,
    ).toBeUndefined();
    expect((await cluster().json('pv', volume)).status.phase).toBe('Bound');
  });

  // Why the docs advise against it.
  test('an applyset would destroy the claim', async () => {
    const files = (more = '') =>
      `KUBECTL_APPLYSET=true kubectl apply --prune --applyset=all -n ${app.namespace} $(printf ' -f %s' dist/[2-9]*.yaml) ${more}`;
    app.synthesizeAgain({ METRICS: '' });
    await runIn(cluster(), app.folder, files());
    app.synthesizeAgain({ METRICS: '', STORAGE: 'pod' });
    expect(await runIn(cluster(), app.folder, files('--dry-run=server'))).toContain(
      'persistentvolumeclaim/registry pruned',
    );
  });
});
