// NOTES.txt as a person follows it: its commands are run as they stand, from getting the CA to pulling what was pushed.
// kubectl answers from the written files.

import type { Result } from '../../tools/computer';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { buildImage, type OciImage, verifyImage } from './clients/oci-image';
import { Person } from './clients/person';
import { DEFAULT_APP, deploy, type Scenario } from './scenario';

jest.setTimeout(60_000);

/** `kubectl -n NAMESPACE get secret NAME -o jsonpath='{.data.KEY}'` */
const KUBECTL = `#!/bin/sh
case "$*" in
  "-n registry get secret registry-tls -o jsonpath={.data.ca\\.crt}") base64 "$CA" ;;
  *) echo "kubectl $*: not a command of this test" >&2; exit 64 ;;
esac
`;

describeWith('the commands of NOTES.txt', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  let person: Person;
  let image: OciImage;

  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP);
    const { client, runner, folder } = scenario;
    image = buildImage(client.path('image'), [1_000]);
    const CA = client.file('ca.crt', runner.objects.data('Secret', 'registry-tls').get('ca.crt') ?? '');
    person = await Person.at(runner.machine, { image, kubectl: KUBECTL, environment: { CA }, folder });
    runner.machine.addHost(client.host, '127.0.0.1');
  });
  afterAll(() => scenario?.close());

  /** The commands of one step: what stands under its heading and is a command, not a word to people. */
  function commands(heading: string): string[] {
    const step = scenario.notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
    return [...step.matchAll(/^ {3,}((?:kubectl|docker|sudo install -D|printf|head) .*)$/gm)].map(([, command]) => command ?? '');
  }

  const follow = (heading: string): Promise<Result[]> => person.follows(commands(heading));
  const succeeded = (count: number) => Array.from({ length: count }, () => expect.objectContaining({ code: 0 }));

  test('before anything is trusted, a push is refused because of the certificate', async () => {
    const { code, stderr } = await person.types(`docker push ${scenario.client.host}/hello:1.0`);
    expect(code).not.toBe(0);
    expect(stderr).toContain('certificate signed by unknown authority');
  });

  test('trust, log in, push and pull', async () => {
    expect(await follow('Trust the certificate')).toEqual(succeeded(4));
    expect(await follow('Log in')).toEqual([expect.objectContaining({ code: 0, stdout: expect.stringContaining('Login Succeeded') })]);
    expect(await follow('Push and pull')).toEqual(succeeded(4));
    expect(verifyImage(person.pulled)).toBe(image.digest);
  });

  test("containerd's hosts.toml names the registry and its CA", async () => {
    const file = `/etc/containerd/certs.d/${scenario.client.host}/hosts.toml`;
    const { stdout } = await scenario.runner.machine.run(['cat', file]);
    expect(stdout).toBe(`[host."https://registry.localhost"]\n  ca = "/etc/containerd/certs.d/registry.localhost/ca.crt"\n`);
  });
});
