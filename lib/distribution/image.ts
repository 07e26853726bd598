// Which version of the registry an image holds.
import { Check } from '../core/check';
import { tagOf } from '../core/image';
import { RegistryVersion } from './version';
import { DEFAULT_VERSION, VERSION_NAMES, versionOfTag } from './versions';

/** The version that an image holds, by the property or by its tag. */
export function checkVersion(check: Check, image: string, version: unknown): RegistryVersion {
  if (version !== undefined) return check.enum('version', version, DEFAULT_VERSION, VERSION_NAMES);
  const tagged = versionOfTag(tagOf(image));
  if (tagged === undefined) {
    check.report('version-unknown', 'image', { value: image });
  }
  return tagged ?? DEFAULT_VERSION;
}
