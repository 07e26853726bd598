// Wrong storage, and replicas that can't share it.
import { Size } from 'cdk8s';
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { StorageBackend } from '../../lib';
import { type AnyProps, type Row, wrong } from './row';

const storage = (backend: unknown, more: AnyProps = {}): AnyProps => ({ storage: { backend }, ...more });
const claim = (options: unknown): AnyProps => storage(StorageBackend.newClaim(wrong(options)));

export const STORAGE: readonly Row[] = [
  {
    name: 'a size as text',
    props: claim({ size: '10Gi' }),
    says: [
      '[chart/registry/storage] storage.backend.size: "10Gi" is not a Size; write e.g. Size.gibibytes(10)',
    ],
  },
  {
    name: 'a size of zero',
    props: claim({ size: Size.gibibytes(0) }),
    says: [
      '[chart/registry/storage] storage.backend.size: "0Gi" is not above zero; write e.g. Size.gibibytes(10)',
    ],
  },
  {
    name: 'a size that is no number',
    props: claim({ size: Size.gibibytes(Number.NaN) }),
    says: [
      '[chart/registry/storage] storage.backend.size: "NaNGi" is not above zero; write e.g. Size.gibibytes(10)',
    ],
  },
  {
    name: 'a size instead of options',
    props: claim(Size.gibibytes(10)),
    says: [
      '[chart/registry/storage] storage.backend.options: a Size is not an object; write e.g. storage.backend.options: {}',
    ],
  },
  {
    name: 'a text instead of options',
    props: claim('10Gi'),
    says: [
      '[chart/registry/storage] storage.backend.options: "10Gi" is not an object; write e.g. storage.backend.options: {}',
    ],
  },
  {
    name: 'null instead of options',
    props: claim(null),
    says: [
      '[chart/registry/storage] storage.backend.options: null is not an object; write e.g. storage.backend.options: {}',
    ],
  },
  {
    name: 'a class with a space',
    props: claim({ storageClassName: 'fast ssd' }),
    says: [
      '[chart/registry/storage] storage.backend.storageClassName: "fast ssd" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "standard"',
    ],
  },
  {
    name: 'a claim in upper case',
    props: claim({ claimName: 'Images' }),
    says: [
      '[chart/registry/storage] storage.backend.claimName: "Images" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "registry"',
    ],
  },
  {
    name: 'a claim that can only be read',
    props: claim({ accessMode: PersistentVolumeAccessMode.READ_ONLY_MANY }),
    says: [
      '[chart/registry/storage] storage.backend.accessMode: "ReadOnlyMany" is not supported; write one of ReadWriteOnce, ReadWriteOncePod, ReadWriteMany',
    ],
  },
  {
    name: 'a text for keepOnUninstall',
    props: claim({ keepOnUninstall: 'no' }),
    says: [
      '[chart/registry/storage] storage.backend.keepOnUninstall: "no" is not a boolean; write true or false',
    ],
  },
  {
    name: 'a text instead of a backend',
    props: storage('pvc'),
    says: [
      '[chart/registry/storage] storage.backend: "pvc" is not a StorageBackend; write e.g. StorageBackend.newClaim({ size: Size.gibibytes(10) })',
    ],
  },
  {
    name: 'an existing claim by its name alone',
    props: storage(StorageBackend.existingClaim(wrong('images'))),
    says: [
      "[chart/registry/storage] storage.backend.claim: \"images\" is not a PersistentVolumeClaim; write e.g. PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')",
    ],
  },
  {
    name: 'an existing claim of a wrong name',
    props: storage(StorageBackend.existingClaim(wrong({ name: 'My Images' }))),
    says: [
      "[chart/registry/storage] storage.backend.claim: \"My Images\" is not the name of a PersistentVolumeClaim; write e.g. PersistentVolumeClaim.fromClaimName(this, 'claim', 'images')",
    ],
  },
  {
    name: 'an access mode that is not known',
    props: storage(StorageBackend.existingClaim(wrong({ name: 'images' }), { accessMode: wrong('RWX') })),
    says: [
      '[chart/registry/storage] storage.backend.accessMode: "RWX" is not supported; write one of ReadWriteOnce, ReadWriteOncePod, ReadWriteMany',
    ],
  },
  {
    name: 'a limit as text',
    props: storage(StorageBackend.ephemeral({ sizeLimit: wrong('5Gi') })),
    says: [
      '[chart/registry/storage] storage.backend.sizeLimit: "5Gi" is not a Size; write e.g. Size.gibibytes(10)',
    ],
  },
  {
    name: 'a text for deletion',
    props: { storage: { deletion: 'true' } },
    says: ['[chart/registry/storage] storage.deletion: "true" is not a boolean; write true or false'],
  },
  {
    name: 'no replicas',
    props: { replicas: 0 },
    says: ['[chart/registry/deployment] replicas: 0 is not a whole number of 1 or more; write e.g. 1'],
  },
  {
    name: 'fewer replicas than none',
    props: { replicas: -1 },
    says: ['[chart/registry/deployment] replicas: -1 is not a whole number of 1 or more; write e.g. 1'],
  },
  {
    name: 'one and a half replicas',
    props: { replicas: 1.5 },
    says: ['[chart/registry/deployment] replicas: 1.5 is not a whole number of 1 or more; write e.g. 1'],
  },
  {
    name: 'replicas as text',
    props: { replicas: '2' },
    says: ['[chart/registry/deployment] replicas: "2" is not a whole number of 1 or more; write e.g. 1'],
  },
  {
    name: 'two replicas on a ReadWriteOnce claim',
    props: { replicas: 2 },
    says: [
      "[chart/registry/deployment] replicas: 2 can't share ReadWriteOnce storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
  {
    name: 'two replicas on a ReadWriteOncePod claim',
    props: { ...claim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_ONCE_POD }), replicas: 2 },
    says: [
      "[chart/registry/deployment] replicas: 2 can't share ReadWriteOncePod storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
  {
    name: 'two replicas on an existing ReadWriteOnce claim',
    props: storage(StorageBackend.existingClaim(wrong({ name: 'images' })), { replicas: 2 }),
    says: [
      "[chart/registry/deployment] replicas: 2 can't share ReadWriteOnce storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
  {
    name: 'two replicas on ephemeral storage',
    props: storage(StorageBackend.ephemeral(), { replicas: 2 }),
    says: [
      "[chart/registry/deployment] replicas: 2 can't share ephemeral storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
];
