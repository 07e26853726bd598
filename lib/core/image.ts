// Image references: which are pinned, and where images are pulled from.
import { isOnDockerHub } from './addresses';
import type { Check } from './check';
import { isPort } from './formats';

const REFERENCE =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::(?<port>\d+))?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** An image with regctl and a shell. */
export const REGCTL_IMAGE = 'ghcr.io/regclient/regctl:v0.11.7-alpine';

/** An image with regbot and a shell. */
export const REGBOT_IMAGE = 'ghcr.io/regclient/regbot:v0.11.7-alpine';

/** An image with regsync and a shell. */
export const REGSYNC_IMAGE = 'ghcr.io/regclient/regsync:v0.11.7-alpine';

/** A small Valkey with a shell. */
export const VALKEY_IMAGE = 'valkey/valkey:8.1.4-alpine';

/** The public CAs in images on Alpine and on Debian. */
export const PUBLIC_CAS = '/etc/ssl/certs/ca-certificates.crt';

/**
 * Checks an image: a pinned tag or a digest, never `latest`.
 *
 * @param fallback the image if none is given
 * @param registry where to pull it from, unless the given one names a registry
 */
export function checkImage(
  check: Check,
  property: string,
  value: unknown,
  fallback: string,
  registry?: string,
): string {
  const usual = imageFrom(registry, withoutRegistry(fallback), fallback);
  if (value === undefined) return usual;
  const match = typeof value === 'string' ? REFERENCE.exec(value) : null;
  const { port = '1' } = match?.groups ?? {};
  if (!match || !isPort(port)) check.report('not-an-image', property, { value, example: fallback });
  else if (!match.groups?.tag && !match.groups?.digest)
    check.report('image-without-tag', property, { value, example: fallback });
  else if (match.groups.tag === 'latest' && !match.groups.digest)
    check.report('image-tagged-latest', property, { value, example: fallback });
  else return namesRegistry(value as string) ? (value as string) : imageFrom(registry, value as string);
  return usual;
}

/**
 * The image as a registry has it. Docker Hub's images of one segment are under `library/`, which Docker hides
 * and a mirror does not.
 *
 * @param image without a registry
 * @param otherwise the image if there is no registry
 */
export function imageFrom(registry: string | undefined, image: string, otherwise = image): string {
  if (registry === undefined) return otherwise;
  return `${registry}/${image.includes('/') ? image : `library/${image}`}`;
}

/** Whether an image begins with a registry, as Docker sees it. */
export function namesRegistry(image: string): boolean {
  const [first = '', ...rest] = image.split('/');
  return rest.length > 0 && !isOnDockerHub(first);
}

function withoutRegistry(image: string): string {
  return namesRegistry(image) ? image.slice(image.indexOf('/') + 1) : image;
}

/** Tag of a valid reference; empty if it has none. */
export function tagOf(image: string): string {
  return REFERENCE.exec(image)?.groups?.tag ?? '';
}
