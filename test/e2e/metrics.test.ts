// Metrics are read where the ServiceMonitor says, and neither they nor the debug server's other pages at the
// port that is open to everybody.

import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { monitoredUrls } from '../../tools/pod-runner/monitors';
import { describeWith, POD_PROGRAMS, type Program } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { deploy, type Scenario } from './scenario';

const PAGE = readFileSync(join(__dirname, '..', '..', 'docs', 'metrics.md'), 'utf8');
/**
 * The table's first column names a metric, its last the line of the registry that has it where not both do.
 */
const NAMED = [...PAGE.matchAll(/^\| `(\w+)`.*\|(.*)\|$/gm)].map(([, name, line]) => ({
  name: String(name),
  line: String(line).trim(),
}));

const LINES: readonly [string, string, Program][] = [
  ['2.8', 'registry:2.8.3', 'registry2'],
  ['3.x', 'registry:3.1.1', 'registry3'],
];

for (const [line, image, program] of LINES) {
  describeWith(`metrics of registry ${line}`, [...POD_PROGRAMS, program, 'skopeo'], () => {
    let scenario: Scenario;
    let metrics: string;

    const curl = (url: string) =>
      scenario.runner.machine.run([
        'curl',
        '-sk',
        '-o',
        '/dev/null',
        '-w',
        '%{http_code}',
        '--max-time',
        '10',
        url,
      ]);
    const status = async (url: string) => Number((await curl(url)).stdout);

    beforeAll(async () => {
      scenario = await deploy('test/e2e/apps/metrics.ts', { settings: { IMAGE: image } });
      const { client, runner, admin } = scenario;
      await client.login(admin);
      await client.push(buildImage(client.path('image'), [100_000]).folder, 'team/app:1.0');
      await client.pull('team/app:1.0');
      await client.request('/v2/_catalog');
      const [url = ''] = monitoredUrls(runner);
      metrics = await runner.machine.must(['curl', '-s', '--fail', url]);
    });
    afterAll(() => scenario?.close());

    /** The sum of a metric over all series that have these labels. */
    const sum = (name: string, labels: Readonly<Record<string, string>> = {}) =>
      metrics
        .split('\n')
        .filter((entry) => new RegExp(`^${name}[{ ]`).test(entry))
        .filter((entry) =>
          Object.entries(labels).every(([label, value]) => entry.includes(`${label}="${value}"`)),
        )
        .reduce((total, entry) => total + Number(entry.split(' ').at(-1)), 0);

    test('one address is read, and that is the Service of the metrics', () => {
      const { ip, port } = scenario.runner.services.address('registry', 'registry-metrics');
      expect(monitoredUrls(scenario.runner)).toEqual([`http://${ip}:${port}/metrics`]);
    });

    test('they count pushes, pulls, refusals and work on the storage', () => {
      const requests = 'registry_http_requests_total';
      expect(sum(requests, { handler: 'manifest', method: 'put', code: '201' })).toBe(1);
      expect(sum(requests, { handler: 'manifest', method: 'get', code: '200' })).toBeGreaterThanOrEqual(1);
      expect(sum(requests, { handler: 'catalog', code: '401' })).toBe(1);
      expect(sum('registry_storage_action_seconds_count', { driver: 'filesystem' })).toBeGreaterThan(0);
    });

    test('the page on metrics names what is there', () => {
      const expected = NAMED.filter((named) => ['both', line].includes(named.line)).map(({ name }) => name);
      expect(expected.length).toBeGreaterThan(4);
      expect(expected.filter((name) => !metrics.includes(`# TYPE ${name} `))).toEqual([]);
      const others = NAMED.filter((named) => !['both', line].includes(named.line)).map(({ name }) => name);
      expect(others.filter((name) => metrics.includes(`# TYPE ${name} `))).toEqual([]);
    });

    test.each(['/metrics', '/debug/vars', '/debug/pprof/', '/debug/health'])(
      '%s is at the port of the metrics and at no other',
      async (path) => {
        const { client, runner, admin } = scenario;
        const [pod] = runner.podsOf('registry');
        const { ip, port } = runner.services.address('registry', 'registry-metrics');
        expect(await status(`http://${ip}:${port}${path}`)).toBe(200);
        for (const user of [undefined, admin])
          expect((await client.request(path, { user })).status).toBe(404);
        for (const open of ['localhost:30500', `${pod?.ip}:5000`])
          expect(await status(`https://${open}${path}`)).toBe(404);
      },
    );

    test('the port of the metrics is not at the address of the registry', async () => {
      const { ip, externalIp } = scenario.runner.services.address('registry', 'registry');
      const refused = 7;
      for (const address of [ip, externalIp])
        expect(await curl(`http://${address}:5001/metrics`)).toMatchObject({ code: refused });
    });
  });
}
