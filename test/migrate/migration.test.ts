// Values files as people have them for the old charts: what becomes of each, and that this chart makes a
// registry of it with the same images, users and address.
import { spawnSync } from 'node:child_process';
import { parse, stringify } from 'yaml';
import { Migrated, migrate } from '../../lib/migrate/migration';
import { remarkLines, valuesText } from '../../lib/migrate/report';
import { Matter, MigrationOptions } from '../../lib/migrate/translation';
import { MadeOfValues, madeOf } from '../chart/given-values';
import { type Manifest, textsOf } from '../support/synth';

const HASH = '$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
const [TENANT, APPLICATION] = [
  '6f1c2a30-0000-4000-8000-000000000001',
  '6f1c2a30-0000-4000-8000-000000000002',
];
const AS_BEFORE = { image: { tag: '3.0.0' }, resources: { limits: { memory: '1Gi' } } };
const QUIET = { ...AS_BEFORE, fullnameOverride: 'images' };

function translated(old: object, options: MigrationOptions = {}): Migrated & MadeOfValues {
  const migrated = migrate(stringify(old), options);
  const made = madeOf(migrated.values);
  expect(made).toMatchObject({ problems: [], unasked: [], misfits: [] });
  // The text says what the paths say.
  const nested = parse(valuesText(migrated));
  for (const [path, value] of migrated.values) {
    expect(path.split('.').reduce((inside, key) => inside[key], nested)).toEqual(value);
  }
  return { ...migrated, ...made };
}

/** Remarks that say that something is not as it was. */
function losses({ remarks }: Migrated): string[] {
  return remarks
    .filter(({ matter }) => matter === Matter.LOST || matter === Matter.GUESSED)
    .map(({ key }) => key);
}

function keysOf({ remarks }: Migrated, matter: Matter): string[] {
  return remarks.filter((remark) => remark.matter === matter).map(({ key }) => key);
}

function find({ manifests }: MadeOfValues, kind: string) {
  return manifests.find((manifest) => manifest.kind === kind);
}

const pod = (made: MadeOfValues) => find(made, 'Deployment')?.spec.template.spec;
const config = (made: MadeOfValues) => parse(find(made, 'ConfigMap')?.data['config.yml']);

describe('a release with nothing set', () => {
  const made = translated({});

  test('is as open as it was, and says so', () => {
    expect(Object.fromEntries(made.values)).toEqual({
      'persistence.enabled': false,
      'auth.enabled': false,
      'tls.enabled': false,
    });
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled', 'auth.enabled', 'tls.enabled']);
    expect(config(made)).not.toHaveProperty('auth');
    expect(pod(made).volumes.map(({ name }: { name: string }) => name)).toEqual(['config', 'data']);
  });

  test('loses nothing', () => {
    expect(losses(made)).toEqual([]);
  });

  test('is told about it where it is switched off in values.yaml', () => {
    expect(valuesText(made)).toContain(
      '  # As open as it was, and not what this chart does by itself; see below.\n  enabled: false\n',
    );
  });
});

describe('nginx, cert-manager, a claim and users', () => {
  const old = {
    image: { tag: '2.8.3' },
    replicaCount: 1,
    persistence: { enabled: true, size: '100Gi', storageClass: 'fast', deleteEnabled: true },
    secrets: { htpasswd: `alice:${HASH}\nbob:${HASH}\n`, haSharedSecret: 'sssh' },
    ingress: {
      enabled: true,
      className: 'nginx',
      hosts: ['registry.example.com'],
      annotations: {
        'cert-manager.io/cluster-issuer': 'letsencrypt',
        'nginx.ingress.kubernetes.io/proxy-body-size': 0,
      },
      tls: [{ secretName: 'registry-example-com', hosts: ['registry.example.com'] }],
    },
    resources: { limits: { cpu: 1, memory: '512M' }, requests: { cpu: '100m' } },
    nodeSelector: { disk: 'ssd' },
    tolerations: [{ key: 'dedicated', operator: 'Exists' }],
  };
  const made = translated(old, { release: 'images' });

  test('has the same claim, which stays as it is', () => {
    const claim = 'images-docker-registry';
    expect(pod(made).volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: claim } });
    expect(find(made, 'PersistentVolumeClaim')).toBeUndefined();
    expect(made.remarks.find(({ key }) => key === 'persistence.existingClaim')?.text).toContain(claim);
  });

  test('has the same Service', () => {
    expect(find(made, 'Service')?.metadata.name).toBe('images-docker-registry');
  });

  test('runs as the user that its files belong to', () => {
    expect(pod(made).securityContext).toMatchObject({ runAsUser: 1000, fsGroup: 1000 });
  });

  test('has the same users', () => {
    expect(made.values.get('auth.htpasswd')).toBe(`alice:${HASH}\nbob:${HASH}\n`);
  });

  test('has the same host with the same certificate', () => {
    const { rules, tls, ingressClassName } = find(made, 'Ingress')?.spec ?? {};
    expect(rules[0].host).toBe('registry.example.com');
    expect(tls).toEqual([{ hosts: ['registry.example.com'], secretName: 'registry-example-com' }]);
    expect(ingressClassName).toBe('nginx');
    expect(find(made, 'Ingress')?.metadata.annotations).toMatchObject({
      'cert-manager.io/cluster-issuer': 'letsencrypt',
      'nginx.ingress.kubernetes.io/proxy-body-size': '0',
    });
  });

  test('has the same resources, in whole units', () => {
    expect(pod(made).containers[0].resources).toEqual({
      limits: { cpu: '1', memory: '500000Ki' },
      requests: { cpu: '100m', memory: '500000Ki' },
    });
  });

  test('allows deletion, and is encrypted', () => {
    expect(config(made).storage.delete).toEqual({ enabled: true });
    expect(keysOf(made, Matter.OPEN)).toEqual([]);
  });

  test('loses the shared secret, without showing it', () => {
    expect(losses(made)).toEqual(['secrets.haSharedSecret']);
    expect(valuesText(made)).not.toContain('sssh');
  });
});

