// A release of the registry's own chart on a real API server, or a whole cluster: what it made, and what of
// that was generated and has to last.

import { X509Certificate } from 'node:crypto';
import type { Result, RunOptions } from '../../tools/computer';
import { type Manifest, parseManifests } from '../../tools/pod-runner/manifests';
import type { Program } from '../../tools/programs';
import { ADMISSION_PROGRAMS, RESTRICTED } from './admission';
import type { Helm, HelmOptions, HelmPlace } from './helm';

/** What a test needs that has releases, besides its Helm. */
export const RELEASE_PROGRAMS: readonly Program[] = ADMISSION_PROGRAMS;

/** Pod Security refuses pods there, and warns of Deployments that would make such pods. */
export const STRICT = { ...RESTRICTED, 'pod-security.kubernetes.io/warn': 'restricted' };

/** Where releases are: an API server, or a cluster. */
export interface ReleasePlace extends HelmPlace {
  /** Runs kubectl, which must succeed, and gives what it prints. */
  must(args: readonly string[], options?: RunOptions): Promise<string>;
}

/** An object as the API server has it. */
export interface LiveObject {
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly uid: string;
    readonly resourceVersion: string;
    readonly generation?: number;
    readonly deletionTimestamp?: string;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly type?: string;
  readonly data?: Readonly<Record<string, string>>;
  readonly spec?: DeploymentSpec & ServiceSpec;
}

interface DeploymentSpec {
  readonly template: {
    readonly metadata: {
      readonly labels: Readonly<Record<string, string>>;
      readonly annotations: Readonly<Record<string, string>>;
    };
  };
}

interface ServiceSpec {
  readonly selector: Readonly<Record<string, string>>;
}

/** Where the annotation of a generated certificate says from which second on it is renewed. */
export const RENEWAL = 'cdk8s-registry.io/renew-after';

/** The kinds that a server lists, which kubectl takes long to find out. */
const KINDS = new WeakMap<ReleasePlace, readonly string[]>();

/**
 * Everything in a namespace, but Helm's records of releases, the account that each namespace has, and what
 * the API server notes about itself.
 */
export async function objectsIn(server: ReleasePlace, namespace: string): Promise<LiveObject[]> {
  let kinds = KINDS.get(server);
  if (kinds === undefined) {
    const said = await server.must(['api-resources', '--namespaced', '--verbs=list', '-o', 'name']);
    kinds = said.trim().split('\n');
    KINDS.set(server, kinds);
  }
  const list = await server.must(['get', kinds.join(','), '-n', namespace, '-o', 'json']);
  const { items } = JSON.parse(list) as { items: LiveObject[] };
  return items
    .filter(({ kind, type }) => type !== 'helm.sh/release.v1' && !['Event', 'ServiceAccount'].includes(kind))
    .sort((a, b) => (nameOf(a) < nameOf(b) ? -1 : 1));
}

export function nameOf({ kind, metadata }: LiveObject): string {
  return `${kind} ${metadata.name}`;
}

/** What changes with any change of an object, and what tells whether it was made anew. */
export function versions(objects: readonly LiveObject[]): Record<string, string> {
  return Object.fromEntries(
    objects.map((object) => {
      const { uid, resourceVersion, generation = 0 } = object.metadata;
      return [nameOf(object), `${uid} version ${resourceVersion} generation ${generation}`];
    }),
  );
}

/**
 * The objects without what counts how often they were written: the API server writes a claim anew the first
 * time that it is applied again from the server side, though nothing of it changes.
 */
export function contents(objects: readonly LiveObject[]): object[] {
  return objects.map(({ metadata: { resourceVersion: _, ...metadata }, ...object }) => ({
    ...object,
    metadata,
  }));
}

/** Helm 4 says this of a hook that has ended while it was watched. */
const WATCHED = /^I\d{4} .* "Warning: watch ended with error" .*context canceled.*\n/gm;

