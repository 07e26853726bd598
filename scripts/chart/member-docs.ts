// What the docstrings of this library say of its members.
import * as fs from 'node:fs';
import * as path from 'node:path';

/** A member's comment. */
export interface MemberDocs {
  /** All of it but its tags, in paragraphs. */
  readonly text: string;
  /** What it is by default: a description, or a value as code. */
  readonly otherwise?: string;
}

let all: Map<string, MemberDocs> | undefined;

/**
 * The comment of a member.
 *
 * @param member e.g. `RegistryServiceOptions.port`
 * @throws where there is none
 */
export function memberDocs(member: string): MemberDocs {
  all ??= read(path.join(__dirname, '../../lib'));
  const found = all.get(member);
  if (!found) throw new Error(`${member} has no comment`);
  return found;
}

function read(folder: string): Map<string, MemberDocs> {
  const found = new Map<string, MemberDocs>();
  for (const entry of fs.readdirSync(folder, { recursive: true, encoding: 'utf8' }).sort()) {
    if (!entry.endsWith('.ts')) continue;
    const code = fs.readFileSync(path.join(folder, entry), 'utf8');
    for (const [, type, body] of code.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?)^\}/gm)) {
      for (const [, comment, member] of (body as string).matchAll(
        /\/\*\*((?:(?!\*\/)[\s\S])*)\*\/\s*readonly (\w+)\??:/g,
      )) {
        found.set(`${type}.${member}`, docs(comment as string));
      }
    }
  }
  return found;
}

function docs(comment: string): MemberDocs {
  const lines = comment.split('\n').map((line) => line.replace(/^\s*\*? ?/, '').trimEnd());
  const tag = lines.findIndex((line) => line.startsWith('@'));
  const text = (tag < 0 ? lines : lines.slice(0, tag)).join('\n').trim();
  const [, otherwise] = /@default (?:- )?([\s\S]*?)(?:\n@|\n*$)/.exec(lines.join('\n')) ?? [];
  return {
    text: text
      .split(/\n{2,}/)
      .map((paragraph) => paragraph.replace(/\n/g, ' '))
      .join('\n\n'),
    ...(otherwise !== undefined && { otherwise: otherwise.replace(/\n/g, ' ').trim() }),
  };
}
