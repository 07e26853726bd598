// A registry on a volume, with access rules, and a new one on a bucket that gets its images: both with TLS and users.
import { Chart } from 'cdk8s';
import { ServiceType } from 'cdk8s-plus-27';
import {
  AccessRule,
  CopyEndpoint,
  Registry,
  RegistryAccess,
  RegistryApp,
  RegistryCopy,
  RegistryCredentials,
  RegistryLogin,
  RegistryUser,
  S3Credentials,
  StorageBackend,
  Subject,
} from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const service = { type: ServiceType.LOAD_BALANCER, port: 443 };
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  service,
  storage: {
    backend: StorageBackend.s3({
      bucket: 'images',
      endpoint: process.env.ENDPOINT,
      credentials: S3Credentials.keys({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      }),
    }),
  },
});
const old = new Registry(chart, 'old', {
  name: 'old',
  host: 'old.example.com',
  service,
  auth: {
    credentials: RegistryCredentials.users(RegistryUser.generated('admin'), RegistryUser.generated('mover')),
  },
  access: RegistryAccess.rules(
    [AccessRule.pull('team/**').to(Subject.user('mover')), AccessRule.catalog().to(Subject.user('mover'))],
    { administrators: ['admin'] },
  ),
});
new RegistryCopy(chart, 'copy', {
  source: CopyEndpoint.registry(old, { login: RegistryLogin.ofUser({ user: 'mover' }) }),
  target: CopyEndpoint.registry(registry),
  repositories: ['team/**'],
});
app.synth();
