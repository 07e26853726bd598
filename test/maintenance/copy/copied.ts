// Whether all images of a source are at the target of a copy.
import type { Images } from '../retention/images';
import type { PlainRegistry } from '../retention/plain-registry';

/** Every tag of the source, pulled whole from the target. */
export async function expectCopied(
  images: Images,
  source: PlainRegistry,
  target: PlainRegistry,
): Promise<void> {
  for (const [tag, { digest }] of images.tags) {
    const found = await target.pull(images.repository, tag);
    // Of a copy that was cut off, regsync writes the list of what refers to an image anew, in another order.
    const [list, ...referring] = found;
    if (/^sha256-[0-9a-f]{64}$/.test(tag) && list !== digest) {
      const [, ...theirs] = await source.pull(images.repository, tag);
      expect({ tag, referring: referring.sort() }).toEqual({ tag, referring: theirs.sort() });
    } else expect({ tag, digest: list }).toEqual({ tag, digest });
  }
}
