// A CronJob that copies all images from one registry to another, and compares them in the end.

import { ApiObject, Duration } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../../app/notes/collector';
import { required } from '../../core/check';
import { isDnsLabel } from '../../core/formats';
import { kubectlIn } from '../../core/kubectl';
import { Component, selectorLabels } from '../../core/labels';
import { RegistryPart } from '../../core/registry-part';
import { isRepositoryPattern } from '../../core/repository-pattern';
import { withoutEmpty } from '../../core/restricted-pod';
import { runNow } from '../../core/run-now';
import { checkSchedule, checkTimeLimit, checkTimeZone, type TimeLimit } from '../../core/schedule';
import { AccessPermission } from '../../front/access';
import { policyManifest } from '../../network/policy-manifest';
import { CopyEndpoint } from './endpoint';
import { CopyEndDetails, checkDifferent, checkEnd, registryAt } from './ends';
import { RegistryCopyProps } from './options';
import { copyPod } from './pod';
import { COPY_LUA } from './scripts';
import { COPY_SHELL, PLAN_SHELL } from './shell-scripts';

/**
 * A CronJob that copies all images of one registry to another, by regclient's regsync: from another registry, to
 * other storage, or as a backup. All tags are copied with everything that they name: platforms, signatures, SBOMs,
 * and referrers. In the end it asks the target for each digest; its log is a report, and its last line figures in
 * JSON. A run that was interrupted is continued by the next one. Manifests without a tag are not copied: no registry
 * lists them.
 *
 * @example
 * new RegistryCopy(chart, 'copy', {
 *   source: CopyEndpoint.registry(registry),
 *   target: CopyEndpoint.host('backup.example.com', { login: Secret.fromSecretName(chart, 'login', 'backup-login') }),
 *   overwrite: true,
 *   schedule: '0 2 * * *',
 * });
 */
export class RegistryCopy extends RegistryPart {
  /** The CronJob. */
  public readonly cronJob: ApiObject;
  /** Its name, and that of the objects beside it. */
  public readonly objectName: string;
  /** Secrets and ExternalSecrets with logins to registries of this app. */
  public readonly secrets: ApiObject[] = [];

  /**
   * @param scope the chart or a construct in it
   * @param id an id that is unique in the scope
   * @param props from where, and to where. The objects are named after the target, or after the source if that alone
   * is a registry of this app, and after `copyName`
   */
  constructor(scope: Construct, id: string, props: RegistryCopyProps) {
    const from = required('source', props?.source, CopyEndpoint, 'CopyEndpoint');
    const to = required('target', props?.target, CopyEndpoint, 'CopyEndpoint');
    const own = registryAt(to) ?? registryAt(from);
    super(scope, id, own && { _context: own._context });
    this.objectName = this.nameOf(props.copyName);
    if (own === undefined) this._check.report('copy-of-others', 'props');
    const source = checkEnd(this._check, 'source', from);
    const target = checkEnd(this._check, 'target', to);
    checkDifferent(this._check, source, target);
    this.checkNamespaces(source, target);
    const patterns = this.checkPatterns(props.repositories);
    this.checkTarget(target, patterns);
    this.checkRights(source, target, patterns);
    this.writeLogin('source', source);
    this.writeLogin('target', target);
    this._object('files', Component.COPY, { name: this.objectName }, this.files(source, target));
    this.writePolicy(source, target);
    this.cronJob = this.writeCronJob(props, source, target, patterns);
    addNotes(this, () => this.notes(source, target));
  }

  /** Copies of one registry have names of their own. Where one is taken, its other mistakes are told at once, too. */
  private nameOf(given: unknown): string {
    const what = { what: 'a name of lower-case letters, digits and "-"', example: 'nightly' };
    const ending = this._check.string('copyName', given, '', isDnsLabel, 'not-a-name', what);
    const name = `${this.registryName}-copy${ending && `-${ending}`}`;
    const { length } = name;
    if (length > LONGEST_NAME)
      this._check.report('copy-name-too-long', given === undefined ? 'props' : 'copyName', {
        name,
        characters: length,
      });
    const others = this.node.root.node
      .findAll()
      .filter((one): one is RegistryCopy => one instanceof RegistryCopy && one !== this)
      .filter(({ objectName, namespace }) => objectName === name && namespace === this.namespace);
    const [other] = others;
    if (other === undefined) return name;
    this._check.report('copy-name-taken', 'copyName', { name, other: other.node.path });
    return `${name}-${this.node.addr.slice(-8)}`;
  }

  /** Labels of its pods, and not of those of another copy, which are let out to other addresses. */
  private get podLabels(): Record<string, string> {
    return { ...selectorLabels(this.registryName, Component.COPY), [COPY_LABEL]: this.objectName };
  }

  private userPodLabels(given: unknown): Record<string, string> {
    const { [COPY_LABEL]: own, ...labels } = this._userLabels('podLabels', given);
    if (own !== undefined) this._check.report('own-label', `podLabels["${COPY_LABEL}"]`, { value: own });
    return labels;
  }

  /** Secrets of another namespace can't be mounted. */
  private checkNamespaces({ registry: one }: CopyEndDetails, { registry: other }: CopyEndDetails): void {
    if (one && other && one.namespace !== other.namespace)
      this._check.report('copy-across-namespaces', 'source', {
        value: one.registryName,
        name: one.service.serviceName,
        namespace: one.namespace ?? 'default',
      });
  }

