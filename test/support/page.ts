// The pages of the documentation, and the code in them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, stringify } from 'yaml';
import { ROOT } from './project';

/** A page by its path in the project. */
export function readPage(file: string): string {
  return readFileSync(join(ROOT, file), 'utf8');
}

/** A section by its heading, such as `### Install`, up to the next heading that is as high. */
export function sectionOf(page: string, heading: string): string {
  const depth = heading.indexOf(' ');
  const start = `\n${page}`.indexOf(`\n${heading}\n`);
  if (start < 0) throw new Error(`The page has no section "${heading}"`);
  const end = page.slice(start + heading.length).search(new RegExp(`^#{1,${depth}} `, 'm'));
  return end < 0 ? page.slice(start) : page.slice(start, start + heading.length + end);
}

/** The blocks of one language, in order. */
export function blocksIn(page: string, language: string): string[] {
  return [...page.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    ([, text]) => text ?? '',
  );
}

/** The chart's values on a page, as files; those of an Application of Argo CD are inside of it. */
export function valuesIn(page: string): string[] {
  return blocksIn(page, 'yaml').map((block) => {
    const { kind, spec } = parse(block);
    if (kind !== 'Application') return block;
    return `${block.split('\n')[0]}\n${stringify(spec.source.helm.valuesObject)}`;
  });
}
