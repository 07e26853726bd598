// Decisions as conditions of Go templates.
import { Case, Parameter, UNSET } from './parameter';
import { Presence } from './template-tree';

/** true, false, or an expression. */
export type Condition = boolean | string;

/** Writes decisions over these settings as conditions. */
export class Conditions {
  constructor(
    private readonly parameters: readonly Parameter[],
    private readonly expressionFor: (path: string) => string,
  ) {}

  /** When something is there. */
  public of(when: Presence): Condition {
    if ('take' in when) return when.take;
    const inner = when.branches.map(({ cases, next }) => ({ cases, condition: this.of(next) }));
    const result = inner.reduce<Condition>(
      (all, { cases, condition }) =>
        condition === false ? all : or(all, and(this.test(when.setting, cases), condition)),
      false,
    );
    return this.simpler(when, inner) ?? result;
  }

  /** Two branches of which one is always there: no need to ask twice. */
  private simpler(
    { setting }: { setting: number },
    inner: readonly { cases: readonly number[]; condition: Condition }[],
  ): Condition | undefined {
    if (inner.length !== 2) return undefined;
    const always = inner.findIndex(({ condition }) => condition === true);
    if (always < 0) return undefined;
    return or(this.test(setting, inner[always].cases), inner[1 - always].condition);
  }

  /** Is a setting of one of these kinds? */
  public test(setting: number, cases: readonly number[]): string {
    const { path, cases: all } = guarded(exact(this.parameters[setting]));
    const value = this.expressionFor(path);
    const others = all.filter((_, index) => !cases.includes(index));
    const mine = cases.map((index) => all[index]);
    if (mine.length <= others.length || others.length === 0) return any(mine, value);
    const [only] = others;
    // `not not x` is x.
    return not(others.length === 1 ? only.test(value) : any(others, value));
  }
}

/** A kind of value is no kind of nothing. */
function guarded(parameter: Parameter): Parameter {
  if (!parameter.cases.some(({ key }) => key === UNSET)) return parameter;
  const guard = (test: Case['test']) => (value: string) => {
    const written = test(value);
    return written === value || written.startsWith(`and ${value} `)
      ? written
      : `and ${enclosed(value)} ${enclosed(written)}`;
  };
  return {
    ...parameter,
    cases: parameter.cases.map((one) => (one.sample ? { ...one, test: guard(one.test) } : one)),
  };
}

/** Where a switch has three positions, nothing given is not the same as false. */
function exact(parameter: Parameter): Parameter {
  if (parameter.type !== 'boolean' || !parameter.cases.some(({ key }) => key === UNSET)) return parameter;
  const test = (key: string) => (value: string) =>
    key === UNSET ? `kindIs "invalid" ${value}` : `eq (toString ${value}) "${key}"`;
  return { ...parameter, cases: parameter.cases.map((one) => ({ ...one, test: test(one.key) })) };
}

function any(cases: readonly Case[], value: string): string {
  const [first, ...more] = cases.map(({ test }) => test(value));
  return more.length === 0 ? (first as string) : `or ${[first as string, ...more].map(enclosed).join(' ')}`;
}

export function and(one: Condition, other: Condition): Condition {
  if (one === false || other === false) return false;
  if (one === true) return other;
  if (other === true) return one;
  return `and ${enclosed(one)} ${other.startsWith('and ') ? other.slice(4) : enclosed(other)}`;
}

export function or(one: Condition, other: Condition): Condition {
  if (one === true || other === true) return true;
  if (one === false) return other;
  if (other === false || one === other) return one;
  if (one === not(other) || other === not(one)) return true;
  return `or ${one.startsWith('or ') ? one.slice(3) : enclosed(one)} ${other.startsWith('or ') ? other.slice(3) : enclosed(other)}`;
}

export function not(condition: string): string {
  return /^not \S+$/.test(condition) ? condition.slice(4) : `not ${enclosed(condition)}`;
}

/** An expression as an argument of another. */
export function enclosed(expression: string): string {
  return /^[\w.$"-]+$/.test(expression) || /^\([^()]*\)$/.test(expression) ? expression : `(${expression})`;
}
