// nginx in the registry's own pod, before the registry: who may do what, logins that are remembered, a switch to
// read-only, and an audit log. Its nginx.conf is in nginx-configuration.ts.
import { ApiObject, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RegistryAuth } from '../auth/auth';
import { cidrInstead, isCidr } from '../core/addresses';
import { required } from '../core/check';
import { checkImage } from '../core/image';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { kubeResources } from '../core/restricted-pod';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import { AccessRule, RegistryAccess } from './access';
import { checkAccess, groupsOfUsers } from './access-checks';
import { accessLines } from './access-maps';
import { frontScript } from './front-script';
import { FrontLimits, nginxConfiguration } from './nginx-configuration';
import { Subject } from './subject';

/**
 * nginx' image: on Debian, whose C library knows every kind of bcrypt hash. Its own start script, which needs root,
 * is not used.
 */
export const DEFAULT_FRONT_IMAGE = 'nginx:1.30.5';

/** The registry's port on 127.0.0.1. */
export const BEHIND_FRONT_PORT = 5002;

/** Folders and files in the front's container. */
export const FRONT_PATHS = {
  configuration: '/etc/front',
  htpasswd: '/auth',
  tls: '/certs',
  run: '/run/front',
  switches: '/etc/front-switches',
} as const;

/** Limits of requests. */
export interface FrontLimitsOptions {
  /**
   * Logins that are not remembered, for each address and user in a second, from 1 to 1000. More are answered with
   * 429: somebody guesses passwords. Each costs a bcrypt hash.
   *
   * @default 5
   */
  readonly loginsPerSecond?: number;

  /**
   * Requests of a user in a second, from 1 to 100000. All requests without a login count as those of one user.
   * More are answered with 429. A client pulls an image of ten layers with some 25 requests.
   *
   * @default - no limit
   */
  readonly requestsPerSecond?: number;
}

/** Options of the nginx before the registry. */
export interface RegistryFrontOptions {
  /**
   * nginx' image, with a tag that is not `latest`, or a digest. It needs a shell, and a C library that checks
   * bcrypt hashes, as Debian's has.
   *
   * @default "nginx:1.30.5"
   */
  readonly image?: string;

  /**
   * CPU and memory of its container. Omitted values keep their defaults.
   *
   * @default - requests of 50m and 32Mi, a memory limit of 128Mi
   */
  readonly resources?: ContainerResources;

  /**
   * Proxies whose `X-Forwarded-For` is believed, as CIDR ranges, for the client's address in the log and for
   * limits: the pods of the ingress controller.
   *
   * @default - none; the log has the address of the connection
   */
  readonly trustedProxies?: string[];

  /**
   * Limits of requests.
   *
   * @default - 5 logins per second for each address and user
   */
  readonly limits?: FrontLimitsOptions;
}

/** Props of `RegistryFront`. */
export interface RegistryFrontProps extends RegistryPartProps, RegistryFrontOptions {
  /** The registry's users. */
  readonly auth: RegistryAuth;

  /** Where images are stored. */
  readonly storage: RegistryStorage;

  /**
   * The certificate.
   *
   * @default - no TLS in the pod
   */
  readonly tls?: RegistryTls;

  /**
   * Who may do what.
   *
   * @default - every user may do everything; without users, everybody may
   */
  readonly access?: RegistryAccess;
}

/** What the front adds to the registry's pod. @internal */
export interface FrontPod {
  readonly container: k8s.Container;
  readonly volumes: k8s.Volume[];
}

/**
 * nginx in the registry's pod, before the registry. It checks logins and remembers them in memory, so that a
 * password costs a hash once a minute and not with each request; asks the access rules; and passes on what they
 * permit. The registry listens on 127.0.0.1 and knows no users.
 *
 * @example
 * new Registry(chart, 'registry', {
 *   host: 'registry.example.com',
 *   auth: { credentials: RegistryCredentials.users(RegistryUser.generated('admin'), RegistryUser.generated('ci')) },
 *   access: RegistryAccess.rules([
 *     AccessRule.pull('public/**').toEveryone(),
 *     AccessRule.push('**').to(Subject.user('admin')),
 *     AccessRule.push('team/**').to(Subject.user('ci')),
 *   ]),
 *   front: { limits: { requestsPerSecond: 200 } },
 * });
 */
