// A CronJob that deletes images which no rule keeps. The decision is in plan-script.ts, the deletion in run-script.ts.
import { ApiObject, Duration, JsonPatch } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../../app/notes/collector';
import { CheckedLogin, checkLoginIfAsked } from '../../auth/client-login';
import { required } from '../../core/check';
import { Component, selectorLabels } from '../../core/labels';
import { RegistryPart } from '../../core/registry-part';
import { isRepositoryPattern } from '../../core/repository-pattern';
import { withoutEmpty } from '../../core/restricted-pod';
import { checkSchedule, checkTimeLimit, checkTimeZone, type TimeLimit } from '../../core/schedule';
import { RegistryVersion } from '../../distribution/version';
import { AccessPermission } from '../../front/access';
import { toPort } from '../../network/egress-rules';
import { policyManifest } from '../../network/policy-manifest';
import { Registry } from '../../registry';
import { Connection, connectionTo } from '../connection';
import { retentionNotes } from './notes';
import { RegistryRetentionProps, SpareRunningOptions } from './options';
import { PLAN_SCRIPT } from './plan-script';
import { FILES_PATH, retentionPod } from './pod';
import { RetentionRule } from './rule';
import { checkRules, hasStars, rulesAsLua } from './rule-checks';
import { RUN_SCRIPT } from './run-script';

/**
 * A CronJob that deletes images which no rule keeps: their tags, and the manifests that no other image needs.
 * Signatures, SBOMs and attestations stay and go with their image. A collection frees the space afterwards. Unless
 * `dryRun` is false it deletes nothing, and its log is a report of what it would delete.
 *
 * @example
 * new RegistryRetention(chart, 'retention', {
 *   registry: new Registry(chart, 'registry', { host: 'registry.example.com', storage: { deletion: true } }),
 *   rules: [RetentionRule.repositories('team/**').keepNewest(10).keepTags('v*')],
 *   dryRun: false,
 * });
 */
export class RegistryRetention extends RegistryPart {
  /** The CronJob. */
  public readonly cronJob: ApiObject;
  /**
   * The Secret with the login, or the ExternalSecret that creates it; undefined where it exists already or
   * where the registry has no login.
   */
  public readonly secret?: ApiObject;
  /** The ClusterRole that lists pods, if images that run are spared. */
  public readonly clusterRole?: ApiObject;
  /** Whether runs delete nothing. */
  public readonly dryRun: boolean;

  private readonly spares: boolean;

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props the registry, and what is kept
   */
  constructor(scope: Construct, id: string, props: RegistryRetentionProps) {
    super(scope, id, { _context: required('registry', props?.registry, Registry)._context });
    const { registry } = props;
    this.dryRun = this._check.boolean('dryRun', props.dryRun, true);
    const rules = checkRules(this._check, props.rules, registry.caches);
    const connection = connectionTo(this._check, registry);
    this.checkName();
    this.checkDeletion(registry);
    const login = this.checkLogin(props, connection);
    this.checkRights(registry, rules, login);
    const spare =
      props.spareRunning === undefined
        ? undefined
        : this._check.options<SpareRunningOptions>('spareRunning', props.spareRunning);
    this.spares = spare !== undefined;
    if (login && login.existing === undefined)
      this.secret = this.add('secret', login.manifest(this.objectName));
    if (this.spares) this.clusterRole = this.writeRole();
    this.add('files', k8s.KubeConfigMap.manifest({ data: this.files(registry, connection, rules) }));
    this.writePolicy(registry, connection);
    this.cronJob = this.writeCronJob(props, connection, login, spare);
    addNotes(this, () =>
      retentionNotes({
        registryName: this.registryName,
        namespace: this.namespace,
        cronJob: this.objectName,
        dryRun: this.dryRun,
        clusterRole: this.clusterRole?.name,
      }),
    );
  }

  private get objectName(): string {
    return `${this.registryName}-retention`;
  }

  /** Two namespaces may each have a registry of one name. None of them has a dot. */
  private get clusterName(): string {
    return `${this.namespace}.${this.objectName}`;
  }

  private add(
    id: string,
    manifest: Parameters<RegistryPart['_object']>[3],
    name = this.objectName,
  ): ApiObject {
    return this._object(id, Component.RETENTION, { name }, manifest);
  }

  private checkName(): void {
    const { length } = this.objectName;
    if (length > LONGEST_NAME)
      this._check.report('retention-name-too-long', 'registry', {
        name: this.objectName,
        characters: length,
      });
  }

  private checkDeletion({ storage, deployment, auth }: Registry): void {
    if (!storage.deletion) this._check.report('retention-without-deletion', 'registry');
    if (storage.readOnly || deployment.configuration._readOnly)
      this._check.report('retention-of-a-read-only-registry', 'registry');
    if (auth.byToken) this._check.report('retention-with-tokens', 'registry');
  }

  private checkLogin(
    { registry: { auth }, login }: RegistryRetentionProps,
    connection: Connection,
  ): CheckedLogin | undefined {
    const { loginAddress } = connection;
    return checkLoginIfAsked(this._check, 'login', login, auth, loginAddress, 'retention-password-unknown');
  }

