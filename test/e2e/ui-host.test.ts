// The web page on a host of its own, whose nginx passes requests on to the registry: the browser talks to one
// host, and logs in there.

import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { changed, deploy, PAGE, type Scenario, uiIn } from './scenario';
import { BROWSER_PROGRAMS, uiFlow, uiShows } from './ui-flow';

const APP = 'test/e2e/apps/ui.ts';
const PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'];

describeWith('the UI on a host of its own', [...PROGRAMS, ...BROWSER_PROGRAMS], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy(APP, { settings: { UI_ACCESS: 'host' } });
  });

  uiFlow(() => scenario, { name: 'host', login: true });
  afterAll(() => scenario?.close()); // after the browser

  test('is not on the registry’s host', async () => {
    expect(uiIn(scenario.notes)).toBe('https://images.example.com/');
    expect((await scenario.client.request('/ui/')).status).toBe(404);
  });
});

for (const route of ['IngressRoute', 'HTTPRoute']) {
  describeWith(`the UI on a host of its own, by ${route}, with TLS in the registry's pod`, PROGRAMS, () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy(APP, { settings: { UI_ACCESS: 'host', ROUTE: route, TLS_IN_POD: '1' } });
      const { client, admin } = scenario;
      await client.login(admin);
      expect(
        await client.push(buildImage(client.path('image'), [1_000]).folder, 'team/app:1.0'),
      ).toMatchObject({ code: 0 });
    });
    afterAll(() => scenario?.close());

    uiShows(() => scenario, `host-${route}`, 'team/app');

    test('its nginx does not believe a pod whose certificate is for another name', async () => {
      const { runner, client, admin, manifests, notes } = scenario;
      const catalog = async () => (await client.request(`${uiIn(notes)}v2/_catalog`, { user: admin })).status;
      expect(await catalog()).toBe(200);
      runner.apply(
        changed(manifests, 'Deployment', PAGE, ({ spec }) => {
          const [prepare] = spec.template.spec.initContainers ?? [];
          prepare.command[2] = prepare.command[2].replace(
            'proxy_ssl_name registry.example.com;',
            'proxy_ssl_name other.example.com;',
          );
        }),
      );
      await runner.restart(PAGE);
      expect(await catalog()).toBe(502);
    });
  });
}
