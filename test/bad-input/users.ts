// Wrong users and passwords.
import { RegistryCredentials, RegistryUser } from '../../lib';
import { type AnyProps, PASSWORD, type Row, wrong } from './row';

const { users } = RegistryCredentials;
const auth = (credentials: unknown): AnyProps => ({ auth: { credentials } });
const LINE = 'admin:$2y$05$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C';

export const USERS: readonly Row[] = [
  {
    name: 'a user with a colon',
    props: auth(users(RegistryUser.generated('a:b'))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].name: "a:b" is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    ],
  },
  {
    name: 'a user with a space',
    props: auth(users(RegistryUser.generated('John Doe'))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].name: "John Doe" is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    ],
  },
  {
    name: 'an empty user',
    props: auth(users(RegistryUser.generated(''))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].name: "" is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    ],
  },
  {
    name: 'a user that is a path',
    props: auth(users(RegistryUser.generated('../admin'))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].name: "../admin" is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    ],
  },
  {
    name: 'a user of 101 characters',
    props: auth(users(RegistryUser.generated('u'.repeat(101)))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].name: "uuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuuu..." is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    ],
  },
  {
    name: 'a number as user',
    props: auth(users(RegistryUser.generated(wrong(7)))),
    says: ['[chart/registry/auth] auth.credentials.users[0].name: 7 is not a string; write e.g. "admin"'],
  },
  {
    name: 'no user name at all',
    props: auth(users(RegistryUser.generated(wrong(undefined)))),
    says: ['[chart/registry/auth] auth.credentials.users[0].name: null is not a string; write e.g. "admin"'],
  },
  {
    name: 'no users',
    props: auth(users()),
    says: [
      "[chart/registry/auth] auth.credentials.users: is empty; name a user, e.g. RegistryUser.generated('admin'), or use RegistryCredentials.anonymous()",
    ],
  },
  {
    name: 'the same user twice',
    props: auth(users(RegistryUser.generated('admin'), RegistryUser.password('admin', PASSWORD))),
    says: [
      '[chart/registry/auth] auth.credentials.users[1].name: "admin" is listed twice; give each user a unique name',
    ],
  },
  {
    name: 'a text instead of a user',
    props: auth(users(wrong('admin'))),
    says: [
      "[chart/registry/auth] auth.credentials.users[0]: is not a RegistryUser; write e.g. RegistryUser.generated('admin')",
    ],
  },
  {
    name: 'a text instead of credentials',
    props: auth(`admin:${PASSWORD}`),
    says: [
      "[chart/registry/auth] auth.credentials: is not a RegistryCredentials; write e.g. RegistryCredentials.users(RegistryUser.generated('admin'))",
    ],
  },
  {
    name: 'an empty password',
    props: auth(users(RegistryUser.password('admin', ''))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].password: the password is empty; set one, or leave it out to generate one',
    ],
  },
  {
    name: 'a password of 73 bytes',
    props: auth(users(RegistryUser.password('admin', PASSWORD.padEnd(73, '!')))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].password: the password has 73 bytes, and bcrypt ignores all after the first 72; shorten it to 72 bytes or fewer',
    ],
  },
  {
    name: 'a password of 37 characters with 74 bytes',
    props: auth(users(RegistryUser.password('admin', 'ü'.repeat(37)))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].password: the password has 74 bytes, and bcrypt ignores all after the first 72; shorten it to 72 bytes or fewer',
    ],
  },
  {
    name: 'a password with a line break',
    props: auth(users(RegistryUser.password('admin', `${PASSWORD}\n`))),
    says: [
      "[chart/registry/auth] auth.credentials.users[0].password: the password has a line break or another control character, which clients can't send; remove it",
    ],
  },
  {
    name: 'a password that is not a string',
    props: auth(users(RegistryUser.password('admin', wrong(12345678)))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].password: the password is not a string; write one in quotes, or use RegistryUser.generated',
    ],
  },
  {
    name: 'a password that is undefined',
    props: auth(users(RegistryUser.password('admin', wrong(process.env.NOT_SET_ANYWHERE)))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].password: the password is not a string; write one in quotes, or use RegistryUser.generated',
    ],
  },
  {
    name: 'an empty password variable',
    env: { ADMIN_PASSWORD: '' },
    props: () => auth(users(RegistryUser.fromEnvironment('admin', 'ADMIN_PASSWORD'))),
    says: [
      '[chart/registry/auth] ADMIN_PASSWORD: the password is empty; set one, or leave it out to generate one',
    ],
  },
  {
    name: 'a password variable that must be set, and is not',
    props: auth(users(RegistryUser.fromEnvironment('admin', 'NOT_SET_ANYWHERE', { required: true }))),
    says: [
      '[chart/registry/auth] NOT_SET_ANYWHERE: is not set; set it to the password of "admin", or leave out required to generate one',
    ],
  },
  {
    name: 'a password variable that must be set, and is empty',
    env: { ADMIN_PASSWORD: '' },
    props: () => auth(users(RegistryUser.fromEnvironment('admin', 'ADMIN_PASSWORD', { required: true }))),
    says: [
      '[chart/registry/auth] ADMIN_PASSWORD: is set to an empty string; set it to the password of "admin", or leave out required to generate one',
    ],
  },
  {
    name: 'a password variable that must be set, in words',
    props: () =>
      auth(users(RegistryUser.fromEnvironment('admin', 'ADMIN_PASSWORD', { required: wrong('yes') }))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].required: "yes" is not a boolean; write true or false',
    ],
  },
  {
    name: 'a password variable that is too long',
    env: { ADMIN_PASSWORD: PASSWORD.repeat(4) },
    props: () => auth(users(RegistryUser.fromEnvironment('admin', 'ADMIN_PASSWORD'))),
    says: [
      '[chart/registry/auth] ADMIN_PASSWORD: the password has 84 bytes, and bcrypt ignores all after the first 72; shorten it to 72 bytes or fewer',
    ],
  },
  {
    name: 'a password variable without a name',
    props: auth(users(RegistryUser.fromEnvironment('admin', ''))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].variable: "" is not the name of an environment variable; write e.g. "REGISTRY_ADMIN_PASSWORD"',
    ],
  },
  {
    name: 'a bcrypt cost of 3',
    props: auth(users(RegistryUser.generated('admin', { bcryptCost: 3 }))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].bcryptCost: 3 is not a whole number from 4 to 14; write e.g. 10',
    ],
  },
  {
    name: 'a bcrypt cost of 15',
    props: auth(users(RegistryUser.password('admin', PASSWORD, { bcryptCost: 15 }))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].bcryptCost: 15 is not a whole number from 4 to 14; write e.g. 10',
    ],
  },
  {
    name: 'a bcrypt cost as text',
    props: auth(users(RegistryUser.generated('admin', wrong({ bcryptCost: '10' })))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].bcryptCost: "10" is not a whole number from 4 to 14; write e.g. 10',
    ],
  },
  {
    name: 'user options that are a number',
    props: auth(users(RegistryUser.generated('admin', wrong(10)))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].options: 10 is not an object; write e.g. auth.credentials.users[0].options: {}',
    ],
  },
  {
    name: 'a hash that takes minutes',
    props: auth(users(RegistryUser.bcryptHash('admin', `$2y$31$${'a'.repeat(53)}`))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].hash: has bcrypt cost 31, which is too slow: clients time out from cost 12; hash the password with cost 10: `htpasswd -nB -C 10 admin`',
    ],
  },
  {
    name: 'a password instead of a hash',
    props: auth(users(RegistryUser.bcryptHash('admin', PASSWORD))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].hash: is not a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints after the colon',
    ],
  },
  {
    name: 'an MD5 hash',
    props: auth(users(RegistryUser.bcryptHash('admin', '$apr1$KQ3P4mBk$zpWCmxcXkWp0tT5Pf5XG0/'))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].hash: is not a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints after the colon',
    ],
  },
  {
    name: 'a bcrypt hash with its user',
    props: auth(users(RegistryUser.bcryptHash('admin', LINE))),
    says: [
      '[chart/registry/auth] auth.credentials.users[0].hash: is not a bcrypt hash ($2a$, $2b$ or $2y$), the only kind the registry accepts; write what `htpasswd -nB admin` prints after the colon',
    ],
  },
  {
    name: 'a realm with quotation marks',
    props: { auth: { realm: 'The "best" registry' } },
    says: [
      '[chart/registry/auth] auth.realm: "The \\"best\\" registry" is empty, or has a quotation mark, backslash or control character; write e.g. "Registry Realm"',
    ],
  },
  {
    name: 'an empty realm',
    props: { auth: { realm: '' } },
    says: [
      '[chart/registry/auth] auth.realm: "" is empty, or has a quotation mark, backslash or control character; write e.g. "Registry Realm"',
    ],
  },
  {
    name: 'a text for insecurePasswordsOverHttp',
    props: { auth: { insecurePasswordsOverHttp: 'true' } },
    says: [
      '[chart/registry/auth] auth.insecurePasswordsOverHttp: "true" is not a boolean; write true or false',
    ],
  },
  {
    name: 'a name for the Secret of users that is a path',
    props: { auth: { secretName: 'users/auth' } },
    says: [
      '[chart/registry/auth] auth.secretName: "users/auth" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "registry-auth"',
    ],
  },
  {
    name: 'a name for a Secret of users that nobody writes',
    props: { auth: { credentials: RegistryCredentials.anonymous(), secretName: 'users' } },
    says: [
      '[chart/registry/auth] auth.secretName: "users" has no effect, because no such Secret is written; leave it out',
    ],
  },
];
