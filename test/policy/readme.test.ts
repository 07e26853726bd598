// The example at the top of tools/policy/README.md is run here, on the default app.
import { transformSync } from '@swc/core';
import { Testing } from 'cdk8s';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { GENERAL } from '../catalogue/general';
import { chartOf, type Kind } from '../catalogue/kind';
import { blocksIn, readPage } from '../support/page';

const [example = '', ...others] = blocksIn(readPage('tools/policy/README.md'), 'ts');

test('is one example', () => {
  expect(others).toEqual([]);
});

test('finds nothing in the default app', () => {
  const { code } = transformSync(example, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } });
  const scope = {
    Testing,
    chart: chartOf(GENERAL['the default app'] as Kind),
    schemaProblems,
    policyProblems,
    expect,
  };
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect.assertions(2);
});
