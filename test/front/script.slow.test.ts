// The front's script, in each of its forms, by shellcheck: in the chart it is a template, which no linter can read. And
// in images that lack what it needs.
import { spawnSync } from 'node:child_process';
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { frontScript } from '../../lib/front/front-script';
import { describeWith, pathOf } from '../../tools/programs';
import { newFolder } from '../support/folder';

const COLLECTION = { switches: '/etc/collection', port: 5004 };

describeWith("the front's script", ['shellcheck'], () => {
  test.each([
    [false, undefined],
    [true, undefined],
    [false, COLLECTION],
    [true, COLLECTION],
  ])('caches: %s, collection: %j', (caches, collection) => {
    const listen = '5000 ssl';
    const script = frontScript({ folder: '/etc/front', runFolder: '/run/front', listen, caches, collection });
    const { status, stdout } = spawnSync(pathOf('shellcheck'), ['-'], { input: script, encoding: 'utf8' });
    expect(stdout).toBe('');
    expect(status).toBe(0);
  });
});

describe('an image that lacks a program', () => {
  const all = ['nginx', 'cat', 'readlink', 'sleep', 'getent', 'timeout', 'date', 'mv', 'rm'];
  /** Runs the script where there are these programs, of which nginx ends at once. */
  function start(programs: readonly string[], caches: boolean, collection: typeof COLLECTION | undefined) {
    const folder = newFolder();
    const [bin, runFolder] = [join(folder, 'bin'), join(folder, 'run')];
    for (const path of [bin, runFolder]) mkdirSync(path);
    writeFileSync(join(folder, 'caches'), '');
    for (const program of programs) {
      const text = program === 'nginx' ? 'echo nginx runs' : 'exit 1';
      writeFileSync(join(bin, program), `#!/bin/sh\n${text}\n`, { mode: 0o755 });
    }
    const script = frontScript({ folder, runFolder, listen: '5000', caches, collection });
    const { stdout, stderr, status } = spawnSync('/bin/sh', ['-c', script], {
      env: { PATH: bin },
      encoding: 'utf8',
      timeout: 10_000,
    });
    return { stdout, stderr, status, written: readdirSync(runFolder).length };
  }

  test.each([
    [false, undefined, all.slice(0, 4)],
    [true, undefined, all.slice(0, 6)],
    [false, COLLECTION, all.filter((program) => !['getent', 'timeout'].includes(program))],
    [true, COLLECTION, all],
  ])('caches: %s, collection: %j: it says so, and does not start', (caches, collection, needs) => {
    const others = all.filter((program) => !needs.includes(program));
    expect(start(needs, caches, collection).stdout).toBe('nginx runs\n');
    for (const program of needs) {
      const { stderr, ...said } = start(
        all.filter((one) => one !== program),
        caches,
        collection,
      );
      expect(said).toEqual({ stdout: '', status: 1, written: 0 });
      expect(stderr).toMatch(
        `the front's image has no ${program}; use an image with all of: nginx cat readlink sleep`,
      );
    }
    for (const program of others)
      expect(
        start(
          all.filter((one) => one !== program),
          caches,
          collection,
        ).stdout,
      ).toBe('nginx runs\n');
    const { stderr } = start(['nginx', 'readlink', 'cat', 'date'], caches, collection);
    expect(stderr).toMatch(/ has no sleep/);
  });
});
