// Schedules of CronJobs: five fields, or a macro such as @daily.

/** A field: its smallest and largest number, and names for numbers. */
interface Field {
  readonly from: number;
  readonly to: number;
  readonly names?: readonly string[];
  /** Whether `?` means any. */
  readonly question?: boolean;
}

const FIELDS: readonly Field[] = [
  { from: 0, to: 59 },
  { from: 0, to: 23 },
  { from: 1, to: 31, question: true },
  { from: 1, to: 12, names: 'jan feb mar apr may jun jul aug sep oct nov dec'.split(' ') },
  { from: 0, to: 6, names: 'sun mon tue wed thu fri sat'.split(' '), question: true },
];
const MACROS = ['@yearly', '@annually', '@monthly', '@weekly', '@daily', '@midnight', '@hourly'];
const LONGEST_MONTHS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Whether Kubernetes takes it: minute, hour, day of month, month and day of week, or a macro. */
export function isSchedule(text: string): boolean {
  return MACROS.includes(text) || parsed(text) !== undefined;
}

/** Whether a valid schedule names days that no month of it has, such as 30 February. */
export function neverComes(text: string): boolean {
  const [, , days, months, weekdays] = parsed(text) ?? [];
  if (days === undefined || months === undefined || weekdays === undefined) return false;
  // Either day counts where both are limited.
  if (weekdays.size < 7) return false;
  return ![...months].some((month) => Math.min(...days) <= (LONGEST_MONTHS[month - 1] ?? 0));
}

/**
 * Seconds of the longest pause between two runs of a schedule, in a time zone without daylight saving; undefined if it is no
 * schedule, or never comes twice in nine years.
 */
export function longestPause(text: string): number | undefined {
  const [minutes, hours, days, months, weekdays] = parsed(AS_FIELDS[text] ?? text) ?? [];
  if (!minutes || !hours || !days || !months || !weekdays) return undefined;
  const times = [...hours].flatMap((hour) => [...minutes].map((minute) => hour * 60 + minute)).sort(byNumber);
  const [first = 0, last = 0] = [times[0], times.at(-1)];
  const within = Math.max(0, ...times.slice(1).map((time, index) => time - (times[index] ?? 0)));
  const [anyDay, anyWeekday] = [days.size === 31, weekdays.size === 7];
  let longest = 0;
  let before: number | undefined;
  // Nine years, of which one has no leap day: 2096 to 2104.
  for (let day = 0; ; day += 1) {
    const date = new Date(Date.UTC(2096, 0, 1 + day));
    if (date.getUTCFullYear() > 2104) break;
    const [ofMonth, ofWeek] = [days.has(date.getUTCDate()), weekdays.has(date.getUTCDay())];
    // Either day counts where both are limited.
    const runs = anyDay || anyWeekday ? ofMonth && ofWeek : ofMonth || ofWeek;
    if (!runs || !months.has(date.getUTCMonth() + 1)) continue;
    if (before !== undefined) longest = Math.max(longest, within, (day - before) * 1440 - last + first);
    before = day;
  }
  return longest === 0 ? undefined : longest * 60;
}

const byNumber = (a: number, b: number) => a - b;

/** What macros stand for. */
const AS_FIELDS: Readonly<Record<string, string>> = {
  '@yearly': '0 0 1 1 *',
  '@annually': '0 0 1 1 *',
  '@monthly': '0 0 1 * *',
  '@weekly': '0 0 * * 0',
  '@daily': '0 0 * * *',
  '@midnight': '0 0 * * *',
  '@hourly': '0 * * * *',
};

function parsed(text: string): ReadonlySet<number>[] | undefined {
  const parts = text.split(' ');
  if (parts.length !== FIELDS.length) return undefined;
  const fields = FIELDS.map((field, index) => numbersOf(parts[index] ?? '', field));
  return fields.every((numbers) => numbers !== undefined) ? fields : undefined;
}

/** The numbers of a field; undefined if it is none. */
function numbersOf(text: string, field: Field): ReadonlySet<number> | undefined {
  const numbers = new Set<number>();
  for (const part of text.split(',')) {
    const [, from = '', to, step] = /^(\*|\?|\w+)(?:-(\w+))?(?:\/(\d{1,9}))?$/.exec(part) ?? [];
    const isAny = from === '*' || (from === '?' && field.question === true);
    if (isAny && to !== undefined) return undefined;
    const first = isAny ? field.from : numberOf(from, field);
    // One number with a step goes on to the end.
    const last = isAny || (to === undefined && step !== undefined) ? field.to : numberOf(to ?? from, field);
    const every = step === undefined ? 1 : Number(step);
    if (first === undefined || last === undefined || first > last || every < 1) return undefined;
    for (let number = first; number <= last; number += every) numbers.add(number);
  }
  return numbers;
}

function numberOf(text: string, { from, to, names = [] }: Field): number | undefined {
  const name = names.indexOf(text.toLowerCase());
  const number = name >= 0 ? from + name : /^\d{1,2}$/.test(text) ? Number(text) : Number.NaN;
  return number >= from && number <= to ? number : undefined;
}

/** A name of the time zone database, such as Europe/Berlin, as this Node.js knows it. */
export function isTimeZone(text: string): boolean {
  if (!/^[A-Z][\w+-]*(\/[A-Z][\w+-]*)*$/.test(text) || text === 'Local') return false;
  try {
    new Intl.DateTimeFormat('en', { timeZone: text });
    return true;
  } catch {
    return false;
  }
}
