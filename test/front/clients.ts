// Real clients that push and pull: skopeo, regctl and both Helms.
import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { ENVIRONMENT, pathOf } from '../../tools/programs';
import { buildImage } from '../e2e/clients/oci-image';
import { newFolder } from '../support/folder';

/** Passwords. */
export const USERS = { admin: 'of admin', alice: 'of alice', robot: 'of robot' };
type User = keyof typeof USERS | undefined;

/** What a client did: its output, or undefined if it was refused. */
type Done = Promise<string | undefined>;

export interface Client {
  push(user: User, repository: string, password?: string): Done;
  pull(user: User, repository: string, password?: string): Done;
}

/** Runs a program in a home of its own, so that no login of one call is there in the next. */
export async function run(program: string, args: readonly string[], home = newFolder()): Done {
  const env = { ...ENVIRONMENT, HOME: home, REGISTRY_AUTH_FILE: join(home, 'auth.json') };
  try {
    const { stdout } = await promisify(execFile)(program, args, { env });
    return stdout || 'done';
  } catch (error) {
    const { code, stderr = '' } = error as { code?: unknown; stderr?: string };
    if (typeof code !== 'number') throw error;
    // A failure for any other reason would pass for a refusal.
    if (!/40[13]|unauthorized|denied|authentication required|anonymous/i.test(stderr))
      throw new Error(stderr);
    return undefined;
  }
}

function passwordOf(user: User, password?: string): string {
  return password ?? (user === undefined ? '' : USERS[user]);
}

export function skopeo(host: string): Client {
  // A new one for each push: what is there already, regctl does not push.
  const built = () => buildImage(newFolder(), [2000]);
  const login = (user: User, password?: string) =>
    user === undefined ? ['--no-creds'] : ['--creds', `${user}:${passwordOf(user, password)}`];
  const with_ = (side: 'src' | 'dest', user: User, password?: string) =>
    login(user, password).map((word) => word.replace(/^--/, `--${side}-`));
  return {
    push: (user, repository, password) =>
      run(pathOf('skopeo'), [
        'copy',
        '--dest-tls-verify=false',
        ...with_('dest', user, password),
        `oci:${built().folder}`,
        `docker://${host}/${repository}:v1`,
      ]),
    pull: (user, repository, password) =>
      run(pathOf('skopeo'), [
        'copy',
        '--src-tls-verify=false',
        ...with_('src', user, password),
        `docker://${host}/${repository}:v1`,
        `oci:${newFolder()}`,
      ]),
  };
}

function regctl(host: string): Client {
  // A new one for each push: what is there already, regctl does not push.
  const built = () => buildImage(newFolder(), [2000]);
  const home = async (user: User, password?: string) => {
    const folder = newFolder();
    mkdirSync(join(folder, '.regctl'));
    writeFileSync(
      join(folder, '.regctl', 'config.json'),
      JSON.stringify({
        hosts: { [host]: { tls: 'disabled', ...(user && { user, pass: passwordOf(user, password) }) } },
      }),
    );
    return folder;
  };
  return {
    push: async (user, repository, password) => {
      const { folder, digest } = built();
      const args = ['image', 'copy', `ocidir://${folder}@${digest}`, `${host}/${repository}:v1`];
      return run(pathOf('regctl'), args, await home(user, password));
    },
    pull: async (user, repository, password) =>
      run(
        pathOf('regctl'),
        ['image', 'copy', `${host}/${repository}:v1`, `ocidir://${newFolder()}`],
        await home(user, password),
      ),
  };
}

function helm(program: 'helm3' | 'helm4', host: string): Client {
  const chart = newFolder();
  writeFileSync(join(chart, 'Chart.yaml'), 'apiVersion: v2\nname: app\nversion: 1.0.0\n');
  const at = async (user: User, password?: string) => {
    const home = newFolder();
    if (user !== undefined) {
      const folder = join(home, '.config', 'helm', 'registry');
      mkdirSync(folder, { recursive: true });
      const auth = Buffer.from(`${user}:${passwordOf(user, password)}`).toString('base64');
      writeFileSync(join(folder, 'config.json'), JSON.stringify({ auths: { [host]: { auth } } }));
    }
    return home;
  };
  return {
    push: async (user, repository, password) => {
      const home = await at(user, password);
      await run(pathOf(program), ['package', chart, '-d', home], home);
      const to = `oci://${host}/${repository.split('/').slice(0, -1).join('/')}`;
      return run(pathOf(program), ['push', join(home, 'app-1.0.0.tgz'), to, '--plain-http'], home);
    },
    pull: async (user, repository, password) => {
      const home = await at(user, password);
      return run(
        pathOf(program),
        ['pull', `oci://${host}/${repository}`, '--version', '1.0.0', '--plain-http', '-d', home],
        home,
      );
    },
  };
}

export const CLIENTS = {
  skopeo,
  regctl,
  'Helm 3': (host: string) => helm('helm3', host),
  'Helm 4': (host: string) => helm('helm4', host),
};
