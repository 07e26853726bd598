// The sandbox is as strict as a node: otherwise the other tests would prove nothing about users, modes and
// mounts.

import { describeWith, IS_ROOT, POD_PROGRAMS } from '../../tools/programs';
import { changed, DEFAULT_APP, deploy, type Scenario } from '../e2e/scenario';

describeWith('the sandbox of a pod', [...POD_PROGRAMS, 'registry3', 'nginx'], () => {
  let scenario: Scenario | undefined;
  afterEach(async () => {
    await scenario?.close();
    scenario = undefined;
  });

  test('has the specified user, no capabilities and nothing writable but the claim', async () => {
    scenario = await deploy(DEFAULT_APP);
    const [pod] = scenario.runner.podsOf('registry');
    const { stdout: status } = await pod.exec('cat', '/proc/1/status');
    expect(status).toMatch(/^Uid:\t65532\t65532\t65532\t65532$/m);
    expect(status).toMatch(/^Gid:\t65532\t65532\t65532\t65532$/m);
    expect(status).toMatch(/^CapEff:\t0+$/m);
    expect(status).toMatch(/^CapBnd:\t0+$/m);
    expect(status).toMatch(/^NoNewPrivs:\t1$/m);
    for (const folder of ['/', '/tmp', '/dev', '/etc', '/etc/distribution', '/auth']) {
      const written = await pod.exec('touch', `${folder}/probe`);
      expect({ folder, ...written }).toMatchObject({
        folder,
        code: 1,
        stderr: expect.stringMatching(/Read-only file system|Permission denied/),
      });
    }
    expect(await pod.exec('touch', '/var/lib/registry/probe')).toMatchObject({ code: 0 });
  });

  test('keeps files from a pod that has not their group', async () => {
    const withoutGroup = deploy(DEFAULT_APP, {
      edit: (manifests) =>
        changed(
          manifests,
          'Deployment',
          'registry',
          ({ spec }) => delete spec.template.spec.securityContext.fsGroup,
        ),
    });
    if (IS_ROOT) {
      await expect(withoutGroup).rejects.toThrow(/permission denied/);
    } else {
      scenario = await withoutGroup; // an ordinary user's files have one owner, who may read them
      expect(scenario.runner.podsOf('registry')).toMatchObject([{ ready: true }]);
    }
  });
});
