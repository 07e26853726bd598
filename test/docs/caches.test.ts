// What docs/caches.md shows is made here. That nodes pull with such files is in test/e2e/caches.test.ts.
import { transformSync } from '@swc/core';
import { Size } from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryFromValues } from '../../lib/chart/from-values';
import { ChartSchema } from '../chart/chart-schema';
import { nameOf } from '../chart/named-objects';
import { registryOfValues } from '../chart/values-registry';
import { blocksIn, readPage } from '../support/page';
import { type Manifest, manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/caches.md');

function made() {
  const chart = newChart();
  const code = `${blocksIn(PAGE, 'ts').join('\n')}\nreturn { registry, hub };`;
  const scope = { ...library, ...plus, Size, chart };
  const options = { jsc: { parser: { syntax: 'typescript' as const }, target: 'es2022' as const } };
  const script = transformSync(`function make() {${code}}`, options).code;
  const make = new Function(...Object.keys(scope), `${script}\nreturn make();`);
  const { registry, hub } = make(...Object.values(scope)) as {
    readonly registry: library.Registry;
    readonly hub: library.RegistryCacheOptions;
  };
  return { chart, registry, hub };
}

test('the caches of the page', () => {
  const { chart } = made();
  expect(problemsIn(chart)).toEqual([]);
  const deployments = manifestsIn(chart).filter(({ kind }) => kind === 'Deployment');
  expect(deployments.filter(({ metadata }) => metadata.name.includes('-cache-'))).toHaveLength(7);
});

test('the values of the page make the objects of the caches beside them', () => {
  const values = blocksIn(PAGE, 'yaml').map((text) => parse(text));
  const { problems, plain } = registryOfValues(values.find(({ caches }) => caches));
  expect(problems).toEqual([]);
  const ofCaches = (objects: readonly Manifest[]) =>
    objects.map(nameOf).filter((name) => /\/registry-cache-(docker|ghcr|quay|registry-k8s)-io$/.test(name));
  expect(ofCaches(plain?.objects ?? []).sort()).toEqual(ofCaches(manifestsIn(made().chart)).sort());
  expect(ofCaches(plain?.objects ?? [])).toHaveLength(16);
});

test('the files of nodes are those that the page shows', () => {
  const files = made().registry.nodeFiles({ mirrorOf: ['docker.io'] });
  const [toml] = files
    .filesFor(library.NodeRuntime.CONTAINERD)
    .filter(({ path }) => path === '/etc/containerd/certs.d/docker.io/hosts.toml');
  expect(toml?.content.replace(/^#.*\n/, '')).toBe(blocksIn(PAGE, 'toml').join(''));
  const { mirrors } = parse(files.k3sRegistriesYaml);
  const [shown] = blocksIn(PAGE, 'yaml').filter((text) => text.startsWith('mirrors:'));
  expect(mirrors).toMatchObject(parse(shown ?? '').mirrors);
});

// The chart's templates are compared with the constructs of values in test/chart/equality.
test('the values of the page make the same front, and the same files for nodes', () => {
  const blocks = blocksIn(PAGE, 'yaml').filter((text) => !/^mirrors:|^ +prefetch:/m.test(text));
  const values = Object.assign({}, ...blocks.map((text) => parse(text)));
  expect(new ChartSchema().wrongPaths(values)).toEqual([]);
  const chart = newChart();
  registryFromValues(chart, values, { name: 'registry', namespace: 'registry' });
  expect(problemsIn(chart)).toEqual([]);
  const ofPage = made().chart;
  for (const name of ['ConfigMap/registry-front', 'ConfigMap/registry-node-trust'])
    expect(manifest(chart, name).data).toEqual(manifest(ofPage, name).data);
});

test('the header of the page is what containerd is told', () => {
  const { data } = manifest(made().chart, 'Secret/closed-node-trust');
  const header = blocksIn(PAGE, 'text').join('');
  const basic = /"Basic (.*)"/;
  expect(Buffer.from(basic.exec(header)?.[1] ?? '', 'base64').toString()).toBe('nodes:secret');
  const toml = Buffer.from(data['docker.io.hosts.toml'], 'base64').toString();
  expect(toml.replace(basic, '"Basic"')).toContain(header.replace(basic, '"Basic"'));
});

test('the Secret of the page is the one that the cache reads', () => {
  const command = blocksIn(PAGE, 'sh').find((text) => text.includes('create secret')) ?? '';
  const { volumes } = manifest(made().chart, 'Deployment/registry-cache-docker-io').spec.template.spec;
  const { secret } = volumes.find(({ name }: { name: string }) => name === 'upstream-login');
  expect(command).toContain(`secret generic ${secret.secretName} `);
  for (const { key } of secret.items) expect(command).toContain(`--from-literal ${key}=`);
});

test('the values of the page fetch the images of the constructs, at the same time', () => {
  const [values] = blocksIn(PAGE, 'yaml').filter((text) => /^ +prefetch:/m.test(text));
  const chart = newChart();
  registryFromValues(chart, parse(values ?? ''), { name: 'registry', namespace: 'registry' });
  expect(problemsIn(chart)).toEqual([]);
  const alone = newChart();
  new library.RegistryCache(alone, 'hub', made().hub);
  const of = (where: typeof chart) => {
    const { schedule, timeZone, jobTemplate } = manifest(
      where,
      'CronJob/registry-cache-docker-io-prefetch',
    ).spec;
    const [{ args, env }] = jobTemplate.spec.template.spec.containers;
    return { schedule, timeZone, args, platforms: env[1] };
  };
  expect(of(chart)).toEqual(of(alone));
});

test('the prefetched images of the page, and the CronJob that its commands name', () => {
  const chart = newChart();
  const cache = new library.RegistryCache(chart, 'hub', made().hub);
  expect(problemsIn(chart)).toEqual([]);
  const { schedule, timeZone, jobTemplate } = manifest(chart, `CronJob/${cache.prefetchCronJob?.name}`).spec;
  expect({ schedule, timeZone }).toEqual({ schedule: '30 2 * * *', timeZone: 'Europe/Berlin' });
  expect(jobTemplate.spec.template.spec.containers[0].args).toContain('library/nginx:1.27.*-alpine');
  const commands = blocksIn(PAGE, 'sh').find((text) => text.includes('create job')) ?? '';
  expect(commands).toContain(`--from=cronjob/${cache.prefetchCronJob?.name} `);
  for (const pattern of blocksIn(PAGE, 'promql')
    .join('')
    .matchAll(/cronjob=~"([^"]+)"/g))
    expect(cache.prefetchCronJob?.name).toMatch(new RegExp(`^${pattern[1]}$`));
});
