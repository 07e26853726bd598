// The folder in which secrets stay: who may read it, and what stands in it. Synths in other processes are in
// local-store.slow.test.ts.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { LocalStore, Registry, RegistryCertificate, RegistryCredentials, RegistryUser } from '../../lib';
import { contentsOf, fill, newFolder } from '../support/folder';
import { manifest, newChart, textsOf } from '../support/synth';

const HERE = 'registry/registry';
/** Synthesizes a registry with as few secrets as there can be, and gives its HTTP secret. */
function httpSecretOf(folder: string, namespace?: string): string {
  const chart = newChart(new LocalStore({ directory: folder }), { namespace });
  new Registry(chart, 'registry', {
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  return textsOf(manifest(chart, 'Secret/registry-http')).secret;
}

describe('a new store', () => {
  const folder = path.join(newFolder(), 'deep', 'store');
  const umask = process.umask();
  beforeAll(() => {
    process.umask(0);
    const chart = newChart(new LocalStore({ directory: folder }));
    const credentials = RegistryCredentials.users(
      RegistryUser.generated('admin'),
      RegistryUser.password('anna', 'p', { bcryptCost: 4 }),
    );
    new Registry(chart, 'registry', { auth: { credentials } });
    Testing.synth(chart);
  });
  afterAll(() => process.umask(umask));

  test('holds one file for each secret', () => {
    expect(Object.keys(contentsOf(folder))).toEqual([
      '.gitignore',
      'registry/',
      `${HERE}/`,
      `${HERE}/admin.password`,
      `${HERE}/anna.htpasswd`,
      `${HERE}/ca`,
      `${HERE}/http-secret`,
      `${HERE}/tls`,
    ]);
  });

  test('is ignored by git', () => {
    expect(contentsOf(folder)['.gitignore']).toMatch(/^\*\n# Made on \d{4}-\d\d-\d\d\. .*\n$/);
  });

  test('can be read by its owner alone, whatever the umask', () => {
    const modes = ['.', ...Object.keys(contentsOf(folder))].map((name) => {
      const { mode } = fs.statSync(path.join(folder, name));
      return [name.endsWith('/') || name === '.' ? 'folder' : 'file', (mode & 0o777).toString(8)].join(' ');
    });
    expect(new Set(modes)).toEqual(new Set(['folder 700', 'file 600']));
  });

  test('stays as it is in the next synth', () => {
    const before = contentsOf(folder);
    const chart = newChart(new LocalStore({ directory: folder }));
    new Registry(chart, 'registry', {});
    Testing.synth(chart);
    expect(contentsOf(folder)).toEqual(before);
  });
});

test('the folder is .registry where the app is synthesized, unless another one is named', () => {
  const before = process.cwd();
  const folder = newFolder();
  process.chdir(folder);
  try {
    const chart = new Chart(Testing.app(), 'chart');
    new Registry(chart, 'registry', {
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
    });
    expect(contentsOf(folder)).toEqual({});
    Testing.synth(chart);
    expect(Object.keys(contentsOf(folder))).toContain('.registry/_/registry/http-secret');
  } finally {
    process.chdir(before);
  }
});

describe('another folder than the app’s', () => {
  const start = process.cwd();
  afterEach(() => process.chdir(start));
  /** The stores that there are after a synth in a folder. */
  function storesAfter(folder: string, files: Record<string, string>, cwd: string): string[] {
    fill(folder, { ...files, [`${cwd}/x`]: '' });
    process.chdir(path.join(folder, cwd));
    const chart = new Chart(Testing.app(), 'chart', { namespace: 'registry' });
    new Registry(chart, 'registry', { ingress: {} });
    Testing.synth(chart);
    return Object.keys(contentsOf(folder)).filter((name) => name.endsWith('http-secret'));
  }

  test.each([
    ['below package.json', { 'package.json': '{}' }, 'a/b', ''],
    ['below cdk8s.yaml', { 'cdk8s.yaml': '' }, 'a', ''],
    ['with an app nearer', { 'package.json': '{}', 'a/cdk8s.yaml': '' }, 'a/b', 'a/'],
    ['below a store', { '.registry/x': '' }, 'a', ''],
    ['with a store of its own', { 'package.json': '{}', 'a/.registry/x': '' }, 'a', 'a/'],
    ['with neither', {}, 'a', 'a/'],
  ])('%s', (_, files: Record<string, string>, cwd, expected) => {
    expect(storesAfter(newFolder(), files, cwd)).toEqual([`${expected}.registry/${HERE}/http-secret`]);
  });

  test('the notes tell where the store is and since when, the same each time', () => {
    const folder = newFolder();
    const notes = [1, 2].map(() => {
      storesAfter(folder, { 'package.json': '{}' }, 'a');
      const chart = new Chart(Testing.app(), 'chart', { namespace: 'registry' });
      return new Registry(chart, 'registry', { ingress: {} }).notes();
    });
    expect(notes[0]).toContain(
      `They are in ../.registry, which was created on ${new Date().toISOString().slice(0, 10)}: back it up`,
    );
    expect(notes[0]).toContain('head -n 1 ../.registry/registry/registry/admin.password');
    expect(notes[1]).toBe(notes[0]);
  });
});

test('a registry has a folder for itself in each namespace, and one without a namespace', () => {
  const folder = newFolder();
  const secrets = ['a', 'b', undefined].map((namespace) => httpSecretOf(folder, namespace));
  expect(new Set(secrets).size).toBe(3);
  expect(Object.keys(contentsOf(folder)).filter((name) => name.endsWith('http-secret'))).toEqual([
    '_/registry/http-secret',
    'a/registry/http-secret',
    'b/registry/http-secret',
  ]);
});

test('a copy of the store gives the same secrets in another place', () => {
  const [folder, copy] = [newFolder(), path.join(newFolder(), 'copy')];
  const secret = httpSecretOf(folder);
  fs.cpSync(folder, copy, { recursive: true });
  expect(httpSecretOf(copy)).toBe(secret);
});

test('a deleted entry is made anew', () => {
  const folder = newFolder();
  const secret = httpSecretOf(folder, 'registry');
  fs.rmSync(path.join(folder, HERE, 'http-secret'));
  expect(httpSecretOf(folder, 'registry')).not.toBe(secret);
});

test('foreign files are left alone', () => {
  const folder = newFolder();
  const mine = {
    [`${HERE}/README.md`]: 'mine',
    [`${HERE}/.editor`]: 'mine',
    [`${HERE}/tls.bak`]: 'mine',
    'notes.txt': 'mine',
  };
  fill(folder, mine);
  httpSecretOf(folder, 'registry');
  expect(contentsOf(folder)).toMatchObject(mine);
});
