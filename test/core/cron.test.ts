// Which schedules and time zones are taken. That the API server agrees is in test/e2e/cron.test.ts.
import { isSchedule, isTimeZone, longestPause, neverComes } from '../../lib/core/cron';
import { NO_SCHEDULES, NO_TIME_ZONES, SCHEDULES, TIME_ZONES } from '../support/schedules';

test.each(SCHEDULES)('%p is a schedule', (text) => {
  expect(isSchedule(text)).toBe(true);
  expect(neverComes(text)).toBe(false);
});

test.each(NO_SCHEDULES)('%p is no schedule', (text) => expect(isSchedule(text)).toBe(false));

test.each([
  ['0 0 30 2 *', true],
  ['0 0 30,31 feb ?', true],
  ['0 0 31 4,6,9,11 *', true],
  ['0 0 29 2 *', false],
  ['0 0 31 2-3 *', false],
  // Each Monday of February as well.
  ['0 0 30 2 1', false],
  ['@daily', false],
  ['no schedule', false],
])('whether %p never comes: %p', (text, never) => expect(neverComes(text)).toBe(never));

test.each(TIME_ZONES)('%p is a time zone', (text) => expect(isTimeZone(text)).toBe(true));

test.each(NO_TIME_ZONES)('%p is no time zone', (text) => expect(isTimeZone(text)).toBe(false));

const HOUR = 3600;
const DAY = 24 * HOUR;
test.each<[string, number | undefined]>([
  ['* * * * *', 60],
  ['@hourly', HOUR],
  ['*/5 * * * *', 300],
  ['30 2 * * *', DAY],
  ['0 8-18/2 * * *', 14 * HOUR],
  ['0 8,18 * * mon-fri', 2 * DAY + 14 * HOUR],
  ['@weekly', 7 * DAY],
  ['@monthly', 31 * DAY],
  ['@yearly', 366 * DAY],
  // Either day counts.
  ['0 0 1 * 1', 7 * DAY],
  // 2100 is no leap year.
  ['0 0 29 2 *', 2921 * DAY],
  ['0 0 30 2 *', undefined],
  ['no schedule', undefined],
])('the longest pause of %p is %p seconds', (text, seconds) => expect(longestPause(text)).toBe(seconds));
