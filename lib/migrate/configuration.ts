// config.yml: configData, and the environment variables that override its keys.
import { secretsIn } from '../core/secret-keys';
import { CONFIG_KEYS, ConfigKey } from './config-keys';
import { Address, addressesIn, addressesOf, portOf } from './egress';
import { SecretFiles } from './files';
import { versionThatRuns } from './image';
import { entryOf, fitsIn, isEmpty, isMap, isSame, OldKeys, used } from './old-keys';
import { isFilledIn } from './placeholders';
import { Translation } from './translation';

export const CONFIGURATION_KEYS: OldKeys = { configData: used('map') };

type Tree = Record<string, unknown>;

/** The user's part of the old config.yml, with its environment variables merged in. */
export class OldConfiguration {
  private readonly tree: Tree;
  /** The environment variables that the keys come from, by path. */
  private readonly origins = new Map<string, string>();
  private readonly extra: Tree = {};
  private readonly ports = new Set<number>();

  /** The keys of config.yml that go to configuration.extra. */
  public get rawKeys(): Tree {
    return this.extra;
  }

  constructor(
    private readonly translation: Translation,
    private readonly files: SecretFiles,
  ) {
    this.tree = structuredClone(translation.old.map('configData')) as Tree;
    for (const { key, path, value } of files.takeConfiguration(
      (names, given) => isKnown(names) || isPart(names, given),
    )) {
      if (isPart(path, value)) {
        for (const [inside, leaf] of leavesOf(value)) {
          put(this.tree, [...path, ...inside], leaf);
          this.origins.set([...path, ...inside].join('.'), key);
        }
        continue;
      }
      // REGISTRY_STORAGE=s3 and REGISTRY_AUTH=htpasswd name the driver that other variables describe.
      const choice = path.length === 1 && typeof value === 'string';
      const at = choice ? [...path, value] : path;
      if (!choice || valueAt(this.tree, at) === undefined) put(this.tree, at, choice ? {} : value);
      this.origins.set(at.join('.'), key);
    }
  }

  /** The value at a path, such as `storage.s3`. */
  public get(path: string): unknown {
    return valueAt(this.tree, path.split('.'));
  }

  /** A key's name in the old values. */
  public nameOf(path: string): string {
    return this.origins.get(path) ?? `configData.${path}`;
  }

  /** Whether there is a token login. */
  public get tokens(): boolean {
    return !isEmpty(this.get('auth.token'));
  }

  /** Copies a key unchanged. */
  public keep(path: string, value: unknown): void {
    put(this.extra, path.split('.'), value);
    for (const address of addressesIn(path, value)) this.allow(address);
  }

  /** Users whose file is in a Secret that was mounted by extra volumes. */
  public translateUsers(): void {
    const path = this.get('auth.htpasswd.path');
    const { translation } = this;
    if (path === undefined) return;
    const file = this.files.take(String(path));
    if (file) {
      translation.set('auth.existingSecret', file.secret);
      translation.set('auth.existingSecretKey', file.key);
    } else if (path !== '/auth/htpasswd' || translation.old.string('secrets.htpasswd') === undefined) {
      this.files.unknownUsers = true;
      translation.guessed(
        this.nameOf('auth.htpasswd.path'),
        'no Secret is mounted there, so a user `admin` is created; name a Secret with the file by auth.existingSecret',
      );
    }
  }

  /** Translates keys that have a setting, or that the registry still supports. */
  public translate(): void {
    this.walk(this.tree, '');
    if (this.tokens) {
      this.keep('auth.token', this.get('auth.token'));
      this.translation.different(
        'configData.auth.token',
        'auth.enabled: false means no htpasswd file; the login by tokens is in configuration.extra, unchecked',
      );
    }
    this.translateRedis();
  }

  /** Writes the raw keys, and allows egress to the addresses in them. */
  public finish(): void {
    const { translation } = this;
    this.leaveSecrets();
    if (!isEmpty(this.extra)) translation.set('configuration.extra', this.extra);
    for (const address of addressesOf(this.files.variablesLeft)) this.allow(address);
    if (this.ports.size === 0) return;
    const ports = [...this.ports].map((port) => ({ port, protocol: 'TCP' }));
    translation.set('networkPolicy.allowTo', [{ ports }]);
    translation.different(
      'networkPolicy.allowTo',
      `by default, egress is allowed to DNS and the storage only; now also to port ${[...this.ports].join(', ')}`,
    );
  }

