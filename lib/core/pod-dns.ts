// How the pods of a construct resolve host names.
import { DnsPolicy, k8s } from 'cdk8s-plus-27';
import { isPlainIp } from './addresses';
import { Check } from './check';
import { PodOptions } from './pod-options';

const DNS_POLICIES = Object.values(DnsPolicy);
/** The resolver of the C library reads no more. */
export const MOST_NAMESERVERS = 3;

/** The fields of a pod spec that are about host names. */
export function dnsFields(
  check: Check,
  options: PodOptions,
): Pick<k8s.PodSpec, 'hostAliases' | 'dnsPolicy' | 'dnsConfig'> {
  const dnsPolicy = check.enum('dnsPolicy', options.dnsPolicy, undefined, DNS_POLICIES);
  const dnsConfig = check.options<k8s.PodDnsConfig>('dnsConfig', options.dnsConfig);
  if (dnsPolicy === DnsPolicy.NONE && !dnsConfig.nameservers?.length)
    check.report('dns-policy-without-nameservers', 'dnsPolicy', { value: dnsPolicy });
  for (const [index, server] of check.list<string>('dnsConfig.nameservers', dnsConfig.nameservers).entries())
    checkAddress(check, `dnsConfig.nameservers[${index}]`, server);
  const { length } = check.list('dnsConfig.nameservers', dnsConfig.nameservers);
  if (length > MOST_NAMESERVERS)
    check.report('too-many-nameservers', 'dnsConfig.nameservers', { count: length });
  const hostAliases = check.objects<k8s.HostAlias>('hostAliases', options.hostAliases);
  for (const [index, { ip, hostnames }] of hostAliases.entries()) {
    const at = `hostAliases[${index}]`;
    checkAddress(check, `${at}.ip`, ip);
    if (!hostnames?.length) check.report('missing', `${at}.hostnames[0]`, { example: 'ldap.example.com' });
    for (const [place, host] of check.list<string>(`${at}.hostnames`, hostnames).entries())
      check.objectName(`${at}.hostnames[${place}]`, host, undefined, 'ldap.example.com');
  }
  return {
    hostAliases,
    dnsPolicy,
    dnsConfig,
  };
}

function checkAddress(check: Check, property: string, value: unknown): void {
  if (typeof value !== 'string' || !isPlainIp(value)) check.report('not-an-ip-address', property, { value });
}
