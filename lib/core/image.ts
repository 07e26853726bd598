// Image references: which are pinned.
import type { Check } from './check';

const REFERENCE =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Checks an image: a pinned tag or a digest, never `latest`. */
export function checkImage(check: Check, property: string, value: unknown, fallback: string): string {
  if (value === undefined) return fallback;
  const match = typeof value === 'string' ? REFERENCE.exec(value) : null;
  if (!match) check.report('not-an-image', property, { value, example: fallback });
  else if (!match.groups?.tag && !match.groups?.digest)
    check.report('image-without-tag', property, { value, example: fallback });
  else if (match.groups.tag === 'latest' && !match.groups.digest)
    check.report('image-tagged-latest', property, { value, example: fallback });
  else return value as string;
  return fallback;
}

/** Tag of a valid reference; empty if it has none. */
export function tagOf(image: string): string {
  return REFERENCE.exec(image)?.groups?.tag ?? '';
}
