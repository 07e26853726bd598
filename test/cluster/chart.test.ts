// The registry's own chart on a real cluster, from its installation by Helm 3 and 4 to its end: its pods run
// where Pod Security is enforced, its notes lead to a pull, its test sees what works and what does not,
// upgrades and rollbacks roll the pods and no image is lost, and what must last outlives the release.

import { pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { buildImage, type OciImage, verifyImage } from '../e2e/clients/oci-image';
import { Person } from '../e2e/clients/person';
import { Helm, helmsOrOnly } from '../e2e/helm';
import { contents, type LiveObject, nameOf, Release, versions } from '../e2e/release';
import {
  clientOf,
  EXPIRES,
  LOG_IN,
  NAMES,
  namespaceFor,
  objectsOf,
  PUSH,
  podsIn,
  REACH,
  RUNS,
  ready,
  SUCCEEDED,
  stepsIn,
  TRUST,
  WAIT,
} from './support/chart';
import { describeOnCluster, eventually, KUBECTL } from './support/cluster';
import { whileForwarded } from './support/forwarded';
import { Probe, reaches } from './support/pods';

const NAME = 'first-registry';
const KEPT = NAMES.filter((name) => /^(PersistentVolumeClaim|Secret) /.test(name));

/** What the objects are told to be, whatever was done to them on the way there. */
function settings(objects: readonly LiveObject[]): Record<string, object> {
  return Object.fromEntries(
    objects.map((object) => [nameOf(object), { spec: object.spec, data: object.data }]),
  );
}

for (const [program, title] of helmsOrOnly('helm4')) {
  describeOnCluster(`The chart with ${title}`, { programs: [program, 'skopeo', 'curl'] }, (cluster) => {
    let helm: Helm;
    let first: Release;
    let image: OciImage;
    let person: Person;
    let printed: string;
    beforeAll(async () => {
      helm = new Helm(program, cluster());
      first = new Release(cluster(), helm, registryChart(), 'first', await namespaceFor(cluster(), 'chart'));
      printed = await first.install({}, WAIT);
      const { machine, environment } = cluster();
      image = buildImage(machine.makeFolder('image'), [1_000, 2_000_000]);
      person = await Person.at(machine, { image, kubectl: pathOf(KUBECTL), environment });
    });

    /** Does something while the command of the notes runs by which one reaches the registry. */
    async function forwarded<T>(work: () => Promise<T>): Promise<T> {
      const { [REACH]: reach } = stepsIn(await first.notes());
      return whileForwarded(cluster().machine, reach[0], person.environment, work);
    }

    /** Pulls what the notes pushed, by the password and under the CA that are in the Secrets now. */
    async function pull(): Promise<string> {
      const [client, user] = await clientOf(cluster(), first, 'localhost:5000');
      return forwarded(async () => {
        expect(await client.login(user)).toMatchObject({ code: 0 });
        return client.pull('hello:1.0');
      });
    }

    test('by default it makes these objects, and its pod runs without a warning', async () => {
      expect((await objectsOf(first)).map(nameOf)).toEqual(NAMES);
      expect(ready(await podsIn(cluster(), first.namespace))).toEqual([true]);
      expect(await cluster().warnings(first.namespace)).toEqual([]);
    });

    test('its notes lead to a pull', async () => {
      const notes = await first.notes();
      expect(printed).toContain(notes.trim());
      expect(notes).toContain(`Registry "${NAME}" at https://registry.localhost:5000\n`);
      const {
        [RUNS]: runs,
        [REACH]: reach,
        [TRUST]: trust,
        [LOG_IN]: login,
        [PUSH]: push,
        [EXPIRES]: expires,
        ...others
      } = stepsIn(notes);
      expect({ reached: reach.length, others }).toEqual({ reached: 1, others: {} });
      expect(await person.follows(runs)).toEqual([SUCCEEDED]);
      expect(await person.follows(expires)).toEqual([
        expect.objectContaining({ code: 0, stdout: expect.stringMatching(/^notAfter=/) }),
      ]);
      await forwarded(async () => {
        const { code, stderr } = await person.types('docker push localhost:5000/hello:1.0');
        expect({ code, stderr }).toEqual({
          code: 1,
          stderr: expect.stringContaining('certificate signed by unknown authority'),
        });
      });
      expect(await person.follows(trust)).toEqual(Array(3).fill(SUCCEEDED)); // nodes don't come by a port-forward
      await forwarded(async () => {
        const anybody = await person.types(
          `curl -sS https://localhost:5000/v2/ -o /dev/null -w '%{http_code}'`,
        );
        expect(anybody).toMatchObject({ stdout: '401', stderr: '' });
        expect(await person.follows(login)).toEqual([
          expect.objectContaining({ code: 0, stdout: 'Login Succeeded!\n' }),
        ]);
        expect(await person.follows(push)).toEqual(Array(4).fill(SUCCEEDED));
      });
      expect(verifyImage(person.pulled)).toBe(image.digest);
    });

    test('its test pushes images through the Service and pulls them, again and again', async () => {
      for (const _ of [1, 2]) {
        const { code, stdout } = await first.test();
        expect({ code, stdout }).toEqual({ code: 0, stdout: expect.stringMatching(/^Phase: +Succeeded$/m) });
      }
      expect(await podsIn(cluster(), first.namespace)).toHaveLength(1);
      const [client, user] = await clientOf(cluster(), first, 'localhost:5000');
      await forwarded(async () => {
        const manifest = JSON.parse((await client.manifest('verification', 'large', user)).body);
        expect(manifest).toMatchObject({ artifactType: 'application/vnd.cdk8s-registry.verification' });
        expect(manifest.layers).toMatchObject([{ size: 16 * 2 ** 20 }]);
      });
    });

    test('upgrades by the same values change nothing: not one object, and no pod', async () => {
      const before = contents(await first.objects());
      const rendered = await helm.manifest('first', { namespace: first.namespace });
      await first.upgrade({}, ['--reset-values', ...WAIT]);
      expect(contents(await first.objects())).toEqual(before);
      const settled = versions(await first.objects());
      await first.upgrade({}, ['--reuse-values', ...WAIT]);
      expect(versions(await first.objects())).toEqual(settled);
      expect(await helm.manifest('first', { namespace: first.namespace })).toBe(rendered);
    });

    test('what it generated is in no values', async () => {
      const { login, http } = await first.generated(NAME);
      const values = await helm.must(['get', 'values', 'first', '--all', '--output', 'json'], {
        namespace: first.namespace,
      });
      expect(Object.keys(JSON.parse(values)).filter((key) => !/^[a-zA-Z]+$/.test(key))).toEqual([]);
      for (const secret of [login.password, http.secret]) expect(values).not.toContain(secret);
    });

    test('changed values replace the pod and leave everything else, images too; a rollback brings back what was', async () => {
      const limits = async () =>
        (await podsIn(cluster(), first.namespace)).map(({ spec }) => spec.containers[0].resources);
      const uids = async () => (await podsIn(cluster(), first.namespace)).map(({ metadata }) => metadata.uid);
      const logs = () => cluster().must(['logs', `deployment/${NAME}`, '-n', first.namespace]);
      const [before, objects, resources, old] = [
        versions(await objectsOf(first)),
        await objectsOf(first),
        await limits(),
        await uids(),
      ];

      await first.upgrade(
        { configuration: { logLevel: 'debug' }, resources: { limits: { memory: '384Mi' } } },
        WAIT,
      );
      const after = versions(await objectsOf(first));
      expect(Object.keys(after).filter((name) => before[name] !== after[name])).toEqual([
        `ConfigMap ${NAME}-config`,
        `Deployment ${NAME}`,
      ]);
      expect(await limits()).toEqual([expect.objectContaining({ limits: { memory: '384Mi' } })]);
      expect(await logs()).toContain('level=debug');
      const upgraded = await uids();
      expect(upgraded).not.toEqual(old);
      expect(await pull()).toBe(image.digest);

      await first.rollback(1, WAIT);
      expect(settings(await objectsOf(first))).toEqual(settings(objects));
      expect(await limits()).toEqual(resources);
      expect(await logs()).not.toContain('level=debug');
      expect(await uids()).toHaveLength(1);
      expect(await uids()).not.toEqual(upgraded);
      expect(await pull()).toBe(image.digest);
    });

    test('its test fails where no registry runs', async () => {
      const scale = (replicas: number) =>
        cluster().must(['scale', `deployment/${NAME}`, `--replicas=${replicas}`, '-n', first.namespace]);
      const [pod] = await podsIn(cluster(), first.namespace);
      await scale(0);
      // Until its end Services lead to a pod that is stopped, where there is no other.
      await cluster().must([
        'wait',
        '--for=delete',
        `pod/${pod.metadata.name}`,
        '-n',
        first.namespace,
        '--timeout=150s',
      ]);
      // Whether it is refused or waits in vain is up to what leads to Services.
      const { code, stdout } = await first.test('15s');
      expect({ code, stdout }).toEqual({ code: 1, stdout: expect.stringMatching(/^Phase: +Failed$/m) });
      await scale(1);
      await cluster().rolledOut(first.namespace, `deployment/${NAME}`);
      expect(await first.test()).toMatchObject({ code: 0 });
    });

    test('its end leaves the images and what was generated, and the next release of that name takes them up', async () => {
      const uids = (all: Record<string, string>) =>
        Object.fromEntries(KEPT.map((name) => [name, all[name]?.split(' ')[0]]));
      const [before, installed] = [await first.generated(NAME), versions(await objectsOf(first))];
      await first.uninstall();
      const left = await objectsOf(first);
      expect(left.map(nameOf)).toEqual(KEPT);
      expect(left.filter(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([]);
      expect(uids(versions(left))).toEqual(uids(installed));
      await cluster().must([
        'wait',
        '--for=delete',
        'pods',
        '--all',
        '-n',
        first.namespace,
        '--timeout=150s',
      ]);

      const stranger = new Release(cluster(), helm, registryChart(), 'stranger', first.namespace);
      await expect(stranger.install({ fullnameOverride: NAME })).rejects.toThrow(
        /invalid ownership metadata/,
      );

      await first.install({}, WAIT);
      expect((await objectsOf(first)).map(nameOf)).toEqual(NAMES);
      expect(await first.generated(NAME)).toEqual(before);
      expect(uids(versions(await objectsOf(first)))).toEqual(uids(installed));
      expect(await pull()).toBe(image.digest);
    });

    test('nothing of all that gives a warning', async () => {
      expect(await cluster().warnings(first.namespace)).toEqual([]);
    });
  });
}

describeOnCluster(
  'The chart behind a narrow NetworkPolicy',
  { ownOnly: 'it needs an enforcer', programs: ['helm4'] },
  (cluster) => {
    test('its test passes, those whom it names come in, and strangers stay out', async () => {
      const namespace = await namespaceFor(cluster(), 'narrow');
      const release = new Release(
        cluster(),
        new Helm('helm4', cluster()),
        registryChart(),
        'first',
        namespace,
      );
      await release.install(
        { networkPolicy: { allowFrom: [{ podSelector: { matchLabels: { app: 'friend' } } }] } },
        WAIT,
      );
      expect(await release.test()).toMatchObject({ code: 0 });
      const { spec } = await cluster().json('service', NAME, '-n', namespace);
      for (const name of ['friend', 'stranger']) await Probe.start(cluster(), namespace, name);
      const comesIn = (pod: string) => reaches(cluster(), namespace, pod, spec.clusterIP, spec.ports[0].port);
      await eventually('the friend comes in', async () => (await comesIn('friend')) || undefined);
      expect(await comesIn('stranger')).toBe(false);
    });
  },
);
