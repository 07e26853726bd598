// What a verification expects of its registry: who may do what, and how much it pushes.
import { Size } from 'cdk8s';
import { Check, kibibytes } from '../core/check';
import { AccessPermission } from '../front/access';
import type { Registry } from '../registry';
import { redirects } from './verification-addresses';
import { RegistryVerificationProps } from './verification-options';

const REPOSITORY =
  /^(?=.{2,200}$)[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*$/;
/** In mebibytes. */
const LARGEST_LAYER = 5 * 1024;

/** Who logs in: undefined for nobody, and a user who is unknown where an existing Secret has the login. */
export interface VerifyingUser {
  readonly user?: string;
}

/** The repository, which is in no cache: nobody can push there. */
export function repositoryOf(
  check: Check,
  { registry: { caches }, repository }: RegistryVerificationProps,
): { readonly name: string; readonly cached: boolean } {
  const name = check.string(
    'repository',
    repository,
    'verification',
    (text) => REPOSITORY.test(text),
    'not-a-repository',
  );
  const cache = caches.find(({ _path }) => name.startsWith(`${_path}/`));
  if (cache) check.report('verification-in-a-cache', 'repository', { value: name, upstream: cache.upstream });
  return { name, cached: cache !== undefined };
}

/** The same where its user must be allowed to push to it. */
export function pushedTo(
  check: Check,
  props: RegistryVerificationProps,
  login: VerifyingUser | undefined,
): string {
  const { front, auth } = props.registry;
  const { name, cached } = repositoryOf(check, props);
  const known = login?.user ?? (auth.anonymous ? 'everybody' : undefined);
  // Who has no password is reported already.
  if (front && known && !cached && !front._mayDoIn(login?.user, AccessPermission.PUSH, name))
    check.report('verification-may-not-push', 'repository', { value: known, repository: name });
  return name;
}

/** The size of the large layer in bytes. */
export function layerBytes(check: Check, given: unknown): number {
  const fallback = Size.mebibytes(16);
  const size = check.size('layerSize', given, fallback, 'Size.mebibytes(16)');
  const kibi = kibibytes(size);
  if (kibi >= 1024 && kibi <= LARGEST_LAYER * 1024) return Math.round(kibi * 1024);
  if (kibi > 0) check.report('layer-size-not-in-range', 'layerSize', { value: size.asString() });
  return kibibytes(fallback) * 1024;
}

/** The script's variables of that. */
export function expectations(
  registry: Registry,
  login: VerifyingUser | undefined,
  repository: string,
): Record<string, string> {
  const { auth, front, storage, deployment } = registry;
  const users = !auth.anonymous;
  const may = (user: string | undefined, permission: AccessPermission) =>
    front === undefined || front._mayDoIn(user, permission, repository);
  // Of a login in a Secret only that is known.
  const own = (permission: AccessPermission, allowed = true) =>
    allowed && ((users && login?.user === undefined) || may(login?.user, permission));
  const catalog =
    front === undefined || (users && !login?.user) || front._mayDo(login?.user, AccessPermission.CATALOG);
  const readOnly = storage.readOnly || deployment.configuration._readOnly;
  const yes = (is: boolean) => (is ? 'yes' : 'no');
  return {
    REPOSITORY: repository,
    LOGIN: yes(users),
    AS_USER: yes(login !== undefined),
    BEARER: yes(auth.byToken),
    // Some lock an account after a few wrong passwords.
    ...(auth._verifier && { WRONG_USER: 'nobody-of-the-verification' }),
    PUSH: yes(!readOnly && own(AccessPermission.PUSH)),
    REMOVE: yes(!readOnly && own(AccessPermission.REMOVE, storage.deletion)),
    CATALOG: yes(catalog),
    REDIRECTS: yes(redirects(registry)),
    ANONYMOUS_PULL: yes(front?._mayDoIn(undefined, AccessPermission.PULL, repository) === true),
  };
}
