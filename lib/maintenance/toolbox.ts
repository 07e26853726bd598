// A pod with regctl that is logged in to the registry, for inspecting and cleaning it up with kubectl.

import { ApiObject, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../app/notes/collector';
import { CheckedLogin, checkLoginIfAsked, DOCKER_CONFIG_KEY, RegistryLogin } from '../auth/client-login';
import { required } from '../core/check';
import { checkImage, REGCTL_IMAGE } from '../core/image';
import { kubectlIn } from '../core/kubectl';
import { Component, selectorLabels } from '../core/labels';
import { PodOptions } from '../core/pod-options';
import { RegistryPart } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod, revisionHistory, withoutEmpty } from '../core/restricted-pod';
import { AccessPermission } from '../front/access';
import { configuredNetwork } from '../network/configured-egress';
import { policyManifest } from '../network/policy-manifest';
import { Registry } from '../registry';
import { Connection, connectionTo } from './connection';

/** Folder of regctl's configuration and of the scripts. */
const TOOLS_PATH = '/toolbox';
const LOGIN_PATH = '/login';
const CA_PATH = '/ca';

/**
 * Deletes by digest where it can: Distribution 3.x keeps an image of which only the tag is deleted, and
 * garbage collection keeps it too.
 */
const DELETE_TAG = `#!/bin/sh
# Usage: sh ${TOOLS_PATH}/delete-tag REPOSITORY:TAG
# Deletes one tag, and the image that it names unless another tag of the repository names it too.
set -eu
case "\${1:-}" in
  ?*:?*) ;;
  *) echo "usage: sh ${TOOLS_PATH}/delete-tag REPOSITORY:TAG" >&2; exit 64 ;;
esac
repository=$REGISTRY/\${1%:*}
tag=\${1##*:}
digest=$(regctl image digest "$repository:$tag")
for other in $(regctl tag ls "$repository"); do
  if [ "$other" != "$tag" ] && [ "$(regctl image digest "$repository:$other")" = "$digest" ]; then
    regctl tag rm "$repository:$tag"
    echo "deleted the tag $1; the image stays, as $other"
    exit 0
  fi
done
regctl manifest rm "$repository@$digest"
echo "deleted $1; its layers take space until garbage is collected"
`;

/** Props of `RegistryToolbox`. */
export interface RegistryToolboxProps extends PodOptions {
  /** The registry to log in to. */
  readonly registry: Registry;

  /**
   * The login of the toolbox. Every user with `kubectl exec` permission in the registry's namespace can use
   * it.
   *
   * @default - the registry's first user, whose password this library must know: one that is generated, or
   * given at this synth
   */
  readonly login?: RegistryLogin;

  /**
   * An image with regctl, a shell and `sleep`, with a tag that is not `latest`, or a digest.
   *
   * @default "ghcr.io/regclient/regctl:v0.11.7-alpine"
   */
  readonly image?: string;

  /**
   * The numeric UID and GID that the toolbox runs as, from 1 to 2147483647.
   *
   * @default 1000
   */
  readonly userId?: number;

  /**
   * Whether its pod runs. `kubectl scale` starts and stops it at other times.
   *
   * @default true
   */
  readonly running?: boolean;
}

/**
 * A pod that lists repositories and tags and deletes tags, by `kubectl exec`.
 *
 * @example
 * new RegistryToolbox(chart, 'toolbox', {
 *   registry,
 *   login: RegistryLogin.ofUser({ user: 'admin' }),
 * });
 */
export class RegistryToolbox extends RegistryPart {
  /** The Deployment. */
  public readonly deployment: ApiObject;
  /** The registry's address in regctl's commands. */
  public readonly address: string;
  /**
   * The Secret with the login, or the ExternalSecret that creates it; undefined where it exists already or
   * where the registry has no login.
   */
  public readonly secret?: ApiObject;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and how to log in to it
   */
  constructor(scope: Construct, id: string, props: RegistryToolboxProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    const { auth } = registry;
    const connection = connectionTo(this._check, registry);
    this.address = connection.address;
    if (auth.byToken) this._check.report('toolbox-with-tokens', 'registry');
    const login = checkLoginIfAsked(this._check, 'login', props.login, auth, connection.loginAddress);
    // It is ready once it has read the list of repositories.
    const { existing, user } = login ?? {};
    if (existing === undefined && registry.front?._mayDo(user, AccessPermission.CATALOG) === false)
      this._check.report('toolbox-without-catalog-rule', 'login', {
        value: user ?? 'everybody',
        to: user === undefined ? '.toEveryone()' : `.to(Subject.user('${user}'))`,
      });
    if (login && existing === undefined)
      this.secret = this._object(
        'secret',
        Component.TOOLBOX,
        { name: this.objectName },
        login.manifest(this.objectName),
      );
    this._object(
      'tools',
      Component.TOOLBOX,
      { name: this.objectName },
      k8s.KubeConfigMap.manifest({
        data: { 'regctl.json': this.regctl(connection), 'delete-tag': DELETE_TAG },
      }),
    );
    this.writePolicy(registry, connection, props.env);
    this.deployment = this.writeDeployment(props, connection, login);
    addNotes(this, () => this.notes(registry));
  }

