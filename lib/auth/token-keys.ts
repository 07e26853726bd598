// The public keys that verify tokens: read from a JWKS or from certificates, and written under each id by
// which a token may name its key.
import { createHash, createPublicKey, JsonWebKey, KeyObject } from 'node:crypto';
import { Check } from '../core/check';
import { isPlainObject } from '../core/problem';
import { certificatesIn } from '../secrets/certificate';

/** A public key, and the id that was given with it. */
export interface TokenKey {
  readonly key: KeyObject;
  readonly id?: string;
}

/** An unvalidated key of a JWKS. */
type Jwk = Readonly<Record<string, unknown>>;

/** Members of a JWK that are secret. */
const SECRET_MEMBERS = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'k', 'oth'];
const CURVES = ['prime256v1', 'secp384r1', 'secp521r1'];
const MIN_RSA_BITS = 2048;

/** The signing keys of a JWKS. Keys for encryption, which an issuer may list too, are dropped. */
export function keysInJwks(check: Check, property: string, given: unknown): TokenKey[] {
  const list = jwksIn(given);
  if (list === undefined) {
    check.report('not-a-jwks', property);
    return [];
  }
  if (list.every(isForEncryption)) check.report('jwks-without-keys', property);
  const keys = list.flatMap((jwk, index) =>
    isForEncryption(jwk) ? [] : keyIn(check, `${property}.keys[${index}]`, jwk),
  );
  for (const [at, { id, key }] of keys.entries())
    if (id !== undefined && keys.slice(0, at).some((other) => other.id === id && !other.key.equals(key)))
      check.report('token-key-id-twice', property, { value: id });
  return keys;
}

/** The keys of certificates in one PEM string. */
export function keysInCertificates(check: Check, property: string, given: unknown): TokenKey[] {
  const pem = typeof given === 'string' ? given : '';
  const certificates = certificatesIn(pem);
  if (/PRIVATE KEY-----/.test(pem)) check.report('private-key-in-ca', property);
  // An unreadable one would keep the registry from starting.
  else if (
    certificates.length === 0 ||
    pem.split('-----BEGIN CERTIFICATE-----').length - 1 !== certificates.length
  )
    check.report('token-certificate-not-pem', property);
  return certificates.flatMap(({ publicKey }, index) =>
    usable(check, `${property}: certificate ${index + 1}`, () => publicKey),
  );
}

/** The certificates of a PEM string without what else is in it. */
export function certificatesAlone(pem: string): string {
  return certificatesIn(pem)
    .map((certificate) => certificate.toString())
    .join('');
}

/**
 * A JWKS with each key under the id that was given, and under both that issuers compute: registry 3.x knows a
 * certificate's key by its JWK thumbprint only, and issuers for 2.8, such as Keycloak, write libtrust's id.
 */
export function jwksOf(keys: readonly TokenKey[]): string {
  const entries = new Map<string, JsonWebKey>();
  const given = keys.filter(({ id }) => id !== undefined);
  for (const { key, id } of given) entries.set(String(id), jwkOf(key));
  for (const { key } of keys)
    for (const id of [thumbprint(key), libtrustId(key)]) if (!entries.has(id)) entries.set(id, jwkOf(key));
  const list = [...entries].map(([kid, jwk]) => ({ kid, use: 'sig', ...jwk }));
  return `${JSON.stringify({ keys: list }, undefined, 2)}\n`;
}

/** RFC 7638's thumbprint: the key id of registry 3.x. */
export function thumbprint(key: KeyObject): string {
  const members = Object.entries(jwkOf(key)).sort(([one], [other]) => (one < other ? -1 : 1));
  return createHash('sha256')
    .update(JSON.stringify(Object.fromEntries(members)))
    .digest('base64url');
}

/** libtrust's fingerprint: the key id of registry 2.8. */
export function libtrustId(key: KeyObject): string {
  const hash = createHash('sha256')
    .update(key.export({ type: 'spki', format: 'der' }))
    .digest();
  return (base32(hash.subarray(0, 30)).match(/.{4}/g) ?? []).join(':');
}

/** Whether registry 2.8 can verify with a key. */
export function isEd25519({ key }: TokenKey): boolean {
  return key.asymmetricKeyType === 'ed25519';
}

function jwksIn(given: unknown): Jwk[] | undefined {
  try {
    const { keys } = JSON.parse(String(given)) as { keys?: unknown };
    return Array.isArray(keys) && keys.every(isPlainObject) ? keys : undefined;
  } catch {
    return undefined;
  }
}

function isForEncryption({ use }: Jwk): boolean {
  return use === 'enc';
}

function keyIn(check: Check, property: string, jwk: Jwk): TokenKey[] {
  const { kid } = jwk;
  if (jwk.kty === 'oct' || SECRET_MEMBERS.some((member) => member in jwk)) {
    check.report('private-key-in-jwks', property);
    return [];
  }
  const named = typeof kid === 'string' && kid !== '';
  if (!named && kid !== undefined)
    check.report('token-key-not-usable', property, {
      problem: 'has a kid that is not a string, or is empty',
    });
  return usable(check, property, () => createPublicKey({ key: jwk as JsonWebKey, format: 'jwk' })).map(
    ({ key }) => ({ key, ...(named && { id: kid }) }),
  );
}

/** The key, unless it can't be read or the registry doesn't know its kind. */
function usable(check: Check, property: string, read: () => KeyObject): TokenKey[] {
  let key: KeyObject | undefined;
  try {
    key = read();
  } catch {}
  const problem = keyProblem(key);
  if (problem !== undefined) check.report('token-key-not-usable', property, { problem });
  return key !== undefined && problem === undefined ? [{ key }] : [];
}

function keyProblem(key: KeyObject | undefined): string | undefined {
  const { asymmetricKeyType: type, asymmetricKeyDetails: details } = key ?? {};
  if (key === undefined) return 'is not a readable public key';
  if (type === 'rsa')
    return (details?.modulusLength ?? 0) < MIN_RSA_BITS
      ? `is an RSA key of ${details?.modulusLength} bits, which can be forged`
      : undefined;
  if (type === 'ec')
    return CURVES.includes(details?.namedCurve ?? '')
      ? undefined
      : `is on the curve ${details?.namedCurve}, which the registry does not know`;
  return type === 'ed25519' ? undefined : `is of type ${type}, which the registry does not know`;
}

function jwkOf(key: KeyObject): JsonWebKey {
  return key.export({ format: 'jwk' });
}

/** RFC 4648, for lengths that need no padding. */
function base32(bytes: Buffer): string {
  const bits = [...bytes].map((byte) => byte.toString(2).padStart(8, '0')).join('');
  return (bits.match(/.{5}/g) ?? [])
    .map((five) => 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'[Number.parseInt(five, 2)])
    .join('');
}
