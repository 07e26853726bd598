// What docs/operations/backup.md says of copies: constructs and values make the same CronJobs, one for each night and the way
// back, and each of its commands names the one that it means.
import * as cdk8s from 'cdk8s';
import * as plus from 'cdk8s-plus-27';
import { parse } from 'yaml';
import * as library from '../../lib';
import { registryOfValues } from '../chart/values-registry';
import { blocksIn, readPage, sectionOf } from '../support/page';
import { type Manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const PAGE = readPage('docs/operations/backup.md');
const SECTION = sectionOf(PAGE, '## A copy each night');
const RESTORE = sectionOf(PAGE, '### Restore from the copy');
const NIGHTLY = 'registry-copy-nightly';
const BACK = 'registry-copy-restore';

const copiesOf = (objects: readonly Manifest[]) =>
  new Map(
    objects
      .filter(({ kind, metadata }) => kind === 'CronJob' && metadata.name.includes('-copy'))
      .map(({ metadata, spec }) => [metadata.name, spec]),
  );

function ofConstructs(): Map<string, any> {
  const chart = newChart();
  const registry = new library.Registry(chart, 'registry', {});
  const scope = { ...library, ...plus, ...cdk8s, chart, registry };
  new Function(...Object.keys(scope), blocksIn(SECTION, 'ts').join('\n'))(...Object.values(scope));
  expect(problemsIn(chart)).toEqual([]);
  return copiesOf(manifestsIn(chart));
}

function ofValues(): Map<string, any> {
  const { plain, problems } = registryOfValues(parse(blocksIn(SECTION, 'yaml').join('\n')));
  expect(problems).toEqual([]);
  return copiesOf(plain?.objects ?? []);
}

test('a copy each night, and the way back, which is suspended: constructs and values mean the same', () => {
  const copies = ofConstructs();
  expect([...copies].map(([name, { suspend }]) => [name, suspend])).toEqual([
    [NIGHTLY, false],
    [BACK, true],
  ]);
  expect(ofValues()).toEqual(copies);
});

test('each reads where the other one writes, with the login that the page makes', () => {
  const ends = [...ofConstructs()].map(([, { jobTemplate }]) => {
    const { volumes } = jobTemplate.spec.template.spec;
    const at = (end: string) =>
      volumes.find(({ name }: Manifest) => name === `${end}-login`)?.secret.secretName;
    return [at('source'), at('target')];
  });
  expect(ends).toEqual([
    [`${NIGHTLY}-source`, 'backup-login'],
    ['backup-login', `${BACK}-target`],
  ]);
  expect(SECTION).toContain('create secret docker-registry backup-login --docker-server=backup.example.com ');
});

test('the restore stops the nightly copy, runs the other one, and never the nightly', () => {
  const blocks = blocksIn(RESTORE, 'sh');
  const named = blocks.map((block) => [...block.matchAll(/cronjob[ /](\S+)/g)].map(([, name]) => name));
  expect(named).toEqual([[NIGHTLY, NIGHTLY], [BACK], [NIGHTLY]]);
  expect(blocks.filter((block) => block.includes('create job'))).toEqual([
    expect.stringContaining(`--from=cronjob/${BACK} `),
  ]);
});
