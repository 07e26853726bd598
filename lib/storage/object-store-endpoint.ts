// Checks the addresses of object stores.
import { hasWrongPort, isPlainAddress } from '../core/addresses';
import { Check } from '../core/check';
import { isHostName, isIpv4 } from '../core/formats';

/**
 * An http or https URL with a valid host; undefined, and a message, for anything else. No message shows what may
 * be a password or a token.
 */
export function checkUrl(check: Check, property: string, value: unknown, example: string): URL | undefined {
  if (value === undefined) return undefined;
  const complain = (code: 'url-without-scheme' | 'not-a-url', instead: string) =>
    check.report(code, property, { value, instead });
  if (typeof value !== 'string' || value === '') {
    if (value === '') check.report('url-empty', property, { value, example });
    else check.report('not-a-string', property, { value, instead: `write e.g. "${example}"` });
  } else if (value.includes('@')) {
    check.report('url-with-credentials', property, { example });
  } else if (/[?#]/.test(value)) {
    check.report('url-with-query', property);
  } else if (hasWrongPort(value)) {
    check.report('url-port-out-of-range', property, { value });
  } else if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    complain('url-without-scheme', parsed(`https://${value}`) ? `https://${value}` : example);
  } else {
    const url = parsed(value);
    if (url) return url;
    complain('not-a-url', example);
  }
  return undefined;
}

function parsed(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const valid =
    /^https?:$/.test(url.protocol) &&
    isPlainAddress(text) &&
    (isHostName(url.hostname) || isIpv4(url.hostname) || url.hostname.startsWith('['));
  return valid ? url : undefined;
}

/** The metadata address from which a pod or a node gets its identity on the clouds. */
export const METADATA_SERVER = '169.254.169.254';

/** The form for the driver: no trailing slash. */
export function withoutSlash(url: URL): string {
  return url.href.replace(/\/$/, '');
}
