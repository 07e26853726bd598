// The login with which nodes ask a mirror: who needs one, and which ones files of nodes can hold.
import { CheckedLogin, checkLogin, RegistryLogin } from '../auth/client-login';
import { Check } from '../core/check';
import { AccessPermission } from '../front/access';
import type { Registry } from '../registry';
import type { RegistryNodeFiles } from './node-files';

/** Checks the login. */
export function checkMirrorLogin(
  check: Check,
  given: unknown,
  registry: Registry,
  files: RegistryNodeFiles,
): CheckedLogin | undefined {
  if (given === undefined) return undefined;
  const { auth, front } = registry;
  const { mirrorOf, paths } = files._source;
  const property = 'mirrorLogin';
  if (mirrorOf.length === 0) check.report('mirror-login-without-mirrors', property);
  else if (auth.byToken) check.report('mirror-login-with-tokens', property);
  else if (closedMirrors(registry, files).length === 0)
    check.report('mirror-login-not-needed', property, { hosts: mirrorOf.join(', ') });
  else if (given instanceof RegistryLogin && given._source.kind === 'secret')
    check.report('mirror-login-existing-secret', property);
  else {
    const login = checkLogin(check, property, given, auth, files.address, 'mirror-password-unknown');
    const { user } = login;
    const pulls = (host: string) =>
      paths[host] === undefined || front?._mayPullBelow(user, paths[host]) === true;
    if (user !== undefined && front !== undefined && !mirrorOf.some(pulls))
      check.report('login-may-not-pull', property, { value: user, user });
    return login;
  }
  return undefined;
}

/** The mirrored hosts of which not all images can be pulled, without a login or as this user. */
export function closedMirrors(registry: Registry, { _source }: RegistryNodeFiles, user?: string): string[] {
  const { auth, front } = registry;
  const { mirrorOf, paths } = _source;
  // Without a front, every user may pull everything.
  if (front === undefined) return auth.anonymous || user !== undefined ? [] : [...mirrorOf];
  return mirrorOf.filter((host) => {
    const pattern = paths[host] === undefined ? '**' : `${paths[host]}/**`;
    const askers = user === undefined ? [undefined] : [undefined, user];
    return !askers.some((asker) => front._mayPullAll(asker, pattern));
  });
}

/** Whether a user may change images, by the rules, or since there are none. */
export function mayWrite({ front }: Registry, user: string): boolean {
  const permissions = [AccessPermission.PUSH, AccessPermission.REMOVE];
  return front === undefined || permissions.some((permission) => front._mayDo(user, permission));
}
