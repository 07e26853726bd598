// Wrong token services: where they are, the keys that sign, and what does not go with logins by tokens.
import { generateKeyPairSync } from 'node:crypto';
import { Secret } from 'cdk8s-plus-27';
import {
  IngressController,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryPullSecret,
  RegistryTokenOptions,
  RegistryToolbox,
} from '../../lib';
import type { AnyProps, Row } from './row';

/** Of RFC 8037. */
const PUBLIC = { kty: 'OKP', crv: 'Ed25519', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const CERTIFICATE = `-----BEGIN CERTIFICATE-----
MIHpMIGcoAMCAQICAQEwBQYDK2VwMBIxEDAOBgNVBAMMB2VkMjU1MTkwHhcNMjYw
MTAxMDAwMDAwWhcNMzYwMTAxMDAwMDAwWjASMRAwDgYDVQQDDAdlZDI1NTE5MCow
-----END CERTIFICATE-----
`;
const GOOD = {
  realm: 'https://auth.example.com/token',
  service: 'registry.example.com',
  issuer: 'auth.example.com',
  jwks: jwks(PUBLIC),
};
const AT = '[chart/registry/auth] auth.credentials';

function jwks(...keys: readonly object[]): string {
  return JSON.stringify({ keys });
}

function token(changes: Readonly<Record<string, unknown>>): AnyProps {
  const options = { ...GOOD, ...changes } as RegistryTokenOptions;
  return { auth: { credentials: RegistryCredentials.token(options) } };
}

function row(name: string, changes: Readonly<Record<string, unknown>>, ...says: readonly string[]): Row {
  return { name, props: token(changes), says: says.map((text) => `${AT}${text}`) };
}

const jwkOf = (bits: number) =>
  generateKeyPairSync('rsa', { modulusLength: bits }).publicKey.export({ format: 'jwk' });
const REALM = 'is not a URL at which clients can fetch tokens; write e.g. "https://auth.example.com/token"';
const NAME = 'is empty, or has a quotation mark, backslash or control character';
const KEY = 'write an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key';
const PUBLIC_ONLY = 'is a private or symmetric key; write the public key: without d, p, q, dp, dq, qi and k';

export const TOKENS: readonly Row[] = [
  {
    name: 'a text as options',
    props: { auth: { credentials: RegistryCredentials.token('https://auth.example.com' as never) } },
    says: [
      `${AT}: "https://auth.example.com" is not an object; write e.g. auth.credentials: {}`,
      `${AT}: has no keys to verify tokens with; add jwks: "...", jwksSecret: {...}, certificate: "..." or certificateSecret: {...}`,
      `${AT}.realm: null is not a string; write e.g. "https://auth.example.com/token"`,
      `${AT}.service: null is not a string; write e.g. "registry.example.com"`,
      `${AT}.issuer: null is not a string; write e.g. "auth.example.com"`,
    ],
  },
  row(
    'a realm without a scheme',
    { realm: 'auth.example.com/token' },
    `.realm: "auth.example.com/token" ${REALM}`,
  ),
  row(
    'a realm with a password',
    { realm: 'https://me:pw@auth.example.com/' },
    `.realm: "https://me:pw@auth.example.com/" ${REALM}`,
  ),
  row('a realm with a quotation mark', { realm: 'https://auth/"' }, `.realm: "https://auth/\\"" ${REALM}`),
  row(
    'a realm in clear',
    { realm: 'http://auth.example.com/token' },
    '.realm: "http://auth.example.com/token" would send passwords unencrypted; write a URL that begins with https://, or accept this with auth: { insecurePasswordsOverHttp: true }',
  ),
  row(
    'a realm that nobody is sent to',
    { autoRedirect: true },
    '.realm: "https://auth.example.com/token" has no effect with autoRedirect: true; leave one of them out',
  ),
  row(
    'a redirect in words',
    { autoRedirect: 'yes' },
    '.autoRedirect: "yes" is not a boolean; write true or false',
  ),
  row('an empty service', { service: '' }, `.service: "" ${NAME}; write e.g. "registry.example.com"`),
  row(
    'an issuer of two lines',
    { issuer: 'a\nb' },
    `.issuer: "a\\nb" ${NAME}; write e.g. "auth.example.com"`,
  ),
  row(
    'no keys',
    { jwks: undefined },
    ': has no keys to verify tokens with; add jwks: "...", jwksSecret: {...}, certificate: "..." or certificateSecret: {...}',
  ),
  row(
    'keys from two places',
    { certificateSecret: { secret: Secret.fromSecretName(undefined as never, 'keys', 'keys') } },
    '.certificateSecret: is set, and jwks too; leave one of them out',
  ),
  row(
    'a JWKS that is a key',
    { jwks: JSON.stringify(PUBLIC) },
    '.jwks: is not a JSON Web Key Set; write the content of the token service\'s JWKS: {"keys": [...]}',
  ),
  row(
    'a JWKS that is a URL',
    { jwks: 'https://auth.example.com/jwks' },
    '.jwks: is not a JSON Web Key Set; write the content of the token service\'s JWKS: {"keys": [...]}',
  ),
  row(
    'a JWKS with keys for encryption only',
    { jwks: jwks({ ...PUBLIC, use: 'enc' }) },
    '.jwks: has no key that signs; write the keys of the token service, each with "use": "sig" or no use',
  ),
  row('a private key', { jwks: jwks({ ...PUBLIC, d: 'c2VjcmV0' }) }, `.jwks.keys[0]: ${PUBLIC_ONLY}`),
  row(
    'a shared secret',
    { jwks: jwks(PUBLIC, { kty: 'oct', k: 'c2VjcmV0' }) },
    `.jwks.keys[1]: ${PUBLIC_ONLY}`,
  ),
  row(
    'a key of no kind',
    { jwks: jwks({ kty: 'X' }) },
    `.jwks.keys[0]: is not a readable public key; ${KEY}`,
  ),
  row(
    'a short RSA key',
    { jwks: jwks(jwkOf(1024)) },
    `.jwks.keys[0]: is an RSA key of 1024 bits, which can be forged; ${KEY}`,
  ),
  row(
    'a curve of Bitcoin',
    {
      jwks: jwks(generateKeyPairSync('ec', { namedCurve: 'secp256k1' }).publicKey.export({ format: 'jwk' })),
    },
    `.jwks.keys[0]: is on the curve secp256k1, which the registry does not know; ${KEY}`,
  ),
  row(
    'a key that can only agree on secrets',
    { jwks: jwks(generateKeyPairSync('x25519').publicKey.export({ format: 'jwk' })) },
    `.jwks.keys[0]: is of type x25519, which the registry does not know; ${KEY}`,
  ),
  row(
    'a key id that is a number',
    { jwks: jwks({ ...PUBLIC, kid: 7 }) },
    `.jwks.keys[0]: has a kid that is not a string, or is empty; ${KEY}`,
  ),
  row(
    'one id for two keys',
    { jwks: jwks({ ...PUBLIC, kid: 'one' }, { ...jwkOf(2048), kid: 'one' }) },
    '.jwks: "one" names two different keys; give each key a kid of its own',
  ),
  row(
    'a certificate that is none',
    { jwks: undefined, certificate: 'issuer.crt' },
    '.certificate: is not one or more certificates as PEM; write the content of a file that begins with -----BEGIN CERTIFICATE-----',
  ),
  row(
    'a certificate that is cut off',
    { jwks: undefined, certificate: CERTIFICATE },
    '.certificate: is not one or more certificates as PEM; write the content of a file that begins with -----BEGIN CERTIFICATE-----',
  ),
  {
    name: 'a certificate with its key',
    props: ({ pems: { good } }) =>
      token({ jwks: undefined, certificate: `${good.certificate}${good.privateKey}` }),
    says: [`${AT}.certificate: contains a private key; write the certificate alone`],
  },
  {
    name: 'a JWKS for registry 2.8',
    props: { ...token({}), image: 'registry:2.8.3' },
    says: [
      '[chart/registry/deployment] auth.credentials.jwks: a JWKS, which registry 2.8 can\'t read; write certificate: "-----BEGIN CERTIFICATE-----..." with the certificate of the same key, or image: "registry:3.1.1"',
    ],
  },
  {
    name: 'a realm of basic auth',
    props: { auth: { credentials: RegistryCredentials.token(GOOD), realm: 'Our registry' } },
    says: [
      '[chart/registry/auth] auth.realm: "Our registry" is the realm of basic auth, and clients log in by tokens; leave it out; the URL of the token service is RegistryCredentials.token({ realm: "..." })',
    ],
  },
  {
    name: 'a Secret of users that nobody writes',
    props: { auth: { credentials: RegistryCredentials.token(GOOD), secretName: 'users' } },
    says: [
      '[chart/registry/auth] auth.secretName: "users" has no effect, because no such Secret is written; leave it out',
    ],
  },
  {
    name: 'tokens in clear',
    props: { ...token({}), tls: { certificate: RegistryCertificate.none() } },
    says: [
      '[chart/registry] tls.certificate: none, so passwords would be sent unencrypted; use RegistryCertificate.selfSigned(), or accept this with auth: { insecurePasswordsOverHttp: true }',
    ],
  },
  {
    name: 'raw keys beside the token service',
    props: { ...token({}), configuration: { extra: { auth: { htpasswd: {} } } } },
    says: [
      '[chart/registry/deployment/configuration] configuration.extra.auth: an object conflicts with auth.credentials, and the registry accepts one auth provider only; write auth: { credentials: RegistryCredentials.anonymous() } and set your own auth here, or leave it out',
    ],
  },
  {
    name: "the UI's own login",
    props: {
      ...token({}),
      ingress: { controller: IngressController.COMMUNITY_NGINX },
      ui: { login: true },
    },
    says: [
      "[chart/registry/ui] ui.login: true, but users and passwords are those of the token service; leave it out, and protect the UI by the token service's own means",
    ],
  },
  {
    name: 'a pull secret of a user that the registry does not know',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', token({}) as object);
      new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'] });
    },
    says: [
      "[chart/pull] login: users and passwords are those of the token service; write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)",
    ],
  },
  {
    name: 'a toolbox',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', token({}) as object);
      new RegistryToolbox(chart, 'toolbox', { registry });
    },
    says: [
      '[chart/toolbox] registry: has users of a token service, and a toolbox logs in to the registry itself; leave the toolbox out, and run regctl where the token service can be reached',
    ],
  },
];
