// What registries of one app can't have in common: storage that is written to, a host, a node port; and what
// they can.
import { Chart } from 'cdk8s';
import { PersistentVolumeClaim, Secret, ServiceAccount, ServiceType } from 'cdk8s-plus-27';
import {
  AzureCredentials,
  Registry,
  RegistryAuth,
  RegistryCertificate,
  RegistryCredentials,
  RegistryDeployment,
  RegistryGateway,
  RegistryLogin,
  type RegistryProps,
  RegistryPullSecret,
  RegistryStorage,
  RegistryToolbox,
  RegistryUIAccess,
  S3Credentials,
  StorageBackend,
} from '../../lib';
import { newChart, problemsIn } from '../support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

const SECURE: RegistryProps = { tls: {} };

/** What is wrong with registries a and b. */
function problems(...all: RegistryProps[]): string[] {
  const chart = newChart();
  all.forEach((props, index) => {
    const name = 'abc'[index] as string;
    new Registry(chart, name, { ...OPEN, name, ...props });
  });
  return problemsIn(chart);
}

describe('a storage', () => {
  const keys = S3Credentials.keys({ accessKeyId: 'a', secretAccessKey: 'b' });
  const amazon = (more = {}) =>
    StorageBackend.s3({ bucket: 'images', region: 'eu-west-1', credentials: keys, ...more });
  const minio = (host: string, more = {}) =>
    StorageBackend.s3({ bucket: 'images', endpoint: `http://${host}:9000`, credentials: keys, ...more });
  const azure = (more = {}) =>
    StorageBackend.azure({
      accountName: 'company',
      container: 'images',
      credentials: AzureCredentials.sharedKey('abc='),
      ...more,
    });
  const claim = (name: string) =>
    StorageBackend.existingClaim(PersistentVolumeClaim.fromClaimName(newChart(), name, name));
  const folder = (claimName: string, more = {}) =>
    StorageBackend.hostPath({ path: '/srv/images', claimName, volumeName: claimName, ...more });

  test.each<[name: string, one: StorageBackend, other: StorageBackend, place: string]>([
    [
      "Amazon's bucket",
      amazon(),
      amazon({ endpoint: 'https://s3.eu-west-1.amazonaws.com' }),
      'the bucket "images"',
    ],
    ['a prefix', amazon({ prefix: 'team' }), amazon({ prefix: 'team' }), 'the bucket "images" under "team"'],
    [
      'a bucket of a server',
      minio('minio.minio.svc'),
      minio('minio.minio.svc.cluster.local'),
      'the bucket "images" of minio.minio.svc:9000',
    ],
    [
      "Google's bucket",
      StorageBackend.gcs({ bucket: 'images' }),
      StorageBackend.gcs({ bucket: 'images' }),
      'the bucket "images" of Google',
    ],
    ['a container', azure(), azure(), 'the container "images" of company'],
    ['a claim', claim('images'), claim('images'), 'the claim "images" in namespace "registry"'],
    [
      'a claim that one of them makes',
      StorageBackend.newClaim({ claimName: 'a' }),
      claim('a'),
      'the claim "a" in namespace "registry"',
    ],
    ['a folder', folder('x'), folder('y'), 'the folder "/srv/images"'],
    ['a folder, maybe', folder('x'), folder('y', { node: 'one' }), 'the folder "/srv/images" of node "one"'],
  ])('%s is written to by one registry only', (_, one, other, place) => {
    const told = `storage.backend: chart/a and chart/b both write to ${place}, and each would garbage-collect and purge in-flight uploads of the other; give each its own storage, or write storage: { readOnly: true } for one of them`;
    expect(problems({ storage: { backend: one } }, { storage: { backend: other } })).toEqual([told]);
    expect(problems({ storage: { backend: one, readOnly: true } }, { storage: { backend: other } })).toEqual(
      [],
    );
    expect(problems({ storage: { backend: one } }, { storage: { backend: other, readOnly: true } })).toEqual(
      [],
    );
    expect(
      problems(
        { storage: { backend: one, readOnly: true } },
        { storage: { backend: other, readOnly: true } },
      ),
    ).toEqual([]);
  });

  test.each<[name: string, one: StorageBackend, other: StorageBackend]>([
    ['buckets', amazon(), amazon({ bucket: 'others' })],
    ['prefixes', amazon({ prefix: 'a' }), amazon({ prefix: 'b' })],
    ['servers', amazon(), minio('minio.minio.svc')],
    ['clouds', amazon(), StorageBackend.gcs({ bucket: 'images' })],
    ['containers', azure(), azure({ container: 'others' })],
    ['claims', claim('one'), claim('other')],
    ['nodes', folder('x', { node: 'one' }), folder('y', { node: 'other' })],
    ['pods', StorageBackend.ephemeral(), StorageBackend.ephemeral()],
  ])('different %s are no conflict', (_, one, other) => {
    expect(problems({ storage: { backend: one } }, { storage: { backend: other } })).toEqual([]);
  });

  test('of three, each two that write are named', () => {
    const backend = amazon();
    expect(
      problems({ storage: { backend } }, { storage: { backend, readOnly: true } }, { storage: { backend } }),
    ).toEqual([expect.stringContaining('chart/a and chart/c both write')]);
  });

  test('that is used alone is named by its own property', () => {
    const chart = newChart();
    const auth = new RegistryAuth(chart, 'auth', { credentials: RegistryCredentials.anonymous() });
    for (const name of ['a', 'b']) {
      const storage = new RegistryStorage(chart, `${name}-storage`, { backend: claim('images') });
      new RegistryDeployment(chart, name, { name, auth, storage });
    }
    expect(problemsIn(chart)).toEqual([expect.stringMatching(/^backend: chart\/a and chart\/b both write/)]);
  });

  test('is read-only by raw keys, too', () => {
    const readOnly = { extra: { storage: { maintenance: { readonly: { enabled: true } } } } };
    expect(
      problems(
        { storage: { backend: amazon() }, configuration: readOnly },
        { storage: { backend: amazon() } },
      ),
    ).toEqual([]);
  });

  test('a claim is of its namespace', () => {
    const backend = claim('images');
    expect(problems({ storage: { backend } }, { storage: { backend }, namespace: 'other' })).toEqual([]);
  });
});

