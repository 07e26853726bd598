// Certificates issued and renewed by cert-manager: the issuer, and the Certificate that requests one.
import { Duration } from 'cdk8s';
import {
  Certificate,
  CertificateSpecPrivateKeyAlgorithm,
  CertificateSpecPrivateKeyRotationPolicy,
} from '../../imports/cert-manager.io';
import { isAddress } from '../core/addresses';
import { Check } from '../core/check';
import { otherCopy } from '../core/duplicate-packages';
import { isHostName, isIpv4 } from '../core/formats';

/** Annotations that make cert-manager issue a certificate for an Ingress. */
export const ISSUER_ANNOTATION = /^cert-manager\.io\/(cluster-)?issuer$/;

/** An issuer of another API group, for external issuers of cert-manager. */
export interface ExternalIssuerOptions {
  /** Name of the issuer. */
  readonly name: string;
  /** Kind of the issuer, e.g. `AWSPCAClusterIssuer`. */
  readonly kind: string;
  /** API group of the issuer, e.g. `awspca.cert-manager.io`. */
  readonly group: string;
}

/**
 * The issuer of a certificate that cert-manager obtains.
 *
 * @example
 * const issuer = CertificateIssuer.clusterIssuer('letsencrypt');
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   tls: { certificate: RegistryCertificate.certManager({ issuer }) },
 *   ingress: {},
 * });
 */
export class CertificateIssuer {
  /**
   * A ClusterIssuer, available in all namespaces.
   *
   * @param name its name
   */
  public static clusterIssuer(name: string): CertificateIssuer {
    return new CertificateIssuer({ kind: 'ClusterIssuer', name });
  }

  /**
   * An Issuer in the registry's namespace.
   *
   * @param name its name
   */
  public static issuer(name: string): CertificateIssuer {
    return new CertificateIssuer({ kind: 'Issuer', name });
  }

  /**
   * An issuer of another API group.
   *
   * @param options its kind, group and name
   */
  public static external(options: ExternalIssuerOptions): CertificateIssuer {
    return new CertificateIssuer(options);
  }

  private constructor(
    /** @internal */
    public readonly _reference: { readonly name: string; readonly kind: string; readonly group?: string },
  ) {}
}

/** A certificate that cert-manager obtains. */
export interface CertManagerOptions {
  /**
   * The issuer, e.g. `CertificateIssuer.clusterIssuer('letsencrypt')`.
   *
   * @see https://cert-manager.io/docs/concepts/issuer/
   */
  readonly issuer: CertificateIssuer;

  /**
   * Additional host names or IPv4 addresses, besides the registry's host. A public CA signs public names
   * only.
   *
   * @default - none
   */
  readonly extraHosts?: string[];

  /**
   * Whether the issuer's CA is private, so that clients must be given `ca.crt` of the Secret.
   *
   * @default false
   */
  readonly privateCa?: boolean;

  /**
   * Lifetime, 1 hour or more. Public CAs decide it themselves.
   *
   * @default - 90 days, cert-manager's default
   * @see https://cert-manager.io/docs/usage/certificate/
   */
  readonly duration?: Duration;
}

/** Contents of a Certificate. @internal */
export interface CertificateOrder {
  readonly secretName: string;
  readonly hosts: readonly string[];
  readonly issuer: { readonly name: string; readonly kind: string; readonly group?: string };
  readonly duration?: Duration;
}

/**
 * Validates the factory's arguments. `additionalHosts` may contain names that only a private CA signs.
 * @internal
 */
export function checkOrder(
  check: Check,
  given: CertManagerOptions,
  host: string,
  additionalHosts: readonly string[],
  secretName: string,
): CertificateOrder {
  const at = 'certificate';
  const options = check.options<CertManagerOptions>(`${at}.options`, given);
  const inside = check.boolean(`${at}.privateCa`, options.privateCa, false) ? additionalHosts : [];
  const issuer = options.issuer instanceof CertificateIssuer ? options.issuer._reference : undefined;
  const other = otherCopy(options.issuer, CertificateIssuer);
  if (other !== undefined) check.report('of-another-copy', `${at}.issuer`, { value: options.issuer, other });
  else if (!issuer) check.report('not-an-issuer', `${at}.issuer`, { value: options.issuer });
  const extra = check.list<string>(`${at}.extraHosts`, options.extraHosts);
  extra.forEach((name, index) => {
    if (typeof name === 'string' && (isHostName(name) || isIpv4(name))) return;
    check.report('not-a-host-or-address', `${at}.extraHosts[${index}]`, { value: name });
  });
  const example = 'Duration.days(90)';
  const duration = check.instance<Duration, undefined>(
    `${at}.duration`,
    options.duration,
    Duration,
    undefined,
    example,
  );
  if (duration && duration.toSeconds({ integral: false }) < 3600) {
    check.report('certificate-too-short', `${at}.duration`, { value: duration.toHumanString(), example });
  }
  const name = issuer && check.objectName(`${at}.issuer.name`, issuer.name ?? null, 'invalid', 'letsencrypt');
  return {
    secretName,
    hosts: [...new Set([host, ...inside, ...extra])],
    issuer: { ...issuer, kind: issuer?.kind ?? 'Issuer', name: name ?? 'invalid' },
    duration,
  };
}

/** The Certificate; its key is rotated at each renewal. @internal */
export function certificateManifest({
  secretName,
  hosts,
  issuer,
  duration,
}: CertificateOrder): ReturnType<typeof Certificate.manifest> {
  const [names, addresses] = [hosts.filter((host) => !isAddress(host)), hosts.filter(isAddress)];
  return Certificate.manifest({
    spec: {
      secretName,
      issuerRef: { group: 'cert-manager.io', ...issuer },
      dnsNames: names.length > 0 ? names : undefined,
      ipAddresses: addresses.length > 0 ? addresses : undefined,
      duration: duration && `${duration.toMinutes({ integral: false })}m`,
      privateKey: {
        algorithm: CertificateSpecPrivateKeyAlgorithm.ECDSA,
        size: 256,
        rotationPolicy: CertificateSpecPrivateKeyRotationPolicy.ALWAYS,
      },
    },
  });
}
