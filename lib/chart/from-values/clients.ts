// What pods, nodes and tools are given, from values.
import type { Chart } from 'cdk8s';
import { Construct } from 'constructs';
import { RegistryLogin } from '../../auth/client-login';
import { RegistryLocalHosting } from '../../clients/local-registry-hosting';
import type { NodeRuntime } from '../../clients/node-files';
import { RegistryNodeTrust } from '../../clients/node-trust/node-trust';
import { RegistryPullSecret } from '../../clients/pull-secret';
import { addProblems, problemOf } from '../../core/problem';
import type { Registry } from '../../registry';
import type { ChartValues } from '../values/reader';
import { ownSecretName } from './checks';
import { imageFromValues, pullSecretNames } from './pods';
import type { Release } from './release';

/** Adds those that are enabled. */
export function addClients(chart: Chart, values: ChartValues, registry: Registry, release: Release): void {
  if (values.boolean('pullSecret.enabled')) {
    new RegistryPullSecret(chart, 'pull-secret', {
      registry,
      namespaces: values.list('pullSecret.namespaces') ?? [release.namespace],
      // Not reported again as an object that is written twice.
      secretName: ownSecretName(values, release) === undefined ? values.string('pullSecret.name') : undefined,
    });
  }
  if (values.boolean('localRegistryHosting.enabled')) {
    new RegistryLocalHosting(chart, 'local-registry-hosting', {
      registry,
      help: values.string('localRegistryHosting.help'),
    });
  }
  if (values.boolean('nodeTrust.enabled')) addNodeTrust(chart, values, registry);
}

function addNodeTrust(chart: Chart, values: ChartValues, registry: Registry): void {
  const trust = new RegistryNodeTrust(chart, 'node-trust', {
    registry,
    runtimes: values.list<NodeRuntime>('nodeTrust.runtimes'),
    retiredRuntimes: values.list<NodeRuntime>('nodeTrust.retiredRuntimes'),
    uninstall: values.boolean('nodeTrust.uninstall'),
    trustNamespace: values.string('nodeTrust.namespace'),
    endpoint: values.string('nodeTrust.endpoint'),
    mirrorOf: values.list('nodeTrust.mirrorOf'),
    mirrorLogin: mirrorLogin(values),
    ca: values.string('nodeTrust.ca'),
    image: imageFromValues(values, 'nodeTrust.image'),
    imagePullSecrets: pullSecretNames(values, 'nodeTrust.imagePullSecrets'),
    nodeSelector: values.map('nodeTrust.nodeSelector'),
    tolerations: values.list('nodeTrust.tolerations'),
  });
  const ofAJob =
    values.string('secrets.source') === 'job' &&
    registry.auth.userNames.length > 0 &&
    values.string('auth.htpasswd') === undefined &&
    values.string('nodeTrust.mirrorLogin.username') !== undefined &&
    values.string('nodeTrust.mirrorLogin.password') === undefined;
  if (ofAJob) {
    const unknown = problemOf('mirror-login-of-a-job', 'nodeTrust.mirrorLogin.username');
    addProblems(new Construct(chart, 'login-of-a-job'), () => [unknown]);
  }
  const given = values.string('nodeTrust.ca') !== undefined;
  if (values.string('secrets.source') !== 'job' || given || trust.files._source.ca === undefined) return;
  const problem = problemOf('node-trust-of-a-job', 'nodeTrust.enabled');
  addProblems(new Construct(chart, 'ca-of-a-job'), () => [problem]);
}

/** The password is given, or the generated one. */
function mirrorLogin(values: ChartValues): RegistryLogin | undefined {
  const user = values.string('nodeTrust.mirrorLogin.username');
  const password = values.string('nodeTrust.mirrorLogin.password');
  // The constructs say it where the user is missing.
  if (password !== undefined) return RegistryLogin.password(user as string, password);
  return user === undefined ? undefined : RegistryLogin.ofUser({ user });
}
