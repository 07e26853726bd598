// npm run chart: refreshes what is generated in chart/registry from the table of values in lib/chart/values.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CHART_FOLDER, generatedFiles } from './chart/files';

for (const [name, text] of Object.entries(generatedFiles())) writeFileSync(join(CHART_FOLDER, name), text);
console.log('chart/registry is up to date: helm lint --strict chart/registry');
