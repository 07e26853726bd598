// What docs/caches.md shows is made here. That a node pulls with its files is in test/e2e/caches.test.ts.
import { transformSync } from '@swc/core';
import { Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { blocksIn, readPage } from '../support/page';
import { manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/caches.md');

function made() {
  const chart = newChart();
  const code = blocksIn(PAGE, 'ts').join('\n');
  const scope = { ...library, ...plus, Size, chart };
  const script = transformSync(code, { jsc: { parser: { syntax: 'typescript' }, target: 'es2022' } }).code;
  new Function(...Object.keys(scope), script)(...Object.values(scope));
  return chart;
}

test('the caches of the page', () => {
  const chart = made();
  expect(problemsIn(chart)).toEqual([]);
  expect(manifestsIn(chart).filter(({ kind }) => kind === 'Deployment')).toHaveLength(5);
});

test('the files of nodes name the addresses of the caches', () => {
  const chart = made();
  const addressOf = (cache: string) => `http://${manifest(chart, `Service/${cache}`).spec.clusterIP}:5000`;
  const { mirrors } = parse(blocksIn(PAGE, 'yaml').join(''));
  expect(mirrors['docker.io'].endpoint).toEqual([addressOf('registry-cache-docker-io')]);
  expect(mirrors['ghcr.io'].endpoint).toEqual([addressOf('registry-cache-ghcr-io')]);
  expect(blocksIn(PAGE, 'toml').join('')).toContain(`[host."${addressOf('registry-cache-docker-io')}"]`);
});

test('the Secret of the page is the one that the cache reads', () => {
  const [command = ''] = blocksIn(PAGE, 'sh');
  const { volumes } = manifest(made(), 'Deployment/registry-cache-docker-io').spec.template.spec;
  const { secret } = volumes.find(({ name }: { name: string }) => name === 'upstream-login');
  expect(command).toContain(`secret generic ${secret.secretName} `);
  for (const { key } of secret.items) expect(command).toContain(`--from-literal ${key}=`);
});