describe('the claim', () => {
  const persistence = { enabled: true };

  test.each([
    [{ persistence }, { release: 'docker-registry' }, 'docker-registry'],
    [{ persistence }, { release: 'my-docker-registry-2' }, 'my-docker-registry-2'],
    [{ persistence }, { release: 'images' }, 'images-docker-registry'],
    [{ persistence, nameOverride: 'hub' }, { release: 'images' }, 'images-hub'],
    [{ persistence, fullnameOverride: 'hub' }, { release: 'images' }, 'hub'],
    [{ persistence: { enabled: true, existingClaim: 'archive' } }, { release: 'images' }, 'archive'],
  ])('%j of %j is %s', (old, options, claim) => {
    const made = translated({ ...AS_BEFORE, ...old }, options);
    expect(pod(made).volumes).toContainEqual({ name: 'data', persistentVolumeClaim: { claimName: claim } });
    expect(losses(made)).toEqual([]);
  });

  test('is guessed where nobody told the name, and that is said', () => {
    const made = translated({ ...AS_BEFORE, persistence });
    expect(made.values.get('persistence.existingClaim')).toBe('docker-registry');
    expect(keysOf(made, Matter.GUESSED)).toEqual(['persistence.existingClaim']);
  });

  test('of several pods stays one of several pods', () => {
    const made = translated({
      ...QUIET,
      replicaCount: 3,
      persistence: { enabled: true, accessMode: 'ReadWriteMany' },
    });
    expect(find(made, 'Deployment')?.spec.replicas).toBe(3);
    expect(losses(made)).toEqual([]);
  });

  describe('of pods that are scaled', () => {
    const shared = { ...QUIET, persistence: { enabled: true, accessMode: 'ReadWriteMany' } };
    const CPU = 'autoscaling.targetCPUUtilizationPercentage';
    const MEMORY = 'autoscaling.targetMemoryUtilizationPercentage';
    const scaled = (autoscaling: object, resources?: object) =>
      translated({
        ...shared,
        autoscaling: { enabled: true, ...autoscaling },
        ...(resources && { resources }),
      });

    test('scales them by the same CPU', () => {
      const resources = { requests: { cpu: '0.25', memory: '128Mi' } };
      const made = scaled({ maxReplicas: 5, targetCPUUtilizationPercentage: 80 }, resources);
      expect(find(made, 'Deployment')?.spec.replicas).toBeUndefined();
      const { minReplicas, maxReplicas, metrics } = find(made, 'HorizontalPodAutoscaler')?.spec ?? {};
      expect({ minReplicas, maxReplicas }).toEqual({ minReplicas: 1, maxReplicas: 5 });
      expect(metrics[0].resource.target).toEqual({ type: 'AverageValue', averageValue: '200m' });
      expect(losses(made)).toEqual([MEMORY]);
      expect(keysOf(made, Matter.GUESSED)).toEqual([]);
    });

    test('by the CPU of the limit, which is the request too', () => {
      const made = scaled({ minReplicas: 2 }, { limits: { cpu: 1 } });
      expect(made.values.get('autoscaling.averageCpu')).toBe('600m');
      expect(made.values.get('autoscaling.minReplicas')).toBe(2);
    });

    test('by 500m where no request says what a percentage means, and by nothing else', () => {
      const made = scaled({ behavior: { scaleDown: { stabilizationWindowSeconds: 60 } } });
      const target = find(made, 'HorizontalPodAutoscaler')?.spec.metrics[0].resource.target;
      expect(target.averageValue).toBe('500m');
      expect(losses(made)).toEqual([CPU, MEMORY, 'autoscaling.behavior']);
      expect(keysOf(made, Matter.GUESSED)).toEqual([CPU]);
    });

    test.each([
      { minReplicas: 1, maxReplicas: 1 },
      { minReplicas: 4, maxReplicas: 2 },
      { minReplicas: 0, maxReplicas: 2 },
    ])('or has one pod, where that would be refused: %j', (autoscaling) => {
      const made = scaled(autoscaling);
      expect(find(made, 'Deployment')?.spec.replicas).toBe(1);
      expect(find(made, 'HorizontalPodAutoscaler')).toBeUndefined();
      expect(losses(made)).toEqual(['autoscaling']);
    });

    test('or on storage of one pod', () => {
      const made = translated({ ...QUIET, persistence, autoscaling: { enabled: true, minReplicas: 2 } });
      expect(find(made, 'HorizontalPodAutoscaler')).toBeUndefined();
      expect(losses(made)).toEqual(['autoscaling']);
    });

    test('has no descriptor cache of each pod where images can be deleted', () => {
      const made = translated({
        ...shared,
        persistence: { ...shared.persistence, deleteEnabled: true },
        autoscaling: { enabled: true },
      });
      expect(made.values.get('storage.deletion')).toBe(true);
      expect(made.values.has('storage.descriptorCache')).toBe(false);
    });
  });

  test('of one pod has one, and the others are named', () => {
    const made = translated({ ...QUIET, replicaCount: 3, persistence });
    expect(find(made, 'Deployment')?.spec.replicas).toBe(1);
    expect(losses(made)).toEqual(['replicaCount']);
  });
});

