// TLS in the pod with a certificate of one's own, images in a folder of a node, trust on every node, and a
// pod that pulls with a login.
import { ApiObject, App, Chart, Size } from 'cdk8s';
import {
  CertificateKeyType,
  NodeRuntime,
  Registry,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  RegistryEnvironment,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryUser,
  StorageBackend,
} from '../../lib';
import { nginxPod } from './nginx-pod';

/** Builds the example in an app. Settings come from variables, all optional. */
export function build(app: App): Chart {
  const env = new RegistryEnvironment(app);
  const chart = new Chart(app, 'registry', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });
  const [application = 'default', ...others] = env.text('APPLICATION_NAMESPACES')?.split(',') ?? [];

  const registry = new Registry(chart, 'registry', {
    name: 'docker-registry',
    createNamespace: true,
    host: 'docker-registry',
    auth: {
      secretName: 'auth-secret',
      credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('myuser', 'REGISTRY_PASSWORD')),
    },
    tls: {
      secretName: 'certs-secret',
      certificate: RegistryCertificate.selfSigned({ keyType: CertificateKeyType.RSA_4096, days: 365 }),
    },
    storage: {
      backend: StorageBackend.hostPath({
        path: '/tmp/repository',
        size: Size.gibibytes(1),
        volumeName: 'docker-repo-pv',
        claimName: 'docker-repo-pvc',
        node: env.text('REGISTRY_NODE'),
        fixOwner: true,
      }),
    },
  });

  const runtimes = [NodeRuntime.CONTAINERD, NodeRuntime.DOCKER, NodeRuntime.K3S];
  new RegistryNodeTrust(chart, 'nodes', { registry, runtimes, trustNamespace: env.text('TRUST_NAMESPACE') });
  new RegistryPullSecret(chart, 'pull', {
    registry,
    namespaces: [application, ...others],
    secretName: 'reg-cred-secret',
  });
  new ApiObject(
    chart,
    'nginx',
    nginxPod(application, `${registry.pullAddress}/mynginx:v1`, 'reg-cred-secret'),
  );
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
