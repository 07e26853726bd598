// The certificate of the registry or its route, in a Secret, and where TLS terminates.
import { X509Certificate } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { isHostName, isIpv4 } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { secretManifest } from '../core/secret-manifest';
import { writtenSecretName } from '../core/secret-name';
import { covers, readCertificate } from '../secrets/certificate';
import { AuthorityChange, IssuedCertificate } from '../secrets/store';
import { storeOf } from '../secrets/store-selection';
import { CertificateOrder, certificateManifest, checkOrder } from './cert-manager';
import { CertificateKeyType, RegistryCertificate, SelfSignedOptions } from './certificate-source';
import { checkPem, endsSoon } from './pem-certificate';

/** Where TLS terminates. */
export enum TlsTermination {
  /**
   * At the Ingress, IngressRoute or Gateway; traffic from there to the pod is plain HTTP inside the cluster.
   */
  INGRESS = 'INGRESS',
  /** In the registry's pod. */
  POD = 'POD',
}

/** TLS options of the registry. */
export interface RegistryTlsOptions {
  /**
   * Source of the certificate.
   *
   * @default - `RegistryCertificate.selfSigned()`
   */
  readonly certificate?: RegistryCertificate;

  /**
   * Name of the Secret to create, or that cert-manager fills. For an existing one use
   * `RegistryCertificate.existingSecret`.
   *
   * @default - `<name>-tls`
   */
  readonly secretName?: string;

  /**
   * Where TLS terminates.
   *
   * @default - at the ingress or other route if the registry has one, else in the pod
   */
  readonly termination?: TlsTermination;
}

/** Props of `RegistryTls`. */
export interface RegistryTlsProps extends RegistryPartProps, RegistryTlsOptions {
  /**
   * Host under which clients reach the registry: a host name or an IPv4 address.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * Additional hosts for a certificate issued by this library, e.g. the pull host.
   *
   * @default - none
   */
  readonly additionalHosts?: string[];
}

/**
 * The registry's certificate: a Secret with `tls.crt`, `tls.key` and `ca.crt`, or the name of an existing
 * one.
 *
 * @example
 * const tls = new RegistryTls(chart, 'tls', {
 *   host: 'registry.example.com',
 *   certificate: RegistryCertificate.selfSigned({ days: 90, extraHosts: ['10.0.0.5'] }),
 *   termination: TlsTermination.POD,
 * });
 * const auth = new RegistryAuth(chart, 'auth');
 * const storage = new RegistryStorage(chart, 'storage');
 * new RegistryDeployment(chart, 'deployment', { auth, storage, tls });
 */
export class RegistryTls extends RegistryPart {
  /** Whether there is a certificate. */
  public readonly enabled: boolean;
  /** Where TLS terminates. */
  public readonly termination: TlsTermination;
  /** Name of the Secret, if TLS is enabled. */
  public readonly secretName?: string;
  /** The Secret, if this library creates it. */
  public readonly secret?: ApiObject;
  /** The Certificate, if cert-manager fills the Secret. */
  public readonly certificate?: ApiObject;
  /** Whether the certificate is renewed in the cluster, without a synthesis. */
  public readonly renewedInCluster: boolean;
  /** Whether the certificate is outside of these manifests, in front of the registry. */
  public readonly external: boolean;
  /** Whether clients must be given the CA (`ca.crt` in the Secret). */
  public readonly privateCa: boolean;

  /** Whether this library issues the certificate, which then covers the Service's names too. @internal */
  public readonly _selfSigned: boolean;
  /** Source of the certificate. @internal */
  public readonly _kind: string;

  /** Given certificates that must be renewed soon. @internal */
  public readonly _endsSoon: readonly string[] = [];

  private readonly ownSecretName: string;
  private readonly moreHosts: string[] = [];
  private readonly ordered?: CertificateOrder;
  private readonly given?: X509Certificate;
  private issued?: () => IssuedCertificate;
  private made?: IssuedCertificate;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the certificate and where TLS terminates
   */
  constructor(scope: Construct, id: string, props: RegistryTlsProps = {}) {
    super(scope, id, props);
    const checked = this._check.options<RegistryTlsProps>('props', props);
    const { host } = this._context;
    const example = 'RegistryCertificate.selfSigned()';
    const source = this._check.instance(
      'certificate',
      checked.certificate,
      RegistryCertificate,
      RegistryCertificate.selfSigned(),
      example,
    )._source;
    this.termination = this._check.enum(
      'termination',
      checked.termination ?? TlsTermination.INGRESS,
      TlsTermination.POD,
      Object.values(TlsTermination),
    );
    this.enabled = source.kind !== 'none';
    const writes = this.enabled && !['secret', 'external'].includes(source.kind);
    this.ownSecretName = writtenSecretName(
      this._check,
      'secretName',
      checked.secretName,
      writes,
      `${this.registryName}-tls`,
    );
    this._kind = source.kind;
    this._selfSigned = source.kind === 'selfSigned';
    this.external = source.kind === 'external';
    if (this.external && checked.termination === TlsTermination.POD) {
      this._check.report('external-certificate-in-pod', 'termination');
    }
    switch (source.kind) {
      case 'secret':
        this.secretName = this._check.secret('certificate.secret', source.secret);
        break;
      case 'selfSigned':
        this.issued = this.selfSigned([host, ...(props.additionalHosts ?? [])], source.options);
        break;
      case 'certManager':
        this.ordered = checkOrder(
          this._check,
          source.options,
          host,
          props.additionalHosts ?? [],
          this.ownSecretName,
        );
        this.certificate = this.order(this.ordered);
        this.secretName = this.ownSecretName;
        break;
      case 'annotation':
        this.secretName = this.ownSecretName;
        break;
      case 'pem':
        this.issued = checkPem(this._check, host, source.pem);
        this.given = readCertificate(source.pem?.certificate);
        this._endsSoon = this.given ? endsSoon(source.pem) : [];
        break;
    }
    this.renewedInCluster = source.kind === 'certManager' || source.kind === 'annotation';
    this.privateCa =
      source.kind === 'selfSigned' ||
      (source.kind === 'pem' && Boolean(source.pem?.ca)) ||
      (source.kind === 'certManager' && source.options?.privateCa === true);
    if (this.issued) {
      this.secret = this.writeSecret(this.issued);
      this.secretName = this.secret.name;
    }
  }

