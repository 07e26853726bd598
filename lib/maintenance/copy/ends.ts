// Validates the ends of a copy: addresses, logins, CAs, egress.
import { k8s } from 'cdk8s-plus-27';
import { CheckedLogin, checkLoginIfAsked } from '../../auth/client-login';
import { DOCKER_HUB, isUpstream } from '../../caches/upstream';
import { cidrInstead, isCidr } from '../../core/addresses';
import { Check, required } from '../../core/check';
import { isPlainObject } from '../../core/problem';
import { checkSecretKeyRef } from '../../core/secret-key-ref';
import { toPort, toUrl } from '../../network/egress-rules';
import { checkEgress } from '../../network/policy-checks';
import { Registry } from '../../registry';
import { connectionTo } from '../connection';
import { redirects } from '../verification-addresses';
import { CopyEndpoint, CopyHostOptions, CopyRegistryOptions } from './endpoint';

/** One end of a copy. */
export interface CopyEndDetails {
  /** Host and port, as in the names of images. */
  readonly address: string;
  readonly encrypted: boolean;
  /** Undefined is without one. */
  readonly login?: CheckedLogin;
  /** Under which hosts a docker config may have the login. */
  readonly loginAt: readonly string[];
  /** Under which one regclient's tools look for it. */
  readonly loginAs: string;
  readonly ca?: { readonly name: string; readonly key: string };
  readonly egress: readonly k8s.NetworkPolicyEgressRule[];
  readonly registry?: Registry;
}

/** The key of a CA in a Secret. */
const CA = 'ca.crt';
const DOCKER_HUB_LOGIN = 'https://index.docker.io/v1/';

const LOOPBACK = /^(localhost|127\.[\d.]+|0\.0\.0\.0)(:|$)/i;

/** The registry of this app at an end. */
export function registryAt(endpoint: unknown): Registry | undefined {
  const end = (endpoint as CopyEndpoint | undefined)?._end;
  return end?.kind === 'registry' ? required('registry', end.registry, Registry) : undefined;
}

/** Checks an end. */
export function checkEnd(check: Check, property: 'source' | 'target', given: CopyEndpoint): CopyEndDetails {
  const { _end: end } = given;
  if (end.kind === 'registry')
    return ours(check, property, end.registry, optionsOf<CopyRegistryOptions>(check, property, end).login);
  return other(check, property, end.address, optionsOf<CopyHostOptions>(check, property, end));
}

/** The options of an end. What is in their place is not shown: it may be a password. */
function optionsOf<T extends object>(
  check: Check,
  property: string,
  { kind, options }: CopyEndpoint['_end'],
): T {
  if (options === undefined || isPlainObject(options)) return (options ?? {}) as T;
  const type = kind === 'registry' ? 'CopyRegistryOptions' : 'CopyHostOptions';
  check.report('not-an-instance-with-secrets', `${property}.options`, { type, example: '{ login }' });
  return {} as T;
}

function ours(check: Check, property: string, registry: Registry, login: unknown): CopyEndDetails {
  const { auth, storage, service } = registry;
  const { address, loginAddress, encrypted, caSecret, egress } = connectionTo(check, registry);
  if (auth.byToken) check.report('copy-with-tokens', property, { value: registry.address });
  const checked = checkLoginIfAsked(
    check,
    `${property}.login`,
    login,
    auth,
    loginAddress,
    'copy-password-unknown',
  );
  return {
    registry,
    address,
    encrypted,
    loginAs: loginAddress,
    loginAt: [
      ...new Set([address, loginAddress, registry.address, registry.pullAddress, service.serviceName]),
    ],
    ...(checked && { login: checked }),
    ...(caSecret !== undefined && { ca: { name: caSecret, key: CA } }),
    egress: [
      egress,
      ...(property === 'source' && redirects(registry) ? [toPort(443), ...storage._pod.egress] : []),
    ],
  };
}

