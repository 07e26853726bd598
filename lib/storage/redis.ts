// A Redis that exists, as cache of blob descriptors.

import { isPullAddress } from '../core/addresses';
import type { Check } from '../core/check';
import { PUBLIC_CAS } from '../core/image';
import type { RegistryPart } from '../core/registry-part';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import type { Version } from '../distribution/version';
import { toDestination } from '../network/egress-rules';
import { textFromSecret } from '../secrets/env-from-secret';
import type { BoundDescriptorCache } from './driver';
import { fileVolume } from './object-store-credentials';

/** How a Redis is reached. */
export interface RedisOptions {
  /**
   * The password, in an existing Secret. Default key: `password`. When it changes, restart the registry.
   *
   * @default - none
   */
  readonly password?: SecretKeyRef;

  /**
   * The user, for a Redis with access lists. Not with Distribution 2.8.
   *
   * @default - the user `default`
   * @see https://redis.io/docs/latest/operate/oss_and_stack/management/security/acl/
   */
  readonly username?: string;

  /**
   * Number of the database, from 0 to 1000000. Each registry needs one of its own: the keys do not name the registry.
   *
   * @default 0
   */
  readonly database?: number;

  /**
   * The CA of its certificate in PEM, in an existing Secret. Default key: `ca.crt`. When it changes, restart the
   * registry.
   *
   * @default - the public CAs of the registry's image
   */
  readonly caSecret?: SecretKeyRef;

  /**
   * Whether the connection is not encrypted. Whoever can read it learns the password, and can then make the registry
   * believe in blobs that don't exist. Distribution 2.8 can't encrypt it.
   *
   * @default false
   */
  readonly withoutTls?: boolean;
}

/** The port of Redis. */
export const REDIS_PORT = 6379;
/** The variable with the password. */
export const PASSWORD_VARIABLE = 'REGISTRY_REDIS_PASSWORD';
const CA_PATH = '/redis-ca';
const CA_FILE = 'ca.crt';

/** Validates it. */
export function redis(
  _part: RegistryPart,
  check: Check,
  address: unknown,
  given: RedisOptions,
): BoundDescriptorCache {
  const options = check.options<RedisOptions>('props', given);
  const text = check.string('address', address ?? null, 'redis', isPullAddress, 'not-an-address-of-redis');
  const [host = '', port = String(REDIS_PORT)] = text.split(':');
  const withoutTls = check.boolean('withoutTls', options.withoutTls, false);
  const username = check.string('username', options.username, '', isUserName, 'not-a-user-of-redis');
  const database = check.integer('database', options.database, 0, 0, 1_000_000);
  const password = options.password && checkSecretKeyRef(check, 'password', options.password, 'password');
  const ca = options.caSecret && checkSecretKeyRef(check, 'caSecret', options.caSecret, CA_FILE);
  if (ca && withoutTls) check.report('redis-ca-without-tls', 'caSecret');
  if (username !== '' && !password)
    check.report('redis-user-without-password', 'username', { value: username });
  const caFile = ca ? `${CA_PATH}/${CA_FILE}` : PUBLIC_CAS;
  return {
    shared: true,
    server: {
      host,
      port: Number(port),
      ...(!withoutTls && { ca: caFile }),
      ...(username !== '' && { username }),
      ...(database !== 0 && { database }),
      ...(password && { password }),
    },
    redis: (version) => {
      if (!version.redis.addresses) {
        if (!withoutTls)
          check.report('redis-tls-unknown-to-version', 'withoutTls', { version: version.name });
        if (username !== '')
          check.report('redis-user-unknown-to-version', 'username', {
            value: username,
            version: version.name,
          });
      }
      return {
        ...redisSection(version, `${host}:${port}`),
        ...(username !== '' && { username }),
        ...(database !== 0 && { db: database }),
        ...(!withoutTls && { tls: { rootcas: [caFile] } }),
      };
    },
    env: password ? textFromSecret(PASSWORD_VARIABLE, password.name, password.key) : [],
    volumes: ca ? [fileVolume('redis-ca', { secret: ca.name }, ca.key, CA_FILE)] : [],
    mounts: ca ? [{ name: 'redis-ca', mountPath: CA_PATH, readOnly: true }] : [],
    egress: [toDestination({ host, port: Number(port) })],
  };
}

/**
 * The section of config.yml. The short time-outs, without repetition, keep a Redis that hangs from stopping pulls: the
 * storage is asked instead.
 */
export function redisSection({ redis: { addresses } }: Version, address: string): { [key: string]: unknown } {
  const timeouts = { dialtimeout: '200ms', readtimeout: '200ms', writetimeout: '200ms' };
  return addresses
    ? { addrs: [address], ...timeouts, maxretries: -1 }
    : { addr: address, ...timeouts, pool: { maxidle: 16, maxactive: 64, idletimeout: '300s' } };
}

function isUserName(text: string): boolean {
  return /^[^\s\p{Cc}]+$/u.test(text);
}
