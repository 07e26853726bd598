// What each kind of storage writes: its part of config.yml for both lines of the registry, whole, and what
// the pod gets for it.
import { Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  AzureCredentials,
  GcsCredentials,
  Registry,
  type RegistryProps,
  RegistryVersion,
  S3Credentials,
  S3StorageClass,
  StorageBackend,
} from '../../lib';
import { manifest, manifestsIn, newChart, textsOf } from '../support/synth';

const CA = '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n';
const KEYS = S3Credentials.keys({
  accessKeyId: 'AKIAIOSFODNN7EXAMPLE',
  secretAccessKey: 'wJalrXUtnFEMI/K7MDENG',
});
const KEY_FILE = JSON.stringify({
  type: 'service_account',
  client_email: 'registry@example.com',
  private_key: 'PEM',
});
const IMAGES = { [RegistryVersion.V2]: 'registry:2.8.3', [RegistryVersion.V3]: 'registry:3.1.1' };
const { V2, V3 } = RegistryVersion;
const existing = (name: string) => Secret.fromSecretName(newChart(), 'secret', name);

function deployed(backend: StorageBackend, version = V3, props: RegistryProps = {}) {
  const chart = newChart();
  new Registry(chart, 'registry', {
    image: IMAGES[version],
    ...props,
    storage: { backend, ...props.storage },
  });
  const config = parse(manifest(chart, 'ConfigMap/registry-config').data['config.yml']);
  const { delete: deletion, maintenance, ...storage } = config.storage;
  const deployment = manifest(chart, 'Deployment/registry');
  const pod = deployment.spec.template.spec;
  const [container] = pod.containers;
  const ownVolumes = ['config', 'auth', 'tls'];
  return {
    chart,
    storage,
    maintenance,
    deletion,
    strategy: deployment.spec.strategy.type,
    checksum: deployment.spec.template.metadata.annotations['checksum/config'],
    init: pod.initContainers,
    env: container.env.filter(({ name }: { name: string }) => !/^(OTEL_|GO|REGISTRY_HTTP_)/.test(name)),
    volumes: pod.volumes.filter(({ name }: { name: string }) => !ownVolumes.includes(name)),
    mounts: container.volumeMounts.filter(({ name }: { name: string }) => !ownVolumes.includes(name)),
    egress: manifest(chart, 'NetworkPolicy/registry').spec.egress.slice(1),
  };
}

/** A text of a Secret of others, kept from being read as YAML. */
function textOf(name: string, secret: string, key: string): object[] {
  return [secretVariable(`TEXT_OF_${name}`, secret, key), { name, value: `|2-\n  $(TEXT_OF_${name})` }];
}

const secretVariable = (variable: string, name: string, key: string) => ({
  name: variable,
  valueFrom: { secretKeyRef: { name, key } },
});
const port = (number: number) => ({ ports: [{ port: number, protocol: 'TCP' }] });
const address = (ip: string, number: number) => ({
  to: [{ ipBlock: { cidr: `${ip}/32` } }],
  ...port(number),
});

