// The keys of config.yml and their translations: a setting of this chart, a raw key in configuration.extra,
// or nothing.
import { STRINGS } from '../chart/values/formats';
import { Fits } from './old-keys';

/** The translation of a key of config.yml. */
export interface ConfigKey {
  /** The setting. */
  readonly to?: string;
  /** The setting's value; undefined if there is none. By default unchanged. */
  readonly as?: (value: unknown) => unknown;
  readonly fits?: Fits;
  /** Goes to configuration.extra unchanged. */
  readonly raw?: boolean;
  /** Why it can't be translated. */
  readonly lost?: string;
  /** Values that change nothing here. */
  readonly same?: readonly unknown[];
}

/** Whole seconds of a duration in Go's format, such as `1h30m`. */
export function secondsOf(value: unknown): number | undefined {
  const text = String(value);
  if (!/^(\d+(h|m|s))+$/.test(text)) return undefined;
  const units: Record<string, number> = { h: 3600, m: 60, s: 1 };
  return [...text.matchAll(/(\d+)(h|m|s)/g)].reduce(
    (sum, [, amount, unit]) => sum + Number(amount) * (units[unit as string] as number),
    0,
  );
}

/** A duration as this chart takes it. */
export function durationOf(value: unknown): string | undefined {
  return new RegExp(STRINGS.duration.pattern).test(String(value))
    ? String(value)
    : toSeconds(secondsOf(value));
}

const duration = (to: string, same: string): ConfigKey => ({ to, as: durationOf, same: [same] });
const toSeconds = (seconds: number | undefined) => (seconds ? `${seconds}s` : undefined);
const flag = (to: string, ...same: boolean[]): ConfigKey => ({
  to,
  as: (value) => (typeof value === 'boolean' ? value : undefined),
  same,
});
const inverse = (to: string, ...same: boolean[]): ConfigKey => ({
  to,
  as: (value) => (typeof value === 'boolean' ? !value : undefined),
  same,
});
const word = (to: string, words: readonly string[], ...same: string[]): ConfigKey => ({
  to,
  fits: { enum: words },
  same,
});
const whole = (to: string, maximum: number, ...same: number[]): ConfigKey => ({
  to,
  as: (value) => (Number.isInteger(value) ? value : undefined),
  fits: { minimum: 1, maximum },
  same,
});
const raw: ConfigKey = { raw: true };
const gone = (why: string, ...same: unknown[]): ConfigKey => ({ lost: why, same });
/** Handled in code. */
const used: ConfigKey = {};

const LEVELS = ['error', 'warn', 'info', 'debug'];
const NOT_IN_3 = 'registry 3 does not have it any more';
const NO_DRIVER = 'this chart has no such storage';

export const CONFIG_KEYS: Readonly<Record<string, ConfigKey>> = {
  version: gone('it is 0.1', 0.1, '0.1'),
  loglevel: word('configuration.logLevel', LEVELS, 'info'),
  'log.level': word('configuration.logLevel', LEVELS, 'info'),
  'log.formatter': word('configuration.logFormat', ['text', 'json', 'logstash'], 'text'),
  'log.accesslog.disabled': inverse('configuration.accessLog', false),
  'log.fields': { raw: true, same: [{ service: 'registry' }] },
  'log.hooks': raw,
  'storage.delete.enabled': flag('storage.deletion', false),
  'storage.redirect.disable': used,
  'storage.cache': used,
  'storage.tag': raw,
  'storage.maintenance.readonly.enabled': flag('storage.readOnly', false),
  'storage.maintenance.uploadpurging.enabled': flag('storage.uploadPurging.enabled', true),
  'storage.maintenance.uploadpurging.age': duration('storage.uploadPurging.age', '168h'),
  'storage.maintenance.uploadpurging.interval': duration('storage.uploadPurging.interval', '24h'),
  'storage.maintenance.uploadpurging.dryrun': flag('storage.uploadPurging.dryRun', false),
  'storage.filesystem.rootdirectory': gone(
    'images are at the top of the volume here: move the folder `docker` up to there first',
    '/var/lib/registry',
    '/var/lib/registry/',
  ),
  'storage.filesystem.maxthreads': raw,
  'storage.s3': used,
  'storage.gcs': used,
  'storage.azure': used,
  'storage.inmemory': used,
  'storage.swift': gone(NO_DRIVER),
  'storage.oss': gone(NO_DRIVER),
  'auth.htpasswd.realm': {
    to: 'auth.realm',
    fits: { pattern: '^[^"\\\\\\x00-\\x1f\\x7f]+$' },
    same: ['Registry Realm'],
  },
  'auth.htpasswd.path': used,
  'auth.token': used,
  'auth.silly': gone('it accepts any credentials; use auth.htpasswd'),
  'auth.none': gone('say so by auth.enabled: false'),
  middleware: raw,
  'http.addr': gone(
    'the pod listens on port 5000; the port for clients is service.port',
    ':5000',
    '0.0.0.0:5000',
    '[::]:5000',
  ),
  'http.net': gone('the pod listens by TCP', 'tcp'),
  'http.prefix': gone('the registry has the whole host', '/'),
  'http.host': raw,
  'http.secret': gone(
    'a new one is generated and kept; or put it into a Secret, and name that by httpSecret.existingSecret',
  ),
  'http.relativeurls': { raw: true, same: [true] },
  'http.draintimeout': {
    to: 'configuration.drainTimeoutSeconds',
    as: (value) => secondsOf(value),
    fits: { minimum: 1, maximum: 3600 },
  },
  'http.headers': { raw: true, same: [{ 'X-Content-Type-Options': ['nosniff'] }] },
  'http.http2': raw,
  'http.h2c': raw,
  'http.tls.certificate': gone('name the Secret by tls.existingSecret', '/etc/ssl/docker/tls.crt'),
  'http.tls.key': gone('name the Secret by tls.existingSecret', '/etc/ssl/docker/tls.key'),
  'http.tls.clientcas': raw,
  'http.tls.clientauth': raw,
  'http.tls.minimumtls': raw,
  'http.tls.ciphersuites': raw,
  'http.tls.letsencrypt': gone(
    "a pod can't answer its challenge; let cert-manager get the certificate: tls.certManager",
  ),
  'http.debug': used,
  notifications: raw,
  redis: used,
  'health.storagedriver.enabled': flag('storage.health.enabled', true),
  'health.storagedriver.interval': duration('storage.health.interval', '10s'),
  'health.storagedriver.threshold': whole('storage.health.threshold', 1000, 3),
  'health.file': raw,
  'health.http': raw,
  'health.tcp': raw,
  'proxy.remoteurl': used,
  'proxy.username': used,
  'proxy.password': used,
  'proxy.exec': used,
  'proxy.ttl': used,
  'proxy.cachewritetimeout': used,
  validation: raw,
  policy: raw,
  catalog: raw,
  compatibility: { raw: true, lost: NOT_IN_3 },
  reporting: { raw: true, lost: NOT_IN_3 },
};