  private checkPatterns(given: unknown): string[] {
    if (given === undefined) return ['**'];
    const patterns = this._check.list<unknown>('repositories', given);
    if (Array.isArray(given) && patterns.length === 0)
      this._check.report('list-empty', 'repositories', { example: '"team/**"' });
    const valid = patterns.filter((pattern, index): pattern is string => {
      if (isRepositoryPattern(pattern)) return true;
      this._check.report('not-a-repository-pattern', `repositories[${index}]`, { value: pattern });
      return false;
    });
    return [...new Set(valid)];
  }

  private checkTarget({ registry }: CopyEndDetails, patterns: readonly string[]): void {
    if (registry && (registry.storage.readOnly || registry.deployment.configuration._readOnly))
      this._check.report('copy-to-a-read-only-registry', 'target');
    for (const { _path: path, upstream } of registry?.caches ?? [])
      for (const value of patterns.filter((pattern) => pattern.startsWith(`${path}/`)))
        this._check.report('copy-into-a-cache', 'repositories', { value, upstream });
  }

  /** Whose login an existing Secret holds is not known. */
  private checkRights(source: CopyEndDetails, target: CopyEndDetails, patterns: readonly string[]): void {
    for (const [property, { registry, login }] of [
      ['source', source],
      ['target', target],
    ] as const) {
      const front = registry?.front;
      if (front === undefined || registry?.auth.byToken || (login && !login.user)) continue;
      const user = login?.user;
      const value = user ?? 'everybody';
      const to = user === undefined ? '.toEveryone()' : `.to(Subject.user('${user}'))`;
      const stars = patterns.some((pattern) => pattern.includes('*'));
      if (property === 'source' && stars && !front._mayDo(user, AccessPermission.CATALOG))
        this._check.report('copy-without-catalog-rule', 'source.login', { value, to });
      const permission = property === 'source' ? AccessPermission.PULL : AccessPermission.PUSH;
      for (const pattern of patterns)
        if (!front._mayDoIn(user, permission, pattern))
          this._check.report('copy-may-not', `${property}.login`, { value, pattern, permission, to });
    }
  }

  private writeLogin(end: 'source' | 'target', { login }: CopyEndDetails): void {
    if (login?.withFiles === undefined) return;
    const name = `${this.objectName}-${end}`;
    const manifest = login.withFiles(name, { login: (text) => text });
    this.secrets.push(this._object(`${end}-secret`, Component.COPY, { name }, manifest));
  }

  private files(...ends: CopyEndDetails[]) {
    const creds = ends.map(({ address, encrypted }) => ({
      registry: address,
      tls: encrypted ? 'enabled' : 'disabled',
    }));
    const program = (compares: boolean) => {
      const script = `assert(loadfile(os.getenv("FILES") .. "/copy.lua"))(${compares})`;
      return `${JSON.stringify({ version: 1, creds, scripts: [{ name: 'copy', script }] }, undefined, 2)}\n`;
    };
    return k8s.KubeConfigMap.manifest({
      data: {
        'plan.sh': PLAN_SHELL,
        'plan.json': program(false),
        'copy.sh': COPY_SHELL,
        'compare.json': program(true),
        'copy.lua': COPY_LUA,
        'creds.json': JSON.stringify(creds),
      },
    });
  }

  /** No ingress; egress to the two registries, and those of this app admit it. */
  private writePolicy(source: CopyEndDetails, target: CopyEndDetails): void {
    const to = [...source.egress, ...target.egress];
    const policy = policyManifest({ pods: this.podLabels, to });
    this._object('policy', Component.COPY, { name: this.objectName }, policy);
    const pods = selectorLabels(this.registryName, Component.COPY);
    for (const { registry } of [source, target])
      registry?.deployment.networkPolicy?._alsoFrom({ podSelector: { matchLabels: pods } });
  }

  private writeCronJob(
    props: RegistryCopyProps,
    source: CopyEndDetails,
    target: CopyEndDetails,
    patterns: readonly string[],
  ): ApiObject {
    const labels = this._labels(Component.COPY);
    const schedule =
      props.schedule === undefined ? undefined : checkSchedule(this._check, props.schedule, '@daily');
    const overwrite = this._check.boolean('overwrite', props.overwrite, false);
    const { registryName, objectName } = this;
    const spec = copyPod(this._check, props, {
      objectName,
      registryName,
      imageRegistry: this._context.imageRegistry,
      source,
      target,
      patterns,
      overwrite,
    });
    const metadata = withoutEmpty({
      labels: { ...labels, ...this.userPodLabels(props.podLabels), ...this.podLabels },
      annotations: this._podAnnotations('podAnnotations', props.podAnnotations),
    });
    return this._object(
      'cron-job',
      Component.COPY,
      { name: objectName },
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
            spec: {
              // Each attempt copies what is missing, after 10, 20, 40, 80 and 160 s.
              backoffLimit: 5,
              activeDeadlineSeconds: checkTimeLimit(this._check, props.timeLimit, LIMIT),
              template: { metadata, spec },
            },
          },
        },
      }),
    );
  }

  private notes(source: CopyEndDetails, target: CopyEndDetails): string {
    const title = `The copy from ${source.address} to ${target.address}`;
    const run = kubectlIn(this.namespace);
    return [
      title,
      '='.repeat(title.length),
      '',
      'To run it now, and read what it did:',
      ...runNow(run, this.objectName, 'copy'),
      'If it fails, or is interrupted, run it again: it copies what is missing.',
      '',
    ].join('\n');
  }
}

/** Which copy a pod is of. */
export const COPY_LABEL = 'registry-copy';

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
/** The pauses before the retries are 310 s. */
const LIMIT: TimeLimit = { fallback: Duration.hours(24), least: 600 };
