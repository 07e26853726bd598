// Certificates whose dates are wrong, by an hour in each direction: what clients are told, that the pod goes on, and that a
// right one is taken: by the front without a restart, by the registry at its next start.

import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { issue, type Pem } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { type Body, changed, deploy, type Scenario } from './scenario';

const HOUR = 60 * 60 * 1000;
const FOR_A_DAY = 24 * HOUR;
const inHours = (hours: number) => new Date(Date.now() + hours * HOUR);

const CASES: readonly [string, string, readonly Program[]][] = [
  ['the registry', 'test/e2e/apps/pod-tls.ts', []],
  ['the front', 'test/e2e/apps/front.ts', ['nginx']],
];

describe.each(CASES)('%s shows a certificate', (who, app, programs) => {
  describeWith('whose dates are wrong', [...POD_PROGRAMS, 'registry3', 'skopeo', ...programs], () => {
    const byFront = who === 'the front';
    let scenario: Scenario;
    let ca: Pem;
    const signed = (from: Date, to: Date) => issue({ hosts: ['registry.example.com'], from, to, ca });
    const withCertificate = (manifests: Scenario['manifests'], { certificate, privateKey }: Pem) =>
      changed(manifests, 'Secret', 'registry-tls', (secret: Body) => {
        secret.data['tls.crt'] = Buffer.from(certificate).toString('base64');
        secret.data['tls.key'] = Buffer.from(privateKey).toString('base64');
      });
    beforeAll(async () => {
      ca = await issue({ commonName: 'a CA of the test', signs: true });
      const good = await signed(inHours(-1), inHours(24));
      scenario = await deploy(app, {
        ca: Buffer.from(ca.certificate),
        edit: (manifests) => withCertificate(manifests, good),
      });
      expect(await scenario.client.login(scenario.admin)).toMatchObject({ code: 0 });
    });
    afterAll(() => scenario?.close());

    /** What `kubectl apply` does, and the restart that the registry needs. */
    async function use(pem: Pem, restarts = !byFront): Promise<void> {
      const { runner, manifests } = scenario;
      runner.apply(withCertificate(manifests, pem));
      if (restarts) await runner.restart('registry');
    }

    test.each([
      ['that ended an hour ago', -FOR_A_DAY / HOUR, -1, 'certificate has expired'],
      ['that begins in an hour', 1, 24, 'certificate is not yet valid'],
    ])('%s', async (_, from, to, curl) => {
      const { client, runner, admin } = scenario;
      const image = buildImage(client.path('image'), [1_000]);
      expect(await client.push(image.folder, 'team/app:1')).toMatchObject({ code: 0 });
      await use(await signed(inHours(from), inHours(to)));
      expect(await client.request('/v2/', { user: admin })).toMatchObject({
        status: 0,
        error: expect.stringContaining(curl),
      });
      await expect(client.pull('team/app:1')).rejects.toThrow('certificate has expired or is not yet valid');
      const [pod] = runner.podsOf('registry');
      expect(pod).toMatchObject({ ready: true, alive: true }); // probes don't look at dates
      if (!byFront) expect(pod.logs).toContain('http: TLS handshake error');

      const good = await signed(inHours(-1), inHours(24));
      await use(good, false);
      expect((await client.request('/v2/', { user: admin })).status).toBe(byFront ? 200 : 0);
      if (!byFront) await runner.restart('registry');
      expect(await client.pull('team/app:1')).toBe(image.digest);
    });
  });
});
