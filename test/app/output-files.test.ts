// How a synth's files come to their places: all or none of them, and what nobody asked to be removed stays.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as os from 'node:os';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { LocalStore, Registry, RegistryApp } from '../../lib';
import { replaceFiles } from '../../lib/app/output-files';
import { contentsOf, fill, newFolder } from '../support/folder';
import { ROOT } from '../support/project';

const files = (...names: string[]) => names.map((name) => ({ name, text: `new ${name}`, secret: false }));
const none = () => [];

test('files are written, and stale ones go', () => {
  const folder = path.join(newFolder(), 'a', 'dist');
  replaceFiles(folder, files('a.yaml', 'b.yaml'), none);
  fill(folder, { 'mine.yaml': 'mine' });
  replaceFiles(folder, files('b.yaml'), () => ['a.yaml']);
  expect(contentsOf(folder)).toEqual({ 'b.yaml': 'new b.yaml', 'mine.yaml': 'mine' });
});

test('a file with secrets is for its owner alone, even where another one stood', () => {
  const folder = newFolder();
  fs.writeFileSync(path.join(folder, 'a.yaml'), '', { mode: 0o644 });
  replaceFiles(folder, [{ name: 'a.yaml', text: 'secret', secret: true }], none);
  expect((fs.statSync(path.join(folder, 'a.yaml')).mode & 0o777).toString(8)).toBe('600');
});

describe('a failure leaves all of it as it was', () => {
  test.each<[string, (folder: string) => void, string]>([
    [
      'a folder where a file is to be',
      (folder) => {
        fill(folder, { 'c.yaml/mine': 'mine' });
        replaceFiles(folder, files('a.yaml', 'b.yaml', 'c.yaml'), none);
      },
      'c.yaml is a folder; a file is to be written there',
    ],
    [
      'a name that can not be',
      (folder) => replaceFiles(folder, files('a.yaml', `${'x'.repeat(300)}.yaml`), none),
      'ENAMETOOLONG',
    ],
    [
      'what is stale can not be told',
      (folder) =>
        replaceFiles(folder, files('a.yaml'), () => {
          throw new Error('no');
        }),
      'no',
    ],
  ])('%s', (_, fail, message) => {
    const folder = newFolder();
    fill(folder, { 'a.yaml': 'old' });
    expect(() => fail(folder)).toThrow(message);
    expect(contentsOf(folder)).toMatchObject({ 'a.yaml': 'old' });
    expect(fs.readdirSync(folder).filter((name) => /^[.b]/.test(name))).toEqual([]);
  });
});

test('a folder that is called like one of other tools stays', () => {
  const folder = newFolder();
  fill(folder, { '.next/build': 'theirs', '.lock': 'theirs' });
  replaceFiles(folder, files('a.yaml'), none);
  expect(contentsOf(folder)).toEqual({
    '.next/': '',
    '.next/build': 'theirs',
    '.lock': 'theirs',
    'a.yaml': 'new a.yaml',
  });
});

// A limit of 0 bytes for files does what a full disk does: a file is created, and the first write to it
// fails.
test('a full disk is told, leaves the files as they were, and no lock on which the next synth would wait', () => {
  const folder = newFolder();
  fill(folder, { 'a.yaml': 'old' });
  const code = `require('./lib/app/output-files').replaceFiles(process.argv[1], [{ name: 'a.yaml', text: 'new' }], () => [])`;
  const limited = 'trap \'\' XFSZ; ulimit -f 0; exec node -r esbuild-register -e "$0" "$1"';
  const { status, stderr } = spawnSync('sh', ['-c', limited, code, folder], { cwd: ROOT, encoding: 'utf8' });
  expect(stderr).toContain(
    `Synthesis failed; the files in ${folder} are as they were: EFBIG: file too large, write`,
  );
  expect(status).toBe(1);
  expect(contentsOf(folder)).toEqual({ 'a.yaml': 'old' });
});

test('what a synth left that was killed is removed', () => {
  const folder = newFolder();
  const { pid } = spawnSync(process.execPath, ['-e', '0']);
  fill(folder, {
    '.cdk8s-registry-next/a.yaml': 'half',
    '.cdk8s-registry-lock': `${os.hostname()} ${pid} x\n`,
  });
  replaceFiles(folder, files('a.yaml'), none);
  expect(contentsOf(folder)).toEqual({ 'a.yaml': 'new a.yaml' });
});

describe("a folder that is the app's alone", () => {
  const synth = (outdir: string, store: LocalStore, name: string) => {
    const app = new RegistryApp({ outdir });
    store.useIn(app);
    new Registry(new Chart(app, 'registry', { namespace: 'registry' }), 'registry', { name });
    app.synth();
    return Object.keys(contentsOf(outdir));
  };
  afterEach(() => {
    delete process.env.CDK8S_REGISTRY_OWN_FOLDER;
  });

  test('keeps nothing of a registry that is no longer in the app, and all that the app never wrote', () => {
    const [outdir, store] = [
      path.join(newFolder(), 'dist'),
      new LocalStore({ directory: path.join(newFolder(), 'store') }),
    ];
    expect(synth(outdir, store, 'first')).toContain('100-first-secrets.yaml');
    const mine = {
      '000-first-namespace.yaml': 'kind: Namespace\n',
      '300-a.yaml': '',
      '850-b.yaml': 'a: [',
      '900-others.yaml': '---\n# x\n',
    };
    fill(outdir, mine);
    expect(synth(outdir, store, 'second')).toContain('100-first-secrets.yaml');
    process.env.CDK8S_REGISTRY_OWN_FOLDER = 'true';
    expect(synth(outdir, store, 'second').sort()).toEqual(
      [
        ...Object.keys(mine),
        '100-second-secrets.yaml',
        '200-second-service.yaml',
        '300-second-deployment.yaml',
        'NOTES.txt',
      ].sort(),
    );
    expect(contentsOf(outdir)).toMatchObject(mine);
  });
});
