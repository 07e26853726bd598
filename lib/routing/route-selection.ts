// Selects the registry's one route: `ingress`, `ingressRoute` or `httpRoute`.
import { Check } from '../core/check';
import { RegistryHttpRouteOptions } from './http-route';
import { RegistryIngressOptions } from './ingress';
import { RegistryIngressRouteOptions } from './ingress-route';

/** The routes of a registry; at most one of them is used. */
export interface Routes {
  readonly ingress?: RegistryIngressOptions;
  readonly ingressRoute?: RegistryIngressRouteOptions;
  readonly httpRoute?: RegistryHttpRouteOptions;
}

/** The first route that was given. More than one is a problem, since each would own the host. */
export function routeOf(check: Check, given: Routes): Routes {
  const taken = Object.entries(given).filter(([, options]) => options !== undefined);
  if (taken.length > 1) {
    check.report('several-routes', taken.map(([name]) => name).join(', '));
  }
  return Object.fromEntries(taken.slice(0, 1));
}
