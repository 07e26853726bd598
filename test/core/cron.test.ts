// Which schedules and time zones are taken. That the API server agrees is in test/e2e/cron.test.ts.
import { isSchedule, isTimeZone, neverComes } from '../../lib/core/cron';
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
