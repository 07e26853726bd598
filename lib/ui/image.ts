// The UI's image: the default, and the check of another one.
import { Check } from '../core/check';
import { checkImage } from '../core/image';

/** The image that runs if none is named. Settings and start script are those of 2.6. */
export const DEFAULT_UI_IMAGE = 'joxit/docker-registry-ui:2.6.0';

/** Checks `image`: a pinned tag or a digest. It is pulled from `registry`, unless it names one. */
export function checkUIImage(check: Check, given: unknown, registry: string | undefined): string {
  return checkImage(check, 'image', given, DEFAULT_UI_IMAGE, registry);
}
