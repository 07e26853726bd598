// Props of `Registry`: those of its Deployment, and the options of each part.
import { RegistryAuthOptions } from './auth/auth';
import { RegistryPartProps } from './core/registry-part';
import { RegistryMetricsOptions } from './monitoring/metrics';
import { RegistryHttpRouteOptions } from './routing/http-route';
import { RegistryIngressOptions } from './routing/ingress';
import { RegistryIngressRouteOptions } from './routing/ingress-route';
import { RegistryDeploymentOptions } from './server/deployment';
import { RegistryServiceOptions } from './server/service';
import { RegistryStorageOptions } from './storage/storage';
import { RegistryTlsOptions } from './tls/tls';
import { RegistryUIOptions } from './ui/ui';

/** Props of `Registry`. */
export interface RegistryProps extends RegistryPartProps, RegistryDeploymentOptions {
  /**
   * Host under which clients reach the registry, without scheme, port or path. An IPv4 address is allowed
   * without an ingress.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * Address in image names that nodes pull, if it differs from the host: `host` or `host:port`, such as a
   * node port's `127.0.0.1:30500` or an address on the internal network. It must lead to this registry. A
   * certificate by a CA of your own covers it too.
   *
   * @default - the address for pushes
   */
  readonly pullAddress?: string;

  /**
   * Users of the registry.
   *
   * @default - one user `admin` with a generated password
   */
  readonly auth?: RegistryAuthOptions;

  /**
   * Storage of images, and whether they may be deleted.
   *
   * @default - a new claim of 10Gi in the default class; no deletion
   */
  readonly storage?: RegistryStorageOptions;

  /**
   * The certificate, and where TLS terminates.
   *
   * @default - a certificate of a CA of your own; TLS terminates at the ingress or other route if there is
   * one, else in the pod
   */
  readonly tls?: RegistryTlsOptions;

  /**
   * Options of the Service.
   *
   * @default - ClusterIP on 5000
   */
  readonly service?: RegistryServiceOptions;

  /**
   * The Ingress; `{}` makes one with all defaults.
   *
   * @default - no Ingress
   */
  readonly ingress?: RegistryIngressOptions;

  /**
   * Traefik's IngressRoute instead of an Ingress; `{}` makes one with all defaults.
   *
   * @default - no IngressRoute
   */
  readonly ingressRoute?: RegistryIngressRouteOptions;

  /**
   * The Gateway API's HTTPRoute instead of an Ingress.
   *
   * @default - no HTTPRoute
   */
  readonly httpRoute?: RegistryHttpRouteOptions;

  /**
   * The UI; `{}` makes one with all defaults. Needs an Ingress, IngressRoute or HTTPRoute.
   *
   * @default - no UI
   */
  readonly ui?: RegistryUIOptions;

  /**
   * Metrics for Prometheus, on a separate port and Service; `{}` enables them with all defaults.
   *
   * @default - no metrics
   */
  readonly metrics?: RegistryMetricsOptions;

  /**
   * Write the Namespace object too, with Pod Security `restricted` enforced (`baseline` if a hostPath's owner
   * is to be fixed). Needs a namespace, here or on the chart, that only this app uses: the namespace then
   * rejects pods that violate the standard, and `kubectl delete` of these manifests deletes the namespace
   * with everything in it. Refused for `default`, `kube-…` and `openshift-…`. Leave it out for a namespace
   * that exists.
   *
   * @default false
   * @see https://kubernetes.io/docs/concepts/security/pod-security-standards/
   */
  readonly createNamespace?: boolean;
}
