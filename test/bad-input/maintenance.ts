// Wrong toolboxes and garbage collections.
import { Chart, Duration } from 'cdk8s';
import { PersistentVolumeClaim, ServiceAccount } from 'cdk8s-plus-27';
import {
  CopyEndpoint,
  DescriptorCache,
  Registry,
  RegistryCache,
  RegistryCollection,
  RegistryCopy,
  RegistryCredentials,
  RegistryDeployment,
  RegistryRetention,
  RegistrySnapshots,
  RegistryToolbox,
  RegistryUser,
  RegistryVeleroBackup,
  RegistryVerification,
  RetentionRule,
  StorageBackend,
  VeleroVolumes,
} from '../../lib';
import { type Row, wrong } from './row';

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';

export const MAINTENANCE: readonly Row[] = [
  {
    name: 'a collection beside another pod',
    props: {
      replicas: 2,
      storage: {
        backend: StorageBackend.existingClaim(wrong({ name: 'images' }), {
          accessMode: wrong('ReadWriteMany'),
        }),
        deletion: true,
      },
      garbageCollection: { onStart: true },
    },
    says: [
      '[chart/registry/deployment] garbageCollection.onStart: true would run beside the other pod and delete what is being pushed there; write replicas: 1 without autoscaling, or leave it out and collect while the registry is read-only',
    ],
  },
  {
    name: 'a collection where nothing can be deleted',
    props: { garbageCollection: { onStart: true } },
    says: [
      '[chart/registry/deployment] garbageCollection.onStart: true finds nothing, because no image can be deleted; add storage: { deletion: true }',
    ],
  },
  {
    name: 'a collection on ephemeral storage',
    props: {
      storage: { backend: StorageBackend.ephemeral(), deletion: true },
      garbageCollection: { onStart: true },
    },
    says: [
      '[chart/registry/deployment] garbageCollection.onStart: true finds nothing, because ephemeral storage is empty at each start; leave it out',
    ],
  },
  {
    name: 'a collection beside other pods with the same storage construct',
    build: ({ chart }) => {
      const { auth, storage } = new Registry(chart, 'one', {
        name: 'one',
        storage: { deletion: true },
        garbageCollection: { onStart: true },
      });
      new RegistryDeployment(chart, 'more', { name: 'more', auth, storage });
    },
    says: [
      '[chart/one/deployment] garbageCollection.onStart: true would run beside chart/more on the same storage and delete what is being pushed there; give each its own storage, write storage: { readOnly: true } there, or leave it out and collect while all are read-only',
    ],
  },
  {
    name: "a container that takes the collector's name",
    props: {
      storage: { deletion: true },
      garbageCollection: { onStart: true },
      sidecars: [{ name: 'collect-garbage', image: 'busybox:1.37' }],
    },
    says: [
      '[chart/registry/deployment] sidecars[0].name: "collect-garbage" is already used in this pod; choose another name',
    ],
  },
  {
    name: 'a scheduled collection of a registry without a front, of which nothing can be deleted',
    build: ({ chart }) =>
      void new RegistryCollection(chart, 'collection', { registry: new Registry(chart, 'registry') }),
    says: [
      '[chart/collection] registry: "registry" has nothing that refuses pushes while garbage is collected; add front: {} to the registry, or write garbageCollection: { onStart: true } instead, for one replica',
      '[chart/collection] registry: "registry" finds nothing, because no image can be deleted; add storage: { deletion: true }',
    ],
  },
  {
    name: 'a scheduled collection of a registry with a long name, a cache, and a collection at each start',
    build: ({ chart }) =>
      void new RegistryCollection(chart, 'collection', {
        registry: new Registry(chart, 'registry', {
          name: 'a-registry-whose-name-has-42-characters---x',
          front: {},
          storage: { deletion: true, descriptorCache: DescriptorCache.inMemory() },
          garbageCollection: { onStart: true },
        }),
      }),
    says: [
      '[chart/collection] registry: makes the CronJob "a-registry-whose-name-has-42-characters---x-collection", whose name has 54 characters, and more than 52; give the registry a name of at most 41 characters',
      '[chart/collection] registry: "a-registry-whose-name-has-42-characters---x" caches blob descriptors where a collection can not delete them, and they outlive the blobs that it removes; write DescriptorCache.valkey() or DescriptorCache.redis(...) without raw keys, or leave storage.descriptorCache out',
      '[chart/collection] registry: "a-registry-whose-name-has-42-characters---x" collects at each start already; leave garbageCollection.onStart out',
    ],
  },
  {
    name: "a scheduled collection by the namespace's own account",
    build: ({ chart }) =>
      void new RegistryCollection(chart, 'collection', {
        registry: new Registry(chart, 'registry', {
          front: {},
          storage: { deletion: true },
          serviceAccount: ServiceAccount.fromServiceAccountName(chart, 'account', 'default'),
        }),
      }),
    says: [
      '[chart/collection] registry: "default" is the account of every pod of the namespace that names none; name another service account of the registry, or leave it out',
    ],
  },
  {
    name: 'a scheduled collection of storage that only one pod can mount',
    build: ({ chart }) => {
      for (const [name, backend] of [
        ['one', StorageBackend.newClaim({ accessMode: wrong('ReadWriteOncePod') })],
        ['two', StorageBackend.ephemeral()],
      ] as const)
        new RegistryCollection(chart, `${name}-collection`, {
          registry: new Registry(chart, name, { name, front: {}, storage: { backend, deletion: true } }),
        });
    },
    says: [
      '[chart/one-collection] registry: "one" has ReadWriteOncePod storage, which no pod but its own can mount; use ReadWriteOnce or ReadWriteMany, or leave it out, and write garbageCollection: { onStart: true }',
      '[chart/two-collection] registry: "two" has ephemeral storage, which no pod but its own can mount; use ReadWriteOnce or ReadWriteMany, or leave it out',
    ],
  },
  {
    name: 'a scheduled collection of read-only storage, at wrong times',
    build: ({ chart }) =>
      void new RegistryCollection(chart, 'collection', {
        registry: new Registry(chart, 'registry', { front: {}, storage: { deletion: true, readOnly: true } }),
        schedule: '0 3 30 2 *',
        timeZone: 'CET/Berlin',
        timeLimit: Duration.minutes(19),
        uploadLimit: Duration.millis(1500),
      }),
    says: [
      '[chart/collection] registry: "registry" would delete from read-only storage; leave it out for as long as storage.readOnly is true',
      '[chart/collection] uploadLimit: "1.5 s" is not a positive whole number of seconds; write e.g. Duration.minutes(15)',
      '[chart/collection] timeLimit: "1140 s" is not from 1200 s to 2592000 s; write e.g. Duration.hours(4)',
      '[chart/collection] schedule: "0 3 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
      '[chart/collection] timeZone: "CET/Berlin" is not a time zone; write e.g. "Europe/Berlin"',
    ],
  },
  {
    name: 'time limits that are too short or too long',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', { front: {}, storage: { deletion: true } });
      const days = Duration.days(31);
      new RegistryCollection(chart, 'collection', {
        registry,
        timeLimit: days,
        uploadLimit: Duration.seconds(179),
      });
      new RegistryRetention(chart, 'retention', {
        registry,
        rules: [RetentionRule.repositories('**').keepNewest(1)],
        timeLimit: Duration.seconds(599),
      });
      new RegistryVerification(chart, 'verification', { registry, timeLimit: Duration.seconds(1) });
      new RegistryCopy(chart, 'copy', {
        source: CopyEndpoint.host('old.example.com', { anonymous: true }),
        target: CopyEndpoint.registry(registry),
        timeLimit: Duration.minutes(9),
      });
      const prefetch = { images: ['alpine:3.22'], timeLimit: Duration.seconds(59) };
      new RegistryCache(chart, 'hub', { upstream: 'docker.io', prefetch });
    },
    says: [
      '[chart/collection] uploadLimit: "179 s" is not from 180 s to 2592000 s; write e.g. Duration.minutes(15)',
      '[chart/collection] timeLimit: "2678400 s" is not from 1200 s to 2592000 s; write e.g. Duration.hours(4)',
      '[chart/retention] timeLimit: "599 s" is not from 600 s to 2592000 s; write e.g. Duration.hours(4)',
      '[chart/verification] timeLimit: "1 s" is not from 60 s to 2592000 s; write e.g. Duration.minutes(15)',
      '[chart/copy] timeLimit: "540 s" is not from 600 s to 2592000 s; write e.g. Duration.hours(24)',
      '[chart/hub/prefetch] prefetch.timeLimit: "59 s" is not from 60 s to 2592000 s; write e.g. Duration.hours(4)',
    ],
  },
  {
    name: 'a scheduled collection beside other pods with the same storage construct',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'one', { name: 'one', front: {}, storage: { deletion: true } });
      const { auth, storage } = registry;
      new RegistryDeployment(chart, 'more', { name: 'more', auth, storage });
      new RegistryCollection(chart, 'collection', { registry });
    },
    says: [
      '[chart/collection] registry: "one" would run beside chart/more on the same storage and delete what is being pushed there; give each its own storage, write storage: { readOnly: true } there, or leave it out and collect while all are read-only',
    ],
  },
  {
    name: 'a scheduled collection that waits longer than it may run, and reaches no API server',
    build: ({ chart }) =>
      void new RegistryCollection(chart, 'collection', {
        registry: new Registry(chart, 'registry', { front: {}, storage: { deletion: true } }),
        timeLimit: Duration.minutes(20),
        uploadLimit: Duration.minutes(30),
        apiServer: [],
      }),
    says: [
      "[chart/collection] apiServer: is empty; write e.g. [{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }] }]",
      '[chart/collection] uploadLimit: "1800 s" is not less than timeLimit, which is 1200 s; write a longer timeLimit or a shorter uploadLimit',
    ],
  },
  {
    name: 'a scheduled collection in no namespace',
    build: ({ app }) => {
      const chart = new Chart(app, 'bare');
      const registry = new Registry(chart, 'registry', { front: {}, storage: { deletion: true } });
      new RegistryCollection(chart, 'collection', { registry });
    },
    says: [
      '[bare/collection] registry: "registry" has no namespace, which the binding of its rights must name; give the registry a namespace: "registry"',
    ],
  },
  {
    name: 'a toolbox whose password is not known',
    build: ({ chart }) =>
      void new RegistryToolbox(chart, 'toolbox', {
        registry: new Registry(chart, 'registry', {
          auth: { credentials: RegistryCredentials.users(RegistryUser.bcryptHash('admin', HASH)) },
        }),
      }),
    says: [
      `[chart/toolbox] login: "admin" is known only by the hash of the password; write RegistryLogin.fromEnvironment('user', 'VARIABLE') or RegistryLogin.existingSecret(...)`,
    ],
  },
  {
    name: 'a backup by Velero of what has no volume, at wrong times',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', {
        storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }) },
      });
      new RegistryVeleroBackup(chart, 'velero', {
        registry,
        volumes: VeleroVolumes.SNAPSHOT,
        objectName: `${'a'.repeat(40)}.${'b'.repeat(40)}`,
        schedule: '0 3 30 2 *',
        ttl: Duration.minutes(59),
        veleroNamespace: 'Velero',
        storageLocation: wrong(1),
        excludedResources: ['', wrong(null), 'a b', '*'],
      });
    },
    says: [
      '[chart/velero] objectName: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa.bbbbbbbbbbbbbbbb..." has 81 characters, and more than 63; write a shorter objectName',
      '[chart/velero] volumes: "Snapshot", but "registry" has S3 storage; write VeleroVolumes.NONE, and save the images with RegistryCopy',
      '[chart/velero] storageLocation: 1 is not a string; write e.g. "default"',
      '[chart/velero] veleroNamespace: "Velero" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "velero"',
      '[chart/velero] schedule: "0 3 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
      '[chart/velero] excludedResources[0]: "" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "jobs.batch"',
      '[chart/velero] excludedResources[1]: null is not a string; write e.g. "jobs.batch"',
      '[chart/velero] excludedResources[2]: "a b" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "jobs.batch"',
      '[chart/velero] excludedResources[3]: "*" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "jobs.batch"',
      '[chart/velero] ttl: "3540 s" is not a whole number of seconds, from an hour to 999,999 hours; write e.g. Duration.days(30)',
    ],
  },
  {
    name: 'a backup by files of a directory of a node, whose pod leaves the volume out, and moves no snapshot',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', {
        storage: { backend: StorageBackend.hostPath({ path: '/srv/registry' }) },
        podAnnotations: { 'backup.velero.io/backup-volumes': 'logs' },
      });
      new RegistryVeleroBackup(chart, 'velero', {
        registry,
        volumes: VeleroVolumes.FILE_SYSTEM,
        moveData: true,
      });
    },
    says: [
      '[chart/registry/deployment] podAnnotations["backup.velero.io/backup-volumes"]: "logs" leaves out the volume "data", which has the images; add data, or leave the annotation out',
      '[chart/velero] volumes: "FileSystem", but "registry" has hostPath storage; write VeleroVolumes.NONE, and save the images with RegistryCopy',
      '[chart/velero] moveData: true, but no snapshot is taken; write volumes: VeleroVolumes.SNAPSHOT, or leave it out',
    ],
  },
  {
    name: 'a backup in no namespace, and a claim of no snapshot, whose pods are never long enough ready',
    build: ({ app }) => {
      const bare = new Chart(app, 'bare');
      const registry = new Registry(bare, 'registry', {
        minReadySeconds: 600,
        storage: { backend: StorageBackend.newClaim({ snapshot: 'A snapshot' }) },
      });
      new RegistryVeleroBackup(bare, 'velero', { registry });
    },
    says: [
      '[bare/registry/storage] storage.backend.snapshot: "A snapshot" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "registry-20261128-030311"',
      '[bare/registry/deployment] minReadySeconds: 600 is not a whole number from 0 to 599; write e.g. 0',
      '[bare/velero] registry: "registry" has no namespace, which a backup must name; give the registry a namespace: "registry"',
    ],
  },
  {
    name: 'snapshots of a bucket, without a front, at wrong times',
    build: ({ chart }) => {
      const registry = new Registry(chart, 'registry', {
        name: 'a-registry-whose-name-has-43-characters---x',
        storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }) },
      });
      new RegistrySnapshots(chart, 'snapshots', {
        registry,
        keep: 0,
        schedule: '0 3 30 2 *',
        timeLimit: Duration.minutes(20),
        pauseLimit: Duration.minutes(20),
        snapshotClassName: 'CSI',
        apiServer: [],
      });
    },
    says: [
      '[chart/snapshots] registry: makes the CronJob "a-registry-whose-name-has-43-characters---x-snapshots", whose name has 53 characters, and more than 52; give the registry a name of at most 42 characters',
      '[chart/snapshots] registry: "a-registry-whose-name-has-43-characters---x" has nothing that refuses pushes while the snapshot is cut; add front: {} to the registry',
      '[chart/snapshots] registry: "a-registry-whose-name-has-43-characters---x" has S3 storage, and snapshots are taken of claims of a CSI driver; save the images with RegistryCopy',
      "[chart/snapshots] apiServer: is empty; write e.g. [{ to: [{ ipBlock: { cidr: '192.0.2.10/32' } }] }]",
      '[chart/snapshots] pauseLimit: "1200 s" is not less than timeLimit, which is 1200 s; write a longer timeLimit or a shorter pauseLimit',
      '[chart/snapshots] snapshotClassName: "CSI" is not a Kubernetes name (lower case letters, digits, "-" and "."); write e.g. "csi-snapshots"',
      '[chart/snapshots] keep: 0 is not a whole number from 1 to 1000; write e.g. 7',
      '[chart/snapshots] schedule: "0 3 30 2 *" never comes: none of its months has such a day; write e.g. "30 2 * * *"',
    ],
  },
  {
    name: 'snapshots of a claim that another registry writes to, and two registries that remember layers in one place',
    build: ({ app }) => {
      const own = new Chart(app, 'own', { namespace: 'images' });
      const descriptorCache = DescriptorCache.redis('redis.images.svc:6379', { withoutTls: true });
      const claim = (claimName: string) => {
        const id = `claim-${own.node.children.length}`;
        return StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(own, id, claimName));
      };
      new Registry(own, 'writer', { storage: { backend: claim('images') } });
      const registry = new Registry(own, 'reader', {
        name: 'reader',
        front: {},
        storage: { backend: claim('images'), readOnly: true, descriptorCache },
      });
      new Registry(own, 'other', {
        name: 'other',
        storage: {
          backend: claim('others'),
          descriptorCache: DescriptorCache.redis('redis', { withoutTls: true }),
        },
      });
      new RegistrySnapshots(own, 'snapshots', { registry });
    },
    says: [
      'storage.descriptorCache: own/reader and own/other both remember their layers in database 0 of redis.images:6379, where neither sees what is of the other; give each a database of its own: DescriptorCache.redis(address, { database: 1 })',
      '[own/snapshots] registry: "reader" shares its storage with own/writer/deployment, where pushes go on; give each its own storage, or write storage: { readOnly: true } there',
    ],
  },
  {
    name: 'snapshots of a directory of a node, beside other pods, in no namespace',
    build: ({ app }) => {
      const bare = new Chart(app, 'bare');
      const registry = new Registry(bare, 'registry', {
        front: {},
        storage: { backend: StorageBackend.hostPath({ path: '/srv/registry' }) },
      });
      const { auth, storage } = registry;
      new RegistryDeployment(bare, 'more', { name: 'more', auth, storage });
      new RegistrySnapshots(bare, 'snapshots', { registry, pauseLimit: Duration.seconds(299) });
    },
    says: [
      'storage.backend: bare/registry and bare/more both write to the folder "/srv/registry", and each would garbage-collect and purge in-flight uploads of the other; give each its own storage, or write storage: { readOnly: true } for one of them',
      '[bare/snapshots] registry: "registry" has no namespace, which the binding of its rights must name; give the registry a namespace: "registry"',
      '[bare/snapshots] registry: "registry" has hostPath storage, and snapshots are taken of claims of a CSI driver; save the images with RegistryCopy',
      '[bare/snapshots] pauseLimit: "299 s" is not from 300 s to 2592000 s; write e.g. Duration.minutes(15)',
      '[bare/snapshots] registry: "registry" shares its storage with bare/more, where pushes go on; give each its own storage, or write storage: { readOnly: true } there',
    ],
  },
];
