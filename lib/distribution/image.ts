// Which image runs, and which version of the registry it holds.
import { Check } from '../core/check';
import { RegistryVersion } from './version';
import { DEFAULT_VERSION, VERSION_NAMES, versionOfTag } from './versions';

const REFERENCE =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Checks an image: a pinned tag or a digest, never `latest`. */
export function checkImage(check: Check, property: string, value: unknown, fallback: string): string {
  if (value === undefined) return fallback;
  const match = typeof value === 'string' ? REFERENCE.exec(value) : null;
  const instead = `write e.g. "${fallback}"`;
  if (!match) check.add(property, value, 'is not an image reference', instead);
  else if (!match.groups?.tag && !match.groups?.digest)
    check.add(property, value, 'has no tag, which means "latest" and changes under you', instead);
  else if (match.groups.tag === 'latest' && !match.groups.digest)
    check.add(property, value, 'is tagged "latest", which changes under you', instead);
  else return value as string;
  return fallback;
}

/** The version that an image holds, by the property or by its tag. */
export function checkVersion(check: Check, image: string, version: unknown): RegistryVersion {
  if (version !== undefined) return check.choice('version', version, DEFAULT_VERSION, VERSION_NAMES);
  const told = versionOfTag(REFERENCE.exec(image)?.groups?.tag ?? '');
  if (told === undefined) {
    check.add('image', image, "does not tell the registry's version by its tag", 'add version: RegistryVersion.V3 (or V2)');
  }
  return told ?? DEFAULT_VERSION;
}
