// A folder of a node: bound to its claim, root's until the init container gives it to the registry, and whole
// after a restart.

import { chmodSync, chownSync, mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { PodRunner } from '../../tools/pod-runner/pod-runner';
import { hostFolder } from '../../tools/pod-runner/volumes';
import { describeWith, IS_ROOT, POD_PROGRAMS } from '../../tools/programs';
import { coreFlow } from './core-flow';
import { deploy, type Scenario } from './scenario';

const APP = 'test/e2e/apps/host-path.ts';
const folderOf = ({ machine }: PodRunner) => hostFolder(machine, '/srv/repository');

describeWith('a folder of a node', [...POD_PROGRAMS, 'registry3', 'skopeo'], () => {
  let scenario: Scenario;
  beforeAll(async () => {
    const prepare = async (runner: PodRunner) => {
      // As an older registry that ran as root left it.
      mkdirSync(join(folderOf(runner), 'docker/registry/v2'), { recursive: true });
      writeFileSync(join(folderOf(runner), 'docker/old'), '');
      // As a registry of another user left it, who closed it to others.
      mkdirSync(join(folderOf(runner), 'docker/closed/inner'), { recursive: true });
      writeFileSync(join(folderOf(runner), 'docker/closed/inner/file'), '');
      if (!IS_ROOT) return;
      for (const path of ['inner/file', 'inner', '']) {
        chownSync(join(folderOf(runner), 'docker/closed', path), 4711, 4711);
        chmodSync(join(folderOf(runner), 'docker/closed', path), 0o700);
      }
    };
    scenario = await deploy(APP, { settings: { FIX_OWNER: 'yes' }, prepare });
  });
  afterAll(() => scenario?.close());

  coreFlow(() => scenario);

  test('has the repositories, all of it the registry user’s', () => {
    const folder = folderOf(scenario.runner);
    expect(readdirSync(join(folder, 'docker/registry/v2/repositories'))).toEqual(['team']);
    if (!IS_ROOT) return;
    for (const path of [
      '',
      'docker',
      'docker/old',
      'docker/registry/v2',
      'docker/registry/v2/repositories/team',
      'docker/closed',
      'docker/closed/inner/file',
    ]) {
      const { uid, gid } = statSync(join(folder, path));
      expect({ path, uid, gid }).toEqual({ path, uid: 65532, gid: 65532 });
    }
  });

  test('is left alone at the next start, once it is the registry user’s', async () => {
    if (!IS_ROOT) return;
    const file = join(folderOf(scenario.runner), 'docker/old');
    chownSync(file, 4711, 4711);
    await scenario.runner.restart('registry');
    expect(statSync(file).uid).toBe(4711);
  });
});

describeWith('a folder of a node that stays root’s', [...POD_PROGRAMS, 'registry3'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  test('takes no push', async () => {
    scenario = await deploy(APP);
    const refused = await scenario.client.request('/v2/team/app/blobs/uploads/', {
      method: 'POST',
      user: scenario.admin,
    });
    expect(refused.status).toBe(IS_ROOT ? 500 : 202);
  });

  test('read-only takes no push and no deletion, and says so', async () => {
    scenario = await deploy(APP, { settings: { FIX_OWNER: 'yes', READ_ONLY: 'yes' } });
    const { client, admin } = scenario;
    const refused = await client.request('/v2/team/app/blobs/uploads/', { method: 'POST', user: admin });
    expect(refused.status).toBe(405);
    expect((await client.request('/v2/', { user: admin })).status).toBe(200);
  });
});