export class RegistryFront extends RegistryPart {
  /** The ConfigMap with nginx.conf. nginx takes over its changes by itself, within two minutes. */
  public readonly configMap: ApiObject;
  /** Name of the ConfigMap. */
  public readonly configMapName: string;
  /**
   * Name of the ConfigMap that makes the registry read-only while it has a key `readonly`. No manifest writes it,
   * so that neither an apply nor GitOps undoes it.
   */
  public readonly switchName: string;
  /** The image. */
  public readonly image: string;
  /** Who may do what. */
  public readonly access: RegistryAccess;

  private readonly auth: RegistryAuth;
  private readonly tls?: RegistryTls;
  private readonly resources: ContainerResources;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props users, certificate, rules
   */
  constructor(scope: Construct, id: string, props: RegistryFrontProps) {
    super(scope, id, props);
    this.auth = required('auth', props.auth, RegistryAuth);
    this.tls = props.tls === undefined ? undefined : required('tls', props.tls, RegistryTls);
    const storage = required('storage', props.storage, RegistryStorage);
    if (this.auth.byToken) this._check.ofRegistry.report('front-with-tokens', 'auth.credentials');
    this.image = checkImage(
      this._check,
      'image',
      props.image,
      DEFAULT_FRONT_IMAGE,
      this._context.imageRegistry,
    );
    this.resources = checkResources(this._check, 'resources', props.resources, DEFAULT_RESOURCES);
    this.access = this.checkAccess(props.access, storage);
    const limits = this.checkLimits(props.limits);
    const trustedProxies = this.checkProxies(props.trustedProxies);
    this.configMapName = `${this.registryName}-front`;
    this.switchName = `${this.registryName}-read-only`;
    this.configMap = this._object(
      'config',
      Component.REGISTRY,
      { name: this.configMapName },
      k8s.KubeConfigMap.manifest({
        data: {
          'nginx.conf': nginxConfiguration({
            registryPort: PORTS.registryPort,
            passwordPort: PORTS.passwordPort,
            tlsFolder: this.tls?.inPod ? FRONT_PATHS.tls : undefined,
            htpasswdFile: this.auth.anonymous ? undefined : `${FRONT_PATHS.htpasswd}/${this.auth.secretKey}`,
            realm: this.auth.realm,
            rules: accessLines(this.access._all(storage.deletion)),
            groupsOfUsers: groupsOfUsers(this.access),
            anonymous: this.access._permitsAnonymous,
            readOnlyFile: `${FRONT_PATHS.switches}/readonly`,
            runFolder: FRONT_PATHS.run,
            trustedProxies,
            limits,
          }),
          'front.sh': frontScript({
            folder: FRONT_PATHS.configuration,
            runFolder: FRONT_PATHS.run,
            port: PORTS.port,
            tls: this.tls?.inPod === true,
          }),
        },
      }),
    );
  }

