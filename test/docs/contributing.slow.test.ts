// What CONTRIBUTING.md says of this project, against what the project says of itself: versions, numbers and
// names. The quick ones of its commands are run. documents.test.ts checks its links, paths, scripts and
// variables; .ci/newcomer runs what it begins with.
import { readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as library from '../../lib';
import { newFolder } from '../support/folder';
import { readPage } from '../support/page';
import { cloneTo, mustRun, ROOT } from '../support/project';

const PAGE = readPage('CONTRIBUTING.md');
const found = (file: string, pattern: RegExp) => pattern.exec(readPage(file))?.[1] ?? `nothing in ${file}`;

test.each<[string, string]>([
  [`Node ${found('package.json', /"node": ">=(\d+)"/)} or newer`, 'the engines of package.json'],
  [
    `Go ${found('tools/cluster/programs/kubernetes/go.mod', /^go (\d+\.\d+)/m)} as well`,
    'what Kubernetes is built with',
  ],
  [
    `kube-apiserver ${found('tools/cluster/programs/kubernetes/go.mod', /k8s\.io\/kubernetes v(\d+\.\d+)/)} `,
    'the Kubernetes that is built',
  ],
  [
    `\`chart/registry/Chart.yaml\`, ${found('chart/registry/Chart.yaml', />=(\d+\.\d+)\.\d+-0/)})`,
    'the oldest Kubernetes',
  ],
  [
    `CLUSTER_KUBERNETES=${found('chart/registry/Chart.yaml', />=(\d+\.\d+)\.\d+-0/)} `,
    'the oldest Kubernetes that is proved',
  ],
  [`--branch ${found('lib/ui/image.ts', /docker-registry-ui:([\d.]+)'/)} `, 'the image of the UI'],
])('%s: %s', (words) => {
  expect(PAGE).toContain(words);
});

test('five systems and a chart are examples', () => {
  expect(PAGE).toContain('five complete systems, and a Helm chart of own constructs');
  expect(readdirSync(join(ROOT, 'examples'))).toHaveLength(6);
});

test('the parts of the bench are all but the one that takes minutes', () => {
  const parts = found('bench/index.ts', /^const PARTS = \{ (.+) \};$/m).split(', ');
  const [, named = ''] = /`npm run bench -- (.+?)` leaves out/.exec(PAGE) ?? [];
  expect(named.split(' ')).toEqual(parts.filter((part) => part !== 'many'));
});

test('names constructs and constants that the code has', () => {
  const spans = [...PAGE.matchAll(/`([^`\n]+)`/g)].map(([, span]) => span as string);
  const types = spans
    .flatMap((span) => span.match(/\bRegistry[A-Z]\w+/g) ?? [])
    .filter((name) => !name.startsWith('RegistryThing'));
  const sources = readPage('lib/index.ts');
  expect(types.filter((name) => !(name in library) && !new RegExp(`\\b${name}\\b`).test(sources))).toEqual(
    [],
  );
  const part = readPage('lib/core/registry-part.ts');
  expect(
    spans.flatMap((span) => span.match(/(?<=this\.)_\w+/g) ?? []).filter((name) => !part.includes(name)),
  ).toEqual([]);
});

test('npm run synth and npm run migrate do what is said', () => {
  const clone = cloneTo(newFolder());
  mustRun(clone, 'npm run --silent synth');
  expect(readdirSync(join(clone, 'dist'))).toContain('NOTES.txt');
  writeFileSync(join(clone, 'old.yaml'), 'persistence: { enabled: true, size: 5Gi }\n');
  expect(mustRun(clone, 'npm run --silent migrate -- old.yaml')).toContain('5Gi');
});

test('npm run docs writes where it says', () => {
  expect(PAGE).toContain('writes `docs/api` from the comments in `lib`');
  expect(readPage('scripts/docs.ts')).toContain("join(ROOT, 'docs', 'api')");
});
