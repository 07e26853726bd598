// The default app as it comes out of the box: registry 3 behind the ingress.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { coreFlow } from './core-flow';
import { certificateAuthority, changed, DEFAULT_APP, deploy, type Scenario } from './scenario';
import { uiAnswers } from './ui-flow';

const LARGE = 300 * 10 ** 6;
const BODY_SIZE = 'nginx.ingress.kubernetes.io/proxy-body-size';

describeWith(
  'the default app',
  [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo', 'htpasswd', 'openssl'],
  () => {
    let scenario: Scenario;
    beforeAll(async () => {
      scenario = await deploy(DEFAULT_APP);
    });
    afterAll(() => scenario?.close());

    coreFlow(() => scenario);

    test('a layer of 300 MB passes the ingress, but only by its annotation', async () => {
      const { client, runner, manifests } = scenario;
      const image = buildImage(client.path('large'), [LARGE]);
      const bare = changed(
        manifests,
        'Ingress',
        'registry',
        ({ metadata }) => delete metadata.annotations[BODY_SIZE],
      );
      runner.apply(bare);
      await runner.ingress.serve(runner.objects);
      expect(await client.push(image.folder, 'team/large:1')).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('413'),
      });

      runner.apply(manifests);
      await runner.ingress.serve(runner.objects);
      expect(await client.push(image.folder, 'team/large:1')).toMatchObject({ code: 0 });
      expect(await client.pull('team/large:1')).toBe(image.digest);
    });

    test('an image can be deleted', async () => {
      const { client, admin } = scenario;
      const image = buildImage(client.path('deleted'), [5_000]);
      expect(await client.push(image.folder, 'team/deleted:1')).toMatchObject({ code: 0 });
      expect((await client.deleteManifest('team/deleted', image.digest, admin)).status).toBe(202);
      expect((await client.manifest('team/deleted', '1', admin)).status).toBe(404);
    });

    test('the path of the UI leads to the UI, not to the registry', async () => {
      await uiAnswers(scenario);
    });

    test("Apache's htpasswd accepts the password in the Secret", async () => {
      const { client, runner, admin } = scenario;
      const file = client.file(
        'htpasswd',
        runner.objects.data('Secret', 'registry-auth').get('htpasswd') ?? '',
      );
      expect(await runner.machine.run(['htpasswd', '-vb', file, admin.name, admin.password])).toMatchObject({
        code: 0,
      });
      expect(await runner.machine.run(['htpasswd', '-vb', file, admin.name, 'other'])).toMatchObject({
        code: 3,
      });
    });

    test('openssl accepts the chain in strict mode, for every name of the registry', async () => {
      const { client, runner } = scenario;
      const ca = client.file('ca.crt', certificateAuthority(runner));
      const leaf = client.file('tls.crt', runner.objects.data('Secret', 'registry-tls').get('tls.crt') ?? '');
      const verify = (...names: string[]) =>
        runner.machine.run([
          'openssl',
          'verify',
          '-x509_strict',
          '-purpose',
          'sslserver',
          '-CAfile',
          ca,
          ...names,
          leaf,
        ]);
      for (const name of [
        'registry.localhost',
        'registry.registry.svc',
        'registry.registry.svc.cluster.local',
        'localhost',
      ]) {
        expect(await verify('-verify_hostname', name)).toMatchObject({ code: 0 });
      }
      expect(await verify('-verify_ip', '127.0.0.1')).toMatchObject({ code: 0 });
      expect(await verify('-verify_hostname', 'registry.example.com')).toMatchObject({ code: 2 });
    });
  },
);
