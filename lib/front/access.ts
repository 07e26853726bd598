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
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   access: RegistryAccess.rules([
 *     AccessRule.push('team/**').to(Subject.user('admin')),
 *     AccessRule.pull('public/**').toEveryone(),
 *   ]),
 * });
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
   * Groups of users: the names of the users by the name of the group.
   *
   * @default - none
   */
  readonly groups?: { [group: string]: string[] };

  /**
   * Users who may do everything: pull, push and list all repositories, and delete where the registry allows
   * deletion.
   *
   * @default - none
   */
  readonly administrators?: string[];
}

/**
 * Who may pull, push, delete and list. What no rule permits is denied.
 *
 * @example
 * const users = ['alice', 'admin'].map((name) => RegistryUser.generated(name));
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   auth: { credentials: RegistryCredentials.users(...users) },
 *   access: RegistryAccess.rules([AccessRule.push('team/**').to(Subject.group('devs'))], {
 *     groups: { devs: ['alice'] },
 *     administrators: ['admin'],
 *   }),
 * });
 */
export class RegistryAccess {
  /**
   * Rules of one's own.
   *
   * @param rules at least one, unless there are administrators. A request is permitted if one of them permits it
   * @param options groups and administrators
   */
  public static rules(rules: AccessRule[], options: RegistryAccessOptions = {}): RegistryAccess {
    return new RegistryAccess(rules, options.groups ?? {}, options.administrators ?? []);
  }

  /**
   * Everybody pulls, without a login; pushes need one.
   *
   * @param pushers users who may push everywhere
   * @param options administrators
   */
  public static anonymousPull(pushers: string[], options: RegistryAccessOptions = {}): RegistryAccess {
    const push =
      pushers.length > 0 ? [AccessRule.push('**').to(...pushers.map((name) => Subject.user(name)))] : [];
    return RegistryAccess.rules([AccessRule.pull('**').toEveryone(), ...push], options);
  }

  /**
   * A prefix for each team: its users push and pull below it, and nowhere else.
   *
   * @param teams the names of the users by the team's prefix, such as `payments` for `payments/**`
   * @param options further groups, and administrators
   */
  public static teams(
    teams: { [prefix: string]: string[] },
    options: RegistryAccessOptions = {},
  ): RegistryAccess {
    const rules = Object.entries(teams).map(([prefix, users]) =>
      AccessRule.push(`${prefix}/**`).to(...users.map((name) => Subject.user(name))),
    );
    return RegistryAccess.rules(rules, options);
  }

  /**
   * Robots that only pull, such as the one in the pull secrets of a cluster, and users who push.
   *
   * @param robots users who may pull everywhere
   * @param pushers users who may pull and push everywhere
   * @param options administrators
   */
  public static robots(
    robots: string[],
    pushers: string[],
    options: RegistryAccessOptions = {},
  ): RegistryAccess {
    const to = (names: string[]) => names.map((name) => Subject.user(name));
    return RegistryAccess.rules(
      [AccessRule.pull('**').to(...to(robots)), AccessRule.push('**').to(...to(pushers))],
      options,
    );
  }

  private constructor(
    /** The rules. */
    public readonly accessRules: AccessRule[],
    /** Users by group. */
    public readonly groups: { [group: string]: string[] },
    /** Users who may do everything. */
    public readonly administrators: string[],
  ) {}

  /**
   * The same with further rules.
   *
   * @param rules what is permitted besides
   */
  public and(...rules: AccessRule[]): RegistryAccess {
    return new RegistryAccess([...this.accessRules, ...rules], this.groups, this.administrators);
  }

  /** All rules, with those for administrators. @internal */
  public _all(deletion: boolean): AccessRule[] {
    const admins = this.administrators.map((name) => Subject.user(name));
    if (admins.length === 0) return this.accessRules;
    const everything = [
      AccessRule.push('**'),
      ...(deletion ? [AccessRule.remove('**')] : []),
      AccessRule.catalog(),
    ];
    return [...this.accessRules, ...everything.map((rule) => rule.to(...admins))];
  }

  /** Whether something is permitted without a login. @internal */
  public get _permitsAnonymous(): boolean {
    return this.accessRules.some(({ subjects }) =>
      subjects.some(({ kind }) => kind === SubjectKind.EVERYONE),
    );
  }
}
