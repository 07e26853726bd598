// What holds for a web page of whatever kind: its objects are what the APIs take, they keep the policy, they stand in their numbered files, and
// the same app gives them again.
import type { Chart } from 'cdk8s';
import { Registry } from '../../lib';
import { filesOf, type Manifest } from '../../lib/app/file-table';
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { PAGES, type Page } from '../support/pages';
import { manifestsIn, newChart, problemsIn } from '../support/synth';

function chartOf({ props }: Page): Chart {
  const chart = newChart();
  new Registry(chart, 'registry', { host: 'registry.example.com', ...props(chart) });
  return chart;
}

describe.each(Object.entries(PAGES))('%s', (_, page) => {
  const chart = chartOf(page);
  const objects = manifestsIn(chart);

  test('is valid', () => {
    expect(problemsIn(chart)).toEqual([]);
  });

  test('has only fields that the APIs know, with values that they take', () => {
    expect(schemaProblems(objects, ALL_MODELS)).toEqual([]);
  });

  test('keeps the policy', () => {
    expect(policyProblems(objects, { existing: page.existing ?? [] })).toEqual([]);
  });

  test('stands in numbered files', () => {
    expect([...filesOf(objects as Manifest[]).keys()].filter((file) => !/^[1-7]00-registry-/.test(file))).toEqual([]);
  });

  test('is the same again', () => {
    expect(manifestsIn(chartOf(page))).toEqual(objects);
  });
});

/** One object of a page after a change, and what the policy then says. */
function problemsWith(name: string, id: string, change: (object: any) => void): string[] {
  const page = PAGES[name] as Page;
  const objects = manifestsIn(chartOf(page));
  change(objects.find(({ kind, metadata }) => `${kind}/${metadata.name}` === id));
  return policyProblems(objects, { existing: page.existing ?? [] });
}

const NGINX = 'nginx.ingress.kubernetes.io/auth-secret';
const F5 = 'nginx.org/basic-auth-secret';
const TRAEFIK = 'traefik.ingress.kubernetes.io/router.middlewares';

test.each<[string, string, (object: any) => void, string]>([
  ['a login by an IngressRoute on a host', 'Middleware/registry-ui-login', ({ spec }) => (spec.basicAuth.secret = 'none'), 'Secret/none'],
  ["a login by the community's nginx", 'Ingress/registry-ui', ({ metadata }) => (metadata.annotations[NGINX] = 'none'), 'Secret/none'],
  ["a login by F5's nginx", 'Ingress/registry-ui', ({ metadata }) => (metadata.annotations[F5] = 'none'), 'Secret/none'],
  [
    "a login by Traefik's ingress",
    'Ingress/registry-ui',
    ({ metadata }) => (metadata.annotations[TRAEFIK] = 'registry-none@kubernetescrd'),
    'Middleware/none',
  ],
])('%s: what is not there is noticed in %s', (name, id, change, problem) => {
  expect(problemsWith(name, id, change)).toEqual([`${id}: refers to ${problem}, which does not exist [route-dangling]`]);
});