describe('a bucket', () => {
  const s3 = { region: 'eu-central-1', bucket: 'images' };
  const keys = { accessKey: 'AKIA', secretKey: 'sssh' };

  test('on Amazon, with keys', () => {
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3: { ...s3, encrypt: true, secure: true, rootdirectory: '/team/a/' },
      secrets: { s3: keys },
    });
    expect(config(made).storage.s3).toEqual({ ...s3, encrypt: true, rootdirectory: '/team/a' });
    expect(config(made).storage.redirect).toBeUndefined();
    expect(find(made, 'PersistentVolumeClaim')).toBeUndefined();
    expect(textsOf(made.manifests.find(({ metadata }) => metadata.name === 'images-s3'))).toEqual({
      AWS_ACCESS_KEY_ID: 'AKIA',
      AWS_SECRET_ACCESS_KEY: 'sssh',
    });
    expect(losses(made)).toEqual([]);
  });

  test('on MinIO, with a Secret, and clients that are sent there', () => {
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3: { ...s3, regionEndpoint: 'http://minio.minio.svc:9000', forcepathstyle: true },
      secrets: { s3: { secretRef: 'minio-keys' } },
    });
    expect(config(made).storage).toMatchObject({
      s3: { ...s3, regionendpoint: 'http://minio.minio.svc:9000', forcepathstyle: true },
    });
    // Where nothing is said of redirects, the registry sends clients to the store.
    expect(made.values.get('storage.redirect')).toBe(true);
    expect(config(made).storage).not.toHaveProperty('redirect');
    expect(pod(made).containers[0].env).toContainEqual({
      name: 'AWS_ACCESS_KEY_ID',
      valueFrom: { secretKeyRef: { name: 'minio-keys', key: 's3AccessKey' } },
    });
    expect(losses(made)).toEqual([]);
  });

  test.each(['0', '09000', '65536', '99999'])('at the port %s: is refused', (port) => {
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3: { ...s3, regionEndpoint: `http://minio.minio.svc:${port}` },
      secrets: { s3: keys },
    });
    expect(made.values.has('storage.s3.endpoint')).toBe(false);
    expect(losses(made)).toEqual(['s3.regionEndpoint']);
  });

  test('whose address has no scheme is reached as before', () => {
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3: { ...s3, regionEndpoint: 'minio.example.com' },
      secrets: { s3: keys },
    });
    expect(config(made).storage.s3.regionendpoint).toBe('https://minio.example.com');
    const plain = translated({
      ...QUIET,
      storage: 's3',
      s3: { ...s3, regionEndpoint: 'minio.example.com' },
      secrets: { s3: keys },
      configData: { storage: { s3: { secure: false } } },
    });
    expect(config(plain).storage.s3.regionendpoint).toBe('http://minio.example.com');
  });

  test('without keys, on 2.x: another image runs, and that is said', () => {
    const made = translated({ ...QUIET, image: { tag: '2.8.3' }, storage: 's3', s3 });
    expect(made.values.has('image.tag')).toBe(false);
    expect(losses(made)).toEqual(['image.tag']);
  });

  test('with keys from variables', () => {
    const from = (name: string, key: string) => ({
      name,
      valueFrom: { secretKeyRef: { name: 'bucket', key } },
    });
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3,
      extraEnvVars: [
        from('REGISTRY_STORAGE_S3_ACCESSKEY', 'id'),
        from('REGISTRY_STORAGE_S3_SECRETKEY', 'key'),
        { name: 'TZ', value: 'UTC' },
      ],
    });
    expect(made.values.get('storage.s3.existingSecret')).toBe('bucket');
    expect(made.values.get('extraEnv')).toEqual([{ name: 'TZ', value: 'UTC' }]);
    expect(losses(made)).toEqual([]);
  });

  const from = (name: string, secret = 'bucket') => ({
    name,
    valueFrom: { secretKeyRef: { name: secret, key: 'x' } },
  });
  const text = (name: string) => ({ name, value: 'sssh' });

  test.each<[string[], object]>([
    [['secrets.s3.accessKey'], { secrets: { s3: { accessKey: 'AKIA' } } }],
    [['secrets.s3.secretKey'], { secrets: { s3: { secretKey: 'sssh' } } }],
    [['extraEnvVars.AWS_ACCESS_KEY_ID'], { extraEnvVars: [from('AWS_ACCESS_KEY_ID')] }],
    [
      ['extraEnvVars.REGISTRY_STORAGE_S3_SECRETKEY'],
      { extraEnvVars: [from('REGISTRY_STORAGE_S3_SECRETKEY')] },
    ],
    [['extraEnvVars.AWS_SECRET_ACCESS_KEY'], { extraEnvVars: [text('AWS_SECRET_ACCESS_KEY')] }],
    [
      ['extraEnvVars.REGISTRY_STORAGE_S3_ACCESSKEY'],
      { extraEnvVars: [text('REGISTRY_STORAGE_S3_ACCESSKEY')] },
    ],
    [['configData.storage.s3.secretkey'], { configData: { storage: { s3: { secretkey: 'sssh' } } } }],
    [
      ['extraEnvVars.AWS_ACCESS_KEY_ID', 'secrets.s3.secretKey'],
      { extraEnvVars: [from('AWS_ACCESS_KEY_ID')], secrets: { s3: { secretKey: 'sssh' } } },
    ],
  ])('with half a pair of keys: %j', (names, old) => {
    const made = translated({ ...QUIET, storage: 's3', s3, ...old });
    expect(losses(made)).toEqual(names);
    expect([...made.values.keys()].filter((path) => /accessKey/i.test(path))).toEqual([]);
    expect(made.values.has('extraEnv')).toBe(false);
    expect(remarkLines(made.remarks).join()).toContain('key is missing');
    expect(remarkLines(made.remarks).join()).not.toContain('sssh');
  });

  test('with keys that do not count names them', () => {
    const made = translated({
      ...QUIET,
      storage: 's3',
      s3,
      secrets: { s3: { ...keys, secretRef: 'bucket' } },
    });
    expect(keysOf(made, Matter.DIFFERENT)).toEqual(
      expect.arrayContaining(['secrets.s3.accessKey', 'secrets.s3.secretKey']),
    );
    const azure = translated({ ...QUIET, secrets: { s3: keys, swift: { username: 'x' } } });
    expect(keysOf(azure, Matter.DIFFERENT)).toEqual(
      expect.arrayContaining(['secrets.s3.accessKey', 'secrets.s3.secretKey', 'secrets.swift.username']),
    );
  });

  test.each([
    [['s3.bucket', 's3.region'], { storage: 's3', secrets: { s3: keys } }],
    [['configData.storage.gcs.bucket'], { storage: 'gcs' }],
    [
      ['secrets.azure.container'],
      { storage: 'azure', secrets: { azure: { accountName: 'company', accountKey: 'a2V5' } } },
    ],
    [
      ['secrets.azure.accountName'],
      { storage: 'azure', secrets: { azure: { container: 'images', accountKey: 'a2V5' } } },
    ],
    [
      ['secrets.azure.accountKey'],
      { storage: 'azure', secrets: { azure: { container: 'images', accountName: 'company' } } },
    ],
  ])('that lacks %j says so', (names, old) => {
    expect(losses(migrate(stringify({ ...QUIET, ...old })))).toEqual(names);
  });

  test.each([[['username']], [['password']]])('on Swift, with half a pair of keys, names the %s', (given) => {
    const swift = Object.fromEntries(given.map((name) => [name, 'sssh']));
    expect(losses(translated({ ...QUIET, storage: 'swift', secrets: { swift } }))).toEqual([
      'storage',
      `secrets.swift.${given[0]}`,
    ]);
  });

  test('on Google, with a key file from a Secret', () => {
    const made = translated({
      ...QUIET,
      storage: 'gcs',
      configData: {
        storage: {
          gcs: {
            bucket: 'company-images',
            keyfile: '/gcs/key.json',
            rootdirectory: 'a',
            chunksize: 10485760,
          },
        },
      },
      extraVolumes: [
        { name: 'gcs', secret: { secretName: 'gcs-key', items: [{ key: 'file', path: 'key.json' }] } },
      ],
      extraVolumeMounts: [{ name: 'gcs', mountPath: '/gcs', readOnly: true }],
    });
    expect(Object.fromEntries(made.values)).toMatchObject({
      'storage.type': 'gcs',
      'storage.gcs.bucket': 'company-images',
      'storage.gcs.existingSecret': 'gcs-key',
      'storage.gcs.existingSecretKey': 'file',
      'storage.gcs.prefix': 'a',
      'storage.gcs.chunkSize': '10Mi',
    });
    expect(made.values.has('extraVolumes')).toBe(false);
    expect(losses(made)).toEqual([]);
  });

  test('on Azure', () => {
    const azure = { accountName: 'company', accountKey: 'a2V5Cg==', container: 'images' };
    const made = translated({ ...QUIET, storage: 'azure', secrets: { azure } });
    expect(config(made).storage.azure).toMatchObject({ accountname: 'company', container: 'images' });
    expect(losses(made)).toEqual([]);
  });

  const client = { type: 'client_secret', tenantid: TENANT, clientid: APPLICATION };

  test('on Azure, as an application', () => {
    const azure = {
      accountname: 'company',
      container: 'images',
      credentials: { ...client, secret: '8~Q.sssh' },
    };
    const made = translated({ ...QUIET, storage: 'azure', configData: { storage: { azure } } });
    const variables = Object.fromEntries(
      pod(made).containers[0].env.map(({ name, value }: Record<string, string>) => [name, value]),
    );
    expect(variables).toMatchObject({
      REGISTRY_STORAGE_AZURE_CREDENTIALS_TYPE: 'client_secret',
      REGISTRY_STORAGE_AZURE_CREDENTIALS_TENANTID: TENANT,
      REGISTRY_STORAGE_AZURE_CREDENTIALS_CLIENTID: APPLICATION,
    });
    expect(made.values.get('storage.azure.clientSecret')).toBe('8~Q.sssh');
    expect(losses(made)).toEqual([]);
  });

  test('on Azure, as an application whose secret is in a Secret', () => {
    const reference = { secretKeyRef: { name: 'entra', key: 'app' } };
    const made = translated({
      ...QUIET,
      storage: 'azure',
      secrets: { azure: { accountName: 'company', accountKey: 'not-used', container: 'images' } },
      configData: { storage: { azure: { credentials: client } } },
      extraEnvVars: [{ name: 'REGISTRY_STORAGE_AZURE_CREDENTIALS_SECRET', valueFrom: reference }],
    });
    expect(pod(made).containers[0].env).toContainEqual(expect.objectContaining({ valueFrom: reference }));
    expect(made.values.has('storage.azure.accountKey')).toBe(false);
    expect(losses(made)).toEqual([]);
  });

  test('on Azure, as who the pod is', () => {
    const azure = {
      accountname: 'company',
      container: 'images',
      credentials: { type: 'default_credentials' },
    };
    const made = translated({ ...QUIET, storage: 'azure', configData: { storage: { azure } } });
    expect(config(made).storage.azure.credentials).toEqual({ type: 'default_credentials' });
    expect(losses(made)).toEqual([]);
  });

  test.each([
    ['of another type', '3.0.0', { type: 'magic' }],
    ['by registry 2', '2.8.3', client],
  ])('on Azure, with credentials %s', (_, tag, credentials) => {
    const secrets = { azure: { accountName: 'company', accountKey: 'a2V5', container: 'images' } };
    const made = translated({
      ...QUIET,
      image: { tag },
      storage: 'azure',
      secrets,
      configData: { storage: { azure: { credentials } } },
    });
    expect(losses(made)).toEqual(['configData.storage.azure.credentials']);
  });

  test('on Azure, as an application that is not all there, is named', () => {
    const credentials = { type: 'client_secret', tenantid: TENANT, clientid: 'me' };
    const azure = { accountname: 'company', container: 'images', credentials };
    const { remarks } = migrate(
      stringify({ ...QUIET, storage: 'azure', configData: { storage: { azure } } }),
    );
    const named = remarks
      .filter(({ key }) => key.includes('credentials'))
      .map(({ matter, key }) => [matter, key.split('.').at(-1)]);
    expect(named).toEqual([
      [Matter.LOST, 'clientid'],
      [Matter.GUESSED, 'clientid'],
      [Matter.GUESSED, 'secret'],
    ]);
  });

  test.each(['swift', 'oss'])('on %s is not to be had', (storage) => {
    const made = translated({
      ...QUIET,
      storage,
      swift: { authurl: 'https://keystone.example.com', container: 'images' },
    });
    expect(losses(made)).toContain('storage');
  });

  test('of several pods, from which clients delete, has no cache in each of them', () => {
    const several = { ...QUIET, storage: 's3', s3, secrets: { s3: keys }, replicaCount: 2 };
    expect(translated(several).values.get('storage.descriptorCache.type')).toBe('inmemory');
    const deleting = translated({ ...several, persistence: { deleteEnabled: true } });
    expect(deleting.values.has('storage.descriptorCache.type')).toBe(false);
  });
});