describe('S3', () => {
  const minio = StorageBackend.s3({
    bucket: 'images',
    endpoint: 'https://minio.homelab.io',
    credentials: KEYS,
  });

  test('on Amazon, by who the pod is', () => {
    const it = deployed(StorageBackend.s3({ bucket: 'images', region: 'eu-central-1' }));
    expect(it.storage).toEqual({ s3: { bucket: 'images', region: 'eu-central-1' } });
    expect(it).toMatchObject({ env: [], volumes: [], mounts: [], strategy: 'RollingUpdate' });
    expect(it.egress).toEqual([port(443), address('169.254.169.254', 80), address('169.254.170.23', 80)]);
  });

  test.each([
    [V3, { forcepathstyle: true }],
    [V2, {}],
  ])('elsewhere, with what such servers need: registry %s', (version, more) => {
    const it = deployed(minio, version);
    expect(it.storage).toEqual({
      s3: {
        bucket: 'images',
        region: 'us-east-1',
        regionendpoint: 'https://minio.homelab.io',
        storageclass: 'NONE',
        ...more,
      },
      redirect: { disable: true },
    });
    expect(it.env).toEqual([
      secretVariable('AWS_ACCESS_KEY_ID', 'registry-s3', 'AWS_ACCESS_KEY_ID'),
      secretVariable('AWS_SECRET_ACCESS_KEY', 'registry-s3', 'AWS_SECRET_ACCESS_KEY'),
    ]);
    expect(textsOf(manifest(it.chart, 'Secret/registry-s3'))).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIAIOSFODNN7EXAMPLE',
      AWS_SECRET_ACCESS_KEY: 'wJalrXUtnFEMI/K7MDENG',
    });
    expect(it.egress).toEqual([port(443)]);
  });

  test('with everything set', () => {
    const backend = StorageBackend.s3({
      bucket: 'images',
      region: 'garage',
      endpoint: 'https://garage.example.com:3900/',
      pathStyle: false,
      prefix: 'team/registry',
      encrypt: true,
      kmsKeyId: 'alias/registry',
      storageClass: S3StorageClass.STANDARD,
      chunkSize: Size.mebibytes(5),
      skipVerify: true,
      credentials: S3Credentials.existingSecret({
        secret: existing('garage'),
        accessKeyIdKey: 'id',
        secretAccessKeyKey: 'key',
      }),
    });
    const it = deployed(backend, V3, { storage: { redirect: true } });
    expect(it.storage).toEqual({
      s3: {
        bucket: 'images',
        region: 'garage',
        regionendpoint: 'https://garage.example.com:3900',
        rootdirectory: '/team/registry',
        encrypt: true,
        keyid: 'alias/registry',
        storageclass: 'STANDARD',
        chunksize: 5_242_880,
        skipverify: true,
      },
    });
    expect(it.env).toEqual([
      secretVariable('AWS_ACCESS_KEY_ID', 'garage', 'id'),
      secretVariable('AWS_SECRET_ACCESS_KEY', 'garage', 'key'),
    ]);
    expect(it.egress).toEqual([port(3900)]);
  });

  test('a KMS key means encryption', () => {
    const it = deployed(
      StorageBackend.s3({ bucket: 'images', region: 'eu-central-1', kmsKeyId: 'alias/registry' }),
    );
    expect(it.storage.s3).toMatchObject({ encrypt: true, keyid: 'alias/registry' });
  });

  test.each([
    [
      'http://minio.minio.svc:9000',
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'minio' } } }] },
    ],
    [
      'http://minio.tenant.svc.cluster.local',
      { to: [{ namespaceSelector: { matchLabels: { 'kubernetes.io/metadata.name': 'tenant' } } }] },
    ],
    ['http://minio:9000', { to: [{ podSelector: {} }] }],
    ['http://10.0.0.7', { to: [{ ipBlock: { cidr: '10.0.0.7/32' } }], ...port(80) }],
  ])('the pod is let out to %s', (endpoint, rule) => {
    const it = deployed(StorageBackend.s3({ bucket: 'images', endpoint, credentials: KEYS }));
    expect(it.egress).toEqual([rule]);
    expect(it.storage.s3.secure).toBe(false);
  });

  test('a CA by value is a file that the registry trusts beside the well-known ones', () => {
    const it = deployed(
      StorageBackend.s3({
        bucket: 'images',
        endpoint: 'https://minio.homelab.io',
        credentials: KEYS,
        ca: CA,
      }),
    );
    expect(it.env.at(-1)).toEqual({ name: 'SSL_CERT_FILE', value: '/storage-ca/ca.crt' });
    expect(it.mounts).toEqual([{ name: 'storage-ca', mountPath: '/storage-ca', readOnly: true }]);
    expect(it.volumes).toEqual([
      {
        name: 'storage-ca',
        configMap: { name: 'registry-s3-ca', items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      },
    ]);
    expect(manifest(it.chart, 'ConfigMap/registry-s3-ca').data).toEqual({ 'ca.crt': CA });
  });

  test('a CA may be in a Secret', () => {
    const options = { bucket: 'images', endpoint: 'https://minio.homelab.io', credentials: KEYS };
    expect(
      deployed(StorageBackend.s3({ ...options, caSecret: { secret: existing('minio-tls') } })).volumes,
    ).toEqual([
      {
        name: 'storage-ca',
        secret: { secretName: 'minio-tls', defaultMode: 0o440, items: [{ key: 'ca.crt', path: 'ca.crt' }] },
      },
    ]);
  });

  test('new keys roll the pods, and config.yml knows nothing of them', () => {
    const keys = S3Credentials.keys({ accessKeyId: 'AKIAIOSFODNN7EXAMPLE', secretAccessKey: 'another' });
    const other = deployed(
      StorageBackend.s3({ bucket: 'images', endpoint: 'https://minio.homelab.io', credentials: keys }),
    );
    expect(other.checksum).not.toBe(deployed(minio).checksum);
    expect(deployed(minio).checksum).toBe(deployed(minio).checksum);
    expect(other.storage).toEqual(deployed(minio).storage);
  });
});

