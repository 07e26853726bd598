// The pages of the documentation, and the code in them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { ROOT } from './project';

/** A page by its path in the project. */
export function readPage(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** The blocks of one language, in order. */
export function blocksIn(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text ?? '',
  );
}
