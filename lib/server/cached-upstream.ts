// What a registry that caches an upstream has besides those that store images of their own.
import { k8s } from 'cdk8s-plus-27';

/** Additions to config.yml, pod and NetworkPolicy. */
export interface CachedUpstream {
  /** The section `proxy` of config.yml. */
  readonly proxy: { readonly [key: string]: unknown };
  readonly volumes: readonly k8s.Volume[];
  readonly mounts: readonly k8s.VolumeMount[];
  readonly env: readonly k8s.EnvVar[];
  /** Egress to the upstream. */
  readonly egress: readonly k8s.NetworkPolicyEgressRule[];
  /** Contents of mounted files that the registry reads only at its start. */
  readonly files: readonly string[];
}
