// The two commands of the README on a fresh clone: which files they write, that they are the same each time
// and everywhere, and that a mistake costs nothing that was there before.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { parseAllDocuments } from 'yaml';
import { contentsOf, fill, newFolder } from './support/folder';
import { cloneTo, mustRun, plainEnvironment, ROOT, run } from './support/project';

const CLI = 'npx cdk8s synth';
const QUIET = 'npm run --silent synth';
const OFFLINE = { CDK8S_CHECK_UPGRADE: 'false' };
const FINE = { code: 0, said: '' };
const WHERE = 'The manifests are in dist: dist/NOTES.txt lists the next commands.\n';
const FILES = [
  '000-registry-namespace.yaml',
  '100-registry-secrets.yaml',
  '200-registry-service.yaml',
  '300-registry-deployment.yaml',
  '400-registry-ingress.yaml',
  '500-registry-ui-service.yaml',
  '600-registry-ui-deployment.yaml',
  '700-registry-ui-ingress.yaml',
  'NOTES.txt',
];

describe.each([CLI, QUIET])('%s', (command) => {
  let clone: string;
  beforeEach(() => {
    clone = cloneTo(newFolder());
  });

  test('writes the numbered files and the notes', () => {
    expect(run(clone, command, OFFLINE)).toMatchObject({
      status: 0,
      stderr: '',
      ...(command === QUIET && { stdout: WHERE }),
    });
    expect(Object.keys(manifestsOf(clone))).toEqual(FILES);
    expect(leftovers(clone)).toEqual([]);
  });

  if (command === CLI) {
    test.each<[string, (clone: string) => string, (clone: string) => string]>([
      ['another folder', () => 'out/registry/', () => 'out/registry'],
      ['a folder beside', () => '../beside', () => '../beside'],
      ['an absolute path below', (here) => path.join(here, 'out'), () => 'out'],
      [
        'an absolute path elsewhere',
        (here) => path.join(here, '..', 'else where'),
        (here) => path.join(here, '..', 'else where'),
      ],
    ])('the notes name the folder that --output names: %s', (_, given, named) => {
      const here = path.join(clone, 'app');
      fs.mkdirSync(here);
      cloneTo(here);
      mustRun(here, `${CLI} --output '${given(here)}'`, OFFLINE);
      const notes = fs.readFileSync(path.join(path.resolve(here, given(here)), 'NOTES.txt'), 'utf8');
      expect(foldersIn(notes)).toEqual([named(here)]);
    });

    test("an example's notes name its own folder", () => {
      fs.cpSync(path.join(ROOT, 'examples/node-port'), path.join(clone, 'examples/node-port'), {
        recursive: true,
      });
      mustRun(
        clone,
        `${CLI} --app "node -r esbuild-register examples/node-port/main.ts" -o dist/node-port`,
        OFFLINE,
      );
      expect(foldersIn(manifestsOf(clone)['node-port/NOTES.txt'])).toEqual(['dist/node-port']);
    });

    test('prints one stream by --stdout', () => {
      const { stdout } = run(clone, `${CLI} --stdout`, OFFLINE);
      const kinds = parseAllDocuments(stdout).flatMap((document) => document.toJS()?.kind ?? []);
      expect(kinds.filter((kind) => kind === 'Deployment')).toHaveLength(2);
      expect(kinds).toHaveLength(14);
    });
  }

  test('writes the same bytes again, and in another folder with a copy of the store', () => {
    mustRun(clone, command, OFFLINE);
    const first = manifestsOf(clone);
    mustRun(clone, command, OFFLINE);
    expect(manifestsOf(clone)).toEqual(first);

    const other = cloneTo(newFolder());
    fs.cpSync(path.join(clone, '.registry'), path.join(other, '.registry'), { recursive: true });
    mustRun(other, command, OFFLINE);
    expect(manifestsOf(other)).toEqual(first);
  });

  test('four at once on an empty store agree', async () => {
    const store = path.join(newFolder(), 'store');
    fs.mkdirSync(store, { mode: 0o700 });
    const clones = [1, 2, 3, 4].map(() => cloneTo(newFolder()));
    for (const each of clones) fs.symlinkSync(store, path.join(each, '.registry'), 'dir');
    expect(await Promise.all(clones.map((each) => start(each, command)))).toEqual(Array(4).fill(FINE));
    const [first, ...others] = clones.map(manifestsOf);
    expect(Object.keys(first ?? {})).toEqual(FILES);
    for (const other of others) expect(other).toEqual(first);
  });

  test('the notes name the folder in which the files are', () => {
    mustRun(clone, command, OFFLINE);
    expect(foldersIn(manifestsOf(clone)['NOTES.txt'])).toEqual(['dist']);
  });

  test('a mistake is shown and fills no store', () => {
    const { status, stderr } = run(clone, command, { ...OFFLINE, REGISTRY_HOST: 'https://x' });
    expect(status).toBe(1);
    expect(stderr).toContain('host: "https://x" has a scheme; write "x"');
    expect(fs.existsSync(path.join(clone, 'dist'))).toBe(false);
    expect(fs.existsSync(path.join(clone, '.registry'))).toBe(false);
  });
});

