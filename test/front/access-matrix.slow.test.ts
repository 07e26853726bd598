// Who may do what, cell by cell, before a real registry: users, repositories and actions, and what a function
// says that knows patterns by their parts and no expressions.
import { AccessRule, RegistryAccess } from '../../lib/front/access';
import { Subject } from '../../lib/front/subject';
import { describeWithNginxes, RunningFront } from './running-front';

const PASSWORDS = {
  alice: 'of alice',
  bob: 'of:bob',
  'carol.c+x@example.com': 'ünïcode',
  ci: 'of ci',
  admin: 'of admin',
};

/** The same rules twice: for the front, and as plain data for what is expected. */
const RULES = [
  { may: 'pull', of: ['public/**', 'mixed/*/app'], by: ['everyone'] },
  { may: 'pull', of: ['shared/*'], by: ['all'] },
  { may: 'push', of: ['team/**'], by: ['alice', '@devs'] },
  { may: 'pull', of: ['team/app'], by: ['ci'] },
  { may: 'remove', of: ['team/**'], by: ['carol.c+x@example.com'] },
  { may: 'push', of: ['a.b/c_d', 'one'], by: ['ci'] },
  { may: 'push', of: ['**'], by: ['admin'] },
  { may: 'remove', of: ['**'], by: ['admin'] },
  { may: 'catalog', of: [], by: ['admin', '@devs'] },
] as const;
const GROUPS = { devs: ['bob', 'admin'], idle: ['ci'] };

const ACCESS = RegistryAccess.rules(
  RULES.map(({ may, of, by }) => {
    const rule = may === 'catalog' ? AccessRule.catalog() : AccessRule[may](...of);
    return rule.to(
      ...by.map((name) => {
        if (name === 'everyone') return Subject.everyone();
        if (name === 'all') return Subject.allUsers();
        return name.startsWith('@') ? Subject.group(name.slice(1)) : Subject.user(name);
      }),
    );
  }),
  { groups: GROUPS },
);

const REPOSITORIES = [
  'public/a',
  'public/a/b/c',
  'public',
  'publica/b',
  'a/public/b',
  'mixed/x/app',
  'mixed/x/y/app',
  'shared/a',
  'shared/a/b',
  'team/app',
  'team/app/cache',
  'team',
  'teams/app',
  'a.b/c_d',
  'axb/c_d',
  'one',
  'one/two',
];
const DIGEST = `sha256:${'0'.repeat(64)}`;
/** What the registry answers to what passes. */
const ACTIONS = {
  pull: { method: 'GET', path: (name: string) => `/v2/${name}/manifests/none`, passed: 404 },
  push: { method: 'POST', path: (name: string) => `/v2/${name}/blobs/uploads/`, passed: 202 },
  delete: { method: 'DELETE', path: (name: string) => `/v2/${name}/manifests/${DIGEST}`, passed: 404 },
} as const;
const WHO = [undefined, ...Object.keys(PASSWORDS)] as const;

/** By parts, one after the other. */
function covers(pattern: readonly string[], name: readonly string[]): boolean {
  const [part, ...rest] = pattern;
  if (part === undefined) return name.length === 0;
  if (name.length === 0) return false;
  if (part === '**') return name.some((_, index) => covers(rest, name.slice(index + 1)));
  return (part === '*' || part === name[0]) && covers(rest, name.slice(1));
}

function permitted(user: string | undefined, action: string, name: string): boolean {
  return RULES.some(({ may, of, by }) => {
    const does = { pull: ['pull'], push: ['pull', 'push'], remove: ['pull', 'delete'], catalog: ['catalog'] }[
      may
    ];
    const subject = by.some(
      (one) =>
        one === 'everyone' ||
        (user !== undefined &&
          (one === 'all' || one === user || GROUPS[one.slice(1) as keyof typeof GROUPS]?.includes(user))),
    );
    const patterns: readonly string[] = of;
    return (
      does.includes(action) &&
      subject &&
      (action === 'catalog' || patterns.some((pattern) => covers(pattern.split('/'), name.split('/'))))
    );
  });
}

function headers(
  user: string | undefined,
  password = user && PASSWORDS[user as keyof typeof PASSWORDS],
): Record<string, string> {
  if (user === undefined) return {};
  return { authorization: `Basic ${Buffer.from(`${user}:${password}`).toString('base64')}` };
}

describeWithNginxes('access rules', ['registry3'], (nginx) => {
  const front = new RunningFront({ access: ACCESS, users: PASSWORDS, nginx });
  beforeAll(() => front.start());
  afterAll(() => front.stop());

  const ask = async (method: string, path: string, user: string | undefined, password?: string) =>
    (await fetch(`${front.url}${path}`, { method, headers: headers(user, password) })).status;

  test.each(Object.entries(ACTIONS))(
    '%s, for each user and repository',
    async (action, { method, path, passed }) => {
      const cells = WHO.flatMap((user) => REPOSITORIES.map((name) => ({ user, name })));
      const answers = await Promise.all(cells.map(({ user, name }) => ask(method, path(name), user)));
      const wrong = cells.flatMap(({ user, name }, index) => {
        const denied = user === undefined ? 401 : 403;
        const expected = permitted(user, action, name) ? passed : denied;
        return answers[index] === expected
          ? []
          : [`${user} ${action} ${name}: ${answers[index]}, not ${expected}`];
      });
      expect(wrong).toEqual([]);
      expect(new Set(answers).size).toBe(3);
    },
  );

  test('the catalog', async () => {
    const answers = await Promise.all(WHO.map((user) => ask('GET', '/v2/_catalog', user)));
    expect(answers).toEqual(
      WHO.map((user) => {
        if (permitted(user, 'catalog', '')) return 200;
        return user === undefined ? 401 : 403;
      }),
    );
  });

  test('a wrong password is refused everywhere, in public repositories too', async () => {
    const answers = await Promise.all(
      ['/v2/', '/v2/public/a/tags/list', '/v2/team/app/tags/list', '/v2/_catalog'].map((path) =>
        ask('GET', path, 'alice', 'wrong'),
      ),
    );
    expect(answers).toEqual([401, 401, 401, 401]);
  });

  test('a name in other letters is another user', async () => {
    expect(await ask('GET', '/v2/team/app/tags/list', 'ALICE', PASSWORDS.alice)).toBe(401);
  });
});
