// What must be kept, by the words of the documentation. Shares no code with the script.
import { Duration } from 'cdk8s';
import { RetentionRule } from '../../../lib';
import type { Images, Made } from './images';

/** The conditions of a rule. */
export interface Conditions {
  readonly newest?: number;
  readonly newestRequests?: number;
  readonly days?: number;
  readonly tags?: 'v*';
  readonly versions?: number;
}

export function ruleOf(repository: string, conditions: Conditions): RetentionRule {
  const { newest, newestRequests, days, tags, versions } = conditions;
  let rule = RetentionRule.repositories(repository);
  if (newest !== undefined) rule = rule.keepNewest(newest);
  if (newestRequests !== undefined) rule = rule.keepNewest(newestRequests, { tags: ['pr-*'] });
  if (days !== undefined) rule = rule.keepYoungerThan(Duration.days(days));
  if (tags !== undefined) rule = rule.keepTags(tags);
  if (versions !== undefined) rule = rule.keepHighestVersions(versions);
  return rule;
}

export interface Expected {
  /** Tags that stay. */
  readonly tags: Set<string>;
  /** Manifests that stay. */
  readonly manifests: Set<string>;
}

/** In Node's order of numbers in texts, these are the versions of the images from low to high. */
const VERSIONS = ['v1.0.0', 'v1.9.0', 'v1.10.0', 'v2.0.0-rc.1', 'v2.0.0'];

export function expectedOf(images: Images, conditions: Conditions, runs: readonly string[] = []): Expected {
  const { tags: all, belonging } = images;
  const own = [...all.keys()].filter((tag) => !belonging.has(tag));
  const madeOf = (tag: string) => all.get(tag) as Made;
  const amongNewest = (tag: string, count: number | undefined, of: readonly string[]) => {
    const { age, digest } = madeOf(tag);
    if (count === undefined || !of.includes(tag)) return false;
    if (age === undefined) return true;
    const younger = of.map(madeOf).filter((other) => other.age !== undefined && other.age < age);
    const equal = of.map(madeOf).filter((other) => other.age === age && other.digest < digest);
    return new Set([...younger, ...equal].map((other) => other.digest)).size < count;
  };
  const stays = (tag: string) => {
    const { age, digest } = madeOf(tag);
    return (
      amongNewest(tag, conditions.newest, own) ||
      amongNewest(
        tag,
        conditions.newestRequests,
        own.filter((other) => /^pr-/.test(other)),
      ) ||
      (conditions.days !== undefined && (age === undefined || age < conditions.days)) ||
      (conditions.tags !== undefined && tag.startsWith('v')) ||
      (conditions.versions !== undefined && VERSIONS.slice(-conditions.versions).includes(tag)) ||
      runs.includes(tag) ||
      runs.includes(digest)
    );
  };
  const tags = new Set(own.filter(stays));
  const known = new Set([...all.values()].flatMap(wholeOf));
  for (;;) {
    const manifests = new Set([...tags].flatMap((tag) => wholeOf(madeOf(tag))));
    const more = [...belonging].filter(
      ([tag, subject]) => !tags.has(tag) && (manifests.has(subject) || !known.has(subject)),
    );
    if (more.length === 0) return { tags, manifests };
    for (const [tag] of more) tags.add(tag);
  }
}

/** With a registry that can't delete a tag without its image. */
export function withoutTagDeletion(images: Images, { tags, manifests }: Expected): Expected {
  const stay = [...images.tags].filter(([, { digest }]) => manifests.has(digest)).map(([tag]) => tag);
  return { tags: new Set([...tags, ...stay]), manifests };
}

function wholeOf(made: Made): string[] {
  return [made.digest, ...made.children.flatMap(wholeOf)];
}

/** All manifests of a repository, and the blobs of each. */
export function manifestsOf(images: Images): Map<string, Made> {
  const found = new Map<string, Made>();
  const add = (made: Made) => {
    found.set(made.digest, made);
    made.children.forEach(add);
  };
  for (const made of images.tags.values()) add(made);
  return found;
}