/** A Secret's texts. */
export type Texts = Readonly<Record<string, string>>;

export class Release {
  /** `chart` is a folder, a packed chart, or an address. */
  constructor(
    readonly server: ReleasePlace,
    readonly helm: Helm,
    private readonly chart: string,
    readonly name: string,
    readonly namespace: string,
  ) {}

  /** Gives what Helm prints, once it has printed no warning. */
  install(values: object = {}, args: readonly string[] = []): Promise<string> {
    return this.quietly(['install', this.name, this.chart], { values, args });
  }

  upgrade(values: object = {}, args: readonly string[] = []): Promise<string> {
    return this.quietly(['upgrade', this.name, this.chart], { values, args });
  }

  uninstall(args: readonly string[] = []): Promise<string> {
    return this.quietly(['uninstall', this.name], { args });
  }

  rollback(revision: number, args: readonly string[] = []): Promise<string> {
    return this.quietly(['rollback', this.name, String(revision)], { args });
  }

  notes(): Promise<string> {
    return this.helm.must(['get', 'notes', this.name], this.at);
  }

  /** Runs `helm test`, which may fail. */
  test(timeout = '180s'): Promise<Result> {
    return this.helm.run(['test', this.name, '--timeout', timeout], this.at);
  }

  objects(): Promise<LiveObject[]> {
    return objectsIn(this.server, this.namespace);
  }

  /** The objects as the chart made them, without those of hooks. */
  async manifests(): Promise<Manifest[]> {
    return parseManifests(await this.helm.manifest(this.name, this.at), 'the release');
  }

  async hooks(): Promise<Manifest[]> {
    return parseManifests(await this.helm.must(['get', 'hooks', this.name], this.at), "the release's hooks");
  }

  async object(kind: string, name: string): Promise<LiveObject> {
    return JSON.parse(await this.server.must(['get', kind, name, '-n', this.namespace, '-o', 'json']));
  }

  async texts(kind: 'secret' | 'configmap', name: string): Promise<Texts> {
    return textsOf(kind, await this.object(kind, name));
  }

  /** Everything that was generated, by the Secret's name without that of the objects. */
  async generated(fullname: string): Promise<Record<'auth' | 'ca' | 'http' | 'login' | 'tls', Texts>> {
    const names = ['auth', 'ca', 'http', 'login', 'tls'].map((suffix) => `${fullname}-${suffix}`);
    const list = await this.server.must(['get', 'secret', ...names, '-n', this.namespace, '-o', 'json']);
    const { items } = JSON.parse(list) as { items: LiveObject[] };
    const [auth, ca, http, login, tls] = items.map((item) => textsOf('secret', item));
    return { auth, ca, http, login, tls } as Record<'auth' | 'ca' | 'http' | 'login' | 'tls', Texts>;
  }

  private get at(): HelmOptions {
    return { namespace: this.namespace };
  }

  private async quietly(command: readonly string[], options: HelmOptions): Promise<string> {
    const { code, stdout, stderr } = await this.helm.run(command, { ...this.at, ...options });
    if (code !== 0 || stderr.replace(WATCHED, '') !== '')
      throw new Error(`helm ${command.join(' ')}: exit code ${code}\n${stderr}`);
    return stdout;
  }
}

function textsOf(kind: 'secret' | 'configmap', { data = {} }: LiveObject): Texts {
  const decode = (value: string) => (kind === 'secret' ? Buffer.from(value, 'base64').toString() : value);
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, decode(value)]));
}

/** The certificates of a Secret, and the names in the one that is shown to clients. */
export function certificates(tls: Texts): { leaf: X509Certificate; ca: X509Certificate; names: string[] } {
  const [leaf, ca] = ['tls.crt', 'ca.crt'].map((key) => new X509Certificate(tls[key]));
  const names = (leaf.subjectAltName ?? '').split(', ').map((name) => name.replace(/^(DNS|IP Address):/, ''));
  return { leaf, ca, names };
}
