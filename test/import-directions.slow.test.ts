// The directions of imports in lib/, as CONTRIBUTING.md describes them: .dependency-cruiser.mjs holds the
// rules.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { newFolder } from './support/folder';
import { ROOT } from './support/project';

/** What dependency-cruiser finds in a folder with the rules of this project: `rule: from → to`. */
function violationsIn(folder: string): string[] {
  const program = path.join(ROOT, 'node_modules/.bin/depcruise');
  const rules = path.join(ROOT, '.dependency-cruiser.mjs');
  const args = [program, 'lib', '--config', rules, '--output-type', 'json'];
  const { stdout, stderr } = spawnSync(process.execPath, args, {
    cwd: folder,
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
  });
  if (stdout === '') throw new Error(stderr);
  const { summary } = JSON.parse(stdout) as Cruised;
  expect(summary.totalCruised).toBeGreaterThan(100);
  return summary.violations.map(({ rule, from, to }) => `${rule.name}: ${from} → ${to}`);
}

interface Cruised {
  readonly summary: {
    readonly totalCruised: number;
    readonly violations: readonly {
      readonly rule: { readonly name: string };
      readonly from: string;
      readonly to: string;
    }[];
  };
}

test('imports lead to the same layer or to lower ones, without a cycle', () => {
  expect(violationsIn(ROOT)).toEqual([]);
});

test.each([
  [
    'upwards',
    'lib/core/labels.ts',
    '../server/cors',
    /^\d+: .*: lib\/core\/labels\.ts → lib\/server\/cors\.ts$/,
  ],
  [
    'upwards by a type',
    'lib/core/labels.ts',
    '../registry',
    /^\d+: .*: lib\/core\/labels\.ts → lib\/registry\.ts$/,
  ],
  ['in a circle', 'lib/core/formats.ts', './check', /^no cycles: lib\/core\//],
  ['from the barrel', 'lib/ui/ui.ts', '../index', /^\d+: .*: lib\/ui\/ui\.ts → lib\/index\.ts$/],
])(
  'an import that leads %s is found',
  (how, file, to, violation) => {
    const folder = newFolder();
    for (const name of ['lib', 'imports', 'tsconfig.json'])
      fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
    fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
    fs.appendFileSync(
      path.join(folder, file),
      `\n${how === 'upwards by a type' ? 'import type' : 'import'} * as planted from '${to}';\nexport type Planted = typeof planted;\n`,
    );
    expect(violationsIn(folder)).toEqual(expect.arrayContaining([expect.stringMatching(violation)]));
  },
  60_000,
);

test('a file in a folder of its own needs a layer', () => {
  const folder = newFolder();
  for (const name of ['lib', 'imports', 'tsconfig.json'])
    fs.cpSync(path.join(ROOT, name), path.join(folder, name), { recursive: true });
  fs.symlinkSync(path.join(ROOT, 'node_modules'), path.join(folder, 'node_modules'));
  fs.mkdirSync(path.join(folder, 'lib/elsewhere'));
  fs.writeFileSync(path.join(folder, 'lib/elsewhere/thing.ts'), "export * from '../core/labels';\n");
  expect(violationsIn(folder)).toEqual([
    'every file has a layer: lib/elsewhere/thing.ts → lib/core/labels.ts',
  ]);
});
