// What can be said of any storage: read-only, purging, health, redirects, middleware, the cache; and the
// first class that a cluster has.
import { Duration } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  CloudFrontFilter,
  DescriptorCache,
  Registry,
  type RegistryStorageOptions,
  RegistryVersion,
  S3Credentials,
  StorageBackend,
  StorageClasses,
  StorageMiddleware,
} from '../../lib';
import { manifest, newChart, textsOf } from '../support/synth';

const { V2, V3 } = RegistryVersion;
const KEY = '-----BEGIN RSA PRIVATE KEY-----\nMIIE\n-----END RSA PRIVATE KEY-----\n';
const S3 = StorageBackend.s3({
  bucket: 'images',
  region: 'eu-central-1',
  credentials: S3Credentials.existingSecret({ secret: Secret.fromSecretName(newChart(), 's3', 's3') }),
});

function configured(storage: RegistryStorageOptions, version = V3) {
  const chart = newChart();
  new Registry(chart, 'registry', { storage, image: version === V2 ? 'registry:2.8.3' : undefined });
  return { chart, ...parse(manifest(chart, 'ConfigMap/registry-config').data['config.yml']) };
}

describe('read-only', () => {
  test.each([V2, V3])('refuses pushes and deletions: %s', (version) => {
    expect(configured({ readOnly: true }, version).storage.maintenance.readonly).toEqual({ enabled: true });
  });

  test('is not written where it is not asked for', () => {
    expect(configured({}).storage.maintenance).toEqual({
      uploadpurging: { enabled: true, age: '24h', interval: '6h', dryrun: false },
    });
  });
});

test('purging always has all four keys', () => {
  const purging = { enabled: false, age: Duration.days(7), interval: Duration.minutes(90), dryRun: true };
  expect(configured({ uploadPurging: purging }).storage.maintenance.uploadpurging).toEqual({
    enabled: false,
    age: '168h',
    interval: '90m',
    dryrun: true,
  });
});

test('health checks can be changed, or left out', () => {
  const health = { interval: Duration.seconds(45), threshold: 5 };
  expect(configured({ health }).health).toEqual({
    storagedriver: { enabled: true, interval: '45s', threshold: 5 },
  });
  expect(configured({ health: { enabled: false } }).health).toEqual({ storagedriver: { enabled: false } });
});

test('redirects can be left out', () => {
  expect(configured({ backend: S3 }).storage.redirect).toBeUndefined();
  expect(configured({ backend: S3, redirect: false }).storage.redirect).toEqual({ disable: true });
  expect(configured({ redirect: false }).storage.redirect).toBeUndefined();
});

test('the cache is off unless asked for', () => {
  expect(configured({ backend: S3 }).storage.cache).toBeUndefined();
  expect(configured({ backend: S3, descriptorCache: DescriptorCache.inMemory() }).storage.cache).toEqual({
    blobdescriptor: 'inmemory',
  });
});

describe('middleware', () => {
  const distribution = { baseUrl: 'https://d111111abcdef8.cloudfront.net/', keyPairId: 'K2JCJMDEHXQW5F' };

  test.each([V2, V3])('sends clients to CloudFront: %s', (version) => {
    const cloudFront = StorageMiddleware.cloudFront({
      ...distribution,
      privateKey: KEY,
      duration: Duration.minutes(5),
    });
    const { chart, middleware } = configured({ backend: S3, middleware: [cloudFront] }, version);
    expect(middleware).toEqual({
      storage: [
        {
          name: 'cloudfront',
          options: {
            baseurl: 'https://d111111abcdef8.cloudfront.net',
            privatekey: '/cloudfront/private-key.pem',
            keypairid: 'K2JCJMDEHXQW5F',
            duration: '300s',
          },
        },
      ],
    });
    expect(textsOf(manifest(chart, 'Secret/registry-cloudfront'))).toEqual({ 'private-key.pem': KEY });
    const { containers, volumes } = manifest(chart, 'Deployment/registry').spec.template.spec;
    expect(containers[0].volumeMounts).toContainEqual({
      name: 'cloudfront',
      mountPath: '/cloudfront',
      readOnly: true,
    });
    expect(volumes).toContainEqual({
      name: 'cloudfront',
      secret: {
        secretName: 'registry-cloudfront',
        defaultMode: 0o440,
        items: [{ key: 'private-key.pem', path: 'private-key.pem' }],
      },
    });
  });

  test('may leave out clients on Amazon’s machines', () => {
    const cloudFront = StorageMiddleware.cloudFront({
      ...distribution,
      privateKeySecret: { secret: Secret.fromSecretName(newChart(), 'key', 'cloudfront-key'), key: 'key' },
      filter: CloudFrontFilter.AWS_REGION,
      regions: ['eu-central-1', 'eu-west-1'],
      updateFrequency: Duration.hours(6),
    });
    expect(configured({ backend: S3, middleware: [cloudFront] }).middleware.storage[0].options).toMatchObject(
      {
        ipfilteredby: 'awsregion',
        awsregion: 'eu-central-1,eu-west-1',
        updatefrequency: '21600s',
      },
    );
  });

  test('may be any server, also before a volume', () => {
    const middleware = [StorageMiddleware.redirect({ baseUrl: 'https://cdn.example.com' })];
    const written = { storage: [{ name: 'redirect', options: { baseurl: 'https://cdn.example.com' } }] };
    expect(configured({ middleware }, V2).middleware).toEqual(written);
    expect(configured({ middleware, redirect: true }).middleware).toEqual(written);
  });

  test('keeps its order, and means redirects also for a server that has none by default', () => {
    const credentials = S3Credentials.keys({ accessKeyId: 'id', secretAccessKey: 'key' });
    const backend = StorageBackend.s3({
      bucket: 'images',
      endpoint: 'https://minio.example.com',
      credentials,
    });
    const rewrite = StorageMiddleware.rewrite({
      scheme: 'https',
      host: 'cdn.example.com',
      trimPathPrefix: '/images',
    });
    const { storage, middleware } = configured({
      backend,
      middleware: [rewrite, StorageMiddleware.rewrite({ host: 'other.example.com' })],
    });
    expect(storage.redirect).toBeUndefined();
    expect(middleware.storage).toEqual([
      { name: 'rewrite', options: { scheme: 'https', host: 'cdn.example.com', trimpathprefix: '/images' } },
      { name: 'rewrite', options: { host: 'other.example.com' } },
    ]);
  });
});

test.each([
  [['hcloud-volumes', 'standard'], ['standard', 'hcloud-volumes'], 'hcloud-volumes'],
  [['hcloud-volumes', 'openebs-hostpath', 'standard'], ['standard'], 'standard'],
  [['hcloud-volumes'], ['local-path'], undefined],
  [['standard'], [], undefined],
  [['standard'], ['storageclass.storage.k8s.io/standard', ''], 'standard'],
  [[' ', ' standard '], ['', 'standard'], 'standard'],
])('of %j a cluster with %j has %s first', (preferred, available, first) => {
  expect(StorageClasses.firstOf({ preferred, available })).toBe(first);
});
