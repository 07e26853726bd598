// A container on OpenStack Swift, for which Distribution 3.x has no driver any more.
import { Size } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { v2 } from '../distribution/v2';
import { portOf, toPort } from '../network/egress-rules';
import { textFromSecret } from '../secrets/env-from-secret';
import { StorageContext, StorageDriver } from './driver';
import { asYaml, checkSecret, fromSecret } from './object-store-credentials';
import { checkUrl, withoutSlash } from './object-store-endpoint';
import { checkChunk, checkPrefix } from './object-store-options';

/** Options of a container on Swift. */
export interface SwiftOptions {
  /** Name of the container; it is created if it does not exist. */
  readonly container: string;

  /**
   * Address of Keystone, e.g. `https://keystone.example.com/v3`. One that begins with `http://` needs
   * `insecurePasswordOverHttp`.
   */
  readonly authUrl: string;

  /**
   * Accept an `authUrl` of plain HTTP, to which the registry sends the password unencrypted.
   *
   * @default false
   */
  readonly insecurePasswordOverHttp?: boolean;

  /** Name of the user. */
  readonly username: string;

  /**
   * The user's password; it ends up in a Secret of these manifests.
   *
   * @default - that of `passwordSecret`
   */
  readonly password?: string;

  /**
   * A Secret that exists in the registry's namespace, with the password: a single line, used as it is. When
   * it changes, restart the registry. Default key: `password`.
   *
   * @default - `password`
   */
  readonly passwordSecret?: SecretKeyRef;

  /**
   * Name of the tenant (project).
   *
   * @default - none
   */
  readonly tenant?: string;

  /**
   * Name of the domain, for Keystone v3.
   *
   * @default - none
   */
  readonly domain?: string;

  /**
   * The region.
   *
   * @default - the first one
   */
  readonly region?: string;

  /**
   * Prefix of all object names.
   *
   * @default - none: the registry's own `docker/registry/v2/…`
   */
  readonly prefix?: string;

  /**
   * Size of the parts in which blobs are uploaded, 1 MiB or more.
   *
   * @default Size.mebibytes(20)
   */
  readonly chunkSize?: Size;
}

const PASSWORD = 'REGISTRY_STORAGE_SWIFT_PASSWORD';
/** The port of Swift's own proxy; the real one is in Keystone's catalog, which can't be read here. */
const PROXY_PORT = 8080;

/** The image that has the driver: whole for props, and its tag for values.yaml. */
const OLD_IMAGE = { image: v2.image, tag: v2.image.slice(v2.image.indexOf(':') + 1) };

/** A container on Swift. */
export function swift(context: StorageContext, given: SwiftOptions): StorageDriver {
  const { check } = context;
  const options = check.options<SwiftOptions>('options', given);
  const needed = (property: 'container' | 'username', example: string) =>
    check.singleLine(property, options[property] ?? '', example, example);
  const line = (property: 'tenant' | 'domain' | 'region') => {
    const value = options[property];
    return value === undefined ? {} : { [property]: check.singleLine(property, value, property, 'example') };
  };
  const authUrl = checkUrl(check, 'authUrl', options.authUrl ?? '', 'https://keystone.example.com/v3');
  const inClear = check.boolean('insecurePasswordOverHttp', options.insecurePasswordOverHttp, false);
  if (authUrl?.protocol === 'http:' && !inClear)
    check.report('swift-password-in-clear', 'authUrl', { value: options.authUrl });
  const prefix = checkPrefix(check, options.prefix);
  const chunkSize = checkChunk(check, options.chunkSize, { min: 1024, of: 'Swift' });
  const configured = {
    authurl: authUrl ? withoutSlash(authUrl) : '',
    username: needed('username', 'registry'),
    container: needed('container', 'registry-images'),
    ...line('tenant'),
    ...line('domain'),
    ...line('region'),
    ...(prefix !== undefined && { prefix }),
    ...(chunkSize !== undefined && { chunksize: chunkSize }),
  };
  const { env, secrets } = password(context, options);
  return {
    name: 'Swift',
    location: `the container "${configured.container}" of ${authUrl?.host}${prefix === undefined ? '' : ` under "${prefix}"`}`,
    shared: true,
    redirect: true,
    config: (version) => {
      if (!version.swift) {
        check.report('swift-unknown-to-version', 'props', { version: version.name, ...OLD_IMAGE });
      }
      return { swift: configured };
    },
    env,
    secrets,
    egress: [toPort(...(authUrl ? [portOf(authUrl)] : []), 443, PROXY_PORT)],
  };
}

function password(context: StorageContext, options: SwiftOptions): { env: k8s.EnvVar[]; secrets: string[] } {
  const { check } = context;
  if (options.passwordSecret !== undefined) {
    if (options.password !== undefined) check.report('password-given-twice', 'password');
    const { name, key } = checkSecretKeyRef(check, 'passwordSecret', options.passwordSecret, 'password');
    return { env: textFromSecret(PASSWORD, name, key), secrets: [] };
  }
  const value = checkSecret(check, 'password', options.password, 'swift-password-not-usable');
  const name = context.addSecret('swift', { password: asYaml(value) });
  return { env: [fromSecret(PASSWORD, name, 'password')], secrets: [value] };
}
