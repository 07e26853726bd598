// The image of a cache: which versions of the registry may hold an upstream's login.
import { Check } from '../core/check';
import { tagOf } from '../core/image';
import { DEFAULT_IMAGE, DEFAULT_REGISTRY_IMAGE } from '../distribution/versions';

/** The oldest version that keeps the login to itself. */
const OLDEST = [3, 1, 0] as const;

/** Checks that the image is new enough, by its tag or by the version that is given beside it. */
export function checkCacheImage(check: Check, image: unknown, version: unknown): void {
  if (version !== undefined) {
    const text = check.string(
      'imageVersion',
      version,
      DEFAULT_IMAGE.tag,
      (given) => versionIn(given) !== undefined,
      'not-a-version',
    );
    if (isOlder(versionIn(text)))
      check.report('cache-version-too-old', 'imageVersion', { value: text, example: DEFAULT_IMAGE.tag });
    return;
  }
  // What is no image at all is reported by the Deployment.
  if (typeof image !== 'string') return;
  const found = versionIn(tagOf(image));
  if (found === undefined)
    check.report('cache-version-unknown', 'image', {
      value: image,
      example: DEFAULT_REGISTRY_IMAGE,
      tag: DEFAULT_IMAGE.tag,
    });
  else if (isOlder(found))
    check.report('cache-version-too-old', 'image', { value: image, example: DEFAULT_REGISTRY_IMAGE });
}

/** Whether a tag says that it is of a version that is new enough; undefined if it may be any. */
export function isNewEnough(tag: string): boolean | undefined {
  const version = versionIn(tag);
  return version && !isOlder(version);
}

/** Numbers of a version, and whether it came before the release of that number. */
interface Parsed {
  readonly numbers: readonly number[];
  readonly early: boolean;
}

/** The version that a tag begins with; undefined if it has less than two numbers and may be any. */
function versionIn(tag: string): Parsed | undefined {
  const [, major, minor, patch, rest = ''] = /^v?(\d+)(?:\.(\d+))?(?:\.(\d+))?([-.+_].*)?$/.exec(tag) ?? [];
  if (major === undefined) return undefined;
  // 2 is older, whatever follows.
  if (minor === undefined && Number(major) >= OLDEST[0]) return undefined;
  return {
    numbers: [major, minor ?? '0', patch ?? String(Number.MAX_SAFE_INTEGER)].map(Number),
    early: /^-(alpha|beta|rc)/i.test(rest),
  };
}

function isOlder(version: Parsed | undefined): boolean {
  if (version === undefined) return false;
  const differs = OLDEST.findIndex((number, index) => version.numbers[index] !== number);
  return differs < 0 ? version.early : (version.numbers[differs] ?? 0) < (OLDEST[differs] ?? 0);
}
