// Wrong kinds of storage: what object stores, folders of nodes and middleware can't do, and how to have it
// all the same.
import { Duration, Size } from 'cdk8s';
import { Cpu, Secret } from 'cdk8s-plus-27';
import {
  AzureCredentials,
  CloudFrontFilter,
  DescriptorCache,
  GcsCredentials,
  S3Credentials,
  S3StorageClass,
  StorageBackend,
  StorageMiddleware,
} from '../../lib';
import { newChart } from '../support/synth';
import { type AnyProps, PASSWORD, type Row, wrong } from './row';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEYS = S3Credentials.keys({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: PASSWORD });
const MINIO = { region: undefined, endpoint: 'https://minio.example.com', credentials: KEYS };
const AMAZON = StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' });
const AZURE = { accountName: 'images', container: 'registry' };
const SWIFT = {
  container: 'images',
  authUrl: 'https://keystone.example.com/v3',
  username: 'registry',
  password: PASSWORD,
};
const CLOUDFRONT = {
  baseUrl: 'https://d111111abcdef8.cloudfront.net',
  keyPairId: 'K2JCJMDEHXQW5F',
  privateKey: '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n',
};

const storage = (backend: unknown, more: object = {}): AnyProps => ({ storage: { backend, ...more } });
const s3 = (options: object, more: object = {}): AnyProps =>
  storage(StorageBackend.s3(wrong({ bucket: 'images', region: 'eu-central-1', ...options })), more);

