// NOTES.txt: what Helm prints after an install, from texts with placeholders.
import { problemOf } from '../core/problem';
import type { Content } from './places';
import type { HelmNoteOptions } from './props';
import { NAMESPACE } from './release';
import { expressionOf, type Problems, type Setting } from './settings';
import { comment, severalLines } from './template';

/** A text, as it was declared. */
export interface Note {
  readonly text: string;
  readonly options: HelmNoteOptions;
}

/** What notes may name. */
export interface NoteSources {
  readonly chart: string;
  readonly settings: readonly Setting[];
  /** Paths of generated values, which notes don't print. */
  readonly generated: readonly string[];
}

/** Also what is no placeholder after all, so that a slip is not printed. */
const PLACEHOLDER = /\{(value|release):([^{}\n]*)\}/g;

/** The template, or nothing without notes. */
export function notesOf(
  notes: readonly Note[],
  sources: NoteSources,
  problems: Problems,
): string | undefined {
  if (notes.length === 0) return undefined;
  const paragraphs = notes.map(({ text, options: { when } }, index) => {
    const by = `note ${index + 1}`;
    if (when !== undefined && sources.settings.find(({ path }) => path === when)?.type !== 'boolean')
      problems.push(problemOf('note-condition-unknown', by, { value: when }));
    const written = paragraph(text.replace(/^\n+|\s+$/g, ''), by, sources, problems);
    const gap = index === 0 ? '' : '\n';
    return when === undefined
      ? `${gap}${written}\n`
      : `{{- if .Values.${when} }}\n${gap}${written}\n{{- end }}\n`;
  });
  return `${comment('the notes')}${paragraphs.join('')}`;
}

function paragraph(text: string, by: string, sources: NoteSources, problems: Problems): string {
  const parts = [...text.matchAll(PLACEHOLDER)].flatMap((match): Extract<Content, { kind: 'part' }>[] => {
    const [placeholder, kind, name = ''] = match;
    const expression =
      kind === 'release' ? releases(sources.chart)[name] : valueExpression(name, by, sources, problems);
    if (expression === undefined) {
      problems.push(problemOf('note-placeholder-unknown', by, { value: placeholder }));
      return [];
    }
    return [{ kind: 'part', from: match.index, to: match.index + placeholder.length, expression }];
  });
  return severalLines(text, parts);
}

function releases(chart: string): Readonly<Record<string, string>> {
  return { name: '.Release.Name', namespace: NAMESPACE, fullname: `include "${chart}.fullname" .` };
}

function valueExpression(
  path: string,
  by: string,
  sources: NoteSources,
  problems: Problems,
): string | undefined {
  const setting = sources.settings.find((one) => one.path === path);
  if (setting === undefined) return undefined;
  if (sources.generated.includes(path)) problems.push(problemOf('note-prints-secret', by, { value: path }));
  if (setting.type === 'object' || setting.type === 'array')
    problems.push(problemOf('note-value-not-a-text', by, { value: path, type: setting.type }));
  return expressionOf(path, setting.type);
}
