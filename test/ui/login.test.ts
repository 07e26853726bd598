// The login to the UI itself: the registry's own users and realm, told to each controller in its own words.
import { Secret } from 'cdk8s-plus-27';
import {
  IngressController,
  LocalStore,
  Registry,
  RegistryCredentials,
  type RegistryProps,
  RegistryUIAccess,
  TraefikApi,
} from '../../lib';
import { newFolder } from '../support/folder';
import { manifest, namesIn, newChart, problemsIn, readable, textsOf } from '../support/synth';

const community = { ingress: { controller: IngressController.COMMUNITY_NGINX } };
const f5 = { ingress: { controller: IngressController.F5_NGINX } };

function synth(props: RegistryProps, chart = newChart(new LocalStore({ directory: newFolder() }))) {
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ui: { login: true },
    ...props,
  });
  expect(problemsIn(chart)).toEqual([]);
  return {
    chart,
    registry,
    htpasswd: () => textsOf(manifest(chart, 'Secret/registry-auth')).htpasswd as string,
  };
}

test("the community's nginx has the registry's users under the key that it reads, and its realm", () => {
  const { chart, registry, htpasswd } = synth({ ...community, auth: { realm: 'Team A' } });
  expect(manifest(chart, 'Ingress/registry-ui').metadata.annotations).toEqual({
    'nginx.ingress.kubernetes.io/auth-type': 'basic',
    'nginx.ingress.kubernetes.io/auth-secret': 'registry-ui-auth',
    'nginx.ingress.kubernetes.io/auth-realm': 'Team A',
  });
  expect(htpasswd()).toMatch(/^admin:\$2b\$/);
  expect(textsOf(manifest(chart, 'Secret/registry-ui-auth'))).toEqual({ auth: htpasswd() });
  expect(registry.ui?.loginSecret?.name).toBe('registry-ui-auth');
  expect(registry.deployment.configuration.toYaml()).toContain('realm: Team A\n');
});

test("the registry's own Ingress asks for nothing", () => {
  const { chart } = synth(community);
  expect(
    Object.keys(manifest(chart, 'Ingress/registry').metadata.annotations).filter((key) =>
      key.includes('auth'),
    ),
  ).toEqual([]);
});

test("F5's nginx has them in a Secret of the type that it reads, on the minion of the UI", () => {
  const { chart, htpasswd } = synth(f5);
  const { annotations } = manifest(chart, 'Ingress/registry-ui').metadata;
  expect(annotations).toEqual({
    'nginx.org/mergeable-ingress-type': 'minion',
    'nginx.org/basic-auth-secret': 'registry-ui-auth',
    'nginx.org/basic-auth-realm': 'Registry Realm',
  });
  expect(readable(manifest(chart, 'Secret/registry-ui-auth'))).toMatchObject({
    type: 'nginx.org/htpasswd',
    stringData: { htpasswd: htpasswd() },
  });
});

test("Traefik's Ingress names a Middleware by its namespace, and that reads the registry's own Secret", () => {
  const { chart } = synth({ ingress: { className: 'traefik' } });
  expect(
    manifest(chart, 'Ingress/registry-ui').metadata.annotations[
      'traefik.ingress.kubernetes.io/router.middlewares'
    ],
  ).toBe('registry-registry-ui-login@kubernetescrd');
  expect(manifest(chart, 'Middleware/registry-ui-login').spec).toEqual({
    basicAuth: { secret: 'registry-auth', realm: 'Registry Realm', removeHeader: false },
  });
  expect(Object.keys(textsOf(manifest(chart, 'Secret/registry-auth')))).toHaveLength(1);
  expect(namesIn(chart)).not.toContain('Secret/registry-ui-auth');
});

test('an IngressRoute asks before it takes the path off', () => {
  const { chart } = synth({ ingressRoute: { api: TraefikApi.TRAEFIK_CONTAINO_US, stripUiPrefix: true } });
  const [bare, below] = manifest(chart, 'IngressRoute/registry-ui').spec.routes;
  expect(bare.middlewares).toEqual([{ name: 'registry-ui-login' }]);
  expect(below.middlewares).toEqual([{ name: 'registry-ui-login' }, { name: 'registry-ui' }]);
  expect(manifest(chart, 'Middleware/registry-ui-login').apiVersion).toBe('traefik.containo.us/v1alpha1');
  expect(manifest(chart, 'IngressRoute/registry').spec.routes[0]).not.toHaveProperty('middlewares');
});

test('on a host of its own it asks before everything, what goes on to the registry too', () => {
  const { chart } = synth({
    ingressRoute: {},
    ui: { login: true, access: RegistryUIAccess.host('images.example.com') },
  });
  expect(manifest(chart, 'IngressRoute/registry-ui').spec.routes).toMatchObject([
    { middlewares: [{ name: 'registry-ui-login' }] },
  ]);
});

test('an htpasswd file that was given is copied as it is', () => {
  const line = 'admin:$2y$05$mEDAQgNFyXIDSGO0tTAMVOSw9MdDvzZWqQWhWAX3TrZvpmyAdkBDO';
  const { chart } = synth({ ...community, auth: { credentials: RegistryCredentials.htpasswd(line) } });
  expect(textsOf(manifest(chart, 'Secret/registry-ui-auth'))).toEqual({ auth: `${line}\n` });
});

test.each([
  ['of the users, where its key fits', 'auth', undefined, 'basic-auth'],
  ['for the UI', 'users', 'ui-users', 'ui-users'],
])('a Secret that exists %s', (_, key, loginSecret, used) => {
  const chart = newChart();
  const credentials = RegistryCredentials.existingSecret({
    secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
    key,
  });
  const secret = loginSecret === undefined ? undefined : Secret.fromSecretName(chart, 'ui', loginSecret);
  synth({ ...community, auth: { credentials }, ui: { login: true, loginSecret: secret } }, chart);
  expect(
    manifest(chart, 'Ingress/registry-ui').metadata.annotations['nginx.ingress.kubernetes.io/auth-secret'],
  ).toBe(used);
  expect(namesIn(chart).filter((name) => name.startsWith('Secret/') && name.includes('auth'))).toEqual([]);
});

test('a Secret that exists is what Traefik reads, whatever its key', () => {
  const chart = newChart();
  const credentials = RegistryCredentials.existingSecret({
    secret: Secret.fromSecretName(chart, 'users', 'basic-auth'),
    key: 'users',
  });
  synth({ ingressRoute: {}, auth: { credentials } }, chart);
  expect(manifest(chart, 'Middleware/registry-ui-login').spec.basicAuth.secret).toBe('basic-auth');
});

test('without it, nobody is asked', () => {
  const { chart, registry } = synth({ ...community, ui: {} });
  expect(manifest(chart, 'Ingress/registry-ui').metadata.annotations).toBeUndefined();
  expect(registry.ui?.loginSecret).toBeUndefined();
  expect(registry.notes()).not.toContain("It asks for the registry's login");
});

test('the notes say that it asks', () => {
  const { registry } = synth(community);
  expect(registry.notes()).toContain(
    "It asks for the registry's login before it shows anything.\n   https://registry.example.com/ui/\n",
  );
});