  private get objectName(): string {
    return `${this.registryName}-toolbox`;
  }

  private regctl({ address, encrypted }: Connection): string {
    return `${JSON.stringify({ hosts: { [address]: { tls: encrypted ? 'enabled' : 'disabled' } } })}\n`;
  }

  /** No ingress; egress to the registry, which admits it. */
  private writePolicy({ deployment }: Registry, { egress }: Connection, env: unknown): void {
    const own = selectorLabels(this.registryName, Component.TOOLBOX);
    const { rules } = configuredNetwork({}, env, [egress]);
    this._object(
      'policy',
      Component.TOOLBOX,
      { name: this.objectName },
      policyManifest({ pods: own, to: [egress, ...rules] }),
    );
    deployment.networkPolicy?._alsoFrom({ podSelector: { matchLabels: own } });
  }

  private writeDeployment(
    props: RegistryToolboxProps,
    { caSecret: ca }: Connection,
    login: CheckedLogin | undefined,
  ): ApiObject {
    const selector = selectorLabels(this.registryName, Component.TOOLBOX);
    const replicas = this._check.boolean('running', props.running, true) ? 1 : 0;
    const resources = checkResources(this._check, 'resources', props.resources, DEFAULT_RESOURCES);
    const volumes: k8s.Volume[] = [
      { name: 'tools', configMap: { name: this.objectName } },
      ...(login
        ? [fromSecret('login', login.existing ?? this.objectName, DOCKER_CONFIG_KEY, 'config.json')]
        : []),
      ...(ca ? [fromSecret('ca', ca, 'ca.crt', 'ca.crt')] : []),
    ];
    return this._object(
      'deployment',
      Component.TOOLBOX,
      { name: this.objectName },
      k8s.KubeDeployment.manifest({
        spec: {
          replicas,
          revisionHistoryLimit: revisionHistory(this._check, props),
          strategy: { type: 'Recreate' },
          selector: { matchLabels: selector },
          template: {
            metadata: withoutEmpty({
              labels: {
                ...this._labels(Component.TOOLBOX),
                ...this._userLabels('podLabels', props.podLabels),
              },
              annotations: this._podAnnotations('podAnnotations', props.podAnnotations),
            }),
            spec: restrictedPod(this._check, props, {
              main: this.container(
                checkImage(this._check, 'image', props.image, REGCTL_IMAGE, this._context.imageRegistry),
                volumes,
              ),
              volumes,
              userId: checkUser(this._check, props, 1000),
              replicas: 1,
              selector,
              graceSeconds: 5,
              resources,
            }),
          },
        },
      }),
    );
  }

  private container(image: string, volumes: readonly k8s.Volume[]): k8s.Container {
    const paths: Record<string, string> = { tools: TOOLS_PATH, login: LOGIN_PATH, ca: CA_PATH };
    const has = (name: string) => volumes.some((volume) => volume.name === name);
    return {
      name: 'toolbox',
      image,
      command: ['sh', '-c', 'trap "exit 0" TERM; while :; do sleep 3600 & wait $!; done'],
      env: [
        { name: 'REGISTRY', value: this.address },
        { name: 'REGCTL_CONFIG', value: `${TOOLS_PATH}/regctl.json` },
        ...(has('login') ? [{ name: 'DOCKER_CONFIG', value: LOGIN_PATH }] : []),
        // The CAs that Go programs trust.
        ...(has('ca') ? [{ name: 'SSL_CERT_FILE', value: `${CA_PATH}/ca.crt` }] : []),
      ],
      volumeMounts: volumes.map(({ name }) => ({ name, mountPath: String(paths[name]), readOnly: true })),
      // Ready once its login works. `kubectl exec` works before that.
      readinessProbe: {
        exec: { command: ['regctl', 'repo', 'ls', '--limit', '1', this.address] },
        periodSeconds: 60,
        timeoutSeconds: 10,
      },
      livenessProbe: { exec: { command: ['true'] }, periodSeconds: 60, timeoutSeconds: 10 },
    };
  }

  private notes({ storage }: Registry): string {
    const title = `The toolbox of registry "${this.registryName}"`;
    const run = `${kubectlIn(this.namespace)} exec deployment/${this.objectName} --`;
    const deletion = [
      `${run} sh ${TOOLS_PATH}/delete-tag hello:1.0`,
      'What that leaves behind takes space until garbage is collected.',
    ];
    return [
      title,
      '='.repeat(title.length),
      '',
      `${run} regctl repo ls ${this.address}`,
      `${run} regctl tag ls ${this.address}/hello`,
      ...(storage.deletion ? deletion : []),
      '',
    ].join('\n');
  }
}

const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

function fromSecret(name: string, secretName: string, key: string, path: string): k8s.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: [{ key, path }] } };
}
