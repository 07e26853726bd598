// A cache of blob descriptors that several replicas share: a Valkey beside the registry, and a Redis that exists,
// while they work, are away, hang, or refuse the password.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { MACHINE_IP, type Machine } from '../../tools/pod-runner/machine';
import type { Pod } from '../../tools/pod-runner/pod';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, type Program, pathOf } from '../../tools/programs';
import { issue } from '../support/certificates';
import { buildImage } from './clients/oci-image';
import { coreFlow } from './core-flow';
import { asManifests, deploy, type Scenario } from './scenario';
import { endpointOf, S3Server } from './servers/s3-server';

const APP = 'test/e2e/apps/s3.ts';
const CACHE = 'registry-descriptor-cache';
const LINES = [
  ['3.x', 'registry:3.1.1', 'registry3'],
  ['2.8', 'registry:2.8.3', 'registry2'],
] as const satisfies readonly (readonly [string, string, Program])[];

describe.each(LINES)('registry %s', (_line, image, program) => {
  describeWith(
    `two replicas with a Valkey: ${image}`,
    [...POD_PROGRAMS, program, 'skopeo', 'moto', 'redisServer', 'redisCli'],
    () => {
      let scenario: Scenario;
      let valkey: Pod;
      beforeAll(async () => {
        scenario = await deploy(APP, {
          settings: { ENDPOINT: endpointOf(false), IMAGE: image, REPLICAS: '2', CACHE: 'valkey' },
          prepare: async (runner) => {
            await S3Server.start(runner.machine, 'images');
            valkey = await runner.run(CACHE);
          },
        });
      });
      afterAll(() => scenario?.close());

      /** Asks Valkey as somebody who knows the password. */
      const ask = async (...command: string[]) => {
        const password = scenario.runner.objects.data('Secret', CACHE).get('password')?.toString() ?? '';
        const { stdout } = await valkey.exec('valkey-cli', '--no-auth-warning', '-a', password, ...command);
        return stdout.trim();
      };

      coreFlow(() => scenario);

      test('Valkey has the descriptors, answers nobody without the password, and has the limit', async () => {
        expect(Number(await ask('DBSIZE'))).toBeGreaterThan(3);
        expect((await valkey.exec('valkey-cli', 'KEYS', '*')).stdout).toMatch(/^NOAUTH/);
        expect(await ask('CONFIG', 'GET', 'maxmemory')).toBe(`maxmemory\n${64 * 1024 * 1024}`);
        expect(await ask('CONFIG', 'GET', 'maxmemory-policy')).toBe('maxmemory-policy\nallkeys-lru');
        expect(await ask('CONFIG', 'GET', 'save')).toBe('save');
      });

      test('the documented command empties it', async () => {
        const page = readFileSync(join(__dirname, '../../docs/operations/replicas.md'), 'utf8');
        const command = /-c '(printf "AUTH.*)'/.exec(page)?.[1] ?? '';
        expect((await valkey.exec('sh', '-c', command)).stdout).toBe('OK\nOK\n');
        expect(await ask('DBSIZE')).toBe('0');
      });

      test('the password is in no list of processes', async () => {
        const password = scenario.runner.objects.data('Secret', CACHE).get('password')?.toString() ?? '';
        const { stdout } = await valkey.exec('sh', '-c', 'cat /proc/[0-9]*/cmdline');
        expect(stdout).toContain('valkey-server');
        expect(stdout).not.toContain(password);
      });

      test('a deleted image is gone for both replicas', async () => {
        const { client, admin } = scenario;
        const folder = buildImage(client.path('image'), [500]).folder;
        expect(await client.push(folder, 'team/deleted:1')).toMatchObject({ code: 0 });
        const { headers } = await client.manifest('team/deleted', '1', admin);
        const digest = headers.get('docker-content-digest') ?? '';
        expect((await client.deleteManifest('team/deleted', digest, admin)).status).toBe(202);
        for (let request = 0; request < 4; request += 1)
          expect((await client.manifest('team/deleted', digest, admin)).status).toBe(404);
      });

      test.each([
        ['hangs', () => valkey.signal('SIGSTOP'), () => valkey.signal('SIGCONT')],
        [
          'refuses the password',
          () => ask('CONFIG', 'SET', 'requirepass', 'another'),
          () =>
            valkey.exec(
              ...['valkey-cli', '-a', 'another', 'CONFIG', 'SET', 'requirepass'],
              scenario.runner.objects.data('Secret', CACHE).get('password')?.toString() ?? '',
            ),
        ],
      ] as const)('pushes and pulls go on while it %s', async (how, begin, end) => {
        const { client } = scenario;
        const image = buildImage(client.path('image'), [1_000, 2_000]);
        await begin();
        const name = `team/${how.replaceAll(' ', '-')}:1`;
        expect(await client.push(image.folder, name)).toMatchObject({ code: 0 });
        expect(await client.pull(name)).toBe(image.digest);
        await end();
        expect(await client.pull(name)).toBe(image.digest);
      });

      test('and while it is away: a registry starts, too', async () => {
        const { client, runner } = scenario;
        const image = buildImage(client.path('image'), [1_000, 2_000]);
        await runner.stop(CACHE);
        const pod = await runner.restart('registry');
        expect(pod.alive).toBe(true);
        expect(await client.push(image.folder, 'team/alone:1')).toMatchObject({ code: 0 });
        expect(await client.pull('team/alone:1')).toBe(image.digest);
        valkey = await runner.run(CACHE);
        expect(await ask('DBSIZE')).toBe('0');
        expect(await client.pull('team/alone:1')).toBe(image.digest);
        expect(Number(await ask('DBSIZE'))).toBeGreaterThan(0);
      });
    },
  );
});

