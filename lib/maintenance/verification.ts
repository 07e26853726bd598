// A CronJob that uses the registry as its clients do, and says what works: after each change, and on a schedule.
import { ApiObject, Duration, Size } from 'cdk8s';
import { ContainerResources, Cpu, k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../app/notes-collector';
import { CheckedLogin, checkLoginIfAsked, DOCKER_CONFIG_KEY } from '../auth/client-login';
import { required } from '../core/check';
import { checkImage } from '../core/image';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { checkResources } from '../core/resources';
import { checkUser, restrictedPod, withoutEmpty } from '../core/restricted-pod';
import { checkSchedule, checkTimeLimit, checkTimeZone } from '../core/schedule';
import { checkSecretKeyRef } from '../core/secret-key-ref';
import { DEFAULT_FRONT_IMAGE } from '../front/front-options';
import { policyManifest } from '../network/policy-manifest';
import { Registry } from '../registry';
import { egressOf, serversOf } from './verification-addresses';
import { expectations, layerBytes, repositoryOf } from './verification-expectations';
import { RegistryVerificationProps, VerificationAddress } from './verification-options';
import { VERIFICATION_SCRIPT } from './verification-script';

const PATHS: Readonly<Record<string, string>> = {
  script: '/verification',
  login: '/login',
  ca: '/ca',
  tmp: '/tmp',
};

/**
 * A CronJob that pushes a small image and a large one, pulls them, compares digests, reads a part, lists, deletes,
 * and sees that nobody gets in without a login or with a wrong password. Its log has a line for each check: `ok`, or
 * `FAILED` with what to look at. Run it after each change and wait for its Job.
 *
 * @example
 * new RegistryVerification(chart, 'verification', {
 *   registry,
 *   address: VerificationAddress.BOTH,
 *   schedule: '15 * * * *',
 *   layerSize: Size.mebibytes(200),
 * });
 */
export class RegistryVerification extends RegistryPart {
  /** The CronJob. */
  public readonly cronJob: ApiObject;
  /** Its name, and that of the objects beside it. */
  public readonly objectName: string;
  /** URLs at which the registry is verified. */
  public readonly urls: string[];
  /**
   * The Secret with the login, or the ExternalSecret that creates it; undefined where it exists already or where there
   * is no login.
   */
  public readonly secret?: ApiObject;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and how to log in to it
   */
  constructor(scope: Construct, id: string, props: RegistryVerificationProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    this.objectName = `${this.registryName}-verification`;
    if (this.objectName.length > LONGEST_NAME)
      this._check.report('verification-name-too-long', 'registry', {
        name: this.objectName,
        characters: this.objectName.length,
      });
    const address = this._check.enum(
      'address',
      props.address,
      VerificationAddress.SERVICE,
      Object.values(VerificationAddress),
    );
    const servers = serversOf(this._check, registry, address);
    this.urls = servers.map(({ url }) => url);
    const login = this.login(props);
    if (login?.withFiles)
      this.secret = this._object(
        'secret',
        Component.VERIFICATION,
        { name: this.objectName },
        login.withFiles(this.objectName, { login: (text) => text }),
      );
    this._object(
      'script',
      Component.VERIFICATION,
      { name: this.objectName },
      k8s.KubeConfigMap.manifest({ data: { verify: VERIFICATION_SCRIPT } }),
    );
    const own = selectorLabels(this.registryName, Component.VERIFICATION);
    this._object(
      'policy',
      Component.VERIFICATION,
      { name: this.objectName },
      policyManifest({ pods: own, to: egressOf(this._check, props, servers) }),
    );
    registry.deployment.networkPolicy?._alsoFrom({ podSelector: { matchLabels: own } });
    const bytes = layerBytes(this._check, props.layerSize);
    const variables = {
      SERVERS: servers.map(({ url, connectTo }) => (connectTo ? `${url},${connectTo}` : url)).join(' '),
      KUBECTL: this.kubectl,
      NAME: this.registryName,
      ...expectations(registry, login, repositoryOf(this._check, props, login)),
      LAYER_BYTES: String(bytes),
      LOGIN_AT: servers.map(({ host }) => host).join(' '),
    };
    this.cronJob = this.writeCronJob(props, this.volumes(props, login, bytes), variables);
    addNotes(this, () => this.notes());
  }

  private get kubectl(): string {
    return this.namespace === undefined ? 'kubectl' : `kubectl -n ${this.namespace}`;
  }

  private login({ registry, login }: RegistryVerificationProps): CheckedLogin | undefined {
    const { auth, address } = registry;
    if (auth.byToken && login !== undefined) this._check.report('verification-login-with-tokens', 'login');
    return checkLoginIfAsked(this._check, 'login', login, auth, address);
  }

  private writeCronJob(
    props: RegistryVerificationProps,
    volumes: k8s.Volume[],
    variables: Readonly<Record<string, string>>,
  ): ApiObject {
    const labels = this._labels(Component.VERIFICATION);
    const { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform, hostAliases } =
      props;
    const schedule =
      props.schedule === undefined ? undefined : checkSchedule(this._check, props.schedule, '@hourly');
    const template = {
      metadata: withoutEmpty({
        labels: { ...labels, ...this._userLabels('podLabels', props.podLabels) },
        annotations: this._podAnnotations('podAnnotations', props.podAnnotations),
      }),
      spec: {
        restartPolicy: 'Never',
        ...restrictedPod(
          this._check,
          { imagePullPolicy, imagePullSecrets, nodeSelector, tolerations, userFromPlatform, hostAliases },
          {
            main: this.container(props, volumes, variables),
            volumes,
            userId: checkUser(this._check, props, 1000),
            replicas: 1,
            selector: selectorLabels(this.registryName, Component.VERIFICATION),
            graceSeconds: 5,
            resources: checkResources(this._check, 'resources', props.resources, DEFAULT_RESOURCES),
          },
        ),
      },
    };
    return this._object(
      'cron-job',
      Component.VERIFICATION,
      { name: this.objectName },
      k8s.KubeCronJob.manifest({
        spec: {
          // A schedule is required. The suspended one is never looked at.
          schedule: schedule ?? '@yearly',
          suspend: schedule === undefined,
          timeZone: checkTimeZone(this._check, props.timeZone),
          concurrencyPolicy: 'Forbid',
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels },
            // No retry: what works at the second attempt does not work.
            spec: {
              backoffLimit: 0,
              activeDeadlineSeconds: checkTimeLimit(
                this._check,
                props.timeLimit,
                Duration.minutes(15),
                'Duration.minutes(15)',
              ),
              template,
            },
          },
        },
      }),
    );
  }

  private volumes(
    { registry: { tls }, caSecret }: RegistryVerificationProps,
    login: CheckedLogin | undefined,
    bytes: number,
  ): k8s.Volume[] {
    const own = tls.privateCa && tls.secretName !== undefined ? { name: tls.secretName, key: CA } : undefined;
    const given = caSecret === undefined ? own : checkSecretKeyRef(this._check, 'caSecret', caSecret, CA);
    const ca = this.urls.some((url) => url.startsWith('https:')) ? given : undefined;
    // The layer, the same one pulled, and small files.
    const mebibytes = Math.ceil((2 * bytes) / 2 ** 20) + 16;
    return [
      { name: 'script', configMap: { name: this.objectName } },
      { name: 'tmp', emptyDir: { sizeLimit: k8s.Quantity.fromString(`${mebibytes}Mi`) } },
      ...(login?.withFiles ? [fromSecret('login', this.objectName, 'login', 'login')] : []),
      ...(login?.existing ? [fromSecret('login', login.existing, DOCKER_CONFIG_KEY, 'config.json')] : []),
      ...(ca ? [fromSecret('ca', ca.name, ca.key, CA)] : []),
    ];
  }

  private container(
    props: RegistryVerificationProps,
    volumes: readonly k8s.Volume[],
    variables: Readonly<Record<string, string>>,
  ): k8s.Container {
    const ca = volumes.some(({ name }) => name === 'ca');
    const all = { ...variables, ...(ca && { CURL_CA_BUNDLE: `${PATHS.ca}/${CA}` }) };
    return {
      name: 'verification',
      image: checkImage(this._check, 'image', props.image, DEFAULT_FRONT_IMAGE, this._context.imageRegistry),
      command: ['sh', `${PATHS.script}/verify`],
      env: Object.entries(all).map(([name, value]) => ({ name, value })),
      volumeMounts: volumes.map(({ name }) => ({
        name,
        mountPath: String(PATHS[name]),
        ...(name !== 'tmp' && { readOnly: true }),
      })),
    };
  }

  private notes(): string {
    const title = `The verification of registry "${this.registryName}"`;
    const { kubectl } = this;
    return [
      title,
      '='.repeat(title.length),
      '',
      `After each change, see that it works:`,
      '',
      `job=verify-$(date +%s)`,
      `${kubectl} create job --from=cronjob/${this.objectName} $job`,
      `${kubectl} wait --for=condition=complete --timeout=5m job/$job || echo FAILED`,
      `${kubectl} logs job/$job`,
      '',
    ].join('\n');
  }
}

/** The key of a CA in a Secret. */
const CA = 'ca.crt';
/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
const DEFAULT_RESOURCES: ContainerResources = {
  cpu: { request: Cpu.millis(10) },
  memory: { request: Size.mebibytes(32), limit: Size.mebibytes(128) },
};

function fromSecret(name: string, secretName: string, key: string, path: string): k8s.Volume {
  return { name, secret: { secretName, defaultMode: 0o440, items: [{ key, path }] } };
}
