// Every wrong input of the tables in test/bad-input is refused with exactly the messages that its row says,
// and nothing is written.
import { type Chart, Testing } from 'cdk8s';
import {
  Registry,
  RegistryAlerts,
  RegistryCollection,
  RegistryCopy,
  RegistryCredentials,
  RegistryDashboard,
  RegistryDeployment,
  RegistryIngress,
  RegistryLocalHosting,
  RegistryMetrics,
  RegistryNodeTrust,
  RegistryPullSecret,
  RegistryRetention,
  RegistryService,
  RegistrySnapshots,
  RegistryToolbox,
  RegistryUI,
  RegistryUser,
  RegistryVeleroBackup,
  RegistryVerification,
} from '../../lib';
import { newChart, problemsIn } from '../support/synth';
import { ACCESS } from './access';
import { CACHES } from './caches';
import { CERTIFICATES } from './certificates';
import { NODE_TRUST, PULL_SECRETS } from './clients';
import { COPIES } from './copy';
import { EXTERNAL_SECRETS } from './external-secrets';
import { HTPASSWD } from './htpasswd';
import { MAINTENANCE } from './maintenance';
import { METADATA } from './metadata';
import { METRICS } from './metrics';
import { MONITORING } from './monitoring';
import { CLASHES, NAMES } from './names';
import { PARTS } from './parts';
import { PASSWORDS_IN_CLEAR } from './passwords-in-clear';
import { PODS } from './pods';
import { DUMMIES, PROPS } from './props';
import { refusalOf, refusesEach } from './refusal';
import { CONFIGURATION, IMAGES } from './registries';
import { RETENTIONS } from './retention';
import {
  CERT_MANAGER,
  CONTROLLERS,
  HTTP_ROUTES,
  INGRESS_ROUTES,
  INGRESSES,
  PASSWORDS_PAST_ROUTES,
  PULL_ADDRESSES,
  ROUTES,
} from './routes';
import { type Pems, type Row, wrong } from './row';
import { BALANCERS, SERVICES } from './services';
import { SETTINGS, STORES } from './settings-and-stores';
import { STORAGE } from './storage';
import { STORAGE_KINDS } from './storage-kinds';
import { TOKENS } from './tokens';
import { UI_SETTINGS, UI_TEXTS, UIS } from './ui';
import { UI_ACCESS, UI_LOGINS } from './ui-access';
import { USERS } from './users';
import { VERIFICATION } from './verification';

const TABLES: Record<string, readonly Row[]> = {
  names: NAMES,
  'names that clash': CLASHES,
  'labels and annotations': METADATA,
  props: PROPS,
  verification: VERIFICATION,
  users: USERS,
  'htpasswd files': HTPASSWD,
  tokens: TOKENS,
  certificates: CERTIFICATES,
  'passwords in clear': PASSWORDS_IN_CLEAR,
  storage: STORAGE,
  'kinds of storage': STORAGE_KINDS,
  images: IMAGES,
  configuration: CONFIGURATION,
  'parts used alone': PARTS,
  pods: PODS,
  services: SERVICES,
  'load balancers': BALANCERS,
  routes: ROUTES,
  ingresses: INGRESSES,
  controllers: CONTROLLERS,
  IngressRoutes: INGRESS_ROUTES,
  HTTPRoutes: HTTP_ROUTES,
  'cert-manager': CERT_MANAGER,
  'pull addresses': PULL_ADDRESSES,
  'passwords past routes': PASSWORDS_PAST_ROUTES,
  UIs: UIS,
  'texts of UIs': UI_TEXTS,
  'settings of UIs': UI_SETTINGS,
  'access to UIs': UI_ACCESS,
  'logins of UIs': UI_LOGINS,
  'pull secrets': PULL_SECRETS,
  'node trust': NODE_TRUST,
  'external secrets': EXTERNAL_SECRETS,
  maintenance: MAINTENANCE,
  retention: RETENTIONS,
  copy: COPIES,
  access: ACCESS,
  caches: CACHES,
  metrics: METRICS,
  monitoring: MONITORING,
  settings: SETTINGS,
  stores: STORES,
  'stores for tests': DUMMIES,
};

refusesEach(TABLES);

