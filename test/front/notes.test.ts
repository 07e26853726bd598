// What the notes say of a front: the table of who may do what, cell by cell against a function that knows names
// and no patterns of patterns, and the steps around it.
import * as fc from 'fast-check';
import {
  AccessRule,
  LocalStore,
  Registry,
  RegistryAccess,
  RegistryCredentials,
  type RegistryProps,
  RegistryUser,
  Subject,
} from '../../lib';
import { AccessPermission } from '../../lib/front/access';
import { accessTable, mayDoIn } from '../../lib/front/access-table';
import { newFolder } from '../support/folder';
import { newChart, problemsIn } from '../support/synth';

const before = process.cwd();
beforeAll(() => process.chdir(newFolder()));
afterAll(() => process.chdir(before));

const USERS = {
  credentials: RegistryCredentials.users(
    RegistryUser.generated('admin'),
    RegistryUser.generated('ci'),
    RegistryUser.generated('alice'),
    RegistryUser.generated('guest'),
  ),
};

function notesOf(props: RegistryProps): string {
  const chart = newChart(new LocalStore(), { namespace: 'registry' });
  const registry = new Registry(chart, 'registry', { host: 'registry.example.com', ingress: {}, ...props });
  expect(problemsIn(chart)).toEqual([]);
  return registry.notes();
}

const ACCESS = RegistryAccess.rules(
  [
    AccessRule.pull('public/**').toEveryone(),
    AccessRule.pull('shared/*').toAllUsers(),
    AccessRule.push('team/**').to(Subject.user('ci'), Subject.group('devs')),
    AccessRule.remove('team/app').to(Subject.group('devs')),
  ],
  { groups: { devs: ['alice'] }, administrators: ['admin'] },
);

test('the table, the log and the switch are in the notes', () => {
  const notes = notesOf({ auth: USERS, access: ACCESS, storage: { deletion: true } });
  const step = /\d\. Who may do what[\s\S]*?(?=\n\d\. )/.exec(notes)?.[0];
  expect(step).toMatchInlineSnapshot(`
"5. Who may do what (* is one part of a name, ** one or more; what is not in a rule is denied)
                    public/**         shared/*          team/**           team/app          **
   without a login  pull              -                 -                 -                 -
   admin            pull push delete  pull push delete  pull push delete  pull push delete  pull push delete
   ci               pull              pull              pull push         pull push         -
   alice            pull              pull              pull push         pull push delete  -
   guest            pull              pull              -                 -                 -

                    catalog
   without a login  -
   admin            list
   ci               -
   alice            -
   guest            -
"
`);
  expect(notes).toContain('kubectl -n registry logs deployment/registry -c front --tail 20');
  expect(notes).toContain('kubectl -n registry create configmap registry-read-only --from-literal=readonly=');
});

test('without rules there is no table', () => {
  expect(notesOf({ front: {} })).not.toContain('Who may do what');
  expect(notesOf({})).not.toContain('configmap');
});

test('users whom only a Secret knows are any other user', () => {
  const table = accessTable(ACCESS._all(false), [['any other user', { user: 'x' }]]);
  expect(table[1]).toMatch(/^any other user +pull +pull +- +- +- +-$/);
});

test('a wide table goes on below', () => {
  const rules = Array.from({ length: 12 }, (_, index) =>
    AccessRule.pull(`a-long-prefix-${index}/**`).toEveryone(),
  );
  const table = accessTable(rules, [['without a login', {}]]);
  expect(table).toHaveLength(8);
  for (const line of table) expect(line.length).toBeLessThanOrEqual(110);
});

const part = fc.constantFrom('a', 'b', '*', '**');
const pattern = fc.array(part, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));

/** All names of up to five parts, of which one is in no pattern. */
const NAMES = (function names(length: number): string[][] {
  if (length === 0) return [[]];
  const shorter = names(length - 1);
  return [...shorter, ...shorter.flatMap((name) => ['a', 'b', 'c'].map((word) => [...name, word]))];
})(5).filter((name) => name.length > 0);
const UNIQUE = [...new Set(NAMES.map((name) => name.join('/')))];

function covers(of: string, name: string): boolean {
  const expression = of
    .split('/')
    .map((one) => ({ '*': '[^/]+', '**': '.+' })[one] ?? one)
    .join('/');
  return new RegExp(`^${expression}$`).test(name);
}

test('a cell says what is permitted in all repositories of its pattern', () => {
  fc.assert(
    fc.property(fc.array(pattern, { minLength: 1, maxLength: 4 }), pattern, (patterns, asked) => {
      const rules = [AccessRule.pull(...patterns).toEveryone()];
      const expected = UNIQUE.filter((name) => covers(asked, name)).every((name) =>
        patterns.some((one) => covers(one, name)),
      );
      expect(mayDoIn(rules, {}, AccessPermission.PULL, asked)).toBe(expected);
    }),
    { numRuns: 300 },
  );
});
