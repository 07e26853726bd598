// IngressRoute and HTTPRoute: a real nginx that is configured from these objects alone leads clients to the
// registry and to its page.

import type { Manifest } from '../../tools/pod-runner/manifests';
import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { coreFlow } from './core-flow';
import { deploy, type Scenario } from './scenario';
import { uiAnswers, uiShows } from './ui-flow';

const APP = 'test/e2e/apps/routes.ts';
const LARGE = 300 * 10 ** 6;

const PROGRAMS: readonly Program[] = [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'];
const KINDS = ['IngressRoute', 'HTTPRoute'];

for (const kind of KINDS) {
  describeWith(`${kind}, TLS ends there`, PROGRAMS, () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy(APP, { settings: { ROUTE: kind } });
    });
    afterAll(() => scenario?.close());

    coreFlow(() => scenario);

    test('a layer of 300 MB passes', async () => {
      const { client } = scenario;
      const image = buildImage(client.path('large'), [LARGE]);
      expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 0 });
      expect(await client.pull('team/large:1')).toBe(image.digest);
    });

    test('the path of the UI leads to the UI, not to the registry', async () => {
      await uiAnswers(scenario);
    });

    uiShows(() => scenario, kind, 'team/app');
  });
}

for (const kind of KINDS) {
  describeWith(`${kind}, TLS goes on to the pod`, PROGRAMS, () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy(APP, { settings: { ROUTE: kind, TLS_IN_POD: '1', STRIP: '1' } });
    });
    afterAll(() => scenario?.close());

    coreFlow(() => scenario);

    test('the path of the UI leads to the UI, in clear', async () => {
      await uiAnswers(scenario);
    });

    uiShows(() => scenario, `${kind}-to-tls`, 'team/app');

    test('without the object that says how to trust the pod, nothing comes through', async () => {
      const { client, runner, manifests, admin } = scenario;
      const serve = async (objects: Manifest[]) => {
        runner.apply(objects);
        await runner.front.serve(runner.objects);
        return (await client.request('/v2/', { user: admin })).status;
      };
      expect(await serve(withoutTrust(manifests))).toBe(kind === 'IngressRoute' ? 502 : 400);
      expect(await serve(manifests)).toBe(200);
    });
  });
}

/**
 * Traefik without a ServersTransport knows neither the CA nor the name; a Gateway without a policy speaks
 * HTTP with a pod that wants TLS.
 */
function withoutTrust(manifests: readonly Manifest[]): Manifest[] {
  return manifests
    .filter(({ kind }) => kind !== 'BackendTLSPolicy')
    .map((manifest) => {
      if (manifest.kind !== 'IngressRoute') return manifest;
      const copy = structuredClone(manifest);
      const { spec } = copy.body as unknown as {
        spec: { routes: { services: { serversTransport?: string }[] }[] };
      };
      for (const service of spec.routes.flatMap(({ services }) => services)) delete service.serversTransport;
      return copy;
    });
}
