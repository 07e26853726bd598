// A small cluster's registry with maintenance: one pod of 256Mi on a volume, nginx in front, a certificate by
// cert-manager, backups by Velero, a toolbox that lists and deletes, a collection at each restart, and a pull
// secret for each namespace that has applications.
import { App, Chart, Size } from 'cdk8s';
import { Cpu } from 'cdk8s-plus-27';
import {
  IngressController,
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryEnvironment,
  RegistryPullSecret,
  RegistryToolbox,
  RegistryUser,
  StorageBackend,
  StorageClasses,
} from '../../lib';

/** The best StorageClass first. */
const PREFERRED = ['hcloud-volumes', 'openebs-hostpath', 'rook-ceph-block', 'standard'];

export function build(app: App): Chart {
  const env = new RegistryEnvironment(app);
  const chart = new Chart(app, 'small-cluster', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });
  // What `kubectl get storageclass -o name` prints; none of the preferred ones there stands for the cluster's
  // default.
  const available = env.text('REGISTRY_AVAILABLE_CLASSES')?.split(/[\s,]+/) ?? [];
  // The namespaces that pull; they exist.
  const applications = env.text('APPLICATION_NAMESPACES')?.split(',') ?? ['shop', 'blog'];

  const registry = new Registry(chart, 'registry', {
    createNamespace: true,
    host: env.text('REGISTRY_FQN') ?? 'registry.example.com',
    auth: {
      credentials: RegistryCredentials.users(
        RegistryUser.fromEnvironment('admin', 'REGISTRY_ADMIN_PASSWORD'),
      ),
    },
    storage: {
      backend: StorageBackend.newClaim({
        claimName: 'registry-docker-registry', // the Helm chart's, with the images in it
        size: env.size('REGISTRY_PVC_SIZE') ?? Size.gibibytes(10),
        storageClassName:
          env.text('REGISTRY_STORAGE_CLASS') ?? StorageClasses.firstOf({ preferred: PREFERRED, available }),
      }),
      deletion: true,
    },
    garbageCollection: { onStart: true },
    userId: 1000, // the chart's, to whom those images belong
    resources: {
      cpu: { request: Cpu.millis(100) },
      memory: { request: Size.mebibytes(256), limit: Size.mebibytes(256) },
    },
    podLabels: { app: 'docker-registry', release: 'registry' },
    podAnnotations: { 'backup.velero.io/backup-volumes': 'data' },
    ingress: {
      className: 'nginx',
      controller: IngressController.COMMUNITY_NGINX,
      annotations: {
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'nginx.ingress.kubernetes.io/ssl-redirect': 'true',
        'nginx.ingress.kubernetes.io/proxy-body-size': '30720m',
      },
    },
  });
  new RegistryToolbox(chart, 'toolbox', { registry });
  new RegistryPullSecret(chart, 'pull-secrets', { registry, namespaces: applications });
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
