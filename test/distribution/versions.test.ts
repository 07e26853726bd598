// What each major version of the registry is given, and what it is refused. A new version is a row.
import { Duration, Size } from 'cdk8s';
import {
  AzureCredentials,
  CloudFrontFilter,
  GcsCredentials,
  Registry,
  RegistryVersion,
  S3Credentials,
  S3StorageClass,
  StorageBackend,
  StorageMiddleware,
} from '../../lib';
import { VERSION_NAMES, versionOf, versionOfTag } from '../../lib/distribution/versions';
import { newChart, problemsIn } from '../support/synth';

interface Row {
  readonly version: RegistryVersion;
  readonly image: string;
  readonly folder: string;
  /** Which of the questions below are answered with a refusal. */
  readonly refuses: (keyof typeof QUESTIONS)[];
}

const keys = S3Credentials.keys({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'secret' });
const s3 = { bucket: 'images', region: 'eu-central-1', credentials: keys };
const azure = { accountName: 'images', container: 'images' };

/** Each is something that not every version knows. */
const QUESTIONS = {
  's3 by a service account': { backend: StorageBackend.s3({ ...s3, credentials: S3Credentials.none() }) },
  's3 with a newer class': { backend: StorageBackend.s3({ ...s3, storageClass: S3StorageClass.GLACIER_IR }) },
  's3 by path without an endpoint': { backend: StorageBackend.s3({ ...s3, pathStyle: true }) },
  'gcs that signs without a key file': {
    backend: StorageBackend.gcs({
      bucket: 'images',
      credentials: GcsCredentials.workloadIdentity({ signing: true }),
    }),
  },
  'azure without a key': {
    backend: StorageBackend.azure({ ...azure, credentials: AzureCredentials.defaultCredentials() }),
  },
  'azure under a prefix': {
    backend: StorageBackend.azure({
      ...azure,
      prefix: 'images',
      credentials: AzureCredentials.sharedKey('c2VjcmV0'),
    }),
  },
  swift: {
    backend: StorageBackend.swift({
      authUrl: 'https://keystone.example.com/v3',
      username: 'registry',
      container: 'images',
      password: 'secret',
      chunkSize: Size.mebibytes(5),
    }),
  },
  rewrite: {
    backend: StorageBackend.s3(s3),
    middleware: [StorageMiddleware.rewrite({ host: 'cdn.example.com' })],
  },
  'redirect to a path': {
    backend: StorageBackend.s3(s3),
    middleware: [StorageMiddleware.redirect({ baseUrl: 'https://cdn.example.com/images' })],
  },
  'cloudfront that updates': {
    backend: StorageBackend.s3(s3),
    middleware: [
      StorageMiddleware.cloudFront({
        baseUrl: 'https://d111111abcdef8.cloudfront.net',
        keyPairId: 'K2JCJMDEHXQW5F',
        privateKey: '-----BEGIN RSA PRIVATE KEY-----\n',
        filter: CloudFrontFilter.AWS,
        updateFrequency: Duration.hours(12),
      }),
    ],
  },
} as const;

const ROWS: Row[] = [
  {
    version: RegistryVersion.V2,
    image: 'registry:2.8.3',
    folder: '/etc/docker/registry',
    refuses: [
      's3 by a service account',
      's3 with a newer class',
      's3 by path without an endpoint',
      'gcs that signs without a key file',
      'azure without a key',
      'azure under a prefix',
      'rewrite',
      'redirect to a path',
      'cloudfront that updates',
    ],
  },
  { version: RegistryVersion.V3, image: 'registry:3.1.1', folder: '/etc/distribution', refuses: ['swift'] },
];

test('every version has its row', () => {
  expect(ROWS.map(({ version }) => version)).toEqual(Object.values(RegistryVersion));
  expect(VERSION_NAMES).toEqual(Object.values(RegistryVersion));
});

describe.each(ROWS)('$version', ({ version, image, folder, refuses }) => {
  const registryWith = (storage: object) => {
    const chart = newChart();
    return { chart, registry: new Registry(chart, 'registry', { image, storage }) };
  };

  test('is told by the tag of its image, and has its configuration where that looks for it', () => {
    const { registry } = registryWith({});
    expect(versionOfTag(image.split(':')[1] ?? '')).toBe(version);
    expect(registry.deployment.version).toBe(version);
    expect(registry.deployment.configuration.folder).toBe(folder);
    expect(versionOf(version).image).toBe(image);
  });

  test.each(Object.entries(QUESTIONS))('%s', (question, storage) => {
    const problems = problemsIn(registryWith(storage).chart);
    const refusal = expect.stringContaining(`registry ${versionOf(version).name}`);
    expect(problems).toEqual((refuses as string[]).includes(question) ? [refusal] : []);
  });
});