  /** Whether the pod terminates TLS. */
  public get inPod(): boolean {
    return this.enabled && !this.external && this.termination === TlsTermination.POD;
  }

  /**
   * The certificate, if this library knows it, to roll the pods when it changes. Creates missing entries in
   * the store. @internal
   */
  public _certificate(): string {
    return this.issued?.().certificate ?? '';
  }

  /** The CA that clients must be given, if known. Creates missing entries in the store. @internal */
  public _authority(): string {
    return this.privateCa ? (this.issued?.().ca ?? '') : '';
  }

  /** A pending or recent CA change, known after the store was read. @internal */
  public get _change(): AuthorityChange | undefined {
    return this.made?.change;
  }

  /**
   * Adds a client-facing host to the certificate, if it is issued for this registry.
   *
   * @returns why the host is not covered, if known
   * @internal
   */
  public _alsoCover(host: string): string | undefined {
    if (this._selfSigned) this.moreHosts.push(host);
    if (this.ordered && !this.ordered.hosts.includes(host)) {
      // Addresses are in a list of their own.
      const named = this.ordered.hosts.some(isHostName);
      const added = named ? JsonPatch.add('/spec/dnsNames/-', host) : JsonPatch.add('/spec/dnsNames', [host]);
      this.certificate?.addJsonPatch(added);
    }
    if (!this.given || covers(this.given, host)) return undefined;
    return this.given.subjectAltName ?? 'no name at all';
  }

  /** The CA as a lazy value for manifests; undefined if this library doesn't know it. @internal */
  public get _lazyAuthority(): string | undefined {
    return this.privateCa && this.issued
      ? (Lazy.any({ produce: () => this._authority() }) as unknown as string)
      : undefined;
  }

  private order(order: CertificateOrder): ApiObject {
    return this._object(
      'certificate',
      Component.REGISTRY,
      { name: this.ownSecretName },
      certificateManifest(order),
    );
  }

  private writeSecret(issued: () => IssuedCertificate): ApiObject {
    const texts = {
      'tls.crt': () => issued().certificate,
      'tls.key': () => issued().privateKey,
      ...(this.privateCa && { 'ca.crt': () => issued().ca ?? '' }),
    };
    const manifest = secretManifest(texts, 'kubernetes.io/tls');
    return this._object('secret', Component.REGISTRY, { name: this.ownSecretName }, manifest);
  }

  private selfSigned(names: string[], given: SelfSignedOptions): () => IssuedCertificate {
    const options = this._check.options<SelfSignedOptions>('certificate.options', given);
    const extra = this._check
      .list<string>('certificate.extraHosts', options.extraHosts)
      .filter((name, index) => {
        const valid = typeof name === 'string' && (isHostName(name) || isIpv4(name));
        if (!valid)
          this._check.report('not-a-host-or-address', `certificate.extraHosts[${index}]`, { value: name });
        return valid;
      });
    const service =
      this.namespace === undefined
        ? []
        : ['', '.svc', '.svc.cluster.local'].map(
            (suffix) => `${this.registryName}.${this.namespace}${suffix}`,
          );
    const hosts = () => [
      ...new Set([
        ...names,
        ...this.moreHosts,
        ...extra,
        this.registryName,
        ...service,
        'localhost',
        '127.0.0.1',
      ]),
    ];
    const request = {
      days: this._check.integer('certificate.days', options.days, 365, 2, 825),
      keyType: this._check.enum(
        'certificate.keyType',
        options.keyType,
        CertificateKeyType.EC_P256,
        Object.values(CertificateKeyType),
      ),
    };
    const store = storeOf(this, this._identity, () => this._certificate());
    return () => {
      this.made ??= store._certificate(this._identity, { ...request, hosts: hosts() });
      return this.made;
    };
  }
}
