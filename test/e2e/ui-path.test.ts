// The pod of the UI under /ui/: what it may do, and what it can't do without. What the UI shows in a
// browser: test/cluster/ui.test.ts.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { changed, deploy, PAGE, type Scenario } from './scenario';

describeWith('the UI under a path', [...POD_PROGRAMS, 'registry3', 'nginx'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy('test/e2e/apps/ui.ts', { settings: { UI_ACCESS: 'path' } });
  });
  afterAll(() => scenario?.close());

  test('its pod is the user nginx without capabilities, and writes to nothing but its volumes', async () => {
    const [pod] = scenario.runner.podsOf(PAGE);
    const { stdout: status } = await pod.exec('cat', '/proc/1/status');
    expect(status).toMatch(/^Uid:\t101\t101\t101\t101$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    for (const folder of ['/', '/etc', '/run', '/usr/share/nginx', '/docker-entrypoint.d']) {
      expect({ folder, ...(await pod.exec('touch', `${folder}/probe`)) }).toMatchObject({ folder, code: 1 });
    }
    for (const folder of ['/tmp', '/etc/nginx', '/usr/share/nginx/html', '/var/cache/nginx']) {
      expect({ folder, ...(await pod.exec('touch', `${folder}/probe`)) }).toMatchObject({ folder, code: 0 });
    }
  });

  test('without the link that the init container makes, the path leads nowhere', async () => {
    const { runner, client } = scenario;
    expect((await client.request('/ui/')).status).toBe(200);
    expect(await runner.podsOf(PAGE)[0].exec('rm', '/usr/share/nginx/html/ui')).toMatchObject({ code: 0 });
    expect((await client.request('/ui/')).status).toBe(404);
    await runner.restart(PAGE);
    expect((await client.request('/ui/')).status).toBe(200);
  });

  test('without the init container, or without a folder to write to, it does not start', async () => {
    const { runner, manifests } = scenario;
    const broken = [
      changed(manifests, 'Deployment', PAGE, ({ spec }) => delete spec.template.spec.initContainers),
      changed(manifests, 'Deployment', PAGE, ({ spec }) => {
        const [container] = spec.template.spec.containers;
        container.volumeMounts = container.volumeMounts.filter(({ name }) => name !== 'cache');
      }),
    ];
    for (const objects of broken) {
      runner.apply(objects);
      await expect(runner.restart(PAGE)).rejects.toThrow('a container ended with 1');
    }
    runner.apply(manifests);
    await runner.restart(PAGE);
  });
});
