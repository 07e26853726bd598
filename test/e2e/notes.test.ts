// NOTES.txt as a person follows it: its commands are run as they stand, from getting the CA to pulling what was pushed.
// kubectl answers from the written files, and docker's commands are passed on to skopeo, which takes the same
// certificates and the same login; everything else is what the notes say.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Result } from '../../tools/pod-runner/machine';
import { describeWith, ENVIRONMENT, POD_PROGRAMS } from '../../tools/programs';
import { buildImage } from './clients/oci-image';
import { DEFAULT_APP, deploy, type Scenario } from './scenario';

jest.setTimeout(60_000);

/** `kubectl -n NAMESPACE get secret NAME -o jsonpath='{.data.KEY}'` */
const KUBECTL = `#!/bin/sh
case "$*" in
  "-n registry get secret registry-tls -o jsonpath={.data.ca\\.crt}") base64 "$CA" ;;
  *) echo "kubectl $*: not a command of this test" >&2; exit 64 ;;
esac
`;

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

/** A layer over /etc, so that what the notes put there goes with the test; the machine's hosts file on top again. */
const LAYER = `
  mount -t tmpfs none "$0"
  mkdir "$0/up" "$0/work"
  mount -t overlay none -o "lowerdir=/etc,upperdir=$0/up,workdir=$0/work" /etc
  mount --bind "$1" /etc/hosts`;

describeWith('the commands of NOTES.txt', [...POD_PROGRAMS, 'registry3', 'nginx', 'skopeo'], () => {
  let scenario: Scenario;
  let environment: Record<string, string>;

  beforeAll(async () => {
    scenario = await deploy(DEFAULT_APP);
    const { client, runner } = scenario;
    const { machine } = runner;
    await machine.must(['sh', '-ec', LAYER, machine.makeFolder('etc'), machine.hostsFile]);
    const programs = machine.makeFolder('programs');
    for (const [name, text] of Object.entries({ kubectl: KUBECTL, docker: DOCKER, sudo: '#!/bin/sh\nexec "$@"\n' })) {
      writeFileSync(join(programs, name), text);
      chmodSync(join(programs, name), 0o755);
    }
    machine.addHost(client.host, '127.0.0.1');
    environment = {
      ...ENVIRONMENT,
      PATH: `${programs}:${ENVIRONMENT.PATH}`,
      CA: client.file('ca.crt', runner.objects.data('Secret', 'registry-tls').get('ca.crt') ?? ''),
      IMAGE: buildImage(client.path('image'), [1_000]).folder,
      POLICY: client.file('policy.json', JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] })),
      PULLED: client.path('pulled'),
      REGISTRY_AUTH_FILE: client.path('auth.json'),
    };
  });
  afterAll(() => scenario?.close());

  /** The commands of one step: what stands under its heading and is a command, not a word to people. */
  function commands(heading: string): string[] {
    const step = scenario.notes.split(/\n\n(?=\d)/).find((text) => text.includes(heading)) ?? '';
    return [...step.matchAll(/^ {3,}((?:kubectl|docker|sudo install -D|printf|head) .*)$/gm)].map(([, command]) => command ?? '');
  }

  /** Runs a command in the folder in which the app was synthesized. */
  function shell(command: string): Promise<Result> {
    return scenario.runner.machine.run(['bash', '-o', 'pipefail', '-c', `cd "$0" && ${command}`, scenario.folder], { env: environment });
  }

  async function follow(heading: string): Promise<Result[]> {
    const results: Result[] = [];
    for (const command of commands(heading)) results.push(await shell(command));
    return results;
  }

  const succeeded = (count: number) => Array.from({ length: count }, () => expect.objectContaining({ code: 0 }));

  test('before anything is trusted, a push is refused because of the certificate', async () => {
    const { code, stderr } = await shell(`docker push ${scenario.client.host}/hello:1.0`);
    expect(code).not.toBe(0);
    expect(stderr).toContain('certificate signed by unknown authority');
  });

  test('trust, log in, push and pull', async () => {
    expect(await follow('Trust the certificate')).toEqual(succeeded(4));
    expect(await follow('Log in')).toEqual([expect.objectContaining({ code: 0, stdout: expect.stringContaining('Login Succeeded') })]);
    expect(await follow('Push and pull')).toEqual(succeeded(4));
  });

  test("containerd's hosts.toml names the registry and its CA", async () => {
    const file = `/etc/containerd/certs.d/${scenario.client.host}/hosts.toml`;
    const { stdout } = await scenario.runner.machine.run(['cat', file]);
    expect(stdout).toBe(`[host."https://registry.localhost"]\n  ca = "/etc/containerd/certs.d/registry.localhost/ca.crt"\n`);
  });
});
