// A homelab's registry on k3s: images in a bucket on MinIO, Traefik in front, which gets the certificate
// itself, and a web page that may delete images. The users' Secret `basic-auth` is made by hand; the bucket's
// keys come from the environment.
import { App, Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryEnvironment,
  RegistryLogLevel,
  S3Credentials,
  StorageBackend,
  TraefikApi,
} from '../../lib';

export function build(app: App): Chart {
  const env = new RegistryEnvironment(app);
  const chart = new Chart(app, 'homelab', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });

  new Registry(chart, 'registry', {
    host: env.text('REGISTRY_HOST') ?? 'registry.mydomain.io',
    auth: {
      realm: 'homelab',
      credentials: RegistryCredentials.existingSecret({
        secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
      }),
    },
    storage: {
      backend: StorageBackend.s3({
        endpoint: env.text('MINIO_ENDPOINT') ?? 'https://minio.homelab.io',
        region: 'us-east-1', // MinIO takes any
        bucket: 'docker-registry',
        credentials: S3Credentials.keys({
          accessKeyId: env.requiredText('MINIO_ACCESS_KEY'),
          secretAccessKey: env.requiredText('MINIO_SECRET_KEY'),
        }),
        ca: env.text('MINIO_CA'), // PEM, where MinIO's certificate is by a CA of your own
      }),
      deletion: true,
      health: { enabled: false },
    },
    configuration: { accessLog: false, logLevel: RegistryLogLevel.INFO },
    ingressRoute: {
      entryPoints: ['websecure'],
      certResolver: 'tlsresolver',
      stripUiPrefix: true,
      api: env.text('TRAEFIK_API') as TraefikApi | undefined, // traefik.containo.us/v1alpha1 before Traefik 2.10
    },
    ui: { title: 'homelab', deleteImages: true },
  });
  return chart;
}

if (require.main === module) {
  const app = new RegistryApp();
  build(app);
  try {
    app.synth();
  } catch (error) {
    console.error((error as Error).message);
    process.exitCode = 1;
  }
}
