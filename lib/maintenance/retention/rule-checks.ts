// Checks rules of retention, and writes them as the script reads them.
import { Duration } from 'cdk8s';
import type { RegistryCache } from '../../caches/cache';
import { Check } from '../../core/check';
import { isA } from '../../core/duplicate-packages';
import { isCovered, isRepositoryPattern } from '../../core/repository-pattern';
import { Keep, RetentionRule } from './rule';

const TAG_PATTERN = /^[\w*][\w.*-]{0,127}$/;
const MOST = 100_000;

/** The rules that are valid. */
export function checkRules(check: Check, given: unknown, caches: readonly RegistryCache[]): RetentionRule[] {
  const rules = check.list<RetentionRule>('rules', given);
  if (rules.length === 0 && (given === undefined || Array.isArray(given)))
    check.report('list-empty', 'rules', {
      example: "RetentionRule.repositories('team/**').keepNewest(10)",
    });
  const before: string[] = [];
  return rules.filter((rule, index) => {
    const at = `rules[${index}]`;
    if (!isA(rule, RetentionRule)) {
      check.report('not-a-retention-rule', at, { value: rule });
      return false;
    }
    checkPatterns(check, at, rule, before);
    rule.patterns.forEach((pattern, place) => {
      const cache = caches.find(
        ({ _path }) => typeof pattern === 'string' && pattern.startsWith(`${_path}/`),
      );
      if (cache)
        check.report('retention-rule-of-a-cache', `${at}.patterns[${place}]`, {
          value: pattern,
          upstream: cache.upstream,
        });
    });
    if (rule._keeps.length === 0) check.report('retention-rule-keeps-nothing', at);
    rule._keeps.forEach((keep, position) => {
      checkKeep(check, `${at}.keep[${position}]`, keep);
    });
    return true;
  });
}

function checkPatterns(check: Check, at: string, { patterns }: RetentionRule, before: string[]): void {
  if (patterns.length === 0)
    check.report('retention-rule-without-patterns', at, {
      example: "write e.g. RetentionRule.repositories('team/**')",
    });
  const valid = patterns.filter((pattern, index) => {
    if (isRepositoryPattern(pattern)) return true;
    check.report('not-a-repository-pattern', `${at}.patterns[${index}]`, { value: pattern });
    return false;
  });
  for (const pattern of valid) {
    const place = `${at}.patterns[${patterns.indexOf(pattern)}]`;
    if (before.length > 0 && isCovered(pattern, before))
      check.report('retention-rule-never-asked', place, { value: pattern });
  }
  before.push(...valid);
}

function checkKeep(check: Check, at: string, keep: Keep): void {
  if (keep.by === 'everything') return;
  if (keep.by === 'age') ageOf(check, at, keep.age);
  if (keep.by === 'newest' || keep.by === 'versions')
    check.integer(`${at}.count`, keep.count ?? null, 1, 1, MOST);
  if (keep.tags === undefined) return;
  const tags = check.list<unknown>(`${at}.tags`, keep.tags);
  if (tags.length === 0 && Array.isArray(keep.tags))
    check.report('retention-rule-without-patterns', `${at}.tags`, { example: "write e.g. 'v*'" });
  tags.forEach((tag, index) => {
    if (typeof tag !== 'string' || !TAG_PATTERN.test(tag))
      check.report('not-a-tag-pattern', `${at}.tags[${index}]`, { value: tag });
  });
}

function ageOf(check: Check, at: string, given: unknown): number {
  const example = 'Duration.days(30)';
  const age = check.instance(`${at}.age`, given ?? null, Duration, Duration.days(30), example);
  const seconds = age.toSeconds({ integral: false });
  if (Number.isInteger(seconds) && seconds >= 1) return seconds;
  check.report('duration-not-in-seconds', `${at}.age`, { value: `${seconds} s`, example });
  return 1;
}

/** What the script knows besides the rules. */
export interface ScriptSettings {
  /** Whether the registry deletes a tag without its image. */
  readonly tagDeletion: boolean;
  /** How often manifests are tried that nothing names any more, while the registry is read-only. */
  readonly attempts: number;
  /** Seconds between two attempts. */
  readonly pause: number;
}

/** All settings of the script, as a table of Lua. */
export function rulesAsLua(rules: readonly RetentionRule[], settings: ScriptSettings): string {
  const patterns = rules.flatMap((rule) => rule.patterns);
  return `return ${lua(
    {
      ...settings,
      // Without stars nobody has to list the repositories.
      ...(!hasStars(patterns) && { names: [...new Set(patterns)].sort() }),
      rules: rules.map(({ patterns: repositories, _keeps: keep }) => ({
        repositories,
        dates: keep.some(({ by }) => by === 'newest' || by === 'age'),
        keep: keep.map((one) => (one.by === 'age' ? inSeconds(one) : one)),
      })),
    },
    '',
  )}\n`;
}

/** Whether a pattern is of more than one repository. */
export function hasStars(patterns: readonly string[]): boolean {
  return patterns.some((pattern) => String(pattern).includes('*'));
}

function inSeconds({ age, ...keep }: Extract<Keep, { by: 'age' }>): object {
  return { ...keep, seconds: age.toSeconds({ integral: false }), text: age.toHumanString() };
}

function lua(value: unknown, indent: string): string {
  if (Array.isArray(value) && value.every((one) => typeof one !== 'object'))
    return `{ ${value.map((one) => lua(one, '')).join(', ')} }`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const inner = `${indent}  `;
  const entries = Array.isArray(value)
    ? value.map((one) => lua(one, inner))
    : Object.entries(value).flatMap(([key, one]) => (one === undefined ? [] : `${key} = ${lua(one, inner)}`));
  return `{\n${entries.map((entry) => `${inner}${entry},\n`).join('')}${indent}}`;
}
