// The pod that `helm test` runs: it verifies the registry as the CronJob of `verification` does. Where no login is known,
// it checks what needs none.
import { k8s } from 'cdk8s-plus-27';
import { checkLogin } from '../auth/client-login';
import { Component, selectorLabels } from '../core/labels';
import { RegistryPart } from '../core/registry-part';
import {
  checkAddress,
  egressOf,
  serversOf,
  type VerifiedServer,
} from '../maintenance/verification-addresses';
import { repositoryOf } from '../maintenance/verification-expectations';
import type { RegistryVerificationProps } from '../maintenance/verification-options';
import {
  basicAuthLogin,
  type PodLogin,
  podLogin,
  verificationSeconds,
  verifyingPod,
} from '../maintenance/verification-pod';
import { VERIFICATION_SCRIPT } from '../maintenance/verification-script';
import { policyManifest } from '../network/policy-manifest';

const HOOK = { 'helm.sh/hook': 'test', 'helm.sh/hook-delete-policy': 'before-hook-creation,hook-succeeded' };

/** The pod of `helm test`. */
export class TestPod extends RegistryPart {
  /** @param props the registry, and how it is verified */
  constructor(props: RegistryVerificationProps) {
    const { registry } = props;
    super(registry, 'test', { _context: registry._context });
    const servers = serversOf(this._check, registry, checkAddress(this._check, props.address));
    this.writePolicy(props, servers);
    const pod = verifyingPod(this, this._check, props, {
      component: Component.TEST,
      servers,
      repository: repositoryOf(this._check, props).name,
      login: this.login(props),
      script: VERIFICATION_SCRIPT,
    });
    this._object(
      'pod',
      Component.TEST,
      { name: `${this.registryName}-test`, annotations: HOOK },
      k8s.KubePod.manifest({
        spec: { ...pod, activeDeadlineSeconds: verificationSeconds(this._check, props) },
      }),
    );
  }

  /** Where the registry's pods have one. It is no hook: it is there before each test, and goes with the release. */
  private writePolicy(props: RegistryVerificationProps, servers: readonly VerifiedServer[]): void {
    const { networkPolicy } = props.registry.deployment;
    const pods = selectorLabels(this.registryName, Component.TEST);
    const to = egressOf(this._check, props, servers);
    if (networkPolicy === undefined) return;
    networkPolicy._alsoFrom({ podSelector: { matchLabels: pods } });
    const about = { name: `${this.registryName}-test-pods` };
    this._object('policy', Component.TEST, about, policyManifest({ pods, to }));
  }

  /** The login of a Secret that exists; no other password is known. */
  private login({
    registry: { auth, address },
    login,
    _basicAuthSecret,
  }: RegistryVerificationProps): PodLogin | undefined {
    if (auth.anonymous || auth.byToken) return undefined;
    if (login !== undefined)
      return podLogin(checkLogin(this._check, 'login', login, auth, address), this.registryName);
    const [user] = auth.userNames;
    if (user === undefined || _basicAuthSecret === undefined) return undefined;
    return basicAuthLogin(user, _basicAuthSecret);
  }
}
