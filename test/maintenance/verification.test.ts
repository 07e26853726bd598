// The verification's objects: what its pods are told, may reach and hold. What it finds is in test/e2e/verification.test.ts.
import { Duration, Size } from 'cdk8s';
import { Secret } from 'cdk8s-plus-27';
import {
  AccessRule,
  ExternalSecretStore,
  Registry,
  RegistryAccess,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryUser,
  RegistryVerification,
  type RegistryVerificationProps,
  S3Credentials,
  StorageBackend,
  StorageMiddleware,
  Subject,
  TlsTermination,
  VerificationAddress,
} from '../../lib';
import { notesOf } from '../../lib/app/notes/collector';
import { manifest, namesIn, newChart, problemsIn, textsOf } from '../support/synth';

const NAME = 'registry-verification';
const INGRESS: RegistryProps = { host: 'registry.example.com', ingress: {} };
const { HOST, BOTH } = VerificationAddress;

function made(about: RegistryProps = {}, props: Partial<RegistryVerificationProps> = {}) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', about);
  const verification = new RegistryVerification(chart, 'verification', { registry, ...props });
  expect(problemsIn(chart)).toEqual([]);
  const of = (kind: string, name = NAME) => manifest(chart, `${kind}/${name}`);
  const { spec } = of('CronJob');
  const job = spec.jobTemplate.spec;
  const pod = job.template.spec;
  const [container] = pod.containers;
  const env = Object.fromEntries(
    container.env.map(({ name, value }: Record<string, string>) => [name, value]),
  );
  return { chart, verification, of, spec, job, pod, container, env, template: job.template };
}

test('suspended, or by a schedule; no second attempt', () => {
  const { spec, job } = made();
  expect(spec).toMatchObject({ schedule: '@yearly', suspend: true, concurrencyPolicy: 'Forbid' });
  expect(job).toMatchObject({ backoffLimit: 0, activeDeadlineSeconds: 900 });
  expect(job).not.toHaveProperty('ttlSecondsAfterFinished');
  const scheduled = made(
    {},
    { schedule: '5 * * * *', timeZone: 'Europe/Berlin', timeLimit: Duration.hours(1) },
  );
  expect(scheduled.spec).toMatchObject({ schedule: '5 * * * *', suspend: false, timeZone: 'Europe/Berlin' });
  expect(scheduled.job.activeDeadlineSeconds).toBe(3600);
});

test('the same input gives the same bytes', () => {
  const [one, other] = [made(INGRESS, { address: BOTH }), made(INGRESS, { address: BOTH })];
  for (const name of namesIn(one.chart).filter((each) => each.endsWith(`/${NAME}`)))
    expect(manifest(one.chart, name)).toEqual(manifest(other.chart, name));
});

test.each<[string, RegistryProps, Partial<RegistryVerificationProps>, string, string]>([
  ['TLS in the pod', {}, {}, 'https://registry:5000', 'registry:5000'],
  ['TLS at the ingress', INGRESS, {}, 'http://registry:5000', 'registry:5000'],
  ['through the ingress', INGRESS, { address: HOST }, 'https://registry.example.com', 'registry.example.com'],
  [
    'both',
    INGRESS,
    { address: BOTH },
    'http://registry:5000 https://registry.example.com',
    'registry:5000 registry.example.com',
  ],
  [
    'a certificate for the host alone',
    {
      host: 'registry.example.com',
      tls: {
        certificate: RegistryCertificate.existingSecret(Secret.fromSecretName(newChart(), 'own', 'own')),
      },
    },
    {},
    'https://registry.example.com,registry:5000',
    'registry.example.com',
  ],
])('the address: %s', (_, about, props, servers, hosts) => {
  expect(made(about, props).env).toMatchObject({ SERVERS: servers, LOGIN_AT: hosts });
});

test('the login is in a Secret and in no variable', () => {
  const users = RegistryCredentials.users(RegistryUser.password('ci', 'secret of ci'));
  const { of, env, pod, verification } = made({ auth: { credentials: users } });
  const { login = '' } = textsOf(of('Secret'));
  const [user, password = ''] = Buffer.from(login, 'base64').toString().split(':');
  expect(user).toBe('ci');
  expect(password.length).toBeGreaterThan(8);
  expect(JSON.stringify(env)).not.toContain(password);
  expect(pod.volumes).toContainEqual({
    name: 'login',
    secret: { secretName: NAME, defaultMode: 0o440, items: [{ key: 'login', path: 'login' }] },
  });
  expect(verification.secret?.name).toBe(NAME);
});

