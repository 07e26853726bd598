// The certificate that the registry or its ingress shows, in a Secret, and where TLS ends.
import { X509Certificate } from 'node:crypto';
import { ApiObject, JsonPatch, Lazy } from 'cdk8s';
import { Construct } from 'constructs';
import { isHostName, isIpv4 } from '../core/formats';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/part';
import { secretManifest } from '../core/secret';
import { writtenSecretName } from '../core/secret-name';
import { covers, readCertificate } from '../secrets/certificate';
import { AuthorityChange, IssuedCertificate } from '../secrets/store';
import { storeOf } from '../secrets/store-of';
import { CertificateOrder, certificateManifest, checkOrder } from './cert-manager';
import { CertificateKeyType, RegistryCertificate, SelfSignedOptions } from './certificate-source';
import { checkPem, endsSoon } from './given-certificate';

/** Where TLS terminates. */
export enum TlsTermination {
  /** At the ingress or the other route that the registry has; from there to the pod it is plain HTTP inside the cluster. */
  INGRESS = 'INGRESS',
  /** In the registry's pod. */
  POD = 'POD',
}

/** How the registry is encrypted. */
export interface RegistryTlsOptions {
  /**
   * Where the certificate comes from.
   *
   * @default - `RegistryCertificate.selfSigned()`
   */
  readonly certificate?: RegistryCertificate;

  /**
   * Name of the Secret that is written, or that cert-manager fills. One that exists is named by `RegistryCertificate.existingSecret`.
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
   * The host under which clients reach the registry: a host name or an IPv4 address.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * More names that a certificate by a CA of your own covers, e.g. the host under which nodes pull.
   *
   * @default - none
   */
  readonly additionalHosts?: string[];
}

/** The registry's certificate: a Secret with `tls.crt`, `tls.key` and `ca.crt`, or the name of one that exists. */
export class RegistryTls extends RegistryPart {
  /** Is there a certificate at all? */
  public readonly enabled: boolean;
  /** Where TLS ends. */
  public readonly termination: TlsTermination;
  /** Name of the Secret, where TLS is enabled. */
  public readonly secretName?: string;
  /** The Secret, where this library writes it. */
  public readonly secret?: ApiObject;
  /** The Certificate, where cert-manager makes the Secret. */
  public readonly certificate?: ApiObject;
  /** Is the certificate renewed in the cluster, without a synth? */
  public readonly renewedInCluster: boolean;
  /** Does something in front of the registry have the certificate, of which nothing is written here? */
  public readonly external: boolean;
  /** Must clients be given the CA (`ca.crt` in the Secret)? */
  public readonly privateCa: boolean;

  /** Is the certificate made here, so that it covers the Service's names too? @internal */
  public readonly _selfSigned: boolean;
  /** Where the certificate comes from. @internal */
  public readonly _kind: string;

  /** What a user gave and must renew soon. @internal */
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
   * @param props the certificate and where TLS ends
   */
  constructor(scope: Construct, id: string, props: RegistryTlsProps = {}) {
    super(scope, id, props);
    const checked = this._check.options<RegistryTlsProps>('props', props);
    const { host } = this._context;
    const example = 'RegistryCertificate.selfSigned()';
    const source = this._check.instance(
      'tls.certificate',
      checked.certificate,
      RegistryCertificate,
      RegistryCertificate.selfSigned(),
      example,
    )._source;
    this.termination = this._check.choice(
      'tls.termination',
      checked.termination ?? TlsTermination.INGRESS,
      TlsTermination.POD,
      Object.values(TlsTermination),
    );
    this.enabled = source.kind !== 'none';
    const writes = this.enabled && !['secret', 'external'].includes(source.kind);
    this.ownSecretName = writtenSecretName(this._check, 'tls.secretName', checked.secretName, writes, `${this.registryName}-tls`);
    this._kind = source.kind;
    this._selfSigned = source.kind === 'selfSigned';
    this.external = source.kind === 'external';
    if (this.external && checked.termination === TlsTermination.POD) {
      this._check.report('external-certificate-in-pod', 'tls.termination');
    }
    switch (source.kind) {
      case 'secret':
        this.secretName = this._check.secret('tls.certificate.secret', source.secret);
        break;
      case 'selfSigned':
        this.issued = this.selfSigned([host, ...(props.additionalHosts ?? [])], source.options);
        break;
      case 'certManager':
        this.ordered = checkOrder(this._check, source.options, host, props.additionalHosts ?? [], this.ownSecretName);
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

  /** Does the pod itself speak TLS? */
  public get inPod(): boolean {
    return this.enabled && this.termination === TlsTermination.POD;
  }

  /** The certificate, where this library knows it, to roll the pods when it changes. Fills the store. @internal */
  public _certificate(): string {
    return this.issued?.().certificate ?? '';
  }

  /** The CA that clients must be given, where this library knows it. Fills the store. @internal */
  public _authority(): string {
    return this.privateCa ? (this.issued?.().ca ?? '') : '';
  }

  /** How the CA changes, once the store has been asked. @internal */
  public get _change(): AuthorityChange | undefined {
    return this.made?.change;
  }

  /**
   * Has the certificate cover one more host that clients come by, where it is made for this registry.
   *
   * @returns why it does not cover it, where that is known
   * @internal
   */
  public _alsoCover(host: string): string | undefined {
    if (this._selfSigned) this.moreHosts.push(host);
    // The first of the names is the registry's own, so that there is a list to add to.
    if (this.ordered && !this.ordered.hosts.includes(host)) this.certificate?.addJsonPatch(JsonPatch.add('/spec/dnsNames/-', host));
    if (!this.given || covers(this.given, host)) return undefined;
    return this.given.subjectAltName ?? 'no name at all';
  }

  /** The same for a manifest, in which it is filled in as that is written; undefined where this library doesn't know it. @internal */
  public get _lazyAuthority(): string | undefined {
    return this.privateCa && this.issued ? (Lazy.any({ produce: () => this._authority() }) as unknown as string) : undefined;
  }

  private order(order: CertificateOrder): ApiObject {
    return this._object('certificate', Component.REGISTRY, { name: this.ownSecretName }, certificateManifest(order));
  }

  private writeSecret(issued: () => IssuedCertificate): ApiObject {
    const texts = {
      'tls.crt': () => issued().certificate,
      'tls.key': () => issued().privateKey,
      ...(this.privateCa && { 'ca.crt': () => issued().ca ?? '' }),
    };
    const manifest = secretManifest(this, texts, 'kubernetes.io/tls');
    return this._object('secret', Component.REGISTRY, { name: this.ownSecretName }, manifest);
  }

  private selfSigned(names: string[], given: SelfSignedOptions): () => IssuedCertificate {
    const options = this._check.options<SelfSignedOptions>('tls.certificate.options', given);
    const extra = this._check.list<string>('tls.certificate.extraHosts', options.extraHosts).filter((name, index) => {
      const fine = typeof name === 'string' && (isHostName(name) || isIpv4(name));
      if (!fine) this._check.report('not-a-host-or-address', `tls.certificate.extraHosts[${index}]`, { value: name });
      return fine;
    });
    const service =
      this.namespace === undefined
        ? []
        : ['', '.svc', '.svc.cluster.local'].map((suffix) => `${this.registryName}.${this.namespace}${suffix}`);
    const hosts = () => [...new Set([...names, ...this.moreHosts, ...extra, this.registryName, ...service, 'localhost', '127.0.0.1'])];
    const request = {
      days: this._check.integer('tls.certificate.days', options.days, 365, 2, 825),
      keyType: this._check.choice(
        'tls.certificate.keyType',
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
