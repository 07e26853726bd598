// nginx reads every configuration that the combinations and the catalogue come to, by `nginx -t`: Debian's and a
// newer one. The sample is that of combinations.test.ts.
import { spawnSync } from 'node:child_process';
import { chmodSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Chart } from 'cdk8s';
import { FRONT_PATHS } from '../../lib/front/front';
import { describeWith, ENVIRONMENT, pathOf } from '../../tools/programs';
import { REGISTRIES } from '../catalogue/catalogue';
import { type Kind, registryOf } from '../catalogue/kind';
import { issue } from '../support/certificates';
import { newPublicFolder } from '../support/folder';
import { manifestsIn, problemsIn } from '../support/synth';
import { fronts } from './product';
import { NGINXES } from './running-front';

jest.setTimeout(1_200_000);

/** What nginx reads in a pod, by the line that its start script writes. */
function* configurationsIn(chart: Chart): Generator<[nginx: string, listen: string]> {
  for (const { kind, data } of manifestsIn(chart)) {
    if (kind !== 'ConfigMap' || data['nginx.conf'] === undefined || data['front.sh'] === undefined) continue;
    yield [data['nginx.conf'], /echo "(listen \d[^"]*)"/.exec(data['front.sh'])?.[1] ?? 'no such line'];
  }
}

/** All of them, each once. */
function configurations(): Map<string, string> {
  const charts = [...fronts()].filter(({ refused }) => !refused).map(({ chart }) => chart);
  for (const [, kind] of REGISTRIES) {
    const props: Kind['props'] = (scope) => ({ front: {}, ...kind.props(scope) });
    const { chart } = registryOf({ ...kind, props });
    if (problemsIn(chart).length === 0) charts.push(chart);
  }
  return new Map(charts.flatMap((chart) => [...configurationsIn(chart)]));
}

describeWith("the front's configurations", NGINXES, () => {
  const folder = newPublicFolder();
  /** In place of a file of the pod. */
  const fileOf = (path: string) => join(folder, path);
  /** The same, for the folders of this test, without names to look up; a socket, as Node gives, can't be opened. */
  const here = (text: string) =>
    text
      .replaceAll(new RegExp(`(?<=[ \`])(${Object.values(FRONT_PATHS).join('|')})/`, 'g'), `${folder}$1/`)
      .replace(/proxy_ssl_trusted_certificate .*;/, `proxy_ssl_trusted_certificate ${fileOf('ca.crt')};`)
      .replaceAll('/dev/stdout', fileOf('audit.log'))
      .replace(/(proxy_pass https?:\/\/)[^/;]+\.[^/;]+/, '$1127.0.0.1:1');

  let all: Map<string, string>;
  beforeAll(async () => {
    all = configurations();
    mkdirSync(fileOf(FRONT_PATHS.run), { recursive: true });
    chmodSync(fileOf(FRONT_PATHS.run), 0o777);
    writeFileSync(fileOf('ca.crt'), (await issue({ commonName: 'a CA', signs: true })).certificate);
  });

  test.each(NGINXES)('are read by %s', (nginx) => {
    const file = fileOf('nginx.conf');
    for (const [text, listen] of all) {
      writeFileSync(file, here(text));
      writeFileSync(join(fileOf(FRONT_PATHS.run), 'listen.conf'), listen);
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
    expect(all.size).toBeGreaterThan(20);
  });
});
