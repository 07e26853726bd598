// Objects of a second copy of cdk8s, of another line of cdk8s-plus, and of this library itself: taken where
// they are only read, else refused with where they come from.
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  CertificateIssuer,
  Registry,
  RegistryCertificate,
  RegistryCredentials,
  RegistryLogin,
  type RegistryProps,
  RegistryPullSecret,
  RegistryUser,
  StorageBackend,
} from '../../lib';
import { newFolder } from '../support/folder';
import { manifest, newChart, problemsIn } from '../support/synth';

/** The modules once more, as a second installation of them would be loaded. */
function again<T>(name: string): T {
  let second: T | undefined;
  jest.isolateModules(() => {
    second = require(name);
  });
  return second as T;
}

const { Size, Duration } = again<typeof import('cdk8s')>('cdk8s');
const { Cpu } = again<typeof import('cdk8s-plus-27')>('cdk8s-plus-27');

function made(props: RegistryProps) {
  const chart = newChart();
  new Registry(chart, 'registry', props);
  return { chart, problems: problemsIn(chart) };
}

test('they are not the same classes', () => {
  const { Size: own } = require('cdk8s');
  expect(Size.gibibytes(1)).not.toBeInstanceOf(own);
  expect(Size.name).toBe(own.name);
});

test('sizes and CPU of another copy are taken', () => {
  const resources = {
    memory: { request: Size.mebibytes(256), limit: Size.gibibytes(1) },
    cpu: { request: Cpu.millis(250), limit: Cpu.units(2) },
  };
  const { chart, problems } = made({
    resources,
    storage: { backend: StorageBackend.newClaim({ size: Size.gibibytes(20) }) },
  });
  expect(problems).toEqual([]);
  expect(manifest(chart, 'Deployment/registry').spec.template.spec.containers[0].resources).toEqual({
    limits: { cpu: '2', memory: '1Gi' },
    requests: { cpu: '250m', memory: '256Mi' },
  });
  expect(manifest(chart, 'PersistentVolumeClaim/registry').spec.resources.requests.storage).toBe('20Gi');
});

test('durations of another copy are taken', () => {
  const { chart, problems } = made({ configuration: { drainTimeout: Duration.minutes(2) } });
  expect(problems).toEqual([]);
  expect(manifest(chart, 'ConfigMap/registry-config').data['config.yml']).toContain('draintimeout: 120s');
});

test('they are checked as all others are', () => {
  const { problems } = made({
    resources: { cpu: { request: Cpu.units(2), limit: Cpu.units(1) }, memory: { limit: Size.gibibytes(0) } },
  });
  expect(problems.map((problem) => problem.replace(/^\[.*?\] /, ''))).toEqual([
    'resources.cpu.limit: "1" is below the request of 2; write 2 or more',
    'resources.memory.limit: "0Gi" is not above zero; write e.g. Size.mebibytes(512)',
  ]);
});

test('what can not do the same is refused as before', () => {
  const wrong = { request: { amount: 'many' } as never, limit: 3 as never };
  expect(
    made({ resources: { cpu: wrong } }).problems.map((problem) => problem.replace(/^\[.*?\] /, '')),
  ).toEqual([
    'resources.cpu.request: an object is not a Cpu; write e.g. Cpu.millis(100)',
    'resources.cpu.limit: 3 is not a Cpu; write e.g. Cpu.units(1)',
  ]);
});

describe('of this library', () => {
  const folder = join(newFolder(), 'node_modules', 'cdk8s-registry');
  const names = [
    'RegistryCredentials',
    'RegistryUser',
    'RegistryCertificate',
    'CertificateIssuer',
    'StorageBackend',
    'Registry',
    'RegistryLogin',
  ];
  let other: Record<string, new () => never>;
  beforeAll(() => {
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'package.json'),
      JSON.stringify({ name: 'cdk8s-registry', version: '0.0.9', main: 'index.js' }),
    );
    writeFileSync(
      join(folder, 'index.js'),
      names.map((name) => `exports.${name} = class ${name} {};\n`).join(''),
    );
    other = require(join(folder, 'index.js'));
  });
  const copy = (name: string) => new (other[name] as new () => never)();

  test.each<[string, string, (value: never) => RegistryProps]>([
    ['RegistryCredentials', 'auth.credentials', (credentials) => ({ auth: { credentials } })],
    [
      'RegistryUser',
      'auth.credentials.users[0]',
      (user) => ({ auth: { credentials: RegistryCredentials.users(user) } }),
    ],
    ['RegistryCertificate', 'tls.certificate', (certificate) => ({ tls: { certificate } })],
    [
      'CertificateIssuer',
      'tls.certificate.issuer',
      (issuer) => ({ tls: { certificate: RegistryCertificate.certManager({ issuer }) } }),
    ],
    ['StorageBackend', 'storage.backend', (backend) => ({ storage: { backend } })],
  ])('a %s is refused, with where it comes from', (name, property, props) => {
    expect(made(props(copy(name))).problems.join('\n')).toContain(
      `${property}: a ${name} comes from another installed copy, cdk8s-registry 0.0.9 (${folder}); install only one copy (\`npm ls\` shows`,
    );
  });

  test('a construct is refused at once', () => {
    const chart = newChart();
    expect(
      () => new RegistryPullSecret(chart, 'pull', { registry: copy('Registry'), namespaces: ['ci'] }),
    ).toThrow(
      `registry: a Registry comes from another installed copy, cdk8s-registry 0.0.9 (${folder}); install only one copy`,
    );
  });

  test('its own are taken', () => {
    const users = RegistryCredentials.users(RegistryUser.generated('admin'));
    const certificate = RegistryCertificate.certManager({ issuer: CertificateIssuer.issuer('own') });
    expect(made({ auth: { credentials: users }, tls: { certificate } }).problems).toEqual([]);
    expect(RegistryLogin.ofUser()).toBeInstanceOf(RegistryLogin);
  });
});