describe('GCS', () => {
  test.each([V2, V3])('by workload identity, through the registry: %s', (version) => {
    const it = deployed(StorageBackend.gcs({ bucket: 'images' }), version);
    expect(it.storage).toEqual({ gcs: { bucket: 'images' }, redirect: { disable: true } });
    expect(it).toMatchObject({ env: [], volumes: [], mounts: [] });
    expect(it.egress).toEqual([port(443), address('169.254.169.254', 80), address('169.254.169.252', 988)]);
  });

  test('by workload identity that may sign', () => {
    const credentials = GcsCredentials.workloadIdentity({ signing: true });
    expect(deployed(StorageBackend.gcs({ bucket: 'images', credentials })).storage).toEqual({
      gcs: { bucket: 'images' },
    });
  });

  test.each([V2, V3])('by a key file: %s', (version) => {
    const credentials = GcsCredentials.keyFile(KEY_FILE);
    const it = deployed(
      StorageBackend.gcs({ bucket: 'images', prefix: 'team', chunkSize: Size.mebibytes(8), credentials }),
      version,
    );
    expect(it.storage).toEqual({
      gcs: {
        bucket: 'images',
        rootdirectory: '/team',
        chunksize: 8_388_608,
        keyfile: '/storage-credentials/key.json',
      },
    });
    expect(it.volumes).toEqual([
      {
        name: 'storage-credentials',
        secret: {
          secretName: 'registry-gcs',
          defaultMode: 0o440,
          items: [{ key: 'key.json', path: 'key.json' }],
        },
      },
    ]);
    expect(textsOf(manifest(it.chart, 'Secret/registry-gcs'))).toEqual({ 'key.json': KEY_FILE });
  });

  test('by a key file in a Secret', () => {
    const credentials = GcsCredentials.existingSecret({ secret: existing('gcs'), key: 'account' });
    expect(deployed(StorageBackend.gcs({ bucket: 'images', credentials })).volumes).toEqual([
      {
        name: 'storage-credentials',
        secret: { secretName: 'gcs', defaultMode: 0o440, items: [{ key: 'account', path: 'key.json' }] },
      },
    ]);
  });
});

