// npm run chart: writes the Helm chart to chart/registry, and where learning it brought something new, keeps
// that for the next time.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Lessons } from '../lib/chart/lessons';
import { LESSONS } from '../lib/chart/registry-chart-lessons';
import { RegistryHelmChart } from '../lib/chart/registry-helm-chart';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'chart', 'registry');
const KEPT = join(ROOT, 'lib', 'chart', 'registry-chart-lessons.ts');

function code({ homes, origins, withoutDefault, runs }: Lessons): string {
  const list = (texts: readonly string[]) => texts.map((text) => `    ${JSON.stringify(text)},\n`).join('');
  const byPath = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts)
      .map(([path, text]) => `    ${JSON.stringify(path)}: ${JSON.stringify(text)},\n`)
      .join('');
  return `// Written by \`npm run chart\`; see lessons.ts.
import type { Lessons } from './lessons';

export const LESSONS: Lessons = {
  homes: {
${byPath(homes)}  },
  origins: {
${byPath(origins)}  },
  withoutDefault: [
${list(withoutDefault)}  ],
  runs: [
${list(runs)}  ],
};
`;
}

const chart = new RegistryHelmChart();
const { lessons } = chart._made();
chart.write(FOLDER);
console.log(`chart/registry is written: helm lint --strict chart/registry`);
if (JSON.stringify(lessons) !== JSON.stringify(LESSONS)) {
  writeFileSync(KEPT, code(lessons));
  console.log(
    'There was something new to learn: lib/chart/registry-chart-lessons.ts has changed, to be committed.',
  );
}
