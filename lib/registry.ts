// A whole registry from its parts. Who reads this file has read the library: each part is in the file that is named after it.
import { ApiObject, JsonPatch } from 'cdk8s';
import { k8s, ServiceType } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Component } from './manifests/labels';
import { addNotes } from './manifests/notes';
import { RegistryAuth, RegistryAuthOptions } from './registry-auth';
import { RegistryDeployment, RegistryDeploymentOptions } from './registry-deployment';
import { RegistryIngress, RegistryIngressOptions } from './registry-ingress';
import { NodeFilesOptions, RegistryNodeFiles } from './registry-node-files';
import { writeNotes } from './registry-notes';
import { RegistryPart, RegistryPartProps } from './registry-part';
import { RegistryService, RegistryServiceOptions } from './registry-service';
import { RegistryStorage, RegistryStorageOptions } from './registry-storage';
import { RegistryTls, RegistryTlsOptions, TlsTermination } from './registry-tls';
import { RegistryUI, RegistryUIOptions } from './registry-ui';
import { Check } from './validation/check';
import { isIpv4 } from './validation/formats';

/** Props of `Registry`. */
export interface RegistryProps extends RegistryPartProps, RegistryDeploymentOptions {
  /**
   * The host under which clients reach the registry, without scheme, port or path. An IPv4 address will do where there is no ingress.
   *
   * @default "registry.localhost"
   */
  readonly host?: string;

  /**
   * Who may log in.
   *
   * @default - one user `admin` with a generated password
   */
  readonly auth?: RegistryAuthOptions;

  /**
   * Where images are kept, and whether they may be deleted.
   *
   * @default - a new claim of 10Gi in the default class; no deletion
   */
  readonly storage?: RegistryStorageOptions;

  /**
   * The certificate, and where TLS ends.
   *
   * @default - a certificate of a CA of your own; TLS ends at the ingress if there is one, else in the pod
   */
  readonly tls?: RegistryTlsOptions;

  /**
   * How the Service is reached.
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
   * The web page; `{}` makes one with all defaults. Needs an ingress.
   *
   * @default - no web page
   */
  readonly ui?: RegistryUIOptions;

  /**
   * Write the Namespace object too, with Pod Security `restricted` enforced? Needs a namespace here or on the chart.
   *
   * @default false
   */
  readonly createNamespace?: boolean;
}

/** A private container registry: users, certificate, storage, pods, Service, and if wanted an Ingress and a web page. */
export class Registry extends RegistryPart {
  /** Who may log in. */
  public readonly auth: RegistryAuth;
  /** The certificate. */
  public readonly tls: RegistryTls;
  /** Where images are kept. */
  public readonly storage: RegistryStorage;
  /** The pods. */
  public readonly deployment: RegistryDeployment;
  /** The Service. */
  public readonly service: RegistryService;
  /** The Ingress, if there is one. */
  public readonly ingress?: RegistryIngress;
  /** The web page, if there is one. */
  public readonly ui?: RegistryUI;
  /** The host under which clients reach the registry. */
  public readonly host: string;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props what the registry is like
   */
  constructor(scope: Construct, id: string, props: RegistryProps = {}) {
    super(scope, id, props);
    const { host, createNamespace, auth, tls, storage, service, ingress, ui, ...deployment } = this._check.options<RegistryProps>(
      'props',
      props,
    );
    const termination = tls?.termination ?? (ingress === undefined ? TlsTermination.POD : TlsTermination.INGRESS);
    this.host = isIpv4(String(host)) ? String(host) : this._check.host('host', host, 'registry.localhost');
    if (this._check.flag('createNamespace', createNamespace, false)) this.writeNamespace();

    this.auth = new RegistryAuth(this, 'auth', this.part('auth', auth));
    this.tls = new RegistryTls(this, 'tls', { ...this.part('tls', tls), termination, host: this.host });
    this.storage = new RegistryStorage(this, 'storage', this.part('storage', storage));
    this.deployment = new RegistryDeployment(this, 'deployment', {
      ...deployment,
      ...this._shared,
      auth: this.auth,
      storage: this.storage,
      tls: this.tls,
    });
    this.service = new RegistryService(this, 'service', { ...this.part('service', service), deployment: this.deployment });
    if (ingress !== undefined) {
      this.ingress = new RegistryIngress(this, 'ingress', {
        ...this.part('ingress', ingress),
        service: this.service,
        host: this.host,
        tls: this.tls,
      });
    }
    if (ui !== undefined && this.ingress) {
      this.ui = new RegistryUI(this, 'ui', { ...this.part('ui', ui), ingress: this.ingress, registryDeletion: this.storage.deletion });
    } else if (ui !== undefined) {
      this._check.problem('ui: needs an ingress, on whose host the page stands; add ingress: {}, or leave ui out');
    }

    this.checkEncryption();
    addNotes(this, () => this.notes());
  }

