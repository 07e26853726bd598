// The example self-signed for real: its certificate, its folder of the node, its pull secret, and nodes that trust it.

import { X509Certificate } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../tools/pod-runner/machine';
import { NodeAgent } from '../../tools/pod-runner/node-agent';
import { hostFolder } from '../../tools/pod-runner/volumes';
import { describeWith, ENVIRONMENT, IS_ROOT, POD_PROGRAMS, pathOf } from '../../tools/programs';
import { buildImage, type OciImage } from './clients/oci-image';
import { RegistryClient, type User } from './clients/registry-client';
import { type RunningExample, runExample } from './example';

jest.setTimeout(90_000);
const NAME = 'docker-registry';
const ADDRESS = 'docker-registry:5000';
const IMAGE = `${ADDRESS}/mynginx:v1`;
const PAGE = 'Welcome to mynginx\n';

describeWith('the example self-signed', [...POD_PROGRAMS, 'registry3', 'skopeo', 'openssl', 'containerdPull'], () => {
  let example: RunningExample;
  let client: RegistryClient;
  let user: User;
  let image: OciImage;
  let node: string;
  let agent: NodeAgent;

  beforeAll(async () => {
    example = await runExample('self-signed', NAME);
    const { runner } = example;
    // What the README has people write into each node's /etc/hosts.
    runner.machine.addHost(NAME, runner.services.address('registry', NAME).ip);
    client = new RegistryClient(runner.machine, ADDRESS, secret('certs-secret', 'ca.crt'));
    user = example.user(NAME, 'myuser');
    // The published nginx can't be had here: a web server of one program stands in, in an image of its own.
    const server = { name: 'bin/busybox', content: readFileSync(pathOf('busybox')) };
    const page = { name: 'www/index.html', content: Buffer.from(PAGE) };
    image = buildImage(client.path('mynginx'), [server, page], ['/bin/busybox', 'httpd', '-f', '-p', '80', '-h', '/www']);
    node = runner.machine.makeFolder('nodes', 'worker');
    agent = new NodeAgent(runner.machine, runner.objects, `${NAME}-node-trust`, node);
    await agent.start();
  });
  afterAll(() => example?.close());

  function secret(name: string, key: string): Buffer {
    return example.runner.objects.data('Secret', name).get(key) ?? Buffer.alloc(0);
  }

  /** A client that trusts nothing but a folder's CA, with a login of its own. */
  function pull(authfile: string, trust: readonly string[]): Promise<Result> {
    const policy = client.file('policy.json', JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
    return example.runner.machine.run(['skopeo', '--policy', policy, 'inspect', '--authfile', authfile, ...trust, `docker://${IMAGE}`], {
      env: { ...ENVIRONMENT, SSL_CERT_DIR: '/nonexistent' },
    });
  }

  test('Certificate: CN and DNS SAN `docker-registry`, RSA 4096, SHA-256, 365 days', async () => {
    const leaf = new X509Certificate(secret('certs-secret', 'tls.crt'));
    const { modulusLength } = leaf.publicKey.asymmetricKeyDetails ?? {};
    const days = (Date.parse(leaf.validTo) - Date.parse(leaf.validFrom)) / (24 * 60 * 60 * 1000);
    expect([leaf.subject, leaf.publicKey.asymmetricKeyType, modulusLength, days]).toEqual([`CN=${NAME}`, 'rsa', 4096, 365]);
    expect(leaf.subjectAltName?.split(', ')).toContain(`DNS:${NAME}`);
    const text = await example.runner.machine.must([
      ...['openssl', 'x509', '-noout', '-text', '-in', client.file('tls.crt', secret('certs-secret', 'tls.crt'))],
    ]);
    expect(text).toContain('Signature Algorithm: sha256WithRSAEncryption');
  });

  test('login', async () => {
    expect(await client.login({ ...user, password: 'other' })).toMatchObject({ code: 1 });
    expect(await client.login(user)).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
  });

  test('push `mynginx:v1`', async () => {
    expect(await client.push(image.folder, 'mynginx:v1')).toMatchObject({ code: 0 });
    expect(await client.pull('mynginx:v1')).toBe(image.digest);
  });

  test("the repository's directory exists under `/var/lib/registry/docker/registry/v2/repositories/`, and in the node's folder", async () => {
    const [pod] = example.runner.podsOf(NAME);
    expect((await pod?.exec('ls', '/var/lib/registry/docker/registry/v2/repositories/'))?.stdout).toBe('mynginx\n');
    const folder = hostFolder(example.runner.machine, '/tmp/repository');
    expect(existsSync(join(folder, 'docker/registry/v2/repositories/mynginx/_manifests/tags/v1/current/link'))).toBe(true);
  });

  test('a node refuses the certificate without what the agent wrote', async () => {
    const authfile = client.file('auth.json', secret('reg-cred-secret', '.dockerconfigjson'));
    expect(await pull(authfile, [])).toMatchObject({ code: 1, stderr: expect.stringContaining('unknown authority') });
  });

  test("the pull secret and Docker's certs.d are enough for a pull", async () => {
    const authfile = client.file('auth.json', secret('reg-cred-secret', '.dockerconfigjson'));
    const trust = ['--cert-dir', join(node, `etc/docker/certs.d/${ADDRESS}`)];
    expect(await pull(authfile, trust)).toMatchObject({ code: 0, stdout: expect.stringContaining(image.digest) });
    const without = client.file('auth.json', '{}');
    expect(await pull(without, trust)).toMatchObject({ code: 1, stderr: expect.stringContaining('authentication required') });
  });

  test("the pull secret's login and containerd's hosts.toml are enough for a pull", async () => {
    const { auths } = JSON.parse(secret('reg-cred-secret', '.dockerconfigjson').toString());
    const { username, password } = auths[ADDRESS];
    const folder = join(node, 'etc/containerd/certs.d');
    const pulled = await example.runner.machine.run([pathOf('containerdPull'), folder, IMAGE, username, password], {
      env: { ...ENVIRONMENT, SSL_CERT_DIR: '/nonexistent' },
    });
    expect(pulled).toMatchObject({ code: 0, stdout: `${image.digest}\n` });
  });

  test.each([
    `etc/docker/certs.d/${ADDRESS}/ca.crt`,
    `etc/containerd/certs.d/${ADDRESS}/hosts.toml`,
    `etc/containerd/certs.d/${ADDRESS}/ca.crt`,
    'etc/rancher/k3s/registries.yaml',
  ])('a node has /%s', (file) => {
    expect(existsSync(join(node, file))).toBe(true);
  });

  test('nginx-pod: the image is pulled by its pull secret, and what it holds serves on :80 under what the Pod demands', async () => {
    const { machine } = example.runner;
    const manifest = example.manifests.find(({ kind, name }) => kind === 'Pod' && name === 'nginx-pod');
    if (manifest === undefined) throw new Error('the example has no nginx-pod');
    const { spec } = manifest.body as unknown as NginxPod;
    const [container] = spec.containers;
    expect(container?.image).toBe(IMAGE);
    // WHEN the node pulls it
    const authfile = client.file('auth.json', secret(spec.imagePullSecrets[0]?.name ?? '', '.dockerconfigjson'));
    const policy = client.file('policy.json', JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
    const pulled = client.path('pulled');
    const from = ['--src-authfile', authfile, '--src-cert-dir', join(node, `etc/docker/certs.d/${ADDRESS}`), `docker://${IMAGE}`];
    await machine.must(['skopeo', '--policy', policy, 'copy', ...from, `dir:${pulled}`]);
    const root = machine.makeFolder('nginx-pod');
    const command = await unpack(pulled, root);
    // AND runs it as the Pod says
    const network = await machine.connectPod();
    for (const { name, value } of spec.securityContext.sysctls) {
      await machine.must(['sh', '-c', `echo ${value} > /proc/sys/${name.replaceAll('.', '/')}`], { network });
    }
    const writable = container?.volumeMounts.map(({ mountPath }) => mountPath) ?? [];
    for (const path of writable) machine.makeFolder('nginx-pod', path);
    const { runAsUser: uid, runAsGroup: gid } = container?.securityContext ?? {};
    const user = IS_ROOT ? ['setpriv', '--reuid', `${uid}`, '--regid', `${gid}`, '--clear-groups'] : [];
    const sandbox = ['bwrap', '--unshare-user', '--uid', `${uid}`, '--gid', `${gid}`, '--cap-drop', 'ALL', '--ro-bind', root, '/'];
    machine.spawn([...user, ...sandbox, ...writable.flatMap((path) => ['--tmpfs', path]), '--', ...command], { network, stdio: 'ignore' });
    // THEN it serves
    const curl = ['curl', '--silent', '--retry', '20', '--retry-connrefused', '--retry-delay', '1', `http://${network.ip}:80/index.html`];
    expect(await machine.run(curl)).toMatchObject({ code: 0, stdout: PAGE });
  });

  /** Puts the layers of a pulled image upon each other. Gives the command that the image runs. */
  async function unpack(pulled: string, root: string): Promise<string[]> {
    const read = (file: string) => JSON.parse(readFileSync(join(pulled, file), 'utf8'));
    const { layers, config } = read('manifest.json') as { layers: { digest: string }[]; config: { digest: string } };
    for (const { digest } of layers) {
      await example.runner.machine.must(['tar', '-xzf', join(pulled, digest.replace('sha256:', '')), '-C', root]);
    }
    return read(config.digest.replace('sha256:', '')).config.Cmd;
  }
});

/** What the test reads of nginx-pod. */
interface NginxPod {
  readonly spec: {
    readonly imagePullSecrets: readonly { readonly name: string }[];
    readonly securityContext: { readonly sysctls: readonly { readonly name: string; readonly value: string }[] };
    readonly containers: readonly {
      readonly image: string;
      readonly securityContext: { readonly runAsUser: number; readonly runAsGroup: number };
      readonly volumeMounts: readonly { readonly mountPath: string }[];
    }[];
  };
}
