// What docs/operations/move.md shows is made here: its constructs have no problems, its values mean the same, and the Secrets
// of its commands have their logins where a copy looks for them.
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryOfValues } from '../chart/values-registry';
import { blocksIn, readPage, sectionOf } from '../support/page';
import { type Manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/operations/move.md');
const SOURCES = sectionOf(PAGE, '## From other registries');

/** Beside a registry of the app. */
function objectsOf(typescript: string): Manifest[] {
  const chart = newChart();
  const registry = new library.Registry(chart, 'registry', {});
  const credentials = library.S3Credentials.none();
  const scope = { ...library, ...plus, ...cdk8s, chart, registry, credentials };
  const code = typescript.replace('(host: string, secret: string)', '(host, secret)');
  new Function(...Object.keys(scope), code)(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  return manifestsIn(chart);
}

function objectsOfValues(yaml: string): readonly Manifest[] {
  const { plain, problems } = registryOfValues(parse(yaml));
  expect(problems).toEqual([]);
  return plain?.objects ?? [];
}

/** Specs by the objects' names. */
const specsOf = (objects: readonly Manifest[], kind: string): Record<string, unknown> =>
  Object.fromEntries(
    objects
      .filter((object) => object.kind === kind && object.metadata.name.includes('-copy'))
      .map(({ metadata, spec }) => [metadata.name, spec]),
  );

test('each block can be synthesized', () => {
  const steps = blocksIn(PAGE.replace(/^ {3}/gm, ''), 'ts').map((text) =>
    Object.keys(specsOf(objectsOf(text), 'CronJob')),
  );
  expect(steps).toEqual([
    ['registry-copy'],
    ['next-copy'],
    expect.arrayContaining(['registry-copy-harbor']),
    ['registry-copy-own-gitlab'],
  ]);
  const values = blocksIn(PAGE, 'yaml').map((text) => Object.keys(specsOf(objectsOfValues(text), 'CronJob')));
  expect(values).toEqual([
    ['registry-copy', 'registry-copy-nightly'],
    expect.anything(),
    ['registry-copy-own-gitlab'],
  ]);
});

test('the steps from a volume to a bucket: read-only, then the bucket alone, and never two that write to it', () => {
  const backend = library.StorageBackend.s3({
    bucket: 'images',
    region: 'eu-central-1',
    credentials: library.S3Credentials.none(),
  });
  const problemsOf = (storage: library.RegistryStorageOptions, next: boolean) => {
    const chart = newChart();
    const registry = new library.Registry(chart, 'registry', { storage });
    if (next) {
      const target = new library.Registry(chart, 'next', { name: 'next', storage: { backend } });
      new library.RegistryCopy(chart, 'copy', {
        source: library.CopyEndpoint.registry(registry),
        target: library.CopyEndpoint.registry(target),
      });
    }
    return problemsIn(chart);
  };
  expect(problemsOf({ readOnly: true }, true)).toEqual([]);
  expect(problemsOf({ backend }, false)).toEqual([]);
  expect(problemsOf({ backend }, true)).toEqual([expect.stringContaining('images')]);
});

describe('from each source', () => {
  const [typescript = ''] = blocksIn(SOURCES, 'ts');
  const [yaml = ''] = blocksIn(SOURCES, 'yaml');
  const [commands = ''] = blocksIn(SOURCES, 'sh');

  test.each([
    ['each', typescript, yaml],
    ['a GitLab of your own', blocksIn(SOURCES, 'ts')[1] ?? '', blocksIn(SOURCES, 'yaml')[1] ?? ''],
  ])('constructs and values mean the same: %s', (_, code, values) => {
    const [theirs, ours] = [objectsOfValues(values), objectsOf(code)];
    for (const kind of ['CronJob', 'NetworkPolicy'])
      expect(specsOf(theirs, kind)).toEqual(specsOf(ours, kind));
  });

  test('its login is where the copy looks for it', () => {
    const secrets = new Map(
      [...commands.matchAll(/docker-registry (\S+) --docker-server=(\S+)/g)].map(([, name, server]) => [
        name,
        server,
      ]),
    );
    const copies = Object.entries(specsOf(objectsOf(typescript), 'CronJob')) as [string, Manifest][];
    expect(copies).toHaveLength(secrets.size);
    for (const [name, { jobTemplate }] of copies) {
      const { volumes, initContainers } = jobTemplate.spec.template.spec;
      const login = volumes.find((volume: Manifest) => volume.name === 'source-login').secret.secretName;
      const { value } = initContainers[0].env.find((one: Manifest) => one.name === 'SOURCE_LOGIN_AT');
      expect({ name, at: value.split(' ') }).toEqual({
        name,
        at: expect.arrayContaining([secrets.get(login)]),
      });
    }
  });

  test('the table has a row of each', () => {
    const rows = [...SOURCES.matchAll(/^\| (?:\[([\w ]+)\]|Distribution).* \|$/gm)].map(([, name]) => name);
    expect(rows.filter(Boolean)).toHaveLength((parse(yaml) as { copies: unknown[] }).copies.length);
  });
});
