// Pull secrets: what is in them, where their password comes from, and who uses them.
import { Secret } from 'cdk8s-plus-27';
import { Construct } from 'constructs';
import {
  DefaultServiceAccountPullSecrets,
  type DefaultServiceAccountPullSecretsProps,
  ExternalSecretStore,
  LocalStore,
  Registry,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryPullSecret,
  type RegistryPullSecretProps,
  RegistryUser,
} from '../../lib';
import { notesOf } from '../../lib/app/notes/collector';
import { contentsOf } from '../support/folder';
import {
  type Manifest,
  manifest,
  manifestsIn,
  namesIn,
  newChart,
  newChartWithStore,
  problemsIn,
  textsOf,
} from '../support/synth';

function pull(
  chart: ReturnType<typeof newChart>,
  props: Partial<RegistryPullSecretProps> = {},
  about: RegistryProps = {},
): RegistryPullSecret {
  const registry = new Registry(chart, 'registry', { ingress: {}, host: 'registry.example.com', ...about });
  return new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'], ...props });
}

const configIn = (secret: Manifest) => JSON.parse(textsOf(secret)['.dockerconfigjson'] ?? '');
const configOf = (user: string, password: string, address = 'registry.example.com') => ({
  auths: {
    [address]: { username: user, password, auth: Buffer.from(`${user}:${password}`).toString('base64') },
  },
});

test('one Secret for each namespace, for the first user, with the generated password', () => {
  // GIVEN
  const { chart, folder } = newChartWithStore();

  // WHEN
  const { secretName, address, secrets } = pull(chart, { namespaces: ['shop', 'blog'] });

  // THEN
  expect({ secretName, address }).toEqual({ secretName: 'registry-pull', address: 'registry.example.com' });
  const written = manifestsIn(chart).filter(({ metadata }) => metadata.name === 'registry-pull');
  expect(written.map(({ kind, type, metadata }) => [kind, type, metadata.namespace])).toEqual([
    ['Secret', 'kubernetes.io/dockerconfigjson', 'shop'],
    ['Secret', 'kubernetes.io/dockerconfigjson', 'blog'],
  ]);
  expect(secrets).toHaveLength(2);
  const [password = ''] = contentsOf(folder)['registry/registry/admin.password']?.split('\n') ?? [];
  for (const secret of written) expect(configIn(secret)).toEqual(configOf('admin', password));
  expect(namesIn(chart)).not.toContain('ServiceAccount/default');
});

test('the address has the port unless it is 443', () => {
  expect(pull(newChart(), {}, { ingress: undefined }).address).toBe('registry.example.com:5000');
});

test('the only pull secret of the default account, of which nothing else is written', () => {
  const chart = newChart();
  const { serviceAccounts } = pull(chart, { secretName: 'images', replaceDefaultPullSecrets: true });
  const { metadata, ...account } = manifest(chart, 'ServiceAccount/default');
  expect(metadata.namespace).toBe('shop');
  expect(account).toEqual({
    apiVersion: 'v1',
    kind: 'ServiceAccount',
    imagePullSecrets: [{ name: 'images' }],
  });
  expect(serviceAccounts).toHaveLength(1);
});

describe('the pull secrets of a default account', () => {
  const named = (chart: ReturnType<typeof newChart>, ...names: string[]) =>
    names.map((name) => Secret.fromSecretName(new Construct(chart, `of-${id++}`), name, name));
  let id = 0;

  const accounts = (
    chart: ReturnType<typeof newChart>,
    id: string,
    props: Partial<DefaultServiceAccountPullSecretsProps> = {},
  ) =>
    new DefaultServiceAccountPullSecrets(chart, id, {
      namespaces: ['shop'],
      secrets: named(chart, 'company', 'hub', 'registry-pull'),
      ...props,
    });

  test('are the whole list, in order, in each of the namespaces', () => {
    const chart = newChart();
    const { serviceAccounts } = accounts(chart, 'accounts', { namespaces: ['shop', 'default'] });
    expect(problemsIn(chart)).toEqual([]);
    expect(serviceAccounts).toHaveLength(2);
    expect(
      manifestsIn(chart).map(({ kind, metadata: { name, namespace }, imagePullSecrets }) => [
        kind,
        name,
        namespace,
        imagePullSecrets,
      ]),
    ).toEqual(
      ['shop', 'default'].map((namespace) => [
        'ServiceAccount',
        'default',
        namespace,
        ['company', 'hub', 'registry-pull'].map((name) => ({ name })),
      ]),
    );
  });

  test('their notes say that the list is replaced, and how to look at it before', () => {
    const chart = newChart();
    accounts(chart, 'accounts');
    const [notes = ''] = notesOf(chart.node.root);
    expect(notes).toContain('exactly: company, hub, registry-pull\nWhat else is in the list is replaced.');
    expect(notes).toContain(
      "kubectl -n shop get serviceaccount default -o jsonpath='{.imagePullSecrets[*].name}'",
    );
  });

  test.each<[string, (chart: ReturnType<typeof newChart>) => void, string[]]>([
    [
      'two lists',
      (chart) => accounts(chart, 'more', { secrets: named(chart, 'hub', 'other') }),
      ['company', 'hub', 'registry-pull', 'other'],
    ],
    [
      'a list and a pull secret that replaces',
      (chart) => pull(chart, { replaceDefaultPullSecrets: true }),
      ['company', 'hub', 'registry-pull'],
    ],
  ])('are refused twice in a namespace, with the list to write: %s', (_, more, names) => {
    const list = names.map((name) => `Secret.fromSecretName(chart, '${name}', '${name}')`).join(', ');
    const chart = newChart();
    accounts(chart, 'accounts');
    more(chart);
    expect(problemsIn(chart)).toEqual([
      `namespaces: "shop" already gets its pull secrets from chart/accounts, and one list would replace the other; write one for both: new DefaultServiceAccountPullSecrets(chart, 'accounts', { namespaces: ['shop'], secrets: [${list}] })`,
    ]);
  });

  test('two registries are attached to one account by one list', () => {
    const chart = newChart();
    const secrets = ['one', 'two'].map((name) => {
      const registry = new Registry(chart, name, { name, ingress: {}, host: `${name}.example.com` });
      return new RegistryPullSecret(chart, `${name}-pull`, { registry, namespaces: ['shop'] }).secretName;
    });
    accounts(chart, 'accounts', { secrets: named(chart, ...secrets) });
    expect(problemsIn(chart)).toEqual([]);
    expect(manifest(chart, 'ServiceAccount/default').imagePullSecrets).toEqual([
      { name: 'one-pull' },
      { name: 'two-pull' },
    ]);
  });
});

