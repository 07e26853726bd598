// Values of the chart, each with the props of the same registry: together they use every setting.
import { PersistentVolumeAccessMode } from 'cdk8s-plus-27';
import { StorageBackend } from '../../lib';
import { BACKUPS } from './value-sets/backup';
import { OTHER_BUCKETS } from './value-sets/buckets';
import { CACHES } from './value-sets/caches';
import { CLIENTS } from './value-sets/clients';
import { COLLECTIONS } from './value-sets/collection';
import { COPIES } from './value-sets/copies';
import { DESCRIPTOR_CACHES } from './value-sets/descriptor-caches';
import { EXTERNAL } from './value-sets/external';
import { EXTRA_OBJECTS } from './value-sets/extra-objects';
import { FRONTS } from './value-sets/front';
import { IMAGES } from './value-sets/images';
import { MONITORING } from './value-sets/monitoring';
import { POD_SETTINGS } from './value-sets/pod-settings';
import { CONFIGURATIONS, PODS } from './value-sets/pods';
import { RETENTIONS } from './value-sets/retention';
import { ROUTES } from './value-sets/routes';
import { S3 } from './value-sets/s3';
import { SECURITY } from './value-sets/security';
import { INGRESSES, SERVICES } from './value-sets/services';
import { TOKENS } from './value-sets/tokens';
import { UIS } from './value-sets/uis';
import type { ValueSet } from './value-sets/value-set';
import { VERIFICATIONS } from './value-sets/verification';
import { VOLUMES } from './value-sets/volumes';

/** Releases whose objects are called otherwise. */
const NAMES: readonly ValueSet[] = [
  {
    name: "a release whose name has not the chart's in it",
    release: 'team-a',
    fullname: 'team-a-registry',
    values: { ingress: { enabled: true }, ui: { enabled: true }, metrics: { enabled: true } },
    props: () => ({ ingress: {}, ui: {}, metrics: {} }),
  },
  {
    name: 'a release of a chart that is called otherwise',
    release: 'prod',
    fullname: 'prod-images',
    chartName: 'images',
    values: { nameOverride: 'images', networkPolicy: { allowFrom: [{ podSelector: {} }] } },
    props: () => ({ networkPolicy: { allowFrom: [{ podSelector: {} }] } }),
  },
  {
    name: 'a release whose objects are called by a name of their own',
    release: 'team-a',
    fullname: 'images',
    values: { fullnameOverride: 'images', replicaCount: 2, persistence: { accessMode: 'ReadWriteMany' } },
    props: () => ({
      replicas: 2,
      storage: {
        backend: StorageBackend.newClaim({ accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY }),
      },
    }),
  },
];

/** All of them. */
export const VALUE_SETS: readonly ValueSet[] = [
  ...SECURITY,
  ...TOKENS,
  ...FRONTS,
  ...CACHES,
  ...MONITORING,
  ...EXTERNAL,
  ...SERVICES,
  ...INGRESSES,
  ...ROUTES,
  ...VOLUMES,
  ...S3,
  ...OTHER_BUCKETS,
  ...PODS,
  ...POD_SETTINGS,
  ...CONFIGURATIONS,
  ...COLLECTIONS,
  ...BACKUPS,
  ...RETENTIONS,
  ...COPIES,
  ...DESCRIPTOR_CACHES,
  ...UIS,
  ...IMAGES,
  ...CLIENTS,
  ...VERIFICATIONS,
  ...EXTRA_OBJECTS,
  ...NAMES,
];
