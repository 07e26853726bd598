// Wrong toolboxes and garbage collections.
import {
  Registry,
  RegistryCredentials,
  RegistryDeployment,
  RegistryToolbox,
  RegistryUser,
  StorageBackend,
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
      '[chart/registry/deployment] garbageCollection.onStart: true would run beside the other pod and delete what is being pushed there; write replicas: 1, or leave it out and collect while the registry is read-only',
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
];
