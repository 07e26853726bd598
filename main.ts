// The default app: a private registry with TLS, basic authentication, a volume, an Ingress and a web UI.
// Settings come from REGISTRY_… variables, all optional.
import { Chart } from 'cdk8s';
import {
  Registry,
  RegistryApp,
  RegistryCredentials,
  RegistryEnvironment,
  RegistryUser,
  StorageBackend,
} from './lib';

const app = new RegistryApp();
const env = new RegistryEnvironment(app);
const chart = new Chart(app, 'registry', { namespace: env.text('REGISTRY_NAMESPACE') ?? 'registry' });

new Registry(chart, 'registry', {
  name: env.text('REGISTRY_NAME'),
  // Only for a namespace that nobody else uses; REGISTRY_CREATE_NAMESPACE=false for an existing one.
  createNamespace: env.flag('REGISTRY_CREATE_NAMESPACE') ?? true,
  host: env.text('REGISTRY_HOST') ?? 'registry.localhost',
  image: env.text('REGISTRY_IMAGE'),
  auth: {
    // RegistryUser reads the password's variable itself. If it is unset, the stored password is kept or a new
    // one is generated; see NOTES.txt.
    credentials: RegistryCredentials.users(
      RegistryUser.fromEnvironment(env.text('REGISTRY_ADMIN_USER') ?? 'admin', 'REGISTRY_ADMIN_PASSWORD'),
    ),
  },
  storage: {
    backend: StorageBackend.newClaim({
      // Default: 10Gi.
      size: env.size('REGISTRY_PVC_SIZE'),
      storageClassName: env.text('REGISTRY_STORAGE_CLASS'),
    }),
    deletion: true,
  },
  ingress: { className: env.text('REGISTRY_INGRESS_CLASS') },
  ui: { deleteImages: true },
});

try {
  app.synth();
} catch (error) {
  console.error((error as Error).message);
  process.exitCode = 1;
}
