// The registry's own chart behind the cluster's ingress controller, by Helm 3 and 4: its notes lead to a
// pull, and Helm takes a second release from the first.

import { pathOf } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { buildImage, type OciImage, verifyImage } from '../e2e/clients/oci-image';
import { Person } from '../e2e/clients/person';
import type { RegistryClient, User } from '../e2e/clients/registry-client';
import { Helm, helmsOrOnly } from '../e2e/helm';
import { nameOf, Release, versions } from '../e2e/release';
import {
  clientOf,
  EXPIRES,
  FIND,
  LOG_IN,
  NAMES,
  namespaceFor,
  objectsOf,
  PAGE,
  PUSH,
  podsIn,
  RUNS,
  ready,
  SUCCEEDED,
  stepsIn,
  TRUST,
  WAIT,
} from './support/chart';
import { describeOnCluster, KUBECTL } from './support/cluster';
import { answers } from './support/deployed';

const GENERATED = ['auth', 'ca', 'http', 'login', 'tls'] as const;

for (const [program, title] of helmsOrOnly('helm3')) {
  describeOnCluster(
    `The chart behind an Ingress with ${title}`,
    { ingress: true, programs: [program, 'skopeo', 'curl'] },
    (cluster) => {
      let helm: Helm;
      let front: Release;
      let host: string;
      let client: RegistryClient;
      let user: User;
      let image: OciImage;
      let person: Person;
      beforeAll(async () => {
        const { machine, environment } = cluster();
        helm = new Helm(program, cluster());
        front = new Release(
          cluster(),
          helm,
          registryChart(),
          'front',
          await namespaceFor(cluster(), 'front'),
        );
        host = `${front.namespace}.example.com`;
        await front.install({ host, ingress: { enabled: true }, ui: { enabled: true } }, WAIT);
        [client, user] = await clientOf(cluster(), front, host);
        image = buildImage(machine.makeFolder('image'), [1_000, 2_000_000]);
        person = await Person.at(machine, { image, kubectl: pathOf(KUBECTL), environment });
      });

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
        expect({ finds: find.length, page, others }).toEqual({
          finds: 1,
          page: [],
          others: { 'Allow large and slow pushes': [], [EXPIRES]: [expect.any(String)] },
        });
        expect(await person.follows(runs)).toEqual([SUCCEEDED, SUCCEEDED]);
        await cluster().addressOf('ingress', 'front-registry', front.namespace);
        const [{ stdout }] = await person.follows(find);
        cluster().machine.addHost(host, stdout.trim());
        await answers(client);
        const refused = await person.types(`docker push ${host}/hello:1.0`);
        expect({ code: refused.code, stderr: refused.stderr }).toEqual({
          code: 1,
          stderr: expect.stringContaining('certificate signed by unknown authority'),
        });
        expect(await person.follows(trust)).toEqual(Array(5).fill(SUCCEEDED));
        expect(await person.follows(login)).toEqual([
          expect.objectContaining({ code: 0, stdout: 'Login Succeeded!\n' }),
        ]);
        expect(await person.follows(push)).toEqual(Array(4).fill(SUCCEEDED));
        expect(verifyImage(person.pulled)).toBe(image.digest);
      });

      test('lets nobody in with another password, and everybody see the UI', async () => {
        const status = async (request: object) => (await client.request('/v2/', request)).status;
        expect({
          nobody: await status({}),
          wrong: await status({ user: { ...user, password: 'wrong' } }),
          user: await status({ user }),
        }).toEqual({ nobody: 401, wrong: 401, user: 200 });
        const page = await client.request('/ui/');
        expect({ status: page.status, type: page.headers.get('content-type') }).toEqual({
          status: 200,
          type: 'text/html',
        });
      });

      test('a second release beside it, installed from the chart in its registry, has everything of its own', async () => {
        const { machine } = cluster();
        const trust = [
          '--ca-file',
          client.file('ca.crt', (await front.generated('front-registry')).tls['ca.crt']),
        ];
        const packed = await helm.package(registryChart(), machine.makeFolder('packed'));
        const login = ['registry', 'login', host, '--username', user.name, '--password-stdin', ...trust];
        await helm.must(login, { input: user.password });
        await helm.must(['push', packed, `oci://${host}/charts`, ...trust]);
        const before = versions(await objectsOf(front));

        const version = /-(\d[^/]*)\.tgz$/.exec(packed)?.[1] ?? '';
        const second = new Release(
          cluster(),
          helm,
          `oci://${host}/charts/registry`,
          'second',
          front.namespace,
        );
        await helm.install('second', `oci://${host}/charts/registry`, {
          namespace: front.namespace,
          args: ['--version', version, ...trust, ...WAIT],
        });
        const both = await objectsOf(front);
        expect(both.map(nameOf).filter((name) => name.includes('second'))).toEqual(
          NAMES.map((name) => name.replace('first', 'second')),
        );
        expect(versions(both)).toMatchObject(before);
        const [one, other] = [
          await front.generated('front-registry'),
          await second.generated('second-registry'),
        ];
        for (const name of GENERATED) expect(one[name]).not.toEqual(other[name]);

        expect(await second.test()).toMatchObject({ code: 0 });
        expect({ front: await repositoriesOf('front'), second: await repositoriesOf('second') }).toEqual({
          front: ['charts', 'hello'],
          second: ['verification'],
        });
        expect(await front.test()).toMatchObject({ code: 0 });

        await second.uninstall();
        expect(versions(await objectsOf(front))).toMatchObject(before);
        expect(await front.test()).toMatchObject({ code: 0 });
      });

      /** What a release's registry has in its volume. */
      async function repositoriesOf(name: string): Promise<string[]> {
        const folder = '/var/lib/registry/docker/registry/v2/repositories';
        return (await cluster().exec(front.namespace, `deployment/${name}-registry`, 'ls', folder))
          .trim()
          .split('\n')
          .sort();
      }
    },
  );
}
