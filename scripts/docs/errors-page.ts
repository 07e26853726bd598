// docs/errors.md: every code that a message can end with, from the table of words.
import { CODES, WORDS, type Words } from '../../lib/core/messages';

/** The page. */
export function errorsPage(): string {
  return `<!-- Written by \`npm run errors\` from lib/core/messages; don't edit. -->
# Errors

A message ends with a code in brackets: \`host: "https://registry.example.com" has a scheme; write "registry.example.com" [not-a-host]\`. Here is each code: what the message says,
what to do, and why it is refused. \`<value>\` is what you gave; other words in angle brackets are filled in, too. Where the Helm chart says it otherwise, that stands below.

${[...CODES].sort().map(section).join('\n')}`;
}

function section(code: keyof typeof WORDS): string {
  const { says, instead, why, values }: Words = WORDS[code];
  const inChart =
    values && [values.path, values.says, values.instead].filter((text) => text !== undefined).join('; ');
  return `## ${code}

- Says: ${quoted(says)}
- Do: ${quoted(instead)}
- Why: ${why}
${inChart === undefined ? '' : `- In the chart: ${quoted(inChart)}\n`}`;
}

/** As code, in which angle brackets and backticks stay what they are. */
function quoted(text: string): string {
  return text.includes('`') ? `\`\` ${text} \`\`` : `\`${text}\``;
}
