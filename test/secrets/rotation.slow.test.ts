// Entries of the local store that change: deleting one has a new one made, whatever was there before; killed
// synths leave nothing; synths at once agree.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import { hostname } from 'node:os';
import * as path from 'node:path';
import { LocalStore } from '../../lib';
import { TYPESCRIPT } from '../../tools/typescript';
import { inSoManyDays } from '../support/clock';
import { contentsOf, fill, newFolder } from '../support/folder';

const HERE = 'registry/registry';
const OWNER = { name: 'registry', namespace: 'registry' };
const HASH = '$2b$04$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C';
const REQUEST = { hosts: ['registry'], keyType: 'EC_P256', days: 365 };

const entryOf = (letter: string) => `${letter.repeat(24)}\nadmin:${HASH}\n`;
const passwordOf = (folder: string, cost = 4) =>
  new LocalStore({ directory: folder })._htpasswdEntry(OWNER, {
    user: 'admin',
    keepGiven: true,
    cost: { given: 4, generated: cost },
  });
const certificateOf = (folder: string, more = {}) =>
  new LocalStore({ directory: folder })._certificate(OWNER, { ...REQUEST, ...more });
const files = (folder: string) =>
  fs.existsSync(path.join(folder, HERE)) ? fs.readdirSync(path.join(folder, HERE)).sort() : [];
const remove = (folder: string, entry: string) => fs.rmSync(path.join(folder, HERE, entry));

describe('deleting an entry that has changed has a new one made', () => {
  test('a password whose cost has changed', () => {
    const folder = newFolder();
    const first = passwordOf(folder, 4);
    const second = passwordOf(folder, 5);
    expect({ password: second.password, user: second.line.split(':')[0] }).toEqual({
      password: first.password,
      user: 'admin',
    });
    expect(second.line).not.toBe(first.line);
    remove(folder, 'admin.password');
    for (const cost of [4, 5]) expect(passwordOf(folder, cost).password).not.toBe(first.password);
    expect(files(folder)).toEqual(['admin.password']);
  });

  test('a password whose cost is kept is not', () => {
    const folder = newFolder();
    const first = passwordOf(folder, 5);
    const kept = new LocalStore({ directory: folder })._htpasswdEntry(OWNER, {
      user: 'admin',
      keepGiven: true,
      cost: { given: 4, generated: 4, kept: [5] },
    });
    expect(kept).toEqual(first);
  });

  test('a given password: the next one is generated', () => {
    const folder = newFolder();
    const store = new LocalStore({ directory: folder });
    const give = (password?: string) =>
      store._htpasswdEntry(OWNER, {
        user: 'admin',
        password,
        keepGiven: true,
        cost: { given: 4, generated: 4 },
      });
    const [one, two] = [give('one'), give('two')];
    expect(one.line).not.toBe(two.line);
    expect(give().line).toBe(two.line);
    remove(folder, 'admin.htpasswd');
    expect(give().password).toMatch(/^[A-Za-z0-9]{24}$/);
  });

  test('a given password after a generated one: as long as its entry is there, no other is made', () => {
    const folder = newFolder();
    const give = (password?: string) =>
      new LocalStore({ directory: folder })._htpasswdEntry(OWNER, {
        user: 'admin',
        password,
        keepGiven: true,
        cost: { given: 4, generated: 4 },
      });
    const generated = give();
    const given = give('own');
    expect(files(folder)).toEqual(['admin.htpasswd', 'admin.password']);
    remove(folder, 'admin.password');
    expect(give().line).toBe(given.line);
    remove(folder, 'admin.htpasswd');
    expect([generated.password, 'own', undefined]).not.toContain(give().password);
    expect(files(folder)).toEqual(['admin.password']);
  });

  test('a certificate that was renewed, under the same CA', () => {
    const folder = newFolder();
    const [first, second] = [certificateOf(folder), certificateOf(folder, { days: 30 })];
    remove(folder, 'tls');
    const third = certificateOf(folder);
    expect(new Set([first, second, third].map(({ certificate }) => certificate)).size).toBe(3);
    expect(new Set([first, second, third].map(({ ca }) => ca)).size).toBe(1);
    expect(files(folder)).toEqual(['ca', 'tls']);
  });

  test('a CA, also when it has a follower: both have leaked', () => {
    const folder = newFolder();
    certificateOf(folder);
    const both = inSoManyDays(3400, () => certificateOf(folder)).ca;
    expect(both.match(/BEGIN CERTIFICATE/g)).toHaveLength(2);
    remove(folder, 'ca');
    const { ca } = inSoManyDays(3400, () => certificateOf(folder));
    expect(ca.match(/BEGIN CERTIFICATE/g)).toHaveLength(1);
    expect(both).not.toContain(ca);
    expect(files(folder)).toEqual(['ca', 'tls']);
  });
});

