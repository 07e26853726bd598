// Logins by tokens: what is written of a token service's keys, and under which ids.
import { createPublicKey, generateKeyPairSync } from 'node:crypto';
import { Secret } from 'cdk8s-plus-27';
import { parse } from 'yaml';
import {
  Registry,
  RegistryCredentials,
  RegistryLogin,
  RegistryPullSecret,
  type RegistryTokenOptions,
} from '../../lib';
import { jwksOf, libtrustId, thumbprint } from '../../lib/auth/token-keys';
import { certificateOf } from '../support/certificates';
import { manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const SERVICE = {
  realm: 'https://auth.example.com/token',
  service: 'registry.example.com',
  issuer: 'auth.example.com',
};
/** Of RFC 8037, with its thumbprint there. */
const ED25519 = { crv: 'Ed25519', kty: 'OKP', x: '11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo' };
const THUMBPRINT = 'kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k';
const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const SECRET = { secret: Secret.fromSecretName(newChart(), 'keys', 'token-keys') };

function chartOf(changes: Partial<RegistryTokenOptions>, image?: string) {
  const chart = newChart();
  const credentials = RegistryCredentials.token({ ...SERVICE, ...changes });
  const registry = new Registry(chart, 'registry', { image, auth: { credentials } });
  return { chart, registry };
}

function writtenFor(changes: Partial<RegistryTokenOptions>, image?: string) {
  const { chart } = chartOf(changes, image);
  expect(problemsIn(chart)).toEqual([]);
  const { spec } = manifest(chart, 'Deployment/registry').spec.template;
  const keys = manifestsIn(chart).find(({ metadata }) => metadata.name === 'registry-token-keys');
  return {
    config: parse(manifest(chart, 'ConfigMap/registry-config').data['config.yml']).auth,
    volume: spec.volumes.find(({ name }: { name: string }) => name === 'auth'),
    mount: spec.containers[0].volumeMounts.find(({ name }: { name: string }) => name === 'auth'),
    files: keys?.data as Record<string, string> | undefined,
  };
}

test('a key has the ids of RFC 7638 and of libtrust', () => {
  const key = createPublicKey({ key: ED25519, format: 'jwk' });
  expect(thumbprint(key)).toBe(THUMBPRINT);
  expect(libtrustId(key)).toMatch(/^([A-Z2-7]{4}:){11}[A-Z2-7]{4}$/);
});

test('a JWKS is written with each key under all its ids, and nothing else of it', () => {
  const jwks = JSON.stringify({
    keys: [
      { ...ED25519, kid: 'mine', alg: 'EdDSA', x5c: ['not read'] },
      { kty: 'RSA', use: 'enc', n: 'not read' },
    ],
  });
  const { config, volume, mount, files } = writtenFor({ jwks });
  expect(config).toEqual({ token: { ...SERVICE, jwks: '/auth/jwks.json' } });
  expect(volume).toEqual({
    name: 'auth',
    configMap: { name: 'registry-token-keys', items: [{ key: 'jwks.json', path: 'jwks.json' }] },
  });
  expect(mount).toEqual({ name: 'auth', mountPath: '/auth', readOnly: true });
  const libtrust = libtrustId(createPublicKey({ key: ED25519, format: 'jwk' }));
  expect(JSON.parse(files?.['jwks.json'] ?? '')).toEqual({
    keys: ['mine', THUMBPRINT, libtrust].map((kid) => ({ kid, use: 'sig', ...ED25519 })),
  });
});

test('certificates are written alone, with a JWKS of their keys that only 3.x is told of', async () => {
  const pem = await certificateOf(privateKey);
  const certificate = `Our issuer\n${pem}`;
  const [two, three] = ['registry:2.8.3', undefined].map((image) => writtenFor({ certificate }, image));
  expect(two?.config).toEqual({ token: { ...SERVICE, rootcertbundle: '/auth/certificates.pem' } });
  expect(three?.config).toEqual({
    token: { ...SERVICE, rootcertbundle: '/auth/certificates.pem', jwks: '/auth/jwks.json' },
  });
  expect(three?.files).toEqual({
    'certificates.pem': pem,
    'jwks.json': jwksOf([{ key: publicKey }]),
  });
  expect(two?.volume.configMap.items).toHaveLength(2);
});

test.each([
  ['certificateSecret', 'rootcertbundle', 'tls.crt', 'certificates.pem'],
  ['jwksSecret', 'jwks', 'jwks.json', 'jwks.json'],
])('%s is mounted as it is', (option, configKey, key, path) => {
  const { config, volume, files } = writtenFor({ [option]: SECRET });
  expect(config).toEqual({ token: { ...SERVICE, [configKey]: `/auth/${path}` } });
  expect(volume).toEqual({
    name: 'auth',
    secret: { secretName: 'token-keys', defaultMode: 0o440, items: [{ key, path }] },
  });
  expect(files).toBeUndefined();
});

test('clients can be sent to the host that they used', () => {
  const { config } = writtenFor({ realm: undefined, autoRedirect: true, jwksSecret: SECRET });
  expect(config.token).toMatchObject({ realm: 'https://registry.localhost/auth/token', autoredirect: true });
});

test('keys that are written roll the pods, and what is in a Secret does not', async () => {
  const checksumOf = (changes: Partial<RegistryTokenOptions>) =>
    manifest(chartOf(changes).chart, 'Deployment/registry').spec.template.metadata.annotations;
  const other = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey;
  const [one, two] = await Promise.all([privateKey, other].map((key) => certificateOf(key)));
  expect(checksumOf({ certificate: one })).not.toEqual(checksumOf({ certificate: two }));
  expect(checksumOf({ certificate: one })).toEqual(checksumOf({ certificate: one }));
});

test('a pull secret holds a login of the token service', () => {
  const { chart, registry } = chartOf({ jwksSecret: SECRET });
  const login = RegistryLogin.password('ci', 'of the token service');
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: ['shop'], login });
  expect(problemsIn(chart)).toEqual([]);
  expect({
    anonymous: registry.auth.anonymous,
    byToken: registry.auth.byToken,
    realm: registry.auth.realm,
  }).toEqual({
    anonymous: false,
    byToken: true,
    realm: SERVICE.realm,
  });
});
