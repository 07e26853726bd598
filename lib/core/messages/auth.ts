// Messages about users, passwords, htpasswd files and tokens.
import type { Table } from './code-messages';

/** Words by code. */
export const AUTH_WORDS = {
  'client-password-missing': {
    says: 'is not a password',
    instead: 'write the password of the user, or use RegistryLogin.ofUser()',
    why: 'The Secret for pulls holds the password.',
  },
  'client-password-variable-missing': {
    says: 'the environment variable <variable> is not set',
    instead: 'set it to the password of the user, or use RegistryLogin.ofUser()',
    why: 'The Secret for pulls holds the password.',
  },
  'hash-too-slow': {
    says: 'has bcrypt cost <cost>, which is too slow: clients time out from cost 12',
    instead: 'hash the password with cost 10: `htpasswd -nB -C 10 admin`',
    why: 'The registry checks the hash on each request.',
  },
  'htpasswd-empty': {
    says: 'is empty',
    instead: 'write what `htpasswd -nB admin` prints',
    why: 'The registry refuses every login with an empty htpasswd file.',
  },
  'jwks-unknown-to-version': {
    says: "a JWKS, which registry <version> can't read",
    instead:
      'write certificate: "-----BEGIN CERTIFICATE-----..." with the certificate of the same key, or image: "<image>"',
    why: 'Registry 2.8 verifies tokens by certificates only, and does not start without one.',
    values: {
      instead: 'write auth.token.certificateSecret, or image: { tag: "<tag>" }',
    },
  },
  'jwks-without-keys': {
    says: 'has no key that signs',
    instead: 'write the keys of the token service, each with "use": "sig" or no use',
    why: 'The registry does not start without a key.',
  },
  'no-users': {
    says: 'is empty',
    instead: "name a user, e.g. RegistryUser.generated('admin'), or use RegistryCredentials.anonymous()",
    why: 'A registry with a login and no users refuses every request.',
  },
  'not-a-bcrypt-hash': {
    says: 'is not a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts',
    instead: 'write what `htpasswd -nB admin` prints after the colon',
    why: 'The registry checks bcrypt hashes only.',
  },
  'not-a-jwks': {
    says: 'is not a JSON Web Key Set',
    instead: `write the content of the token service's JWKS: {"keys": [...]}`,
    why: 'The registry reads its keys from such a file.',
  },
  'not-a-realm': {
    says: '<value> is empty, or has a quotation mark, backslash or control character',
    instead: 'write e.g. "Registry Realm"',
    why: 'The realm is sent in quotes in a header, where these characters would end it.',
  },
  'not-a-token-name': {
    says: '<value> is empty, or has a quotation mark, backslash or control character',
    instead: 'write e.g. "<example>"',
    why: 'It is sent in quotes in a header, and compared with a token byte for byte.',
  },
  'not-a-token-realm': {
    says: '<value> is not a URL at which clients can fetch tokens',
    instead: 'write e.g. "https://auth.example.com/token"',
    why: 'Clients that the registry answers 401 go there with their password, and append a query.',
  },
  'not-a-user': {
    says: 'is not a RegistryUser',
    instead: "write e.g. RegistryUser.generated('admin')",
    why: 'The value is not shown because it may be a password.',
  },
  'not-a-user-name': {
    says: '<value> is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_")',
    instead: 'write e.g. "admin"',
    why: 'An htpasswd file, a URL and a file name must all hold it.',
  },
  'not-a-user-of-the-registry': {
    says: '<value> is not a user of the registry',
    instead: 'write one of <users>, or add it there',
    why: 'The registry would answer 401 to every request with this name.',
    values: { instead: 'write one of <users>, or add it to auth.htpasswd' },
  },
  'not-a-variable-name': {
    says: '<value> is not the name of an environment variable',
    instead: 'write e.g. "REGISTRY_ADMIN_PASSWORD"',
    why: 'A shell can only set variables with such a name.',
  },
  'not-an-htpasswd-entry': {
    says: 'is not "user:hash" with a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts',
    instead: 'write what `htpasswd -nB admin` prints',
    why: 'The registry checks bcrypt hashes only, and silently ignores all others.',
  },
  'not-credentials': {
    says: 'is not a RegistryCredentials',
    instead: "write e.g. RegistryCredentials.users(RegistryUser.generated('admin'))",
    why: 'The value is not shown because it may be a password.',
  },
  'password-empty': {
    says: 'the password is empty',
    instead: 'set one, or leave it out to generate one',
    why: 'Anyone could log in with an empty password.',
  },
  'password-has-control-characters': {
    says: "the password has a line break or another control character, which clients can't send",
    instead: 'remove it',
    why: 'Clients send the password in a header of one line.',
  },
  'password-not-a-string': {
    says: 'the password is not a string',
    instead: 'write one in quotes, or use RegistryUser.generated',
    why: 'A number would lose leading zeros; the password is not shown.',
  },
  'password-too-long': {
    says: 'the password has <bytes> bytes, and bcrypt ignores all after the first <max>',
    instead: 'shorten it to <max> bytes or fewer',
    why: 'A password with a different ending would be accepted, too.',
  },
  'password-variable-missing': {
    says: '<state>',
    instead: 'set it to the password of "<user>", or leave out required to generate one',
    why: 'A required password comes from this variable.',
  },
  'private-key-in-jwks': {
    says: 'is a private or symmetric key',
    instead: 'write the public key: without d, p, q, dp, dq, qi and k',
    why: 'The JWKS is written into a ConfigMap, and whoever has the key can sign tokens.',
  },
  'realm-of-tokens': {
    says: '<value> is the realm of basic auth, and clients log in by tokens',
    instead: 'leave it out; the URL of the token service is RegistryCredentials.token({ realm: "..." })',
    why: 'Only basic auth has such a realm.',
    values: { instead: 'leave auth.realm out; the URL of the token service is auth.token.realm' },
  },
  'realm-with-auto-redirect': {
    says: '<value> has no effect with autoRedirect: true',
    instead: 'leave one of them out',
    why: 'Clients are sent to /auth/token on the host that they used.',
  },
  'token-certificate-not-pem': {
    says: 'is not one or more certificates as PEM',
    instead: 'write the content of a file that begins with -----BEGIN CERTIFICATE-----',
    why: "The registry does not start with a file in which a certificate can't be read.",
  },
  'token-key-id-twice': {
    says: '<value> names two different keys',
    instead: 'give each key a kid of its own',
    why: 'The registry would know the last one only.',
  },
  'token-key-not-usable': {
    says: '<problem>',
    instead: 'write an RSA key of 2048 bits or more, an EC key on P-256, P-384 or P-521, or an Ed25519 key',
    why: 'The registry could not verify tokens with it.',
  },
  'token-key-unknown-to-version': {
    says: 'has an Ed25519 key, which registry <version> does not know',
    instead: 'write an RSA or EC key, or image: "<image>"',
    why: 'Registry 2.8 does not start with it.',
  },
  'token-keys-given-twice': {
    says: 'is set, and <other> too',
    instead: 'leave one of them out',
    why: 'The keys of tokens come from one place; while one key replaces another, it has both.',
  },
  'token-keys-missing': {
    says: 'has no keys to verify tokens with',
    instead: 'add jwks: "...", jwksSecret: {...}, certificate: "..." or certificateSecret: {...}',
    why: 'The registry does not start without one.',
    values: { instead: 'add jwksSecret or certificateSecret: the name of a Secret with the keys' },
  },
  'token-realm-not-encrypted': {
    says: '<value> would send passwords unencrypted',
    instead:
      'write a URL that begins with https://, or accept this with auth: { insecurePasswordsOverHttp: true }',
    why: 'Clients send their password to the token service.',
  },
  'toolbox-with-tokens': {
    says: 'has users of a token service, and a toolbox logs in to the registry itself',
    instead: 'leave the toolbox out, and run regctl where the token service can be reached',
    why: 'The NetworkPolicy of the toolbox lets it reach the registry only.',
  },
  'ui-login-with-tokens': {
    says: 'true, but users and passwords are those of the token service',
    instead: "leave it out, and protect the UI by the token service's own means",
    why: 'The login of the UI is made of an htpasswd file, and there is none.',
    values: { instead: "leave ui.login out, and protect the UI by the token service's own means" },
  },
  'user-given-twice': {
    says: '<value> is listed twice',
    instead: 'give each user a unique name',
    why: 'The registry takes the last of two entries of one name; which password counts would depend on the order.',
  },
} as const satisfies Table;
