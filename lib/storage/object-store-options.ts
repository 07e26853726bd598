// Object names and part sizes in object stores.
import { Check, kibibytes } from '../core/check';

/** Prefix of object names, without leading and trailing slashes; or undefined. */
export function checkPrefix(check: Check, given: unknown): string | undefined {
  if (given === undefined) return undefined;
  const bare = typeof given === 'string' ? given.split('/').filter(Boolean).join('/') : '';
  return check.string(
    'prefix',
    given,
    'registry',
    (text) =>
      text === bare &&
      bare !== '' &&
      /^[\w!.*'()/-]+$/.test(text) &&
      !text.split('/').some((part) => /^\.+$/.test(part)),
    'not-a-prefix',
    { example: /^[\w./-]+$/.test(bare) && !bare.includes('..') ? bare : 'registry' },
  );
}

/** In kibibytes. */
export interface ChunkLimits {
  readonly min: number;
  readonly max?: number;
  readonly of: string;
}

/** Part size of blob uploads in bytes; or undefined. */
export function checkChunk(
  check: Check,
  given: unknown,
  { min, max = Number.POSITIVE_INFINITY, of }: ChunkLimits,
): number | undefined {
  const size = check.size('chunkSize', given, undefined, `Size.mebibytes(${Math.max(10, min / 1024)})`);
  if (size === undefined) return undefined;
  const amount = kibibytes(size);
  const limit = (kib: number) =>
    kib >= 1024 ** 2 ? `${kib / 1024 ** 2}Gi` : kib >= 1024 ? `${kib / 1024}Mi` : `${kib}Ki`;
  const complain = (what: string) =>
    void check.report('chunk-size-out-of-range', 'chunkSize', {
      value: size.asString(),
      what,
      example: Math.max(10, min / 1024),
    });
  if (amount < min) complain(`is below the ${limit(min)} that ${of} takes at least`);
  else if (amount > max) complain(`is above the ${limit(max)} that ${of} takes at most`);
  else if (!Number.isInteger(amount)) complain('is not whole kibibytes');
  else return amount * 1024;
  return undefined;
}