test('a login of a Secret that exists, or of an ExternalSecret', () => {
  const existing = made(
    {},
    { login: RegistryLogin.existingSecret(Secret.fromSecretName(newChart(), 'robot', 'robot')) },
  );
  expect(namesIn(existing.chart)).not.toContain(`Secret/${NAME}`);
  expect(existing.pod.volumes).toContainEqual({
    name: 'login',
    secret: {
      secretName: 'robot',
      defaultMode: 0o440,
      items: [{ key: '.dockerconfigjson', path: 'config.json' }],
    },
  });
  const store = ExternalSecretStore.clusterSecretStore('vault');
  const login = RegistryLogin.externalSecret({ store, user: 'admin', password: { key: 'registry' } });
  expect(made({}, { login }).of('ExternalSecret').spec.target).toMatchObject({
    name: NAME,
    template: { type: 'Opaque', data: { login: '{{ printf "admin:%s" .password | b64enc }}' } },
  });
});

test('without users, and with those of a token service, there is no login', () => {
  const anonymous = made({
    auth: { credentials: RegistryCredentials.anonymous() },
    tls: { certificate: RegistryCertificate.none() },
  });
  expect(anonymous.env).toMatchObject({ LOGIN: 'no', AS_USER: 'no', BEARER: 'no' });
  const jwks = '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}]}';
  const token = RegistryCredentials.token({
    realm: 'https://auth.example.com/token',
    service: 'r',
    issuer: 'a',
    jwks,
  });
  const tokens = made({ ...INGRESS, auth: { credentials: token } });
  expect(tokens.env).toMatchObject({ LOGIN: 'yes', AS_USER: 'no', BEARER: 'yes' });
  for (const { chart, pod } of [anonymous, tokens]) {
    expect(namesIn(chart)).not.toContain(`Secret/${NAME}`);
    expect(pod.volumes.map(({ name }: { name: string }) => name)).not.toContain('login');
  }
});

test.each<[string, RegistryProps, Record<string, string>]>([
  ['no deletion', {}, { PUSH: 'yes', REMOVE: 'no', CATALOG: 'yes', ANONYMOUS_PULL: 'no' }],
  ['deletion', { storage: { deletion: true } }, { REMOVE: 'yes' }],
  ['read-only', { storage: { readOnly: true } }, { PUSH: 'no', REMOVE: 'no' }],
  [
    'read-only by a raw key',
    { configuration: { extra: { storage: { maintenance: { readonly: { enabled: true } } } } } },
    { PUSH: 'no', REMOVE: 'no' },
  ],
  [
    'a front',
    { front: {}, storage: { deletion: true } },
    { REMOVE: 'yes', CATALOG: 'yes', ANONYMOUS_PULL: 'no' },
  ],
  [
    'everybody pulls',
    { access: RegistryAccess.anonymousPull(['admin']), storage: { deletion: true } },
    { REMOVE: 'no', CATALOG: 'no', ANONYMOUS_PULL: 'yes' },
  ],
  [
    'a rule for deletion',
    {
      access: RegistryAccess.rules([
        AccessRule.push('verification').to(Subject.user('admin')),
        AccessRule.remove('verification').to(Subject.user('admin')),
      ]),
      storage: { deletion: true },
    },
    { REMOVE: 'yes', CATALOG: 'no', ANONYMOUS_PULL: 'no' },
  ],
])('what is expected: %s', (_, about, expected) => {
  expect(made(about).env).toMatchObject(expected);
});

test('accounts elsewhere, which some lock, get no wrong password', () => {
  const credentials = RegistryCredentials.verifier({ url: 'https://auth.example.com/check' });
  const access = RegistryAccess.rules([AccessRule.push('**').toAllUsers()]);
  const { env } = made({ auth: { credentials }, access }, { login: RegistryLogin.password('ci', 'secret') });
  expect(env.WRONG_USER).toBe('nobody-of-the-verification');
  expect(made().env).not.toHaveProperty('WRONG_USER');
});

