// Where a registry's certificate comes from: what users write, unchecked; registry-tls.ts makes of it what is written.
import { ISecret } from 'cdk8s-plus-27';
import { CertManagerOptions } from './cert-manager';

/** The kind of a certificate's key. */
export enum CertificateKeyType {
  /** Elliptic curve P-256: small and fast, understood by every client. */
  EC_P256 = 'EC_P256',
  /** RSA with 4096 bits, for policies that ask for it; takes seconds to make. */
  RSA_4096 = 'RSA_4096',
}

/** Options of a certificate that this library makes. */
export interface SelfSignedOptions {
  /**
   * Days that the server certificate is good for, from 2 to 825, but no longer than its CA. It is renewed under the same CA by the first synth in
   * the last third of them.
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
   * More host names or IPv4 addresses that the certificate should cover, besides the registry's host, the Service's DNS names, localhost and
   * 127.0.0.1: a node's address, say.
   *
   * @default - none
   */
  readonly extraHosts?: string[];
}

/** A certificate given as PEM texts. */
export interface PemCertificate {
  /** The server's certificate, with intermediate ones behind it. */
  readonly certificate: string;

  /** Its private key, not encrypted. */
  readonly privateKey: string;

  /**
   * The CA that clients should trust. While one CA follows another, both, one behind the other.
   *
   * @default - none: a CA that clients know
   */
  readonly ca?: string;
}

/** What the factories of `RegistryCertificate` were given; unchecked. */
type CertificateSource =
  | { readonly kind: 'selfSigned'; readonly options: SelfSignedOptions }
  | { readonly kind: 'pem'; readonly pem: PemCertificate }
  | { readonly kind: 'secret'; readonly secret: ISecret }
  | { readonly kind: 'certManager'; readonly options: CertManagerOptions }
  | { readonly kind: 'annotation' }
  | { readonly kind: 'external' }
  | { readonly kind: 'none' };

/** Where a certificate comes from. */
export class RegistryCertificate {
  /**
   * A CA of your own and a server certificate under it, made and renewed by this library and kept in the store. Clients must be given the CA. It is
   * good for ten years; in its last one the next stands beside it in `ca.crt`, and the notes tell until when clients must be given both.
   *
   * @param options lifetime, key and names
   */
  public static selfSigned(options: SelfSignedOptions = {}): RegistryCertificate {
    return new RegistryCertificate({ kind: 'selfSigned', options });
  }

  /**
   * A certificate that you have. It must cover the registry's host, have begun and not have ended, and so must the intermediate ones behind it.
   *
   * @param pem the PEM texts
   */
  public static pem(pem: PemCertificate): RegistryCertificate {
    return new RegistryCertificate({ kind: 'pem', pem });
  }

  /**
   * A Secret of type kubernetes.io/tls that exists in the registry's namespace, with the keys `tls.crt` and `tls.key`.
   *
   * @param secret the Secret, e.g. `Secret.fromSecretName(this, 'certificate', 'registry-tls')`
   */
  public static existingSecret(secret: ISecret): RegistryCertificate {
    return new RegistryCertificate({ kind: 'secret', secret });
  }

  /**
   * A certificate that cert-manager, which must run in the cluster, gets and renews. Its Certificate object is written with the other secrets.
   *
   * @param options who signs it
   */
  public static certManager(options: CertManagerOptions): RegistryCertificate {
    return new RegistryCertificate({ kind: 'certManager', options });
  }

  /** The Secret that cert-manager fills because an annotation of the Ingress tells it to. @internal */
  public static _byAnnotation(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'annotation' });
  }

  /**
   * The certificate that whatever is in front of the registry has already: an ingress controller's default certificate, Traefik's TLSStore or the TLS
   * options of its entry point, a cloud's load balancer (an ALB or NLB with ACM), a tunnel. Clients come by HTTPS, and passwords are allowed; no
   * certificate is made, no Secret is named, and from there to the pod it is plain HTTP inside the cluster.
   *
   * An Ingress gets `tls` with the host and without a Secret, an IngressRoute `tls: {}`. Refused with `TlsTermination.POD`, and for a Gateway that is
   * made here, whose listener needs a certificate.
   */
  public static external(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'external' });
  }

  /** No TLS at all. Refused together with a login, unless that says it is insecure. */
  public static none(): RegistryCertificate {
    return new RegistryCertificate({ kind: 'none' });
  }

  private constructor(
    /** @internal */
    public readonly _source: CertificateSource,
  ) {}
}