describe('a collection', () => {
  const garbageCollection = { onStart: true };
  const told =
    'garbageCollection.onStart: true would delete from read-only storage; leave it out for as long as storage.readOnly is true';
  const raw = { extra: { storage: { maintenance: { readonly: { enabled: true } } } } };
  test.each<[name: string, props: RegistryProps, says: string[]]>([
    ['of a storage that is written to', { storage: { deletion: true } }, []],
    ['of a read-only storage', { storage: { deletion: true, readOnly: true } }, [told]],
    ['of one that is read-only by raw keys', { storage: { deletion: true }, configuration: raw }, [told]],
  ])('%s', (_, props, says) => {
    expect(problems({ ...props, garbageCollection })).toEqual(says);
    expect(problems(props)).toEqual([]);
  });
});

describe('a host', () => {
  const gateway = (sectionName?: string) =>
    RegistryGateway.existing({ name: 'public', https: false, sectionName });
  const told = (at: string) => `host: chart/a and chart/b each claim the host ${at}; give each its own host`;
  const host = 'hub.example.com';

  test.each<[name: string, one: RegistryProps, other: RegistryProps, says: string[]]>([
    ['by Ingresses', { ingress: {} }, { ingress: {} }, [told(`${host}/`)]],
    [
      'of registries without lasting storage',
      { ingress: {}, storage: { backend: StorageBackend.ephemeral() } },
      { ingress: {}, storage: { backend: StorageBackend.ephemeral() } },
      [told(`${host}/`)],
    ],
    [
      'by Ingresses of a class',
      { ingress: { className: 'nginx' } },
      { ingress: { className: 'nginx' } },
      [told(`${host}/`)],
    ],
    [
      'by Ingresses of which one may be of the same class',
      { ingress: { className: 'nginx' } },
      { ingress: {} },
      [told(`${host}/`)],
    ],
    [
      'by Ingresses of two classes',
      { ingress: { className: 'nginx' } },
      { ingress: { className: 'internal' } },
      [],
    ],
    ['by IngressRoutes', { ingressRoute: {} }, { ingressRoute: {} }, [told(`${host}/`)]],
    [
      'by IngressRoutes at two entry points',
      { ingressRoute: { entryPoints: ['web'] } },
      { ingressRoute: { entryPoints: ['inside'] } },
      [],
    ],
    [
      'by HTTPRoutes',
      { httpRoute: { gateway: gateway() } },
      { httpRoute: { gateway: gateway() } },
      [told(`${host}/`)],
    ],
    [
      'by HTTPRoutes of which one is for all',
      { httpRoute: { gateway: gateway('a') } },
      { httpRoute: { gateway: gateway() } },
      [told(`${host}/`)],
    ],
    [
      'by HTTPRoutes at two listeners',
      { httpRoute: { gateway: gateway('a') } },
      { httpRoute: { gateway: gateway('b') } },
      [],
    ],
    ['by two ways', { ingress: {} }, { httpRoute: { gateway: gateway() } }, []],
    [
      'twice, with UIs',
      { ingress: {}, ui: {} },
      { ingress: {}, ui: {} },
      [told(`${host}/`), told(`${host}/ui`)],
    ],
    ['by none', {}, {}, []],
  ])('%s', (_, one, other, says) => {
    expect(problems({ host, ...one }, { host, ...other })).toEqual(says);
    expect(problems({ host, ...one }, { host: 'other.example.com', ...other })).toEqual([]);
  });

  test("of one registry's UI is not another registry's", () => {
    const ui = { access: RegistryUIAccess.host('b.example.com') };
    expect(problems({ host, ingress: {}, ui }, { host: 'b.example.com', ingress: {} })).toEqual([
      told('b.example.com/'),
    ]);
  });
});

