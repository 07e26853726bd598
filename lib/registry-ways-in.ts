// Which of the ways in a registry takes, and what its certificate is where the way in has a say in that.

import { ISSUER_ANNOTATION } from './cert-manager';
import { RegistryCertificate } from './registry-certificate';
import { RegistryHttpRouteOptions } from './registry-http-route';
import { RegistryIngressOptions } from './registry-ingress';
import { RegistryIngressRouteOptions } from './registry-ingress-route';
import { RegistryTlsOptions, TlsTermination } from './registry-tls';
import { Check } from './validation/check';

/** The ways in of a registry; at most one of them is taken. */
export interface WaysIn {
  readonly ingress?: RegistryIngressOptions;
  readonly ingressRoute?: RegistryIngressRouteOptions;
  readonly httpRoute?: RegistryHttpRouteOptions;
}

/** The first of the ways in that were given; more than one is a mistake, since each would own the host. */
export function routeOf(check: Check, given: WaysIn): WaysIn {
  const taken = Object.entries(given).filter(([, options]) => options !== undefined);
  if (taken.length > 1) {
    check.problem(`${taken.map(([name]) => name).join(', ')}: each would lead the host to the registry; keep one of them`);
  }
  return Object.fromEntries(taken.slice(0, 1));
}

/** Where TLS ends, and which certificate is made, if nothing was said of them. */
export function tlsFor<T extends RegistryTlsOptions>(check: Check, waysIn: WaysIn, given: T): T {
  const { ingress, ingressRoute, httpRoute } = waysIn;
  const atRoute = ingress !== undefined || ingressRoute !== undefined || httpRoute !== undefined;
  const inFront = given.certificate instanceof RegistryCertificate && given.certificate._source.kind === 'external';
  const termination = given.termination ?? (atRoute || inFront ? TlsTermination.INGRESS : TlsTermination.POD);
  const options = { ...given, termination };
  const annotation = Object.keys(ingress?.annotations ?? {}).find((key) => ISSUER_ANNOTATION.test(key));
  if (annotation !== undefined) {
    const kind = given.certificate instanceof RegistryCertificate ? given.certificate._source.kind : undefined;
    if (kind === undefined) return { ...options, certificate: RegistryCertificate._byAnnotation() };
    if (kind !== 'secret') {
      check.problem(
        `ingress.annotations["${annotation}"]: has cert-manager get a certificate, but tls.certificate is another one; leave one of them out`,
      );
    }
  }
  const shownElsewhere = ingressRoute?.certResolver !== undefined || httpRoute?.gateway?._source?.kind === 'existing';
  const none = given.certificate === undefined && shownElsewhere && termination === TlsTermination.INGRESS;
  return none ? { ...options, certificate: RegistryCertificate.none() } : options;
}
