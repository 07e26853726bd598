// Where images are kept: the claim that is written, the volume that pods get, and which storage several pods
// can share.
import { Chart, Size } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { Registry, RegistryStorage, type RegistryStorageOptions, StorageBackend } from '../../lib';
import { manifest, manifestsIn, newChart } from '../support/synth';

const { newClaim, existingClaim, ephemeral } = StorageBackend;
const { READ_WRITE_MANY, READ_WRITE_ONCE, READ_WRITE_ONCE_POD } = PersistentVolumeAccessMode;

function storageOf(options?: RegistryStorageOptions): RegistryStorage {
  return new RegistryStorage(newChart(), 'storage', options);
}

const claimOf = (storage: RegistryStorage, name = 'registry') =>
  manifest(Chart.of(storage), `PersistentVolumeClaim/${name}`);

/** The volume `data` of a registry's pod. */
function volumeOf(backend: StorageBackend): unknown {
  const chart = newChart();
  new Registry(chart, 'registry', { storage: { backend } });
  const { volumes } = manifest(chart, 'Deployment/registry').spec.template.spec;
  return volumes.find(({ name }: { name: string }) => name === 'data');
}

describe('a new claim', () => {
  test('of 10Gi in the default class, kept when a Helm release goes, is the default', () => {
    const { metadata, spec } = claimOf(storageOf());
    expect(metadata.annotations).toEqual({
      'helm.sh/resource-policy': 'keep',
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
      'kustomize.toolkit.fluxcd.io/prune': 'disabled',
    });
    expect(spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } });
  });

  test('with everything set', () => {
    // WHEN
    const storage = storageOf({
      backend: newClaim({
        size: Size.mebibytes(512),
        storageClassName: 'nfs',
        accessMode: READ_WRITE_MANY,
        claimName: 'images',
        keepOnUninstall: false,
      }),
    });

    // THEN
    const { metadata, spec } = claimOf(storage, 'images');
    expect(metadata.annotations).toBeUndefined();
    expect(spec).toEqual({
      accessModes: ['ReadWriteMany'],
      resources: { requests: { storage: '512Mi' } },
      storageClassName: 'nfs',
    });
    expect(storage.claimName).toBe('images');
    expect(storage.claim?.name).toBe('images');
  });

  test('of no class, for a volume that was made by hand', () => {
    expect(claimOf(storageOf({ backend: newClaim({ storageClassName: '' }) })).spec.storageClassName).toBe(
      '',
    );
  });

  test('is what the pods mount', () => {
    expect(volumeOf(newClaim({ claimName: 'images' }))).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'images' },
    });
  });
});

describe('a claim that exists', () => {
  test('is mounted, and not written', () => {
    const chart = newChart();
    const storage = new RegistryStorage(chart, 'storage', {
      backend: existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'claim', 'images')),
    });
    expect(manifestsIn(chart)).toEqual([]);
    expect({ claimName: storage.claimName, claim: storage.claim }).toEqual({
      claimName: 'images',
      claim: undefined,
    });
    expect(volumeOf(existingClaim(PersistentVolumeClaim.fromClaimName(chart, 'same', 'images')))).toEqual({
      name: 'data',
      persistentVolumeClaim: { claimName: 'images' },
    });
  });
});

describe('ephemeral storage', () => {
  test('has no claim', () => {
    const storage = storageOf({ backend: ephemeral() });
    expect(manifestsIn(Chart.of(storage))).toEqual([]);
    expect(storage.claimName).toBeUndefined();
  });

  test('is a folder of the pod, with a limit where one is set', () => {
    expect(volumeOf(ephemeral())).toEqual({ name: 'data', emptyDir: {} });
    expect(volumeOf(ephemeral({ sizeLimit: Size.gibibytes(5) }))).toEqual({
      name: 'data',
      emptyDir: { sizeLimit: '5Gi' },
    });
  });
});

test.each([
  ['ReadWriteOnce', newClaim({ accessMode: READ_WRITE_ONCE }), false],
  ['ReadWriteOncePod', newClaim({ accessMode: READ_WRITE_ONCE_POD }), false],
  ['ReadWriteMany', newClaim({ accessMode: READ_WRITE_MANY }), true],
  ['an existing claim', existingClaim(PersistentVolumeClaim.fromClaimName(newChart(), 'a', 'images')), false],
  [
    'an existing ReadWriteMany claim',
    existingClaim(PersistentVolumeClaim.fromClaimName(newChart(), 'b', 'images'), {
      accessMode: READ_WRITE_MANY,
    }),
    true,
  ],
  ['ephemeral', ephemeral(), false],
])('several pods can share %s storage: %s', (_, backend, shared) => {
  expect(storageOf({ backend }).shared).toBe(shared);
});

test('images can be deleted only where that is said', () => {
  expect({
    unset: storageOf().deletion,
    off: storageOf({ deletion: false }).deletion,
    on: storageOf({ deletion: true }).deletion,
  }).toEqual({ unset: false, off: false, on: true });
});
