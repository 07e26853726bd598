// Several replicas on a bucket of an S3 server that is not Amazon's: with no more said about the server than
// where it is and whose certificate it has.

import { Chart, Duration } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import { DescriptorCache, Registry, RegistryApp, S3Credentials, StorageBackend } from '../../../lib';

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: 'registry' });
const { IMAGE, ENDPOINT = '', CA, REDIRECT, REPLICAS = '1', CACHE, HEALTH_SECONDS, SECRET_KEY } = process.env;
new Registry(chart, 'registry', {
  createNamespace: true,
  host: 'registry.example.com',
  image: IMAGE,
  replicas: Number(REPLICAS),
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: {
    backend: StorageBackend.s3({
      bucket: 'images',
      endpoint: ENDPOINT,
      prefix: 'team/registry',
      ca: CA,
      credentials: S3Credentials.keys({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: SECRET_KEY ?? 'wJalrXUtnFEMI/K7MDENG/bPxRfiCYEXAMPLEKEY',
      }),
    }),
    redirect: REDIRECT === 'yes' || undefined,
    deletion: true,
    descriptorCache: descriptorCache(),
    health: HEALTH_SECONDS === undefined ? undefined : { interval: Duration.seconds(Number(HEALTH_SECONDS)) },
  },
});
app.synth();

function descriptorCache(): DescriptorCache | undefined {
  if (CACHE === undefined) return undefined;
  if (CACHE === 'valkey') return DescriptorCache.valkey();
  const secret = Secret.fromSecretName(chart, 'redis', 'redis');
  return DescriptorCache.redis(CACHE, { username: 'registry', password: { secret }, caSecret: { secret } });
}
