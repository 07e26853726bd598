// nginx in the registry's own pod, before the registry: who may do what, logins that are remembered, a switch to
// read-only, and an audit log. Its nginx.conf is in nginx-configuration.ts, and its
// container in front-pod.ts.
import { ApiObject, Lazy } from 'cdk8s';
import { ContainerResources, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { RegistryAuth } from '../auth/auth';
import { required } from '../core/check';
import { checkImage, PUBLIC_CAS } from '../core/image';
import { Component } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { toDestination } from '../network/egress-rules';
import { tcp } from '../network/policy-manifest';
import { RegistryStorage } from '../storage/storage';
import { RegistryTls } from '../tls/tls';
import { AccessPermission, AccessRule, RegistryAccess } from './access';
import { checkAccess, groupsOfUsers } from './access-checks';
import { accessLines, groupLines } from './access-maps';
import { Asker, accessTable, mayDo, mayDoIn, mayPullBelow, rowsOf } from './access-table';
import { namedCaches, serversOf } from './cache-maps';
import { COLLECTION_PORT } from './collection-switch';
import type { FrontCache, FrontVerifier } from './front-configuration';
import {
  checkLimits,
  checkProxies,
  checkSidecar,
  DEFAULT_FRONT_IMAGE,
  DEFAULT_FRONT_RESOURCES,
  RegistryFrontOptions,
} from './front-options';
import { FRONT_PATHS, FrontNeeds, FrontPod, frontPod, PORTS } from './front-pod';
import { CACHES_FILE, frontScript } from './front-script';
import { nginxConfiguration } from './nginx-configuration';
import { Subject } from './subject';

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

  /** Caches beside the registry. @internal */
  readonly _caches?: readonly FrontCache[];
}

