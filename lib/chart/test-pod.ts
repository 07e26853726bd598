// The pod of `helm test`: a pod that pushes a small file to the registry and pulls it again, which `helm test`
// runs.
import { Size } from 'cdk8s';
import { Cpu, k8s } from 'cdk8s-plus-27';
import { Component, selectorLabels } from '../core/labels';
import type { PodOptions } from '../core/pod-options';
import { RegistryPart } from '../core/registry-part';
import { checkUser, restrictedPod } from '../core/restricted-pod';
import { AccessPermission } from '../front/access';
import { Registry } from '../registry';

const CA_PATH = '/ca';

const HOOK = { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' };

/** What the pod does, as far as it knows a login. */
const SCRIPTS = {
  pushes: [
    'echo "pushed by helm test" > /tmp/pushed',
    'regctl artifact put --artifact-type application/vnd.cdk8s-registry.test --file /tmp/pushed "$REGISTRY/helm-test:1"',
    'regctl artifact get "$REGISTRY/helm-test:1" > /tmp/pulled',
    'cmp /tmp/pushed /tmp/pulled',
  ],
  deletes: ['regctl manifest rm "$REGISTRY/helm-test@$(regctl image digest "$REGISTRY/helm-test:1")"'],
  reads: ['regctl repo ls --limit 1 "$REGISTRY"'],
  isRefused: [
    'if regctl repo ls --limit 1 "$REGISTRY" > /tmp/answer 2>&1; then echo "the registry answers without a login" >&2; exit 1; fi',
    'cat /tmp/answer',
  ],
  saysSo: ['grep -qi unauthorized /tmp/answer'],
  // By tokens, regctl asks the token service, which the pod need not reach.
  asksForToken: ['grep -qiE "unauthorized|auth token" /tmp/answer'],
} as const;

/** The pod of `helm test`. */
export class TestPod extends RegistryPart {
  /**
   * @param registry what it pushes to
   * @param image an image with regctl and a shell
   * @param options when and with which pull secrets nodes pull it, and whom it runs as
   */
  constructor(
    registry: Registry,
    image: string,
    options: Pick<PodOptions, 'imagePullPolicy' | 'imagePullSecrets' | 'userFromPlatform'>,
  ) {
    super(registry, 'test', { _context: registry._context });
    const name = `${this.registryName}-test`;
    const { service, tls } = registry;
    const selector = selectorLabels(this.registryName, Component.TEST);
    registry.deployment.networkPolicy?._alsoFrom({ podSelector: { matchLabels: selector } });
    // A certificate that was not made here need not be for the Service's name, and a password goes to nobody
    // who can't prove who he is.
    const known = !tls.inPod || tls._selfSigned;
    const login = known ? this.login(registry) : undefined;
    const ca = tls.inPod && tls._selfSigned ? tls.secretName : undefined;
    this._object(
      'pod',
      Component.TEST,
      { name, annotations: HOOK },
      k8s.KubePod.manifest({
        spec: {
          restartPolicy: 'Never',
          ...restrictedPod(this._check, options, {
            main: {
              name: 'test',
              image,
              command: ['sh', '-euc', this.script(registry, known, login !== undefined).join('\n')],
              env: [
                { name: 'REGISTRY', value: `${service.serviceName}:${service.port}` },
                { name: 'TLS', value: tls.inPod ? (known ? 'enabled' : 'insecure') : 'disabled' },
                { name: 'REGCTL_CONFIG', value: '/tmp/regctl.json' },
                ...(ca ? [{ name: 'SSL_CERT_FILE', value: `${CA_PATH}/ca.crt` }] : []),
                ...(login
                  ? [fromSecret('USERNAME', login, 'username'), fromSecret('PASSWORD', login, 'password')]
                  : []),
              ],
              volumeMounts: [
                { name: 'tmp', mountPath: '/tmp' },
                ...(ca ? [{ name: 'ca', mountPath: CA_PATH, readOnly: true }] : []),
              ],
            },
            volumes: [
              { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString('16Mi') } },
              ...(ca
                ? [
                    {
                      name: 'ca',
                      secret: {
                        secretName: ca,
                        defaultMode: 0o440,
                        items: [{ key: 'ca.crt', path: 'ca.crt' }],
                      },
                    },
                  ]
                : []),
            ],
            userId: checkUser(this._check, options, 1000),
            replicas: 1,
            selector,
            graceSeconds: 5,
            resources: {
              cpu: { request: Cpu.millis(10) },
              memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
            },
          }),
        },
      }),
    );
  }

  /** The Secret with a name and a password. */
  private login({ auth }: Registry): string | undefined {
    if (auth.anonymous) return undefined;
    const [user] = auth.userNames;
    return user !== undefined && auth.showPasswordCommand(user) !== undefined
      ? `${this.registryName}-login`
      : undefined;
  }

  private script({ auth, storage, front }: Registry, known: boolean, login: boolean): string[] {
    const user = login ? auth.userNames[0] : undefined;
    const asksAs = login || auth.anonymous;
    const may = (permission: AccessPermission) =>
      front === undefined || front._mayDoIn(user, permission, 'helm-test');
    const lists = front === undefined ? asksAs : front._mayDo(user, AccessPermission.CATALOG);
    const pushes = asksAs && known && !storage.readOnly && may(AccessPermission.PUSH);
    const refused = [...SCRIPTS.isRefused, ...(auth.byToken ? SCRIPTS.asksForToken : SCRIPTS.saysSo)];
    const deletes = storage.deletion && may(AccessPermission.REMOVE) ? SCRIPTS.deletes : [];
    return [
      'regctl registry set --skip-check --tls "$TLS" "$REGISTRY"',
      ...(login
        ? ['printf %s "$PASSWORD" | regctl registry login "$REGISTRY" --user "$USERNAME" --pass-stdin']
        : []),
      ...(pushes ? [...SCRIPTS.pushes, ...deletes] : lists ? SCRIPTS.reads : login ? [] : refused),
    ];
  }
}

function fromSecret(name: string, secret: string, key: string): k8s.EnvVar {
  return { name, valueFrom: { secretKeyRef: { name: secret, key } } };
}
