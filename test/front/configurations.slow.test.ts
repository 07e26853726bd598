// nginx reads every configuration that the combinations and the catalogue come to, by `nginx -t`: Debian's and a
// newer one. The sample is that of combinations.test.ts. So it does those that Helm makes of values with fronts.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CACHE_ADDRESSES } from '../../lib/front/cache-maps';
import { FRONT_PATHS } from '../../lib/front/front-pod';
import { CACHES_FILE } from '../../lib/front/front-script';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { REGISTRIES } from '../catalogue/catalogue';
import { type Kind, registryOf } from '../catalogue/kind';
import { CACHED } from '../chart/equality/cache-products';
import { CHART } from '../chart/equality/prover';
import { HelmRender } from '../chart/helm-render';
import { FRONTS } from '../chart/value-sets/front';
import { issue } from '../support/certificates';
import { newPublicFolder } from '../support/folder';
import { type Manifest, manifestsIn, problemsIn } from '../support/synth';
import { fronts } from './product';
import { NGINXES } from './running-front';

jest.setTimeout(1_200_000);

/** nginx.conf, and the files that the start script writes beside it. */
interface Configuration {
  readonly text: string;
  readonly listen: string;
  readonly caches: string;
}

function configurationsIn(manifests: readonly Manifest[]): Configuration[] {
  const maps = manifests.filter(({ kind, data }) => kind === 'ConfigMap' && data?.['front.sh'] !== undefined);
  return maps.map(({ data }) => ({
    text: data['nginx.conf'],
    listen: /echo "(listen \d[^"]*)"/.exec(data['front.sh'])?.[1] ?? 'no such line',
    caches: (data[CACHES_FILE] ?? '').replace(/^(\S+) .*$/gm, 'upstream $1 { server 127.0.0.1:9; }'),
  }));
}

/** All of them, each once. */
function configurations(): Configuration[] {
  const all = new Map<string, Configuration>();
  const add = (manifests: readonly Manifest[]) => {
    for (const each of configurationsIn(manifests)) all.set(JSON.stringify(each), each);
  };
  for (const { chart, refused } of fronts()) if (!refused) add(manifestsIn(chart));
  for (const [, kind] of REGISTRIES) {
    const props: Kind['props'] = (scope) => ({ front: {}, ...kind.props(scope) });
    const { chart } = registryOf({ ...kind, props });
    if (problemsIn(chart).length === 0) add(manifestsIn(chart));
  }
  return [...all.values()];
}

/** Those of the chart, of the values that it accepts. */
async function configurationsOfChart(): Promise<Configuration[]> {
  const render = new HelmRender({ program: 'helmRender3', chart: CHART, standIns: true });
  try {
    const all = [...FRONTS.map(({ values }) => values), ...CACHED.values(40, 1)];
    const rendered = await Promise.all(all.map((values) => render.render({ values })));
    return rendered.flatMap(({ manifests = {} }) => configurationsIn(Object.values(manifests).flat()));
  } finally {
    await render.close();
  }
}

describeWith("the front's configurations", [...NGINXES, 'helmRender3'], () => {
  const folder = newPublicFolder();
  /** In place of a file of the pod. */
  const fileOf = (path: string) => join(folder, path);
  /** The same, for the folders of this test, without names to look up; a socket, as Node gives, can't be opened. */
  const here = (text: string) =>
    text
      .replaceAll(new RegExp(`(?<= )(${Object.values(FRONT_PATHS).join('|')})/`, 'g'), `${folder}$1/`)
      .replace(/proxy_ssl_trusted_certificate .*;/, `proxy_ssl_trusted_certificate ${fileOf('ca.crt')};`)
      .replaceAll('/dev/stdout', fileOf('audit.log'))
      .replace(/(proxy_pass https?:\/\/)[^/;]+\.[^/;]+/, '$1127.0.0.1:1');

  const all: Configuration[] = [];
  beforeAll(async () => {
    const ofChart = await configurationsOfChart();
    expect(ofChart.filter(({ caches }) => caches !== '').length).toBeGreaterThan(5);
    all.push(...configurations(), ...ofChart);
    mkdirSync(fileOf(FRONT_PATHS.run), { recursive: true });
    chmodSync(fileOf(FRONT_PATHS.run), 0o777);
    writeFileSync(fileOf('ca.crt'), (await issue({ commonName: 'a CA', signs: true })).certificate);
  });

  test.each(NGINXES)('are read by %s', (nginx) => {
    const file = fileOf('nginx.conf');
    for (const { text, listen, caches } of all) {
      writeFileSync(file, here(text));
      writeFileSync(join(fileOf(FRONT_PATHS.run), 'listen.conf'), listen);
      writeFileSync(join(fileOf(FRONT_PATHS.run), 'listen-collection.conf'), 'listen 127.0.0.1:5099;');
      writeFileSync(join(fileOf(FRONT_PATHS.run), CACHE_ADDRESSES), caches);
      const { status, stderr } = spawnSync(
        pathOf(nginx),
        ['-t', '-q', '-p', folder, '-c', file, '-e', 'stderr'],
        {
          encoding: 'utf8',
          env: ENVIRONMENT,
        },
      );
      expect([stderr, status, listen]).toEqual(['', 0, listen]);
    }
    expect(all.length).toBeGreaterThan(20);
  });
});