describe('Azure', () => {
  const azure = { accountName: 'images', container: 'registry' };
  const client = {
    tenantId: '12345678-90ab-cdef-1234-567890abcdef',
    clientId: 'abcdef12-90ab-cdef-1234-567890abcdef',
  };

  test.each([
    [V2, {}],
    [V3, { credentials: { type: 'shared_key' } }],
  ])('by an account key: %s', (version, more) => {
    const it = deployed(
      StorageBackend.azure({
        ...azure,
        realm: 'core.usgovcloudapi.net',
        credentials: AzureCredentials.sharedKey('c2VjcmV0=='),
      }),
      version,
    );
    expect(it.storage).toEqual({
      azure: { accountname: 'images', container: 'registry', realm: 'core.usgovcloudapi.net', ...more },
    });
    expect(it.env).toEqual([
      secretVariable('REGISTRY_STORAGE_AZURE_ACCOUNTKEY', 'registry-azure', 'accountKey'),
    ]);
    expect(textsOf(manifest(it.chart, 'Secret/registry-azure'))).toEqual({ accountKey: 'c2VjcmV0==' });
  });

  test('by an application, all of whose credentials are variables: the registry can’t add one to a map in config.yml', () => {
    const credentials = AzureCredentials.existingClientSecret(client, { secret: existing('application') });
    const it = deployed(StorageBackend.azure({ ...azure, prefix: 'team', credentials }));
    expect(it.storage).toEqual({
      azure: { accountname: 'images', container: 'registry', rootdirectory: '/team' },
    });
    expect(it.env).toEqual([
      { name: 'REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE', value: 'client_secret' },
      { name: 'REGISTRY_STORAGE_AZURE_CREDENTIALS_TENANTID', value: client.tenantId },
      { name: 'REGISTRY_STORAGE_AZURE_CREDENTIALS_CLIENTID', value: client.clientId },
      ...textOf('REGISTRY_STORAGE_AZURE_CREDENTIALS_SECRET', 'application', 'clientSecret'),
    ]);
  });

  test.each([
    ['8Q8~abc_def.ghi-jkl', '"8Q8~abc_def.ghi-jkl"'],
    ['abc8Q~x.y_z-1', 'abc8Q~x.y_z-1'],
    ['~tilde', '"~tilde"'],
    ['12345', '"12345"'],
    ['true', '"true"'],
  ])('a secret that YAML would change is quoted: %s', (secret, written) => {
    const { chart } = deployed(
      StorageBackend.azure({ ...azure, credentials: AzureCredentials.clientSecret(client, secret) }),
    );
    expect(textsOf(manifest(chart, 'Secret/registry-azure'))).toEqual({ clientSecret: written });
    expect(parse(written)).toBe(secret);
  });

  test('by who the pod is', () => {
    const endpoint = 'https://blobs.example.com:8443';
    const it = deployed(
      StorageBackend.azure({ ...azure, endpoint, credentials: AzureCredentials.defaultCredentials() }),
    );
    expect(it.storage.azure).toEqual({
      accountname: 'images',
      container: 'registry',
      serviceurl: endpoint,
      credentials: { type: 'default_credentials' },
    });
    expect(it.env).toEqual([]);
    expect(it.egress).toEqual([port(443), port(8443), address('169.254.169.254', 80)]);
  });
});

test('Swift, on 2.8', () => {
  const options = {
    container: 'images',
    authUrl: 'https://keystone.example.com:5000/v3',
    username: 'registry',
    domain: 'default',
    tenant: 'team',
  };
  const it = deployed(
    StorageBackend.swift({
      ...options,
      region: 'one',
      prefix: 'images',
      chunkSize: Size.mebibytes(10),
      password: 'secret',
    }),
    V2,
  );
  expect(it.storage).toEqual({
    swift: {
      authurl: 'https://keystone.example.com:5000/v3',
      username: 'registry',
      container: 'images',
      tenant: 'team',
      domain: 'default',
      region: 'one',
      prefix: 'images',
      chunksize: 10_485_760,
    },
  });
  expect(it.env).toEqual([secretVariable('REGISTRY_STORAGE_SWIFT_PASSWORD', 'registry-swift', 'password')]);
  const inSecret = deployed(
    StorageBackend.swift({ ...options, passwordSecret: { secret: existing('swift') } }),
    V2,
  );
  expect(inSecret.env).toEqual(textOf('REGISTRY_STORAGE_SWIFT_PASSWORD', 'swift', 'password'));
});

