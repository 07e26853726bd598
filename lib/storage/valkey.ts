// A small Valkey beside the registry, as cache of blob descriptors that all pods share.
import { ApiObject, Lazy, Size } from 'cdk8s';
import { ContainerResources, Cpu, ImagePullPolicy, ISecret, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { Check, kibibytes } from '../core/check';
import { CHECKSUM, slowDigestOf } from '../core/checksum';
import { checkImage, VALKEY_IMAGE } from '../core/image';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart, RegistryPartProps } from '../core/registry-part';
import { checkUser, restrictedPod, withoutEmpty } from '../core/restricted-pod';
import { secretManifest } from '../core/secret-manifest';
import { policyManifest, tcp } from '../network/policy-manifest';
import { storeOf } from '../secrets/store-selection';
import type { BoundDescriptorCache } from './driver';
import { PASSWORD_VARIABLE, REDIS_PORT, redisSection } from './redis';

/** Name of its port. */
export const VALKEY_PORT_NAME = 'redis';

/** How the Valkey runs. */
export interface ValkeyOptions {
  /**
   * The image: Valkey 7.2 or newer with a shell, with a tag that is not `latest`, or a digest.
   *
   * @default "valkey/valkey:8.1.4-alpine"
   */
  readonly image?: string;

  /**
   * Memory for descriptors: when it is full, those that were asked for least recently are dropped. A descriptor takes
   * some 400 bytes, so that the default has room for 150,000. The pod's limit is half more, and 16 MiB. At least 1 MiB.
   *
   * @default Size.mebibytes(64)
   */
  readonly memory?: Size;

  /**
   * The numeric UID and GID that it runs as, from 1 to 2147483647.
   *
   * @default 65532
   */
  readonly userId?: number;

  /**
   * Leave user and group to the platform, as in `PodOptions`. Not allowed together with `userId`.
   *
   * @default false
   */
  readonly userFromPlatform?: boolean;

  /**
   * When the image is pulled.
   *
   * @default - `IfNotPresent`, the default of Kubernetes for a fixed tag
   */
  readonly imagePullPolicy?: ImagePullPolicy;

  /**
   * Pull secrets of type kubernetes.io/dockerconfigjson for the image.
   *
   * @default - none
   */
  readonly imagePullSecrets?: ISecret[];

  /**
   * Node labels that the pod requires.
   *
   * @default - any node
   */
  readonly nodeSelector?: { [key: string]: string };

  /**
   * Tolerations of node taints.
   *
   * @default - none
   */
  readonly tolerations?: k8s.Toleration[];
}

/** Deploys it. */
export function valkey(part: RegistryPart, check: Check, given: ValkeyOptions): BoundDescriptorCache {
  const { _context } = part;
  const options = check.options<ValkeyOptions>('props', given);
  const { objectName, password } = new DeployedValkey(part, 'descriptor-cache', { _context, options });
  if (objectName.length > LONGEST_NAME)
    check.ofRegistry.report('valkey-name-too-long', 'storage.descriptorCache', {
      name: objectName,
      characters: objectName.length,
    });
  const own = selectorLabels(part.registryName, Component.DESCRIPTOR_CACHE);
  return {
    shared: true,
    server: { host: objectName, port: REDIS_PORT, password: { name: objectName, key: KEY } },
    component: Component.DESCRIPTOR_CACHE,
    redis: (version) => redisSection(version, `${objectName}:${REDIS_PORT}`),
    env: [{ name: PASSWORD_VARIABLE, valueFrom: { secretKeyRef: { name: objectName, key: KEY } } }],
    egress: [{ to: [{ podSelector: { matchLabels: own } }], ports: [tcp(REDIS_PORT)] }],
    secrets: [password],
  };
}

interface DeployedValkeyProps extends RegistryPartProps {
  readonly options: ValkeyOptions;
}

/** Its Deployment, Service, password and NetworkPolicy. */
class DeployedValkey extends RegistryPart {
  public readonly objectName: string;
  /** The password. Made in the store if it is missing. */
  public readonly password: () => string;

