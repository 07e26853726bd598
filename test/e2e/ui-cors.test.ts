// The web page on a host of its own, from which the browser talks to the registry's host: only by the
// registry's CORS headers, and without a login.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { UiInBrowser } from './clients/ui-in-browser';
import { changed, deploy, type Scenario, uiIn } from './scenario';
import { BROWSER_PROGRAMS, uiFlow } from './ui-flow';

describeWith(
  'the UI with CORS',
  [...POD_PROGRAMS, ...BROWSER_PROGRAMS, 'registry3', 'nginx', 'skopeo'],
  () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy('test/e2e/apps/ui.ts', {
        settings: { UI_ACCESS: 'cors' },
        user: { name: 'nobody', password: '' },
      });
    });

    const browser = uiFlow(() => scenario, { name: 'cors', login: false });
    afterAll(() => scenario?.close()); // after the browser

    test('without the headers it shows nothing', async () => {
      const { runner, manifests, notes } = scenario;
      runner.apply(
        changed(manifests, 'ConfigMap', 'registry-config', ({ data }) => {
          data['config.yml'] = data['config.yml'].replace(/^ +Access-Control-.*\n( +- .*\n)+/gm, '');
        }),
      );
      expect(runner.objects.data('ConfigMap', 'registry-config').get('config.yml')?.toString()).not.toContain(
        'Access-Control',
      );
      await runner.restart('registry');
      const page = new UiInBrowser(await browser().open(), 'cors');
      await page.page.goto(uiIn(notes));
      await page.listed.waitFor();
      expect(await page.repositories()).toEqual([]);

      runner.apply(manifests);
      await runner.restart('registry');
      await page.open(uiIn(notes));
      expect(await page.repositories()).toContain('team/web');
    });
  },
);
