// The default app's web page in a browser beside the cluster, through Traefik.

import { Browser } from '../e2e/clients/browser';
import { UiInBrowser } from '../e2e/clients/ui-in-browser';
import { DEFAULT_APP, PAGE, uiIn } from '../e2e/scenario';
import { BROWSER_PROGRAMS, type UiScenario, uiFlow } from '../e2e/ui-flow';
import { describeOnCluster } from './support/cluster';
import { admin, clientThroughIngress, type Deployed, deployApp } from './support/deployed';

describeOnCluster('the UI', { programs: [...BROWSER_PROGRAMS, 'skopeo', 'curl'] }, (cluster) => {
  let app: Deployed;
  let scenario: UiScenario;
  beforeAll(async () => {
    app = await deployApp(cluster(), DEFAULT_APP, {
      purpose: 'ui',
      workloads: ['deployment/registry', `deployment/${PAGE}`],
    });
    const client = await clientThroughIngress(cluster(), app);
    const ca = await cluster().secret(app.namespace, 'registry-tls', 'ca.crt');
    scenario = { client, admin: admin(app), ca, notes: app.notes, runner: { machine: cluster().machine } };
  });
  afterAll(() => app?.close());

  const browser = uiFlow(() => scenario, { name: 'path', login: true });

  test('/ui leads to /ui/, and shows the same', async () => {
    const page = new UiInBrowser(await browser().open(scenario.admin), 'path');
    const url = `https://${scenario.client.host}/ui`;
    expect(uiIn(scenario.notes)).toBe(`${url}/`);
    await page.open(url);
    expect(page.page.url()).toBe(`${url}/`);
    expect(await page.repositories()).toContain('team/web');
  });

  test('a browser that does not know the CA does not open it', async () => {
    const stranger = await Browser.start(cluster().machine);
    try {
      const page = await stranger.open(scenario.admin);
      await expect(page.goto(uiIn(scenario.notes))).rejects.toThrow('ERR_CERT_AUTHORITY_INVALID');
    } finally {
      await stranger.close();
    }
  });

  test('nothing in the namespace gave a warning', async () => {
    expect(await cluster().warnings(app.namespace)).toEqual([]);
  });
});
