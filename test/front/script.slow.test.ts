// The front's script, in each of its forms, by shellcheck: in the chart it is a template, which no linter can read.
import { spawnSync } from 'node:child_process';
import { frontScript } from '../../lib/front/front-script';
import { describeWith, pathOf } from '../../tools/programs';

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
