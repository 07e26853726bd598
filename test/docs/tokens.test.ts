// What docs/tokens.md shows is made here.
import { transformSync } from '@swc/core';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryFromValues } from '../../lib/chart/from-values';
import { ChartSchema } from '../chart/chart-schema';
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

const values = blocksIn(readPage('docs/tokens.md'), 'yaml');

test('there are as many examples of values as the page shows', () => {
  expect(values).toHaveLength(3);
});

// The chart's templates are compared with these constructs in test/chart/equality.
test.each(values)('%s', (text) => {
  const given = { host: 'registry.example.com', ...parse(text) };
  const chart = newChart();
  registryFromValues(chart, given, { name: 'registry', namespace: 'images' });
  expect(new ChartSchema().wrongPaths(given)).toEqual([]);
  expect(problemsIn(chart)).toEqual([]);
  expect(manifest(chart, 'ConfigMap/registry-config').data['config.yml']).toContain('token:');
});
