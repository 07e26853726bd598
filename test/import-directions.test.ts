// The directions of imports in lib/, as CONTRIBUTING.md describes them. `import type` leaves nothing at run time, and may go anywhere.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { ROOT } from './support/project';

const LIB = join(ROOT, 'lib');

/** What a file imports from this project, by paths from lib/. */
function importsOf(file: string): string[] {
  const text = readFileSync(join(LIB, file), 'utf8');
  return [...text.matchAll(/^(?:import|export)\s(?!type\b)[^;]*?from '(\.[^']+)'/gms)].map(([, to]) => {
    const path = join(LIB, dirname(file), to as string);
    return relative(LIB, existsSync(`${path}.ts`) ? `${path}.ts` : join(path, 'index.ts'));
  });
}

const IMPORTS = new Map(
  readdirSync(LIB, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .map((file) => [file, importsOf(file)]),
);

/** The layers from top to bottom. A file imports from its own and lower ones. */
const LAYERS: readonly RegExp[] = [
  /^index\.ts$/,
  /^helm\//,
  // What stands beside a registry, and is given one.
  /^registry-(local-hosting|node-trust|pull-secret|toolbox)\.ts$/,
  /^registry\.ts$/,
  /^[^/]+\.ts$|^storage\//,
  /^(network|manifests|credentials|validation)\/|^\.\.\/imports\//,
];

const layerOf = (file: string) => LAYERS.findIndex((layer) => layer.test(file));

test('every file has a layer', () => {
  expect(IMPORTS.size).toBeGreaterThan(100);
  expect([...IMPORTS.keys()].filter((file) => layerOf(file) === -1)).toEqual([]);
});

test('imports lead to the same layer or to lower ones', () => {
  const upwards = [...IMPORTS].flatMap(([file, all]) => all.filter((to) => layerOf(to) < layerOf(file)).map((to) => `${file} → ${to}`));
  expect(upwards).toEqual([]);
});

test('there are no cycles', () => {
  const done = new Set<string>();
  const cycles: string[] = [];
  const visit = (file: string, above: readonly string[]): void => {
    if (above.includes(file)) cycles.push([...above.slice(above.indexOf(file)), file].join(' → '));
    if (done.has(file) || above.includes(file)) return;
    for (const to of IMPORTS.get(file) ?? []) visit(to, [...above, file]);
    done.add(file);
  };
  for (const file of IMPORTS.keys()) visit(file, []);
  expect(cycles).toEqual([]);
});
