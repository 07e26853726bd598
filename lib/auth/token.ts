// Logins by tokens: a service elsewhere checks users and passwords and signs what they may do. The registry
// verifies its tokens, and knows no users.
import { isPlainAddress } from '../core/addresses';
import { Check } from '../core/check';
import { checkSecretKeyRef, SecretKeyRef } from '../core/secret-key-ref';
import { Version } from '../distribution/version';
import { DEFAULT_IMAGE } from '../distribution/versions';
import { certificatesAlone, isEd25519, jwksOf, keysInCertificates, keysInJwks, TokenKey } from './token-keys';

/** Options of `RegistryCredentials.token`. Exactly one of the four sources of keys is required. */
export interface RegistryTokenOptions {
  /**
   * URL at which clients fetch tokens, e.g. `https://auth.example.com/token`. It must be https, unless
   * `insecurePasswordsOverHttp` is set: clients send it their password.
   *
   * @default - required, unless `autoRedirect` is set
   * @see https://distribution.github.io/distribution/spec/auth/token/
   */
  readonly realm?: string;

  /**
   * The registry's name at the token service; a token's `aud` must be this name. No quotation marks or
   * backslashes.
   */
  readonly service: string;

  /** The token service's own name; a token's `iss` must be this name. No quotation marks or backslashes. */
  readonly issuer: string;

  /**
   * The public keys that sign tokens, as a JSON Web Key Set: `{"keys": [...]}`. Distribution 3.x only. Each key
   * is accepted under its own `kid`, its RFC 7638 thumbprint and its libtrust fingerprint. While one key
   * replaces another, list both.
   *
   * @default - none
   * @see https://www.rfc-editor.org/rfc/rfc7517#section-5
   */
  readonly jwks?: string;

  /**
   * An existing Secret with the JWKS, as it is. Distribution 3.x only. Restart the registry when it changes.
   * Default key: `jwks.json`.
   *
   * @default - none
   */
  readonly jwksSecret?: SecretKeyRef;

  /**
   * The certificates of the keys that sign tokens, or of CAs that tokens bring a chain to (`x5c`), in PEM. On
   * Distribution 3.x, each key is accepted under its RFC 7638 thumbprint and its libtrust fingerprint, on 2.8
   * under the latter. While one certificate replaces another, append the new one.
   *
   * @default - none
   * @see https://distribution.github.io/distribution/about/configuration/#token
   */
  readonly certificate?: string;

  /**
   * An existing Secret with the certificates, e.g. cert-manager's, as it is: on Distribution 3.x a key is
   * accepted under its RFC 7638 thumbprint only. Restart the registry when it changes. Default key: `tls.crt`.
   *
   * @default - none
   */
  readonly certificateSecret?: SecretKeyRef;

  /**
   * Send clients to `/auth/token` on the host that they used, always by https. Route this path to the token
   * service. `realm` is left out.
   *
   * @default false
   */
  readonly autoRedirect?: boolean;
}

/** Where the pod's files come from: a ConfigMap that is to be written, or an existing Secret. */
export interface TokenFiles {
  /** Contents of the ConfigMap, by file name. */
  readonly contents?: Readonly<Record<string, string>>;
  readonly secret?: { readonly name: string; readonly key: string };
  /** Names of the files in the pod. */
  readonly names: readonly string[];
}

/** Validated options. */
export interface CheckedTokens {
  /** The URL; undefined with `autoRedirect`. */
  readonly realm?: string;
  readonly service: string;
  readonly issuer: string;
  readonly files: TokenFiles;
  /** The option that the keys come from. */
  readonly source: KeySource;
  /** The keys, if known here. */
  readonly keys: readonly TokenKey[];
}

type KeySource = 'jwks' | 'jwksSecret' | 'certificate' | 'certificateSecret';

const SOURCES: readonly KeySource[] = ['jwks', 'jwksSecret', 'certificate', 'certificateSecret'];
const AT = 'credentials';
const JWKS_FILE = 'jwks.json';
const CERTIFICATES_FILE = 'certificates.pem';
/** The path that `autoRedirect` leads to, in both major versions. */
export const AUTO_REDIRECT_PATH = '/auth/token';

