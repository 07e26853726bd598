// The npm package: what is in it, that an app which installs it writes what the sources write, and that its
// API is documented throughout.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { contentsOf, newFolder } from './support/folder';
import { undocumented } from './support/jsii-docs';
import { cloneTo, installTo, mustRun, type Package, packTo, ROOT } from './support/project';

const DOCUMENTS = [
  '.jsii',
  ...Object.keys(contentsOf(path.join(ROOT, 'docs/api'))).map((name) => `docs/api/${name}`),
  ...Object.keys(contentsOf(path.join(ROOT, 'chart')))
    .filter((name) => !name.endsWith('/'))
    .map((name) => `chart/${name}`),
  'CHANGELOG.md',
  'LICENSE',
  'README.md',
  'package.json',
];

let packed: Package;
let app: string;
beforeAll(() => {
  packed = packTo(newFolder());
  app = installTo(newFolder(), packed);
});

test('holds the compiled library, its documents, the chart and its bundled dependencies, and nothing else', () => {
  const compiled = ['lib', 'imports'].flatMap((folder) =>
    Object.keys(contentsOf(path.join(ROOT, folder)))
      .filter((name) => name.endsWith('.ts'))
      .flatMap((name) =>
        ['.d.ts', '.js'].map((ending) => `build/${folder}/${name.replace(/\.ts$/, ending)}`),
      ),
  );
  const own = packed.files.filter((name) => !name.startsWith('node_modules/'));
  expect(own.sort()).toEqual([...DOCUMENTS, ...compiled].sort());

  const bundled = packed.files
    .filter((name) => name.startsWith('node_modules/'))
    .map((name) => name.split('/')[1] as string);
  expect(distinct(bundled)).toEqual(distinct(neededPackages().map((name) => name.split('/')[0] as string)));
});

test('its types are understood by TypeScript', () => {
  const main = fs.readFileSync(path.join(ROOT, 'main.ts'), 'utf8');
  fs.writeFileSync(path.join(app, 'main.ts'), main.replace("'./lib'", "'cdk8s-registry'"));
  const [tsc, types] = ['typescript/bin/tsc', '@types'].map((name) => path.join(ROOT, 'node_modules', name));
  mustRun(
    app,
    `node "${tsc}" --noEmit --strict --target ES2022 --module Node16 --typeRoots "${types}" --types node main.ts`,
  );
});

test('an app that installs it writes the same bytes as the sources with the same store', () => {
  const sources = cloneTo(newFolder());
  mustRun(sources, 'node -r esbuild-register main.ts');
  fs.cpSync(path.join(sources, '.registry'), path.join(app, '.registry'), { recursive: true });
  mustRun(app, 'node main.js');
  expect(contentsOf(path.join(app, 'dist'))).toEqual(contentsOf(path.join(sources, 'dist')));
});

test('an app that installs it has the chart', () => {
  const write = "new (require('cdk8s-registry').RegistryHelmChart)().write('written')";
  mustRun(app, `node -e "${write}"`);
  expect(contentsOf(path.join(app, 'written'))).toEqual(contentsOf(path.join(ROOT, 'chart/registry')));
});

test('an app that installs it makes secrets of its own', () => {
  const fresh = installTo(newFolder(), packed);
  mustRun(fresh, 'node main.js');
  expect(Object.keys(contentsOf(path.join(fresh, 'dist')))).toHaveLength(9);
  expect(Object.keys(contentsOf(path.join(fresh, '.registry/registry/registry')))).toEqual([
    'admin.password',
    'ca',
    'http-secret',
    'tls',
  ]);
});

test('every public type, member and parameter is documented', () => {
  expect(
    undocumented(JSON.parse(fs.readFileSync(path.join(app, 'node_modules/cdk8s-registry/.jsii'), 'utf8'))),
  ).toEqual([]);
});

test('what is not documented is noticed', () => {
  const summary = { docs: { summary: 'Fine.' } };
  const types = {
    'a.Props': {
      ...summary,
      kind: 'interface' as const,
      datatype: true,
      name: 'Props',
      properties: [{ ...summary, name: 'size', optional: true }],
    },
    'a.Thing': {
      kind: 'class' as const,
      name: 'Thing',
      initializer: { name: '', parameters: [{ name: 'scope' }] },
      methods: [{ name: 'go', parameters: [{ ...summary, name: 'where' }, { name: 'when' }] }],
      properties: [{ name: 'url' }, { ...summary, name: 'port', optional: true }],
    },
    'a.Kind': { ...summary, kind: 'enum' as const, name: 'Kind', members: [{ name: 'ONE' }] },
  };
  expect(undocumented({ types })).toEqual([
    'Props.size: no @default',
    'Thing: no summary',
    'new Thing, scope: no summary',
    'Thing.go(): no summary',
    'Thing.go(), when: no summary',
    'Thing.url: no summary',
    'Kind.ONE: no summary',
  ]);
});

function distinct(names: readonly string[]): string[] {
  return [...new Set(names)].sort();
}

/** The bundled dependencies and all that they need, as the lock file has them. */
function neededPackages(): string[] {
  const { packages } = JSON.parse(fs.readFileSync(path.join(ROOT, 'package-lock.json'), 'utf8'));
  const needed = new Set<string>(packages[''].bundleDependencies);
  for (const name of needed) {
    for (const dependency of Object.keys(packages[`node_modules/${name}`]?.dependencies ?? {}))
      needed.add(dependency);
  }
  return [...needed];
}
