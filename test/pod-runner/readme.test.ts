// The example at the top of tools/pod-runner/README.md is run here, on the default app's manifests.
import { transformSync } from '@swc/core';
import { checkManifests, readManifests } from '../../tools/pod-runner/manifests';
import { PodRunner } from '../../tools/pod-runner/pod-runner';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { DEFAULT_APP, synthesize } from '../e2e/scenario';
import { blocksIn, readPage } from '../support/page';

const [example = '', ...others] = blocksIn(readPage('tools/pod-runner/README.md'), 'ts');

test('is one example', () => {
  expect(others).toEqual([]);
});

describeWith('the example', [...POD_PROGRAMS, 'registry3'], () => {
  const before = process.cwd();
  afterEach(() => process.chdir(before));

  test('runs the registry, reaches and restarts it', async () => {
    process.chdir(synthesize(DEFAULT_APP).folder);
    const body = `(async () => {\n${example}\n})()`;
    const { code } = transformSync(body, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
    const scope = { PodRunner, checkManifests, readManifests };
    await new Function(...Object.keys(scope), `return ${code}`)(...Object.values(scope));
  });
});