  constructor(scope: Construct, id: string, { options, ...props }: DeployedValkeyProps) {
    super(scope, id, props);
    this.objectName = `${this.registryName}-descriptor-cache`;
    this.password = this.addPassword();
    const own = selectorLabels(this.registryName, Component.DESCRIPTOR_CACHE);
    const registry = { podSelector: { matchLabels: selectorLabels(this.registryName, Component.REGISTRY) } };
    const policy = policyManifest({ pods: own, from: { portName: VALKEY_PORT_NAME, peers: [registry] } });
    this.add('policy', policy);
    this.add(
      'service',
      k8s.KubeService.manifest({
        spec: {
          type: 'ClusterIP',
          selector: own,
          ports: [
            {
              name: VALKEY_PORT_NAME,
              port: REDIS_PORT,
              targetPort: k8s.IntOrString.fromString(VALKEY_PORT_NAME),
              protocol: 'TCP',
            },
          ],
        },
      }),
    );
    this.deploy(options, own);
  }

  private add(id: string, manifest: Parameters<RegistryPart['_object']>[3]): ApiObject {
    return this._object(id, Component.DESCRIPTOR_CACHE, { name: this.objectName }, manifest);
  }

  private addPassword(): () => string {
    const store = storeOf(this, this._identity, () => this.password());
    let text: string | undefined;
    const password = () => {
      text ??= store._secret(this._identity, 'descriptor-cache');
      return text;
    };
    this.add('secret', secretManifest({ [KEY]: password }));
    return password;
  }

  private deploy(options: ValkeyOptions, selector: Record<string, string>): void {
    const memory = this._check.size('memory', options.memory, DEFAULT_MEMORY, 'Size.mebibytes(64)');
    if (kibibytes(memory) < 1024)
      this._check.report('valkey-memory-too-small', 'memory', { value: memory.asString() });
    const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform } = options;
    const digest = () => slowDigestOf([this.password()], `${this.namespace ?? ''}/${this.objectName}`);
    this.add(
      'deployment',
      k8s.KubeDeployment.manifest({
        spec: {
          replicas: 1,
          // An empty one takes no time to fill, and two would not know of each other.
          strategy: { type: 'Recreate' },
          selector: { matchLabels: selector },
          template: {
            metadata: {
              labels: this._labels(Component.DESCRIPTOR_CACHE),
              annotations: { [CHECKSUM]: Lazy.any({ produce: digest }) as string },
            },
            spec: restrictedPod(
              this._check,
              withoutEmpty({
                imagePullPolicy,
                imagePullSecrets,
                nodeSelector,
                tolerations,
                userFromPlatform,
              }),
              {
                main: this.container(options, Math.floor(kibibytes(memory))),
                volumes: [],
                userId: checkUser(this._check, options, 65532),
                replicas: 1,
                selector,
                graceSeconds: 5,
                resources: resourcesFor(memory),
              },
            ),
          },
        },
      }),
    );
  }

  private container(options: ValkeyOptions, kib: number): k8s.Container {
    const alive = { exec: { command: ['sh', '-c', ALIVE] }, timeoutSeconds: 3 };
    return {
      name: 'valkey',
      image: checkImage(this._check, 'image', options.image, VALKEY_IMAGE, this._context.imageRegistry),
      command: ['sh', '-c', START],
      env: [
        { name: 'PASSWORD', valueFrom: { secretKeyRef: { name: this.objectName, key: KEY } } },
        { name: 'MEMORY', value: `${kib}kb` },
      ],
      ports: [{ name: VALKEY_PORT_NAME, containerPort: REDIS_PORT }],
      readinessProbe: { ...alive, periodSeconds: 10 },
      livenessProbe: { ...alive, periodSeconds: 10, failureThreshold: 6 },
    };
  }
}

/** Of a Service. */
const LONGEST_NAME = 63;
/** The key in the Secret. */
const KEY = 'password';

const DEFAULT_MEMORY = Size.mebibytes(64);

/**
 * The password comes by the standard input: arguments can be read by whoever lists processes. A write to disk would
 * need a volume, and keys never expire.
 */
const START = `exec valkey-server - --port ${REDIS_PORT} --bind '* -::*' --save '' --appendonly no --maxmemory "$MEMORY" --maxmemory-policy allkeys-lru <<EOF
requirepass "$PASSWORD"
EOF
`;

/** It answers, even if only that there is no login. */
const ALIVE = `case $(valkey-cli -p ${REDIS_PORT} ping 2>&1) in PONG | NOAUTH*) ;; *) exit 1 ;; esac`;

/** Room for clients and what is not counted. */
function resourcesFor(memory: Size): ContainerResources {
  const limit = Size.mebibytes(Math.ceil((kibibytes(memory) / 1024) * 1.5) + 16);
  return { cpu: { request: Cpu.millis(10) }, memory: { request: limit, limit } };
}
