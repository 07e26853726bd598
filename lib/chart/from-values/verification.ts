// The verification, and the pod of `helm test`, from values.
import type { Chart } from 'cdk8s';
import type { ImagePullPolicy } from 'cdk8s-plus-27';
import { RegistryLogin } from '../../auth/client-login';
import { RegistryVerification } from '../../maintenance/verification';
import type { RegistryVerificationProps, VerificationAddress } from '../../maintenance/verification-options';
import type { Registry } from '../../registry';
import { TestPod } from '../test-pod';
import type { ChartValues } from '../values/reader';
import { rules } from './kubernetes';
import { existingSecret } from './objects';
import { imageFromValues, pullSecretsFromValues, resourcesFromValues } from './pods';

/** Adds those that are enabled. */
export function addVerification(chart: Chart, values: ChartValues, registry: Registry): void {
  const props = verificationFromValues(chart, values, registry);
  if (values.boolean('verification.enabled')) new RegistryVerification(chart, 'verification', props);
  if (values.boolean('test.enabled')) new TestPod(props);
}

function verificationFromValues(
  chart: Chart,
  values: ChartValues,
  registry: Registry,
): RegistryVerificationProps {
  const login = existingSecret(chart, values, 'verification.loginSecret');
  const ca = existingSecret(chart, values, 'verification.caSecret');
  return {
    registry,
    address: values.enum<VerificationAddress>('verification.address'),
    schedule: values.string('verification.schedule'),
    timeZone: values.string('verification.timeZone'),
    timeLimit: values.duration('verification.timeLimit'),
    repository: values.string('verification.repository'),
    layerSize: values.size('verification.layerSize'),
    login: login && RegistryLogin.existingSecret(login),
    caSecret: ca && { secret: ca, key: values.string('verification.caSecretKey') },
    allowTo: rules(values.list('verification.allowTo')),
    image: imageFromValues(values, 'verification.image'),
    imagePullPolicy: values.enum<ImagePullPolicy>('verification.image.pullPolicy'),
    imagePullSecrets: pullSecretsFromValues(chart, values, 'verification', 'imagePullSecrets'),
    userFromPlatform: values.boolean('userFromPlatform'),
    resources: resourcesFromValues(values, 'verification.'),
    nodeSelector: values.map('verification.nodeSelector'),
    tolerations: values.list('verification.tolerations'),
    hostAliases: values.list('verification.hostAliases'),
    podLabels: values.map('verification.podLabels'),
    podAnnotations: values.map('verification.podAnnotations'),
    _basicAuthSecret: loginSecret(registry),
  };
}

/** The Secret with the generated login. */
function loginSecret({ auth, registryName }: Registry): string | undefined {
  const [user] = auth.userNames;
  const generated = user !== undefined && auth.showPasswordCommand(user) !== undefined;
  return generated ? `${registryName}-login` : undefined;
}
