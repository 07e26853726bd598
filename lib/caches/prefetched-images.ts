// The images that a cache fetches on a schedule, and their platforms: which names are right.
import { Check } from '../core/check';
import { namesRegistry } from '../core/image';
import { DOCKER_HUB } from './upstream';

const NAME =
  /^(?<repository>[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*)(?::(?<tag>[\w*][\w.*-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

const DEFAULT_PLATFORM = 'linux/amd64';
/** As images name them. */
const PLATFORM =
  /^(linux|windows)\/(386|amd64|arm|arm64|loong64|mips64le|ppc64le|riscv64|s390x)(\/v[0-9]+)?$/;

/** Checks the images. They are named as the cache has them: without a host. */
export function checkImages(check: Check, given: unknown, upstream: string): string[] {
  const example = `${upstream}/${upstream === DOCKER_HUB ? 'library/alpine:3.22' : 'team/app:1.0'}`;
  const list = check.list<unknown>('images', given);
  if (list.length === 0 && (given === undefined || Array.isArray(given)))
    check.report('list-empty', 'images', { example: JSON.stringify(example) });
  const images = new Set<string>();
  for (const [index, value] of list.entries()) {
    const image = checkImage(check, `images[${index}]`, value, upstream, example);
    if (image === undefined) continue;
    if (images.has(image)) check.report('given-twice', `images[${index}]`, { value });
    images.add(image);
  }
  return [...images];
}

function checkImage(
  check: Check,
  property: string,
  value: unknown,
  upstream: string,
  example: string,
): string | undefined {
  const text = typeof value === 'string' ? value : '';
  const host = namesRegistry(text) ? text.slice(0, text.indexOf('/')) : DOCKER_HUB;
  const rest = namesRegistry(text) ? text.slice(text.indexOf('/') + 1) : text;
  const { repository, tag, digest } = NAME.exec(rest)?.groups ?? {};
  if (repository === undefined) check.report('not-an-image', property, { value, example });
  else if (host !== upstream)
    check.report('prefetch-of-another-registry', property, {
      value,
      upstream,
      example: `${upstream}/${rest}`,
    });
  else if (tag === undefined && digest === undefined)
    check.report('image-without-tag', property, { value, example: `${host}/${repository}:1.0` });
  else {
    const name = host === DOCKER_HUB && !repository.includes('/') ? `library/${repository}` : repository;
    return digest === undefined ? `${name}:${tag}` : `${name}@${digest}`;
  }
  return undefined;
}

/** Checks the platforms. */
export function checkPlatforms(check: Check, given: unknown): string[] {
  if (given === undefined) return [DEFAULT_PLATFORM];
  const list = check.list<unknown>('platforms', given);
  if (Array.isArray(given) && list.length === 0)
    check.report('list-empty', 'platforms', { example: JSON.stringify(DEFAULT_PLATFORM) });
  const platforms = new Set<string>();
  for (const [index, value] of list.entries()) {
    const platform = check.string(
      `platforms[${index}]`,
      value ?? null,
      '',
      (text) => PLATFORM.test(text),
      'not-a-platform',
      { example: DEFAULT_PLATFORM },
    );
    if (platform !== '' && platforms.has(platform))
      check.report('given-twice', `platforms[${index}]`, { value });
    if (platform !== '') platforms.add(platform);
  }
  return [...platforms];
}
