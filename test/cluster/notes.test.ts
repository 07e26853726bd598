// NOTES.txt as a person follows it beside a cluster: its commands are run as they stand, from `kubectl apply` to pulling what was pushed. kubectl is real;
// docker's words go to skopeo, which takes the same certificates and the same login.

import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../tools/computer';
import { pathOf } from '../../tools/programs';
import { buildImage } from '../e2e/clients/oci-image';
import { DEFAULT_APP, hostIn, pageIn, type Synthesized, synthesize } from '../e2e/scenario';
import { type Cluster, describeOnCluster, eventually } from './support/cluster';
import { whileForwarded } from './support/forwarded';

jest.setTimeout(120_000);

const DOCKER = `#!/bin/sh
set -e
case "$1" in
  login) exec skopeo "$@" ;;
  tag) exit 0 ;;
  push) exec skopeo --policy "$POLICY" copy "oci:$IMAGE" "docker://$2" ;;
  pull)
    case "$2" in
      busybox:*) exit 0 ;; # from the public registry, where there is one
      *) exec skopeo --policy "$POLICY" copy "docker://$2" "dir:$PULLED" ;;
    esac ;;
esac
`;

/** A layer over /etc, so that what the notes put there goes with the test; the laptop's hosts file on top again. */
const LAYER = `
  mount -t tmpfs none "$0"
  mkdir "$0/up" "$0/work"
  mount -t overlay none -o "lowerdir=/etc,upperdir=$0/up,workdir=$0/work" /etc
  mount --bind "$1" /etc/hosts`;

/** A person's shell, in the folder in which an app was synthesized. */
class Person {
  readonly notes: string;
  readonly namespace: string;
  private readonly synthesized: Synthesized;
  private readonly environment: Record<string, string>;

