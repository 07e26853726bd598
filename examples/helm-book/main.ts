// A Helm chart's registry behind a LoadBalancer: the names, sizes and Secret keys that charts gave it, TLS in
// the pod, and a login.
import { App, Chart, Size } from 'cdk8s';
import { Cpu, ServiceType } from 'cdk8s-plus-27';
import {
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryEnvironment,
  RegistryUser,
  StorageBackend,
} from '../../lib';

/** Builds the example in an app. Settings come from REGISTRY_… variables, all optional. */
export function build(app: App): Chart {
  const env = new RegistryEnvironment(app);
  const chart = new Chart(app, 'registry', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });
  const htpasswd = env.text('REGISTRY_HTPASSWD');

  new Registry(chart, 'registry', {
    name: 'registry-docker-registry',
    createNamespace: true,
    host: env.text('REGISTRY_HOST') ?? 'registry.example.com',
    image: env.text('REGISTRY_IMAGE'),
    resources: {
      cpu: { request: Cpu.millis(80), limit: Cpu.millis(100) },
      memory: { request: Size.mebibytes(64), limit: Size.mebibytes(128) },
    },
    auth: {
      // The old chart's users, where they are given; else one user whose password is generated.
      credentials:
        htpasswd === undefined
          ? RegistryCredentials.users(RegistryUser.generated('admin'))
          : RegistryCredentials.htpasswd(htpasswd),
    },
    // The default StorageClass, ReadWriteOnce. The claim has the name that the chart gave it, so images that
    // are there stay.
    storage: {
      backend: StorageBackend.newClaim({ size: env.size('REGISTRY_PVC_SIZE') ?? Size.gibibytes(10) }),
    },
    service: {
      type: (env.text('REGISTRY_SERVICE_TYPE') as ServiceType | undefined) ?? ServiceType.LOAD_BALANCER,
      port: 5000,
    },
    httpSecretKey: 'haSharedSecret',
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
