// What the README shows is run here: its app and its message. Its two commands are run by .ci/newcomer and
// test/synth-command.slow.test.ts.
import { transformSync } from '@swc/core';
import * as cdk8s from 'cdk8s';
import * as library from '../../lib';
import { newFolder } from '../support/folder';
import { blocksIn, readPage } from '../support/page';
import { cloneTo, run } from '../support/project';

const README = readPage('README.md');

test('has less than 150 lines', () => {
  expect(README.split('\n').length).toBeLessThan(150);
});

test('its app synthesizes', () => {
  const app = cdk8s.Testing.app();
  new library.FixedStore().useIn(app);
  const [example = '', ...others] = blocksIn(README, 'ts');
  expect(others).toEqual([]);
  // The text makes its own App and writes files; here it gets one that is in memory.
  const { code } = transformSync(example.replace('new RegistryApp()', 'given').replace('app.synth();', ''), {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
    module: { type: 'commonjs' },
  });
  const modules: Record<string, object> = { cdk8s, 'cdk8s-registry': library };
  new Function('require', 'exports', 'given', code)((name: string) => modules[name], {}, app);
  const [chart] = app.charts;
  expect(cdk8s.Testing.synth(chart as cdk8s.Chart).map(({ kind }) => kind)).toEqual(
    expect.arrayContaining(['Namespace', 'Deployment', 'Ingress', 'PersistentVolumeClaim']),
  );
});

test('its message is what the default app says', () => {
  const [message] = blocksIn(README, 'text');
  const wrong = { REGISTRY_HOST: 'https://registry.example.com', REGISTRY_PVC_SIZE: '50' };
  expect(run(cloneTo(newFolder()), 'node -r esbuild-register main.ts', wrong)).toMatchObject({
    status: 1,
    stderr: message,
  });
});

test.each(['README.md', 'docs/ui.md', 'docs/comparison.md'])(
  "%s names the license of the UI's image",
  (page) => {
    expect(readPage(page)).toContain('AGPL-3.0');
  },
);
