// All messages in one table, by code.
import { APP_WORDS } from './app';
import { AUTH_WORDS } from './auth';
import { CLIENTS_WORDS } from './clients';
import { GENERAL_WORDS } from './general';
import { NETWORK_WORDS } from './network';
import { PODS_WORDS } from './pods';
import { ROUTING_WORDS } from './routing';
import { STORAGE_WORDS } from './storage';
import { TLS_WORDS } from './tls';
import { UI_WORDS } from './ui';

export type { Words } from './entry';

/** The words of each code, in props and where they differ in values.yaml. */
export const WORDS = {
  ...GENERAL_WORDS,
  ...APP_WORDS,
  ...AUTH_WORDS,
  ...TLS_WORDS,
  ...STORAGE_WORDS,
  ...CLIENTS_WORDS,
  ...PODS_WORDS,
  ...NETWORK_WORDS,
  ...ROUTING_WORDS,
  ...UI_WORDS,
};

/** What is wrong. Readable and stable: people search for it, and docs/errors.md explains it. */
export type Code = keyof typeof WORDS;

/** All codes. */
export const CODES = Object.keys(WORDS) as Code[];
