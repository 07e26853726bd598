// npm run docs: writes docs/api from what jsii found in lib, which `npm run build` leaves in `.jsii`.
import { mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Assembly } from './docs/assembly';
import { indexPage } from './docs/index-page';
import { apiPages } from './docs/pages';
import { valuesPage } from './docs/values-page';

const ROOT = join(__dirname, '..');
const FOLDER = join(ROOT, 'docs', 'api');

/** What each folder of lib is for, as the map in CONTRIBUTING.md has it. */
function purposes(): Map<string, string> {
  const map = readFileSync(join(ROOT, 'CONTRIBUTING.md'), 'utf8');
  return new Map(
    [...map.matchAll(/^ {6}([\w-]+)(?:\/|\.ts) +(.+)$/gm)].map(([, name, purpose]) => [
      name as string,
      purpose as string,
    ]),
  );
}

const assembly = Assembly.read(join(ROOT, '.jsii'));
const pages = apiPages(assembly, purposes())
  .set('README.md', indexPage(assembly, purposes()))
  .set('values.md', valuesPage(assembly));
rmSync(FOLDER, { recursive: true, force: true });
mkdirSync(FOLDER);
for (const [name, text] of pages) writeFileSync(join(FOLDER, name), text);
