// A release of the registry's own chart whose images are in a directory of a node, on a real API server: the
// volume is cluster-scoped, upgrades change nothing, and volume and claim outlive the release.

import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { registryChart } from '../chart/registry-chart';
import { startServer } from './admission';
import { Helm, helmsOrOnly } from './helm';
import { contents, RELEASE_PROGRAMS, Release } from './release';

const NAMESPACE = 'images-of-all';
const VOLUME = `${NAMESPACE}.registry`;
const VALUES = {
  persistence: { size: '20Gi', hostPath: { path: '/srv/registry', nodeName: 'worker-1', fixOwner: true } },
};

for (const [program, title] of helmsOrOnly('helm3')) {
  describeWith(`Images in a directory of a node, with ${title}`, [...RELEASE_PROGRAMS, program], () => {
    let server: ApiServer;
    let release: Release;
    const get = async (...what: string[]) =>
      JSON.parse(await server.must(['get', ...what, '-n', NAMESPACE, '-o', 'json']));
    beforeAll(async () => {
      server = await startServer();
      release = new Release(server, new Helm(program, server), registryChart(), 'registry', NAMESPACE);
      await server.createNamespace(NAMESPACE);
      await release.install(VALUES);
    });
    afterAll(() => server?.machine.stop());

    test('volume and claim name each other', async () => {
      const { spec } = await get('persistentvolume', VOLUME);
      expect(spec).toMatchObject({
        accessModes: ['ReadWriteOnce'],
        capacity: { storage: '20Gi' },
        claimRef: { namespace: NAMESPACE, name: 'registry' },
        hostPath: { path: '/srv/registry', type: 'DirectoryOrCreate' },
      });
      const claim = await get('persistentvolumeclaim', 'registry');
      expect(claim.spec).toMatchObject({ volumeName: VOLUME, storageClassName: '' });
    });

    test('an upgrade with the same values changes nothing', async () => {
      const before = [contents(await release.objects()), await get('persistentvolume', VOLUME)];
      await release.upgrade(VALUES);
      expect([contents(await release.objects()), await get('persistentvolume', VOLUME)]).toEqual(before);
    });

    test('uninstalling keeps both', async () => {
      await release.uninstall();
      const left = await get('persistentvolume,persistentvolumeclaim');
      expect(left.items.map(({ kind }: { kind: string }) => kind).sort()).toEqual([
        'PersistentVolume',
        'PersistentVolumeClaim',
      ]);
    });
  });
}
