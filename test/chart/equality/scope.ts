// How much is compared: a sample in CI, everything in `npm run prove` (see .ci/prove).

/** A number from an environment variable. */
export function numberFrom(variable: string, usual: number): number {
  const text = process.env[variable] || String(usual);
  if (!/^[1-9][0-9]{0,8}$/.test(text))
    throw new Error(`${variable}: "${text}" is not a whole number from 1 to 999999999`);
  return Number(text);
}
