// How long an app takes to go. Pods that may take minutes to end have Kubernetes wait long before it looks at their namespace again.

import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { DEFAULT_APP } from '../e2e/scenario';
import { describeOnCluster, eventually } from './support/cluster';
import { type Deployed, deployApp } from './support/deployed';
import { known } from './support/known';

jest.setTimeout(90_000);
const PATIENCE_S = 30;

describeOnCluster('the namespace of an app', {}, (cluster) => {
  let apps: readonly Deployed[];
  beforeAll(async () => {
    apps = await Promise.all(['order', 'at-once'].map((purpose) => deployApp(cluster(), DEFAULT_APP, { purpose })));
    // Both are started to be deleted at the same time, since waiting is all there is to do.
    await cluster().must(['delete', '-f', apps[1].dist, '--wait=false']);
  }, 120_000);
  afterAll(() => {
    for (const app of apps ?? []) app.close();
  });

  test(`goes within ${PATIENCE_S} s once all that was in it has gone`, async () => {
    const { dist, namespace } = apps[0];
    const files = readdirSync(dist).filter((name) => name.endsWith('.yaml') && !name.startsWith('000-'));
    await cluster().must(['delete', ...files.flatMap((file) => ['-f', join(dist, file)])]);
    await eventually('its pods have gone', async () => (await pods(namespace)) === 0 || undefined, PATIENCE_S);
    await cluster().must(['delete', '-f', join(dist, '000-registry-namespace.yaml'), '--wait=false']);
    await goesIn(namespace);
  });

  // The controller of namespaces sleeps for half of the grace period of the pods that it finds: 330 s.
  known('`kubectl delete -f dist` takes minutes', /^the namespace is there after \d+ s: Terminating, with 0 pods$/, async () => {
    await goesIn(apps[1].namespace);
  });

  async function pods(namespace: string): Promise<number> {
    return (await cluster().json<{ items: unknown[] }>('pods', '-n', namespace)).items.length;
  }

  async function goesIn(namespace: string): Promise<void> {
    const phase = async () =>
      (await cluster().must(['get', 'namespace', namespace, '--ignore-not-found', '-o', 'jsonpath={.status.phase}'])).trim();
    try {
      await eventually('the namespace is gone', async () => (await phase()) === '' || undefined, PATIENCE_S);
    } catch {
      throw new Error(`the namespace is there after ${PATIENCE_S} s: ${await phase()}, with ${await pods(namespace)} pods`);
    }
  }
});