describe('a store from when entries had numbers', () => {
  test('the latest one counts, by number, and gets the plain name', () => {
    const folder = newFolder();
    fill(folder, {
      [`${HERE}/admin.password`]: entryOf('a'),
      [`${HERE}/admin.password.9`]: entryOf('b'),
      [`${HERE}/admin.password.10`]: entryOf('c'),
      [`${HERE}/admin.password.old`]: entryOf('d'),
    });
    const { password, show } = passwordOf(folder);
    expect({ password, show }).toEqual({
      password: 'c'.repeat(24),
      show: `head -n 1 ${folder}/${HERE}/admin.password`,
    });
    expect(contentsOf(folder)[`${HERE}/admin.password`]).toBe(entryOf('c'));
    expect(files(folder)).toEqual(['admin.password', 'admin.password.old']);
  });

  test('none counts when the plain one was deleted', () => {
    const folder = newFolder();
    fill(folder, { [`${HERE}/admin.password.2`]: entryOf('b'), [`${HERE}/admin.password.3`]: entryOf('c') });
    const { password } = passwordOf(folder);
    expect(['b', 'c'].map((letter) => letter.repeat(24))).not.toContain(password);
    expect(passwordOf(folder).password).toBe(password);
    expect(files(folder)).toEqual(['admin.password']);
  });

  test('a user whose name ends like a number is not taken for a later one', () => {
    const folder = newFolder();
    fill(folder, { [`${HERE}/admin.password`]: entryOf('a'), [`${HERE}/admin.2.password`]: entryOf('b') });
    expect(passwordOf(folder).password).toBe('a'.repeat(24));
    expect(files(folder)).toEqual(['admin.2.password', 'admin.password']);
  });
});

describe('a synth that was killed', () => {
  const ended = async () => {
    const child = spawn(process.execPath, ['-e', '']);
    await once(child, 'close');
    return child.pid as number;
  };

  test('leaves nothing behind, and nothing of it is taken', async () => {
    const folder = newFolder();
    fill(folder, {
      [`${HERE}/.admin.password.4711.AbCdEfGh`]: entryOf('a'),
      [`${HERE}/.admin.password.2.4711.AbCdEfGh`]: entryOf('a'),
      [`${HERE}/.ca.${'x'.repeat(24)}.new`]: 'half a C',
      [`${HERE}/.lock.${'x'.repeat(24)}`]: '',
      [`${HERE}/.lock`]: `${hostname()} ${await ended()} x\n`,
    });
    expect(passwordOf(folder).password).not.toBe('a'.repeat(24));
    expect(files(folder)).toEqual(['admin.password']);
  });

  test('leaves nothing behind when nothing must be made, either', () => {
    const folder = newFolder();
    fill(folder, {
      [`${HERE}/admin.password`]: entryOf('a'),
      [`${HERE}/.admin.password.4711.AbCdEfGh`]: entryOf('b'),
    });
    expect(passwordOf(folder).password).toBe('a'.repeat(24));
    expect(files(folder)).toEqual(['admin.password']);
  });

  test('between CA and certificate costs the certificate only', () => {
    const folder = newFolder();
    const { ca } = certificateOf(folder);
    remove(folder, 'tls');
    expect(certificateOf(folder).ca).toBe(ca);
  });
});

test('a synth waits while another one is at work, and takes what that one made', async () => {
  const folder = newFolder();
  fill(folder, { [`${HERE}/.lock`]: '' });
  const work = `setTimeout(() => {
    const fs = require('node:fs');
    fs.writeFileSync('admin.password', ${JSON.stringify(entryOf('z'))});
    fs.rmSync('.lock');
  }, 300)`;
  fs.writeFileSync(path.join(folder, HERE, '.lock'), `${hostname()} ${process.pid} other\n`);
  const other = spawn(process.execPath, ['-e', work], { cwd: path.join(folder, HERE) });
  expect(passwordOf(folder).password).toBe('z'.repeat(24));
  await once(other, 'close');
});

test('four synths at once that must all renew agree', async () => {
  const folder = newFolder();
  passwordOf(folder, 5);
  certificateOf(folder);
  const before = contentsOf(folder);
  const script = `
    const { LocalStore } = require('./lib');
    const store = new LocalStore({ directory: ${JSON.stringify(folder)} });
    const { line } = store._htpasswdEntry(${JSON.stringify(OWNER)}, { user: 'admin', keepGiven: true, cost: { given: 4, generated: 4 } });
    process.stdout.write(line + JSON.stringify(store._certificate(${JSON.stringify(OWNER)}, ${JSON.stringify({ ...REQUEST, days: 30 })})));`;
  const said = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const child = spawn(process.execPath, [...TYPESCRIPT, '-e', script], {
        cwd: path.join(__dirname, '../..'),
      });
      let text = '';
      for (const stream of [child.stdout, child.stderr])
        stream.setEncoding('utf8').on('data', (more) => (text += more));
      await once(child, 'close');
      return text;
    }),
  );
  expect(new Set(said).size).toBe(1);
  expect(said[0]).toMatch(/^admin:\$2b\$04\$.*BEGIN CERTIFICATE/);
  expect(contentsOf(folder)[`${HERE}/tls`]).not.toBe(before[`${HERE}/tls`]);
  expect(files(folder)).toEqual(['admin.password', 'ca', 'tls']);
});
