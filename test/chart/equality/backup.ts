// What Velero saves, of each storage, with what the pods say themselves and alerts about it; and claims that start from a
// snapshot.
import { noneOr, Product, unsetOr } from './combinations';
import { FOLDER, GCS, HOST, MINIO } from './product-parts';

const VOLUMES = 'backup.velero.io/backup-volumes';

export const SAVED = new Product('backup, storage, pods, alerts', {
  host: [HOST],
  backup: [
    {},
    { 'velero.schedule': '@weekly', 'velero.suspend': true, 'velero.ttl': '48h' },
    { 'velero.namespace': 'backup', 'velero.objectName': 'images', 'velero.storageLocation': 'second' },
    { 'velero.excludedResources': ['jobs.batch'], 'velero.schedule': '0 0 31 2 *', 'velero.ttl': '1s' },
    { 'velero.enabled': false },
  ].map((more) => ({ 'velero.enabled': true, ...more })),
  volumes: unsetOr('velero.volumes', 'Snapshot', 'FileSystem', 'None'),
  moved: unsetOr('velero.moveData', true),
  storage: [
    {},
    { 'persistence.existingClaim': 'claim', 'persistence.claimName': 'restored' },
    {
      'persistence.claimName': 'restored',
      'persistence.snapshot': 'images-1',
      'persistence.storageClass': '-',
    },
    { 'persistence.accessMode': 'ReadWriteOncePod', 'persistence.snapshot': 'images-1' },
    { 'persistence.enabled': false, 'persistence.snapshot': 'images-1' },
    { ...FOLDER, 'persistence.claimName': 'folder', 'persistence.snapshot': 'images-1' },
    MINIO,
    GCS,
  ],
  alerts: noneOr({ 'metrics.enabled': true, 'metrics.serviceMonitor.enabled': true, 'alerts.enabled': true }),
  pods: noneOr(
    { podAnnotations: { [VOLUMES]: 'logs' } },
    { podAnnotations: { [VOLUMES]: 'logs,data', 'example.com/a': 'b' } },
    { 'front.enabled': true, 'collection.enabled': true, 'storage.deletion': true, minReadySeconds: 90 },
    {
      fullnameOverride: 'a'.repeat(50),
      commonAnnotations: { 'example.com/c': 'd' },
      commonLabels: { team: 'b' },
    },
  ),
});
