// What docs/tokens.md shows is made here.
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import * as library from '../../lib';
import { issue } from '../support/certificates';
import { blocksIn, readPage } from '../support/page';
import { manifest, newChart, problemsIn } from '../support/synth';

const JWKS = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}';
const fragments = blocksIn(readPage('docs/tokens.md'), 'ts')
  .flatMap((text) => text.split('\n'))
  .filter((line) => line.startsWith('auth:'));

test('there are as many fragments as the page shows', () => {
  expect(fragments).toHaveLength(4);
});

test.each(fragments)('%s', async (fragment) => {
  const { certificate } = await issue();
  const chart = newChart();
  const scope = {
    ...library,
    ...plus,
    chart,
    readFileSync: (name: string) => (name === 'jwks.json' ? JWKS : certificate),
  };
  const { code } = transformSync(`new Registry(chart, 'registry', { ${fragment} });`, {
    jsc: { parser: { syntax: 'typescript' }, target: 'es2022' },
  });
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  expect(manifest(chart, 'ConfigMap/registry-config').data['config.yml']).toContain('token:');
});
