// Whom an access rule is for: a user, a group, all users, or everybody.

/** What a subject is. */
export enum SubjectKind {
  /** One user. */
  USER = 'user',
  /** The users of a group. */
  GROUP = 'group',
  /** Every user with a login. */
  ALL_USERS = 'allUsers',
  /** Everybody, without a login too. */
  EVERYONE = 'everyone',
}

/**
 * Whom a rule is for.
 *
 * @example
 * const rule = AccessRule.pull('team/**').to(Subject.user('admin'), Subject.group('devs'));
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   access: RegistryAccess.rules([rule], { groups: { devs: ['admin'] } }),
 * });
 */
export class Subject {
  /**
   * A user.
   *
   * @param name the user's name
   */
  public static user(name: string): Subject {
    return new Subject(SubjectKind.USER, name);
  }

  /**
   * The users of a group.
   *
   * @param name the group's name: letters, digits, `.`, `_` and `-`
   */
  public static group(name: string): Subject {
    return new Subject(SubjectKind.GROUP, name);
  }

  /** Every user with a login. */
  public static allUsers(): Subject {
    return new Subject(SubjectKind.ALL_USERS, '');
  }

  /** Everybody, without a login too. */
  public static everyone(): Subject {
    return new Subject(SubjectKind.EVERYONE, '');
  }

  private constructor(
    /** What it is. */
    public readonly kind: SubjectKind,
    /** The name of the user or group; empty for the others. */
    public readonly name: string,
  ) {}
}
