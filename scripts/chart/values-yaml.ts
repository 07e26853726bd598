// values.yaml, with a comment above each value.
import { type Group, isGroup, tree } from './tree';

const TITLE = 'Values of the chart. The README tells how they go together.';
const WIDTH = 100;

/** values.yaml. */
export function valuesYaml(): string {
  return `${[...comment(TITLE, ''), ...lines(tree(), 0)].join('\n')}\n`;
}

function lines({ inside }: Group, indent: number): string[] {
  const pad = ' '.repeat(indent);
  return [...inside].flatMap(([key, node], index) => {
    const space = index > 0 || indent === 0 ? [''] : [];
    const about = node.about === undefined ? [] : comment(node.about, pad);
    return isGroup(node)
      ? [...space, ...about, `${pad}${key}:`, ...lines(node, indent + 2)]
      : [...space, ...about, `${pad}${key}: ${scalar(node.default)}`];
  });
}

const WORDS = /^(?:true|false|yes|no|on|off|y|n|null|~)$/i;

/** In quotes where some reader of YAML would take a string for something else. */
function scalar(value: unknown): string {
  const plain = typeof value === 'string' && /^[A-Za-z/][\w./-]*$/.test(value) && !WORDS.test(value);
  return plain ? value : JSON.stringify(value);
}

function comment(text: string, pad: string): string[] {
  return text.split('\n').flatMap((paragraph) => {
    const found: string[] = [];
    let line = '';
    for (const word of paragraph.split(' ')) {
      if (line !== '' && pad.length + line.length + word.length + 3 > WIDTH) {
        found.push(line);
        line = word;
      } else line = line === '' ? word : `${line} ${word}`;
    }
    return [...found, line].map((one) => `${pad}# ${one}`.trimEnd());
  });
}