describe('a folder of a node', () => {
  test('and its claim are bound to each other, and the volume is in no namespace', () => {
    const options = {
      path: '/tmp/repository',
      size: Size.gibibytes(1),
      volumeName: 'docker-repo-pv',
      claimName: 'docker-repo-pvc',
      node: 'worker-1',
    };
    const { chart, strategy, volumes, init, storage } = deployed(StorageBackend.hostPath(options));
    expect(manifest(chart, 'PersistentVolume/docker-repo-pv')).toMatchObject({
      metadata: {
        name: 'docker-repo-pv',
        annotations: {
          'helm.sh/resource-policy': 'keep',
          'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false',
          'kustomize.toolkit.fluxcd.io/prune': 'disabled',
        },
      },
    });
    expect(manifest(chart, 'PersistentVolume/docker-repo-pv').metadata.namespace).toBeUndefined();
    expect(manifest(chart, 'PersistentVolume/docker-repo-pv').spec).toEqual({
      capacity: { storage: '1Gi' },
      accessModes: ['ReadWriteOnce'],
      persistentVolumeReclaimPolicy: 'Retain',
      claimRef: {
        apiVersion: 'v1',
        kind: 'PersistentVolumeClaim',
        namespace: 'registry',
        name: 'docker-repo-pvc',
      },
      hostPath: { path: '/tmp/repository', type: 'DirectoryOrCreate' },
      nodeAffinity: {
        required: {
          nodeSelectorTerms: [
            { matchExpressions: [{ key: 'kubernetes.io/hostname', operator: 'In', values: ['worker-1'] }] },
          ],
        },
      },
    });
    expect(manifest(chart, 'PersistentVolumeClaim/docker-repo-pvc').spec).toEqual({
      accessModes: ['ReadWriteOnce'],
      storageClassName: '',
      volumeName: 'docker-repo-pv',
      resources: { requests: { storage: '1Gi' } },
    });
    expect(strategy).toBe('Recreate');
    expect(volumes).toEqual([{ name: 'data', persistentVolumeClaim: { claimName: 'docker-repo-pvc' } }]);
    expect(init).toBeUndefined();
    expect(storage).toEqual({ filesystem: { rootdirectory: '/var/lib/registry' } });
  });

  test('is named after namespace and registry', () => {
    const { chart } = deployed(StorageBackend.hostPath({ path: '/srv/registry', keepOnUninstall: false }));
    expect(manifest(chart, 'PersistentVolume/registry.registry').metadata.annotations).toBeUndefined();
  });

  test('is bound by the claim alone where the namespace is not known', () => {
    const chart = newChart(undefined, {});
    new Registry(chart, 'registry', {
      storage: { backend: StorageBackend.hostPath({ path: '/srv/registry' }) },
    });
    expect(manifest(chart, 'PersistentVolume/registry').spec.claimRef).toBeUndefined();
    expect(manifest(chart, 'PersistentVolumeClaim/registry').spec.volumeName).toBe('registry');
  });

  test('is given to the registry by root, who can do nothing else, in a namespace that lets him', () => {
    const backend = StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true });
    const { chart, init } = deployed(backend, V3, { createNamespace: true, userId: 1000 });
    expect(init).toMatchObject([
      {
        name: 'fix-owner',
        image: 'registry:3.1.1',
        command: ['sh', '-ec', expect.stringContaining('chown -h "$1"'), '/var/lib/registry', '1000:1000'],
        securityContext: {
          runAsNonRoot: false,
          runAsUser: 0,
          runAsGroup: 0,
          allowPrivilegeEscalation: false,
          readOnlyRootFilesystem: true,
          capabilities: { drop: ['ALL'], add: ['CHOWN'] },
        },
      },
    ]);
    expect(manifest(chart, 'Namespace/registry').metadata.labels).toMatchObject({
      'pod-security.kubernetes.io/enforce': 'baseline',
      'pod-security.kubernetes.io/warn': 'baseline',
    });
  });

  test('lets the namespace be for a registry beside it, too, whichever comes first', () => {
    const chart = newChart();
    new Registry(chart, 'one', { name: 'one', createNamespace: true });
    const backend = StorageBackend.hostPath({ path: '/srv/registry', fixOwner: true });
    new Registry(chart, 'two', { name: 'two', createNamespace: true, storage: { backend } });
    const namespaces = manifestsIn(chart).filter(({ kind }) => kind === 'Namespace');
    expect(namespaces.map(({ metadata }) => metadata.labels['pod-security.kubernetes.io/enforce'])).toEqual([
      'baseline',
    ]);
  });
});
