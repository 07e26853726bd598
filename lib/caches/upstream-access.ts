// How a cache reaches its upstream: login and CA, as files in its pod, and the section `proxy` of config.yml.
import { ApiObject, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Check } from '../core/check';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkSecretKeyRef } from '../core/secret-key-ref';
import { certificatesIn } from '../secrets/certificate';
import { CachedUpstream } from '../server/cached-upstream';
import { goDuration } from '../storage/go-duration';
import { checkAuthorityDates } from '../tls/pem-certificate';
import { RegistryCacheLogin, RegistryCacheOptions } from './cache-options';
import { type LoginFiles, loginCommand } from './login-command';
import { secured, Upstream } from './upstream';

/** Folders in the pod. */
const PATHS = { command: '/etc/upstream', login: '/etc/upstream-login', ca: '/etc/upstream-ca' };
/** Keys of the ConfigMap. */
const COMMAND = 'print-login';
const CA = 'ca.crt';
/** Seconds for which the registry keeps a login, before it asks for it anew. */
const LOGIN_SECONDS = 30;
/** What a slow upstream sends for longer than this is not kept. The registry's own default is five minutes. */
const WRITE_TIMEOUT = '1h';

/** Props of {@link UpstreamAccess}. */
export interface UpstreamAccessProps extends RegistryPartProps {
  readonly upstream: Upstream;
  readonly options: RegistryCacheOptions;
}

/** The upstream's login. */
interface Login {
  readonly secretName: string;
  readonly usernameKey: string;
  readonly passwordKey: string;
  readonly publicImagesOnly: boolean;
}

/** A ConfigMap with the command that prints the login, and what the pod needs for it. */
export class UpstreamAccess extends RegistryPart {
  public readonly configMap: ApiObject;
  public readonly configMapName: string;
  /** Whether a login sees more than everybody does. */
  public readonly isPrivate: boolean;
  public readonly pod: CachedUpstream;

  constructor(scope: Construct, id: string, { upstream, options, ...props }: UpstreamAccessProps) {
    super(scope, id, props);
    this.configMapName = `${this.registryName}-upstream`;
    const login = checkLogin(this._check, options.login, upstream);
    const ca = checkAuthority(this._check, options, upstream);
    this.isPrivate = login !== undefined && !login.publicImagesOnly;
    const files = {
      [COMMAND]: loginCommand(login && LOGIN_FILES),
      ...(ca?.pem !== undefined && { [CA]: ca.pem }),
    };
    this.configMap = this._object(
      'files',
      Component.REGISTRY,
      { name: this.configMapName },
      k8s.KubeConfigMap.manifest({ data: files }),
    );
    this.pod = {
      proxy: {
        remoteurl: upstream.url.origin,
        // Without a login too: the registry would otherwise ask the upstream at its start, and end if it is away.
        exec: { command: `${PATHS.command}/${COMMAND}`, lifetime: `${LOGIN_SECONDS}s` },
        ttl: goDuration(this._check, 'ttl', options.ttl, Duration.days(7)),
        cachewritetimeout: WRITE_TIMEOUT,
      },
      volumes: [
        this.commandVolume(),
        ...(login ? [loginVolume(login)] : []),
        ...(ca ? [this.caVolume(ca)] : []),
      ],
      mounts: [
        { name: 'upstream', mountPath: PATHS.command, readOnly: true },
        ...(login ? [{ name: 'upstream-login', mountPath: PATHS.login, readOnly: true }] : []),
        ...(ca ? [{ name: 'upstream-ca', mountPath: PATHS.ca, readOnly: true }] : []),
      ],
      // Beside the image's own file of public CAs.
      env: ca ? [{ name: 'SSL_CERT_DIR', value: PATHS.ca }] : [],
      egress: upstream.egress,
      files: ca?.pem === undefined ? [] : [ca.pem],
    };
  }

  private commandVolume(): k8s.Volume {
    const items = [{ key: COMMAND, path: COMMAND }];
    return { name: 'upstream', configMap: { name: this.configMapName, defaultMode: 0o555, items } };
  }

  private caVolume({ secret }: Authority): k8s.Volume {
    const name = 'upstream-ca';
    if (secret === undefined)
      return { name, configMap: { name: this.configMapName, items: [{ key: CA, path: CA }] } };
    return { name, secret: { secretName: secret.name, items: [{ key: secret.key, path: CA }] } };
  }
}

/** Files of the login in its folder. */
const USER = 'username';
const PASSWORD = 'password';
export const LOGIN_FILES: LoginFiles = { folder: PATHS.login, user: USER, password: PASSWORD };

function loginVolume({ secretName, usernameKey, passwordKey }: Login): k8s.Volume {
  const items = [
    { key: usernameKey, path: USER },
    { key: passwordKey, path: PASSWORD },
  ];
  return { name: 'upstream-login', secret: { secretName, defaultMode: 0o440, items } };
}

function checkLogin(check: Check, given: unknown, { url }: Upstream): Login | undefined {
  if (given === undefined) return undefined;
  const login = check.options<RegistryCacheLogin>('login', given);
  if (url.protocol === 'http:')
    check.report('upstream-not-encrypted', 'upstreamUrl', { value: url.origin, secure: secured(url) });
  return {
    secretName: check.secret('login.secret', login.secret),
    usernameKey: check.dataKey('login.usernameKey', login.usernameKey, USER),
    passwordKey: check.dataKey('login.passwordKey', login.passwordKey, PASSWORD),
    publicImagesOnly: check.boolean('login.publicImagesOnly', login.publicImagesOnly, false),
  };
}

/** A private CA: its text, or the Secret that has it. */
interface Authority {
  readonly pem?: string;
  readonly secret?: { readonly name: string; readonly key: string };
}

function checkAuthority(
  check: Check,
  { ca, caSecret }: RegistryCacheOptions,
  { url }: Upstream,
): Authority | undefined {
  if (ca === undefined && caSecret === undefined) return undefined;
  const property = ca === undefined ? 'caSecret' : 'ca';
  if (url.protocol === 'http:')
    check.report('upstream-ca-without-tls', property, { url: url.origin, secure: secured(url) });
  const secret = caSecret === undefined ? undefined : checkSecretKeyRef(check, 'caSecret', caSecret, CA);
  if (ca === undefined) return { secret };
  if (secret !== undefined) check.report('upstream-ca-given-twice', 'caSecret');
  const authorities = typeof ca === 'string' ? certificatesIn(ca) : [];
  if (authorities.length === 0) check.report('ca-not-pem', 'ca');
  else if (/PRIVATE KEY-----/.test(String(ca))) check.report('private-key-in-ca', 'ca');
  checkAuthorityDates(check, 'ca', authorities);
  return { pem: `${String(ca).trim()}\n` };
}

/** Keys of `proxy` in config.yml that props set. */
const RENDERED_KEYS = ['remoteurl', 'username', 'password', 'exec', 'ttl'];

/** Refuses raw keys of config.yml that would replace the upstream. */
export function checkRawUpstream(check: Check, extra: unknown): void {
  const proxy = (extra as { proxy?: unknown } | undefined)?.proxy;
  for (const [key, value] of Object.entries(typeof proxy === 'object' && proxy !== null ? proxy : {}))
    if (RENDERED_KEYS.includes(key) && value !== undefined)
      check.report('cache-raw-upstream', `configuration.extra.proxy.${key}`);
}