describe('the lock', () => {
  const htpasswd = { htpasswd: `alice:${HASH}` };

  test('with users and a certificate in the pod is the same', () => {
    const made = translated({
      ...QUIET,
      tlsSecretName: 'pair',
      secrets: htpasswd,
      service: { type: 'LoadBalancer', port: 443 },
    });
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled']);
    expect(config(made).http.tls).toBeDefined();
    expect(find(made, 'Service')?.spec).toMatchObject({
      type: 'LoadBalancer',
      ports: [{ port: 443, name: 'https' }],
    });
    expect(losses(made)).toEqual([]);
  });

  test.each([
    ['inside of the cluster', {}],
    ['at a node port', { service: { type: 'NodePort', nodePort: 30500 } }],
    ['at an ingress', { ingress: { enabled: true, className: 'nginx', hosts: ['registry.example.com'] } }],
  ])('with users and no certificate %s lets passwords travel as they did, and says so', (_, old) => {
    const made = translated({ ...QUIET, secrets: htpasswd, ...old });
    expect(made.values.get('auth.insecurePasswordsOverHttp')).toBe(true);
    expect(keysOf(made, Matter.OPEN)).toEqual([
      'persistence.enabled',
      'tls.enabled',
      'auth.insecurePasswordsOverHttp',
    ]);
    expect(config(made).auth.htpasswd).toBeDefined();
  });

  const at = { enabled: true, className: 'nginx', hosts: ['registry.example.com'] };
  const annotated = (name: string) => ({ ...at, annotations: { [name]: 'x' } });

  test.each([
    ["the controller's own certificate", { ingress: { ...at, tls: [{ hosts: ['registry.example.com'] }] } }],
    [
      'alb.ingress.kubernetes.io/certificate-arn',
      { ingress: annotated('alb.ingress.kubernetes.io/certificate-arn') },
    ],
    [
      'traefik.ingress.kubernetes.io/router.tls',
      { ingress: annotated('traefik.ingress.kubernetes.io/router.tls') },
    ],
    [
      'ssl-cert',
      {
        service: {
          type: 'LoadBalancer',
          annotations: { 'service.beta.kubernetes.io/aws-load-balancer-ssl-cert': 'x' },
        },
      },
    ],
  ])('that %s makes stays, and no certificate is made', (by, old) => {
    const made = translated({ ...QUIET, secrets: htpasswd, ...old });
    expect(losses(made)).toEqual([]);
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled']);
    expect(made.values.get('tls.external')).toBe(true);
    for (const path of ['tls.enabled', 'auth.insecurePasswordsOverHttp'])
      expect(made.values.has(path)).toBe(false);
    expect(made.remarks.find(({ key }) => key === 'tls.external')?.text).toContain(by);
    expect(find(made, 'Secret')?.metadata.name).not.toContain('tls');
    if ('ingress' in old)
      expect(find(made, 'Ingress')?.spec.tls).toEqual([{ hosts: ['registry.example.com'] }]);
  });

  test.each([
    [
      'networking.gke.io/managed-certificates',
      { ingress: annotated('networking.gke.io/managed-certificates') },
    ],
    [
      'appgw.ingress.kubernetes.io/appgw-ssl-certificate',
      { ingress: annotated('appgw.ingress.kubernetes.io/appgw-ssl-certificate') },
    ],
  ])('that %s makes, and that `tls` might undo, is not called open', (by, old) => {
    const made = translated({ ...QUIET, secrets: htpasswd, ...old });
    expect(losses(made)).toEqual(['tls.enabled']);
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled', 'auth.insecurePasswordsOverHttp']);
    const said = remarkLines(made.remarks).join('\n');
    expect(said).toContain(by);
    expect(said).toContain('tls.enabled: false, though the old release is encrypted, by ');
    expect(said).not.toContain('nothing is encrypted');
    expect(said).not.toContain('as it was: passwords');
  });

  describe('by `tls` without a Secret', () => {
    const [hub, other] = ['hub.example.com', 'other.example.com'];
    const oldWith = (ingress: object, more: object = {}) => ({
      ...QUIET,
      persistence: { enabled: true },
      secrets: htpasswd,
      ingress: { enabled: true, className: 'nginx', hosts: [hub], ...ingress },
      ...more,
    });

    test.each(['nginx', 'traefik', 'haproxy', 'company'])('stays the controller of %s', (className) => {
      const made = translated(oldWith({ className, tls: [{ hosts: [hub] }] }));
      expect(made.values.get('tls.external')).toBe(true);
      expect(made.values.get('ingress.className')).toBe(className);
      expect(find(made, 'Ingress')?.spec).toMatchObject({ tls: [{ hosts: [hub] }], rules: [{ host: hub }] });
      expect(losses(made)).toEqual([]);
      expect(keysOf(made, Matter.OPEN)).toEqual([]);
    });

    test.each([
      ['of all hosts', [{ hosts: [hub, other] }], []],
      ['of each host', [{ hosts: [other] }, { hosts: [hub] }], ['ingress.tls']],
      [
        'of a wildcard behind another',
        [{ hosts: [other], secretName: 'pair' }, { hosts: ['*.example.com'] }],
        ['ingress.tls'],
      ],
      ['of no host', [{}], []],
      ['with an empty name of a Secret', [{ hosts: [hub], secretName: '' }], []],
      ['with a name of a Secret that is not given', [{ hosts: [hub], secretName: null }], []],
    ])('%s', (_, tls, lost) => {
      const made = translated(oldWith({ hosts: [hub, other], tls }));
      expect(made.values.get('tls.external')).toBe(true);
      expect(find(made, 'Ingress')?.spec.tls).toEqual([{ hosts: [hub] }]);
      expect(losses(made)).toEqual(['ingress.hosts', ...lost]);
    });

    test('of another host leaves the Secret of the first one', () => {
      const made = translated(
        oldWith({ hosts: [hub, other], tls: [{ hosts: [other] }, { hosts: [hub], secretName: 'pair' }] }),
      );
      expect(made.values.has('tls.external')).toBe(false);
      expect(made.values.get('tls.existingSecret')).toBe('pair');
      expect(losses(made)).toEqual(['ingress.hosts', 'ingress.tls']);
    });

    test('gives way to a certificate of the pod', () => {
      const made = translated(oldWith({ tls: [{ hosts: [hub] }] }, { tlsSecretName: 'pair' }));
      expect(made.values.has('tls.external')).toBe(false);
      expect(made.values.get('tls.existingSecret')).toBe('pair');
      expect(losses(made)).toEqual(['ingress.tls']);
    });

    test('gives way to an issuer', () => {
      const made = translated(
        oldWith({
          tls: [{ hosts: [hub] }],
          annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt' },
        }),
      );
      expect(made.values.has('tls.external')).toBe(false);
      expect(made.remarks.find(({ key }) => key === 'ingress.tls')?.text).toContain(
        'without secretName, but an issuer is',
      );
    });

    test('leaves a node port as open as it was, and says so', () => {
      const made = translated(oldWith({ tls: [{ hosts: [hub] }] }, { service: { type: 'NodePort' } }));
      expect(made.values.get('tls.external')).toBe(true);
      expect(made.values.get('auth.insecurePasswordsOverHttp')).toBe(true);
      expect(keysOf(made, Matter.OPEN)).toEqual(['auth.insecurePasswordsOverHttp']);
    });
  });

  test.each([{}, { tlsSecretName: 'pair' }, { service: { type: 'NodePort' } }])(
    'whose redirect to HTTPS is turned off stays open, with %j',
    (more) => {
      const ingress = {
        enabled: true,
        className: 'nginx',
        hosts: ['registry.example.com'],
        tls: [{ secretName: 'pair' }],
        annotations: { 'nginx.ingress.kubernetes.io/ssl-redirect': 'false' },
      };
      const made = translated({ ...QUIET, secrets: htpasswd, ingress, ...more });
      expect(made.values.get('auth.insecurePasswordsOverHttp')).toBe(true);
      expect(keysOf(made, Matter.OPEN)).toContain('auth.insecurePasswordsOverHttp');
    },
  );

  test('at an ingress with a certificate and at a node port without', () => {
    const ingress = {
      enabled: true,
      className: 'nginx',
      hosts: ['registry.example.com'],
      tls: [{ secretName: 'pair' }],
    };
    const made = translated({ ...QUIET, secrets: htpasswd, ingress, service: { type: 'NodePort' } });
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled', 'auth.insecurePasswordsOverHttp']);
  });

  test('whose users have no bcrypt hash is not opened', () => {
    const made = translated({ ...QUIET, tlsSecretName: 'pair', secrets: { htpasswd: 'alice:$apr1$x$y' } });
    expect(made.values.has('auth.enabled')).toBe(false);
    expect(config(made).auth.htpasswd).toBeDefined();
    expect(losses(made)).toEqual(['secrets.htpasswd', 'secrets.htpasswd']);
    expect(remarkLines(made.remarks).join()).not.toContain('apr1');
  });

  test('has the users whose login does not take minutes, without comments', () => {
    const file = `# people\nalice:${HASH}\n\nbob:${HASH.replace('$05$', '$18$')}\nalice:${HASH.replace('$05$', '$06$')}\n`;
    const made = translated({ ...QUIET, tlsSecretName: 'pair', secrets: { htpasswd: file } });
    expect(made.values.get('auth.htpasswd')).toBe(`alice:${HASH}\n`);
    const said = made.remarks.filter(({ key }) => key === 'secrets.htpasswd').map(({ text }) => text);
    expect(said[0]).toContain('the line of "bob" has bcrypt cost 18, which is too slow');
    expect(said[1]).toContain('the line of "alice" has a name that is there before');
  });

  test('with a file of users from a Secret has the same Secret', () => {
    const made = translated({
      ...QUIET,
      tlsSecretName: 'pair',
      extraEnvVars: [
        { name: 'REGISTRY_AUTH', value: 'htpasswd' },
        { name: 'REGISTRY_AUTH_HTPASSWD_REALM', value: 'Company' },
        { name: 'REGISTRY_AUTH_HTPASSWD_PATH', value: '/auth/users' },
      ],
      extraVolumes: [{ name: 'auth', secret: { secretName: 'company-users' } }],
      extraVolumeMounts: [{ name: 'auth', mountPath: '/auth' }],
    });
    expect(Object.fromEntries(made.values)).toMatchObject({
      'auth.existingSecret': 'company-users',
      'auth.existingSecretKey': 'users',
    });
    expect(config(made).auth.htpasswd).toEqual({ realm: 'Company', path: '/auth/users' });
    expect(losses(made)).toEqual([]);
  });

  test('with a file of users that is nowhere is not opened', () => {
    const made = translated({
      ...QUIET,
      tlsSecretName: 'pair',
      configData: { auth: { htpasswd: { realm: 'x', path: '/users' } } },
    });
    expect(made.values.has('auth.enabled')).toBe(false);
    expect(losses(made)).toEqual(['configData.auth.htpasswd.path']);
  });

  test('by tokens is the same', () => {
    const token = {
      realm: 'https://auth.example.com/token',
      service: 'registry',
      issuer: 'auth',
      rootcertbundle: '/tokens/ca.crt',
    };
    const made = translated({
      ...QUIET,
      tlsSecretName: 'pair',
      configData: { auth: { token } },
      extraVolumes: [{ name: 'tokens', secret: { secretName: 'token-ca' } }],
      extraVolumeMounts: [{ name: 'tokens', mountPath: '/tokens' }],
    });
    expect(config(made).auth).toEqual({ token });
    expect(keysOf(made, Matter.OPEN)).toEqual(['persistence.enabled']);
    expect(losses(made)).toEqual([]);
  });

  test('of a LoadBalancer whose ranges are no ranges is named', () => {
    const service = { type: 'LoadBalancer', loadBalancerSourceRanges: ['10.0.0.0/8', 'office'] };
    const made = translated({ ...QUIET, tlsSecretName: 'pair', secrets: htpasswd, service });
    expect(losses(made)).toEqual(['service.loadBalancerSourceRanges']);
  });
});

