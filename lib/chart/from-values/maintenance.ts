// What works on a schedule beside the registry, from values.
import type { Chart } from 'cdk8s';
import { RegistrySnapshots } from '../../maintenance/backup/snapshots';
import { RegistryVeleroBackup } from '../../maintenance/backup/velero';
import type { VeleroVolumes } from '../../maintenance/backup/velero-options';
import { RegistryCollection } from '../../maintenance/collection/collection';
import type { Registry } from '../../registry';
import type { ChartValues } from '../values/reader';
import { addCopies } from './copies';
import { rules } from './kubernetes';
import { imageFromValues, resourcesFromValues } from './pods';
import { addRetention } from './retention';

/** Adds those that are enabled. */
export function addMaintenance(chart: Chart, values: ChartValues, registry: Registry): void {
  if (values.boolean('collection.enabled')) {
    new RegistryCollection(chart, 'collection', {
      registry,
      schedule: values.string('collection.schedule'),
      timeZone: values.string('collection.timeZone'),
      suspend: values.boolean('collection.suspend'),
      timeLimit: values.duration('collection.timeLimit'),
      uploadLimit: values.duration('collection.uploadLimit'),
      apiServer: rules(values.list('collection.apiServer')),
      image: imageFromValues(values, 'collection.image'),
      resources: resourcesFromValues(values, 'collection.'),
    });
  }
  if (values.boolean('snapshots.enabled')) {
    new RegistrySnapshots(chart, 'snapshots', {
      registry,
      schedule: values.string('snapshots.schedule'),
      timeZone: values.string('snapshots.timeZone'),
      suspend: values.boolean('snapshots.suspend'),
      keep: values.integer('snapshots.keep'),
      snapshotClassName: values.string('snapshots.snapshotClassName'),
      timeLimit: values.duration('snapshots.timeLimit'),
      pauseLimit: values.duration('snapshots.pauseLimit'),
      apiServer: rules(values.list('snapshots.apiServer')),
      image: imageFromValues(values, 'snapshots.image'),
      resources: resourcesFromValues(values, 'snapshots.'),
    });
  }
  if (values.boolean('velero.enabled')) {
    new RegistryVeleroBackup(chart, 'velero', {
      registry,
      veleroNamespace: values.string('velero.namespace'),
      objectName: values.string('velero.objectName'),
      schedule: values.string('velero.schedule'),
      suspend: values.boolean('velero.suspend'),
      volumes: values.enum<VeleroVolumes>('velero.volumes'),
      moveData: values.boolean('velero.moveData'),
      ttl: values.duration('velero.ttl'),
      storageLocation: values.string('velero.storageLocation'),
      excludedResources: values.list('velero.excludedResources'),
    });
  }
  if (values.boolean('retention.enabled')) addRetention(chart, values, registry);
  addCopies(chart, values, registry);
}
