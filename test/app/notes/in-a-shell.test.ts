// What programs are given when the commands of NOTES.txt are run: the shell must make nothing of names but
// what they are.
import { spawnSync } from 'node:child_process';
import * as fs from 'node:fs';
import * as path from 'node:path';
import { LocalStore, Registry, RegistryCredentials, type RegistryProps, RegistryUser } from '../../../lib';
import { fileWord, shellWord } from '../../../lib/core/shell';
import { ROUTES } from '../../catalogue/routes';
import { newFolder } from '../../support/folder';
import { newChart } from '../../support/synth';

const PROGRAMS = ['docker', 'kubectl', 'sudo', 'tee', 'rm'];
const SHELLS = ['sh', 'bash', 'zsh'].filter((shell) => spawnSync(shell, ['-c', 'exit']).status === 0);

/** What each program was given when a shell ran some commands in a folder. */
function run(shell: string, commands: string, folder = newFolder()): string[][] {
  const programs = newFolder();
  const log = path.join(programs, 'log');
  for (const name of PROGRAMS) {
    // A word ends with NUL, a command with SOH.
    const stub = `#!/bin/sh\nprintf '%s\\0' ${name} "$@" >> '${log}'; printf '\\1' >> '${log}'\n`;
    fs.writeFileSync(path.join(programs, name), stub, { mode: 0o755 });
  }
  const { status, stderr } = spawnSync(shell, [], {
    cwd: folder,
    input: commands,
    encoding: 'utf8',
    env: { PATH: `${programs}:${process.env.PATH}`, HOME: folder, UID: '0' },
  });
  expect({ shell, status, stderr }).toEqual({ shell, status: 0, stderr: '' });
  const written = fs.existsSync(log) ? fs.readFileSync(log, 'utf8') : '';
  return written
    .split('\x01')
    .slice(0, -1)
    .map((command) => command.split('\0').slice(0, -1));
}

const WORDS = [
  'admin',
  '',
  ' ',
  'two words',
  '$HOME',
  'ci$HOME',
  'a$(rm -rf x)',
  '`rm x`',
  'it\'s "so"',
  "''",
  "'",
  'a!b',
  '!!',
  '~',
  '~root',
  '=rm',
  'A=1',
  '-n',
  '*',
  '?',
  '[::1]:5000',
  '{a,b}',
  'a;rm x',
  'a&b',
  'a|rm',
  '<a>',
  '#a',
  'a#b',
  'a\\nb',
  '\\',
  'a\nb',
  'ü',
  'a^b',
  'person@example.com',
  '100%',
];

test.each(SHELLS)('%s takes each word as it is', (shell) => {
  expect(run(shell, `docker ${WORDS.map(shellWord).join(' ')}\n`)).toEqual([['docker', ...WORDS]]);
});

test('plain words stay without quotes', () => {
  for (const word of [
    'admin',
    'a-b_c.d',
    'person@example.com',
    'hub.example.com:5000/hello:1.0',
    '.registry/registry/a.password',
    'key=value',
  ])
    expect(shellWord(word)).toBe(word);
});

test('no file is taken for an option', () => {
  expect(fileWord('-x/a b')).toBe("'./-x/a b'");
  expect(fileWord('--store/a')).toBe('./--store/a');
});

/** The commands of notes, without what is told between them. */
function commandsOf(notes: string): string[] {
  return notes.split('\n').filter((line) => /^ +(kubectl|docker|sudo|printf|head|\w+=)/.test(line));
}

function registry(props: RegistryProps, folder: string): Registry {
  return new Registry(newChart(new LocalStore({ directory: folder })), 'registry', {
    host: 'registry.example.com',
    ...props,
  });
}

describe.each(SHELLS)('%s', (shell) => {
  test.each(['ci$HOME', 'a$', '$$'.padStart(3, 'x'), 'me@example.com', 'a+b', '0$1'])(
    'logs in as %s',
    (user) => {
      const place = newFolder();
      const before = process.cwd();
      process.chdir(place);
      try {
        const generated = registry(
          { auth: { credentials: RegistryCredentials.users(RegistryUser.generated(user)) }, ingress: {} },
          "it's $HOME",
        );
        const [show, ...more] = commandsOf(generated.notes()).filter((line) => line.includes('docker login'));
        expect(more).toEqual([]);
        expect(run(shell, show ?? '', place)).toEqual([
          ['docker', 'login', 'registry.example.com', '-u', user, '--password-stdin'],
        ]);
        expect(
          spawnSync(shell, {
            cwd: place,
            input: generated.auth.showPasswordCommand(user),
            encoding: 'utf8',
          }).stdout.trim(),
        ).toBe(generated.auth._password(user));
      } finally {
        process.chdir(before);
      }
      const given = registry(
        {
          auth: {
            credentials: RegistryCredentials.users(RegistryUser.password(user, 'x', { bcryptCost: 4 })),
          },
        },
        newFolder(),
      );
      const lines = commandsOf(given.notes()).filter((line) => line.includes('docker login'));
      expect(run(shell, lines.join('\n'))).toEqual([['docker', 'login', 'localhost:5000', '-u', user]]);
      const line = `${user}:$2b$05$${'a'.repeat(53)}`;
      const known = registry(
        { auth: { credentials: RegistryCredentials.htpasswd(line) }, ingress: {} },
        newFolder(),
      );
      expect(
        run(
          shell,
          commandsOf(known.notes())
            .filter((one) => one.includes('login'))
            .join('\n'),
        ),
      ).toEqual([['docker', 'login', 'registry.example.com', '-u', user]]);
    },
  );
});

test.each(Object.entries(ROUTES))('all commands of %s run', (_, props) => {
  const folder = newFolder();
  fs.mkdirSync(path.join(folder, 'dist'));
  const before = process.cwd();
  process.chdir(folder);
  try {
    const notes = registry(props, '.registry').notes();
    const given = run('sh', commandsOf(notes).join('\n'), folder);
    expect(given.length).toBeGreaterThan(4);
    for (const words of given) for (const word of words) expect(word).toMatch(/^[^\s'"`]*$|^jsonpath=|^\{/);
  } finally {
    process.chdir(before);
  }
});