describe('config.yml', () => {
  test('goes where there is a setting', () => {
    const made = translated({
      ...QUIET,
      configData: {
        version: 0.1,
        log: {
          level: 'debug',
          formatter: 'json',
          accesslog: { disabled: true },
          fields: { service: 'registry' },
        },
        storage: {
          cache: { blobdescriptor: 'inmemory' },
          delete: { enabled: true },
          maintenance: {
            readonly: { enabled: true },
            uploadpurging: { enabled: true, age: '48h', interval: '1h30m', dryrun: false },
          },
        },
        http: { addr: ':5000', draintimeout: '1m', headers: { 'X-Content-Type-Options': ['nosniff'] } },
        health: { storagedriver: { enabled: true, interval: '30s', threshold: 5 } },
      },
    });
    expect(Object.fromEntries(made.values)).toMatchObject({
      'configuration.logLevel': 'debug',
      'configuration.logFormat': 'json',
      'configuration.accessLog': false,
      'configuration.drainTimeoutSeconds': 60,
      'storage.deletion': true,
      'storage.readOnly': true,
      'storage.uploadPurging.age': '48h',
      'storage.uploadPurging.interval': '5400s',
      'storage.health.interval': '30s',
      'storage.health.threshold': 5,
    });
    expect(made.values.has('configuration.extra')).toBe(false);
    expect(losses(made)).toEqual([]);
  });

  test('goes to configuration.extra where there is none, and lets out to what it names', () => {
    const endpoint = { name: 'hook', url: 'https://hooks.example.com:8443/registry' };
    const made = translated({
      ...QUIET,
      configData: {
        http: {
          host: 'https://registry.example.com',
          headers: { 'X-Content-Type-Options': ['nosniff'], Via: ['here'] },
        },
        notifications: { endpoints: [endpoint] },
        log: { fields: { service: 'hub', site: 'x' } },
      },
    });
    expect(config(made)).toMatchObject({
      http: { host: 'https://registry.example.com', headers: { Via: ['here'] } },
      notifications: { endpoints: [endpoint] },
    });
    expect(config(made).log.fields).toEqual({ service: 'hub', site: 'x' });
    expect(made.values.get('networkPolicy.allowTo')).toEqual([
      {
        ports: [{ port: 8443, protocol: 'TCP' }],
      },
    ]);
    expect(losses(made)).toEqual([]);
  });

  const token = {
    realm: 'https://auth.example.com/token',
    service: 'registry',
    issuer: 'auth',
    rootcertbundle: '/tokens/ca.crt',
  };
  const proxy = (name: string, value: string) => ({ extraEnvVars: [{ name, value }] });

  test.each<[string, number[], object]>([
    [
      'origins of pages',
      [],
      { configData: { http: { headers: { 'Access-Control-Allow-Origin': ['https://ui.example.com'] } } } },
    ],
    ['the host for clients', [], { configData: { http: { host: 'https://registry.example.com' } } }],
    [
      'the realm of tokens, to which clients go',
      [],
      { tlsSecretName: 'pair', configData: { auth: { token } } },
    ],
    ['a log field', [], { configData: { log: { fields: { service: 'hub', site: 'http://example.com' } } } }],
    ['a proxy', [3128], proxy('HTTPS_PROXY', 'http://proxy.example.com:3128')],
    ['a proxy, in lower case', [8080], proxy('https_proxy', 'http://proxy.example.com:8080/')],
    ['a proxy without a scheme', [3128], proxy('HTTP_PROXY', 'proxy.example.com:3128')],
    ['a proxy without a port', [80], proxy('HTTP_PROXY', 'http://proxy.example.com')],
    ['a proxy at an address', [3128], proxy('ALL_PROXY', 'socks5://[2001:db8::1]:3128')],
    ['what no proxy is for', [], proxy('NO_PROXY', 'http://example.com:81')],
    [
      'a health check',
      [9443, 9000],
      {
        configData: { health: { http: [{ uri: 'https://a.example.com:9443/' }], tcp: [{ addr: 'b:9000' }] } },
      },
    ],
    [
      'mail',
      [25],
      { configData: { log: { hooks: [{ type: 'mail', options: { smtp: { addr: 'mail:25' } } }] } } },
    ],
    ['Redis behind sentinels', [6379], { configData: { redis: { addrs: ['a:6379', 'b:6379'] } } }],
  ])('lets out only to what the registry connects to: %s', (_, ports, old) => {
    const made = translated({ ...QUIET, ...old });
    const rules =
      ports.length === 0 ? undefined : [{ ports: ports.map((port) => ({ port, protocol: 'TCP' })) }];
    expect(made.values.get('networkPolicy.allowTo')).toEqual(rules);
    expect(losses(made)).toEqual([]);
  });

  test('a password in the URL of a proxy is left to a Secret', () => {
    const made = translated({ ...QUIET, ...proxy('https_proxy', 'http://me:sssh@proxy.example.com:8080/') });
    expect(losses(made)).toEqual(['extraEnvVars.https_proxy']);
    expect(JSON.stringify([...made.values])).not.toContain('sssh');
    expect(remarkLines(made.remarks).join('')).toContain('put it into a Secret');
  });

  test('says where the port can not be told', () => {
    const { values, remarks } = migrate(
      stringify({ ...QUIET, ...proxy('HTTPS_PROXY', '<path:kv/proxy#url>') }),
    );
    expect(values.has('networkPolicy.allowTo')).toBe(false);
    expect(remarks).toContainEqual({
      matter: Matter.GUESSED,
      key: 'networkPolicy.allowTo',
      text: expect.stringContaining('extraEnvVars.HTTPS_PROXY has an address without a known port'),
    });
  });

  test('leaves secrets to Secrets, and says so', () => {
    const made = translated({
      ...QUIET,
      configData: {
        redis: { addr: 'redis:6379', password: 'x' },
        notifications: {
          endpoints: [{ name: 'a', url: 'https://a.example.com', headers: { Authorization: ['x'] } }],
        },
      },
      extraEnvVars: [
        { name: 'A_PASSWORD', value: 'x' },
        { name: 'B_PASSWORD', value: '$(C)' },
      ],
    });
    expect(losses(made)).toEqual(
      expect.arrayContaining([
        'configData.redis.password',
        'configData.notifications.endpoints',
        'extraEnvVars.A_PASSWORD',
      ]),
    );
    expect(config(made).redis).not.toHaveProperty('password');
  });

  test('has the words of the line that runs', () => {
    const configData = {
      redis: { addr: 'redis:6379', pool: { maxactive: 64 } },
      storage: { cache: { blobdescriptor: 'redis' } },
    };
    const three = translated({ ...QUIET, configData });
    expect(config(three)).toMatchObject({
      redis: { addrs: ['redis:6379'], poolsize: 64 },
      storage: { cache: { blobdescriptor: 'redis' } },
    });
    expect(config(three).redis).not.toHaveProperty('addr');
    const two = translated({ ...QUIET, image: { tag: '2.8.3' }, configData });
    expect(config(two).redis).toEqual(configData.redis);
    expect(two.values.get('networkPolicy.allowTo')).toEqual([{ ports: [{ port: 6379, protocol: 'TCP' }] }]);
  });

  test.each([
    ['http.secret', { http: { secret: 'sssh' } }],
    ['http.addr', { http: { addr: ':80' } }],
    ['http.prefix', { http: { prefix: '/registry/' } }],
    ['proxy.remoteurl', { proxy: { remoteurl: 'https://registry.example.com/images/' } }],
    ['compatibility', { compatibility: { schema1: { enabled: true } } }],
    ['http.debug.addr', { http: { debug: { addr: ':6060' } } }],
    ['log.level', { log: { level: 'warning' } }],
    ['htp', { htp: { addr: ':5000' } }],
    ['storage.cashe', { storage: { cashe: {} } }],
    ['storage.filesystem.rootdirectory', { storage: { filesystem: { rootdirectory: '/data' } } }],
  ])('names %s', (key, configData) => {
    const made = translated({ ...QUIET, configData });
    expect(losses(made)).toEqual([`configData.${key}`]);
    expect(remarkLines(made.remarks).join()).not.toContain('sssh');
  });

  test('is changed by variables, which are named as such', () => {
    const made = translated({
      ...QUIET,
      extraEnvVars: [
        { name: 'REGISTRY_STORAGE_DELETE_ENABLED', value: 'true' },
        { name: 'REGISTRY_HTTP_HEADERS_Via', value: '[here]' },
        { name: 'REGISTRY_HTTP_PREFIX', value: '/x/' },
        { name: 'REGISTRY_NOTIFICATIONS_ENDPOINTS_0_NAME', value: 'hook' },
      ],
    });
    expect(made.values.get('storage.deletion')).toBe(true);
    expect(losses(made)).toEqual(['extraEnvVars.REGISTRY_HTTP_PREFIX']);
  });
});

