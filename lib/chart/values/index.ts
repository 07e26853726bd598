// All values of the chart, in the order of values.yaml. Start here.
import { ALERT_VALUES } from './alerts';
import { CACHES_VALUES } from './caches';
import { CLIENT_VALUES } from './clients';
import { COLLECTION_VALUES } from './collection';
import { COPIES_VALUES, type COPY_VALUES } from './copies';
import { DASHBOARD_VALUES } from './dashboard';
import { FRONT_VALUES } from './front';
import { METRICS_VALUES } from './metrics';
import { COMMON_VALUES, GLOBAL_VALUES, NAME_VALUES } from './names';
import { AZURE_VALUES, GCS_VALUES, S3_VALUES, SWIFT_VALUES } from './object-stores';
import type { PREFETCH_VALUES } from './prefetch';
import { CONFIGURATION_VALUES, POD_VALUES, REGISTRY_VALUES } from './registry';
import { RETENTION_VALUES } from './retention';
import {
  HOST_VALUES,
  HTTP_ROUTE_VALUES,
  INGRESS_ROUTE_VALUES,
  INGRESS_VALUES,
  SERVICE_VALUES,
} from './routes';
import { AUTH_VALUES, SECRETS_VALUES, TLS_VALUES } from './security';
import { SNAPSHOT_VALUES } from './snapshots';
import { STORAGE_VALUES, VOLUME_VALUES } from './storage';
import { UI_VALUES } from './ui';
import type { ChartEntry, ChartValue, ValueType } from './value';
import { VELERO_VALUES } from './velero';
import { VERIFICATION_VALUES } from './verification';

const ENTRIES = [
  ...GLOBAL_VALUES,
  ...NAME_VALUES,
  ...REGISTRY_VALUES,
  ...HOST_VALUES,
  ...INGRESS_VALUES,
  ...INGRESS_ROUTE_VALUES,
  ...HTTP_ROUTE_VALUES,
  ...AUTH_VALUES,
  ...FRONT_VALUES,
  ...CACHES_VALUES,
  ...TLS_VALUES,
  ...SECRETS_VALUES,
  ...SERVICE_VALUES,
  ...STORAGE_VALUES,
  ...S3_VALUES,
  ...GCS_VALUES,
  ...AZURE_VALUES,
  ...SWIFT_VALUES,
  ...VOLUME_VALUES,
  ...CONFIGURATION_VALUES,
  ...COLLECTION_VALUES,
  ...SNAPSHOT_VALUES,
  ...VELERO_VALUES,
  ...RETENTION_VALUES,
  ...COPIES_VALUES,
  ...POD_VALUES,
  ...UI_VALUES,
  ...METRICS_VALUES,
  ...ALERT_VALUES,
  ...DASHBOARD_VALUES,
  ...CLIENT_VALUES,
  ...COMMON_VALUES,
  ...VERIFICATION_VALUES,
] as const;

/** Values, and the groups that they are in. */
export const CHART_ENTRIES: readonly ChartEntry[] = ENTRIES;

/** The values alone. */
export const CHART_VALUES: readonly ChartValue[] = CHART_ENTRIES.filter(
  (entry): entry is ChartValue => entry.type !== 'group',
);

/** Of values.yaml, of what only a cache has, which is a registry of its own, and of copies. */
type Entry = (typeof ENTRIES)[number] | (typeof PREFETCH_VALUES)[number] | (typeof COPY_VALUES)[number];

/** The paths of values of a type: a path that is not in the table does not compile. */
export type PathOf<T extends ValueType> = Extract<Entry, { readonly type: T }>['path'];
