// The store for snapshot tests: the same for everybody, and of no use to whoever deploys it.
import { createPrivateKey, X509Certificate } from 'node:crypto';
import * as path from 'node:path';
import { compareSync } from 'bcryptjs';
import { App, Chart, Testing } from 'cdk8s';
import { FixedStore, LocalStore, Registry, RegistryApp, RegistryCredentials, RegistryUser } from '../../lib';
import { BCRYPT_HASH } from '../../lib/secrets/passwords';
import { contentsOf, newFolder } from '../support/folder';
import { type Manifest, textsOf } from '../support/synth';

function synth(): Manifest[] {
  const app = Testing.app();
  new FixedStore().useIn(app);
  const chart = new Chart(app, 'registry', { namespace: 'registry' });
  const credentials = RegistryCredentials.users(
    RegistryUser.generated('admin'),
    RegistryUser.password('anna', 'chosen by Anna'),
  );
  new Registry(chart, 'registry', { auth: { credentials } });
  return Testing.synth(chart) as Manifest[];
}

const secret = (name: string) => textsOf(synth().find(({ metadata }) => metadata.name === name));

test('gives the same to everybody', () => {
  expect(synth()).toEqual(synth());
  expect(secret('registry-http').secret).toBe('fixed-store-for-tests-only-http-secret');
});

test('gives hashes that are well formed and that no password matches, the user’s neither', () => {
  const lines: string[] = secret('registry-auth').htpasswd.trimEnd().split('\n');
  expect(lines.map((line) => line.split(':')[0])).toEqual(['admin', 'anna']);
  for (const line of lines) {
    const hash = line.split(':')[1] ?? '';
    expect(hash).toMatch(BCRYPT_HASH);
    expect(
      ['', 'admin', 'password', 'chosen by Anna', hash].filter((password) => compareSync(password, hash)),
    ).toEqual([]);
  }
});

test('gives a certificate that has ended, for no host that there is, with a key that is none', () => {
  const tls = secret('registry-tls');
  const certificate = new X509Certificate(tls['tls.crt']);
  expect(new Date(certificate.validTo)).toEqual(new Date('2000-01-02T00:00:00Z'));
  expect(certificate.subjectAltName).toBe('DNS:registry.invalid');
  expect(() => createPrivateKey(tls['tls.key'])).toThrow();
  expect(tls['ca.crt']).toBe(tls['tls.crt']);
});

test('is for the scope that it is set for', () => {
  // GIVEN
  const app = new App({ outdir: path.join(newFolder(), 'dist') });
  const folder = path.join(newFolder(), 'store');
  new LocalStore({ directory: folder }).useIn(app);
  const [tested, real] = ['tested', 'real'].map((id) => new Chart(app, id, { namespace: id })) as [
    Chart,
    Chart,
  ];

  // WHEN
  new FixedStore().useIn(tested);
  for (const chart of [tested, real])
    new Registry(chart, 'registry', { host: `${chart.node.id}.example.com`, ingress: {} });
  app.synth();

  // THEN
  expect(Object.keys(contentsOf(folder)).filter((name) => name.startsWith('tested'))).toEqual([]);
  expect(Object.keys(contentsOf(folder))).toContain('real/registry/http-secret');
});

test('prints no password', () => {
  const app = Testing.app();
  new FixedStore().useIn(app);
  const registry = new Registry(new Chart(app, 'registry'), 'registry');
  expect(registry.auth.showPasswordCommand('admin')).toBeUndefined();
});

test('is not written by RegistryApp', () => {
  const outdir = path.join(newFolder(), 'dist');
  const app = new RegistryApp({ outdir });
  new FixedStore().useIn(app);
  new Registry(new Chart(app, 'registry'), 'registry');
  expect(() => app.synth()).toThrow(
    'Synthesis failed; nothing was written:\n  store: the app uses a FixedStore, whose dummy secrets are for tests and must not be deployed; leave it out, or use new LocalStore()',
  );
  expect(contentsOf(outdir)).toEqual({});
});
