// npm run errors: writes docs/errors.md from the table of words. `npm run docs` does the same.
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { errorsPage } from './docs/errors-page';

writeFileSync(join(__dirname, '..', 'docs', 'errors.md'), errorsPage());
