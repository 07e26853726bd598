// The hook Job that makes the generated Secrets in the cluster, for tools that render without looking into it.
import { ApiObject, Lazy, Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { Component, selectorLabels } from '../core/labels';
import type { PodOptions } from '../core/pod-options';
import { RegistryPart } from '../core/registry-part';
import { checkUser, restrictedPod, withoutEmpty } from '../core/restricted-pod';
import { checkApiServer } from '../network/policy-checks';
import { policyManifest } from '../network/policy-manifest';
import type { Registry } from '../registry';
import { chartFile } from './files';
import { FILLED, type JobStore } from './job-store';

const SCRIPT = 'make-secrets.sh';
/** The suffix of a Valkey and its Secret. */
const CACHE = 'descriptor-cache';

/** Hooks of Helm and of Argo CD. What the Job needs is there before it, and all goes once it has succeeded. */
function hook(weight: string): Record<string, string> {
  return {
    'helm.sh/hook': 'pre-install,pre-upgrade,pre-rollback',
    'helm.sh/hook-weight': weight,
    'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded',
    'argocd.argoproj.io/hook': 'PreSync',
    'argocd.argoproj.io/sync-wave': weight,
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation,HookSucceeded',
  };
}

type Json = any;
type Texts = Readonly<Record<string, string>>;

/** A Secret's manifest, and where in the release's names it is. */
interface Made {
  readonly suffix: string;
  readonly kind: 'Secret' | 'ConfigMap';
  readonly manifest: () => object;
}

/** What the Job is told. */
export interface SecretsJobOptions {
  readonly image: string;
  /** When and with which pull secrets nodes pull it, and whether its user is the platform's. */
  readonly settings: Pick<PodOptions, 'imagePullPolicy' | 'imagePullSecrets' | 'userFromPlatform'>;
  readonly store: JobStore;
  /** The Helm release. */
  readonly release: string;
  /** Egress to the API server; undefined for its usual ports. */
  readonly apiServer?: k8s.NetworkPolicyEgressRule[];
  /** Fields of the pod: where it runs. */
  readonly pod: Partial<k8s.PodSpec>;
}

/** The Job, its script and its rights; nothing where all Secrets exist already. */
export class SecretsJob extends RegistryPart {
  /**
   * @param registry the registry, whose generated Secrets are taken out of the manifests
   * @param options what the Job is told
   */
  constructor(
    registry: Registry,
    private readonly options: SecretsJobOptions,
  ) {
    super(registry, 'secrets', { _context: registry._context });
    const made = this.made(registry);
    if (made.length === 0) return;
    this.hooked('script', '-1', k8s.KubeConfigMap.manifest({ data: this.files(made) }));
    this.hooked('account', '-1', {
      ...k8s.KubeServiceAccount.manifest({}),
      automountServiceAccountToken: false,
    });
    this.hooked('role', '-1', k8s.KubeRole.manifest({ rules: this.rules(registry, made) }));
    const { objectName: name, namespace } = this;
    this.hooked(
      'binding',
      '-1',
      k8s.KubeRoleBinding.manifest({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'Role', name },
        subjects: [{ kind: 'ServiceAccount', name, namespace }],
      }),
    );
    this.writePolicy(registry);
    this.hooked('job', '0', k8s.KubeJob.manifest({ spec: this.job(registry) }));
  }

  /** Nobody reaches its pod, and it reaches the API server alone. */
  private writePolicy({ deployment }: Registry): void {
    const { apiServer } = this.options;
    const pods = selectorLabels(this.registryName, Component.SECRETS);
    const to = checkApiServer(this._check, 'secrets.job.apiServer', apiServer);
    if (deployment.networkPolicy) this.hooked('policy', '-1', policyManifest({ pods, to }));
  }

  private get objectName(): string {
    return `${this.registryName}-secrets`;
  }

  private hooked(id: string, weight: string, manifest: ReturnType<typeof k8s.KubeJob.manifest>): void {
    this._object(id, Component.SECRETS, { name: this.objectName, annotations: hook(weight) }, manifest);
  }

  /** Takes the objects with generated texts out of the registry. */
  private made({ auth, tls, node }: Registry): Made[] {
    const user = auth.userNames.find((name) => auth.showPasswordCommand(name) !== undefined);
    const all = node.findAll().filter((one): one is ApiObject => ApiObject.isApiObject(one));
    const taken = (kind: Made['kind'], suffix: string, annotations: () => Texts = () => ({})): Made[] => {
      const object = all.find((one) => one.kind === kind && one.name === `${this.registryName}-${suffix}`);
      object?.node.scope?.node.tryRemoveChild(object.node.id);
      return object ? [{ suffix, kind, manifest: () => this.kept(object.toJson(), annotations) }] : [];
    };
    if (tls._selfSigned) this.checkOrders(all);
    const users = () => ({ 'cdk8s-registry.io/password': FILLED.passwordDigest });
    const certificate = () => ({
      'cdk8s-registry.io/names': this.options.store.hosts.join(','),
      'cdk8s-registry.io/renew-after': FILLED.renewAfter,
    });
    return [
      ...taken('Secret', 'http'),
      ...taken('Secret', CACHE),
      ...(user === undefined
        ? []
        : [this.login(user), ...taken('Secret', 'auth', users), ...taken('Secret', 'ui-auth', users)]),
      ...(tls._selfSigned ? [this.authority(), ...taken('Secret', 'tls', certificate)] : []),
      ...taken('ConfigMap', 'backend-ca'),
    ];
  }

  /** The check of the whole app (app/conflicts.ts) no longer sees the certificate's Secret. */
  private checkOrders(all: readonly ApiObject[]): void {
    const gateway = all.find(({ kind }) => kind === 'Gateway');
    const annotations: Texts = gateway?.toJson().metadata.annotations ?? {};
    const issuer = ['cert-manager.io/cluster-issuer', 'cert-manager.io/issuer'].find(
      (key) => annotations[key],
    );
    if (gateway === undefined || issuer === undefined) return;
    this._check.report('secret-ordered-and-written', 'annotations', {
      construct: gateway.node.path,
      secret: `${this.registryName}-tls`,
      other: this.node.path,
      issuer,
    });
  }

  private login(username: string): Made {
    return this.own('login', 'kubernetes.io/basic-auth', { username, password: FILLED.password });
  }

  private authority(): Made {
    return this.own('ca', 'Opaque', { 'ca.crt': FILLED.ca, 'ca.key': FILLED.caKey });
  }

  /** A Secret that no pod reads. */
  private own(suffix: string, type: string, stringData: Texts): Made {
    const { annotations } = this._context;
    const name = `${this.registryName}-${suffix}`;
    const metadata = {
      name,
      namespace: this.namespace,
      labels: this._labels(Component.REGISTRY),
      annotations,
    };
    const secret = { apiVersion: 'v1', kind: 'Secret', metadata, type, stringData };
    return { suffix, kind: 'Secret', manifest: () => this.kept(secret, () => ({})) };
  }

  /** As the release owns it: Helm adopts it, and neither Helm nor Argo CD deletes it. */
  private kept({ metadata, ...object }: Json, annotations: () => Texts): object {
    const owned = {
      'helm.sh/resource-policy': 'keep',
      'meta.helm.sh/release-name': this.options.release,
      'meta.helm.sh/release-namespace': this.namespace,
      'argocd.argoproj.io/compare-options': 'IgnoreExtraneous',
      'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
    };
    const all = { ...metadata.annotations, ...owned, ...annotations() };
    return { ...plain(object), metadata: { ...metadata, annotations: all } };
  }

  private files(made: readonly Made[]): Record<string, string> {
    const manifests = made.map(({ suffix, manifest }) => [
      `${suffix}.json`,
      Lazy.any({ produce: () => JSON.stringify(manifest()) }) as unknown as string,
    ]);
    return { [SCRIPT]: chartFile(`files/${SCRIPT}`), ...Object.fromEntries(manifests) };
  }

  /** `create` can't be limited to names. What is replaced: the entries and the certificate, never their keys. */
  private rules({ ui }: Registry, made: readonly Made[]): k8s.PolicyRule[] {
    const named = (kind: Made['kind'], but: readonly string[] = []) =>
      made
        .filter((one) => one.kind === kind && !but.includes(one.suffix))
        .map(({ suffix }) => `${this.registryName}-${suffix}`);
    const of = (apiGroup: string, resource: string, verbs: string[], resourceNames?: string[]) =>
      resourceNames?.length === 0
        ? []
        : [{ apiGroups: [apiGroup], resources: [resource], verbs, resourceNames }];
    const maps = named('ConfigMap');
    const deployments = [
      this.registryName,
      ...(ui ? [`${this.registryName}-ui`] : []),
      ...made.filter(({ suffix }) => suffix === CACHE).map(() => `${this.registryName}-${CACHE}`),
    ];
    return [
      ...of('', 'secrets', ['create']),
      ...of('', 'secrets', ['get'], named('Secret')),
      ...of('', 'secrets', ['patch'], named('Secret', ['http', CACHE, 'ca'])),
      ...(maps.length > 0 ? of('', 'configmaps', ['create']) : []),
      ...of('', 'configmaps', ['get', 'patch'], maps),
      ...of('apps', 'deployments', ['patch'], deployments),
    ];
  }

  private job(registry: Registry): k8s.JobSpec {
    return {
      backoffLimit: 3,
      activeDeadlineSeconds: 300,
      ttlSecondsAfterFinished: 3600,
      template: {
        metadata: { labels: this._labels(Component.SECRETS) },
        spec: { ...this.pod(registry), ...this.options.pod },
      },
    };
  }

  private pod({ tls, ui }: Registry): k8s.PodSpec {
    const readers =
      tls._selfSigned && tls.inPod ? [this.registryName, ...(ui ? [`${this.registryName}-ui`] : [])] : [];
    const files: k8s.Container = {
      name: 'make-secrets',
      image: this.options.image,
      command: ['sh', `/objects/${SCRIPT}`],
      env: [
        { name: 'NAME', value: this.registryName },
        { name: 'RELEASE', value: this.options.release },
        { name: 'CERTIFICATE_READERS', value: readers.join(' ') },
        { name: 'HTTP_SECRET_READERS', value: this.registryName },
      ],
      volumeMounts: [
        { name: 'objects', mountPath: '/objects', readOnly: true },
        { name: 'tmp', mountPath: '/tmp' },
      ],
    };
    return withoutEmpty({
      restartPolicy: 'Never',
      ...restrictedPod(this._check, this.options.settings, {
        main: files,
        volumes: [
          { name: 'objects', configMap: { name: this.objectName } },
          // Keys and passwords are in memory only.
          { name: 'tmp', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('4Mi') } },
        ],
        userId: checkUser(this._check, this.options.settings, 1000),
        replicas: 1,
        selector: selectorLabels(this.registryName, Component.SECRETS),
        graceSeconds: 5,
        resources: {
          cpu: { request: Cpu.millis(10) },
          memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
        },
      }),
      serviceAccountName: this.objectName,
      automountServiceAccountToken: true,
    });
  }
}

/** A Secret with the words to fill in as they are. */
function plain({ data, ...object }: Json): Json {
  if (object.kind !== 'Secret') return { data, ...object };
  if (data === undefined) return object;
  const texts = Object.entries<string>(data).map(([key, text]) => [
    key,
    Buffer.from(text, 'base64').toString(),
  ]);
  return { ...object, stringData: Object.fromEntries(texts) };
}