test.each<[name: string, one: RegistryProps['service'], other: RegistryProps['service'], says: string[]]>([
  [
    'one node port',
    { type: ServiceType.NODE_PORT, nodePort: 30500 },
    { type: ServiceType.LOAD_BALANCER, nodePort: 30500 },
    ['service.nodePort: chart/a and chart/b each claim port 30500 of all nodes; give each its own port'],
  ],
  [
    'two node ports',
    { type: ServiceType.NODE_PORT, nodePort: 30500 },
    { type: ServiceType.NODE_PORT, nodePort: 30501 },
    [],
  ],
  [
    'node ports that Kubernetes chooses',
    { type: ServiceType.NODE_PORT },
    { type: ServiceType.NODE_PORT },
    [],
  ],
  [
    'one address and port',
    { type: ServiceType.LOAD_BALANCER, loadBalancerIP: '192.168.1.50' },
    { type: ServiceType.LOAD_BALANCER, loadBalancerIP: '192.168.1.50' },
    [
      'service.loadBalancerIP: chart/a and chart/b each claim 192.168.1.50:5000; give each its own address or port',
    ],
  ],
  [
    'one address, two ports',
    { type: ServiceType.LOAD_BALANCER, loadBalancerIP: '192.168.1.50', port: 5001 },
    { type: ServiceType.LOAD_BALANCER, loadBalancerIP: '192.168.1.50' },
    [],
  ],
])('Services with %s', (_, one, other, says) => {
  expect(problems({ service: one }, { service: other })).toEqual(says);
});

describe('the class of an Ingress', () => {
  const annotations = { 'kubernetes.io/ingress.class': 'traefik' };
  const told =
    'ingress.annotations["kubernetes.io/ingress.class"]: "traefik" conflicts with className: "nginx", and the API server refuses an Ingress with both; leave one of them out';
  test.each<[name: string, props: RegistryProps, says: string[]]>([
    ['by both ways', { ingress: { className: 'nginx', annotations } }, [told]],
    ['by both ways, for all objects', { annotations, ingress: { className: 'nginx' } }, [told]],
    ['by both ways, with a UI', { ingress: { className: 'nginx', annotations }, ui: {} }, [told]],
    ['by the old way', { ingress: { annotations } }, []],
    ['by the new way', { ingress: { className: 'nginx' } }, []],
    [
      'by the old way, taken away',
      { annotations, ingress: { className: 'nginx', annotations: { 'kubernetes.io/ingress.class': '' } } },
      [],
    ],
  ])('%s', (_, props, says) => {
    expect(problems(props)).toEqual(says);
  });
});

