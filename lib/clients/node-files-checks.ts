// What is checked of how nodes reach a registry, and of the CA that they must trust.
import type { Check } from '../core/check';
import { isHostName, isIpv4, isPort } from '../core/formats';
import type { Registry } from '../registry';
import { certificatesIn } from '../secrets/certificate';
import { checkAuthorityDates } from '../tls/pem-certificate';
import type { NodeFilesOptions } from './node-files';

/** The CA to install. A public CA is on every node already, which leaves only mirrors to configure. */
export function checkAuthority(
  check: Check,
  { tls }: Registry,
  { ca }: NodeFilesOptions,
  more: boolean,
): (() => string) | undefined {
  if (ca !== undefined) {
    const authorities = certificatesIn(ca);
    checkAuthorityDates(check, 'ca', authorities);
    if (authorities.length === 0) check.report('ca-not-pem', 'ca');
    else if (/PRIVATE KEY-----/.test(ca)) check.report('private-key-in-ca', 'ca');
    return () => ca;
  }
  // cert-manager creates its CA in the cluster.
  if (tls._lazyAuthority !== undefined) return () => tls._authority();
  if (!more || tls.privateCa) check.report('registry-brings-no-ca', 'registry');
  return undefined;
}

/** Checks how nodes reach a registry. */
export function checkNodeFiles(
  check: Check,
  given: NodeFilesOptions,
  url: string,
): { endpoint: string; mirrorOf: string[] } {
  const endpoint = check.string(
    'endpoint',
    given.endpoint,
    url,
    (text) => /^https?:\/\/[^/]+$/.test(text) && isAddress(text.replace(/^https?:\/\//, '')),
    'endpoint-not-a-url',
  );
  if (url.startsWith('https:') && endpoint.startsWith('http:'))
    check.report('endpoint-not-encrypted', 'endpoint', {
      value: endpoint,
      secure: endpoint.replace('http:', 'https:'),
    });
  const mirrorOf = check.list<string>('mirrorOf', given.mirrorOf).filter((host, index) => {
    const valid = typeof host === 'string' && isAddress(host);
    if (!valid) check.report('not-a-registry-host', `mirrorOf[${index}]`, { value: host });
    else if (isSameHost(host, url)) check.report('mirror-of-itself', `mirrorOf[${index}]`, { value: host });
    return valid;
  });
  return { endpoint, mirrorOf };
}

/** Whether a host is that of a URL. Either may have the port that its scheme has anyway. */
function isSameHost(host: string, url: string): boolean {
  const usual = url.startsWith('https:') ? /:443$/ : /:80$/;
  return host.replace(usual, '') === url.replace(/^https?:\/\//, '').replace(usual, '');
}

/** A host or an IPv4 address, with or without a port. */
function isAddress(text: string): boolean {
  const [, host = '', port = '1'] = /^([^:]+)(?::(\d+))?$/.exec(text) ?? [];
  return (isHostName(host) || isIpv4(host)) && isPort(port);
}
