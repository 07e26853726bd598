// All major versions of the registry, by their names. A new one is a file of its own, a member of
// `RegistryVersion`, and a line here.
import { v2 } from './v2';
import { v3 } from './v3';
import { RegistryVersion, Version } from './version';

const VERSIONS: Readonly<Record<RegistryVersion, Version>> = {
  [RegistryVersion.V2]: v2,
  [RegistryVersion.V3]: v3,
};

/** The version that runs if none is named. */
export const DEFAULT_VERSION = RegistryVersion.V3;

/** The names of all versions. */
export const VERSION_NAMES = Object.keys(VERSIONS) as RegistryVersion[];

/** The registry image that is run if none is named: a pinned release, never `latest`. */
export const DEFAULT_REGISTRY_IMAGE = VERSIONS[DEFAULT_VERSION].image;

/** The default image in messages: whole for props, and its tag for values.yaml. */
export const DEFAULT_IMAGE = {
  image: DEFAULT_REGISTRY_IMAGE,
  tag: DEFAULT_REGISTRY_IMAGE.slice(DEFAULT_REGISTRY_IMAGE.indexOf(':') + 1),
};

/** The version of that name. */
export function versionOf(name: RegistryVersion): Version {
  return VERSIONS[name];
}

/** The version that the tag of an image names, if it names one. */
export function versionOfTag(tag: string): RegistryVersion | undefined {
  const major = Number(/^v?(\d+)(?:[.-]|$)/.exec(tag)?.[1]);
  return VERSION_NAMES.find((name) => VERSIONS[name].major === major);
}