  /** The container and its volumes, for the registry's pod. @internal */
  public _pod({
    portName,
    preStopSeconds,
  }: {
    readonly portName: string;
    readonly preStopSeconds: number;
  }): FrontPod {
    const { auth, tls, image } = this;
    const port = k8s.IntOrString.fromString(portName);
    const scheme = tls?.inPod ? 'HTTPS' : 'HTTP';
    const answers = { httpGet: { path: '/', port, scheme }, timeoutSeconds: 5 };
    const withUsers = auth.secretName !== undefined;
    return {
      container: {
        name: FRONT,
        image,
        command: ['sh', `${FRONT_PATHS.configuration}/front.sh`],
        ports: [{ name: portName, containerPort: PORTS.port }],
        resources: kubeResources(this.resources),
        volumeMounts: [
          { name: FRONT, mountPath: FRONT_PATHS.configuration, readOnly: true },
          { name: 'front-run', mountPath: FRONT_PATHS.run },
          { name: 'front-switches', mountPath: FRONT_PATHS.switches, readOnly: true },
          ...(withUsers ? [{ name: 'auth', mountPath: FRONT_PATHS.htpasswd, readOnly: true }] : []),
          ...(tls?.inPod ? [{ name: 'tls', mountPath: FRONT_PATHS.tls, readOnly: true }] : []),
        ],
        startupProbe: {
          ...answers,
          initialDelaySeconds: 2,
          periodSeconds: 2,
          failureThreshold: STARTUP_TRIES,
        },
        readinessProbe: { ...answers, periodSeconds: 10, failureThreshold: 3 },
        livenessProbe: { tcpSocket: { port }, periodSeconds: 20, timeoutSeconds: 5, failureThreshold: 6 },
        // Endpoints drop the pod first; then nginx ends what is under way, before the registry stops.
        lifecycle: { preStop: { exec: { command: ['sleep', String(preStopSeconds)] } } },
      },
      volumes: [
        { name: FRONT, configMap: { name: this.configMapName } },
        // Memory: what is remembered of logins is in it.
        { name: 'front-run', emptyDir: { medium: 'Memory', sizeLimit: k8s.Quantity.fromString('16Mi') } },
        { name: 'front-switches', configMap: { name: this.switchName, optional: true } },
      ],
    };
  }

  private checkAccess(given: RegistryAccess | undefined, { deletion }: RegistryStorage): RegistryAccess {
    const { auth } = this;
    const fallback = everything(auth.anonymous, deletion);
    const example = "RegistryAccess.rules([AccessRule.pull('**').toAllUsers()])";
    const check = this._check.ofRegistry;
    const access = check.instance('access', given, RegistryAccess, fallback, example);
    if (access !== fallback)
      checkAccess(check.at('access'), access, {
        users: auth.userNames.length > 0 ? auth.userNames : undefined,
        foreignGroups: false,
        withoutLogin: auth.anonymous,
        deletion,
      });
    // What is wrong is reported, and must not be read any further.
    return this._check.ok ? access : fallback;
  }

  private checkLimits(given: FrontLimitsOptions | undefined): FrontLimits {
    const options = this._check.options<FrontLimitsOptions>('limits', given);
    const at = 'limits.';
    const logins = this._check.integer(`${at}loginsPerSecond`, options.loginsPerSecond, 5, 1, 1000);
    const requests = this._check.integer(
      `${at}requestsPerSecond`,
      options.requestsPerSecond,
      undefined,
      1,
      100_000,
    );
    return {
      loginsPerSecond: logins,
      // A client that starts many requests at once is checked once; many users behind one address are not.
      loginBurst: logins * 4,
      requestsPerSecond: requests,
      requestBurst: (requests ?? 0) * 2,
    };
  }

  private checkProxies(given: string[] | undefined): string[] {
    return this._check.list<string>('trustedProxies', given).filter((range, index) => {
      if (typeof range === 'string' && isCidr(range)) return true;
      this._check.report('not-an-address-range', `trustedProxies[${index}]`, {
        value: range,
        example: cidrInstead(range),
      });
      return false;
    });
  }
}

/** Name of the container. */
const FRONT = 'front';
/** The registry's own port is nginx' now; the others are on 127.0.0.1. */
const PORTS = { port: 5000, registryPort: BEHIND_FRONT_PORT, passwordPort: 5003 };
/** Ten minutes, as the registry's own: its storage may take that long to answer. */
const STARTUP_TRIES = 300;
/** 10 MiB for each worker, and buffers of some hundred connections. */
const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(50) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

/** Without rules, every user may do everything, as with the registry's own login. */
function everything(anonymous: boolean, deletion: boolean): RegistryAccess {
  const who = anonymous ? Subject.everyone() : Subject.allUsers();
  const rules = [AccessRule.push('**'), ...(deletion ? [AccessRule.remove('**')] : []), AccessRule.catalog()];
  return RegistryAccess.rules(rules.map((rule) => rule.to(who)));
}
