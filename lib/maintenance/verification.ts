// A CronJob that uses the registry as its clients do, and says what works: after each change, and on a schedule.

import { ApiObject } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import { addNotes } from '../app/notes/collector';
import { CheckedLogin, checkLoginIfAsked } from '../auth/client-login';
import { required } from '../core/check';
import { kubectlIn } from '../core/kubectl';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import { withoutEmpty } from '../core/restricted-pod';
import { runNow } from '../core/run-now';
import { checkSchedule, checkTimeZone } from '../core/schedule';
import { policyManifest } from '../network/policy-manifest';
import { Registry } from '../registry';
import { checkAddress, egressOf, serversOf } from './verification-addresses';
import { pushedTo } from './verification-expectations';
import { RegistryVerificationProps } from './verification-options';
import {
  basicAuthLogin,
  PodLogin,
  podLogin,
  VerifyingPod,
  verificationSeconds,
  verifyingPod,
} from './verification-pod';
import { VERIFICATION_SCRIPT } from './verification-script';

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
    const servers = serversOf(this._check, registry, checkAddress(this._check, props.address));
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
    this.cronJob = this.writeCronJob(props, {
      component: Component.VERIFICATION,
      servers,
      login: this.basicAuth(props) ?? podLogin(login, this.objectName),
      repository: pushedTo(this._check, props, this.basicAuth(props) ?? login),
      scriptIn: this.objectName,
      script: VERIFICATION_SCRIPT,
    });
    addNotes(this, () => this.notes());
  }

  private login(props: RegistryVerificationProps): CheckedLogin | undefined {
    const { registry, login } = props;
    const { auth, address } = registry;
    if (auth.byToken && login !== undefined) this._check.report('verification-login-with-tokens', 'login');
    if (this.basicAuth(props) !== undefined) return undefined;
    return checkLoginIfAsked(this._check, 'login', login, auth, address, 'verification-password-unknown');
  }

  /** The login of the registry's first user, where a Secret has it already. */
  private basicAuth({ registry, login, _basicAuthSecret }: RegistryVerificationProps): PodLogin | undefined {
    const [user] = registry.auth.userNames;
    if (login !== undefined || _basicAuthSecret === undefined || user === undefined) return undefined;
    return basicAuthLogin(user, _basicAuthSecret);
  }

  private writeCronJob(props: RegistryVerificationProps, pod: VerifyingPod): ApiObject {
    const labels = this._labels(Component.VERIFICATION);
    const schedule =
      props.schedule === undefined ? undefined : checkSchedule(this._check, props.schedule, '@hourly');
    const template = {
      metadata: withoutEmpty({
        labels: { ...labels, ...this._userLabels('podLabels', props.podLabels) },
        annotations: this._podAnnotations('podAnnotations', props.podAnnotations),
      }),
      spec: verifyingPod(this, this._check, props, pod),
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
              activeDeadlineSeconds: verificationSeconds(this._check, props),
              template,
            },
          },
        },
      }),
    );
  }

  private notes(): string {
    const title = `The verification of registry "${this.registryName}"`;
    const kubectl = kubectlIn(this.namespace);
    return [
      title,
      '='.repeat(title.length),
      '',
      `After each change, see that it works:`,
      '',
      ...runNow(kubectl, this.objectName, 'verify'),
      '',
    ].join('\n');
  }
}

/** A Job's name is the CronJob's with eleven more characters, and labels have at most 63. */
const LONGEST_NAME = 52;
