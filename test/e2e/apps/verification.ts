// A registry of the kind that KIND says, and its verification.
import { Chart, Size } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryUser,
  RegistryVerification,
  type RegistryVerificationProps,
  Subject,
  VerificationAddress,
} from '../../../lib';

interface Kind {
  readonly registry: RegistryProps;
  readonly verification?: Partial<RegistryVerificationProps>;
}

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const users = RegistryCredentials.users(
  RegistryUser.generated('admin'),
  RegistryUser.password('ci', 'the password of "ci"'),
);
const inPod: RegistryProps = { service: { type: ServiceType.LOAD_BALANCER, port: 443 } };

const KINDS: Readonly<Record<string, Kind>> = {
  ingress: {
    registry: { ingress: { className: 'nginx' }, storage: { deletion: true } },
    verification: { address: VerificationAddress.BOTH, layerSize: Size.mebibytes(2) },
  },
  pod: {
    registry: { ...inPod, auth: { credentials: users } },
    verification: { login: RegistryLogin.ofUser({ user: 'ci' }) },
  },
  rules: {
    registry: {
      ...inPod,
      auth: { credentials: users },
      storage: { deletion: true },
      access: RegistryAccess.rules([
        AccessRule.pull('**').toEveryone(),
        AccessRule.push('team/**').to(Subject.user('ci')),
      ]),
    },
    verification: { login: RegistryLogin.ofUser({ user: 'ci' }), repository: 'team/verification' },
  },
  front: { registry: { ...inPod, front: {}, storage: { deletion: true } } },
  anonymous: {
    registry: {
      auth: { credentials: RegistryCredentials.anonymous() },
      tls: { certificate: RegistryCertificate.none() },
      storage: { deletion: true },
    },
  },
  readOnly: { registry: { ...inPod, storage: { readOnly: true } } },
  tokens: {
    registry: {
      ...inPod,
      auth: {
        credentials: RegistryCredentials.token({
          realm: 'https://auth.example.com/token',
          service: 'registry',
          issuer: 'auth',
          jwks: '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}',
        }),
      },
    },
  },
  // A certificate that is not for the Service's name, and a login that is not known here.
  given: {
    registry: {
      ...inPod,
      auth: { credentials: users },
      tls: { certificate: RegistryCertificate.existingSecret(Secret.fromSecretName(chart, 'tls', 'own')) },
    },
    verification: {
      login: RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'login', 'login')),
      caSecret: { secret: Secret.fromSecretName(chart, 'ca', 'own') },
    },
  },
};

const { registry: props, verification } = KINDS[process.env.KIND ?? ''] as Kind;
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: process.env.REGISTRY_IMAGE,
  ...props,
});
new RegistryVerification(chart, 'verification', { registry, ...verification });
app.synth();
