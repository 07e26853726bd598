// A cache in its pod, from the manifests: the command that prints the login, the CA, the collection at its start.
import { mkdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { NodeAgent } from '../../tools/pod-runner/node-agent';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { asManifests, deploy, type Scenario } from './scenario';

const CACHE = 'registry-cache-team';
const PASSWORD = 'a "quoted" \\ password';

function login(password: string) {
  return asManifests({
    apiVersion: 'v1',
    kind: 'Secret',
    metadata: { name: 'team-login', namespace: 'registry' },
    stringData: { username: 'admin', password },
  });
}

describeWith(
  'a cache in its pod',
  [...POD_PROGRAMS, 'registry3', 'regctl', 'skopeo', 'containerdPull', 'nginx', 'getent'],
  () => {
    let scenario: Scenario;
    let digest: string;
    beforeAll(async () => {
      scenario = await deploy('test/e2e/apps/caches.ts', {
        settings: { REGISTRY_ADMIN_PASSWORD: PASSWORD },
        user: { name: 'admin', password: PASSWORD },
        edit: (manifests) => [...manifests, ...login('not this one')],
      });
      const { client, admin, runner } = scenario;
      await client.login(admin);
      const image = buildImage(client.path('image'), [10_000]);
      digest = image.digest;
      expect(await client.push(image.folder, 'team/app:1.0')).toMatchObject({ code: 0 });
      await runner.run(CACHE);
    });
    afterAll(() => scenario?.close());

    const request = async (path: string) => {
      const { machine } = scenario.runner;
      const url = `http://${CACHE}.registry.svc:5000/v2/${path}`;
      const accept = 'Accept: application/vnd.oci.image.manifest.v1+json';
      return Number(
        await machine.must(['curl', '-sS', '-H', accept, '-o', '/dev/null', '-w', '%{http_code}', url]),
      );
    };

    test('starts without waiting for its upstream, and takes a login that changed', async () => {
      const { runner, manifests } = scenario;
      runner.apply([...manifests.filter(({ name }) => name !== 'team-login'), ...login(PASSWORD)]);
      expect(await request('team/app/manifests/1.0')).toBe(200);
      expect(runner.podsOf(CACHE)[0].initLogs).toBe('nothing was pushed yet\n');
    });

    test('containerd pulls through it at its Service', async () => {
      const { machine, services } = scenario.runner;
      const node = machine.makeFolder('node');
      mkdirSync(join(node, 'docker.io'), { recursive: true });
      const { ip } = services.address('registry', CACHE);
      writeFileSync(
        join(node, 'docker.io', 'hosts.toml'),
        `[host."http://${ip}:5000"]\n  capabilities = ["pull", "resolve"]\n`,
      );
      expect(
        await machine.run([pathOf('containerdPull'), node, 'docker.io/team/app:1.0', '', ''], {
          env: ENVIRONMENT,
        }),
      ).toMatchObject({ code: 0, stdout: `${digest}\n` });
    });

    test('a registry serves another on its own host, by what its rules permit', async () => {
      const { runner } = scenario;
      await runner.run('mirror-cache-registry-example-com');
      await runner.run('mirror');
      const ask = async (path: string) => {
        const accept = 'Accept: application/vnd.oci.image.manifest.v1+json';
        const url = `https://mirror.registry.svc:443/v2/${path}`;
        const to = ['-sSk', '-H', accept, '-o', '/dev/null', '-w', '%{http_code}', url];
        return Number(await runner.machine.must(['curl', ...to]));
      };
      expect(await ask('registry.example.com/team/app/manifests/1.0')).toBe(200);
      expect(await ask('team/app/manifests/1.0?ns=registry.example.com')).toBe(200);
      expect(await ask('registry.example.com/other/app/manifests/1.0')).toBe(401);
      expect(await ask('team/app/manifests/1.0')).toBe(401);
    });

    test('nodes ask a mirror with the login that it needs', async () => {
      const { runner, client } = scenario;
      const image = buildImage(client.path('private'), [20_000]);
      expect(await client.push(image.folder, 'other/app:1.0')).toMatchObject({ code: 0 });
      const { machine, services, objects } = runner;
      machine.addHost('mirror.example.com', services.address('registry', 'mirror').externalIp ?? '');
      const node = machine.makeFolder('nodes', 'with-login');
      const agent = new NodeAgent(machine, objects, 'mirror-node-trust', node);
      await agent.start();
      expect(await agent.stop()).toMatchObject({ code: null });

      const certs = join(node, 'etc/containerd/certs.d');
      const toml = join(certs, 'registry.example.com/hosts.toml');
      const k3s = join(node, 'etc/rancher/k3s/registries.yaml');
      for (const file of [toml, k3s]) expect(statSync(file).mode & 0o777).toBe(0o600);
      expect(statSync(join(certs, 'mirror.example.com/hosts.toml')).mode & 0o777).toBe(0o644);

      // The upstream would refuse: nobody is logged in there.
      const pull = () =>
        machine.run([pathOf('containerdPull'), certs, 'registry.example.com/other/app:1.0', '', ''], {
          env: ENVIRONMENT,
        });
      expect(await pull()).toMatchObject({ code: 0, stdout: `${image.digest}\n` });
      const withLogin = readFileSync(toml, 'utf8');
      writeFileSync(toml, withLogin.replace(/Basic .*"/, 'Basic bm9kZXM6d3Jvbmc="'));
      expect(await pull()).toMatchObject({ code: 1 });

      const { configs } = parse(readFileSync(k3s, 'utf8'));
      expect(withLogin).toContain(`Authorization = "Basic ${configs['mirror.example.com'].auth.auth}"`);
    });

    test('its CronJob fetches images that nobody has pulled', async () => {
      const { client, runner } = scenario;
      const { folder } = buildImage(client.path('newer'), [20_000]);
      expect(await client.push(folder, 'team/app:3.1')).toMatchObject({ code: 0 });
      expect(await runner.runJobOf(`${CACHE}-prefetch`)).toEqual({
        code: 0,
        logs: 'read: team/app:1.0 linux/amd64\nread: team/app:3.1 linux/amd64\n',
      });
    });

    test('serves what it has after a restart and a collection, while the upstream is away', async () => {
      const { runner } = scenario;
      await runner.stop('registry');
      await runner.restart(CACHE);
      expect(runner.podsOf(CACHE)[0].initLogs).toContain('0 blobs and 0 manifests eligible for deletion');
      expect(await request('team/app/manifests/1.0')).toBe(200);
      expect(await request(`team/app/manifests/${digest}`)).toBe(200);
      expect(await request('team/app/manifests/2.0')).toBe(404);
      expect(await request('team/app/manifests/3.1')).toBe(200);
      const { code, logs } = await runner.runJobOf(`${CACHE}-prefetch`);
      expect(logs).toContain('failed: team/app: its tags may be old, because the upstream was not reached');
      expect(code).toBe(1);
    });
  },
);
