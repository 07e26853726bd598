// Which folder the commands of the notes name: the one where the files are, as a person types it in the
// folder of the app.
import * as path from 'node:path';
import { App, Chart, Testing } from 'cdk8s';
import { FixedStore, Registry, RegistryApp } from '../../lib';
import { newFolder } from '../support/folder';

const before = process.cwd();
let here: string;
beforeEach(() => {
  process.chdir(newFolder());
  here = process.cwd();
});
afterEach(() => {
  process.chdir(before);
});

function named(app: App): string | undefined {
  new FixedStore().useIn(app);
  const registry = new Registry(new Chart(app, 'registry', { namespace: 'registry' }), 'registry', {
    ingress: {},
  });
  return /^ +kubectl apply -f (.+)$/m.exec(registry.notes())?.[1];
}

test.each<[outdir: string | undefined, named: string]>([
  [undefined, 'dist'],
  ['out/', 'out'],
  ['./a/../b', 'b'],
  ['.', '.'],
  ['../b', '../b'],
  ['my files', "'my files'"],
  ["it's", `'it'\\''s'`],
  ['-f', './-f'],
  ['/srv/out', '/srv/out'],
])('outdir: %s', (outdir, expected) => {
  expect(named(new RegistryApp({ outdir }))).toBe(expected);
});

test('an absolute path below the folder is written from there', () => {
  expect(named(new RegistryApp({ outdir: path.join(here, 'out') }))).toBe('out');
  expect(named(new App({ outdir: path.join(here, 'out') }))).toBe('out');
});

test('an app in memory, which cdk8s gives a folder of a random name, has no other notes each time', () => {
  expect(named(Testing.app())).toBe('dist');
});
