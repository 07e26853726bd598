// How a pod of ours reaches the registry from inside the cluster: address, CA and egress.
import { k8s } from 'cdk8s-plus-27';
import { Check } from '../core/check';
import { Component, selectorLabels } from '../core/labels';
import { tcp } from '../network/policy-manifest';
import { Registry } from '../registry';
import { pullAddress } from '../routing/pull-address';
import { REGISTRY_PORT } from '../server/configuration';

/** A way to the registry. */
export interface Connection {
  /** Host and port, as in the names of images. */
  readonly address: string;
  /**
   * The same for logins. The scheme tells regclient's tools that a login is for HTTP; otherwise each command warns
   * that it continues without TLS.
   */
  readonly loginAddress: string;
  /** Whether it is encrypted. */
  readonly encrypted: boolean;
  /** Secret with the CA in `ca.crt`; undefined where no private CA signs the certificate. */
  readonly caSecret?: string;
  /** Egress to it. */
  readonly egress: k8s.NetworkPolicyEgressRule;
}

/** Connects to the Service, or to the external address where the certificate need not cover the Service's name. */
export function connectionTo(check: Check, registry: Registry): Connection {
  const { tls, service, registryName } = registry;
  const inside = !tls.inPod || tls._selfSigned;
  const address = inside ? `${service.serviceName}:${service.port}` : pullAddress(check, registry);
  const encrypted = !inside || tls.inPod;
  const hasCa = tls.privateCa && tls.secretName !== undefined && (tls.inPod || !inside);
  const pods = { podSelector: { matchLabels: selectorLabels(registryName, Component.REGISTRY) } };
  const outside = Number(/:(\d+)$/.exec(address)?.[1] ?? 443);
  return {
    address,
    loginAddress: encrypted ? address : `http://${address}`,
    encrypted,
    ...(hasCa && { caSecret: tls.secretName }),
    // An external address is reached through its route or load balancer, or straight at the pods.
    egress: inside
      ? { ports: [tcp(REGISTRY_PORT)], to: [pods] }
      : { ports: [tcp(outside), tcp(REGISTRY_PORT)] },
  };
}
