// The folder in which secrets stay: who may read it, what stands in it, and that synths at the same time agree.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart, Testing } from 'cdk8s';
import { LocalStore, Registry, RegistryCertificate, RegistryCredentials, RegistryUser } from '../../lib';
import { contentsOf, fill, newFolder, newPublicFolder, outputOf } from '../support/folder';
import { manifest, newChart, textsOf } from '../support/synth';

const HERE = 'registry/registry';
const script = path.join(__dirname, '../support/synth-once.ts');

/** For whom modes count. */
const NOBODY = process.getuid?.() === 0 ? { uid: '65534' } : {};

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function synthInChild(store: string, outdir: string, { uid, ...env }: { uid?: string; NODE_OPTIONS?: string } = {}): Promise<Ended> {
  const args = ['-r', 'esbuild-register', script, store, outdir, ...(uid ? [uid] : [])];
  const child = spawn(process.execPath, args, { cwd: path.join(__dirname, '../..'), env: { ...process.env, ...env } });
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
  return textsOf(manifest(chart, 'Secret/registry-http')).secret;
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
    expect(notes[0]).toContain(`They are in ../.registry, which was made on ${new Date().toISOString().slice(0, 10)}: back it up`);
    expect(notes[0]).toContain('head -n 1 ../.registry/registry/registry/admin.password');
    expect(notes[1]).toBe(notes[0]);
  });
});

test('with Plug’n’Play, certificates are made by the child that reads its archives, without the parent’s other options', async () => {
  // GIVEN a resolver that alone knows where the packages are
  const folder = newFolder();
  const pnp = path.join(folder, '.pnp.cjs');
  fs.writeFileSync(
    pnp,
    `const Module = require('node:module');
    const resolve = Module._resolveFilename;
    process.versions.pnp = '3';
    Module._resolveFilename = function (request, ...more) {
      if (process.title === 'parent' && process.execArgv.includes('--require')) throw new Error('options were handed on');
      if (request === 'pnpapi') return __filename;
      if (request === 'selfsigned') return '/archive.zip/selfsigned';
      return resolve.call(this, request === '/archive.zip/selfsigned' ? ${JSON.stringify(require.resolve('selfsigned'))} : request, ...more);
    };`,
  );

  // WHEN
  const ended = await synthInChild(path.join(folder, 'store'), path.join(folder, 'dist'), {
    NODE_OPTIONS: `--require ${pnp} --title=parent`,
  });

  // THEN
  expect(ended).toEqual({ code: 0, stderr: '' });
  expect(contentsOf(path.join(folder, 'store'))[`${HERE}/tls`]).toContain('BEGIN CERTIFICATE');
}, 30_000);

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
  const [first, ...others] = outdirs.map(outputOf);
  for (const other of others) expect(other).toEqual(first);
  expect(Object.keys(contentsOf(store)).filter((name) => !name.endsWith('/'))).toEqual([
    '.gitignore',
    ...['admin.password', 'ca', 'http-secret', 'tls'].map((entry) => `${HERE}/${entry}`),
  ]);
}, 30_000);

test('a folder that can not be read is reported, and nothing is written', async () => {
  // GIVEN
  const folder = newPublicFolder();
  const [store, outdir] = [path.join(folder, 'store'), path.join(folder, 'dist')];
  fs.mkdirSync(store, { mode: 0o000 });

  // WHEN
  const { code, stderr } = await synthInChild(store, outdir, NOBODY);

  // THEN
  expect(code).toBe(1);
  expect(stderr.replaceAll(folder, '<folder>')).toBe(
    "This app can't be written:\n  [chart/registry/auth] store: <folder>/store/registry/registry can't be read (EACCES); make it a folder that you can read",
  );
  expect(fs.existsSync(outdir)).toBe(false);
}, 30_000);

describe('a store that can be read only', () => {
  /** Makes a store, does something to it, and makes it readable only. */
  async function readOnly(change: (folder: string) => void): Promise<{ readonly folder: string; readonly ended: () => Promise<Ended> }> {
    const folder = newPublicFolder();
    const [store, outdir] = [path.join(folder, 'store'), path.join(newPublicFolder(), 'dist')];
    fs.chmodSync(path.dirname(outdir), 0o777);
    const first = await synthInChild(store, path.join(folder, 'first'));
    expect(first).toEqual({ code: 0, stderr: '' });
    change(path.join(store, HERE));
    for (const name of ['', ...Object.keys(contentsOf(store))])
      fs.chmodSync(path.join(store, name), name.endsWith('/') || !name ? 0o555 : 0o444);
    return {
      folder,
      ended: async () => {
        const before = contentsOf(store);
        const ended = await synthInChild(store, outdir, NOBODY);
        expect(contentsOf(store)).toEqual(before);
        if (ended.code === 0) expect(outputOf(outdir)).toEqual(outputOf(path.join(folder, 'first')));
        else expect(fs.existsSync(outdir)).toBe(false);
        for (const name of ['', ...Object.keys(before)]) fs.chmodSync(path.join(store, name), 0o700);
        return ended;
      },
    };
  }

  test('serves while nothing is missing', async () => {
    const { ended } = await readOnly(() => undefined);
    expect(await ended()).toEqual({ code: 0, stderr: '' });
  }, 30_000);

  test('names all that is missing, and does not tell to delete anything', async () => {
    const { folder, ended } = await readOnly((store) => ['tls', 'http-secret'].forEach((entry) => void fs.rmSync(path.join(store, entry))));
    const { code, stderr } = await ended();
    expect(code).toBe(1);
    const says = (part: string, entry: string) =>
      `  [chart/registry/${part}] store: <folder>/store/${HERE}/${entry} must be made, and can't be written to (EACCES); make the folder one that you can write to, or bring a copy of the store in which nothing is missing`;
    expect(stderr.replaceAll(folder, '<folder>').split('\n').sort()).toEqual(
      ["This app can't be written:", says('tls', 'tls'), says('deployment/http-secret', 'http-secret')].sort(),
    );
  }, 30_000);
});
