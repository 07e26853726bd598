// Where TLS terminates if `tls` does not say so, and the certificate where the route determines it.
import { Check } from '../core/check';
import { ISSUER_ANNOTATION } from '../tls/cert-manager';
import { RegistryCertificate } from '../tls/certificate-source';
import { RegistryTlsOptions, TlsTermination } from '../tls/tls';
import { Routes } from './route-selection';

/**
 * Defaults for TLS termination and certificate. `annotations` are those of all objects; the Ingress inherits
 * them unless it sets the same key.
 */
export function tlsFor<T extends RegistryTlsOptions>(
  check: Check,
  routes: Routes,
  given: T,
  annotations: Annotations = {},
): T {
  const { ingress, ingressRoute, httpRoute } = routes;
  const atRoute = ingress !== undefined || ingressRoute !== undefined || httpRoute !== undefined;
  const inFront =
    given.certificate instanceof RegistryCertificate && given.certificate._source.kind === 'external';
  const termination = given.termination ?? (atRoute || inFront ? TlsTermination.INGRESS : TlsTermination.POD);
  const options = { ...given, termination };
  const annotation = ingress && issuerIn(ingress.annotations ?? {}, annotations);
  if (annotation !== undefined) {
    const kind =
      given.certificate instanceof RegistryCertificate ? given.certificate._source.kind : undefined;
    if (kind === undefined) return { ...options, certificate: RegistryCertificate._byAnnotation() };
    if (kind !== 'secret') {
      check.report('certificate-from-two-sources', annotation);
    }
  }
  const shownElsewhere =
    ingressRoute?.certResolver !== undefined || httpRoute?.gateway?._source?.kind === 'existing';
  const none = given.certificate === undefined && shownElsewhere && termination === TlsTermination.INGRESS;
  return none ? { ...options, certificate: RegistryCertificate.none() } : options;
}

type Annotations = { readonly [key: string]: unknown };

/**
 * The property that names a cert-manager issuer, if any: the Ingress's annotations or those of all objects.
 * An empty string on the Ingress removes it.
 */
function issuerIn(own: Annotations, all: Annotations): string | undefined {
  const given: Annotations = { ...all, ...own };
  // Sorted, so that the order in which they are written makes no difference.
  const [key] = Object.keys(given)
    .filter((name) => ISSUER_ANNOTATION.test(name) && given[name] !== '')
    .sort();
  if (key === undefined) return undefined;
  return `${key in own ? 'ingress.annotations' : 'annotations'}["${key}"]`;
}
