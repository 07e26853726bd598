// How the pods of a construct resolve host names.
import { DnsPolicy, k8s } from 'cdk8s-plus-27';
import { Check } from './check';
import { PodOptions } from './pod-options';

const DNS_POLICIES = Object.values(DnsPolicy);

/** The fields of a pod spec that are about host names. */
export function dnsFields(
  check: Check,
  options: PodOptions,
): Pick<k8s.PodSpec, 'hostAliases' | 'dnsPolicy' | 'dnsConfig'> {
  const dnsPolicy = check.enum('dnsPolicy', options.dnsPolicy, undefined, DNS_POLICIES);
  const dnsConfig = check.options<k8s.PodDnsConfig>('dnsConfig', options.dnsConfig);
  if (dnsPolicy === DnsPolicy.NONE && !dnsConfig.nameservers?.length)
    check.report('dns-policy-without-nameservers', 'dnsPolicy', { value: dnsPolicy });
  return {
    hostAliases: check.objects<k8s.HostAlias>('hostAliases', options.hostAliases),
    dnsPolicy,
    dnsConfig,
  };
}
