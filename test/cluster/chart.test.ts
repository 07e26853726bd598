// The registry's own chart on a real cluster, from its installation by Helm 3 and 4 to its end: its pods run where Pod Security is enforced, its notes lead to
// a pull, its test sees what works and what does not, upgrades and rollbacks roll the pods and no image is lost, and what must last outlives the release.

import { pathOf } from '../../tools/programs';
import { buildImage, type OciImage, verifyImage } from '../e2e/clients/oci-image';
import { Person } from '../e2e/clients/person';
import { RegistryClient, type User } from '../e2e/clients/registry-client';
import { HELM_PROGRAMS, Helm } from '../e2e/helm';
import { contents, type LiveObject, nameOf, Release, STRICT, versions } from '../e2e/release';
import { registryChart } from '../helm/registry-chart';
import { type Cluster, describeOnCluster } from './support/cluster';
import { answers } from './support/deployed';
import { whileForwarded } from './support/forwarded';

jest.setTimeout(300_000);

const NAME = 'first-registry';
const NAMES = [
  'ConfigMap first-registry-config',
  'Deployment first-registry',
  'NetworkPolicy first-registry',
  'PersistentVolumeClaim first-registry',
  'Secret first-registry-auth',
  'Secret first-registry-ca',
  'Secret first-registry-http',
  'Secret first-registry-login',
  'Secret first-registry-tls',
  'Service first-registry',
];
const KEPT = NAMES.filter((name) => /^(PersistentVolumeClaim|Secret) /.test(name));
const GENERATED = ['auth', 'ca', 'http', 'login', 'tls'] as const;
const WAIT = ['--wait', '--timeout', '3m'];
/** The headings of the notes. */
const [RUNS, REACH, FIND, TRUST] = ['Wait until it runs', 'Reach it', 'Find the address', 'Trust the certificate'];
const [LOG_IN, PUSH, PAGE] = ['Log in', 'Push and pull', 'Open the web page'];
const SUCCEEDED = expect.objectContaining({ code: 0 });

/** Makes a namespace whose pods must be restricted. */
async function namespaceFor(cluster: Cluster, purpose: string): Promise<string> {
  const name = cluster.newNamespace(purpose);
  await cluster.apply({ apiVersion: 'v1', kind: 'Namespace', metadata: { name, labels: STRICT } });
  await cluster.must(['wait', '--for=create', 'serviceaccount/default', '-n', name, '--timeout=60s']);
  return name;
}

/** What of a release Helm and the chart made: not the pods, and what controllers add. */
async function objectsOf(release: Release): Promise<LiveObject[]> {
  const kinds = ['ConfigMap', 'Deployment', 'Ingress', 'NetworkPolicy', 'PersistentVolumeClaim', 'Secret', 'Service'];
  const all = await release.objects();
  return all.filter(({ kind, metadata }) => kinds.includes(kind) && metadata.name !== 'kube-root-ca.crt');
}

/** What the objects are told to be, whatever was done to them on the way there. */
function settings(objects: readonly LiveObject[]): Record<string, object> {
  return Object.fromEntries(objects.map((object) => [nameOf(object), { spec: object.spec, data: object.data }]));
}

interface Pod {
  readonly metadata: { readonly name: string; readonly uid: string };
  readonly spec: { readonly containers: { readonly resources: object }[] };
  readonly status: { readonly conditions: { readonly type: string; readonly status: string }[] };
}

async function podsIn(cluster: Cluster, namespace: string): Promise<Pod[]> {
  return (await cluster.json<{ items: Pod[] }>('pods', '-n', namespace)).items;
}

/** The commands of notes, by the heading that they stand under. */
function stepsIn(notes: string): Record<string, string[]> {
  const steps = notes.split('\n\n* ').slice(1);
  return Object.fromEntries(
    steps.map((step) => {
      const commands = [...step.matchAll(/^ +((?:kubectl|docker|sudo|printf) .*)$/gm)].map(([, command]) => command);
      return [/^[^:,\n]*/.exec(step)?.[0], commands];
    }),
  );
}

