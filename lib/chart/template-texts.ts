// Texts as templates and YAML write them.

/** A text as Go's templates write it. */
export function goString(text: string): string {
  return JSON.stringify(text);
}

/** What would begin an expression, as an expression that writes it. */
export function escaped(text: string): string {
  return text.replace(/\{\{|\}\}/g, (braces) => `{{ "${braces}" }}`);
}

const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|~)$/i;

/** A scalar, in quotes where some reader of YAML would take it for something else. */
export function yamlScalar(value: string | number | boolean | null): string {
  if (typeof value !== 'string') return String(value);
  return /^[A-Za-z/][\w./-]*$/.test(value) && !WORDS.test(value) ? value : JSON.stringify(value);
}

/** A text of several lines, as people read it; undefined where YAML would change it. */
export function blockOf(text: string): { header: string; lines: string[] } | undefined {
  const lines = text.split('\n');
  if (lines.length < 2 || /[^\n\x20-\x7e]| \n| $|^\s|\n\n$/.test(text)) return undefined;
  const closed = lines.at(-1) === '';
  return { header: closed ? '|' : '|-', lines: closed ? lines.slice(0, -1) : lines };
}
