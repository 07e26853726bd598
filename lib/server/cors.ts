// The headers by which the registry lets a web page on another host use it in browsers.
import { Check } from '../core/check';

/** Checks the origin of such a page. */
export function checkOrigin(check: Check, given: string | undefined, anonymous: boolean): string | undefined {
  if (given === undefined) return undefined;
  const property = 'configuration.corsOrigin';
  const accepts = (text: string) => text === '*' || /^https?:\/\/[-.a-z0-9]+(:\d{1,5})?$/.test(text);
  const origin = check.text(property, given, '*', accepts, 'not-an-origin');
  if (!anonymous) {
    check.report('cors-with-login', property, { value: given });
  }
  return origin;
}

/** What the registry answers with, for browsers that come from `origin`. */
export function corsHeaders(origin: string, deletion: boolean): { [name: string]: string[] } {
  return {
    'Access-Control-Allow-Origin': [origin],
    'Access-Control-Allow-Methods': [deletion ? 'GET, HEAD, DELETE' : 'GET, HEAD'],
    // What a page asks for by `Accept` is longer than browsers let pass without asking; it may ask past their cache.
    'Access-Control-Allow-Headers': ['Accept, Cache-Control'],
    // Deleting goes by digest.
    'Access-Control-Expose-Headers': ['Docker-Content-Digest'],
    // Two hours, the longest that Chromium believes.
    'Access-Control-Max-Age': ['7200'],
  };
}