for (const [program, title] of HELM_PROGRAMS) {
  describeOnCluster(`The chart with ${title}`, { programs: [program, 'skopeo', 'curl'] }, (cluster) => {
    let helm: Helm;
    let first: Release;
    let image: OciImage;
    let person: Person;
    let printed: string;
    let behind: Promise<Release>;
    beforeAll(async () => {
      helm = new Helm(program, cluster());
      first = await release('first', 'chart');
      behind = installBehindTraefik();
      behind.catch(() => undefined); // its own tests tell
      printed = await first.install({}, WAIT);
      const { machine, environment } = cluster();
      image = buildImage(machine.makeFolder('image'), [1_000, 2_000_000]);
      person = await Person.at(machine, { image, kubectl: pathOf('kubectl'), environment });
    }, 180_000);

    async function release(name: string, purpose: string): Promise<Release> {
      return new Release(cluster(), helm, registryChart(), name, await namespaceFor(cluster(), purpose));
    }

    async function installBehindTraefik(): Promise<Release> {
      const front = await release('front', 'front');
      await front.install({ host: `${front.namespace}.example.com`, ingress: { enabled: true }, ui: { enabled: true } }, WAIT);
      return front;
    }

    /** Whether pods run and are all that should be there. */
    const ready = (pods: readonly Pod[]) =>
      pods.map(({ status }) => status.conditions.some((condition) => condition.type === 'Ready' && condition.status === 'True'));

    /** Does something while the command of the notes runs by which one reaches the registry. */
    async function forwarded<T>(work: () => Promise<T>): Promise<T> {
      const { [REACH]: reach } = stepsIn(await first.notes());
      return whileForwarded(cluster().machine, reach[0], person.environment, work);
    }

    /** Somebody who knows what was generated. */
    async function clientOf(which: Release, host: string): Promise<[RegistryClient, User]> {
      const { tls, login } = await which.generated(`${which.name}-registry`);
      return [new RegistryClient(cluster().machine, host, Buffer.from(tls['ca.crt'])), { name: login.username, password: login.password }];
    }

    /** Pulls what the notes pushed, by the password and under the CA that are in the Secrets now. */
    async function pull(): Promise<string> {
      const [client, user] = await clientOf(first, 'localhost:5000');
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
      const { [RUNS]: runs, [REACH]: reach, [TRUST]: trust, [LOG_IN]: login, [PUSH]: push, ...others } = stepsIn(notes);
      expect([reach.length, others]).toEqual([1, {}]);
      expect(await person.follows(runs)).toEqual([SUCCEEDED]);
      await forwarded(async () => {
        const { code, stderr } = await person.types('docker push localhost:5000/hello:1.0');
        expect([code, stderr]).toEqual([1, expect.stringContaining('certificate signed by unknown authority')]);
      });
      expect(await person.follows(trust)).toEqual(Array(5).fill(SUCCEEDED));
      await forwarded(async () => {
        const anybody = await person.types(`curl -sS https://localhost:5000/v2/ -o /dev/null -w '%{http_code}'`);
        expect(anybody).toMatchObject({ stdout: '401', stderr: '' });
        expect(await person.follows(login)).toEqual([expect.objectContaining({ code: 0, stdout: 'Login Succeeded!\n' })]);
        expect(await person.follows(push)).toEqual(Array(4).fill(SUCCEEDED));
      });
      expect(verifyImage(person.pulled)).toBe(image.digest);
    });

    test('its test pushes a file through the Service and pulls it, again and again', async () => {
      for (const _ of [1, 2]) {
        const { code, stdout } = await first.test();
        expect([code, stdout]).toEqual([0, expect.stringMatching(/^Phase: +Succeeded$/m)]);
      }
      expect(await podsIn(cluster(), first.namespace)).toHaveLength(1);
      const [client, user] = await clientOf(first, 'localhost:5000');
      await forwarded(async () => {
        const manifest = JSON.parse((await client.manifest('helm-test', '1', user)).body);
        expect(manifest).toMatchObject({ artifactType: 'application/vnd.cdk8s-registry.test' });
        const { body } = await client.request(`/v2/helm-test/blobs/${manifest.layers[0].digest}`, { user });
        expect(body).toBe('pushed by helm test\n');
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
      const values = await helm.must(['get', 'values', 'first', '--all', '--output', 'json'], { namespace: first.namespace });
      expect(Object.keys(JSON.parse(values)).filter((key) => !/^[a-zA-Z]+$/.test(key))).toEqual([]);
      for (const secret of [login.password, http.secret]) expect(values).not.toContain(secret);
    });

    test('changed values replace the pod and leave everything else, images too; a rollback brings back what was', async () => {
      const limits = async () => (await podsIn(cluster(), first.namespace)).map(({ spec }) => spec.containers[0].resources);
      const uids = async () => (await podsIn(cluster(), first.namespace)).map(({ metadata }) => metadata.uid);
      const logs = () => cluster().must(['logs', `deployment/${NAME}`, '-n', first.namespace]);
      const [before, objects, resources, old] = [versions(await objectsOf(first)), await objectsOf(first), await limits(), await uids()];

      await first.upgrade({ configuration: { logLevel: 'debug' }, resources: { limits: { memory: '384Mi' } } }, WAIT);
      const after = versions(await objectsOf(first));
      expect(Object.keys(after).filter((name) => before[name] !== after[name])).toEqual([`ConfigMap ${NAME}-config`, `Deployment ${NAME}`]);
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
      const scale = (replicas: number) => cluster().must(['scale', `deployment/${NAME}`, `--replicas=${replicas}`, '-n', first.namespace]);
      const [pod] = await podsIn(cluster(), first.namespace);
      await scale(0);
      // Until its end Services lead to a pod that is stopped, where there is no other.
      await cluster().must(['wait', '--for=delete', `pod/${pod.metadata.name}`, '-n', first.namespace, '--timeout=60s']);
      // Whether it is refused or waits in vain is up to what leads to Services.
      const { code, stdout } = await first.test('15s');
      expect([code, stdout]).toEqual([1, expect.stringMatching(/^Phase: +Failed$/m)]);
      await scale(1);
      await cluster().rolledOut(first.namespace, `deployment/${NAME}`);
      expect(await first.test()).toMatchObject({ code: 0 });
    });

    test('its end leaves the images and what was generated, and the next release of that name takes them up', async () => {
      const uids = (all: Record<string, string>) => Object.fromEntries(KEPT.map((name) => [name, all[name]?.split(' ')[0]]));
      const [before, installed] = [await first.generated(NAME), versions(await objectsOf(first))];
      await first.uninstall();
      const left = await objectsOf(first);
      expect(left.map(nameOf)).toEqual(KEPT);
      expect(left.filter(({ metadata }) => metadata.deletionTimestamp !== undefined)).toEqual([]);
      expect(uids(versions(left))).toEqual(uids(installed));
      await cluster().must(['wait', '--for=delete', 'pods', '--all', '-n', first.namespace, '--timeout=60s']);

      const stranger = new Release(cluster(), helm, registryChart(), 'stranger', first.namespace);
      await expect(stranger.install({ fullnameOverride: NAME })).rejects.toThrow(/invalid ownership metadata/);

      await first.install({}, WAIT);
      expect((await objectsOf(first)).map(nameOf)).toEqual(NAMES);
      expect(await first.generated(NAME)).toEqual(before);
      expect(uids(versions(await objectsOf(first)))).toEqual(uids(installed));
      expect(await pull()).toBe(image.digest);
    });

    test('nothing of all that gives a warning', async () => {
      expect(await cluster().warnings(first.namespace)).toEqual([]);
    });

    describe('behind Traefik, with a page', () => {
      let front: Release;
      let host: string;
      let client: RegistryClient;
      let user: User;
      beforeAll(async () => {
        front = await behind;
        host = `${front.namespace}.example.com`;
        [client, user] = await clientOf(front, host);
      }, 180_000);

      test('its pods run without a warning', async () => {
        expect(ready(await podsIn(cluster(), front.namespace))).toEqual([true, true]);
        expect(await cluster().warnings(front.namespace)).toEqual([]);
      });

      test('its notes lead to a pull', async () => {
        const {
          [RUNS]: runs,
          [FIND]: find,
          [TRUST]: trust,
          [LOG_IN]: login,
          [PUSH]: push,
          [PAGE]: page,
          ...others
        } = stepsIn(await front.notes());
        expect([find.length, page, others]).toEqual([1, [], {}]);
        expect(await person.follows(runs)).toEqual([SUCCEEDED, SUCCEEDED]);
        await cluster().addressOf('ingress', 'front-registry', front.namespace);
        const [{ stdout }] = await person.follows(find);
        cluster().machine.addHost(host, stdout.trim());
        await answers(client);
        const refused = await person.types(`docker push ${host}/hello:1.0`);
        expect([refused.code, refused.stderr]).toEqual([1, expect.stringContaining('certificate signed by unknown authority')]);
        expect(await person.follows(trust)).toEqual(Array(5).fill(SUCCEEDED));
        expect(await person.follows(login)).toEqual([expect.objectContaining({ code: 0, stdout: 'Login Succeeded!\n' })]);
        expect(await person.follows(push)).toEqual(Array(4).fill(SUCCEEDED));
        expect(verifyImage(person.pulled)).toBe(image.digest);
      });

      test('lets nobody in with another password, and everybody see the page', async () => {
        const status = async (request: object) => (await client.request('/v2/', request)).status;
        expect([await status({}), await status({ user: { ...user, password: 'wrong' } }), await status({ user })]).toEqual([401, 401, 200]);
        const page = await client.request('/ui/');
        expect([page.status, page.headers.get('content-type')]).toEqual([200, 'text/html']);
      });

      test('a second release beside it, installed from the chart in its registry, has everything of its own', async () => {
        const { machine } = cluster();
        const trust = ['--ca-file', client.file('ca.crt', (await front.generated('front-registry')).tls['ca.crt'])];
        const packed = await helm.package(registryChart(), machine.makeFolder('packed'));
        const login = ['registry', 'login', host, '--username', user.name, '--password-stdin', ...trust];
        await helm.must(login, { input: user.password });
        await helm.must(['push', packed, `oci://${host}/charts`, ...trust]);
        const before = versions(await objectsOf(front));

        const version = /-(\d[^/]*)\.tgz$/.exec(packed)?.[1] ?? '';
        const second = new Release(cluster(), helm, `oci://${host}/charts/registry`, 'second', front.namespace);
        await helm.install('second', `oci://${host}/charts/registry`, {
          namespace: front.namespace,
          args: ['--version', version, ...trust, ...WAIT],
        });
        const both = await objectsOf(front);
        expect(both.map(nameOf).filter((name) => name.includes('second'))).toEqual(NAMES.map((name) => name.replace('first', 'second')));
        expect(versions(both)).toMatchObject(before);
        const [one, other] = [await front.generated('front-registry'), await second.generated('second-registry')];
        for (const name of GENERATED) expect(one[name]).not.toEqual(other[name]);

        expect(await second.test()).toMatchObject({ code: 0 });
        expect([await repositoriesOf('front'), await repositoriesOf('second')]).toEqual([['charts', 'hello'], ['helm-test']]);
        expect(await front.test()).toMatchObject({ code: 0 });

        await second.uninstall();
        expect(versions(await objectsOf(front))).toMatchObject(before);
        expect(await front.test()).toMatchObject({ code: 0 });
      });

      /** What a release's registry has in its volume. */
      async function repositoriesOf(name: string): Promise<string[]> {
        const folder = '/var/lib/registry/docker/registry/v2/repositories';
        return (await cluster().exec(front.namespace, `deployment/${name}-registry`, 'ls', folder)).trim().split('\n').sort();
      }
    });
  });
}

// A cluster of somebody's may have nothing that enforces NetworkPolicies.
describeOnCluster("The chart's test before a closed door", { ownOnly: true, programs: ['helm4'] }, (cluster) => {
  test('fails where the NetworkPolicy keeps its pod out, and passes once it lets it in', async () => {
    const namespace = await namespaceFor(cluster(), 'closed');
    const release = new Release(cluster(), new Helm('helm4', cluster()), registryChart(), 'first', namespace);
    const letIn = (labels: Record<string, string>) => ({ networkPolicy: { allowFrom: [{ podSelector: { matchLabels: labels } }] } });
    await release.install(letIn({ app: 'a-friend' }), WAIT);
    const { code, stdout } = await release.test();
    expect([code, stdout]).toEqual([1, expect.stringMatching(/^Phase: +Failed$/m)]);
    await release.upgrade(letIn({ 'app.kubernetes.io/component': 'test' }), WAIT);
    expect(await release.test()).toMatchObject({ code: 0 });
  });
});
