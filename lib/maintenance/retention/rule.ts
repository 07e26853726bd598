// Rules of retention: which images of which repositories are kept. What no condition keeps is deleted.
import { Duration } from 'cdk8s';

/** How a condition decides. @internal */
export type Keep =
  | { readonly by: 'newest' | 'versions'; readonly count: number; readonly tags?: string[] }
  | { readonly by: 'age'; readonly age: Duration; readonly tags?: string[] }
  | { readonly by: 'tags'; readonly tags: string[] }
  | { readonly by: 'everything' };

/** Options of a condition. */
export interface RetentionTagsOptions {
  /**
   * The tags that the condition looks at, as patterns: `*` is any characters. All others count neither for nor
   * against.
   *
   * @default - all tags
   */
  readonly tags?: string[];
}

/**
 * Which images of some repositories are kept. A tag is kept if one of the conditions keeps it, and an image as long as
 * one of its tags is kept. The first rule with a pattern for a repository decides; where no rule is for a repository,
 * all of it is kept.
 *
 * An image's date is the newest of its `created`, the annotation `org.opencontainers.image.created`, and those of its
 * platforms. Registries do not tell when an image was pushed. An image without a date, or dated before 1990 as
 * reproducible builds are, is kept by each condition of date, and does not count among the newest.
 *
 * @example
 * new RegistryRetention(chart, 'retention', {
 *   registry: new Registry(chart, 'registry', { host: 'registry.example.com', storage: { deletion: true } }),
 *   rules: [
 *     RetentionRule.repositories('base/**').keepEverything(),
 *     RetentionRule.repositories('**')
 *       .keepNewest(10)
 *       .keepNewest(3, { tags: ['pr-*'] })
 *       .keepYoungerThan(Duration.days(30))
 *       .keepTags('v*', 'latest'),
 *   ],
 * });
 */
export class RetentionRule {
  /**
   * A rule for repositories. It needs at least one condition.
   *
   * @param patterns repositories, at least one pattern: `*` is one part of a name, `**` is one or more, as in access
   * rules
   */
  public static repositories(...patterns: string[]): RetentionRule {
    return new RetentionRule(patterns, []);
  }

  private constructor(
    /** Patterns of repositories. */
    public readonly patterns: string[],
    /** The conditions. @internal */
    public readonly _keeps: readonly Keep[],
  ) {}

  /**
   * Also keep the newest images. Tags of one image count once.
   *
   * @param count how many, from 1 to 100000
   * @param options which tags count
   */
  public keepNewest(count: number, options: RetentionTagsOptions = {}): RetentionRule {
    return this.and({ by: 'newest', count, ...options });
  }

  /**
   * Also keep the images with the highest versions in their tags: numbers with dots between them, with or without a
   * "v" before, and "-" or "_" and more behind. 1.10.0 is above 1.9.0, and above 1.10.0-rc.1. Does not depend on dates.
   *
   * @param count how many, from 1 to 100000
   * @param options which tags count
   */
  public keepHighestVersions(count: number, options: RetentionTagsOptions = {}): RetentionRule {
    return this.and({ by: 'versions', count, ...options });
  }

  /**
   * Also keep images that are younger.
   *
   * @param age a whole number of seconds
   * @param options which tags count
   */
  public keepYoungerThan(age: Duration, options: RetentionTagsOptions = {}): RetentionRule {
    return this.and({ by: 'age', age, ...options });
  }

  /**
   * Also keep these tags.
   *
   * @param patterns at least one: `*` is any characters
   */
  public keepTags(...patterns: string[]): RetentionRule {
    return this.and({ by: 'tags', tags: patterns });
  }

  /** Keep everything: for exceptions before a wider rule. */
  public keepEverything(): RetentionRule {
    return this.and({ by: 'everything' });
  }

  private and(keep: Keep): RetentionRule {
    return new RetentionRule(this.patterns, [...this._keeps, keep]);
  }
}
