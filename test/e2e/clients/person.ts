// A person at a computer who types the commands of notes as they stand. docker's are passed on to skopeo,
// which takes the same certificates and the same login; sudo does what it is told; and what is put into the
// computer's certificates goes with it.

import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Computer, Result } from '../../../tools/computer';
import { ENVIRONMENT } from '../../../tools/programs';
import type { OciImage } from './oci-image';

const DOCKER = `#!/bin/sh
set -e
case "$1" in
  login) exec skopeo "$@" ;;
  tag) exit 0 ;;
  push) exec skopeo --policy "$POLICY" copy "oci:$IMAGE" "docker://$2" ;;
  pull)
    case "$2" in
      busybox:*) exit 0 ;; # from the public registry, where there is one
      *) rm -rf "$PULLED"; exec skopeo --policy "$POLICY" copy --remove-signatures "docker://$2" "oci:$PULLED" ;;
    esac ;;
  *) echo "docker $*: not a command of notes" >&2; exit 64 ;;
esac
`;
const SUDO = '#!/bin/sh\n[ "$1" != -E ] || shift\nexec "$@"\n';

/**
 * A layer over each folder, so that what the notes put there goes with the test; the computer's hosts file on
 * top again.
 */
const LAYERS = `
  mount -t tmpfs none "$0"
  for folder in /etc /usr/local/share; do
    mkdir -p "$0$folder/up" "$0$folder/work"
    mount -t overlay none -o "lowerdir=$folder,upperdir=$0$folder/up,workdir=$0$folder/work" "$folder"
  done
  mount --bind "$1" /etc/hosts`;

export interface PersonOptions {
  /** What is pushed, whatever image the command names. */
  readonly image: OciImage;
  /** A script, or the path of the program. */
  readonly kubectl: string;
  /** What kubectl needs. */
  readonly environment?: Readonly<Record<string, string>>;
}

export class Person {
  /** A computer has room for one. */
  static async at(machine: Computer, { image, kubectl, environment = {} }: PersonOptions): Promise<Person> {
    await machine.must(['sh', '-ec', LAYERS, machine.makeFolder('layers'), machine.hostsFile]);
    const [programs, home] = [machine.makeFolder('person', 'programs'), machine.makeFolder('person', 'home')];
    const script = kubectl.startsWith('#!') ? kubectl : `#!/bin/sh\nexec '${kubectl}' "$@"\n`;
    for (const [name, text] of Object.entries({ kubectl: script, docker: DOCKER, sudo: SUDO })) {
      writeFileSync(join(programs, name), text);
      chmodSync(join(programs, name), 0o755);
    }
    const policy = join(home, 'policy.json');
    writeFileSync(policy, JSON.stringify({ default: [{ type: 'insecureAcceptAnything' }] }));
    const pulled = join(home, 'pulled');
    return new Person(machine, machine.makeFolder('person', 'work'), pulled, {
      ...ENVIRONMENT,
      ...environment,
      PATH: `${programs}:${ENVIRONMENT.PATH}`,
      HOME: home,
      IMAGE: image.folder,
      POLICY: policy,
      PULLED: pulled,
      REGISTRY_AUTH_FILE: join(home, 'auth.json'),
    });
  }

  private constructor(
    private readonly machine: Computer,
    private readonly folder: string,
    /** The folder of the image that was pulled last. */
    readonly pulled: string,
    readonly environment: Readonly<Record<string, string>>,
  ) {}

  /** The same person in another folder. */
  in(folder: string): Person {
    return new Person(this.machine, folder, this.pulled, this.environment);
  }

  types(command: string): Promise<Result> {
    return this.machine.run(['bash', '-o', 'pipefail', '-c', `cd "$0" && ${command}`, this.folder], {
      env: this.environment,
    });
  }

  /** Types one command after the other. */
  async follows(commands: readonly string[]): Promise<Result[]> {
    const results: Result[] = [];
    for (const command of commands) results.push(await this.types(command));
    return results;
  }
}
