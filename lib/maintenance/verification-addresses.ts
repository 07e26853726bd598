// Where a verification connects to: the Service, the address of clients, and the storage if blobs are there.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { Component, selectorLabels } from '../core/labels';
import { toPort } from '../network/egress-rules';
import { checkEgress } from '../network/policy-checks';
import { tcp } from '../network/policy-manifest';
import type { Registry } from '../registry';
import { bothAddresses } from '../routing/pull-address';
import { REGISTRY_PORT } from '../server/configuration';
import { RegistryVerificationProps, VerificationAddress } from './verification-options';

/** A server as the script is told of it. */
export interface VerifiedServer {
  readonly url: string;
  /** Host, and port where it is not the scheme's. */
  readonly host: string;
  /** Where to connect to instead of the URL's host: the certificate is for that host. */
  readonly connectTo?: string;
}

/** Where it is verified. */
export function checkAddress(check: Check, given: unknown): VerificationAddress {
  return check.enum('address', given, VerificationAddress.SERVICE, Object.values(VerificationAddress));
}

/** The servers, in the order in which they are verified. */
export function serversOf(check: Check, registry: Registry, address: VerificationAddress): VerifiedServer[] {
  const { SERVICE, HOST } = VerificationAddress;
  return [
    ...(address === HOST ? [] : [serviceOf(registry)]),
    ...(address === SERVICE ? [] : [hostOf(check, registry)]),
  ];
}

function serviceOf({ service, tls, host }: Registry): VerifiedServer {
  const at = `${service.serviceName}:${service.port}`;
  if (!tls.inPod) return { url: `http://${at}`, host: at };
  // A user-provided certificate need not cover the Service's name.
  return tls._selfSigned
    ? { url: `https://${at}`, host: at }
    : { url: `https://${host}`, host, connectTo: at };
}

function hostOf(check: Check, registry: Registry): VerifiedServer {
  const host = bothAddresses(check, registry).push;
  return { url: `${registry.url.split(':')[0]}://${host}`, host };
}

/** Where its pods may connect to. */
export function egressOf(
  check: Check,
  { registry, address, allowTo }: RegistryVerificationProps,
  servers: readonly VerifiedServer[],
): k8s.NetworkPolicyEgressRule[] {
  const { storage, registryName } = registry;
  const pods = { podSelector: { matchLabels: selectorLabels(registryName, Component.REGISTRY) } };
  const outside = servers.at(-1)?.url ?? '';
  const port = Number(/:(\d+)$/.exec(outside)?.[1] ?? (outside.startsWith('https:') ? 443 : 80));
  const anywhere = [VerificationAddress.HOST, VerificationAddress.BOTH].includes(
    address ?? VerificationAddress.SERVICE,
  );
  return [
    { ports: [tcp(REGISTRY_PORT)], to: [pods] },
    ...(anywhere ? [toPort(port, REGISTRY_PORT, ...(BEHIND[port] ?? []))] : []),
    ...(redirects(registry) ? [toPort(443), ...storage._pod.egress] : []),
    ...checkEgress(check, 'allowTo', allowTo),
  ];
}

/** Ports of ingress controllers' pods, by that of their load balancer. */
const BEHIND: Readonly<Record<number, readonly number[]>> = { 80: [8000, 8080], 443: [8443] };

/** Whether the registry may send clients to the storage for blobs. */
export function redirects({ deployment }: Registry): boolean {
  const { storage, middleware } = deployment.configuration._whole as {
    storage?: Record<string, { disable?: boolean } | undefined>;
    middleware?: object;
  };
  const stores = ['s3', 'gcs', 'azure', 'swift'].some((driver) => storage?.[driver] !== undefined);
  return (stores && storage?.redirect?.disable !== true) || middleware !== undefined;
}