  /**
   * What clients write before an image's name: the host, and the port unless it is 443. Where Kubernetes chooses the port on the nodes it is
   * not known here, and reads `<port>`.
   */
  public get address(): string {
    const { type, port, nodePort } = this.service;
    if (this.ingress) return this.host;
    if (type === ServiceType.NODE_PORT) return `${this.host}:${nodePort ?? '<port>'}`;
    return port === 443 ? this.host : `${this.host}:${port}`;
  }

  /** The registry's URL. */
  public get url(): string {
    const encrypted = this.ingress ? this.ingress.tls !== undefined : this.tls.inPod;
    return `${encrypted ? 'https' : 'http'}://${this.address}`;
  }

  /**
   * The next commands for exactly this registry: apply, wait, find the address, trust the certificate, log in, push, pull, open the page.
   *
   * @returns text for people. Fills the store where the registry's secrets are not made yet
   */
  public notes(): string {
    return writeNotes(this);
  }

  /**
   * The files by which nodes trust and find this registry, for people who configure nodes themselves. `RegistryNodeTrust` installs them.
   *
   * @param options how nodes reach the registry. What is wrong with them is reported when the app is synthesized
   */
  public nodeFiles(options: NodeFilesOptions = {}): RegistryNodeFiles {
    return RegistryNodeFiles._of(new Check(this), this, options);
  }

  /** A part's options, with what all parts share; annotations of its own come on top. */
  private part<T extends object>(property: string, given: T | undefined): T & RegistryPartProps {
    const options = this._check.options<T & { readonly annotations?: object }>(property, given);
    const own = this._check.annotations(`${property}.annotations`, options.annotations);
    return { ...options, ...this._shared, annotations: { ...this._shared.annotations, ...own } };
  }

  /** A password must not travel in clear. The Service and the Ingress look to themselves; this is for what neither of them sees. */
  private checkEncryption(): void {
    const { auth, tls, ingress, service } = this;
    if (auth.anonymous || auth.insecurePasswordsOverHttp || tls.inPod || ingress || service.external) return;
    this._check.problem(
      tls.enabled
        ? 'tls.termination: INGRESS, but the registry has no ingress, so passwords would travel in clear; add ingress: {}, write TlsTermination.POD, or accept it by auth: { insecurePasswordsOverHttp: true }'
        : 'tls.certificate: none, so passwords would travel in clear; use RegistryCertificate.selfSigned(), or accept it by auth: { insecurePasswordsOverHttp: true }',
    );
  }

  /** Once for all registries of a namespace. */
  private writeNamespace(): void {
    const { namespace } = this;
    if (namespace === undefined) return this._check.problem('createNamespace: true, but no namespace is named; add namespace: "registry"');
    const there = this.node.root.node
      .findAll()
      .some((other) => ApiObject.isApiObject(other) && other.kind === 'Namespace' && other.name === namespace);
    if (there) return;
    const object = new ApiObject(
      this,
      'namespace',
      k8s.KubeNamespace.manifest({
        metadata: {
          name: namespace,
          labels: {
            ...this._labels(Component.REGISTRY),
            'pod-security.kubernetes.io/enforce': 'restricted',
            'pod-security.kubernetes.io/warn': 'restricted',
          },
        },
      }),
    );
    // cdk8s gives every object the chart's namespace; this one is in none.
    if (object.metadata.namespace !== undefined) object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
  }
}
