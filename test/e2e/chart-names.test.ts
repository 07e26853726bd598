// How a release of the registry's own chart names its objects, on a real API server: upgrades find by these
// names what was generated.

import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { startServer } from './admission';
import { Helm, helmsOrOnly } from './helm';
import { contents, nameOf, RELEASE_PROGRAMS, Release, STRICT } from './release';

const NAMES = [
  'ConfigMap NAME-config',
  'Deployment NAME',
  'NetworkPolicy NAME',
  'NetworkPolicy NAME-test-pods',
  'PersistentVolumeClaim NAME',
  'Secret NAME-auth',
  'Secret NAME-ca',
  'Secret NAME-http',
  'Secret NAME-login',
  'Secret NAME-tls',
  'Service NAME',
];

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`The names in the chart with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    let server: ApiServer;
    let helm: Helm;
    beforeAll(async () => {
      server = await startServer();
      helm = new Helm(program, server);
    });
    afterAll(() => server?.machine.stop());

    test.each([
      ['the name of a release that has the chart in its name', 'my-registry', {}, 'my-registry'],
      ['nameOverride', 'first', { nameOverride: 'images' }, 'first-images'],
      ['fullnameOverride', 'first', { fullnameOverride: 'images' }, 'images'],
      ['no more of a long name than fits', 'r'.repeat(53), {}, 'r'.repeat(50)],
    ])('objects are named by %s', async (_, name, values, fullname) => {
      const namespace = `named-${fullname.slice(0, 12)}`;
      await server.createNamespace(namespace, STRICT);
      const named = new Release(server, helm, registryChart(), name, namespace);
      await named.install(values);
      expect((await named.objects()).map(nameOf)).toEqual(NAMES.map((one) => one.replace('NAME', fullname)));
      const before = contents(await named.objects());
      await named.upgrade(values);
      expect(contents(await named.objects())).toEqual(before);
    });

    test('objects that people add are in the release, as they are written', async () => {
      const namespace = 'with-extra-objects';
      await server.createNamespace(namespace, STRICT);
      const release = new Release(server, helm, registryChart(), 'registry', namespace);
      const data = { 'a.txt': 'first: {{ .Values.host }}\n---\nlast: "{{"\n' };
      const more = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'more' }, data };
      const elsewhere = {
        apiVersion: 'v1',
        kind: 'Secret',
        metadata: { name: 'registry-auth', namespace: 'default' },
        stringData: { a: 'b' },
      };
      await release.install({ extraObjects: [more, elsewhere] });
      const objects = await release.objects();
      const own = NAMES.map((one) => one.replace('NAME', 'registry'));
      expect(objects.map(nameOf).sort()).toEqual([...own, 'ConfigMap more'].sort());
      expect(objects.find(({ metadata }) => metadata.name === 'more')?.data).toEqual(data);
      expect(await server.must(['get', 'secret', 'registry-auth', '-n', 'default', '-o', 'name'])).toBe(
        'secret/registry-auth\n',
      );

      const taken = { ...elsewhere, metadata: { name: 'registry-auth' } };
      await expect(release.upgrade({ extraObjects: [taken] })).rejects.toThrow(
        'extraObjects[0]: Secret "registry-auth" is an object of this release already',
      );
      await release.upgrade({}, ['--reset-values']);
      expect((await release.objects()).map(nameOf)).toEqual(own);
    });
  });
}