describe('objects of the app that are in another namespace', () => {
  const chart = newChart();
  const at = (namespace?: string) => ({ metadata: { name: 'mine', namespace } });
  const secret = (namespace?: string) =>
    new Secret(new Chart(chart, `s-${namespace}-${chart.node.children.length}`), 'secret', at(namespace));
  const claim = new PersistentVolumeClaim(new Chart(chart, 'claims'), 'claim', at('elsewhere'));
  const told = (property: string, namespace = 'registry') =>
    `${property}: "mine" is in namespace "elsewhere", but is used in "${namespace}"; create it in "${namespace}"`;

  test.each<[name: string, props: RegistryProps, says: string]>([
    ['a claim', { storage: { backend: StorageBackend.existingClaim(claim) } }, told('storage.backend.claim')],
    ['the HTTP secret', { httpSecret: { secret: secret('elsewhere') } }, told('httpSecret.secret')],
    [
      'users',
      {
        ...SECURE,
        auth: { credentials: RegistryCredentials.existingSecret({ secret: secret('elsewhere') }) },
      },
      told('auth.credentials.secret'),
    ],
    [
      'a certificate',
      { tls: { certificate: RegistryCertificate.existingSecret(secret('elsewhere')) } },
      told('tls.certificate.secret'),
    ],
    [
      'keys',
      {
        storage: {
          backend: StorageBackend.s3({
            bucket: 'images',
            region: 'eu-west-1',
            credentials: S3Credentials.existingSecret({ secret: secret('elsewhere') }),
          }),
        },
      },
      told('storage.backend.credentials.secret'),
    ],
    ['what images are pulled with', { imagePullSecrets: [secret('elsewhere')] }, told('imagePullSecrets[0]')],
    [
      'an account',
      { serviceAccount: new ServiceAccount(new Chart(chart, 'accounts'), 'account', at('elsewhere')) },
      told('serviceAccount'),
    ],
  ])('%s', (_, props, says) => {
    expect(problems(props)).toEqual([says]);
    expect(problems({ ...props, namespace: 'elsewhere' })).toEqual([]);
  });

  test('a login', () => {
    const app = newChart();
    const registry = new Registry(app, 'registry');
    new RegistryToolbox(app, 'toolbox', {
      registry,
      login: RegistryLogin.existingSecret(secret('elsewhere')),
    });
    const login = RegistryLogin.existingSecret(secret('elsewhere'));
    const replaceDefaultPullSecrets = true;
    new RegistryPullSecret(app, 'good', {
      registry,
      namespaces: ['elsewhere'],
      login,
      replaceDefaultPullSecrets,
    });
    new RegistryPullSecret(app, 'bad', { registry, namespaces: ['shop'], login, replaceDefaultPullSecrets });
    expect(problemsIn(app)).toEqual([told('login.secret'), told('login.secret', 'shop')]);
  });

  test('where that is not known, nothing is said', () => {
    expect(problems({ httpSecret: { secret: secret(undefined) } })).toEqual([]);
    expect(problems({ httpSecret: { secret: Secret.fromSecretName(newChart(), 'shared', 'mine') } })).toEqual(
      [],
    );
  });
});

describe('an address inside of the cluster', () => {
  test('is one Service’s', () => {
    const service = { clusterIP: '10.43.0.9' };
    expect(problems({ service }, { service })).toEqual([
      'service.clusterIP: chart/a and chart/b each claim 10.43.0.9; give each its own address',
    ]);
    expect(problems({ service }, { service: { clusterIP: '10.43.0.10' } })).toEqual([]);
    expect(problems({}, {})).toEqual([]);
  });
});

describe('a host of Traefik’s', () => {
  const clash = ['host: chart/a and chart/b each claim the host hub.example.com/; give each its own host'];
  const host = 'hub.example.com';
  const entry = (points: string) => ({
    className: 'traefik',
    annotations: { 'traefik.ingress.kubernetes.io/router.entrypoints': points },
  });

  test.each<[string, RegistryProps, RegistryProps, string[]]>([
    ['an Ingress and an IngressRoute', { ingress: { className: 'traefik' } }, { ingressRoute: {} }, clash],
    [
      'the other way round',
      { ingressRoute: { entryPoints: ['lan'] } },
      { ingress: entry('web, lan') },
      clash,
    ],
    ['entry points of their own', { ingressRoute: { entryPoints: ['lan'] } }, { ingress: entry('web') }, []],
    ['another controller', { ingressRoute: {} }, { ingress: { className: 'nginx' } }, []],
  ])('%s', (_, one, other, wanted) => {
    expect(problems({ host, ...one }, { host, ...other })).toEqual(wanted);
  });
});