describe('metrics', () => {
  const closed = { ...QUIET, tlsSecretName: 'pair' };
  const port = (made: MadeOfValues) => config(made).http.debug;

  test('with a ServiceMonitor are read as often, by whom its labels name', () => {
    const labels = { release: 'kube-prometheus-stack' };
    const made = translated({
      ...closed,
      metrics: { enabled: true, port: 5001, serviceMonitor: { enabled: true, labels } },
    });
    expect(port(made)).toEqual({ addr: ':5001', prometheus: { enabled: true, path: '/metrics' } });
    const { metadata, spec } = find(made, 'ServiceMonitor') as Manifest;
    expect(metadata.labels).toMatchObject(labels);
    expect(spec.endpoints).toEqual([{ port: 'metrics', path: '/metrics', interval: '15s' }]);
    expect(made.manifests.map(({ metadata: { name } }) => name)).toContain('images-metrics');
    expect(losses(made)).toEqual([]);
    expect(keysOf(made, Matter.DIFFERENT)).toEqual(
      expect.arrayContaining(['metrics.allowFrom', 'metrics.enabled']),
    );
    expect(keysOf(made, Matter.DIFFERENT)).not.toContain('metrics.serviceMonitor.labels');
  });

  test('with a ServiceMonitor without labels: which labels it had is said', () => {
    const made = translated({ ...closed, metrics: { enabled: true, serviceMonitor: { enabled: true } } });
    expect(keysOf(made, Matter.DIFFERENT)).toContain('metrics.serviceMonitor.labels');
  });

  test('that config.yml alone asks for are there', () => {
    const made = translated({
      ...closed,
      configData: { http: { debug: { addr: ':5001', prometheus: { enabled: true } } } },
    });
    expect(port(made)).toBeDefined();
    expect(losses(made)).toEqual([]);
  });

  test('are asked for by a variable, at another place', () => {
    const made = translated({
      ...closed,
      configData: { http: { debug: { addr: ':6060', prometheus: { path: '/stats' } } } },
      extraEnvVars: [{ name: 'REGISTRY_HTTP_DEBUG_PROMETHEUS_ENABLED', value: 'true' }],
    });
    expect(port(made)).toEqual({ addr: ':5001', prometheus: { enabled: true, path: '/metrics' } });
    expect(losses(made)).toEqual(['configData.http.debug.addr', 'configData.http.debug.prometheus.path']);
  });

  test('at a port of their own, and rules, are named', () => {
    const rules = [{ alert: 'down', expr: 'up == 0' }];
    const made = translated({
      ...closed,
      metrics: { enabled: true, port: 9090, prometheusRule: { enabled: true, labels: {}, rules } },
    });
    expect(losses(made)).toEqual([
      'metrics.port',
      'metrics.prometheusRule.enabled',
      'metrics.prometheusRule.rules',
    ]);
    expect(made.remarks.find(({ key }) => key === 'metrics.port')?.text).toContain('images-metrics');
  });

  test('that are not switched on are not there, whatever is set besides', () => {
    const made = translated({
      ...closed,
      metrics: { port: 9090, serviceMonitor: { enabled: true }, prometheusRule: { enabled: true } },
    });
    expect(port(made)).toBeUndefined();
    expect(losses(made)).toEqual([]);
  });
});

