// Messages about users, passwords and htpasswd files.
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
  'not-a-realm': {
    says: '<value> is empty, or has a quotation mark, backslash or control character',
    instead: 'write e.g. "Registry Realm"',
    why: 'The realm is sent in quotes in a header, where these characters would end it.',
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
  'user-given-twice': {
    says: '<value> is listed twice',
    instead: 'give each user a unique name',
    why: 'The registry takes the last of two entries of one name; which password counts would depend on the order.',
  },
} as const satisfies Table;