  /** Whose login an existing Secret holds is not known, nor who the users of an existing file are. */
  private checkRights(
    { front, auth }: Registry,
    rules: readonly RetentionRule[],
    login: CheckedLogin | undefined,
  ): void {
    if (front === undefined || auth.byToken || (login && !login.user)) return;
    const user = login?.user;
    const patterns = [...new Set(rules.flatMap((rule) => rule.patterns))].filter(isRepositoryPattern);
    const value = user ?? 'everybody';
    const to = user === undefined ? '.toEveryone()' : `.to(Subject.user('${user}'))`;
    if (hasStars(patterns) && !front._mayDo(user, AccessPermission.CATALOG))
      this._check.report('retention-without-catalog-rule', 'login', { value, to });
    for (const pattern of patterns)
      if (!front._mayDoIn(user, AccessPermission.REMOVE, pattern))
        this._check.report('retention-may-not-delete', 'login', { value, pattern, to });
  }

  private files(
    { deployment }: Registry,
    { address, encrypted }: Connection,
    rules: readonly RetentionRule[],
  ): Record<string, string> {
    const creds = [{ registry: address, tls: encrypted ? 'enabled' : 'disabled' }];
    const scripts = [{ name: 'retention', script: `dofile("${FILES_PATH}/run.lua")` }];
    return {
      'regbot.json': `${JSON.stringify({ version: 1, creds, scripts }, undefined, 2)}\n`,
      'rules.lua': rulesAsLua(this._check.ok ? rules : [], {
        tagDeletion: deployment.version !== RegistryVersion.V2,
        attempts: 60,
        pause: 20,
      }),
      'plan.lua': PLAN_SCRIPT,
      'run.lua': RUN_SCRIPT,
    };
  }

  /** No ingress; egress to the registry, which admits it, and to the API server if it is asked. */
  private writePolicy({ deployment }: Registry, { egress }: Connection): void {
    const pods = selectorLabels(this.registryName, Component.RETENTION);
    const to = [egress, ...(this.spares ? [toPort(443, 6443)] : [])];
    this.add('policy', policyManifest({ pods, to }));
    deployment.networkPolicy?._alsoFrom({ podSelector: { matchLabels: pods } });
  }

  /** Reads all pods, and nothing else. */
  private writeRole(): ApiObject {
    if (this.namespace === undefined) this._check.report('spare-running-without-namespace', 'spareRunning');
    this.add('account', k8s.KubeServiceAccount.manifest({ automountServiceAccountToken: false }));
    const role = this.add(
      'cluster-role',
      k8s.KubeClusterRole.manifest({ rules: [{ apiGroups: [''], resources: ['pods'], verbs: ['list'] }] }),
      this.clusterName,
    );
    const binding = this.add(
      'cluster-role-binding',
      k8s.KubeClusterRoleBinding.manifest({
        roleRef: { apiGroup: 'rbac.authorization.k8s.io', kind: 'ClusterRole', name: this.clusterName },
        subjects: [{ kind: 'ServiceAccount', name: this.objectName, namespace: this.namespace }],
      }),
      this.clusterName,
    );
    // cdk8s gives every object the chart's namespace; these are cluster-scoped.
    for (const object of [role, binding])
      if (object.metadata.namespace !== undefined)
        object.addJsonPatch(JsonPatch.remove('/metadata/namespace'));
    return role;
  }

  private writeCronJob(
    props: RegistryRetentionProps,
    connection: Connection,
    login: CheckedLogin | undefined,
    spare: SpareRunningOptions | undefined,
  ): ApiObject {
    const spec = retentionPod(this._check, props, {
      objectName: this.objectName,
      registryName: this.registryName,
      imageRegistry: this._context.imageRegistry,
      dryRun: this.dryRun,
      connection,
      login,
      spare,
    });
    const labels = {
      ...this._labels(Component.RETENTION),
      ...this._userLabels('podLabels', props.podLabels),
    };
    const annotations = this._podAnnotations('podAnnotations', props.podAnnotations);
    return this.add(
      'cron-job',
      k8s.KubeCronJob.manifest({
        spec: {
          schedule: checkSchedule(this._check, props.schedule, '0 1 * * *'),
          timeZone: checkTimeZone(this._check, props.timeZone),
          concurrencyPolicy: 'Forbid',
          // A run that could not start in time comes an hour late at most.
          startingDeadlineSeconds: 3600,
          successfulJobsHistoryLimit: 3,
          failedJobsHistoryLimit: 3,
          jobTemplate: {
            metadata: { labels: this._labels(Component.RETENTION) },
            spec: {
              // A registry that is read-only for a collection is tried again after 10, 20, 40, 80 and 160 s.
              backoffLimit: 5,
              activeDeadlineSeconds: checkTimeLimit(this._check, props.timeLimit, LIMIT),
              template: { metadata: withoutEmpty({ labels, annotations }), spec },
            },
          },
        },
      }),
    );
  }
}

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
/** The pauses before the retries are 310 s. */
const LIMIT: TimeLimit = { fallback: Duration.hours(4), least: 600 };
