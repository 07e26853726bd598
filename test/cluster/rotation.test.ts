// A new password by docs/operations/rotation.md: the kubelet brings the changed Secret to the pod, which takes it without a
// restart and goes on with what is under way.

import { once } from 'node:events';
import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { randomContent, sha256 } from '../e2e/clients/oci-image';
import type { RegistryClient, User } from '../e2e/clients/registry-client';
import { describeOnCluster, eventually } from './support/cluster';
import { admin, clientThroughIngress, type Deployed, deployApp } from './support/deployed';
import { type Pod, podOf, restarts } from './support/pods';

/** The kubelet looks at each pod every 60 to 90 s: its syncFrequency, and up to half of it by chance. */
const REFRESH_S = 100;
const RATE = 10 ** 6;

describeOnCluster("a change of the admin's password", { programs: ['curl'] }, (cluster) => {
  let app: Deployed;
  let client: RegistryClient;
  let before: Pod;
  let current: User;
  beforeAll(async () => {
    app = await deployApp(cluster(), 'test/cluster/apps/with-more.ts', { purpose: 'rotation' });
    client = await clientThroughIngress(cluster(), app);
    before = await podOf(cluster(), app.namespace);
    current = admin(app);
  });
  afterAll(() => app?.close());

  const status = async (user: User) => (await client.request('/v2/', { user })).status;
  const works = (user: User, seconds: number) =>
    eventually('the new password works', async () => (await status(user)) === 200 || undefined, seconds);

  const apply = (file = '') => cluster().must(['apply', '-f', join(app.dist, file)]);

  /** Whether the Secrets that nodes and the toolbox log in by hold a password. */
  async function logInBy({ name, password }: User): Promise<boolean[]> {
    const keys = [
      ['registry-pull', '.dockerconfigjson'],
      ['registry-toolbox', '.dockerconfigjson'],
    ] as const;
    const auth = Buffer.from(`${name}:${password}`).toString('base64');
    return Promise.all(
      keys.map(async ([secret, key]) => (await cluster().secret(app.namespace, secret, key)).includes(auth)),
    );
  }

  async function sameProcess(): Promise<void> {
    const now = await podOf(cluster(), app.namespace);
    expect(now.metadata.uid).toBe(before.metadata.uid);
    expect(restarts(now)).toBe(0);
  }

  test('to another generated one, which comes within the time that the kubelet takes by itself', async () => {
    const file = join(app.folder, '.registry', app.namespace, 'registry', 'admin.password');
    rmSync(file);
    app.synthesizeAgain({});
    const [password = ''] = readFileSync(file, 'utf8').split('\n');
    expect(password).not.toBe(current.password);
    // By this file alone, pull secrets and the toolbox keep the old password.
    await apply('100-registry-secrets.yaml');
    expect(await logInBy(current)).toEqual([true, true]);
    await apply();
    expect(await logInBy({ ...current, password })).toEqual([true, true]);
    await works({ ...current, password }, REFRESH_S);
    expect(await status(current)).toBe(401);
    await sameProcess();
    current = { ...current, password };
  });

  test('to a given one: the new works, the old does not, and no push is cut', async () => {
    const changed = { ...current, password: 'a-new-password' };
    expect({ current: await status(current), changed: await status(changed) }).toEqual({
      current: 200,
      changed: 401,
    });
    app.synthesizeAgain({ REGISTRY_ADMIN_PASSWORD: changed.password });
    const content = randomContent(60 * RATE);
    const push = await client.startSlowPush('team/slow', current, content, RATE);
    const ended = once(push.child, 'close');
    await sleep(1_000);

    await apply();
    // Whatever changes in a pod has the kubelet look at it: no need to wait here.
    await cluster().must([
      'annotate',
      'pod',
      before.metadata.name,
      '-n',
      app.namespace,
      `look=${Date.now()}`,
    ]);
    await works(changed, REFRESH_S);
    expect(push.child.exitCode).toBeNull(); // it is still under way
    expect(await status(current)).toBe(401);

    await ended;
    expect(push.response()).toMatchObject({ status: 201, error: '' });
    const blob = await client.request(`/v2/team/slow/blobs/${sha256(content)}`, {
      method: 'HEAD',
      user: changed,
    });
    expect(blob.status).toBe(200);
    await sameProcess();
  });
});