describe('several mistakes', () => {
  const build = ({ chart }: { readonly chart: Chart }) => [
    new Registry(chart, 'one', {
      name: 'One',
      host: 'https://registry.example.com',
      auth: { credentials: RegistryCredentials.users(RegistryUser.password('a:b', '')) },
      image: 'registry:latest',
      replicas: 0,
    }),
    new Registry(chart, 'two', { name: 'two', service: { port: 0 }, ui: {} }),
  ];
  const SAYS = [
    '[chart/one] name: "One" is not a lower-case DNS label that begins with a letter, of at most 50 characters; write e.g. "registry"',
    '[chart/one] host: "https://registry.example.com" has a scheme; write "registry.example.com"',
    '[chart/one/auth] auth.credentials.users[0].name: "a:b" is not a user name (letters, digits and "._@+$-", beginning with a letter, digit or "_"); write e.g. "admin"',
    '[chart/one/auth] auth.credentials.users[0].password: the password is empty; set one, or leave it out to generate one',
    '[chart/one/deployment] image: "registry:latest" is tagged "latest", which is not a fixed version; write e.g. "registry:3.1.1"',
    '[chart/one/deployment] replicas: 0 is not a whole number of 1 or more; write e.g. 1',
    '[chart/two] ui: needs a route to be served on; add ingress: {}, ingressRoute: {...} or httpRoute: {...}, or leave ui out',
    '[chart/two/service] service.port: 0 is not a whole number from 1 to 65535; write e.g. 5000',
  ];

  test('of two registries are all told at once', () => {
    const { messages, before, after } = refusalOf({ name: 'several', build, says: SAYS }, {} as Pems);
    expect(messages).toEqual(SAYS);
    expect(after).toEqual(before);
  });

  test('are told by every other way to synthesize too', () => {
    const chart = newChart();
    build({ chart });
    expect(() => Testing.synth(chart)).toThrow(SAYS[0]?.replace('[chart/one] ', ''));
    expect(problemsIn(chart)).toEqual(SAYS.map((message) => message.replace(/^\[\S+\] /, '')));
  });
});

test.each<[string, () => unknown, string]>([
  [
    'a deployment without users',
    () => new RegistryDeployment(newChart(), 'deployment', wrong({})),
    'auth: undefined is not a RegistryAuth; write auth: new RegistryAuth(...)',
  ],
  [
    'a Service without a deployment',
    () => new RegistryService(newChart(), 'service', wrong({})),
    'deployment: undefined is not a RegistryDeployment; write deployment: new RegistryDeployment(...)',
  ],
  [
    'metrics without a deployment',
    () => new RegistryMetrics(newChart(), 'metrics', wrong({})),
    'deployment: undefined is not a RegistryDeployment; write deployment: new RegistryDeployment(...)',
  ],
  [
    'an Ingress without a Service',
    () => new RegistryIngress(newChart(), 'ingress', wrong({})),
    'service: undefined is not a RegistryService; write service: new RegistryService(...)',
  ],
  [
    'a UI without a route',
    () => new RegistryUI(newChart(), 'ui', wrong({})),
    'route: undefined is not a RegistryRoute; write route: new RegistryIngress(...)',
  ],
  [
    'a copy without props',
    () => new RegistryCopy(newChart(), 'copy', wrong(undefined)),
    'source: undefined is not a CopyEndpoint; write source: new CopyEndpoint(...)',
  ],
  [
    'a copy with null for props',
    () => new RegistryCopy(newChart(), 'copy', wrong(null)),
    'source: undefined is not a CopyEndpoint; write source: new CopyEndpoint(...)',
  ],
])('%s can not even be made', (_, make, message) => {
  expect(make).toThrow(new Error(`${message} [not-a-construct]`));
});

test.each([
  ['a pull secret', RegistryPullSecret],
  ['node trust', RegistryNodeTrust],
  ['a toolbox', RegistryToolbox],
  ['alerts', RegistryAlerts],
  ['a dashboard', RegistryDashboard],
  ['local hosting', RegistryLocalHosting],
  ['a collection', RegistryCollection],
  ['a backup', RegistryVeleroBackup],
  ['snapshots', RegistrySnapshots],
  ['a retention', RegistryRetention],
  ['a verification', RegistryVerification],
])('%s without a registry can not even be made', (_, construct) => {
  for (const props of [{}, null, undefined])
    expect(() => new construct(newChart(), 'x', wrong(props))).toThrow(
      new Error('registry: undefined is not a Registry; write registry: new Registry(...) [not-a-construct]'),
    );
});
