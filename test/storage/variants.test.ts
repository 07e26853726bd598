// Registries on every kind of storage, against the Kubernetes schema, the policy, and the files that they are written to.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { Chart } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AzureCredentials,
  GcsCredentials,
  LocalStore,
  Registry,
  RegistryApp,
  type RegistryProps,
  S3Credentials,
  StorageBackend,
  StorageMiddleware,
} from '../../lib';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { newFolder } from '../support/folder';
import { objectsOf, type Variant } from '../support/variants';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
const CLIENT = { tenantId: '12345678-90ab-cdef-1234-567890abcdef', clientId: 'abcdef12-90ab-cdef-1234-567890abcdef' };
const AZURE = { accountName: 'images', container: 'registry' };
const on = (backend: StorageBackend, more: RegistryProps = {}): Variant => ({
  props: () => ({ createNamespace: true, ingress: {}, ...more, storage: { backend, deletion: true, ...more.storage } }),
});

const VARIANTS: Readonly<Record<string, Variant>> = {
  'S3 by the service account, three replicas': on(StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }), { replicas: 3 }),
  'MinIO with keys and a CA': on(
    StorageBackend.s3({
      bucket: 'images',
      endpoint: 'https://minio.minio.svc:9000',
      ca: CA,
      credentials: S3Credentials.keys({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'wJalrXUtnFEMI/K7MDENG' }),
    }),
    { replicas: 2 },
  ),
  'S3 behind CloudFront': on(StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }), {
    storage: {
      middleware: [
        StorageMiddleware.cloudFront({ baseUrl: 'https://d111111abcdef8.cloudfront.net', keyPairId: 'K2JCJMDEHXQW5F', privateKey: KEY }),
      ],
    },
  }),
  'MinIO with everything in Secrets': {
    props: (scope) => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          endpoint: 'https://minio.example.com',
          caSecret: { secret: Secret.fromSecretName(scope, 'ca', 'minio-ca') },
          credentials: S3Credentials.existingSecret({ secret: Secret.fromSecretName(scope, 'keys', 'minio-keys') }),
        }),
      },
    }),
    existing: ['Secret/minio-ca', 'Secret/minio-keys'],
  },
  'GCS by a key file': on(
    StorageBackend.gcs({
      bucket: 'images',
      credentials: GcsCredentials.keyFile('{"type":"service_account","client_email":"a@example.com","private_key":"PEM"}'),
    }),
  ),
  'GCS by workload identity': on(StorageBackend.gcs({ bucket: 'images' })),
  'Azure by an account key': on(StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.sharedKey('c2VjcmV0c2VjcmV0==') })),
  'Azure by who the pod is': on(StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.defaultCredentials() })),
  'Swift on 2.8': on(
    StorageBackend.swift({ container: 'images', authUrl: 'https://keystone.example.com/v3', username: 'registry', password: 'a-password' }),
    { image: 'registry:2.8.3' },
  ),
  'a folder of a node': on(StorageBackend.hostPath({ path: '/srv/registry', node: 'worker-1' })),
};

test.each(Object.entries(VARIANTS))('%s: nothing to complain about', (_, variant) => {
  const objects = objectsOf(variant);
  expect(schemaProblems(objects)).toEqual([]);
  expect(policyProblems(objects, { existing: variant.existing })).toEqual([]);
});

test('an application of Azure: its type and its two ids are no secrets, whatever their variables are called', () => {
  const credentials = AzureCredentials.clientSecret(CLIENT, 'abc8Q~xyz_1-2.3');
  const objects = objectsOf(on(StorageBackend.azure({ ...AZURE, credentials })));
  expect(schemaProblems(objects)).toEqual([]);
  expect(policyProblems(objects)).toEqual(
    ['TYPE', 'TENANTID', 'CLIENTID'].map(
      (name) =>
        `Deployment/registry container registry: env REGISTRY_STORAGE_AZURE_CREDENTIALS_${name} holds a literal: write secretKeyRef [env-secret]`,
    ),
  );
});

test('a folder of a node that is given away: root in one container, with one capability', () => {
  const objects = objectsOf(on(StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true })));
  expect(schemaProblems(objects)).toEqual([]);
  const problems = policyProblems(objects);
  expect(problems.filter((problem) => !problem.startsWith('Deployment/registry init container fix-owner: '))).toEqual([]);
  const rules = problems.map((problem) => /\[([a-z-]+)\]$/.exec(problem)?.[1]).sort();
  expect(rules).toEqual(['capabilities', 'run-as-non-root', 'run-as-user']);
});

test('two registries of one name in two namespaces: each volume stands with its claim', () => {
  // GIVEN
  const folder = newFolder();
  const app = new RegistryApp({ outdir: path.join(folder, 'dist') });
  new LocalStore(path.join(folder, 'store')).useIn(app);
  for (const namespace of ['team-a', 'team-b']) {
    const backend = StorageBackend.hostPath({ path: `/srv/${namespace}` });
    new Registry(new Chart(app, namespace, { namespace }), 'registry', { storage: { backend } });
  }

  // WHEN
  app.synth();

  // THEN
  expect(fs.readdirSync(path.join(folder, 'dist')).filter((name) => name.includes('-300-') || name.startsWith('300-'))).toEqual([
    '300-team-a-registry-deployment.yaml',
    '300-team-b-registry-deployment.yaml',
  ]);
  const text = fs.readFileSync(path.join(folder, 'dist/300-team-a-registry-deployment.yaml'), 'utf8');
  const kinds = [...text.matchAll(/^kind: (\w+)$/gm)].map(([, kind]) => kind);
  expect(kinds).toEqual(['ConfigMap', 'PersistentVolume', 'PersistentVolumeClaim', 'NetworkPolicy', 'Deployment']);
});

test('two volumes of one name are an error, also in two namespaces', () => {
  const folder = newFolder();
  const app = new RegistryApp({ outdir: path.join(folder, 'dist') });
  new LocalStore(path.join(folder, 'store')).useIn(app);
  for (const namespace of ['team-a', 'team-b']) {
    const backend = StorageBackend.hostPath({ path: '/srv/registry', volumeName: 'images' });
    new Registry(new Chart(app, namespace, { namespace }), 'registry', { storage: { backend } });
  }
  expect(() => app.synth()).toThrow(
    'name: team-a and team-b each make PersistentVolume "images"; give each a name or a namespace of its own',
  );
});
