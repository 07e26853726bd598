// A chart of people's own constructs with real Helm 3 and 4: linted, packed, installed twice beside each other,
// and upgraded against the API server, where a generated password stays.
import { API_PROGRAMS, ApiServer } from '../../tools/pod-runner/api-server';
import { Machine } from '../../tools/pod-runner/machine';
import { describeWith } from '../../tools/programs';
import { declare, web } from '../chart-engine/web-chart';
import { Helm, helmsOrOnly } from './helm';

const NAMESPACE = 'team';
/** The page has a custom resource, which the API server does not know. */
const PAGE_OFF = { ui: { enabled: false } };

for (const [program, title] of helmsOrOnly('helm4')) {
  describeWith(`A chart of own constructs with ${title}`, [...API_PROGRAMS, program], () => {
    let machine: Machine | undefined;
    let server: ApiServer;
    let helm: Helm;
    let chart: string;
    beforeAll(async () => {
      machine = await Machine.start();
      server = await ApiServer.start(machine);
      helm = new Helm(program, server);
      chart = machine.makeFolder('web');
      declare(web()).write(chart);
    });
    afterAll(() => machine?.stop());

    const read = (object: string, path: string) =>
      server.must(['get', object, '-n', NAMESPACE, '-o', `jsonpath={${path}}`]);
    const password = async (release: string) =>
      Buffer.from(await read(`secret/${release}-secret`, '.data.pass\\.word'), 'base64').toString();

    test('is linted strictly', async () => {
      expect(await helm.lint(chart)).toContain('1 chart(s) linted, 0 chart(s) failed');
    });

    test('two releases are installed beside each other, and each selects its own pods', async () => {
      const packed = await helm.package(chart, server.machine.makeFolder('packed'));
      await helm.install('web', packed, {
        namespace: NAMESPACE,
        values: PAGE_OFF,
        args: ['--create-namespace'],
      });
      await helm.install('other', packed, {
        namespace: NAMESPACE,
        values: { ...PAGE_OFF, motto: '{{ "1e3' },
      });
      expect(await read('configmap/web-config', '.data.motto')).toBe('Ship it');
      expect(await read('configmap/other-web-config', '.data.motto')).toBe('{{ "1e3');
      expect(await read('configmap/other-web-config', '.data.host')).toBe('other-web-service.team.svc');
      for (const object of ['service/other-web-service', 'deployment/other-web'])
        expect(JSON.parse(await read(object, '.spec.selector'))).toEqual(
          object.startsWith('service') ? SELECTOR : { matchLabels: SELECTOR },
        );
    });

    test('an upgrade keeps the password, also one with other values', async () => {
      const first = await password('web');
      expect(first).toMatch(/^[A-Za-z0-9]{24}$/);
      expect(await password('other-web')).not.toBe(first);
      const version = await read('secret/web-secret', '.metadata.resourceVersion');
      await helm.upgrade('web', chart, { namespace: NAMESPACE, values: PAGE_OFF });
      expect(await read('secret/web-secret', '.metadata.resourceVersion')).toBe(version);
      await helm.upgrade('web', chart, { namespace: NAMESPACE, values: { ...PAGE_OFF, replicaCount: 0 } });
      expect(await password('web')).toBe(first);
      expect(await read('deployment/web', '.spec.replicas')).toBe('0');
      await helm.upgrade('web', chart, { namespace: NAMESPACE, values: { ...PAGE_OFF, password: 'given' } });
      expect(await password('web')).toBe('given');
    });
  });
}

const SELECTOR = { app: 'web', 'app.kubernetes.io/instance': 'other' };
