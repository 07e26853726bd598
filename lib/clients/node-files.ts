// The files by which a node trusts and finds a registry, as strings: RegistryNodeTrust installs them, or
// users by other means.
import { Yaml } from 'cdk8s';
import { Check } from '../core/check';
import type { Registry } from '../registry';
import { pullAddress } from '../routing/pull-address';
import { checkAuthority, checkNodeFiles } from './node-files-checks';

/** The container runtime that pulls images on nodes. */
export enum NodeRuntime {
  /**
   * containerd: `hosts.toml` and the CA in `/etc/containerd/certs.d`. containerd reads them only if its
   * config.toml names that folder as `config_path`, and then without a restart.
   */
  CONTAINERD = 'containerd',
  /** Docker, and Podman: the CA in `/etc/docker/certs.d`, read without a restart. */
  DOCKER = 'docker',
  /** k3s: `/etc/rancher/k3s/registries.yaml`, which k3s reads only at its start. */
  K3S = 'k3s',
}

/** How nodes reach a registry. */
export interface NodeFilesOptions {
  /**
   * URL at which nodes reach the registry, where that is not its address: for example
   * `https://10.0.0.5:30500`, where nodes can't resolve the host. The certificate must cover it
   * (`extraHosts`). Not supported by Docker.
   *
   * @default - the registry's own URL
   */
  readonly endpoint?: string;

  /**
   * Hosts of other registries, for example `docker.io`, whose images nodes request from this registry first.
   * It must cache them (`caches`), or hold them under the same names, and allow anonymous pulls of them, by
   * `RegistryCredentials.anonymous()` or an access rule, or nodes need a login for it (`mirrorLogin` of
   * `RegistryNodeTrust`): they silently skip a mirror that refuses them. Not supported by Docker.
   *
   * @default - none
   */
  readonly mirrorOf?: string[];

  /**
   * The CA that signed the registry's certificate, in PEM.
   *
   * @default - the CA that this library generated, or that was given with the certificate
   */
  readonly ca?: string;
}

/** A file for a node. */
export interface NodeFile {
  /** Absolute path on the node. */
  readonly path: string;
  /** Its content. */
  readonly content: string;
}

/** A file whose content is computed later. @internal */
export interface PlannedFile {
  /** Its key in the object that holds it. */
  readonly key: string;
  readonly path: string;
  /** Whether a login stands in it. */
  readonly secret: boolean;
  /** The content, with the login of mirrors: `user:password` in base64. */
  readonly content: (login?: string) => string;
}

/** The validated input of the files. */
interface NodeFilesSource {
  /** The prefix of image names. */
  readonly address: string;
  /** URL of the registry. */
  readonly url: string;
  /** URL at which nodes reach it. */
  readonly endpoint: string;
  readonly mirrorOf: readonly string[];
  /** The path of each host's images at the registry, where a cache has them. */
  readonly paths: Readonly<Record<string, string>>;
  /** The CA. Reading it creates missing entries in the store. */
  readonly ca?: () => string;
  /** First line of each file, which names its owner. */
  readonly owner: string;
}

const CONTAINERD = '/etc/containerd/certs.d';
const DOCKER = '/etc/docker/certs.d';
const K3S = '/etc/rancher/k3s';

/**
 * The files by which a node trusts and finds a registry. Created by `registry.nodeFiles()`.
 *
 * @example
 * const { containerdHostsToml, ca } = registry.nodeFiles({ endpoint: 'https://10.0.0.5:30500' });
 * new ConfigMap(chart, 'for-cloud-init', {
 *   data: { 'hosts.toml': containerdHostsToml, 'ca.crt': ca },
 * });
 */
export class RegistryNodeFiles {
  /** The prefix of the registry's image names: its host, and the port unless it is 443. */
  public readonly address: string;

  /** Checks how nodes reach a registry, and which CA they must trust. @internal */
  public static _of(check: Check, registry: Registry, given: NodeFilesOptions): RegistryNodeFiles {
    const options = check.options<NodeFilesOptions>('options', given);
    const address = pullAddress(check, registry);
    const encrypted = registry.url.startsWith('https:') && !registry._pullsPastTls;
    const url = `${encrypted ? 'https' : 'http'}://${address}`;
    const { endpoint, mirrorOf } = checkNodeFiles(check, options, url);
    const ca = encrypted
      ? checkAuthority(check, registry, options, endpoint !== url || mirrorOf.length > 0)
      : undefined;
    if (!encrypted && options.ca !== undefined) check.report('node-ca-without-tls', 'ca', { address });
    const owner = `# Written by cdk8s-registry for ${[registry.namespace, registry.registryName].filter(Boolean).join('/')}. Don't change: it would be left as it is from then on.`;
    const paths = Object.fromEntries(registry.caches.map(({ upstream, _path }) => [upstream, _path]));
    return new RegistryNodeFiles({
      address,
      url,
      endpoint,
      mirrorOf,
      paths,
      ca,
      owner,
    });
  }

  private constructor(
    /** @internal */
    public readonly _source: NodeFilesSource,
  ) {
    this.address = _source.address;
  }

  /** Path of containerd's file for the registry. */
  public get containerdHostsPath(): string {
    return `${CONTAINERD}/${this.address}/hosts.toml`;
  }