test('the CA: of the registry, of a Secret, or none', () => {
  const ca = ({ pod, env }: ReturnType<typeof made>) => [
    pod.volumes.find(({ name }: { name: string }) => name === 'ca')?.secret.secretName,
    env.CURL_CA_BUNDLE,
  ];
  expect(ca(made())).toEqual(['registry-tls', '/ca/ca.crt']);
  expect(ca(made(INGRESS))).toEqual([undefined, undefined]);
  expect(ca(made(INGRESS, { address: HOST }))).toEqual(['registry-tls', '/ca/ca.crt']);
  const caSecret = { secret: Secret.fromSecretName(newChart(), 'roots', 'roots'), key: 'bundle' };
  expect(ca(made(INGRESS, { address: HOST, caSecret }))).toEqual(['roots', '/ca/ca.crt']);
});

test('layers fit in its folder', () => {
  const limit = ({ pod }: ReturnType<typeof made>) =>
    pod.volumes.find(({ name }: { name: string }) => name === 'tmp').emptyDir.sizeLimit;
  expect(limit(made())).toBe('48Mi');
  const large = made({}, { layerSize: Size.gibibytes(1) });
  expect(limit(large)).toBe('2064Mi');
  expect(large.env.LAYER_BYTES).toBe(String(2 ** 30));
});

test('no root, no token, nothing to write to but its folder', () => {
  const { pod, container } = made();
  expect(pod).toMatchObject({
    restartPolicy: 'Never',
    automountServiceAccountToken: false,
    securityContext: { runAsNonRoot: true, runAsUser: 1000 },
  });
  expect(container.securityContext).toMatchObject({
    readOnlyRootFilesystem: true,
    capabilities: { drop: ['ALL'] },
  });
  const writable = container.volumeMounts.filter(({ readOnly }: { readOnly?: boolean }) => readOnly !== true);
  expect(writable).toEqual([{ name: 'tmp', mountPath: '/tmp' }]);
});

describe('what its pods reach', () => {
  const egress = (about: RegistryProps = {}, props: Partial<RegistryVerificationProps> = {}) =>
    made(about, props).of('NetworkPolicy').spec.egress.slice(1);
  const ports = (...numbers: number[]) => numbers.map((port) => ({ port, protocol: 'TCP' }));
  const { matchLabels } = made().of('NetworkPolicy').spec.podSelector;
  const registry = {
    ports: ports(5000),
    to: [{ podSelector: { matchLabels: { ...matchLabels, 'app.kubernetes.io/component': 'registry' } } }],
  };

  test('the registry, and outside what its address needs', () => {
    expect(egress()).toEqual([registry]);
    expect(egress(INGRESS, { address: HOST })).toEqual([registry, { ports: ports(443, 5000, 8443) }]);
    const allowTo = [{ to: [{ ipBlock: { cidr: '10.0.0.0/8' } }] }];
    expect(egress(INGRESS, { address: BOTH, allowTo })).toEqual([
      registry,
      { ports: ports(443, 5000, 8443) },
      ...allowTo,
    ]);
  });

  test('the storage, if the registry sends clients there', () => {
    const s3 = (redirect?: boolean): RegistryProps => ({
      storage: {
        backend: StorageBackend.s3({
          bucket: 'images',
          region: 'eu-central-1',
          credentials: S3Credentials.none(),
        }),
        redirect,
      },
    });
    expect(egress(s3())).toContainEqual({ ports: ports(443) });
    expect(made(s3()).env.REDIRECTS).toBe('yes');
    expect(egress(s3(false))).toEqual([registry]);
    expect(made(s3(false)).env.REDIRECTS).toBe('no');
    const middleware = [StorageMiddleware.redirect({ baseUrl: 'https://cdn.example.com' })];
    expect(made({ storage: { middleware } }).env.REDIRECTS).toBe('yes');
  });

  test('the registry admits them where it admits not everybody', () => {
    const allowFrom = [{ podSelector: { matchLabels: { app: 'ci' } } }];
    const { of } = made({ networkPolicy: { allowFrom } });
    expect(of('NetworkPolicy', 'registry').spec.ingress[0].from).toContainEqual({
      podSelector: { matchLabels },
    });
  });
});

test('the notes say how to run it', () => {
  const { chart } = made({ tls: { termination: TlsTermination.POD } });
  const notes = notesOf(chart.node.root).join('\n');
  expect(notes).toContain('kubectl -n registry create job $job --from=cronjob/registry-verification &&\n');
});