describeWith(
  'a Redis that exists, over TLS, with a user of its own',
  [...POD_PROGRAMS, 'registry3', 'skopeo', 'moto', 'openssl', 'redisServer', 'redisCli'],
  () => {
    let scenario: Scenario;
    const host = 'redis.data.svc';
    let ca = '';
    const redisCli = (machine: Machine, ...command: string[]) =>
      machine.run([
        pathOf('redisCli'),
        ...['-h', MACHINE_IP, '-p', '6380', '--tls', '--cacert', ca, '--sni', host],
        ...['--user', 'registry', '--pass', 'p@ss: word', '--no-auth-warning', ...command],
      ]);
    beforeAll(async () => {
      const authority = await issue({ commonName: 'Redis CA', signs: true });
      const { certificate, privateKey } = await issue({ hosts: [host], ca: authority });
      scenario = await deploy(APP, {
        settings: { ENDPOINT: endpointOf(false), CACHE: `${host}:6380` },
        edit: (manifests) => [
          ...manifests,
          ...asManifests({
            apiVersion: 'v1',
            kind: 'Secret',
            metadata: { name: 'redis', namespace: 'registry' },
            stringData: { password: 'p@ss: word', 'ca.crt': authority.certificate },
          }),
        ],
        prepare: async ({ machine }) => {
          await S3Server.start(machine, 'images');
          machine.addHost(host, MACHINE_IP);
          const folder = machine.makeFolder('redis');
          const file = (name: string, content: string) => {
            writeFileSync(join(folder, name), content);
            return join(folder, name);
          };
          ca = file('ca.crt', authority.certificate);
          const configuration = file(
            'redis.conf',
            [
              `bind ${MACHINE_IP}`,
              'port 0',
              'tls-port 6380',
              'tls-auth-clients no',
              `tls-ca-cert-file ${ca}`,
              `tls-cert-file ${file('tls.crt', certificate)}`,
              `tls-key-file ${file('tls.key', privateKey)}`,
              'save ""',
              'user default off',
              'user registry on ~* +@all ">p@ss: word"',
            ].join('\n'),
          );
          machine.spawn([pathOf('redisServer'), configuration], { env: ENVIRONMENT, stdio: 'ignore' });
          for (let tries = 0; (await redisCli(machine, 'PING')).stdout.trim() !== 'PONG'; tries += 1) {
            if (tries > 50) throw new Error('Redis does not start');
            await sleep(100);
          }
        },
      });
    });
    afterAll(() => scenario?.close());

    coreFlow(() => scenario);

    test('has the descriptors', async () => {
      expect(Number((await redisCli(scenario.runner.machine, 'DBSIZE')).stdout)).toBeGreaterThan(3);
    });
  },
);
