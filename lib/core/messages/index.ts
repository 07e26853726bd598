// All messages in one table, by code.
import { APP_WORDS } from './app';
import { AUTH_WORDS } from './auth';
import { BACKUP_WORDS } from './backup';
import { CACHES_WORDS } from './caches';
import { CHART_WORDS } from './chart';
import { CHART_ENGINE_WORDS } from './chart-engine';
import { CLIENTS_WORDS } from './clients';
import { COLLECTION_WORDS } from './collection';
import { COPY_WORDS } from './copy';
import { FRONT_WORDS } from './front';
import { GARBAGE_COLLECTION_WORDS } from './garbage-collection';
import { GENERAL_WORDS } from './general';
import { MONITORING_WORDS } from './monitoring';
import { NETWORK_WORDS } from './network';
import { PODS_WORDS } from './pods';
import { RETENTION_WORDS } from './retention';
import { ROUTING_WORDS } from './routing';
import { SCALING_WORDS } from './scaling';
import { SERVICES_WORDS } from './services';
import { STORAGE_WORDS } from './storage';
import { TLS_WORDS } from './tls';
import { UI_WORDS } from './ui';
import { VERIFICATION_WORDS } from './verification';

export type { Words } from './code-messages';

/** The messages of each code, for props and, where they differ, for values.yaml. */
export const WORDS = {
  ...GENERAL_WORDS,
  ...APP_WORDS,
  ...AUTH_WORDS,
  ...TLS_WORDS,
  ...STORAGE_WORDS,
  ...CLIENTS_WORDS,
  ...PODS_WORDS,
  ...SCALING_WORDS,
  ...SERVICES_WORDS,
  ...GARBAGE_COLLECTION_WORDS,
  ...NETWORK_WORDS,
  ...ROUTING_WORDS,
  ...FRONT_WORDS,
  ...CACHES_WORDS,
  ...COLLECTION_WORDS,
  ...BACKUP_WORDS,
  ...RETENTION_WORDS,
  ...MONITORING_WORDS,
  ...UI_WORDS,
  ...VERIFICATION_WORDS,
  ...COPY_WORDS,
  ...CHART_WORDS,
  ...CHART_ENGINE_WORDS,
};

/** An error code. Readable and stable: users search for it, and docs/errors.md explains it. */
export type Code = keyof typeof WORDS;

/** All codes. */
export const CODES = Object.keys(WORDS) as Code[];