/** Validates the options. */
export function checkTokens(check: Check, given: unknown, insecure: boolean): CheckedTokens {
  const options = check.options<RegistryTokenOptions>(AT, given);
  const sources = SOURCES.filter((name) => options[name] !== undefined);
  const [source = 'certificate', second] = sources;
  if (sources.length === 0) check.report('token-keys-missing', AT);
  if (second !== undefined) check.report('token-keys-given-twice', `${AT}.${second}`, { other: source });
  const keys = sources.length === 0 ? [] : keysOf(check, source, options);
  return {
    realm: checkRealm(check, options, insecure),
    service: checkName(check, 'service', options.service, 'registry.example.com'),
    issuer: checkName(check, 'issuer', options.issuer, 'auth.example.com'),
    files: filesOf(check, source, options, keys),
    source,
    keys,
  };
}

/** Reports keys that the registry's version does not support. */
export function checkTokenVersion(check: Check, { source, keys }: CheckedTokens, version: Version): void {
  const details = { version: version.name, ...DEFAULT_IMAGE };
  if (version.tokens.jwks) return;
  if (source === 'jwks' || source === 'jwksSecret')
    check.report('jwks-unknown-to-version', `auth.${AT}.${source}`, details);
  else if (keys.some(isEd25519))
    check.report('token-key-unknown-to-version', `auth.${AT}.${source}`, details);
}

/** The section `auth.token` of config.yml. `folder` is where the files are mounted. */
export function tokenConfiguration(
  { realm, service, issuer, files }: CheckedTokens,
  { tokens }: Version,
  { folder, host }: { readonly folder: string; readonly host: string },
): object {
  const has = (name: string) => files.names.includes(name);
  return {
    // The registry requires a realm in either case.
    realm: realm ?? `https://${host}${AUTO_REDIRECT_PATH}`,
    service,
    issuer,
    ...(has(CERTIFICATES_FILE) && { rootcertbundle: `${folder}/${CERTIFICATES_FILE}` }),
    ...(has(JWKS_FILE) && tokens.jwks && { jwks: `${folder}/${JWKS_FILE}` }),
    ...(realm === undefined && { autoredirect: true }),
  };
}

function checkRealm(
  check: Check,
  { realm, autoRedirect }: RegistryTokenOptions,
  insecure: boolean,
): string | undefined {
  if (check.boolean(`${AT}.autoRedirect`, autoRedirect, false)) {
    if (realm !== undefined) check.report('realm-with-auto-redirect', `${AT}.realm`, { value: realm });
    return undefined;
  }
  const url = check.string(
    `${AT}.realm`,
    realm ?? null,
    'https://auth.example.com/token',
    isRealm,
    'not-a-token-realm',
  );
  if (url.startsWith('http:') && !insecure)
    check.report('token-realm-not-encrypted', `${AT}.realm`, { value: url });
  return url;
}

/** A URL that clients can append a query to, and that suits a header in quotes. */
function isRealm(text: string): boolean {
  const url = URL.canParse(text) ? new URL(text) : undefined;
  return (
    /^https?:\/\/[^\s"\\#@\p{Cc}]+$/u.test(text) &&
    url !== undefined &&
    url.username === '' &&
    url.hostname !== '' &&
    isPlainAddress(text)
  );
}

function checkName(check: Check, name: 'service' | 'issuer', given: unknown, example: string): string {
  const accepts = (text: string) => /^[^"\\\p{Cc}]+$/u.test(text);
  return check.string(`${AT}.${name}`, given ?? null, example, accepts, 'not-a-token-name', { example });
}

function keysOf(check: Check, source: KeySource, options: RegistryTokenOptions): TokenKey[] {
  const at = `${AT}.${source}`;
  if (source === 'jwks') return keysInJwks(check, at, options.jwks);
  return source === 'certificate' ? keysInCertificates(check, at, options.certificate) : [];
}

function filesOf(
  check: Check,
  source: KeySource,
  options: RegistryTokenOptions,
  keys: readonly TokenKey[],
): TokenFiles {
  const at = `${AT}.${source}`;
  switch (source) {
    case 'jwksSecret':
      return {
        secret: checkSecretKeyRef(check, at, options.jwksSecret, JWKS_FILE),
        names: [JWKS_FILE],
      };
    case 'certificateSecret':
      return {
        secret: checkSecretKeyRef(check, at, options.certificateSecret, 'tls.crt'),
        names: [CERTIFICATES_FILE],
      };
  }
  const contents = {
    ...(source === 'certificate' && {
      [CERTIFICATES_FILE]: certificatesAlone(String(options.certificate ?? '')),
    }),
    [JWKS_FILE]: jwksOf(keys),
  };
  return { contents, names: Object.keys(contents) };
}