/**
 * nginx in the registry's pod, before the registry. It checks logins and remembers them in memory, so that a
 * password costs a hash once a minute and not with each request; asks the access rules; and passes on what they
 * permit. The registry listens on 127.0.0.1 and knows no users. Where clients log in by tokens, it passes their tokens
 * on to the registry, which verifies them and says who may do what; all else is the same.
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

  /** Whether there are access rules, and not everything is permitted to every user. @internal */
  public readonly _ruled: boolean;

  /** Name of the ConfigMap by which a collection makes the registry read-only, if there is one. @internal */
  public _collectionSwitch?: string;

  /** Whether the registry is a native sidecar of nginx. @internal */
  public readonly _sidecar: boolean;

  private readonly auth: RegistryAuth;
  private readonly tls?: RegistryTls;
  private readonly resources: ContainerResources;
  private readonly rules: AccessRule[];
  private readonly caches: readonly FrontCache[];
  /** Addresses at which clients speak HTTPS to something before the pod. */
  private readonly encryptedAddresses = new Set<string>();

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
    this._ruled = props.access !== undefined;
    const { _caches: caches = [] } = props;
    this.caches = caches;
    this.access = this.checkAccess(props.access, storage);
    this.rules = this.access._all(storage.deletion);
    this.image = checkImage(
      this._check,
      'image',
      props.image,
      DEFAULT_FRONT_IMAGE,
      this._context.imageRegistry,
    );
    this.resources = checkResources(this._check, 'resources', props.resources, DEFAULT_FRONT_RESOURCES);
    this._sidecar = checkSidecar(this._check, props.kubernetesVersion);
    if (this.auth.byToken) this.checkTokens(props);
    const limits = checkLimits(this._check, props.limits);
    const trustedProxies = checkProxies(this._check, props.trustedProxies);
    this.configMapName = `${this.registryName}-front`;
    this.switchName = `${this.registryName}-read-only`;
    if (!this.auth.byToken && !/^[-._~/:A-Za-z0-9 ]+$/.test(this.auth.realm))
      this._check.ofRegistry.report('realm-in-front', 'auth.realm', { value: this.auth.realm });
    const configuration = () =>
      nginxConfiguration({
        registryPort: PORTS.registryPort,
        passwordPort: PORTS.passwordPort,
        tlsFolder: this.tls?.inPod ? FRONT_PATHS.tls : undefined,
        htpasswdFile:
          this.auth.secretName === undefined ? undefined : `${FRONT_PATHS.htpasswd}/${this.auth.secretKey}`,
        host: this._context.host,
        verifier: this.verifier(),
        tokens: this.auth.byToken,
        realm: this.auth.realm,
        rules: accessLines(this.rules),
        groupsOfUsers: groupLines(groupsOfUsers(this.access)),
        anonymous: this.access._permitsAnonymous,
        readOnlyFile: `${FRONT_PATHS.switches}/readonly`,
        runFolder: FRONT_PATHS.run,
        encryptedAddresses: [...this.encryptedAddresses],
        trustedProxies,
        limits,
        caches: namedCaches(caches),
        ...(this._collectionSwitch !== undefined && { collectionPort: COLLECTION_PORT }),
      });
    this.configMap = this._object(
      'config',
      Component.REGISTRY,
      { name: this.configMapName },
      k8s.KubeConfigMap.manifest({
        data: {
          // The route, which is made later, says how clients reach it.
          'nginx.conf': Lazy.any({ produce: configuration }) as string,
          'front.sh': Lazy.any({ produce: () => this.script() }) as string,
          ...(caches.length > 0 && {
            [CACHES_FILE]: caches
              .map(({ host, port }, index) => `${serversOf(index)} ${host} ${port}\n`)
              .join(''),
          }),
        },
      }),
    );
  }

  /** What its container reads at its start and never again. @internal */
  public get _startsWith(): readonly string[] {
    // With caches or a collection nginx.conf needs files that another script would not write.
    return this.caches.length > 0 || this._collectionSwitch !== undefined ? [this.script()] : [];
  }

  private script(): string {
    return frontScript({
      folder: FRONT_PATHS.configuration,
      runFolder: FRONT_PATHS.run,
      listen: `${PORTS.port}${this.tls?.inPod === true ? ' ssl' : ''}`,
      caches: this.caches.length > 0,
      ...(this._collectionSwitch !== undefined && {
        collection: { switches: FRONT_PATHS.switches, port: COLLECTION_PORT },
      }),
    });
  }

  /** Where it connects to besides the registry. @internal */
  public get _egress(): k8s.NetworkPolicyEgressRule[] {
    const { _verifier: verifier } = this.auth;
    return [
      ...(verifier === undefined ? [] : [toDestination(verifier)]),
      ...this.caches.map(({ pods, podPort }) => ({
        to: [{ podSelector: { matchLabels: { ...pods } } }],
        ports: [tcp(podPort)],
      })),
    ];
  }

  /** Clients reach it by HTTPS at this address, and something before the pod ends TLS. @internal */
  public _encryptedAt(address: string): void {
    this.encryptedAddresses.add(address);
  }

  /** Rules need users that are known here, and caches, which know no tokens, would be open to everybody. */
  private checkTokens({ access, _caches = [] }: RegistryFrontProps): void {
    const check = this._check.ofRegistry;
    if (access !== undefined) check.report('front-with-tokens', 'access');
    if (_caches.length > 0) check.report('front-with-tokens', 'caches');
  }

  /** Whether a user may do something anywhere; undefined is everybody without a login. @internal */
  public _mayDo(user: string | undefined, permission: AccessPermission): boolean {
    return mayDo(this.rules, this.asker(user), permission);
  }

  /** Whether a user may do something in all repositories of a pattern. @internal */
  public _mayDoIn(user: string | undefined, permission: AccessPermission, pattern: string): boolean {
    return mayDoIn(this.rules, this.asker(user), permission, pattern);
  }

  /** Whether anybody may do something anywhere. @internal */
  public _somebodyMayDo(permission: AccessPermission): boolean {
    return this.rules.some((rule) => rule.permission === permission);
  }

  /** Whether a user, or everybody without a login, may pull all images of a pattern. @internal */
  public _mayPullAll(user: string | undefined, pattern: string): boolean {
    return mayDoIn(this.rules, this.asker(user), AccessPermission.PULL, pattern);
  }

  /** The same for any image of which the name begins with this part. @internal */
  public _mayPullBelow(user: string | undefined, part: string): boolean {
    return mayPullBelow(this.rules, this.asker(user), part);
  }

  /** The table of who may do what. @internal */
  public _table(): string[] {
    const { auth } = this;
    return accessTable(this.rules, rowsOf(this.rules, this.access, auth));
  }

  private verifier(): FrontVerifier | undefined {
    const { _verifier: verifier } = this.auth;
    if (verifier === undefined) return undefined;
    const { url, userHeader, groupsHeader, ca } = verifier;
    const caFile = ca === undefined ? PUBLIC_CAS : `${FRONT_PATHS.verifier}/${ca.key}`;
    return { url, userHeader, groupsHeader, caFile };
  }

  private asker(user: string | undefined): Asker {
    return user === undefined ? {} : { user, groups: groupsOfUsers(this.access)[user] };
  }

  /** The container and its volumes, for the registry's pod. @internal */
  public _pod({ portName, preStopSeconds }: Pick<FrontNeeds, 'portName' | 'preStopSeconds'>): FrontPod {
    const { auth, tls, image, resources, configMapName, switchName } = this;
    return frontPod({
      image,
      portName,
      preStopSeconds,
      tls: tls?.inPod === true,
      resources,
      configMapName,
      switchName,
      users: auth.secretName !== undefined,
      verifierCa: auth._verifier?.ca,
    });
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
        foreignGroups: auth._verifier !== undefined,
        withoutLogin: auth.anonymous,
        deletion,
        caches: this.caches,
      });
    // What is wrong is reported, and must not be read any further.
    return this._check.ok ? access : fallback;
  }
}

/** Without rules, every user may do everything, as with the registry's own login. */
function everything(anonymous: boolean, deletion: boolean): RegistryAccess {
  const who = anonymous ? Subject.everyone() : Subject.allUsers();
  const rules = [AccessRule.push('**'), ...(deletion ? [AccessRule.remove('**')] : []), AccessRule.catalog()];
  return RegistryAccess.rules(rules.map((rule) => rule.to(who)));
}
