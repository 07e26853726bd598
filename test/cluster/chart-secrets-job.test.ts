// `secrets.source: job` on a real cluster: its pod runs under Pod Security, the registry starts with what it made,
// and the release's test logs in.

import { compareSync } from 'bcryptjs';
import { registryChart } from '../chart/registry-chart';
import { Helm } from '../e2e/helm';
import { nameOf, Release, versions } from '../e2e/release';
import { NAMES, namespaceFor, objectsOf, podsIn, ready, WAIT } from './support/chart';
import { describeOnCluster } from './support/cluster';

const NAME = 'first-registry';
const JOB = { secrets: { source: 'job' } };

describeOnCluster(
  'Secrets that a Job makes',
  { programs: ['helm4', 'openssl', 'curl', 'perl'] },
  (cluster) => {
    let release: Release;
    beforeAll(async () => {
      const helm = new Helm('helm4', cluster());
      release = new Release(cluster(), helm, registryChart(), 'first', await namespaceFor(cluster(), 'job'));
      await release.install(JOB, WAIT);
    });

    test('are all there, the registry runs, and the Job is gone', async () => {
      expect((await objectsOf(release)).map(nameOf)).toEqual(NAMES);
      expect(ready(await podsIn(cluster(), release.namespace))).toEqual([true]);
      const left = await cluster().must([
        'get',
        'job,role,rolebinding',
        '-n',
        release.namespace,
        '-o',
        'name',
      ]);
      expect(left).toBe('');
      const { auth, login } = await release.generated(NAME);
      expect(compareSync(login.password, auth.htpasswd.trim().split(':')[1])).toBe(true);
    });

    test('log in', async () => {
      expect(await release.test()).toMatchObject({ code: 0 });
    });

    test('stay the same, with the pod, in an upgrade', async () => {
      const before = versions(await objectsOf(release));
      await release.upgrade(JOB, WAIT);
      expect(versions(await objectsOf(release))).toEqual(before);
    });
  },
);
