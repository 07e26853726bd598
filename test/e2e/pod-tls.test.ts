// TLS in the pod and no ingress: clients come through the load balancer's address or the Service's name.

import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { RegistryClient } from './clients/registry-client';
import { coreFlow } from './core-flow';
import { certificateAuthority, deploy, type Scenario } from './scenario';

describeWith('TLS in the pod', [...POD_PROGRAMS, 'registry3', 'skopeo'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    scenario = await deploy('test/e2e/apps/pod-tls.ts');
  });
  afterAll(() => scenario?.close());

  coreFlow(() => scenario);

  test.each(['registry.registry.svc', 'localhost:30500'])(
    'the certificate also holds for %s',
    async (host) => {
      const { runner, admin } = scenario;
      const client = new RegistryClient(runner.machine, host, certificateAuthority(runner));
      expect(await client.request('/v2/', { user: admin })).toMatchObject({ status: 200, error: '' });
    },
  );

  test('images cannot be deleted where deletion is off', async () => {
    const { client, admin } = scenario;
    const { headers } = await client.manifest('team/app', '1.0', admin);
    const digest = headers.get('docker-content-digest') ?? '';
    expect(digest).toMatch(/^sha256:/);
    expect((await client.deleteManifest('team/app', digest, admin)).status).toBe(405);
    expect(await client.pull('team/app:1.0')).toBe(digest);
  });
});