describe('collection', () => {
  const collecting = {
    ...QUIET,
    tlsSecretName: 'pair',
    persistence: { enabled: true, deleteEnabled: true },
    garbageCollect: { enabled: true },
  };

  test.each<[string, object]>([
    ['3', {}],
    ['2', { image: { tag: 2.8 } }],
  ])('happens on the same schedule with registry %s, and leaves untagged images alone', (_, image) => {
    const made = translated({ ...collecting, ...image });
    expect(made.values.get('collection.enabled')).toBe(true);
    expect(made.values.get('collection.schedule')).toBe('0 1 * * *');
    expect(made.values.has('garbageCollection.onStart')).toBe(false);
    expect(losses(made)).toEqual(['garbageCollect.deleteUntagged']);
    expect(made.remarks.find(({ key }) => key === 'garbageCollect.deleteUntagged')?.text).toContain(
      'destroys multi-platform images',
    );
  });

  test('loses nothing more where untagged images were left alone before', () => {
    const made = translated({ ...collecting, garbageCollect: { enabled: true, deleteUntagged: false } });
    expect(losses(made)).toEqual([]);
  });

  test('keeps its schedule and resources, for several pods too', () => {
    const made = translated({
      ...collecting,
      replicaCount: 2,
      persistence: { enabled: true, accessMode: 'ReadWriteMany', deleteEnabled: true },
      garbageCollect: {
        enabled: true,
        deleteUntagged: false,
        schedule: '30 2 * * sun',
        resources: { limits: { memory: 1e9, cpu: '1', pods: 3 }, requests: { memory: '100Mi' } },
        podAnnotations: { team: 'platform' },
      },
    });
    const of = (path: string) => made.values.get(`collection.${path}`);
    expect(of('schedule')).toBe('30 2 * * sun');
    expect(of('resources.limits.cpu')).toBe('1');
    expect(of('resources.limits.memory')).toBe('976563Ki');
    expect(of('resources.requests.memory')).toBe('100Mi');
    expect(losses(made)).toEqual(['garbageCollect.podAnnotations', 'garbageCollect.resources.limits.pods']);
  });

  test.each([
    ['0.50', '500m'],
    ['1.0', '1000m'],
    ['0.25', '0.25'],
    ['10', '10'],
    ['0m', undefined],
    ['0', undefined],
  ])('writes %s CPU as the chart takes it', (cpu, written) => {
    const made = translated({ resources: { requests: { cpu, memory: '128Mi' } } });
    expect(made.values.get('resources.requests.cpu')).toBe(written);
    expect(losses(made)).toEqual(written === undefined ? ['resources.requests.cpu'] : []);
  });

  test.each(['TZ=UTC 0 1 * * *', '@every 12h', '0 0 30 2 *'])('loses the schedule "%s"', (schedule) => {
    const made = translated({ ...collecting, garbageCollect: { ...collecting.garbageCollect, schedule } });
    expect(made.values.has('collection.schedule')).toBe(false);
    expect(losses(made)).toEqual(['garbageCollect.schedule', 'garbageCollect.deleteUntagged']);
  });

  test.each([
    ['a realm that nginx can not send', { configData: { auth: { htpasswd: { realm: 'Größe' } } } }],
    [
      'a cache in Redis',
      { configData: { storage: { cache: { blobdescriptor: 'redis' } }, redis: { addr: 'redis:6379' } } },
    ],
    ['a name that is too long for a CronJob', { fullnameOverride: 'a'.repeat(42) }],
  ])('happens at each start, with %s', (_, old) => {
    const made = translated({ ...collecting, ...old });
    expect(made.values.get('garbageCollection.onStart')).toBe(true);
    expect(made.values.has('collection.enabled')).toBe(false);
    expect(losses(made)).toContain('garbageCollect.schedule');
  });

  test.each([
    ['images that go with the pod', { persistence: { enabled: false, deleteEnabled: true } }],
    ['nothing to collect', { persistence: { enabled: true } }],
  ])('does not, with %s', (_, old) => {
    const made = translated({ ...collecting, ...old });
    expect(made.values.has('garbageCollection.onStart')).toBe(false);
    expect(made.values.has('collection.enabled')).toBe(false);
    expect(losses(made)).toEqual(['garbageCollect.enabled']);
  });
});

