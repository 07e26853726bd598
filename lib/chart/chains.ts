// Chains of conditions: if, else if, else.
import { not } from './conditions';
import { Decision } from './decision';

/** Lines under a condition. */
export interface Arm {
  readonly condition?: string;
  readonly lines: string[];
}

export function chained(all: readonly Arm[], pad: string): string[] {
  const arms = [...all];
  // Nothing remains to be said where no other condition held.
  while (arms.at(-1)?.lines.length === 0) arms.pop();
  const [first, second] = arms;
  if (first === undefined) return [];
  if (first.condition === undefined) return first.lines;
  if (first.lines.length === 0 && second && second.condition === undefined) {
    return [`${pad}{{- if ${not(first.condition)} }}`, ...second.lines, `${pad}{{- end }}`];
  }
  const lines = arms.flatMap(({ condition, lines }, index) => [
    condition === undefined
      ? `${pad}{{- else }}`
      : `${pad}{{- ${index === 0 ? 'if' : 'else if'} ${condition} }}`,
    ...lines,
  ]);
  return [...lines, `${pad}{{- end }}`];
}

/** The branches in the order of a chain: what is decided further comes last. */
export function inChain<T>({ branches }: Extract<Decision<T>, { branches: unknown }>): readonly {
  readonly cases: readonly number[];
  readonly next: Decision<T>;
}[] {
  const weight = ({ cases, next }: { cases: readonly number[]; next: Decision<T> }) =>
    'take' in next ? cases.length : 1_000 + leavesOf(next);
  return [...branches].sort((a, b) => weight(a) - weight(b));
}

function leavesOf<T>(decision: Decision<T>): number {
  return 'take' in decision ? 1 : decision.branches.reduce((sum, { next }) => sum + leavesOf(next), 0);
}
