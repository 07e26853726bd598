// The folder in which secrets stay: who may read it, what stands in it, and that synths at the same time agree.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { LocalStore, Registry, RegistryCertificate, RegistryCredentials, RegistryUser } from '../../lib';
import { contentsOf, fill, newFolder } from '../support/folder';
import { manifest, newChart } from '../support/synth';

const HERE = 'registry/registry';
const script = path.join(__dirname, '../support/synth-once.ts');

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function synthInChild(...args: string[]): Promise<Ended> {
  const child = spawn(process.execPath, ['-r', 'esbuild-register', script, ...args], { cwd: path.join(__dirname, '../..') });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

/** Synthesizes a registry with as few secrets as there can be, and gives its HTTP secret. */
function httpSecretOf(folder: string, namespace?: string): string {
  const chart = newChart(new LocalStore(folder), { namespace });
  new Registry(chart, 'registry', {
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  return manifest(chart, 'Secret/registry-http').stringData.secret;
}

describe('a new store', () => {
  const folder = path.join(newFolder(), 'deep', 'store');
  const umask = process.umask();
  beforeAll(() => {
    process.umask(0);
    const chart = newChart(new LocalStore(folder));
    const credentials = RegistryCredentials.users(RegistryUser.generated('admin'), RegistryUser.password('anna', 'p', { bcryptCost: 4 }));
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
    expect(contentsOf(folder)['.gitignore']).toBe('*\n');
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
    const chart = newChart(new LocalStore(folder));
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
  const mine = { [`${HERE}/README.md`]: 'mine', [`${HERE}/.editor`]: 'mine', [`${HERE}/tls.bak`]: 'mine', 'notes.txt': 'mine' };
  fill(folder, mine);
  httpSecretOf(folder, 'registry');
  expect(contentsOf(folder)).toMatchObject(mine);
});

test('four synths at once on an empty store agree', async () => {
  // GIVEN
  const store = path.join(newFolder(), 'store');
  const outdirs = [1, 2, 3, 4].map(() => path.join(newFolder(), 'dist'));

  // WHEN
  const ended = await Promise.all(outdirs.map((outdir) => synthInChild(store, outdir)));

  // THEN
  expect(ended).toEqual(outdirs.map(() => ({ code: 0, stderr: '' })));
  const [first, ...others] = outdirs.map(contentsOf);
  for (const other of others) expect(other).toEqual(first);
  expect(Object.keys(contentsOf(store)).filter((name) => !name.endsWith('/'))).toEqual([
    '.gitignore',
    ...['admin.password', 'ca', 'http-secret', 'tls'].map((entry) => `${HERE}/${entry}`),
  ]);
}, 30_000);

test('a folder that can not be read is reported, and nothing is written', async () => {
  // GIVEN
  const folder = newFolder();
  const [store, outdir] = [path.join(folder, 'store'), path.join(folder, 'dist')];
  fs.chmodSync(folder, 0o755);
  fs.mkdirSync(store, { mode: 0o000 });

  // WHEN
  const { code, stderr } = await synthInChild(store, outdir, ...(process.getuid?.() === 0 ? ['65534'] : []));

  // THEN
  expect(code).toBe(1);
  expect(stderr.replaceAll(folder, '<folder>')).toBe(
    "This app can't be written:\n  [chart/registry/auth] store: <folder>/store/registry/registry can't be read (EACCES); make it a folder that you can read",
  );
  expect(fs.existsSync(outdir)).toBe(false);
}, 30_000);
