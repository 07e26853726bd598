// Who may do what: rules over patterns of repositories, typed for users. nginx' lines for them are in
// access-maps.ts.
import { Subject, SubjectKind } from './subject';

/** What a rule permits. */
export enum AccessPermission {
  /** Pull images, and list their tags. */
  PULL = 'pull',
  /** Push images, and pull them: clients look for layers before they upload them. */
  PUSH = 'push',
  /** Delete images and layers, and pull them: clients ask for an image's digest before they delete it. */
  REMOVE = 'remove',
  /** List all repositories. */
  CATALOG = 'catalog',
}

/**
 * A permission for some repositories, and whom it is given to.
 *
 * A pattern has the parts of a repository's name: `*` is one part, `**` is one or more, all others stand for
 * themselves. `team/*` is `team/app`, but not `team/app/cache`; `team/**` is both.
 *
 * @example
 * AccessRule.push('team/**').to(Subject.user('ci'), Subject.group('devs'));
 */
export class AccessRule {
  /**
   * Pull.
   *
   * @param patterns repositories, at least one pattern
   */
  public static pull(...patterns: string[]): AccessRule {
    return new AccessRule(AccessPermission.PULL, patterns, []);
  }

  /**
   * Push, and pull.
   *
   * @param patterns repositories, at least one pattern
   */
  public static push(...patterns: string[]): AccessRule {
    return new AccessRule(AccessPermission.PUSH, patterns, []);
  }

  /**
   * Delete, and pull. Needs `deletion` of the storage.
   *
   * @param patterns repositories, at least one pattern
   */
  public static remove(...patterns: string[]): AccessRule {
    return new AccessRule(AccessPermission.REMOVE, patterns, []);
  }

  /** List all repositories, as the UI does. nginx can't shorten the list to what a user may pull. */
  public static catalog(): AccessRule {
    return new AccessRule(AccessPermission.CATALOG, [], []);
  }

  private constructor(
    /** What is permitted. */
    public readonly permission: AccessPermission,
    /** Patterns of repositories. Empty for the catalog. */
    public readonly patterns: string[],
    /** Who is permitted. */
    public readonly subjects: Subject[],
  ) {}

  /**
   * The rule for these, besides whom it is given to already.
   *
   * @param subjects users and groups
   */
  public to(...subjects: Subject[]): AccessRule {
    return new AccessRule(this.permission, this.patterns, [...this.subjects, ...subjects]);
  }

  /** The rule for every user with a login. */
  public toAllUsers(): AccessRule {
    return this.to(Subject.allUsers());
  }

  /** The rule for everybody, without a login too. Not for `push` and `remove`. */
  public toEveryone(): AccessRule {
    return this.to(Subject.everyone());
  }
}

/** Options of access rules. */
export interface RegistryAccessOptions {
  /**
   * Groups of users: the names of the users by the name of the group. Groups that a user names itself are
   * added.
   *
   * @default - the users' own groups
   */
  readonly groups?: { [group: string]: string[] };
}

/**
 * Who may pull, push, delete and list. What no rule permits is denied.
 *
 * @example
 * RegistryAccess.rules([
 *   AccessRule.pull('public/**').toEveryone(),
 *   AccessRule.push('team/**').to(Subject.group('devs')),
 * ], { groups: { devs: ['alice', 'bob'] } });
 */
export class RegistryAccess {
  /**
   * Rules of one's own.
   *
   * @param rules at least one. A request is permitted if one of them permits it
   * @param options groups
   */
  public static rules(rules: AccessRule[], options: RegistryAccessOptions = {}): RegistryAccess {
    return new RegistryAccess(rules, options.groups ?? {});
  }

  private constructor(
    /** The rules. */
    public readonly accessRules: AccessRule[],
    /** Users by group. */
    public readonly groups: { [group: string]: string[] },
  ) {}

  /** Whether something is permitted without a login. @internal */
  public get _permitsAnonymous(): boolean {
    return this.accessRules.some(({ subjects }) =>
      subjects.some(({ kind }) => kind === SubjectKind.EVERYONE),
    );
  }
}