function other(check: Check, property: string, given: unknown, options: CopyHostOptions): CopyEndDetails {
  const at = (name: string) => `${property}.${name}`;
  const valid = isUpstream(given);
  if (!valid) check.report('copy-not-a-host', at('address'));
  if (valid && LOOPBACK.test(given)) check.report('copy-at-the-pod-itself', at('address'), { value: given });
  const address = valid ? given : 'registry.example.com';
  const plainHttp = check.boolean(at('plainHttp'), options.plainHttp, false);
  const anonymous = check.boolean(at('anonymous'), options.anonymous, false);
  if (options.login === undefined && !anonymous)
    check.report('copy-without-login', at('login'), { value: address, end: property });
  if (options.login !== undefined && anonymous) check.report('copy-login-given-twice', at('anonymous'));
  if (options.login !== undefined && plainHttp)
    check.report('copy-login-in-clear', at('plainHttp'), { value: address });
  if (options.caSecret !== undefined && plainHttp)
    check.report('copy-ca-without-tls', at('caSecret'), { value: address });
  const existing = options.login === undefined ? undefined : check.secret(at('login'), options.login);
  const ca =
    options.caSecret === undefined
      ? undefined
      : checkSecretKeyRef(check, at('caSecret'), options.caSecret, CA);
  const onHub = address === DOCKER_HUB;
  const key = onHub ? DOCKER_HUB_LOGIN : address;
  return {
    address,
    encrypted: !plainHttp,
    loginAs: key,
    loginAt: onHub ? [key, DOCKER_HUB, 'index.docker.io', 'registry-1.docker.io'] : [key, `https://${key}`],
    ...(existing !== undefined && {
      login: { existing, manifest: () => ({ apiVersion: 'v1', kind: 'Secret' }) },
    }),
    ...(ca && { ca }),
    egress: [
      ...egressTo(check, at('ranges'), options.ranges, `${plainHttp ? 'http' : 'https'}://${address}`),
      ...checkEgress(check, at('allowTo'), options.allowTo),
    ],
  };
}

/** A policy names no hosts: the ranges, or the port anywhere. */
function egressTo(
  check: Check,
  property: string,
  given: unknown,
  url: string,
): k8s.NetworkPolicyEgressRule[] {
  if (given === undefined) return [toUrl(new URL(url))];
  const ranges = check.list<string>(property, given);
  if (Array.isArray(given) && ranges.length === 0)
    check.report('list-empty', property, { example: '"10.0.0.0/8"' });
  ranges.forEach((value, index) => {
    if (typeof value !== 'string' || !isCidr(value))
      check.report('not-an-address-range', `${property}[${index}]`, { value, example: cidrInstead(value) });
  });
  const { protocol, port } = new URL(url);
  const number = Number(port) || (protocol === 'https:' ? 443 : 80);
  return [{ ...toPort(number), to: ranges.map((cidr) => ({ ipBlock: { cidr } })) }];
}

/** Refuses a copy of a registry to itself. */
export function checkDifferent(check: Check, source: CopyEndDetails, target: CopyEndDetails): void {
  const same =
    source.registry !== undefined && target.registry !== undefined
      ? source.registry === target.registry
      : namesOf(source).some((name) => namesOf(target).includes(name));
  if (same) check.report('copy-to-itself', 'target', { value: target.address });
}

/** All addresses of an end. */
function namesOf({ address, encrypted, registry }: CopyEndDetails): string[] {
  const withPort = (name: string, port: number) => (name.includes(':') ? name : `${name}:${port}`);
  const outside = registry ? [registry.address, registry.pullAddress] : [];
  return [
    withPort(address, encrypted ? 443 : 80),
    ...outside.flatMap((name) => [withPort(name, 443), withPort(name, 80)]),
    ...(registry ? servicesOf(registry) : []),
  ].map((name) => name.toLowerCase());
}

function servicesOf({ service: { serviceName, port }, namespace }: Registry): string[] {
  if (namespace === undefined) return [];
  const name = `${serviceName}.${namespace}`;
  return [name, `${name}.svc`, `${name}.svc.cluster.local`].map((host) => `${host}:${port}`);
}
