// Which image runs, and which line of the registry it holds: 2.8 and 3.x want different configurations.
import { Check } from '../core/check';

/** A line of the CNCF Distribution registry whose configuration this library renders. */
export enum RegistryVersion {
  /** 2.8 and older 2.x: no longer rebuilt, for those who can't move yet. */
  V2 = 'V2',
  /** 3.x. */
  V3 = 'V3',
}

/** The registry image that is run if none is named: a pinned release, never `latest`. */
export const DEFAULT_REGISTRY_IMAGE = 'registry:3.1.1';

const REFERENCE =
  /^(?:[a-zA-Z0-9](?:[a-zA-Z0-9.-]*[a-zA-Z0-9])?(?::\d+)?\/)?[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*(?:\/[a-z0-9]+(?:(?:\.|_|__|-+)[a-z0-9]+)*)*(?::(?<tag>\w[\w.-]{0,127}))?(?:@(?<digest>sha256:[0-9a-f]{64}))?$/;

/** Checks an image: a pinned tag or a digest, never `latest`. */
export function checkImage(check: Check, property: string, value: unknown, fallback: string): string {
  if (value === undefined) return fallback;
  const match = typeof value === 'string' ? REFERENCE.exec(value) : null;
  if (!match) check.report('not-an-image', property, { value, example: fallback });
  else if (!match.groups?.tag && !match.groups?.digest) check.report('image-without-tag', property, { value, example: fallback });
  else if (match.groups.tag === 'latest' && !match.groups.digest)
    check.report('image-tagged-latest', property, { value, example: fallback });
  else return value as string;
  return fallback;
}

/** The line that an image holds, by the property or by its tag. */
export function versionOf(check: Check, image: string, version: unknown): RegistryVersion {
  if (version !== undefined) return check.choice('version', version, RegistryVersion.V3, Object.values(RegistryVersion));
  const major = /^v?([23])(?:[.-]|$)/.exec(REFERENCE.exec(image)?.groups?.tag ?? '')?.[1];
  if (major === undefined) {
    check.report('version-unknown', 'image', { value: image });
  }
  return major === '2' ? RegistryVersion.V2 : RegistryVersion.V3;
}
