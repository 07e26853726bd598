// The node trust on a node that is a folder: what it writes makes Docker's and containerd's own readers
// accept the registry, what is not its own stays as it is, and what it wrote goes when it is told so.

import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { parse } from 'yaml';
import { Objects } from '../../tools/pod-runner/manifests';
import { NodeAgent } from '../../tools/pod-runner/node-agent';
import { describeWith, ENVIRONMENT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { buildImage, type OciImage } from './clients/oci-image';
import { deploy, type Scenario, synthesize } from './scenario';

const APP = 'test/e2e/apps/trust.ts';
const ADDRESS = 'registry.example.com:5000';
const FILES = [
  'etc/containerd/certs.d/docker.io/ca.crt',
  'etc/containerd/certs.d/docker.io/hosts.toml',
  `etc/containerd/certs.d/${ADDRESS}/ca.crt`,
  `etc/containerd/certs.d/${ADDRESS}/hosts.toml`,
  `etc/docker/certs.d/${ADDRESS}/ca.crt`,
  `etc/rancher/k3s/certs.d/${ADDRESS}/ca.crt`,
  'etc/rancher/k3s/registries.yaml',
];

const HOSTS = `etc/containerd/certs.d/${ADDRESS}/hosts.toml`;

describeWith(
  'nodes that trust the registry',
  [...POD_PROGRAMS, 'registry3', 'skopeo', 'containerdPull', 'regctl'],
  () => {
    let scenario: Scenario;
    let removing: Objects;
    let image: OciImage;
    let nodes = 0;

    beforeAll(async () => {
      scenario = await deploy(APP);
      removing = new Objects(synthesize(APP, { UNINSTALL: 'true' }).manifests);
      const { client, admin } = scenario;
      image = buildImage(client.path('image'), [1_000, 200_000]);
      await client.login(admin);
      expect(await client.push(image.folder, 'library/app:1.0')).toMatchObject({ code: 0 });
    });
    afterAll(() => scenario?.close());

    function newNode(): string {
      nodes += 1;
      return scenario.runner.machine.makeFolder('nodes', String(nodes));
    }

    const agentOn = (node: string, objects = scenario.runner.objects) =>
      new NodeAgent(scenario.runner.machine, objects, 'registry-node-trust', node);

    async function run(
      node: string,
      objects?: Objects,
    ): Promise<{ readonly logs: string; readonly code: number | null }> {
      const agent = agentOn(node, objects);
      await agent.start();
      return agent.stop();
    }

    const filesOn = (node: string) =>
      readdirSync(node, { recursive: true, encoding: 'utf8' })
        .filter((name) => statSync(join(node, name)).isFile() && !name.includes('/.cdk8s-registry/'))
        .sort();

    /** containerd's own resolver, told to look into a folder of the node. */
    const containerd = (node: string, reference: string, { name, password } = scenario.admin) =>
      scenario.runner.machine.run(
        [pathOf('containerdPull'), join(node, 'etc/containerd/certs.d'), reference, name, password],
        {
          env: { ...ENVIRONMENT, SSL_CERT_DIR: '/nonexistent' },
        },
      );

    function skopeo(node: string): ReturnType<typeof scenario.runner.machine.run> {
      const { client, runner, admin } = scenario;
      const folder = join(node, `etc/docker/certs.d/${ADDRESS}`);
      const trust = existsSync(folder) ? ['--cert-dir', folder] : [];
      const policy = client.file(
        'policy.json',
        JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }),
      );
      const login = ['--creds', `${admin.name}:${admin.password}`];
      return runner.machine.run(
        ['skopeo', '--policy', policy, 'inspect', ...trust, ...login, `docker://${ADDRESS}/library/app:1.0`],
        {
          env: { ...ENVIRONMENT, SSL_CERT_DIR: '/nonexistent' },
        },
      );
    }

    test('an untouched node refuses the certificate', async () => {
      const node = newNode();
      const refused = expect.objectContaining({
        code: 1,
        stderr: expect.stringContaining('certificate signed by unknown authority'),
      });
      expect(await containerd(node, `${ADDRESS}/library/app:1.0`)).toEqual(refused);
      expect(await skopeo(node)).toEqual(refused);
    });

    test('containerd and Docker accept it as soon as the agent is ready', async () => {
      const node = newNode();
      const { logs, code } = await run(node);
      expect(code).toBeNull();
      expect(filesOn(node)).toEqual(FILES);
      expect(logs.trim().split('\n').sort()).toEqual(FILES.map((file) => `wrote /${file}`));
      expect(await containerd(node, `${ADDRESS}/library/app:1.0`)).toMatchObject({
        code: 0,
        stdout: `${image.digest}\n`,
      });
      expect(await skopeo(node)).toMatchObject({ code: 0, stdout: expect.stringContaining(image.digest) });
    });

    test('containerd asks the registry for the images that it mirrors', async () => {
      const node = newNode();
      await run(node);
      expect(await containerd(node, 'docker.io/library/app:1.0')).toMatchObject({
        code: 0,
        stdout: `${image.digest}\n`,
      });
    });

    test('containerd without the right login is told so', async () => {
      const node = newNode();
      await run(node);
      const wrong = { name: 'admin', password: 'other' };
      expect(await containerd(node, `${ADDRESS}/library/app:1.0`, wrong)).toMatchObject({
        code: 1,
        stderr: expect.stringContaining('401'),
      });
    });

    test("k3s' file names the endpoint and a CA file that is there", async () => {
      const node = newNode();
      await run(node);
      const { mirrors, configs } = parse(readFileSync(join(node, 'etc/rancher/k3s/registries.yaml'), 'utf8'));
      expect(mirrors).toEqual({
        [ADDRESS]: { endpoint: [`https://${ADDRESS}`] },
        'docker.io': { endpoint: [`https://${ADDRESS}`] },
      });
      expect(Object.keys(configs)).toEqual([ADDRESS]);
      const { tls } = configs[ADDRESS];
      expect(readFileSync(join(node, tls.ca_file), 'utf8')).toContain(
        scenario.runner.objects.data('Secret', 'registry-tls').get('ca.crt')?.toString().trim(),
      );
    });

    test('a second run changes nothing, and what was changed by an older version is brought up to date', async () => {
      const node = newNode();
      await run(node);
      const hosts = join(node, HOSTS);
      const [before, text] = [statSync(hosts, { bigint: true }), readFileSync(hosts, 'utf8')];
      expect(await run(node)).toEqual({ logs: '', code: null });
      expect(statSync(hosts, { bigint: true }).mtimeNs).toBe(before.mtimeNs);

      const [owner] = text.split('\n');
      writeFileSync(hosts, `${owner}\nserver = "https://elsewhere"\n`);
      expect(await run(node)).toEqual({ logs: `wrote /${HOSTS}\n`, code: null });
      expect(readFileSync(hosts, 'utf8')).toBe(text);
    });

    test('a file of somebody else is left as it is, which its log and its state tell; everything else is written', async () => {
      const node = newNode();
      const foreign = join(node, 'etc/rancher/k3s/registries.yaml');
      mkdirSync(join(node, 'etc/rancher/k3s'), { recursive: true });
      writeFileSync(foreign, 'mirrors: {}\n');
      const agent = agentOn(node);
      await agent.start('left as it is');
      expect(await agent.probe()).toMatchObject({ code: 1 });
      const { logs, code } = await agent.stop();
      // It has not ended: that would be a crash loop, and five minutes until it looks again.
      expect(code).toBeNull();
      expect(logs).toContain(
        '/etc/rancher/k3s/registries.yaml is there and was not written by this: left as it is.',
      );
      expect(logs).toContain(`ca_file: /etc/rancher/k3s/certs.d/${ADDRESS}/ca.crt`);
      expect(readFileSync(foreign, 'utf8')).toBe('mirrors: {}\n');
      expect(filesOn(node)).toEqual(FILES);

      expect(await run(node, removing)).toMatchObject({ code: null });
      expect(filesOn(node)).toEqual(['etc/rancher/k3s/registries.yaml']);
      expect(readFileSync(foreign, 'utf8')).toBe('mirrors: {}\n');
    });

    test('it goes on by itself when that file is gone', async () => {
      const node = newNode();
      const foreign = join(node, 'etc/rancher/k3s/registries.yaml');
      mkdirSync(join(node, 'etc/rancher/k3s'), { recursive: true });
      writeFileSync(foreign, 'mirrors: {}\n');
      const agent = agentOn(node);
      await agent.start('left as it is');
      rmSync(foreign);
      for (const deadline = Date.now() + 30_000; (await agent.probe()).code !== 0 && Date.now() < deadline; )
        await sleep(200);
      expect(await agent.probe()).toMatchObject({ code: 0 });
      const { logs, code } = await agent.stop();
      expect(code).toBeNull();
      expect(logs.match(/left as it is/g)).toHaveLength(1);
      expect(logs).toMatch(/wrote \/etc\/rancher\/k3s\/registries.yaml\n/);
      expect(logs).toContain('Nothing is in the way any more.\n');
    });

    test('removal takes away all that was written with its folders, twice if asked twice, and nothing else', async () => {
      const node = newNode();
      await run(node);
      const others = [
        'etc/containerd/certs.d/other.example.com/hosts.toml',
        `etc/docker/certs.d/${ADDRESS}/client.cert`,
      ];
      for (const file of others) {
        mkdirSync(join(node, file, '..'), { recursive: true });
        writeFileSync(join(node, file), 'not ours\n');
      }
      const { logs, code } = await run(node, removing);
      expect(code).toBeNull();
      expect(logs.trim().split('\n').sort()).toEqual(FILES.map((file) => `removed /${file}`));
      expect(filesOn(node)).toEqual(others);
      expect(existsSync(join(node, `etc/containerd/certs.d/${ADDRESS}`))).toBe(false);
      expect(
        readdirSync(node, { recursive: true }).filter((name) => name.includes('.cdk8s-registry')),
      ).toEqual([]);
      expect(await run(node, removing)).toEqual({ logs: '', code: null });
      expect(filesOn(node)).toEqual(others);
    });

    test('the agent can write to nothing but the folders that it is given', async () => {
      const agent = agentOn(newNode());
      for (const folder of ['/', '/host', '/host/etc', '/node-trust', '/bin', '/proc/sys/kernel']) {
        expect({ folder, ...(await agent.run(['touch', `${folder}/probe`])) }).toMatchObject({
          folder,
          code: 1,
          stderr: expect.stringMatching(/Read-only file system|Permission denied|No such file/),
        });
      }
      expect((await agent.run(['cat', '/proc/self/status'])).stdout).toMatch(/^CapEff:\t0+$/m);
    });
  },
);
