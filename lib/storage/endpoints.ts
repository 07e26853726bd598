// Checks the addresses of object stores.
import { Check } from '../core/check';
import { isHostName, isIpv4 } from '../core/formats';

/** An http or https URL with a valid host; undefined, and a message, for anything else. */
export function checkUrl(check: Check, property: string, value: unknown, example: string): URL | undefined {
  if (value === undefined) return undefined;
  const complain = (what: string, instead: string) => void check.add(property, value, what, `write "${instead}"`);
  if (typeof value !== 'string' || value === '') {
    check.add(property, value, value === '' ? 'is empty' : 'is not a text', `write e.g. "${example}"`);
  } else if (!/^[a-z][a-z0-9+.-]*:\/\//i.test(value)) {
    complain('has no scheme', parsed(`https://${value}`) ? `https://${value}` : example);
  } else {
    const url = parsed(value);
    if (!url) complain('is not an address that begins with https:// or http://', example);
    else if (url.username || url.password)
      check.problem(`${property}: holds a user or a password; write "${example}", and the credentials beside it`);
    else if (url.search || url.hash) complain('has a query', `${url.origin}${url.pathname === '/' ? '' : url.pathname}`);
    else return url;
  }
  return undefined;
}

function parsed(text: string): URL | undefined {
  if (!URL.canParse(text)) return undefined;
  const url = new URL(text);
  const fine = /^https?:$/.test(url.protocol) && (isHostName(url.hostname) || isIpv4(url.hostname) || url.hostname.startsWith('['));
  return fine ? url : undefined;
}

/** The metadata address from which a pod or a node gets its identity on the clouds. */
export const METADATA_SERVER = '169.254.169.254';

/** The form that the driver is given: no trailing slash. */
export function withoutSlash(url: URL): string {
  return url.href.replace(/\/$/, '');
}
