// The table that a bench prints: what was measured, what it is compared to, and whether that meets the aim.
import { compared, median, type Samples } from './measure';

/** One row of the table. */
export interface Row {
  readonly name: string;
  readonly samples: Samples;
  /** Number of requests that took this time: then the rate is shown. */
  readonly requests?: number;
  readonly against?: { readonly name: string; readonly samples: Samples };
  /** At most so many times what it is compared to, or so many milliseconds more than it. */
  readonly aim?: { readonly times: number } | { readonly above: number };
}

const HEAD = ['', 'median', 'peak memory', 'against', 'is', 'aim', ''];

/** Rows as lines of text, in columns. */
export function table(rows: readonly Row[]): string {
  const cells = [HEAD, ...rows.map(cellsOf)];
  const widths = HEAD.map((_, column) => Math.max(...cells.map((row) => row[column]?.length ?? 0)));
  return cells
    .map((row) =>
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n');
}

function cellsOf({ name, samples, requests, against, aim }: Row): string[] {
  const { milliseconds, megabytes } = samples;
  const figures = [
    name,
    requests === undefined
      ? `${round(median(milliseconds))} ms`
      : `${round((requests / median(milliseconds)) * 1000)}/s`,
    megabytes.length > 0 ? `${round(median(megabytes))} MB` : '',
  ];
  if (!against) return [...figures, '', '', '', ''];
  const times = compared(samples, against.samples, (a, b) => a / b);
  const above = compared(samples, against.samples, (a, b) => a - b);
  if (!aim) return [...figures, against.name, inTimes(times), '', ''];
  const [is, most, met] =
    'times' in aim
      ? [inTimes(times), inTimes(aim.times), times <= aim.times]
      : [inMore(above), inMore(aim.above), above <= aim.above];
  return [...figures, against.name, is, `≤ ${most}`, met ? 'met' : 'MISSED'];
}

function inTimes(value: number): string {
  return `${value.toFixed(2)}×`;
}

function inMore(value: number): string {
  return `+${round(value)} ms`;
}

function round(value: number): string {
  return value.toFixed(0);
}
