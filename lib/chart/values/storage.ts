// Values of where images are kept, and of volumes. Those of object stores are in object-stores.ts.
import { DESCRIPTOR_CACHE_VALUES } from './descriptor-cache';
import { STRINGS } from './formats';
import type { ChartEntry } from './value';

export const STORAGE_VALUES = [
  { path: 'storage', type: 'group', description: 'Where images are kept, and how.' },
  {
    path: 'storage.type',
    type: 'string',
    default: 'filesystem',
    description: 'Where images are kept: in a volume (see `persistence`), or in an object store.',
    choices: ['filesystem', 's3', 'gcs', 'azure', 'swift'],
  },
  { path: 'storage.deletion', type: 'boolean', default: false, member: 'RegistryStorageOptions.deletion' },
  { path: 'storage.readOnly', type: 'boolean', default: false, member: 'RegistryStorageOptions.readOnly' },
  {
    path: 'storage.redirect',
    type: 'boolean',
    default: null,
    member: 'RegistryStorageOptions.redirect',
    description:
      'Whether clients are redirected to the object store for blobs, with signed URLs that are valid for 20 minutes. That takes load off the registry, but clients must reach the store and trust its certificate. By default: true for Amazon S3, Azure, Swift, and for Google where the account can sign; else false.',
  },
  ...DESCRIPTOR_CACHE_VALUES,
  { path: 'storage.uploadPurging', type: 'group', description: 'How incomplete uploads are purged.' },
  {
    path: 'storage.uploadPurging.enabled',
    type: 'boolean',
    default: true,
    member: 'UploadPurgingOptions.enabled',
  },
  {
    path: 'storage.uploadPurging.age',
    type: 'string',
    default: '24h',
    member: 'UploadPurgingOptions.age',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.uploadPurging.interval',
    type: 'string',
    default: '6h',
    member: 'UploadPurgingOptions.interval',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.uploadPurging.dryRun',
    type: 'boolean',
    default: false,
    member: 'UploadPurgingOptions.dryRun',
  },
  { path: 'storage.health', type: 'group', description: 'Health checks of the storage.' },
  { path: 'storage.health.enabled', type: 'boolean', default: true, member: 'StorageHealthOptions.enabled' },
  {
    path: 'storage.health.interval',
    type: 'string',
    default: '10s',
    member: 'StorageHealthOptions.interval',
    schema: STRINGS.duration,
  },
  {
    path: 'storage.health.threshold',
    type: 'integer',
    default: 3,
    member: 'StorageHealthOptions.threshold',
    schema: { minimum: 1, maximum: 1000 },
  },
] as const satisfies readonly ChartEntry[];

export const VOLUME_VALUES = [
  {
    path: 'persistence',
    type: 'group',
    description: 'The volume that images are kept in, where storage.type is filesystem.',
  },
  {
    path: 'persistence.enabled',
    type: 'boolean',
    default: true,
    description: 'Whether images are kept in a PersistentVolumeClaim. Without, images are lost with the pod.',
  },
  {
    path: 'persistence.existingClaim',
    type: 'string',
    default: '',
    description: "Name of a claim that exists in the release's namespace; then none is made.",
    schema: STRINGS.name,
  },
  {
    path: 'persistence.claimName',
    type: 'string',
    default: '',
    description: "Name of the claim that is made. By default: the release's full name.",
    schema: STRINGS.name,
  },
  {
    path: 'persistence.snapshot',
    type: 'string',
    default: '',
    description:
      "Name of a VolumeSnapshot in the release's namespace that the volume of a new claim starts from: a restore. A claim that exists can't be changed to it: give the new one another `claimName`, and leave this here for as long as the claim is there. Not for `hostPath`.",
    schema: STRINGS.name,
  },
  {
    path: 'persistence.accessMode',
    type: 'string',
    default: 'ReadWriteOnce',
    description:
      'Who may mount the volume. Several replicas need ReadWriteMany; with any other the pod is stopped before its successor starts.',
    choices: ['ReadWriteOnce', 'ReadWriteOncePod', 'ReadWriteMany'],
  },
  {
    path: 'persistence.storageClass',
    type: 'string',
    default: '',
    description:
      "Name of the StorageClass; `-` means none, for a volume that was made by hand. By default: the cluster's default class.",
    schema: { pattern: `^-$|${STRINGS.name.pattern}` },
  },
  {
    path: 'persistence.size',
    type: 'string',
    default: '10Gi',
    member: 'NewClaimOptions.size',
    schema: STRINGS.size,
  },
  { path: 'persistence.keep', type: 'boolean', default: true, member: 'NewClaimOptions.keepOnUninstall' },
  {
    path: 'persistence.hostPath',
    type: 'group',
    description:
      'A directory of a node instead of a StorageClass: a PersistentVolume and a claim that are bound to each other. For one replica; `accessMode` and `storageClass` are not used, and none of it with `existingClaim`.',
  },
  {
    path: 'persistence.hostPath.path',
    type: 'string',
    default: '',
    member: 'HostPathOptions.path',
    schema: {
      pattern: '^(/[^/\\x00-\\x1f\\x7f]+)+$',
      not: { pattern: '(^|/)\\.{1,2}(/|$)' },
    },
  },
  {
    path: 'persistence.hostPath.nodeName',
    type: 'string',
    default: '',
    member: 'HostPathOptions.node',
    schema: STRINGS.nodeName,
  },
  {
    path: 'persistence.hostPath.volumeName',
    type: 'string',
    default: '',
    description:
      "Name of the PersistentVolume, which is cluster-scoped. By default: the namespace and the release's full name, joined by a dot.",
    schema: STRINGS.name,
  },
  {
    path: 'persistence.hostPath.fixOwner',
    type: 'boolean',
    default: false,
    description:
      "Whether to change the directory's owner to the registry's user before the registry starts. Kubernetes doesn't for hostPath volumes, and the registry is not root. An init container does it that runs as root with the one capability CHOWN, which Pod Security `restricted` rejects. Otherwise do it on the node, e.g. `chown -R 65532:65532 <path>`.",
  },
  {
    path: 'persistence.sizeLimit',
    type: 'string',
    default: '',
    description: 'The pod is evicted above this size, where images are not in a claim. By default: none.',
    schema: STRINGS.size,
  },
] as const satisfies readonly ChartEntry[];
