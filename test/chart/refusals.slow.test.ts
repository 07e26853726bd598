// What the constructs refuse, the chart refuses: each code of a message is refused by a rule of the chart, in the
// constructs' words, or by its schema, or no values lead to it.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART_ENTRIES, CHART_VALUES } from '../../lib/chart/values';
import type { ChartValue } from '../../lib/chart/values/value';
import { CODES } from '../../lib/core/messages';
import { describeWith } from '../../tools/programs';
import { ROOT } from '../support/project';
import { HelmRender, type RenderProgram } from './helm-render';
import { NAMESPACE } from './plain-registry';
import { BY_RULES } from './refusals/by-rules';
import { BY_SCHEMA } from './refusals/by-schema';
import { NEAR_MISSES } from './refusals/near-misses';
import { OUT_OF_REACH } from './refusals/out-of-reach';
import { nested } from './value-sets/value-set';
import { registryOfValues } from './values-registry';

const CHART = join(ROOT, 'chart', 'registry');
const PROGRAMS = { helmRender3: 'Helm 3', helmRender4: 'Helm 4' } as const;

/** Values by path, with the name of the release, and the version of the cluster where Helm speaks to one. */
type Sample = Readonly<Record<string, unknown>> & { readonly release?: string; readonly cluster?: string };

/** The template that tells a cluster's version, as if Helm spoke to one of that version. */
function clusterOf(version: string | undefined): Record<string, string> {
  if (version === undefined) return {};
  const path = 'templates/_cluster.tpl';
  const text = readFileSync(join(CHART, path), 'utf8');
  const asked = text.replace(/if \.Capabilities\.APIVersions\.Has .*? }}/, 'if true }}');
  return { [path]: asked.replace('.Capabilities.KubeVersion.Version', JSON.stringify(version)) };
}

test('each code has one answer', () => {
  const answers = [BY_RULES, BY_SCHEMA, OUT_OF_REACH].flatMap((part) => Object.keys(part));
  expect(answers.sort()).toEqual([...CODES].sort());
});

test('the rules are about the codes that are said to be refused by them', () => {
  const folder = join(CHART, 'templates');
  const rules = readdirSync(folder)
    .filter((name) => name.startsWith('_validation'))
    .flatMap((name) => [...readFileSync(join(folder, name), 'utf8').matchAll(/; .* \[([a-z0-9-]+)\]$/gm)]);
  expect([...new Set(rules.map(([, code]) => code))].sort()).toEqual(Object.keys(BY_RULES).sort());
});

for (const [program, title] of Object.entries(PROGRAMS) as [RenderProgram, string][]) {
  describeWith(`refusals of the chart by ${title}`, [program], () => {
    const helm = new HelmRender({ program, chart: CHART, standIns: true });
    afterAll(() => helm.close());

    // Helm 4 has the same language of templates: the first of each code, and all of them in `npm run prove`.
    const most = program === 'helmRender4' && !process.env.PROVE_REFUSALS ? 1 : undefined;
    const samples = Object.entries(BY_RULES).flatMap(([code, all]) =>
      all.slice(0, most).map((sample, index) => [`${code} ${index + 1}`, code, sample] as const),
    );

    test.each(samples)('%s', async (_, code, sample) => {
      const { release = 'registry', cluster, ...paths } = sample as Sample;
      const values = nested(paths);
      const name = String(release);
      const templates = clusterOf(cluster);
      const { error } = await helm.render({ values, release: name, namespace: NAMESPACE, templates });
      const [, said = error] = /these values can't be used:\n(.*)/s.exec(String(error)) ?? [];
      const problems = String(said).trim().split(/\n */);
      expect(problems.sort()).toEqual([...registryOfValues(values, { name, cluster }).problems].sort());
      expect(problems.join('\n')).toContain(`[${code}]`);
    });

    const accepted = Object.entries(NEAR_MISSES).flatMap(([about, all]) =>
      all.map((sample, index) => [`${about} ${index + 1}`, sample] as const),
    );

    test.each(accepted)('accepted: %s', async (_, { release = 'registry', ...paths }) => {
      const values = nested(paths);
      const name = String(release);
      const { error } = await helm.render({ values, release: name, namespace: NAMESPACE });
      expect(error).toBeUndefined();
      expect(registryOfValues(values, { name }).problems).toEqual([]);
    });

    test.each(Object.entries(BY_SCHEMA))('the schema: %s', async (_, [path, value]) => {
      const { error } = await helm.render({ values: nested({ [path]: value }) });
      expect(error).toContain("values don't meet the specifications of the schema(s)");
    });

    test('no message shows a secret', async () => {
      const all = CHART_VALUES.filter((value: ChartValue) => value.secret);
      expect(all.length).toBeGreaterThan(8);
      for (const { path } of all) {
        const secret = '-----BEGIN S3CR3T x-----';
        const type = path.startsWith('storage.') ? { 'storage.type': path.split('.')[1] } : {};
        const enabled = {
          'nodeTrust.enabled': true,
          'localRegistryHosting.enabled': true,
          'retention.enabled': true,
        };
        const values = nested({ ...type, ...enabled, [path]: secret });
        const { error = '' } = await helm.render({ values });
        expect([path, error.includes("these values can't be used"), error.includes('S3CR3T')]).toEqual([
          path,
          true,
          false,
        ]);
      }
    });

    // Helm takes away what a file sets to null, also where templates rely on it.
    test('null is refused by its place, but where it is the default', async () => {
      for (const entry of CHART_ENTRIES) {
        const { error = '' } = await helm.render({ values: nested({ [entry.path]: null }) });
        const missing = `missing property '${entry.path.split('.').at(-1)}'`;
        const isDefault = entry.type !== 'group' && entry.default === null;
        expect([entry.path, isDefault ? error : error.includes(missing)]).toEqual([
          entry.path,
          isDefault ? '' : true,
        ]);
      }
    });

    test('all of them at once, and each once', async () => {
      const values = nested({ replicaCount: 2, 'tls.enabled': false, 'service.nodePort': 30500 });
      const { error } = await helm.render({ values });
      expect(
        String(error)
          .match(/\[[a-z-]+\]$/gm)
          ?.sort(),
      ).toEqual(['[needs-tls]', '[node-port-of-cluster-ip]', '[replicas-need-shared-storage]']);
    });
  });
}