  constructor(
    private readonly cluster: Cluster,
    purpose: string,
    settings: (namespace: string) => Record<string, string>,
  ) {
    const { machine } = cluster;
    this.namespace = cluster.newNamespace(purpose);
    this.synthesized = synthesize(DEFAULT_APP, { REGISTRY_NAMESPACE: this.namespace, ...settings(this.namespace) });
    this.notes = this.synthesized.notes;
    const programs = machine.makeFolder(purpose, 'programs');
    for (const [name, text] of Object.entries({ docker: DOCKER, sudo: '#!/bin/sh\n[ "$1" != -E ] || shift\nexec "$@"\n' })) {
      writeFileSync(join(programs, name), text);
      chmodSync(join(programs, name), 0o755);
    }
    const file = (name: string) => join(machine.makeFolder(purpose), name);
    writeFileSync(file('policy.json'), JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
    mkdirSync(file('image'));
    this.environment = {
      ...cluster.environment,
      PATH: `${programs}:${join(pathOf('kubectl'), '..')}:${cluster.environment.PATH}`,
      IMAGE: buildImage(file('image'), [1_000]).folder,
      POLICY: file('policy.json'),
      PULLED: file('pulled'),
      REGISTRY_AUTH_FILE: file('auth.json'),
    };
  }

  get host(): string {
    return hostIn(this.notes);
  }

  /** Runs a command in the folder that holds dist. */
  run(command: string): Promise<Result> {
    return this.cluster.machine.run(['bash', '-o', 'pipefail', '-c', `cd "$0" && ${command}`, this.synthesized.folder], {
      env: this.environment,
    });
  }

  /** Does what stands under a heading: what is a command, not a word to people. */
  async follow(heading: string): Promise<Result[]> {
    const step = this.notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
    const commands = [...step.matchAll(/^ {3,}((?:kubectl|docker|sudo install -D|printf|head) .*)$/gm)].map(([, command]) => command ?? '');
    const results: Result[] = [];
    for (const command of commands) results.push(await this.run(command));
    return results;
  }

  /** The address that the notes' command prints, and the line in /etc/hosts that they ask for. */
  async findAddress(): Promise<string> {
    const address = await eventually('an address', async () => {
      const [result] = await this.follow('Find the address');
      return result.stdout.trim() || undefined;
    });
    expect(this.notes).toMatch(new RegExp(`^ +<address> ${this.host}$`, 'm'));
    this.cluster.machine.addHost(this.host, address);
    return address;
  }

  /** Does something while the notes' command runs that leads this machine's port 443 to the ingress controller. */
  whileForwarded<T>(work: () => Promise<T>): Promise<T> {
    const command = /^ +(sudo -E kubectl .* port-forward .*)$/m.exec(this.notes)?.[1] ?? '';
    return whileForwarded(this.cluster.machine, command, this.environment, work);
  }

  close(): void {
    rmSync(this.synthesized.folder, { recursive: true, force: true });
  }
}

const succeeded = (count: number) => Array.from({ length: count }, () => expect.objectContaining({ code: 0 }));

describeOnCluster('NOTES.txt', { programs: ['skopeo', 'curl'] }, (cluster) => {
  beforeAll(async () => {
    const { machine } = cluster();
    await machine.must(['sh', '-ec', LAYER, machine.makeFolder('etc'), machine.hostsFile]);
  });

  describe('of a registry on a host of its own', () => {
    let person: Person;
    beforeAll(() => {
      person = new Person(cluster(), 'notes', (namespace) => ({ REGISTRY_HOST: `${namespace}.example.com` }));
    });
    afterAll(() => person?.close());

    test('apply, and wait until it runs', async () => {
      const results = await person.follow('Apply, and wait');
      expect(results).toEqual(succeeded(3));
      expect(results[2]?.stdout).toContain('successfully rolled out');
    });

    test('find the address', async () => {
      expect(await person.findAddress()).toMatch(/^\d+(\.\d+){3}$/);
    });

    test('before anything is trusted, a push is refused because of the certificate', async () => {
      const { code, stderr } = await person.run(`docker push ${person.host}/hello:1.0`);
      expect(code).not.toBe(0);
      expect(stderr).toMatch(/certificate signed by unknown authority/);
    });

    test('trust, log in, push and pull', async () => {
      expect(await person.follow('Trust the certificate')).toEqual(succeeded(4));
      const login = async () => (await person.follow('Log in'))[0];
      expect(await login()).toMatchObject({ code: 0, stdout: expect.stringContaining('Login Succeeded') });
      expect(await person.follow('Push and pull')).toEqual(succeeded(4));
    });

    test("containerd's hosts.toml names the registry and its CA", async () => {
      const { host } = person;
      const { stdout } = await person.run(`cat /etc/containerd/certs.d/${host}/hosts.toml`);
      expect(stdout).toBe(`[host."https://${host}"]\n  ca = "/etc/containerd/certs.d/${host}/ca.crt"\n`);
    });

    test('open the web page, by its address', async () => {
      expect(await open(person)).toBe('200');
    });
  });

  describe('of a registry on the host that it has by default', () => {
    let person: Person;
    beforeAll(async () => {
      person = new Person(cluster(), 'localhost', () => ({}));
      expect(person.host).toBe('registry.localhost');
      expect(await person.follow('Apply, and wait')).toEqual(succeeded(3));
      await person.findAddress();
      expect(await person.follow('Trust the certificate')).toEqual(succeeded(4));
    });
    afterAll(() => person?.close());

    test('log in, push and pull', async () => {
      const [login] = await person.follow('Log in');
      expect(login).toMatchObject({ code: 0 });
      expect(await person.follow('Push and pull')).toEqual(succeeded(4));
    });

    // Browsers and curl take *.localhost for this machine, and don't look into /etc/hosts.
    test('the web page opens by its address while the forward of the notes runs, and not before', async () => {
      await expect(open(person)).rejects.toThrow('Failed to connect to registry.localhost port 443');
      expect(await person.whileForwarded(() => open(person))).toBe('200');
    });

    test('the page is there for who asks the address', async () => {
      const { stdout } = await cluster().kubectl([
        'get',
        'ingress',
        'registry',
        '-n',
        person.namespace,
        '-o',
        `jsonpath={.status.loadBalancer.ingress[0].ip}`,
      ]);
      expect(await open(person, '--resolve', `registry.localhost:443:${stdout}`)).toBe('200');
    });
  });

  /** The status of the page that the notes name. */
  async function open(person: Person, ...options: string[]): Promise<string> {
    const { stdout, stderr } = await person.run(
      `curl -sS --cacert registry-ca.crt ${options.join(' ')} -o /dev/null -w '%{http_code}' ${pageIn(person.notes)}`,
    );
    if (stderr !== '') throw new Error(stderr.trim());
    return stdout;
  }
});