export const STORAGE_KINDS: readonly Row[] = [
  {
    name: 'S3 without a bucket',
    props: s3({ bucket: undefined }),
    says: [
      '[chart/registry/storage] storage.backend.bucket: is missing; write the name of a bucket that exists, e.g. "registry-images"',
    ],
  },
  {
    name: 'S3 whose bucket is in upper case',
    props: s3({ bucket: 'Images' }),
    says: [
      '[chart/registry/storage] storage.backend.bucket: "Images" is not the name of a bucket: 3 to 63 lower-case letters, digits, "-" and "."; write e.g. "registry-images"',
    ],
  },
  {
    name: 'S3 on Amazon without a region',
    props: s3({ region: undefined }),
    says: [
      '[chart/registry/storage] storage.backend.region: is missing; write the region of the bucket, e.g. "eu-central-1", or the endpoint of a server other than Amazon S3',
    ],
  },
  {
    name: "S3 in a region that Amazon can't have",
    props: s3({ region: 'Frankfurt' }),
    says: [
      '[chart/registry/storage] storage.backend.region: "Frankfurt" is not the name of one of Amazon\'s regions; write e.g. "eu-central-1"',
    ],
  },
  {
    name: 'an endpoint without a scheme',
    props: s3({ ...MINIO, endpoint: 'minio.example.com:9000' }),
    says: [
      '[chart/registry/storage] storage.backend.endpoint: "minio.example.com:9000" has no scheme; write "https://minio.example.com:9000"',
    ],
  },
  {
    name: 'an endpoint with its credentials',
    props: s3({ ...MINIO, endpoint: `https://admin:${PASSWORD}@minio.example.com` }),
    says: [
      '[chart/registry/storage] storage.backend.endpoint: has an "@", as after a user name or a password; write e.g. "https://minio.example.com", and the credentials beside it',
    ],
  },
  ...['', 'ftp://', 'https://a:b/'].map((scheme) => ({
    name: `an endpoint with its credentials that is no URL for another reason, with "${scheme}"`,
    props: s3({ ...MINIO, endpoint: `${scheme}admin:${PASSWORD}@minio.example.com` }),
    says: [
      '[chart/registry/storage] storage.backend.endpoint: has an "@", as after a user name or a password; write e.g. "https://minio.example.com", and the credentials beside it',
    ],
  })),
  ...['0', '09000', '65536', '99999', '123456'].map((port) => ({
    name: `an endpoint with the port ${port}`,
    props: s3({ ...MINIO, endpoint: `https://minio.example.com:${port}/` }),
    says: [
      `[chart/registry/storage] storage.backend.endpoint: "https://minio.example.com:${port}/" has a port that is not from 1 to 65535, or has leading zeros; write the port of the server, or leave it out`,
    ],
  })),
  {
    name: 'an endpoint with a query',
    props: s3({ ...MINIO, endpoint: 'https://minio.example.com/?bucket=images' }),
    says: [
      '[chart/registry/storage] storage.backend.endpoint: has a "?" or a "#"; leave that out, and all that follows it',
    ],
  },
  {
    name: 'an endpoint of another protocol',
    props: s3({ ...MINIO, endpoint: 'ftp://minio.example.com' }),
    says: [
      '[chart/registry/storage] storage.backend.endpoint: "ftp://minio.example.com" is not an address that begins with https:// or http://; write "https://minio.example.com"',
    ],
  },
  {
    name: "a server that is not Amazon's, without keys",
    props: s3({ ...MINIO, credentials: undefined }),
    says: [
      '[chart/registry/storage] storage.backend.credentials: none, but pods have identities on Amazon only; write S3Credentials.keys({ accessKeyId: "...", secretAccessKey: "..." }), or S3Credentials.existingSecret(...)',
    ],
  },
  {
    name: 'an access key without its secret',
    props: s3({ credentials: S3Credentials.keys(wrong({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE' })) }),
    says: [
      '[chart/registry/storage] storage.backend.credentials.secretAccessKey: is missing; write both keys, or S3Credentials.existingSecret(...)',
    ],
  },
  {
    name: 'a secret key with a line break',
    props: s3({
      credentials: S3Credentials.keys({
        accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
        secretAccessKey: `${PASSWORD}\n`,
      }),
    }),
    says: [
      '[chart/registry/storage] storage.backend.credentials.secretAccessKey: has spaces or line breaks; write both keys, or S3Credentials.existingSecret(...)',
    ],
  },
  {
    name: 'S3 keys as an object',
    props: s3({ credentials: { accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: PASSWORD } }),
    says: [
      '[chart/registry/storage] storage.backend.credentials: is not a S3Credentials; write e.g. S3Credentials.keys({ accessKeyId: "...", secretAccessKey: "..." })',
    ],
  },
  {
    name: 'S3 keys in a Secret by its name alone',
    props: s3({ credentials: S3Credentials.existingSecret({ secret: wrong('s3-keys') }) }),
    says: [
      "[chart/registry/storage] storage.backend.credentials.secret: is not a Secret; write e.g. Secret.fromSecretName(this, 'secret', 'my-secret')",
    ],
  },
  {
    name: "a service account's rights (IRSA) on 2.8",
    props: { ...s3({ credentials: S3Credentials.none() }), image: 'registry:2.8.3' },
    says: [
      '[chart/registry/storage] storage.backend.credentials: none, but registry 2.8 does not support service accounts (IRSA); write image: "registry:3.1.1", or S3Credentials.keys(...) or existingSecret(...)',
    ],
  },
  {
    name: 'parts below what S3 takes',
    props: s3({ chunkSize: Size.mebibytes(4) }),
    says: [
      '[chart/registry/storage] storage.backend.chunkSize: "4Mi" is below the 5Mi that S3 takes at least; write e.g. Size.mebibytes(10)',
    ],
  },
  {
    name: 'parts above what S3 takes',
    props: s3({ chunkSize: Size.gibibytes(6) }),
    says: [
      '[chart/registry/storage] storage.backend.chunkSize: "6Gi" is above the 5Gi that S3 takes at most; write e.g. Size.mebibytes(10)',
    ],
  },
  {
    name: 'parts as a number',
    props: s3({ chunkSize: 10485760 }),
    says: [
      '[chart/registry/storage] storage.backend.chunkSize: 10485760 is not a Size; write e.g. Size.mebibytes(10)',
    ],
  },
  {
    name: 'a prefix with slashes around it',
    props: s3({ prefix: '/team/registry/' }),
    says: [
      '[chart/registry/storage] storage.backend.prefix: "/team/registry/" is not a path of letters, digits and "-_.!*\'()" without a slash at its ends; write e.g. "team/registry"',
    ],
  },
  {
    name: 'a KMS key without encryption',
    props: s3({ encrypt: false, kmsKeyId: 'alias/registry' }),
    says: [
      '[chart/registry/storage] storage.backend.kmsKeyId: "alias/registry" is not used without encryption; write encrypt: true, or leave kmsKeyId out',
    ],
  },
  {
    name: 'a storage class that is not known',
    props: s3({ storageClass: 'COLD' }),
    says: [
      '[chart/registry/storage] storage.backend.storageClass: "COLD" is not supported; write one of NONE, STANDARD, REDUCED_REDUNDANCY, STANDARD_IA, ONEZONE_IA, INTELLIGENT_TIERING, OUTPOSTS, GLACIER_IR, EXPRESS_ONEZONE',
    ],
  },
  {
    name: 'a storage class that 2.8 does not know',
    props: { ...s3({ storageClass: S3StorageClass.GLACIER_IR, credentials: KEYS }), image: 'registry:2.8.3' },
    says: [
      '[chart/registry/storage] storage.backend.storageClass: "GLACIER_IR" is not supported by registry 2.8; write one of NONE, STANDARD, REDUCED_REDUNDANCY, or image: "registry:3.1.1"',
    ],
  },
  {
    name: "the host's name for the bucket at an endpoint, on 2.8",
    props: { ...s3({ ...MINIO, pathStyle: false }), image: 'registry:2.8.3' },
    says: [
      '[chart/registry/storage] storage.backend.pathStyle: false is not supported by registry 2.8 with an endpoint; leave it out, or write image: "registry:3.1.1"',
    ],
  },
  {
    name: 'a CA that is no certificate',
    props: s3({ ...MINIO, ca: '/etc/ssl/ca.crt' }),
    says: [
      '[chart/registry/storage] storage.backend.ca: is not a certificate as PEM; write the content of a file that begins with -----BEGIN CERTIFICATE-----',
    ],
  },
  {
    name: 'a CA with its private key',
    props: s3({ ...MINIO, ca: '-----BEGIN CERTIFICATE-----\n-----BEGIN PRIVATE KEY-----\n' }),
    says: [
      '[chart/registry/storage] storage.backend.ca: contains a private key; write the certificate alone',
    ],
  },
  {
    name: 'a CA for an endpoint in clear',
    props: s3({ ...MINIO, endpoint: 'http://minio.minio.svc:9000', ca: CA }),
    says: [
      '[chart/registry/storage] storage.backend.ca: is set, but there is no endpoint that begins with https://; leave ca out',
    ],
  },
  {
    name: 'a CA that nobody looks at',
    props: s3({ ...MINIO, ca: CA, skipVerify: true }),
    says: [
      '[chart/registry/storage] storage.backend.ca: is set, but skipVerify: true accepts any certificate; leave skipVerify out',
    ],
  },
  {
    name: 'two CAs',
    props: s3({ ...MINIO, ca: CA, caSecret: { secret: wrong({ name: 'minio-ca' }) } }),
    says: ['[chart/registry/storage] storage.backend.caSecret: is set, and ca too; leave one of them out'],
  },
  {
    name: 'GCS without a bucket',
    props: storage(StorageBackend.gcs(wrong({}))),
    says: [
      '[chart/registry/storage] storage.backend.bucket: is missing; write the name of a bucket that exists, e.g. "registry-images"',
    ],
  },
  {
    name: 'redirects to GCS without the right to sign',
    props: storage(StorageBackend.gcs({ bucket: 'images' }), { redirect: true }),
    says: [
      '[chart/registry/storage] storage.redirect: true needs permission to sign URLs; leave it out, or write GcsCredentials.keyFile(...), or give the account iam.serviceAccounts.signBlob and write GcsCredentials.workloadIdentity({ signing: true })',
    ],
  },
  {
    name: 'redirects to GCS without a key file, on 2.8',
    props: {
      ...storage(StorageBackend.gcs({ bucket: 'images' }), { redirect: true }),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.redirect: true needs a key file to sign with; leave it out, or write GcsCredentials.keyFile(...)',
    ],
  },
  {
    name: 'signing without a key file on 2.8',
    props: {
      ...storage(
        StorageBackend.gcs({
          bucket: 'images',
          credentials: GcsCredentials.workloadIdentity({ signing: true }),
        }),
      ),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.backend.credentials.signing: true, but registry 2.8 signs with key files only; leave it out, or write image: "registry:3.1.1"',
    ],
  },
  {
    name: "a key file's path instead of its text",
    props: storage(
      StorageBackend.gcs({ bucket: 'images', credentials: GcsCredentials.keyFile('/var/key.json') }),
    ),
    says: [
      '[chart/registry/storage] storage.backend.credentials.keyFile: is not JSON; write the content of the JSON key file of the service account',
    ],
  },
  {
    name: 'a key file of a person',
    props: storage(
      StorageBackend.gcs({
        bucket: 'images',
        credentials: GcsCredentials.keyFile('{"type":"authorized_user"}'),
      }),
    ),
    says: [
      '[chart/registry/storage] storage.backend.credentials.keyFile: is not the key of a service account; write the content of the JSON key file of the service account',
    ],
  },
  {
    name: 'a key file of nothing',
    props: storage(StorageBackend.gcs({ bucket: 'images', credentials: GcsCredentials.keyFile('null') })),
    says: [
      '[chart/registry/storage] storage.backend.credentials.keyFile: is not the key of a service account; write the content of the JSON key file of the service account',
    ],
  },
  {
    name: "parts that Google doesn't take",
    props: storage(StorageBackend.gcs({ bucket: 'images', chunkSize: Size.kibibytes(1000) })),
    says: [
      '[chart/registry/storage] storage.backend.chunkSize: "1000Ki" is not a multiple of 256Ki; write e.g. Size.mebibytes(16)',
    ],
  },
  {
    name: 'Azure without a type of credentials',
    props: storage(StorageBackend.azure(wrong({ accountName: 'images', container: 'registry' }))),
    says: [
      '[chart/registry/storage] storage.backend.credentials: is missing, and the registry does not start without credentials; write AzureCredentials.sharedKey(...), clientSecret(...) or defaultCredentials()',
    ],
  },
  {
    name: 'Azure without an account and a container',
    props: storage(StorageBackend.azure(wrong({ credentials: AzureCredentials.defaultCredentials() }))),
    says: [
      '[chart/registry/storage] storage.backend.accountName: "" is not the name of a storage account: 3 to 24 lower-case letters and digits; write e.g. "companyimages"',
      '[chart/registry/storage] storage.backend.container: "" is not the name of a container: 3 to 63 lower-case letters, digits and single "-"; write e.g. "registry"',
    ],
  },
  {
    name: 'an empty key of Azure',
    props: storage(StorageBackend.azure({ ...AZURE, credentials: AzureCredentials.sharedKey('') })),
    says: [
      '[chart/registry/storage] storage.backend.credentials.accountKey: is empty; write it, or AzureCredentials.existingSharedKey(...) or existingClientSecret(...)',
    ],
  },
  {
    name: 'an application of Azure by its name',
    props: storage(
      StorageBackend.azure({
        ...AZURE,
        credentials: AzureCredentials.clientSecret(
          { tenantId: 'example.com', clientId: 'registry' },
          PASSWORD,
        ),
      }),
    ),
    says: [
      '[chart/registry/storage] storage.backend.credentials.tenantId: "example.com" is not an ID of Microsoft Entra; write e.g. "12345678-90ab-cdef-1234-567890abcdef"',
      '[chart/registry/storage] storage.backend.credentials.clientId: "registry" is not an ID of Microsoft Entra; write e.g. "12345678-90ab-cdef-1234-567890abcdef"',
    ],
  },
  {
    name: "what Azure's 2.8 driver can't do",
    props: {
      ...storage(
        StorageBackend.azure({
          ...AZURE,
          prefix: 'team',
          credentials: AzureCredentials.defaultCredentials(),
        }),
      ),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.backend.credentials: default_credentials, but registry 2.8 supports account keys only; write AzureCredentials.sharedKey(...), or image: "registry:3.1.1"',
      '[chart/registry/storage] storage.backend.prefix: "team" is not supported by registry 2.8; leave it out, or write image: "registry:3.1.1"',
    ],
  },
  {
    name: 'Swift on 3.x',
    props: storage(StorageBackend.swift(SWIFT)),
    says: [
      '[chart/registry/storage] storage.backend: Swift, which registry 3.x has no driver for; write image: "registry:2.8.3", or use Swift\'s S3 interface by StorageBackend.s3({ endpoint: "https://...", ... })',
    ],
  },
  {
    name: "Swift's password over HTTP",
    props: {
      ...storage(StorageBackend.swift({ ...SWIFT, authUrl: 'http://keystone.example.com/v3' })),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.backend.authUrl: "http://keystone.example.com/v3" would send the password unencrypted; write a URL that begins with https://, or accept this with insecurePasswordOverHttp: true',
    ],
  },
  {
    name: 'Swift without a password',
    props: { ...storage(StorageBackend.swift({ ...SWIFT, password: undefined })), image: 'registry:2.8.3' },
    says: ['[chart/registry/storage] storage.backend.password: is missing; write it, or passwordSecret'],
  },
  {
    name: 'Swift without anything',
    props: { ...storage(StorageBackend.swift(wrong({}))), image: 'registry:2.8.3' },
    says: [
      '[chart/registry/storage] storage.backend.authUrl: "" is empty; write e.g. "https://keystone.example.com/v3"',
      '[chart/registry/storage] storage.backend.username: "" is empty or has control characters; write e.g. "registry"',
      '[chart/registry/storage] storage.backend.container: "" is empty or has control characters; write e.g. "registry-images"',
      '[chart/registry/storage] storage.backend.password: is missing; write it, or passwordSecret',
    ],
  },
  {
    name: 'several replicas on a folder of a node',
    props: { ...storage(StorageBackend.hostPath({ path: '/srv/registry' })), replicas: 2 },
    says: [
      "[chart/registry/deployment] replicas: 2 can't share hostPath storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
  {
    name: 'a folder of a node that is not absolute',
    props: storage(StorageBackend.hostPath({ path: 'registry' })),
    says: [
      '[chart/registry/storage] storage.backend.path: "registry" is not the absolute path of a folder; write e.g. "/srv/registry"',
    ],
  },
  {
    name: 'all of a node',
    props: storage(StorageBackend.hostPath({ path: '/' })),
    says: [
      '[chart/registry/storage] storage.backend.path: "/" is not the absolute path of a folder; write e.g. "/srv/registry"',
    ],
  },
  {
    name: 'no folder',
    props: storage(StorageBackend.hostPath(wrong({}))),
    says: [
      '[chart/registry/storage] storage.backend.path: "" is not the absolute path of a folder; write e.g. "/srv/registry"',
    ],
  },
  {
    name: 'a node that is none',
    props: storage(StorageBackend.hostPath({ path: '/srv/registry', node: 'Worker 1' })),
    says: [
      '[chart/registry/storage] storage.backend.node: "Worker 1" is not the name of a node: at most 63 lower case letters, digits, "-" and "."; write its label kubernetes.io/hostname, e.g. "worker-1"',
    ],
  },
  {
    name: 'a node whose name is too long for a label',
    props: storage(StorageBackend.hostPath({ path: '/srv/registry', node: `${'a'.repeat(63)}b` })),
    says: [
      '[chart/registry/storage] storage.backend.node: "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa..." is not the name of a node: at most 63 lower case letters, digits, "-" and "."; write its label kubernetes.io/hostname, e.g. "worker-1"',
    ],
  },
  {
    name: 'redirects to a volume',
    props: storage(StorageBackend.newClaim(), { redirect: true }),
    says: [
      '[chart/registry/storage] storage.redirect: true is for object storage, and the backend is a volume; leave it out',
    ],
  },
  {
    name: 'CloudFront before a volume',
    props: storage(StorageBackend.newClaim(), { middleware: [StorageMiddleware.cloudFront(CLOUDFRONT)] }),
    says: [
      '[chart/registry/storage] storage.middleware: CloudFront, which supports S3 storage only, with ReadWriteOnce storage; use StorageBackend.s3(...), or leave it out',
    ],
  },
  {
    name: "CloudFront with a key that it doesn't read",
    props: storage(AMAZON, {
      middleware: [
        StorageMiddleware.cloudFront({ ...CLOUDFRONT, privateKey: '-----BEGIN PRIVATE KEY-----\n' }),
      ],
    }),
    says: [
      '[chart/registry/storage] storage.middleware.privateKey: is in the format PKCS#8, which the registry does not read; convert it by: openssl rsa -traditional -in key.pem',
    ],
  },
  {
    name: 'CloudFront without a key',
    props: storage(AMAZON, {
      middleware: [StorageMiddleware.cloudFront({ ...CLOUDFRONT, privateKey: undefined })],
    }),
    says: [
      '[chart/registry/storage] storage.middleware.privateKey: is missing; write the key, or privateKeySecret',
    ],
  },
  {
    name: 'CloudFront for some regions, which are not named',
    props: storage(AMAZON, {
      middleware: [StorageMiddleware.cloudFront({ ...CLOUDFRONT, filter: CloudFrontFilter.AWS_REGION })],
    }),
    says: [
      '[chart/registry/storage] storage.middleware.regions: is empty, but filter is AWS_REGION; write e.g. regions: ["eu-central-1"]',
    ],
  },
  {
    name: "CloudFront's update frequency on 2.8",
    props: {
      ...s3(
        { credentials: KEYS },
        { middleware: [StorageMiddleware.cloudFront({ ...CLOUDFRONT, updateFrequency: Duration.hours(1) })] },
      ),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.middleware.updateFrequency: is read as the duration by registry 2.8; leave it out, or write image: "registry:3.1.1"',
    ],
  },
  {
    name: 'CloudFront without redirects',
    props: storage(AMAZON, { redirect: false, middleware: [StorageMiddleware.cloudFront(CLOUDFRONT)] }),
    says: [
      '[chart/registry/storage] storage.redirect: false, but middleware changes redirects; leave one of them out',
    ],
  },
  {
    name: 'a middleware by its name',
    props: storage(AMAZON, { middleware: ['cloudfront'] }),
    says: [
      '[chart/registry/storage] storage.middleware[0]: "cloudfront" is not a StorageMiddleware; write e.g. StorageMiddleware.redirect(...)',
    ],
  },
  {
    name: 'a redirect without a scheme',
    props: storage(AMAZON, { middleware: [StorageMiddleware.redirect({ baseUrl: 'cdn.example.com' })] }),
    says: [
      '[chart/registry/storage] storage.middleware.baseUrl: "cdn.example.com" has no scheme; write "https://cdn.example.com"',
    ],
  },
  {
    name: 'a redirect with a path on 2.8',
    props: {
      ...s3(
        { credentials: KEYS },
        { middleware: [StorageMiddleware.redirect({ baseUrl: 'https://cdn.example.com/images' })] },
      ),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.middleware.baseUrl: "https://cdn.example.com/images" has a path, which registry 2.8 drops; write "https://cdn.example.com", or image: "registry:3.1.1"',
    ],
  },
  {
    name: 'a rewrite on 2.8',
    props: {
      ...s3({ credentials: KEYS }, { middleware: [StorageMiddleware.rewrite({ host: 'cdn.example.com' })] }),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.middleware: rewrite, which registry 2.8 does not support; use StorageMiddleware.redirect(...), or write image: "registry:3.1.1"',
    ],
  },
  {
    name: 'purging every half second',
    props: storage(undefined, { uploadPurging: { interval: Duration.millis(500) } }),
    says: [
      '[chart/registry/storage] storage.uploadPurging.interval: "0.5 s" is not a positive whole number of seconds; write e.g. Duration.hours(6)',
    ],
  },
  {
    name: 'an age as text',
    props: storage(undefined, { uploadPurging: { age: '24h' } }),
    says: [
      '[chart/registry/storage] storage.uploadPurging.age: "24h" is not a Duration; write e.g. Duration.days(1)',
    ],
  },
  {
    name: 'health checks every no time',
    props: storage(undefined, { health: { interval: Duration.seconds(0) } }),
    says: [
      '[chart/registry/storage] storage.health.interval: "0 s" is not a positive whole number of seconds; write e.g. Duration.seconds(10)',
    ],
  },
  {
    name: 'no failures at all',
    props: storage(undefined, { health: { threshold: 0 } }),
    says: [
      '[chart/registry/storage] storage.health.threshold: 0 is not a whole number from 1 to 1000; write e.g. 3',
    ],
  },
  {
    name: 'a text for read-only',
    props: storage(undefined, { readOnly: 'yes' }),
    says: ['[chart/registry/storage] storage.readOnly: "yes" is not a boolean; write true or false'],
  },
  {
    name: 'a cache that only one of several replicas clears',
    props: {
      ...storage(AMAZON, { descriptorCache: DescriptorCache.inMemory(), deletion: true }),
      replicas: 2,
    },
    says: [
      '[chart/registry/deployment] storage.descriptorCache: is in the memory of each pod, and only one of 2 replicas would drop a deleted image from it; write DescriptorCache.valkey(), or deletion: false, or replicas: 1 without autoscaling',
    ],
  },
  {
    name: 'the same by raw keys',
    props: {
      ...storage(AMAZON, { deletion: true }),
      replicas: 2,
      configuration: { extra: { storage: { cache: { blobdescriptor: 'inmemory' } } } },
    },
    says: [
      '[chart/registry/deployment] configuration.extra.storage.cache: is in the memory of each pod, and only one of 2 replicas would drop a deleted image from it; leave it out, or write storage: { descriptorCache: DescriptorCache.valkey() }, or replicas: 1 without autoscaling',
    ],
  },
  {
    name: 'a shared cache where none of its settings fits',
    props: storage(AMAZON, {
      descriptorCache: DescriptorCache.redis('redis://:hunter2@redis:6379', {
        username: 'two words',
        caSecret: { secret: Secret.fromSecretName(newChart(), 'ca', 'ca') },
        withoutTls: true,
        database: -1,
      }),
    }),
    says: [
      '[chart/registry/storage] storage.descriptorCache.address: is not a host with at most a port; write e.g. "redis.data.svc:6379"',
      '[chart/registry/storage] storage.descriptorCache.username: is not the name of a user: it is empty, or has spaces; write e.g. "registry"',
      '[chart/registry/storage] storage.descriptorCache.database: -1 is not a whole number from 0 to 1000000; write e.g. 0',
      '[chart/registry/storage] storage.descriptorCache.caSecret: has no effect without TLS; leave it out, or leave withoutTls out',
    ],
  },
  {
    name: 'what registry 2.8 can not do with a Redis',
    props: {
      ...storage(StorageBackend.newClaim(), {
        descriptorCache: DescriptorCache.redis('redis:6379', { username: 'registry' }),
      }),
      image: 'registry:2.8.3',
    },
    says: [
      '[chart/registry/storage] storage.descriptorCache.username: "registry" has no password; write password: { secret: Secret.fromSecretName(...) }, or leave it out',
      '[chart/registry/storage] storage.descriptorCache.withoutTls: false, but registry 2.8 can not encrypt the connection to Redis; write withoutTls: true if nobody else reads that network, or version: RegistryVersion.V3',
      '[chart/registry/storage] storage.descriptorCache.username: "registry" can not log in from registry 2.8, which sends a password only; leave it out, or write version: RegistryVersion.V3',
    ],
  },
  {
    name: 'a Valkey without room',
    props: storage(AMAZON, {
      descriptorCache: DescriptorCache.valkey({ memory: Size.kibibytes(512), image: 'valkey/valkey:latest' }),
    }),
    says: [
      '[chart/registry/storage/descriptor-cache] storage.descriptorCache.memory: "512Ki" is below 1 MiB; write e.g. Size.mebibytes(64)',
      '[chart/registry/storage/descriptor-cache] storage.descriptorCache.image: "valkey/valkey:latest" is tagged "latest", which is not a fixed version; write e.g. "valkey/valkey:8.1.4-alpine"',
    ],
  },
  {
    name: 'a Valkey whose Service has too long a name',
    props: {
      name: 'a'.repeat(47),
      ...storage(AMAZON, { descriptorCache: DescriptorCache.valkey() }),
    },
    says: [
      `[chart/registry/storage] storage.descriptorCache: makes the Service "${'a'.repeat(47)}-descriptor-cache", whose name has 64 characters, and more than 63; give the registry a name of at most 46 characters`,
    ],
  },
  {
    name: 'a shared cache that outlives a collection at the start',
    props: {
      ...storage(StorageBackend.newClaim(), { descriptorCache: DescriptorCache.valkey(), deletion: true }),
      garbageCollection: { onStart: true },
    },
    says: [
      '[chart/registry/deployment] garbageCollection.onStart: true would leave what was deleted in the cache of descriptors; write storage: { descriptorCache: DescriptorCache.inMemory() }, or leave it out, and add new RegistryCollection(...)',
    ],
  },
  {
    name: 'a password in place of its Secret',
    props: storage(AMAZON, {
      descriptorCache: DescriptorCache.redis('redis:6379', { password: PASSWORD as never }),
    }),
    says: [
      "[chart/registry/storage] storage.descriptorCache.password: is not { secret, key }; write e.g. { secret: Secret.fromSecretName(this, 'secret', 'my-secret') }",
    ],
  },
  {
    name: 'an autoscaler for no CPU',
    props: { ...storage(AMAZON), autoscaling: { maxReplicas: 3, averageCpu: Cpu.millis(0) } },
    says: [
      '[chart/registry/deployment] autoscaling.averageCpu: "0m" is not above zero; write e.g. Cpu.millis(500)',
    ],
  },
  {
    name: 'true for a cache',
    props: storage(AMAZON, { descriptorCache: true as never }),
    says: [
      '[chart/registry/storage] storage.descriptorCache: true is not a DescriptorCache; write e.g. DescriptorCache.valkey()',
    ],
  },
  {
    name: 'an autoscaler beside a fixed number, on a volume of one node, without the highest number',
    props: {
      ...storage(StorageBackend.hostPath({ path: '/srv/registry' })),
      replicas: 2,
      autoscaling: { minReplicas: 5, averageCpu: '1' as never } as never,
    },
    says: [
      '[chart/registry/deployment] replicas: 2 is given beside autoscaling; leave one of the two out',
      '[chart/registry/deployment] autoscaling.maxReplicas: is missing; write e.g. maxReplicas: 4',
      '[chart/registry/deployment] autoscaling.minReplicas: 5 is not a whole number from 1 to 2; write e.g. 2',
      '[chart/registry/deployment] autoscaling.averageCpu: "1" is not a Cpu; write e.g. Cpu.millis(500)',
      "[chart/registry/deployment] autoscaling.maxReplicas: 2 can't share hostPath storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY",
    ],
  },
];
