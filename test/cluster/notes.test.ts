// NOTES.txt as a person follows it beside a cluster: its commands are run as they stand, from `kubectl apply`
// to pulling what was pushed. kubectl is real; docker's words go to skopeo, which takes the same certificates
// and the same login.

import { rmSync } from 'node:fs';
import type { Result } from '../../tools/computer';
import { pathOf } from '../../tools/programs';
import { buildImage } from '../e2e/clients/oci-image';
import { Person } from '../e2e/clients/person';
import { DEFAULT_APP, hostIn, type Synthesized, synthesize, uiIn } from '../e2e/scenario';
import { type Cluster, describeOnCluster, eventually } from './support/cluster';
import { whileForwarded } from './support/forwarded';

/** A person in the folder in which an app was synthesized. */
class Reader {
  readonly namespace: string;
  private readonly app: Synthesized;
  private readonly person: Person;

  constructor(
    private readonly cluster: Cluster,
    person: Person,
    purpose: string,
    settings: (namespace: string) => Record<string, string>,
  ) {
    this.namespace = cluster.newNamespace(purpose);
    this.app = synthesize(DEFAULT_APP, { REGISTRY_NAMESPACE: this.namespace, ...settings(this.namespace) });
    this.person = person.in(this.app.folder);
  }

  get notes(): string {
    return this.app.notes;
  }

  get host(): string {
    return hostIn(this.notes);
  }

  /** Runs a command in the folder that holds dist. */
  run(command: string): Promise<Result> {
    return this.person.types(command);
  }

  /** Does what stands under a heading: what is a command, not a word to people. */
  follow(heading: string): Promise<Result[]> {
    const step = this.notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
    const commands = [...step.matchAll(/^ {3,}((?:kubectl|docker|sudo install -D|printf|head) .*)$/gm)];
    return this.person.follows(commands.map(([, command]) => command ?? ''));
  }

  /** The address that the notes' command prints, and the line in /etc/hosts that they ask for. */
  async findAddress(): Promise<string> {
    const address = await eventually('an address', async () => {
      const [result] = await this.follow('Find the address');
      return result?.stdout.trim() || undefined;
    });
    expect(this.notes).toMatch(new RegExp(`^ +<address> ${this.host}$`, 'm'));
    this.cluster.machine.addHost(this.host, address);
    return address;
  }

  /**
   * Does something while the notes' command runs that leads this machine's port 443 to the ingress
   * controller.
   */
  whileForwarded<T>(work: () => Promise<T>): Promise<T> {
    const command = /^ +(sudo -E kubectl .* port-forward .*)$/m.exec(this.notes)?.[1] ?? '';
    return whileForwarded(this.cluster.machine, command, this.person.environment, work);
  }

  close(): void {
    rmSync(this.app.folder, { recursive: true, force: true });
  }
}

const succeeded = (count: number) =>
  Array.from({ length: count }, () => expect.objectContaining({ code: 0 }));

describeOnCluster('NOTES.txt', { programs: ['skopeo', 'curl'] }, (cluster) => {
  let person: Person;
  beforeAll(async () => {
    const { machine, environment } = cluster();
    const image = buildImage(machine.makeFolder('image'), [1_000]);
    person = await Person.at(machine, { image, kubectl: pathOf('kubectl'), environment });
  });

  describe('of a registry on a host of its own', () => {
    let reader: Reader;
    beforeAll(() => {
      reader = new Reader(cluster(), person, 'notes', (namespace) => ({
        REGISTRY_HOST: `${namespace}.example.com`,
      }));
    });
    afterAll(() => reader?.close());

    test('apply, and wait until it runs', async () => {
      const results = await reader.follow('Apply, and wait');
      expect(results).toEqual(succeeded(3));
      expect(results[2]?.stdout).toContain('successfully rolled out');
    });

    test('find the address', async () => {
      expect(await reader.findAddress()).toMatch(/^\d+(\.\d+){3}$/);
    });

    test('before anything is trusted, a push is refused because of the certificate', async () => {
      const { code, stderr } = await reader.run(`docker push ${reader.host}/hello:1.0`);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/certificate signed by unknown authority/);
    });

    test('trust, log in, push and pull', async () => {
      expect(await reader.follow('Trust the certificate')).toEqual(succeeded(4));
      const login = async () => (await reader.follow('Log in'))[0];
      expect(await login()).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
      expect(await reader.follow('Push and pull')).toEqual(succeeded(4));
    });

    test("containerd's hosts.toml names the registry and its CA", async () => {
      const { host } = reader;
      const { stdout } = await reader.run(`cat /etc/containerd/certs.d/${host}/hosts.toml`);
      expect(stdout).toBe(`[host."https://${host}"]\n  ca = "/etc/containerd/certs.d/${host}/ca.crt"\n`);
    });

    test('open the UI, by its address', async () => {
      expect(await open(reader)).toBe('200');
    });
  });

  describe('of a registry on the host that it has by default', () => {
    let reader: Reader;
    beforeAll(async () => {
      reader = new Reader(cluster(), person, 'localhost', () => ({}));
      expect(reader.host).toBe('registry.localhost');
      expect(await reader.follow('Apply, and wait')).toEqual(succeeded(3));
      await reader.findAddress();
      expect(await reader.follow('Trust the certificate')).toEqual(succeeded(4));
    });
    afterAll(() => reader?.close());

    test('log in, push and pull', async () => {
      const [login] = await reader.follow('Log in');
      expect(login).toMatchObject({ code: 0 });
      expect(await reader.follow('Push and pull')).toEqual(succeeded(4));
    });

    // Browsers and curl take *.localhost for this machine, and don't look into /etc/hosts.
    test('the UI opens by its address while the forward of the notes runs, and not before', async () => {
      await expect(open(reader)).rejects.toThrow('Failed to connect to registry.localhost port 443');
      expect(await reader.whileForwarded(() => open(reader))).toBe('200');
    });

    test('the UI is there for who asks the address', async () => {
      const { stdout } = await cluster().kubectl([
        'get',
        'ingress',
        'registry',
        '-n',
        reader.namespace,
        '-o',
        `jsonpath={.status.loadBalancer.ingress[0].ip}`,
      ]);
      expect(await open(reader, '--resolve', `registry.localhost:443:${stdout}`)).toBe('200');
    });
  });

  /** The status of the UI that the notes name. */
  async function open(reader: Reader, ...options: string[]): Promise<string> {
    const { stdout, stderr } = await reader.run(
      `curl -sS --cacert registry-ca.crt ${options.join(' ')} -o /dev/null -w '%{http_code}' ${uiIn(reader.notes)}`,
    );
    if (stderr !== '') throw new Error(stderr.trim());
    return stdout;
  }
});