test('volumes, mounts and init containers that are called as the chart calls its own', () => {
  const made = translated({
    ...QUIET,
    tlsSecretName: 'pair',
    extraVolumes: [{ name: 'config', configMap: { name: 'more' } }],
    extraVolumeMounts: [
      { name: 'config', mountPath: '/more' },
      { name: 'nowhere', mountPath: '/nowhere' },
    ],
    initContainers: [
      { name: 'wait', image: 'busybox:1.37', volumeMounts: [{ name: 'config', mountPath: '/more' }] },
    ],
  });
  expect(pod(made).initContainers[0].volumeMounts).toEqual([{ name: 'extra-config', mountPath: '/more' }]);
  expect(pod(made).containers[0].volumeMounts).toContainEqual({ name: 'extra-config', mountPath: '/more' });
  expect(losses(made)).toEqual(['extraVolumeMounts.nowhere']);
});

test.each(['10.43.0.200', 'fd00::c8'])(
  'a Service at %s stays there, and the certificate covers it',
  (clusterIP) => {
    const made = translated({ ...QUIET, service: { clusterIP } });
    expect(find(made, 'Service')?.spec.clusterIP).toBe(clusterIP);
    expect(losses(made)).toEqual([]);
  },
);

test('an address that is none, or that did nothing, is named', () => {
  expect(losses(translated({ ...QUIET, service: { clusterIP: 'None' } }))).toEqual(['service.clusterIP']);
  expect(losses(translated({ ...QUIET, service: { clusterIP: 'hub' } }))).toEqual(['service.clusterIP']);
  const made = translated({ ...QUIET, service: { type: 'NodePort', clusterIP: '10.43.0.200' } });
  expect({
    translated: made.values.has('service.clusterIP'),
    told: keysOf(made, Matter.DIFFERENT).includes('service.clusterIP'),
  }).toEqual({
    translated: false,
    told: true,
  });
});

test('an image whose tag tells no version', () => {
  const made = translated({
    ...QUIET,
    tlsSecretName: 'pair',
    image: { repository: 'mirror.example.com/registry', tag: 'company' },
  });
  expect(Object.fromEntries(made.values)).toMatchObject({
    'image.repository': 'mirror.example.com/registry',
    'image.tag': 'company',
    'image.version': 'V3',
  });
  expect(losses(made)).toEqual(['image.tag']);
});

test('a tag with a digest behind it is both', () => {
  const digest = `sha256:${'1'.repeat(64)}`;
  const made = translated({
    ...QUIET,
    tlsSecretName: 'pair',
    image: { repository: 'registry', tag: `2.8.3@${digest}` },
  });
  expect(Object.fromEntries(made.values)).toMatchObject({ 'image.tag': '2.8.3', 'image.digest': digest });
  expect(pod(made).containers[0].image).toBe(`registry:2.8.3@${digest}`);
  expect(made.remarks.find(({ key }) => key === 'image.tag')?.text).toContain(
    '2.8.3 stays, but 2.x is no longer rebuilt',
  );
  expect(losses(made)).toEqual([]);
});

test('a tag with half a digest is named, and without keys to a bucket both go', () => {
  expect(losses(translated({ ...QUIET, image: { tag: '3.0.0@sha256:12' } }))).toEqual(['image.tag']);
  const s3 = { bucket: 'images', region: 'eu-central-1' };
  const { values } = translated({
    ...QUIET,
    storage: 's3',
    s3,
    image: { tag: `2.8.3@sha256:${'1'.repeat(64)}` },
  });
  expect([...values.keys()].filter((path) => path.startsWith('image.'))).toEqual([]);
});

test('the tag "latest" is not carried over', () => {
  expect(losses(translated({ ...QUIET, image: { tag: 'latest' } }))).toEqual(['image.tag']);
});

test('root becomes nobody', () => {
  const made = translated({ ...QUIET, persistence: { enabled: true }, securityContext: { enabled: false } });
  expect(pod(made).securityContext.runAsUser).toBe(65532);
  expect(losses(made)).toEqual(['securityContext.enabled']);
});

test('an account for a role is named, with the commands that make it', () => {
  const serviceAccount = {
    create: true,
    name: 'robot',
    annotations: { 'eks.amazonaws.com/role-arn': 'arn:aws:iam::1:role/images' },
  };
  const made = translated({ ...QUIET, tlsSecretName: 'pair', serviceAccount });
  expect(pod(made).serviceAccountName).toBe('robot');
  expect(made.remarks.find(({ key }) => key === 'serviceAccount.create')?.text).toContain(
    'kubectl -n "$NAMESPACE" create serviceaccount robot && kubectl -n "$NAMESPACE" annotate serviceaccount robot eks.amazonaws.com/role-arn=arn:aws:iam::1:role/images',
  );
});

test('what commands name is in quotes where a shell would make something else of it', () => {
  const annotations = { 'example.com/who': "it's $HOME & co", 'example.com/json': '{"a": 1}', plain: 'a=b' };
  const made = translated({ ...QUIET, serviceAccount: { create: true, name: 'robot', annotations } });
  const commands =
    made.remarks.find(({ key }) => key === 'serviceAccount.create')?.text.replace(/.*run: /, '') ?? '';
  const { stdout } = spawnSync('sh', [], {
    input: `NAMESPACE=images; kubectl() { printf '<%s>' "$@"; echo; }\n${commands}\n`,
    encoding: 'utf8',
  });
  expect(stdout).toBe(
    [
      '<-n><images><create><serviceaccount><robot>',
      "<-n><images><annotate><serviceaccount><robot><example.com/who=it's $HOME & co>",
      '<-n><images><annotate><serviceaccount><robot><example.com/json={"a": 1}>',
      '<-n><images><annotate><serviceaccount><robot><plain=a=b>',
      '',
    ].join('\n'),
  );
});

test('a variable that is a part of config.yml is each of its keys', () => {
  const made = translated({
    ...QUIET,
    persistence: { enabled: true },
    extraEnvVars: [
      { name: 'REGISTRY_STORAGE_MAINTENANCE_READONLY', value: '{enabled: true}' },
      { name: 'REGISTRY_HTTP', value: '{addr: ":5001", prefix: /team/, relativeurls: true}' },
    ],
  });
  expect(made.values.get('storage.readOnly')).toBe(true);
  expect(losses(made)).toEqual(['extraEnvVars.REGISTRY_HTTP', 'extraEnvVars.REGISTRY_HTTP']);
  expect([...made.values.keys()].filter((path) => /extraEnv|http/.test(path))).toEqual([]);
});

test('a host in a map is the host, and a map without one is not shown as a text', () => {
  const ingress = (hosts: unknown[]) => ({ ...QUIET, ingress: { enabled: true, hosts } });
  expect(translated(ingress([{ host: 'hub.example.com', paths: ['/'] }])).values.get('host')).toBe(
    'hub.example.com',
  );
  expect(JSON.stringify(translated(ingress([{ paths: ['/'] }])).remarks)).not.toContain('[object');
});
