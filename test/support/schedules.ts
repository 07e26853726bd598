// Schedules of CronJobs and time zones, right and wrong.

export const SCHEDULES: readonly string[] = [
  '30 2 * * *',
  '* * * * *',
  '*/5 * * * *',
  '0,30 8-18/2 1 jan-mar MON-fri',
  '5/15 0 ? * ?',
  '0 0 1,15 */3 0',
  '59 23 31 12 6',
  '00 02 * * sun',
  '@hourly',
  '@daily',
  '@midnight',
  '@weekly',
  '@monthly',
  '@yearly',
  '@annually',
];

export const NO_SCHEDULES: readonly string[] = [
  '',
  'daily',
  '@reboot',
  '30 2 * *',
  '0 30 2 * * *',
  '60 2 * * *',
  '0 24 * * *',
  '0 0 0 * *',
  '0 0 32 * *',
  '0 0 * 13 *',
  '0 0 * 0 *',
  '0 0 * * 7',
  '0 0 * * monday',
  '0 0 * foo *',
  '-1 0 * * *',
  '5-1 0 * * *',
  '*/0 0 * * *',
  '1-2-3 0 * * *',
  '0 0 L * *',
  'TZ=Europe/Berlin 30 2 * * *',
  'CRON_TZ=UTC 30 2 * * *',
];

export const TIME_ZONES: readonly string[] = [
  'Etc/UTC',
  'UTC',
  'Europe/Berlin',
  'America/Argentina/Buenos_Aires',
  'America/Port-au-Prince',
  'Etc/GMT+1',
];

export const NO_TIME_ZONES: readonly string[] = [
  '',
  'Local',
  'Berlin',
  'Europe/Nowhere',
  '+01:00',
  'europe/berlin ',
  '../UTC',
];
