// Digests that stand in annotations: what may hold a password that a person chose must be slow to try out,
// and what can't must cost nothing.
import { createHash } from 'node:crypto';
import { JsonPatch } from 'cdk8s';
import { AzureCredentials, Registry, type RegistryProps, S3Credentials, StorageBackend } from '../../lib';
import { digestOf } from '../../lib/core/checksum';
import { type Manifest, manifestsIn, newChart, problemsIn, textsOf } from '../support/synth';

const scrypt = jest.fn();
jest.mock('node:crypto', () => {
  const crypto = jest.requireActual('node:crypto');
  const scryptSync = (...args: unknown[]) => {
    scrypt(...args);
    return crypto.scryptSync(...args);
  };
  return { ...crypto, scryptSync };
});
beforeEach(() => scrypt.mockClear());

function made(props: RegistryProps, patch?: (registry: Registry) => void): Manifest[] {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', props);
  patch?.(registry);
  expect(problemsIn(chart)).toEqual([]);
  return manifestsIn(chart);
}

const deployment = (objects: readonly Manifest[]) =>
  objects.find(({ kind, metadata }) => kind === 'Deployment' && metadata.name === 'registry');
const checksum = (props: RegistryProps, patch?: (registry: Registry) => void): string =>
  deployment(made(props, patch))?.spec.template.metadata.annotations['checksum/config'];

const s3 = (secretAccessKey: string) =>
  StorageBackend.s3({
    bucket: 'images',
    endpoint: 'http://minio:9000',
    credentials: S3Credentials.keys({ accessKeyId: 'minio', secretAccessKey }),
  });
const azure = (key: string) =>
  StorageBackend.azure({
    accountName: 'company',
    container: 'images',
    credentials: AzureCredentials.sharedKey(key),
  });
// Under a name by which it is not refused.
const hook = (token: string) => ({
  configuration: {
    extra: {
      notifications: { endpoints: [{ name: 'a', url: 'http://hook', headers: { 'X-Token': [token] } }] },
    },
  },
});
const inMap = (text: string) => (registry: Registry) =>
  registry.deployment.configuration.configMap.addJsonPatch(JsonPatch.replace('/data/config.yml', text));

const KINDS: Record<string, (secret: string) => [RegistryProps, ((registry: Registry) => void)?]> = {
  'the keys of a bucket': (secret) => [{ storage: { backend: s3(secret) } }],
  'the key of an account': (secret) => [{ storage: { backend: azure(`${secret}=`) } }],
  'the header of a webhook': (secret) => [hook(secret)],
  'a ConfigMap that was patched': (secret) => [{}, inMap(`log: ${secret}`)],
};

describe.each(Object.entries(KINDS))('%s', (_, kind) => {
  test('is slow to try out, the same for the same, another one for another', () => {
    const [before, again, other] = ['hunter2', 'hunter2', 'hunter3'].map((secret) =>
      checksum(...kind(secret)),
    );
    expect(again).toBe(before);
    expect(other).not.toBe(before);
    expect(scrypt).toHaveBeenCalledTimes(3);
    expect(scrypt.mock.calls.some(([text]) => String(text).includes('hunter2'))).toBe(true);
  });

  test('is another one for another registry', () => {
    const digests = ['a', 'b'].map((name) => {
      const [props, patch] = kind('hunter2');
      const chart = newChart();
      const registry = new Registry(chart, name, { name, ...props });
      patch?.(registry);
      manifestsIn(chart);
      return scrypt.mock.results.length && scrypt.mock.calls.at(-1)?.[1];
    });
    expect(digests[0]).not.toEqual(digests[1]);
  });
});

test('no fast digest of a text with a password stands anywhere', () => {
  const objects = made({
    storage: { backend: s3('hunter2') },
    ...hook('hunter2'),
    ui: {},
    ingress: {},
    metrics: {},
  });
  const texts = objects.flatMap(({ kind, data, stringData }) => [
    ...Object.values({ ...data, ...stringData } as Record<string, string>),
    ...(kind === 'Secret' ? Object.values(textsOf({ data, stringData })) : []),
  ]);
  const guesses = [
    'hunter2',
    ...texts,
    ...texts.map((text) => text.trim()),
    texts.join('\0'),
    texts.join(''),
  ];
  const written = JSON.stringify(objects);
  for (const algorithm of ['md5', 'sha1', 'sha256', 'sha512'])
    for (const guess of guesses) {
      const hash = createHash(algorithm).update(guess).digest();
      for (const form of ['hex', 'base64'] as const) expect(written).not.toContain(hash.toString(form));
    }
});

test('what can hold none costs nothing, and stays what it was', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { ingress: {}, ui: {} });
  const objects = manifestsIn(chart);
  expect(scrypt).not.toHaveBeenCalled();
  const { secret } = textsOf(objects.find(({ metadata }) => metadata.name === 'registry-http'));
  const { annotations } = deployment(objects)?.spec.template.metadata ?? {};
  expect(annotations['checksum/config']).toBe(
    digestOf([registry.deployment.configuration.toYaml(), secret, '']),
  );
});
