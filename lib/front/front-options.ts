// Options of the front: nginx' image, its resources, limits and the proxies before it.
import { Size } from 'cdk8s';
import { ContainerResources, Cpu } from 'cdk8s-plus-27';
import { cidrInstead, isCidr } from '../core/addresses';
import { Check } from '../core/check';
import type { FrontLimits } from './front-configuration';

/**
 * nginx' image: on Debian, whose C library knows every kind of bcrypt hash. Its own start script, which needs root,
 * is not used.
 */
export const DEFAULT_FRONT_IMAGE = 'nginx:1.30.5';

/** 10 MiB for each worker, and buffers of some hundred connections. */
export const DEFAULT_FRONT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

/** Limits of requests. */
export interface FrontLimitsOptions {
  /**
   * Logins that are not remembered, for each address and user in a second, from 1 to 1000. More are answered with
   * 429: somebody guesses passwords. Each costs a bcrypt hash. No effect with tokens.
   *
   * @default 5
   */
  readonly loginsPerSecond?: number;

  /**
   * Requests of a user in a second, from 1 to 100000. All requests without a login count as those of one user.
   * With tokens, which the front passes on, it is a limit for each address. More are answered with 429. A client pulls an image of ten layers with some 25 requests.
   *
   * @default - no limit
   */
  readonly requestsPerSecond?: number;
}

/** Options of the nginx before the registry. */
export interface RegistryFrontOptions {
  /**
   * nginx' image, with a tag that is not `latest`, or a digest. It needs a shell, and a C library that checks
   * bcrypt hashes, as Debian's has.
   *
   * @default "nginx:1.30.5"
   */
  readonly image?: string;

  /**
   * CPU and memory of its container. Omitted values keep their defaults.
   *
   * @default - requests of 50m and 32Mi, a memory limit of 128Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Proxies whose `X-Forwarded-For` is believed, as CIDR ranges, for the client's address in the log and for
   * limits: the pods of the ingress controller.
   *
   * @default - none; the log has the address of the connection
   */
  readonly trustedProxies?: string[];

  /**
   * Limits of requests.
   *
   * @default - 5 logins per second for each address and user
   */
  readonly limits?: FrontLimitsOptions;

  /**
   * The oldest Kubernetes version of your clusters, from 1.29, such as `1.33`. With it the registry is a native
   * sidecar of nginx: Kubernetes itself starts it first and stops it last, and no hook of the registry waits for
   * nginx. Before 1.29 such a pod never starts.
   *
   * @default - not said; two plain containers, which work on every version
   * @see https://kubernetes.io/docs/concepts/workloads/pods/sidecar-containers/
   */
  readonly kubernetesVersion?: string;
}

/** Whether the registry is a native sidecar. */
export function checkSidecar(check: Check, given: string | undefined): boolean {
  const accepts = (version: string) =>
    Number(/^1\.([1-9]\d{1,2})(?:\.\d+)?$/.exec(version)?.[1]) >= FIRST_WITH_SIDECARS;
  const version = check.string('kubernetesVersion', given, '', accepts, 'kubernetes-without-sidecars');
  return version !== '';
}

/** The minor version of Kubernetes that has native sidecars unless one takes them away. */
const FIRST_WITH_SIDECARS = 29;

/** The limits, with what is allowed beyond them at once. */
export function checkLimits(check: Check, given: FrontLimitsOptions | undefined): FrontLimits {
  const options = check.options<FrontLimitsOptions>('limits', given);
  const at = 'limits.';
  const logins = check.integer(`${at}loginsPerSecond`, options.loginsPerSecond, 5, 1, 1000);
  const requests = check.integer(`${at}requestsPerSecond`, options.requestsPerSecond, undefined, 1, 100_000);
  return {
    loginsPerSecond: logins,
    // A client that starts many requests at once is checked once; many users behind one address are not.
    loginBurst: logins * 4,
    requestsPerSecond: requests,
    requestBurst: (requests ?? 0) * 2,
  };
}

/** Ranges of addresses. */
export function checkProxies(check: Check, given: string[] | undefined): string[] {
  return check.list<string>('trustedProxies', given).filter((range, index) => {
    if (typeof range === 'string' && isCidr(range)) return true;
    check.report('not-an-address-range', `trustedProxies[${index}]`, {
      value: range,
      example: cidrInstead(range),
    });
    return false;
  });
}
