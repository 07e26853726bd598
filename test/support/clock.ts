// A clock that is wrong, or years on.

/** Does something while `Date.now` is some days ahead; behind, if negative. */
export function inSoManyDays<T>(days: number, run: () => T): T {
  const real = Date.now;
  Date.now = () => real() + days * 24 * 60 * 60 * 1000;
  try {
    return run();
  } finally {
    Date.now = real;
  }
}
