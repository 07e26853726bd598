// What runs once and is run again: the volumes of a pod outlive its containers, so every script of ours runs
// on what its last run left, whole or cut.

import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, readFileSync, readlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Registry, RegistryUIAccess, StorageBackend } from '../lib';
import { newFolder } from './support/folder';
import { manifest, newChart } from './support/synth';

/** The image's folders, as far as the script is concerned. */
const IMAGE = {
  'etc/nginx/nginx.conf': 'http {}',
  'etc/nginx/conf.d/default.conf': 'server {}',
  'usr/share/nginx/html/index.html': '<html>',
  'usr/share/nginx/html/images/logo.svg': '<svg>',
  'usr/share/nginx/html/fonts/text.woff2': 'font',
};

/** A machine on which the script's paths are below a folder. */
function image(): string {
  const root = newFolder();
  for (const [path, text] of Object.entries(IMAGE)) {
    mkdirSync(join(root, path, '..'), { recursive: true });
    writeFileSync(join(root, path), text);
  }
  for (const volume of ['nginx', 'html']) mkdirSync(join(root, 'prepared', volume), { recursive: true });
  return root;
}

function run(root: string, script: string) {
  const below = script.replace(/(?<![\w.])\/(prepared|etc\/nginx|usr\/share\/nginx)/g, `${root}/$1`);
  return spawnSync('sh', ['-ec', below], { encoding: 'utf8' });
}

/** All files and links below a folder, with what is in them. */
function tree(folder: string, at = ''): Record<string, string> {
  return Object.fromEntries(
    readdirSync(join(folder, at), { withFileTypes: true }).flatMap((entry) => {
      const path = join(at, entry.name);
      if (entry.isSymbolicLink()) return [[path, `-> ${readlinkSync(join(folder, path))}`]];
      return entry.isDirectory()
        ? Object.entries(tree(folder, path))
        : [[path, readFileSync(join(folder, path), 'utf8')]];
    }),
  );
}

/** The script's beginning, up to each of its lines. */
function cuts(script: string): string[] {
  const lines = script.split('\n');
  return lines.map((_, index) => lines.slice(0, index + 1).join('\n'));
}

const ACCESS = {
  'at /ui': RegistryUIAccess.path(),
  'at /images, which is a folder of the UI': RegistryUIAccess.path({ path: '/images' }),
  'at /fonts, which is a folder of the UI': RegistryUIAccess.path({ path: '/fonts' }),
  'at a host of its own, with a proxy': RegistryUIAccess.host('ui.example.com'),
};

describe.each(Object.entries(ACCESS))('the UI %s', (_, access) => {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ingress: {}, ui: { access } });
  const { initContainers } = manifest(chart, 'Deployment/registry-ui').spec.template.spec;
  const script: string = initContainers[0].command[2];
  const once = image();
  const first = run(once, script);

  test('is prepared', () => {
    expect(first).toMatchObject({ status: 0, stderr: '' });
    expect(tree(join(once, 'prepared'))).toMatchObject({
      'html/index.html': '<html>',
      'nginx/conf.d/default.conf': 'server {}',
    });
  });

  test('is the same after a second run', () => {
    const twice = image();
    expect({ first: run(twice, script), second: run(twice, script) }).toMatchObject({
      first: { status: 0 },
      second: { status: 0, stderr: '' },
    });
    expect(tree(join(twice, 'prepared'))).toEqual(tree(join(once, 'prepared')));
  });

  test.each(cuts(script).map((part, index) => ({ part, line: index + 1 })))(
    'is the same after a run that was cut at line $line',
    ({ part }) => {
      const cut = image();
      run(cut, part); // a part may be half a statement
      expect(run(cut, script)).toMatchObject({ status: 0, stderr: '' });
      expect(tree(join(cut, 'prepared'))).toEqual(tree(join(once, 'prepared')));
    },
  );
});

test('no other script of ours is unknown here', () => {
  const chart = newChart();
  new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ingress: {},
    ui: {},
    storage: { backend: StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true }), deletion: true },
    garbageCollection: { onStart: true },
  });
  const pods = ['registry', 'registry-ui'].map(
    (name) => manifest(chart, `Deployment/${name}`).spec.template.spec,
  );
  // fix-owner needs root, and runs twice on a machine in test/e2e; a collection changes nothing that is still
  // used, so that a second one finds less to do.
  expect(
    pods.flatMap(({ initContainers }) => initContainers.map(({ name }: { name: string }) => name)),
  ).toEqual(['fix-owner', 'collect-garbage', 'prepare']);
});
