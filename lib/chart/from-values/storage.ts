// The storage from values.
import { type PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import type { Construct } from 'constructs';
import { StorageBackend } from '../../storage/backend';
import type { RegistryStorageOptions } from '../../storage/storage';
import type { ChartValues } from '../values/reader';
import { descriptorCacheFromValues } from './descriptor-cache';
import { azureFromValues, gcsFromValues, s3FromValues, swiftFromValues } from './object-stores';

export function storageFromValues(scope: Construct, values: ChartValues): RegistryStorageOptions {
  return {
    backend: backend(scope, values),
    deletion: values.boolean('storage.deletion'),
    readOnly: values.boolean('storage.readOnly'),
    redirect: values.boolean('storage.redirect'),
    descriptorCache: descriptorCacheFromValues(scope, values),
    uploadPurging: {
      enabled: values.boolean('storage.uploadPurging.enabled'),
      age: values.duration('storage.uploadPurging.age'),
      interval: values.duration('storage.uploadPurging.interval'),
      dryRun: values.boolean('storage.uploadPurging.dryRun'),
    },
    health: {
      enabled: values.boolean('storage.health.enabled'),
      interval: values.duration('storage.health.interval'),
      threshold: values.integer('storage.health.threshold'),
    },
  };
}

function backend(scope: Construct, values: ChartValues): StorageBackend {
  switch (values.string('storage.type')) {
    case 's3':
      return s3FromValues(scope, values);
    case 'gcs':
      return gcsFromValues(scope, values);
    case 'azure':
      return azureFromValues(scope, values);
    case 'swift':
      return swiftFromValues(scope, values);
    default:
      return volume(scope, values);
  }
}

function volume(scope: Construct, values: ChartValues): StorageBackend {
  if (!values.boolean('persistence.enabled'))
    return StorageBackend.ephemeral({ sizeLimit: values.size('persistence.sizeLimit') });
  const accessMode = values.enum<PersistentVolumeAccessMode>('persistence.accessMode');
  const claim = values.string('persistence.existingClaim');
  if (claim !== undefined) {
    const existing = PersistentVolumeClaim.fromClaimName(scope, 'persistence.existingClaim', claim);
    return StorageBackend.existingClaim(existing, { accessMode });
  }
  const path = values.string('persistence.hostPath.path');
  if (path !== undefined) {
    return StorageBackend.hostPath({
      path,
      node: values.string('persistence.hostPath.nodeName'),
      claimName: values.string('persistence.claimName'),
      volumeName: values.string('persistence.hostPath.volumeName'),
      fixOwner: values.boolean('persistence.hostPath.fixOwner'),
      size: values.size('persistence.size'),
      keepOnUninstall: values.boolean('persistence.keep'),
    });
  }
  const storageClass = values.string('persistence.storageClass');
  return StorageBackend.newClaim({
    accessMode,
    claimName: values.string('persistence.claimName'),
    snapshot: values.string('persistence.snapshot'),
    size: values.size('persistence.size'),
    storageClassName: storageClass === '-' ? '' : storageClass,
    keepOnUninstall: values.boolean('persistence.keep'),
  });
}
