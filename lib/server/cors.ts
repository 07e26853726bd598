// The headers with which the registry allows a UI on another host to use it from browsers.
import { isPullAddress } from '../core/addresses';
import { Check } from '../core/check';

/** Checks the origin of such a UI. */
export function checkOrigin(
  check: Check,
  given: string | undefined,
  anonymous: boolean,
  front: boolean,
): string | undefined {
  if (given === undefined) return undefined;
  const property = 'configuration.corsOrigin';
  const accepts = (text: string) =>
    text === '*' || (/^https?:\/\//.test(text) && isPullAddress(text.replace(/^https?:\/\//, '')));
  const origin = check.string(property, given, '*', accepts, 'not-an-origin');
  if (!anonymous) {
    check.report('cors-with-login', property, { value: given });
  } else if (front) {
    check.report('cors-with-front', property, { value: given });
  }
  return origin;
}

/** The registry's response headers for browsers with the origin `origin`. */
export function corsHeaders(origin: string, deletion: boolean): { [name: string]: string[] } {
  return {
    'Access-Control-Allow-Origin': [origin],
    'Access-Control-Allow-Methods': [deletion ? 'GET, HEAD, DELETE' : 'GET, HEAD'],
    // The UI's `Accept` header is longer than browsers allow without a preflight request; it may also bypass
    // their cache.
    'Access-Control-Allow-Headers': ['Accept, Cache-Control'],
    // Images are deleted by digest.
    'Access-Control-Expose-Headers': ['Docker-Content-Digest'],
    // Two hours, Chromium's maximum.
    'Access-Control-Max-Age': ['7200'],
  };
}