test.each([
  ['password', () => RegistryLogin.password('ci', 's3cret')],
  ['fromEnvironment', () => RegistryLogin.fromEnvironment('ci', 'PULL_PASSWORD')],
  ['ofUser', () => RegistryLogin.ofUser({ user: 'ci' })],
])('the login by %s', (_, login) => {
  process.env.PULL_PASSWORD = 's3cret';
  const { chart } = newChartWithStore();
  const users = RegistryCredentials.users(
    RegistryUser.generated('admin'),
    RegistryUser.password('ci', 's3cret', { bcryptCost: 4 }),
  );
  pull(chart, { login: login() }, { auth: { credentials: users } });
  expect(problemsIn(chart)).toEqual([]);
  expect(configIn(manifest(chart, 'Secret/registry-pull'))).toEqual(configOf('ci', 's3cret'));
  delete process.env.PULL_PASSWORD;
});

test('a password from the environment serves while it is set, and is asked for when it no longer is', () => {
  const { chart, folder } = newChartWithStore();
  const about = () => ({
    auth: { credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('ci', 'CI_PASSWORD')) },
  });
  process.env.CI_PASSWORD = 's3cret';
  pull(chart, {}, about());
  delete process.env.CI_PASSWORD;
  expect(configIn(manifest(chart, 'Secret/registry-pull'))).toEqual(configOf('ci', 's3cret'));

  const later = newChart(new LocalStore({ directory: folder }));
  pull(later, {}, about());
  expect(problemsIn(later)).toEqual([
    expect.stringContaining('given by CI_PASSWORD, which is not set now, and only its hash is stored'),
  ]);
});

test('a password that was never given is generated, as for the registry', () => {
  const { chart } = newChartWithStore();
  pull(
    chart,
    {},
    { auth: { credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('ci', 'CI_PASSWORD')) } },
  );
  expect(problemsIn(chart)).toEqual([]);
  expect(configIn(manifest(chart, 'Secret/registry-pull')).auths['registry.example.com'].password).toMatch(
    /^[A-Za-z0-9]{24}$/,
  );
});

test('a store that cannot be read says so, and the pull secret says nothing more', () => {
  const chart = newChart(new LocalStore({ directory: '/dev/null' }));
  pull(
    chart,
    {},
    { auth: { credentials: RegistryCredentials.users(RegistryUser.fromEnvironment('ci', 'CI_PASSWORD')) } },
  );
  expect(problemsIn(chart)).toEqual([expect.stringContaining('store: /dev/null')]);
});

test('a Secret that exists is attached, and none is written', () => {
  const chart = newChart();
  const login = RegistryLogin.existingSecret(Secret.fromSecretName(chart, 'hub', 'hub-pull'));
  const { secrets, secretName } = pull(chart, { login, replaceDefaultPullSecrets: true });
  expect({ secrets, secretName }).toEqual({ secrets: [], secretName: 'hub-pull' });
  expect(namesIn(chart).filter((name) => name.includes('pull'))).toEqual([]);
  expect(manifest(chart, 'ServiceAccount/default').imagePullSecrets).toEqual([{ name: 'hub-pull' }]);
});

test('an ExternalSecret in each namespace makes it', () => {
  const chart = newChart();
  const store = ExternalSecretStore.clusterSecretStore('vault');
  pull(chart, {
    login: RegistryLogin.externalSecret({
      store,
      user: 'admin',
      password: { key: 'registry', property: 'password' },
    }),
  });
  expect(manifest(chart, 'ExternalSecret/registry-pull')).toMatchObject({
    metadata: { namespace: 'shop' },
    spec: {
      target: {
        name: 'registry-pull',
        template: {
          type: 'kubernetes.io/dockerconfigjson',
          data: {
            '.dockerconfigjson':
              '{"auths":{"registry.example.com":{"username":"admin","password":{{ .password | toJson }},"auth":"{{ printf "admin:%s" .password | b64enc }}"}}}',
          },
        },
      },
      data: [{ secretKey: 'password', remoteRef: { key: 'registry', property: 'password' } }],
    },
  });
});