describe(QUIET, () => {
  let clone: string;
  let before: Record<string, string>;
  let synthesized: string;
  beforeAll(() => {
    synthesized = cloneTo(newFolder());
    mustRun(synthesized, QUIET);
    before = manifestsOf(synthesized);
  });
  beforeEach(() => {
    clone = newFolder();
    fs.cpSync(synthesized, clone, { recursive: true, verbatimSymlinks: true });
  });

  test('keeps the manifests of before when a setting is wrong, and says no more than that', () => {
    expect(run(clone, QUIET, { REGISTRY_HOST: 'https://x' })).toMatchObject({
      status: 1,
      stdout: '',
      stderr:
        'Synthesis failed; nothing was written:\n  [registry/registry] host: "https://x" has a scheme; write "x" [not-a-host]\n',
    });
    expect(manifestsOf(clone)).toEqual(before);
    expect(leftovers(clone)).toEqual([]);
  });

  test('keeps them when the app does not even start, and shows why', () => {
    fs.appendFileSync(path.join(clone, 'main.ts'), '\nthrow new TypeError("broken on purpose");\n');
    const { status, stderr } = run(clone, QUIET);
    expect(status).toBe(1);
    expect(stderr).toContain('TypeError: broken on purpose');
    expect(manifestsOf(clone)).toEqual(before);
  });

  test('says how an app ended that ends without a word', () => {
    fs.writeFileSync(path.join(clone, 'main.ts'), 'process.exit(3);\n');
    expect(run(clone, QUIET).stderr).toBe('"node -r esbuild-register main.ts" ended with exit code 3\n');
    expect(manifestsOf(clone)).toEqual(before);
  });

  test('replaces all of them when it succeeds, and removes what is no longer written', () => {
    mustRun(clone, QUIET, { REGISTRY_NAME: 'images' });
    expect(Object.keys(manifestsOf(clone))).toEqual(
      FILES.map((name) => name.replace('-registry-', '-images-')),
    );
  });

  test('leaves other folders and files in dist alone', () => {
    const mine = {
      'self-signed/100-registry-secrets.yaml': 'kind: List\n',
      'kustomization.yaml': 'resources: []\n',
      '100-mine-secrets.yaml': 'kind: Secret\n',
      '850-mine.yaml': 'kind: List\n',
      '900-others.yaml': '',
    };
    fill(path.join(clone, 'dist'), mine);
    mustRun(clone, QUIET);
    expect(manifestsOf(clone)).toMatchObject(mine);
    expect(Object.keys(manifestsOf(clone)).sort()).toEqual(
      [...FILES, ...Object.keys(mine), 'self-signed/'].sort(),
    );
    expect(leftovers(clone)).toEqual([]);
  });

  test('four at once leave them, too', async () => {
    const mine = { 'dist/self-signed/100-registry-secrets.yaml': 'kind: List\n' };
    fill(clone, mine);
    expect(await Promise.all([1, 2, 3, 4].map(() => start(clone, QUIET)))).toEqual(Array(4).fill(FINE));
    expect(manifestsOf(clone)).toMatchObject({
      ...before,
      'self-signed/100-registry-secrets.yaml': 'kind: List\n',
    });
    expect(leftovers(clone)).toEqual([]);
  });

  test('keeps the secrets from other users', () => {
    expect((fs.statSync(path.join(clone, 'dist/100-registry-secrets.yaml')).mode & 0o777).toString(8)).toBe(
      '600',
    );
  });

  test('four at once in one folder leave a whole set', async () => {
    expect(await Promise.all([1, 2, 3, 4].map(() => start(clone, QUIET)))).toEqual(Array(4).fill(FINE));
    expect(manifestsOf(clone)).toEqual(before);
    expect(leftovers(clone)).toEqual([]);
  });
});

function manifestsOf(clone: string): Record<string, string> {
  return contentsOf(path.join(clone, 'dist'));
}

/** The folders that commands of the notes read, as a shell understands their names. */
function foldersIn(notes = ''): string[] {
  const words = [
    ...notes.matchAll(/kubectl apply -f ('.*?'|\S+)|cat ('.*?'|[^ /]\S*?|\/\S*?)\/\[?[01]\S* \|/g),
  ].map(([, applied, deleted]) => applied ?? deleted);
  expect(words.length).toBeGreaterThan(3);
  return [...new Set(words.map((word) => mustRun(ROOT, `printf %s ${word}`)))];
}

/** What a synth may have left beside its output. */
function leftovers(clone: string): string[] {
  return fs.readdirSync(clone).filter((name) => name.startsWith('.') && name !== '.registry');
}

/** Runs a command while others run. Gives its exit code and what it says of mistakes. */
async function start(
  folder: string,
  command: string,
): Promise<{ readonly code: number; readonly said: string }> {
  const child = spawn(command, {
    cwd: folder,
    shell: true,
    stdio: ['ignore', 'ignore', 'pipe'],
    env: plainEnvironment(OFFLINE),
  });
  let said = '';
  child.stderr.setEncoding('utf8').on('data', (text) => {
    said += text;
  });
  const [code] = await once(child, 'close');
  return { code, said };
}
