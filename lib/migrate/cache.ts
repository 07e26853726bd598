// An old release that was a pull-through cache: here it is a cache on the host of a registry that stores nothing of
// its own. Where its images are kept is in cache-storage.ts.
import { isNewEnough } from '../caches/cache-image';
import { cacheName, isTooLong, LONGEST_CACHE_NAME, usualEnding } from '../caches/cache-name';
import { DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';
import { loginOf, OldLogin, referencesIn } from './cache-login';
import { durationOf } from './config-keys';
import { OldConfiguration } from './configuration';
import { SecretFiles } from './files';
import { isEmpty, OldKeys, used } from './old-keys';
import { oldName, Translation } from './translation';
import { OldUpstream, upstreamOf } from './upstream';

export const CACHE_KEYS: OldKeys = {
  'proxy.enabled': used('boolean'),
  'proxy.remoteurl': used('string'),
  'proxy.username': used('string'),
  'proxy.password': used('string'),
  'proxy.secretRef': used('string'),
};

const DOCKER_HUB = 'https://registry-1.docker.io';
/** Paths that a cache and the registry beside it both have. */
const BOTH =
  /^(nodeSelector|tolerations|affinity|priorityClassName|podLabels|podAnnotations)$|^metrics\.|^configuration\.(logLevel|logFormat|accessLog|drainTimeoutSeconds)$/;
const FRONT_REALM = /^[-._~/:A-Za-z0-9 ]+$/;
const PROXY_VARIABLES = /^((https?|no)_proxy)$/i;

/** The cache that an old release was. */
export class OldCache {
  /** Undefined if it was none, or if none can be made of it, which is then reported. */
  public static find(
    translation: Translation,
    configuration: OldConfiguration,
    files: SecretFiles,
  ): OldCache | undefined {
    const url = urlOf(translation, configuration);
    if (url === undefined) return undefined;
    const login = referencesIn(files);
    const obstacle = obstacleIn(configuration);
    if (obstacle !== undefined) {
      translation.lost(url.key, `${obstacle}: keep the old release for the cache, or give that up`);
      return keepClosed(translation);
    }
    const upstream = upstreamOf(translation, url.key, url.text);
    if (upstream === undefined) return keepClosed(translation);
    return new OldCache(
      translation,
      configuration,
      loginOf(translation, configuration, login, upstream),
      upstream,
    );
  }

  private readonly cache = new Map<string, unknown>();

  private constructor(
    private readonly translation: Translation,
    private readonly configuration: OldConfiguration,
    private readonly login: OldLogin | undefined,
    private readonly upstream: OldUpstream,
  ) {
    const { host, url } = upstream;
    this.set('upstream', host);
    this.set('name', this.shorterName());
    this.set('upstreamUrl', url);
    for (const [key, value] of Object.entries(login ?? {})) this.set(`login.${key}`, value);
    this.translateTtl();
    this.translateImage();
  }

  /** The end of its objects' names. */
  public get objectName(): string {
    return cacheName(
      oldName(this.translation) ?? '<name>',
      String(this.cache.get('name') ?? usualEnding(this.upstream.host)),
    );
  }

  /** A value of the cache. */
  public set(path: string, value: unknown): void {
    if (value !== undefined) this.cache.set(path, value);
  }

  /** Writes it, once everything else is known. */
  public finish(): void {
    const { translation, login } = this;
    const { values } = translation;
    // What only the pods of the cache need goes there.
    for (const [path, value] of [...values]) {
      if (BOTH.test(path)) this.set(path, value);
      if (!path.startsWith('resources.')) continue;
      this.set(path, value);
      values.delete(path);
    }
    this.takeVariables();
    if (login !== undefined && values.get('auth.enabled') === false) {
      this.set('login.publicImagesOnly', true);
      translation.open(
        'caches[0].login.publicImagesOnly',
        'true, since nobody needs a login to pull, as before: everybody may pull whatever the account of this login sees. Leave it out if that is more than public images; this chart then says what is missing',
      );
    }
    const realm = values.get('auth.realm');
    if (typeof realm === 'string' && !FRONT_REALM.test(realm)) {
      values.delete('auth.realm');
      translation.lost(
        'auth.realm',
        'nginx is before a cache, and takes letters, digits, spaces and "-._~/:"',
      );
    }
    values.delete('storage.deletion');
    translation.set('storage.readOnly', true);
    translation.set('persistence.enabled', false);
    translation.set('caches', [nestedOf(this.cache)]);
    this.tell();
  }

  /** The old charts' names may be longer than a name of this chart with the upstream's. */
  private shorterName(): string | undefined {
    const name = oldName(this.translation);
    const usual = usualEnding(this.upstream.host);
    if (name === undefined || !isTooLong(cacheName(name, usual))) return undefined;
    const room = usual.length - (cacheName(name, usual).length - LONGEST_CACHE_NAME);
    if (room > 0) return usual.slice(0, room).replace(/-+$/, '');
    this.translation.guessed(
      'fullnameOverride',
      `${name} is too long for the names of a cache; write a shorter one`,
    );
    return undefined;
  }

  private translateTtl(): void {
    const { translation, configuration } = this;
    const ttl = configuration.get('proxy.ttl');
    if (ttl !== undefined && ttl !== '168h') {
      const ours = durationOf(ttl);
      if (ours !== undefined) this.set('ttl', ours);
      else
        translation.lost(
          configuration.nameOf('proxy.ttl'),
          String(ttl) === '0'
            ? '0: nothing is kept for ever here, but for 168h; write a longer one as caches[0].ttl'
            : `${JSON.stringify(ttl)} is not what \`caches[0].ttl\` takes; set that by hand`,
        );
    }
    for (const [key, why] of Object.entries({
      exec: 'the login of a cache is in a Secret: name one by caches[0].login.existingSecret',
      cachewritetimeout: 'it is one hour here',
    }))
      if (!isEmpty(configuration.get(`proxy.${key}`)))
        translation.lost(configuration.nameOf(`proxy.${key}`), why);
  }

  private translateImage(): void {
    const { translation } = this;
    const { values } = translation;
    this.set('image.repository', values.get('image.repository'));
    const tag = values.get('image.tag');
    if (tag === undefined) return;
    const isNew = isNewEnough(String(tag));
    if (isNew) {
      this.set('image.tag', tag);
      this.set('image.digest', values.get('image.digest'));
      return;
    }
    const there = values.has('image.repository')
      ? `, which ${values.get('image.repository')} must have, too`
      : '';
    const why =
      isNew === false
        ? `${tag} stays for the registry, but the cache runs ${DEFAULT_REGISTRY_IMAGE}${there}: below 3.1.0 the login of an upstream leaks`
        : `${JSON.stringify(tag)} does not say whether it is 3.1.0 or newer, as a cache has to be: it runs ${DEFAULT_REGISTRY_IMAGE}${there}`;
    if (isNew === false) translation.different('image.tag', why);
    else translation.guessed('image.tag', why);
  }

  /** A proxy between the cache and its upstream. */
  private takeVariables(): void {
    const { values } = this.translation;
    const all = (values.get('extraEnv') ?? []) as { name: string }[];
    const proxies = all.filter(({ name }) => PROXY_VARIABLES.test(name));
    if (proxies.length > 0) this.set('extraEnv', proxies);
  }

  private tell(): void {
    const { translation, upstream, configuration } = this;
    const { values, old } = translation;
    const path = upstream.host.replace(':', '_');
    const host = values.get('host') ?? '<host>';
    translation.lost(
      'proxy.enabled',
      `the cache is not the whole registry here, but a part of it: its images are named ${host}/${path}/... instead of ${host}/... Nodes whose containerd or k3s has it as a mirror of ${upstream.host} find them as before, since they say of which registry (if they have it as a mirror of another one: write that as caches[0].upstream, and the present one as upstreamUrl). Docker (registry-mirrors) does not say that, finds nothing, and goes on to Docker Hub itself: pull by the longer names there`,
    );
    const own = this.cache.has('persistence.existingClaim')
      ? '. Those that were pushed before it was a cache are in its volume, and are pulled by the longer names, too'
      : '';
    translation.different(
      'storage.readOnly',
      `true, with persistence.enabled: false: nobody pushes, as before. Leave both out to store images of your own beside the cache${own}`,
    );
    const alone = ['extraVolumes', 'extraVolumeMounts', 'initContainers'].filter(
      (key) => old.list(key).length > 0,
    );
    if (alone.length > 0)
      translation.guessed(
        alone.join(', '),
        'are for the registry, and not for the cache, which has none. A CA of the upstream is given by caches[0].caSecret',
      );
    if (!isEmpty(configuration.get('notifications')))
      translation.lost(
        configuration.nameOf('notifications'),
        'the registry notifies, but pulls from the cache are not told',
      );
    if (values.has('metrics.enabled'))
      translation.different(
        'caches[0].metrics',
        `registry_proxy_* are metrics of the cache, at the Service ${this.objectName}-metrics`,
      );
  }
}

/** Where the old release fetched from, and the key that says so. */
function urlOf(
  { old }: Translation,
  configuration: OldConfiguration,
): { readonly key: string; readonly text: string } | undefined {
  const configured = configuration.get('proxy.remoteurl');
  const key = configuration.nameOf('proxy.remoteurl');
  // Its own variable comes after those of the chart.
  if (configured !== undefined && configured !== '' && key.startsWith('extraEnvVars.'))
    return { key, text: String(configured) };
  if (old.boolean('proxy.enabled'))
    return { key: 'proxy.remoteurl', text: old.string('proxy.remoteurl') ?? DOCKER_HUB };
  return isEmpty(configured) ? undefined : { key, text: String(configured) };
}

/** What a registry that serves caches can't have: nginx is before it, and takes the logins. */
function obstacleIn(configuration: OldConfiguration): string | undefined {
  if (configuration.tokens) return 'a cache of this chart knows users with passwords, and no tokens';
  const tls = ['clientcas', 'clientauth', 'minimumtls', 'ciphersuites'].find(
    (key) => !isEmpty(configuration.get(`http.tls.${key}`)),
  );
  return (
    tls &&
    `nginx ends TLS before a cache of this chart, and has no ${configuration.nameOf(`http.tls.${tls}`)}`
  );
}

/** Values by path as the tree that they are. */
function nestedOf(values: ReadonlyMap<string, unknown>): Record<string, unknown> {
  const tree: Record<string, unknown> = {};
  for (const [path, value] of values) {
    const names = path.split('.');
    const last = names.pop() as string;
    let inside = tree;
    for (const name of names) {
      inside[name] ??= {};
      inside = inside[name] as Record<string, unknown>;
    }
    inside[last] = value;
  }
  return tree;
}

/** The old release took no pushes, from whomever: neither does what is made of it. */
function keepClosed(translation: Translation): undefined {
  translation.set('storage.readOnly', true);
  translation.different(
    'storage.readOnly',
    'true: the old release took no pushes. Leave it out when it is to store images of its own, and see who may push then',
  );
}
