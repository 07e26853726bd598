// The page behind a login of its own, which the controller asks for: nobody sees it without, and one login
// serves the UI and the registry.

import { type Manifest, Objects } from '../../tools/pod-runner/manifests';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { deploy, type Scenario, uiIn } from './scenario';
import { uiShows } from './ui-flow';

const WAYS: readonly [string, Record<string, string>][] = [
  ['nginx', { UI_ACCESS: 'path' }],
  ['Traefik', { UI_ACCESS: 'path', ROUTE: 'IngressRoute' }],
  ['nginx, on a host of its own', { UI_ACCESS: 'host' }],
];

for (const [controller, settings] of WAYS) {
  describeWith(`the UI's login, by ${controller}`, [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy('test/e2e/apps/ui.ts', { settings: { UI_LOGIN: '1', ...settings } });
      const { client, admin } = scenario;
      await client.login(admin);
      expect(
        await client.push(buildImage(client.path('image'), [1_000]).folder, 'team/app:1.0'),
      ).toMatchObject({ code: 0 });
    });
    afterAll(() => scenario?.close());

    test('the UI is for its users only', async () => {
      const { client, admin, notes } = scenario;
      const page = uiIn(notes);
      const answers = [
        await client.request(page),
        await client.request(`${page}index.html`),
        await client.request(page, { user: { ...admin, password: 'wrong' } }),
      ];
      expect(answers.map(({ status, headers }) => [status, headers.get('www-authenticate')])).toEqual(
        Array(3).fill([401, 'Basic realm="Registry Realm"']),
      );
      expect(await client.request(page, { user: admin })).toMatchObject({
        status: 200,
        body: expect.stringMatching(/<!doctype html>/i),
      });
    });

    uiShows(() => scenario, `login-${controller.replace(/\W+/g, '-')}`, 'team/app');

    test('without what asks for it, everybody gets the UI', async () => {
      const { client, runner, manifests, notes } = scenario;
      const serve = async (objects: Manifest[]) => {
        await runner.ingress.serve(new Objects(objects));
        await runner.front.serve(new Objects(objects));
        return (await client.request(uiIn(notes))).status;
      };
      expect(await serve(withoutLogin(manifests))).toBe(200);
      expect(await serve(manifests)).toBe(401);
    });
  });
}

function withoutLogin(manifests: readonly Manifest[]): Manifest[] {
  return manifests.map((manifest) => {
    const copy = structuredClone(manifest);
    const { metadata, spec } = copy.body as unknown as {
      metadata: { annotations?: object };
      spec: { routes: { middlewares?: object[] }[] };
    };
    const { annotations = {} } = metadata;
    for (const key of Object.keys(annotations))
      if (key.includes('/auth-')) delete (annotations as Record<string, string>)[key];
    if (manifest.kind === 'IngressRoute') for (const route of spec.routes) delete route.middlewares;
    return copy;
  });
}
