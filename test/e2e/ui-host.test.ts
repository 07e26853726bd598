// The web page on a host of its own, whose nginx passes requests on to the registry: the browser talks to one host, and logs in there.

import { BROWSER_PROGRAMS, pageFlow } from './page-flow';
import { describeWith, POD_PROGRAMS } from './programs';
import { deploy, pageIn, type Scenario } from './scenario';

jest.setTimeout(60_000);

for (const [kind, settings] of [
  ['in clear', {}],
  ['by TLS', { TLS_IN_POD: '1' }],
] as const) {
  describeWith(
    `the web page on a host of its own, talking ${kind} to the registry`,
    [...POD_PROGRAMS, ...BROWSER_PROGRAMS, 'registry3', 'nginx', 'skopeo'],
    () => {
      let scenario: Scenario;
      beforeAll(async () => {
        scenario = await deploy('test/e2e/apps/ui.ts', { settings: { UI_ACCESS: 'host', ...settings } });
      });
      afterAll(() => scenario?.close());

      pageFlow(() => scenario, { name: `host-${kind.replace(' ', '-')}`, login: true });

      test('is not on the registry’s host', async () => {
        expect(pageIn(scenario.notes)).toBe('https://images.example.com/');
        expect((await scenario.client.request('/ui/')).status).toBe(404);
      });
    },
  );
}
