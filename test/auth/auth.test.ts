// Users and their passwords: what stands in the htpasswd file, what the store keeps, and that real bcrypt
// accepts it.
import { execSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { compareSync, hashSync } from 'bcryptjs';
import { Secret } from 'cdk8s-plus-27';
import {
  LocalStore,
  RegistryAuth,
  type RegistryAuthOptions,
  RegistryCredentials,
  RegistryUser,
} from '../../lib';
import { contentsOf, newFolder } from '../support/folder';
import { manifest, manifestsIn, newChart, newChartWithStore, textsOf } from '../support/synth';

const { users, htpasswd, existingSecret, anonymous } = RegistryCredentials;
const HASH = hashSync('from Apache', 4).replace('$2b$', '$2y$');

/** The htpasswd file that a chart with these users gets, by user. */
function hashesOf(folder: string, ...list: RegistryUser[]): Record<string, string> {
  const chart = newChart(new LocalStore({ directory: folder }));
  new RegistryAuth(chart, 'auth', { credentials: users(...list) });
  const lines: string[] = textsOf(manifest(chart, 'Secret/registry-auth')).htpasswd.trimEnd().split('\n');
  return Object.fromEntries(lines.map((line) => line.split(':') as [string, string]));
}

const hashOf = (folder: string, user: RegistryUser): string => hashesOf(folder, user)[user.name] ?? '';
const newStore = (): string => newChartWithStore().folder;

afterEach(() => {
  delete process.env.TEST_PASSWORD;
});

describe('a generated password', () => {
  test('has 142 random bits and matches its hash of cost 4', () => {
    // GIVEN
    const { chart, folder } = newChartWithStore();

    // WHEN
    const auth = new RegistryAuth(chart, 'auth');

    // THEN
    const secret = manifest(chart, 'Secret/registry-auth');
    const [password = '', line] = contentsOf(folder)['registry/registry/admin.password']?.split('\n') ?? [];
    expect(secret.metadata.namespace).toBe('registry');
    expect(textsOf(secret)).toEqual({ htpasswd: `${line}\n` });
    expect(password).toMatch(/^[A-Za-z0-9]{24}$/);
    expect(line).toMatch(/^admin:\$2b\$04\$/);
    expect(compareSync(password, line?.split(':')[1] ?? '')).toBe(true);
    expect(auth.userNames).toEqual(['admin']);
  });

  test.each(['store', "Anna's store"])(
    'in the folder %j is printed by the command that the notes name',
    (name) => {
      const folder = path.join(newFolder(), name);
      const chart = newChart(new LocalStore({ directory: folder }));
      const auth = new RegistryAuth(chart, 'auth');
      const hash = textsOf(manifest(chart, 'Secret/registry-auth')).htpasswd.trim().split(':')[1];
      const password = execSync(auth.showPasswordCommand('admin') ?? '', { encoding: 'utf8' });
      expect(contentsOf(folder)['registry/registry/admin.password']?.startsWith(password)).toBe(true);
      expect(compareSync(password.trim(), hash)).toBe(true);
    },
  );

  test('keeps its hash of before, of cost 5, byte for byte, unless another cost is asked for', () => {
    const folder = newStore();
    const password = 'a'.repeat(24);
    const entry = `${password}\nadmin:${hashSync(password, 5)}\n`;
    fs.mkdirSync(path.join(folder, 'registry/registry'), { recursive: true });
    fs.writeFileSync(path.join(folder, 'registry/registry/admin.password'), entry);
    for (const user of [
      RegistryUser.generated('admin'),
      RegistryUser.fromEnvironment('admin', 'TEST_PASSWORD'),
    ]) {
      expect(`${password}\nadmin:${hashOf(folder, user)}\n`).toBe(entry);
      expect(contentsOf(folder)['registry/registry/admin.password']).toBe(entry);
    }
    expect(hashOf(folder, RegistryUser.generated('admin', { bcryptCost: 5 }))).toBe(
      entry.trim().split(':')[1],
    );
    expect(hashOf(folder, RegistryUser.generated('admin', { bcryptCost: 4 }))).toMatch(/^\$2b\$04\$/);
  });

  test('stays when the cost is changed', () => {
    // GIVEN
    const folder = newStore();
    const before = hashOf(folder, RegistryUser.generated('admin'));
    const password = contentsOf(folder)['registry/registry/admin.password']?.split('\n')[0] ?? '';

    // WHEN
    const after = hashOf(folder, RegistryUser.generated('admin', { bcryptCost: 6 }));

    // THEN
    expect(before).toMatch(/^\$2b\$04\$/);
    expect(after).toMatch(/^\$2b\$06\$/);
    expect(compareSync(password, after)).toBe(true);
    expect(contentsOf(folder)['registry/registry/admin.password']).toBe(`${password}\nadmin:${after}\n`);
  });
});

describe('a given password', () => {
  test('is hashed at cost 10, and kept as a hash only', () => {
    const folder = newStore();
    const hash = hashOf(folder, RegistryUser.password('anna', 'chosen by Anna'));
    expect(hash).toMatch(/^\$2b\$10\$/);
    expect(compareSync('chosen by Anna', hash)).toBe(true);
    expect(contentsOf(folder)['registry/registry/anna.htpasswd']).toBe(`anna:${hash}\n`);
    expect(JSON.stringify(contentsOf(folder))).not.toContain('chosen by Anna');
  });

  test('is hashed at the cost that is set', () => {
    expect(hashOf(newStore(), RegistryUser.password('anna', 'p', { bcryptCost: 4 }))).toMatch(/^\$2b\$04\$/);
  });

  test('keeps its hash while it stays, and gets another one when it is changed', () => {
    const folder = newStore();
    const [first, again, changed] = ['old', 'old', 'new'].map((password) =>
      hashOf(folder, RegistryUser.password('anna', password, { bcryptCost: 4 })),
    ) as [string, string, string];
    expect(again).toBe(first);
    expect({ new: compareSync('new', changed), old: compareSync('old', changed) }).toEqual({
      new: true,
      old: false,
    });
  });

  test('may have 72 bytes of any letters', () => {
    const password = `${'ü'.repeat(35)}~:`;
    expect(
      compareSync(password, hashOf(newStore(), RegistryUser.password('anna', password, { bcryptCost: 4 }))),
    ).toBe(true);
  });
});

describe('a password from the environment', () => {
  const user = () => RegistryUser.fromEnvironment('admin', 'TEST_PASSWORD', { bcryptCost: 4 });

  test('is taken while it is set, and stays when it is not set any more', () => {
    const folder = newStore();
    process.env.TEST_PASSWORD = 'from outside';
    const set = hashOf(folder, user());
    delete process.env.TEST_PASSWORD;
    expect(compareSync('from outside', set)).toBe(true);
    expect(hashOf(folder, user())).toBe(set);
    expect(Object.keys(contentsOf(folder))).not.toContain('registry/registry/admin.password');
  });

  test('replaces the one that was set before', () => {
    const folder = newStore();
    const hashes = ['one', 'two'].map((password) => {
      process.env.TEST_PASSWORD = password;
      return hashOf(folder, user());
    });
    expect(hashes.map((hash, index) => compareSync(['one', 'two'][index] ?? '', hash))).toEqual([true, true]);
  });

  test('replaces the one that was generated before', () => {
    const folder = newStore();
    const generated = hashOf(folder, user());
    process.env.TEST_PASSWORD = 'from outside';
    expect(compareSync('from outside', generated)).toBe(false);
    expect(compareSync('from outside', hashOf(folder, user()))).toBe(true);
  });
});

describe('a hash', () => {
  test('of $2y$ is taken as it is, beside other users, and not stored', () => {
    const folder = newStore();
    const hashes = hashesOf(folder, RegistryUser.bcryptHash('ci', HASH), RegistryUser.generated('admin'));
    expect(Object.keys(hashes)).toEqual(['ci', 'admin']);
    expect(hashes.ci).toBe(HASH);
    expect(Object.keys(contentsOf(folder)).filter((name) => name.includes('/ci'))).toEqual([]);
  });
});

describe('ready credentials', () => {
  function authOf(options: RegistryAuthOptions) {
    const { chart, folder } = newChartWithStore();
    return { chart, folder, auth: new RegistryAuth(chart, 'auth', options) };
  }

  test('comments and empty lines of an htpasswd file are left out, whatever ends its lines', () => {
    const { chart, auth } = authOf({
      credentials: htpasswd(`# people\r\nanna:${HASH}\r\n\r\n  # machines\n bert:${HASH} \n\n`),
    });
    expect(textsOf(manifest(chart, 'Secret/registry-auth'))).toEqual({
      htpasswd: `anna:${HASH}\nbert:${HASH}\n`,
    });
    expect(auth.userNames).toEqual(['anna', 'bert']);
  });

  test('an htpasswd file is written as it is, with nothing in the store', () => {
    const { chart, folder, auth } = authOf({ credentials: htpasswd(`\nanna:${HASH}\nbert:${HASH}`) });
    expect(textsOf(manifest(chart, 'Secret/registry-auth'))).toEqual({
      htpasswd: `anna:${HASH}\nbert:${HASH}\n`,
    });
    expect(auth.userNames).toEqual(['anna', 'bert']);
    expect(auth.showPasswordCommand('anna')).toBeUndefined();
    expect(contentsOf(folder)).toEqual({});
  });

  test('a Secret that exists is named, not written', () => {
    const { chart } = newChartWithStore();
    const auth = new RegistryAuth(chart, 'auth', {
      credentials: existingSecret({
        secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
        key: 'users',
      }),
    });
    expect(manifestsIn(chart)).toEqual([]);
    expect({
      secretName: auth.secretName,
      secretKey: auth.secretKey,
      secret: auth.secret,
      userNames: auth.userNames,
    }).toEqual({
      secretName: 'basic-auth',
      secretKey: 'users',
      secret: undefined,
      userNames: [],
    });
    expect(auth.showPasswordCommand('anna')).toBeUndefined();
  });

  test('nobody has to log in', () => {
    const { chart, folder, auth } = authOf({ credentials: anonymous() });
    expect(manifestsIn(chart)).toEqual([]);
    expect({ anonymous: auth.anonymous, secretName: auth.secretName }).toEqual({
      anonymous: true,
      secretName: undefined,
    });
    expect(contentsOf(folder)).toEqual({});
  });
});

test('what a password is stored as has a command, and no other user has', () => {
  const { chart } = newChartWithStore();
  const auth = new RegistryAuth(chart, 'auth', {
    credentials: users(
      RegistryUser.generated('robot'),
      RegistryUser.password('anna', 'p', { bcryptCost: 4 }),
    ),
  });
  expect(['robot', 'anna', 'nobody'].filter((user) => auth.showPasswordCommand(user) !== undefined)).toEqual([
    'robot',
  ]);
});

test('the realm and the word of the insecure can be read back', () => {
  const auth = new RegistryAuth(newChart(), 'auth', { realm: 'Team A', insecurePasswordsOverHttp: true });
  expect({ realm: auth.realm, insecurePasswordsOverHttp: auth.insecurePasswordsOverHttp }).toEqual({
    realm: 'Team A',
    insecurePasswordsOverHttp: true,
  });
});
