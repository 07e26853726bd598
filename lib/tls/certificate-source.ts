// Sources of a registry's certificate, unvalidated. tls.ts validates them and creates the objects.
import { ISecret } from 'cdk8s-plus-27';
import { CertManagerOptions } from './cert-manager';

/** The kind of a certificate's key. */
export enum CertificateKeyType {
  /** Elliptic curve P-256: small and fast, supported by all clients. */
  EC_P256 = 'EC_P256',
  /** RSA with 4096 bits, for policies that require it; generated in seconds. */
  RSA_4096 = 'RSA_4096',
}

/** Options of a certificate issued by this library. */
export interface SelfSignedOptions {
  /**
   * Lifetime of the server certificate in days, from 2 to 825, but no longer than its CA. The first synthesis
   * in its last third renews it under the same CA.
   *
   * @default 365
   */
  readonly days?: number;

  /**
   * The kind of key.
   *
   * @default CertificateKeyType.EC_P256
   */
  readonly keyType?: CertificateKeyType;

  /**
   * Additional host names or IPv4 addresses, such as a node's, besides the registry's host, the Service's DNS
   * names, localhost and 127.0.0.1.
   *
   * @default - none
   */
  readonly extraHosts?: string[];
}

/** A certificate given as PEM strings. */
export interface PemCertificate {
  /** The server certificate, followed by its intermediates. */
  readonly certificate: string;

  /** The private key, unencrypted. */
  readonly privateKey: string;

  /**
   * The CA that clients must trust. During a CA rotation, both CAs concatenated.
   *
   * @default - none: a CA that clients already trust
   */
  readonly ca?: string;
}

/** Unvalidated arguments of `RegistryCertificate`'s factories. */
type CertificateSource =
  | { readonly kind: 'selfSigned'; readonly options: SelfSignedOptions }
  | { readonly kind: 'pem'; readonly pem: PemCertificate }
  | { readonly kind: 'secret'; readonly secret: ISecret }
  | { readonly kind: 'certManager'; readonly options: CertManagerOptions }
  | { readonly kind: 'annotation' }
  | { readonly kind: 'external' }
  | { readonly kind: 'none' };

/**
 * Source of the registry's certificate.
 *
 * @example
 * const certificate = Secret.fromSecretName(chart, 'certificate', 'wildcard-tls');
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   tls: { certificate: RegistryCertificate.existingSecret(certificate) },
 *   ingress: {},
 * });
 */
export class RegistryCertificate {
  /**
   * A CA and a server certificate under it, issued and renewed by this library and kept in the store. Clients
   * must be given the CA. It is valid for ten years. In its last year `ca.crt` contains the next CA too, and
   * NOTES.txt says until when clients must be given both.
   *
   * @param options lifetime, key and names
   */
  public static selfSigned(options: SelfSignedOptions = {}): RegistryCertificate {
    return new RegistryCertificate({ kind: 'selfSigned', options });
  }

  /**
   * An existing certificate. It must cover the registry's host; it and its intermediates must be valid now.
   *
   * @param pem the PEM strings
   */
  public static pem(pem: PemCertificate): RegistryCertificate {
    return new RegistryCertificate({ kind: 'pem', pem });
  }

  /**
   * An existing Secret of type kubernetes.io/tls in the registry's namespace, with the keys `tls.crt` and
   * `tls.key`.
   *
   * @param secret the Secret, e.g. `Secret.fromSecretName(this, 'certificate', 'registry-tls')`
   */
  public static existingSecret(secret: ISecret): RegistryCertificate {
    return new RegistryCertificate({ kind: 'secret', secret });
  }

  /**
   * A certificate issued and renewed by cert-manager, which must run in the cluster. Its Certificate object
   * is written with the other secrets.
   *
   * @param options issuer, names and lifetime
   */
  public static certManager(options: CertManagerOptions): RegistryCertificate {
    return new RegistryCertificate({ kind: 'certManager', options });
  }

  /** The Secret that cert-manager fills, requested by an annotation of the Ingress. @internal */
  public static _byAnnotation(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'annotation' });
  }

  /**
   * The certificate of a proxy that terminates TLS in front of the registry, not of these manifests: an
   * ingress controller's default certificate, Traefik's TLSStore or the TLS options of its entry point, a
   * cloud load balancer (an ALB or NLB with ACM), a tunnel. Clients connect by HTTPS, and passwords are
   * allowed. No certificate is issued and no Secret is named. Traffic from there to the pod is plain HTTP
   * inside the cluster.
   *
   * An Ingress gets `tls` with the host and without a Secret, an IngressRoute `tls: {}`. Not allowed with
   * `TlsTermination.POD`, nor for a new Gateway, whose listener needs a certificate.
   */
  public static external(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'external' });
  }

  /** No TLS. Not allowed with authentication, unless `insecurePasswordsOverHttp` is set. */
  public static none(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _source: CertificateSource,
  ) {}
}