  /** containerd's `hosts.toml` for the registry. The CA is expected in the same folder. */
  public get containerdHostsToml(): string {
    const { url, endpoint, owner, ca } = this._source;
    const trust = ca ? ['ca = "ca.crt"'] : [];
    if (endpoint === url) return lines(owner, `server = "${url}"`, ...trust);
    return lines(owner, `server = "${url}"`, ...trust, '', ...hostTable(endpoint, trust));
  }

  /** Path of the CA for containerd. */
  public get containerdCaPath(): string {
    return `${CONTAINERD}/${this.address}/ca.crt`;
  }

  /** Path of the CA for Docker, Podman and skopeo. */
  public get dockerCaPath(): string {
    return `${DOCKER}/${this.address}/ca.crt`;
  }

  /** Path of k3s' file. There is one for all registries. */
  public get k3sRegistriesPath(): string {
    return `${K3S}/registries.yaml`;
  }

  /** k3s' `registries.yaml` with only this registry in it, and without a login. */
  public get k3sRegistriesYaml(): string {
    return this.registriesYaml();
  }

  private registriesYaml(login?: string): string {
    const { address, _source: source } = this;
    const names = [address, ...source.mirrorOf];
    const mirrors = Object.fromEntries(names.map((name) => [name, { endpoint: [this.mirrorAt(name)] }]));
    const endpoint = source.endpoint.replace(/^https?:\/\//, '');
    const tls = source.ca && { tls: { ca_file: this.k3sCaPath } };
    // containerd asks for a login by the host that it connects to.
    const auth = (name: string) => login !== undefined && name === endpoint && { auth: { auth: login } };
    const configs = Object.fromEntries(
      [...new Set([address, endpoint])].map((name) => [name, { ...tls, ...auth(name) }]),
    );
    const configured = tls !== undefined || login !== undefined;
    return `${source.owner}\n${Yaml.stringify({ mirrors, ...(configured && { configs }) })}`;
  }

  /** Path of the CA for k3s. */
  public get k3sCaPath(): string {
    return `${K3S}/certs.d/${this.address}/ca.crt`;
  }

  /**
   * The CA, in PEM, after a line that names its owner; empty where the registry has no TLS. Reading it
   * creates missing entries in the store.
   */
  public get ca(): string {
    const { ca, owner } = this._source;
    return ca ? lines(owner, ca().trim()) : '';
  }

  /**
   * All files for a runtime, without a login.
   *
   * @param runtime the container runtime
   * @returns the files, in the order in which to write them. Creates missing entries in the store
   */
  public filesFor(runtime: NodeRuntime): NodeFile[] {
    return this._plan(runtime).map(({ path, content }) => ({ path, content: content() }));
  }

  /** The files of a runtime, with a login for mirrors or without one. @internal */
  public _plan(runtime: NodeRuntime, withLogin = false): PlannedFile[] {
    const { ca, mirrorOf } = this._source;
    const trust = (path: string) =>
      ca ? [{ key: 'ca.crt', path, secret: false, content: () => this.ca }] : [];
    switch (runtime) {
      case NodeRuntime.DOCKER:
        return trust(this.dockerCaPath);
      case NodeRuntime.K3S:
        return [
          ...trust(this.k3sCaPath),
          {
            key: 'registries.yaml',
            path: this.k3sRegistriesPath,
            secret: withLogin,
            content: (login) => this.registriesYaml(login),
          },
        ];
      case NodeRuntime.CONTAINERD:
        return [
          ...trust(this.containerdCaPath),
          {
            key: 'hosts.toml',
            path: this.containerdHostsPath,
            secret: false,
            content: () => this.containerdHostsToml,
          },
          ...mirrorOf.flatMap((host) => [
            ...trust(`${CONTAINERD}/${host}/ca.crt`),
            {
              key: `${host.replace(':', '_')}.hosts.toml`,
              path: `${CONTAINERD}/${host}/hosts.toml`,
              secret: withLogin,
              content: (login?: string) => this.mirrorToml(host, login),
            },
          ]),
        ];
    }
  }

  /** Where the images of a host are: k3s, too, takes a path for the whole of the API's. */
  private mirrorAt(host: string): string {
    const { endpoint, paths } = this._source;
    return paths[host] === undefined ? endpoint : `${endpoint}/v2/${paths[host]}`;
  }

  private mirrorToml(host: string, login?: string): string {
    const { owner, ca, paths } = this._source;
    const settings = [
      ...(paths[host] === undefined ? [] : ['override_path = true']),
      ...(ca ? ['ca = "ca.crt"'] : []),
    ];
    // Docker Hub's images are named docker.io but served from another host.
    const server = host === 'docker.io' ? 'https://registry-1.docker.io' : `https://${host}`;
    const at = this.mirrorAt(host);
    // Sent with each request: containerd has no other login for a mirror.
    const header =
      login === undefined ? [] : [`  [host."${at}".header]`, `    Authorization = "Basic ${login}"`];
    return lines(owner, `server = "${server}"`, '', ...hostTable(at, settings), ...header);
  }
}

/** A host that is tried before the server itself. Nodes never push. */
function hostTable(endpoint: string, trust: readonly string[]): string[] {
  return [
    `[host."${endpoint}"]`,
    '  capabilities = ["pull", "resolve"]',
    ...trust.map((line) => `  ${line}`),
  ];
}

function lines(...text: string[]): string {
  return `${text.join('\n')}\n`;
}
