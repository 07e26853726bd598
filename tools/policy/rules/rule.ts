// What a policy rule is, and the ways to write one: over the whole set, over each pod, or over each
// container.
import type { IContainer } from 'kubernetes-models/v1/Container';
import { type ContainerSource, containersOf, type ManifestSet, type PodSource } from './manifest-set';

export interface Rule {
  /** The short name that ends each of the rule's problems, in brackets. */
  readonly name: string;
  readonly check: (set: ManifestSet) => string[];
}

/** What a rule finds: nothing, or texts that say what is wrong and what to write. */
export type Findings = string | false | undefined | readonly (string | false | undefined)[];

export function setRule(name: string, check: (set: ManifestSet) => string[]): Rule {
  return { name, check };
}

export function podRule(name: string, check: (pod: PodSource, set: ManifestSet) => Findings): Rule {
  return { name, check: (set) => set.pods.flatMap((pod) => located(pod.where, check(pod, set))) };
}

export function containerRule(
  name: string,
  check: (container: IContainer, pod: PodSource, source: ContainerSource) => Findings,
): Rule {
  return podSetRule(name, (pod) =>
    containersOf(pod).flatMap((source) => located(source.where, check(source.container, pod, source))),
  );
}

/** Puts the place before each text. */
export function located(where: string, findings: Findings): string[] {
  const texts = Array.isArray(findings)
    ? (findings as readonly (string | false | undefined)[])
    : [findings as string | false | undefined];
  return texts.filter((text) => typeof text === 'string').map((text) => `${where}: ${text}`);
}

function podSetRule(name: string, check: (pod: PodSource) => string[]): Rule {
  return { name, check: (set) => set.pods.flatMap(check) };
}

/** The values that occur more than once. */
export function repeated(values: readonly string[]): string[] {
  return [...new Set(values.filter((value, index) => values.indexOf(value) !== index))];
}
