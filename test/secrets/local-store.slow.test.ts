// The folder in which secrets stay, as synths in processes of their own meet it: at the same time, as another
// user, with Plug'n'Play.
import { spawn } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { TYPESCRIPT } from '../../tools/typescript';
import { contentsOf, newFolder, newPublicFolder, outputOf } from '../support/folder';

const HERE = 'registry/registry';
const script = path.join(__dirname, '../support/synth-once.ts');

/** For whom modes count. */
const NOBODY = process.getuid?.() === 0 ? { uid: '65534' } : {};

interface Ended {
  readonly code: number | null;
  readonly stderr: string;
}

function synthInChild(
  store: string,
  outdir: string,
  { uid, ...env }: { uid?: string; NODE_OPTIONS?: string } = {},
): Promise<Ended> {
  const args = [...TYPESCRIPT, script, store, outdir, ...(uid ? [uid] : [])];
  const child = spawn(process.execPath, args, {
    cwd: path.join(__dirname, '../..'),
    env: { ...process.env, ...env },
  });
  let stderr = '';
  child.stderr.on('data', (text) => {
    stderr += text;
  });
  return new Promise((resolve) => child.on('close', (code) => resolve({ code, stderr })));
}

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
});

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
    "Synthesis failed; nothing was written:\n  [chart/registry/auth] store: <folder>/store/registry/registry can't be read (EACCES); make it a readable folder [store-unreadable]",
  );
  expect(fs.existsSync(outdir)).toBe(false);
});

describe('a store that can be read only', () => {
  /** Makes a store, does something to it, and makes it readable only. */
  async function readOnly(
    change: (folder: string) => void,
  ): Promise<{ readonly folder: string; readonly ended: () => Promise<Ended> }> {
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
  });

  test('names all that is missing, and does not tell to delete anything', async () => {
    const { folder, ended } = await readOnly((store) =>
      ['tls', 'http-secret'].forEach((entry) => void fs.rmSync(path.join(store, entry))),
    );
    const { code, stderr } = await ended();
    expect(code).toBe(1);
    const says = (part: string, entry: string) =>
      `  [chart/registry/${part}] store: <folder>/store/${HERE}/${entry} can't be created (EACCES); make the folder writable, or provide a complete copy of the store [store-not-writable]`;
    expect(stderr.replaceAll(folder, '<folder>').split('\n').sort()).toEqual(
      [
        'Synthesis failed; nothing was written:',
        says('tls', 'tls'),
        says('deployment/http-secret', 'http-secret'),
      ].sort(),
    );
  });
});
