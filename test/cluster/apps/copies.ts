// A registry on a volume, reached by a load balancer, with a backup by a copy each night, as docs/operations/backup.md has
// it, and the copy the other way round. With BUCKET, the steps of docs/operations/move.md: a second registry on a
// bucket beside it, and a copy (STEP=beside); it becomes read-only (STEP=read-only); the bucket is its own (STEP=moved).
// With FRONT nginx is in its pod, and has the switch to read-only.
import { Chart } from 'cdk8s';
import { Secret, ServiceType } from 'cdk8s-plus-27';
import {
  CopyEndpoint,
  Registry,
  RegistryApp,
  RegistryCopy,
  S3Credentials,
  StorageBackend,
} from '../../../lib';

const { REGISTRY_NAMESPACE = 'registry', REGISTRY_HOST = 'registry.example.com' } = process.env;
const { BACKUP_HOST = 'backup.example.com', STEP, FRONT } = process.env;
const { ENDPOINT, BUCKET = '', KEY_ID = '', KEY_SECRET = '' } = process.env;

const app = new RegistryApp();
const chart = new Chart(app, 'registry', { namespace: REGISTRY_NAMESPACE });
const bucket =
  ENDPOINT === undefined
    ? undefined
    : StorageBackend.s3({
        bucket: BUCKET,
        endpoint: ENDPOINT,
        credentials: S3Credentials.keys({ accessKeyId: KEY_ID, secretAccessKey: KEY_SECRET }),
      });
const registry = new Registry(chart, 'registry', {
  createNamespace: true,
  host: REGISTRY_HOST,
  service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  storage: {
    backend: STEP === 'moved' ? bucket : StorageBackend.newClaim(),
    readOnly: STEP === 'read-only',
  },
  ...(FRONT !== undefined && { front: {} }),
});
if (bucket === undefined) {
  new Registry(chart, 'backup', {
    name: 'backup',
    host: BACKUP_HOST,
    service: { type: ServiceType.LOAD_BALANCER, port: 443 },
  });
  const remote = (id: string) => ({
    login: Secret.fromSecretName(chart, id, 'backup-login'),
    caSecret: { secret: Secret.fromSecretName(chart, `${id}-ca`, 'backup-tls') },
  });
  new RegistryCopy(chart, 'copy', {
    copyName: 'nightly',
    source: CopyEndpoint.registry(registry),
    target: CopyEndpoint.host(BACKUP_HOST, remote('nightly')),
    overwrite: true,
    schedule: '0 2 * * *',
  });
  new RegistryCopy(chart, 'restore', {
    copyName: 'restore',
    source: CopyEndpoint.host(BACKUP_HOST, remote('restore-login')),
    target: CopyEndpoint.registry(registry),
  });
} else if (STEP !== 'moved') {
  const next = new Registry(chart, 'next', { name: 'next', storage: { backend: bucket } });
  new RegistryCopy(chart, 'copy', {
    source: CopyEndpoint.registry(registry),
    target: CopyEndpoint.registry(next),
    overwrite: true,
  });
}
app.synth();
