// The chart's settings of where images are kept and how.
import { Duration } from 'cdk8s';
import { PersistentVolumeAccessMode, PersistentVolumeClaim } from 'cdk8s-plus-27';
import { StorageBackend } from '../storage/backend';
import { RegistryStorageOptions } from '../storage/storage';
import { azureFromValues, gcsFromValues, s3FromValues } from './chart-object-stores';
import { ChartPlace, scalar, TEXTS } from './chart-settings';

/** The storage. */
export function storageFromValues(place: ChartPlace): RegistryStorageOptions {
  const { values } = place;
  const flag = (name: string, property = `RegistryStorageOptions.${name}`) =>
    values.flag(`storage.${name}`, { property });
  const backend = backendFromValues(place);
  const purging = flag('uploadPurging.enabled', 'UploadPurgingOptions.enabled');
  const watched = flag('health.enabled', 'StorageHealthOptions.enabled');
  return {
    backend,
    deletion: flag('deletion'),
    readOnly: flag('readOnly'),
    redirect: flag('redirect'),
    descriptorCache: flag('descriptorCache'),
    uploadPurging: {
      enabled: purging,
      age: duration(place, 'storage.uploadPurging.age', 'UploadPurgingOptions.age', ['1501s', '1507s']),
      interval: duration(place, 'storage.uploadPurging.interval', 'UploadPurgingOptions.interval', [
        '1511s',
        '1517s',
      ]),
      dryRun: flag('uploadPurging.dryRun', 'UploadPurgingOptions.dryRun'),
    },
    health: {
      enabled: watched,
      interval: duration(place, 'storage.health.interval', 'StorageHealthOptions.interval', [
        '1521s',
        '1527s',
      ]),
      threshold: values.integer('storage.health.threshold', {
        property: 'StorageHealthOptions.threshold',
        samples: [907, 911],
        schema: { minimum: 1, maximum: 1000 },
      }),
    },
  };
}

/** A time in seconds, minutes or hours, as Go reads it; the samples are in seconds. */
export function duration(
  { values }: ChartPlace,
  path: string,
  property: string,
  samples: string[],
): Duration | undefined {
  const text = values.text(path, scalar({ property, samples, schema: TEXTS.duration, plain: true }));
  return text === undefined ? undefined : Duration.seconds(Number.parseInt(text, 10));
}

const KINDS = ['filesystem', 's3', 'gcs', 'azure'];

function backendFromValues(place: ChartPlace): StorageBackend {
  const kind = place.values.choice('storage.type', KINDS, {
    description: 'Where they are kept: in a volume, or in a bucket.',
    defaultValue: 'filesystem',
  });
  switch (kind) {
    case 's3':
      return s3FromValues(place);
    case 'gcs':
      return gcsFromValues(place);
    case 'azure':
      return azureFromValues(place);
    default:
      return volumeFromValues(place);
  }
}

const ACCESS_MODES = [
  PersistentVolumeAccessMode.READ_WRITE_ONCE,
  PersistentVolumeAccessMode.READ_WRITE_ONCE_POD,
  PersistentVolumeAccessMode.READ_WRITE_MANY,
];

function volumeFromValues({ chart, values }: ChartPlace): StorageBackend {
  const lasting = values.flag('persistence.enabled', {
    description: 'Keep images in a PersistentVolumeClaim? Else all of them are gone when the pod is.',
    defaultValue: true,
  });
  if (!lasting) {
    const limit = values.size('persistence.sizeLimit', {
      description: 'The pod is evicted above this size, where images are not in a claim.',
    });
    return StorageBackend.ephemeral({ sizeLimit: limit });
  }
  const existing = values.text('persistence.existingClaim', {
    description: "Name of a claim that exists in the release's namespace; then none is made.",
    schema: TEXTS.name,
  });
  const accessMode = values.choice('persistence.accessMode', ACCESS_MODES, {
    description:
      'Who may mount the volume. Several replicas need ReadWriteMany; with any other the pod is stopped before its successor starts.',
  });
  if (existing !== undefined) {
    return StorageBackend.existingClaim(
      PersistentVolumeClaim.fromClaimName(chart, 'existing-claim', existing),
      { accessMode },
    );
  }
  const storageClass = values.text(
    'persistence.storageClass',
    scalar({
      description:
        "Name of the StorageClass; `-` means none, for a volume that was made by hand. By default the cluster's default class.",
      kinds: {
        none: { samples: ['-'], test: (value) => `eq ${value} "-"` },
        named: { samples: ['zqclass', 'zqsort'], test: (value) => `ne ${value} "-"` },
      },
      schema: { pattern: `^-$|${TEXTS.name.pattern}` },
    }),
  );
  return StorageBackend.newClaim({
    accessMode,
    size: values.size('persistence.size', { property: 'NewClaimOptions.size' }),
    storageClassName: storageClass === '-' ? '' : storageClass,
    keepOnUninstall: values.flag('persistence.keep', { property: 'NewClaimOptions.keepOnUninstall' }),
  });
}
