// A pod that is told to end in the middle of a push: the push finishes, because of the preStop hook, the drain time-out
// and the grace period. Here the hook waits as long as the manifest says.

import type { ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { setTimeout as sleep } from 'node:timers/promises';
import { describeWith, POD_PROGRAMS } from '../../tools/programs';
import { randomContent, sha256 } from './clients/oci-image';
import { changed, DEFAULT_APP, deploy, type Scenario } from './scenario';

jest.setTimeout(90_000);
const DRAINING = 'stopping server gracefully';
const RATE = 2 * 10 ** 6;

async function until(condition: () => boolean): Promise<void> {
  for (const deadline = Date.now() + 20_000; !condition() && Date.now() < deadline; ) await sleep(50);
}

describeWith('a pod that ends during a push', [...POD_PROGRAMS, 'registry3', 'nginx'], () => {
  let scenario: Scenario | undefined;
  afterEach(() => scenario?.close());

  /** Starts a push that lasts this long. */
  async function slowPush({ client, admin }: Scenario, seconds: number) {
    const content = randomContent(seconds * RATE);
    const push = await client.startSlowPush('team/slow', admin, content, RATE);
    return { ...push, digest: sha256(content), ended: once(push.child, 'close') };
  }
  const running = (child: ChildProcess) => child.exitCode === null;

  test('serves until its hook is over, then takes no more, and lets the push finish', async () => {
    scenario = await deploy(DEFAULT_APP, { preStopSleepLimit: undefined });
    const { runner, client, admin } = scenario;
    const [pod] = runner.podsOf('registry');
    const answers = async () => (await runner.machine.run(['curl', '-s', '-o', '/dev/null', `http://${pod.ip}:5000/`])).code === 0;
    const push = await slowPush(scenario, 14);
    await sleep(500);
    const began = Date.now();
    const stopped = runner.stop('registry');
    await sleep(500);
    expect(await answers()).toBe(true); // for clients that have not heard of the end yet
    await until(() => pod.logs.includes(DRAINING));
    expect(Date.now() - began).toBeGreaterThan(9_500);
    expect(running(push.child)).toBe(true);
    expect(await answers()).toBe(false);

    await push.ended;
    expect(push.response()).toMatchObject({ status: 201, error: '' });
    expect(await stopped).toEqual([0]);
    await runner.run('registry');
    const blob = await client.request(`/v2/team/slow/blobs/${push.digest}`, { method: 'HEAD', user: admin });
    expect(blob).toMatchObject({ status: 200 });
  });

  test('would cut the push without the drain time-out', async () => {
    const withoutDrain = (body: { data: Record<string, string> }) => {
      body.data['config.yml'] = body.data['config.yml'].replace(/^ *draintimeout: .*\n/m, '');
    };
    scenario = await deploy(DEFAULT_APP, { edit: (manifests) => changed(manifests, 'ConfigMap', 'registry-config', withoutDrain) });
    const push = await slowPush(scenario, 4);
    await sleep(500);
    await scenario.runner.stop('registry');
    await push.ended;
    expect(push.response().status).not.toBe(201);
  });
});