  private walk(tree: Tree, at: string): void {
    for (const [name, value] of Object.entries(tree)) {
      const path = at === '' ? name : `${at}.${name}`;
      const known = entryOf(CONFIG_KEYS, path);
      if (value === null || value === undefined) continue;
      if (known) this.take(path, value, known);
      else if (isMap(value) && isGroup(path)) this.walk(value, path);
      else if (!isGroup(path)) this.translation.lost(this.nameOf(path), 'config.yml has no such key');
    }
  }

  private take(path: string, value: unknown, { to, as, fits = {}, raw, lost, same = [] }: ConfigKey): void {
    const { translation } = this;
    const key = this.nameOf(path);
    if (same.some((one) => isSame(one, value)) || value === '') return;
    if (to !== undefined) {
      const ours = as && !isFilledIn(value) ? as(value) : String(value);
      if (isFilledIn(value)) translation.set(to, value);
      else if (ours !== undefined && fitsIn(ours, fits)) translation.set(to, ours);
      else translation.lost(key, `${JSON.stringify(value)} is not what \`${to}\` takes; set that by hand`);
    } else if (raw && !versionThatRuns(translation).unknownKeys.includes(path)) {
      this.keep(path, path === 'log.fields' && isMap(value) ? { service: 'registry', ...value } : value);
    } else if (lost !== undefined && !isEmpty(value)) translation.lost(key, lost);
  }

  private translateRedis(): void {
    const redis = this.get('redis');
    const cache = this.get('storage.cache.blobdescriptor');
    if (cache !== undefined && cache !== 'inmemory') this.keep('storage.cache', this.get('storage.cache'));
    if (!isMap(redis) || isEmpty(redis)) return;
    this.keep('redis', versionThatRuns(this.translation).redis.addresses ? withAddresses(redis) : redis);
  }

  /** The chart refuses secrets in raw keys. */
  private leaveSecrets(): void {
    for (const { path, variable } of secretsIn(this.extra)) {
      const [key = '', inList] = path.split('[');
      const yaml = inList === undefined ? '' : ', as YAML';
      this.translation.lost(
        this.nameOf(key),
        `would be readable in a ConfigMap; put it into a Secret${yaml}, and set ${variable} by secretKeyRef in extraEnv`,
      );
      take(this.extra, key.split('.'));
    }
  }

  private allow(address: Address): void {
    const port = portOf(address);
    if (port !== undefined) this.ports.add(port);
    else {
      this.translation.guessed(
        'networkPolicy.allowTo',
        `${address.key} has an address without a known port: egress to it is blocked until you list it there`,
      );
    }
  }
}

function isKnown(path: readonly string[]): boolean {
  const text = path.join('.');
  return (
    text === 'storage' ||
    text === 'auth' ||
    Object.hasOwn(CONFIG_KEYS, text) ||
    Object.keys(CONFIG_KEYS).some((key) => text.startsWith(`${key}.`))
  );
}

/** REGISTRY_HTTP={addr: ":5001"} sets several keys at once. */
function isPart(path: readonly string[], value: unknown): value is Tree {
  return isMap(value) && isGroup(path.join('.'));
}

function leavesOf(tree: Tree): [path: string[], value: unknown][] {
  const entries = Object.entries(tree).filter(([name]) => name !== '__proto__');
  return entries.flatMap(([name, value]): [string[], unknown][] =>
    isMap(value) ? leavesOf(value).map(([path, leaf]) => [[name, ...path], leaf]) : [[[name], value]],
  );
}

function isGroup(path: string): boolean {
  return Object.keys(CONFIG_KEYS).some((key) => key.startsWith(`${path}.`));
}

function valueAt(tree: unknown, path: readonly string[]): unknown {
  return (
    path.reduce<unknown>((inside, name) => (isMap(inside) ? inside[name] : undefined), tree) ?? undefined
  );
}

function take(tree: Tree, [name = '', ...rest]: readonly string[]): void {
  const inside = tree[name];
  if (rest.length === 0) delete tree[name];
  else if (isMap(inside)) take(inside, rest);
}

function put(tree: Tree, path: readonly string[], value: unknown): void {
  const [name, ...rest] = path as [string, ...string[]];
  if (rest.length === 0) {
    tree[name] = value;
    return;
  }
  if (!isMap(tree[name])) tree[name] = {};
  put(tree[name] as Tree, rest, value);
}

/** Distribution 3.x renamed these keys of 2.x. */
function withAddresses({ addr, pool, ...others }: Tree): Tree {
  const { maxidle, maxactive, idletimeout } = isMap(pool) ? pool : {};
  const renamed = {
    ...(addr !== undefined && { addrs: [addr] }),
    maxidleconns: maxidle,
    poolsize: maxactive,
    connmaxidletime: idletimeout,
  };
  return {
    ...Object.fromEntries(Object.entries(renamed).filter(([, value]) => value !== undefined)),
    ...others,
  };
}
