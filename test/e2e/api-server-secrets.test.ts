// Secrets as a real API server keeps them: applied again they are unchanged, a key that is taken out is gone,
// and what an older version wrote by `stringData` goes on as it was.

import { Chart, Testing } from 'cdk8s';
import {
  AzureCredentials,
  FixedStore,
  IngressController,
  Registry,
  RegistryPullSecret,
  RegistryToolbox,
  S3Credentials,
  StorageBackend,
  TlsTermination,
} from '../../lib';
import type { ApiServer } from '../../tools/pod-runner/api-server';
import { describeWith } from '../../tools/programs';
import { type Manifest, readable, textsOf } from '../support/synth';
import { ADMISSION_PROGRAMS, asInput, outcomes, startServer } from './admission';
import { asManifests } from './scenario';

/** The commands, and what they say of an object that they find as it is to be. */
const APPLIES = [
  ['client', ['apply'], 'unchanged'],
  ['server', ['apply', '--server-side'], 'serverside-applied'],
] as const;

/** Every kind of Secret that a registry on S3 has. */
const NAMES = [
  'registry-auth',
  'registry-http',
  'registry-pull',
  'registry-s3',
  'registry-tls',
  'registry-toolbox',
  'registry-ui-auth',
];

describeWith('Secrets in a cluster', ADMISSION_PROGRAMS, () => {
  let server: ApiServer;
  beforeAll(async () => {
    server = await startServer();
  });
  afterAll(() => server?.machine.stop());

  async function apply(command: readonly string[], secrets: readonly Manifest[]): Promise<string[]> {
    const input = asInput(asManifests(...secrets));
    return outcomes(
      (await server.must([...command, '--validate=strict', '-f', '-'], { input })).trim().split('\n'),
    );
  }

  /** The Secrets of a namespace by their names, and their versions, which change with them. */
  async function inCluster(
    namespace: string,
  ): Promise<{ texts: Record<string, Record<string, string>>; versions: string[] }> {
    const { items } = JSON.parse(await server.must(['get', 'secrets', '-n', namespace, '-o', 'json']));
    return {
      texts: Object.fromEntries(items.map((item: Manifest) => [item.metadata.name, textsOf(item)])),
      versions: items.map(({ metadata }: Manifest) => metadata.resourceVersion),
    };
  }

  const wanted = (secrets: readonly Manifest[]) =>
    Object.fromEntries(secrets.map((secret) => [secret.metadata.name, textsOf(secret)]));

  describe.each(APPLIES)('by the %s', (side, command, same) => {
    const created = side === 'client' ? 'created' : same;

    test('they are unchanged when they are applied again', async () => {
      const namespace = `again-${side}`;
      await server.createNamespace(namespace);
      const secrets = everySecret(namespace);
      expect(await apply(command, secrets)).toEqual([created]);
      const before = await inCluster(namespace);
      expect(before.texts).toEqual(wanted(secrets));
      expect(await apply(command, secrets)).toEqual([same]);
      expect(await inCluster(namespace)).toEqual(before);
    });

    test('a key that is no longer written is gone', async () => {
      const namespace = `key-${side}`;
      await server.createNamespace(namespace);
      await apply(command, azureSecret(namespace, AzureCredentials.sharedKey('c2VjcmV0')));
      expect((await inCluster(namespace)).texts).toEqual({ 'registry-azure': { accountKey: 'c2VjcmV0' } });
      await apply(command, azureSecret(namespace, AZURE_APPLICATION));
      expect((await inCluster(namespace)).texts).toEqual({ 'registry-azure': { clientSecret: 'chosen' } });
    });

    test('those of an older version keep every key and text, and are unchanged from then on', async () => {
      const namespace = `older-${side}`;
      await server.createNamespace(namespace);
      const secrets = everySecret(namespace);
      await apply(command, secrets.map(readable));
      expect((await inCluster(namespace)).texts).toEqual(wanted(secrets));
      await apply(command, secrets);
      const after = await inCluster(namespace);
      expect(after.texts).toEqual(wanted(secrets));
      expect(await apply(command, secrets)).toEqual([same]);
      expect(await inCluster(namespace)).toEqual(after);
    });

    test('of an older version, a key goes that is taken out after the first apply of this one', async () => {
      const namespace = `older-key-${side}`;
      await server.createNamespace(namespace);
      const [before, after] = [AzureCredentials.sharedKey('c2VjcmV0'), AZURE_APPLICATION].map((one) =>
        azureSecret(namespace, one),
      );
      for (const secrets of [before.map(readable), before, after]) await apply(command, secrets);
      expect((await inCluster(namespace)).texts).toEqual({ 'registry-azure': { clientSecret: 'chosen' } });
    });
  });
});

const TENANT = '6f1c2a30-0000-4000-8000-000000000001';
const AZURE_APPLICATION = AzureCredentials.clientSecret({ tenantId: TENANT, clientId: TENANT }, 'chosen');

function chartIn(namespace: string): Chart {
  const app = Testing.app();
  new FixedStore().useIn(app);
  return new Chart(app, 'chart', { namespace });
}

function secretsOf(chart: Chart): Manifest[] {
  return (Testing.synth(chart) as Manifest[]).filter(({ kind }) => kind === 'Secret');
}

function everySecret(namespace: string): Manifest[] {
  const chart = chartIn(namespace);
  const keys = S3Credentials.keys({ accessKeyId: 'minio', secretAccessKey: 'größer' });
  const registry = new Registry(chart, 'registry', {
    host: 'registry.example.com',
    ingress: { controller: IngressController.COMMUNITY_NGINX },
    tls: { termination: TlsTermination.POD },
    storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-west-1', credentials: keys }) },
    ui: { login: true },
  });
  new RegistryToolbox(chart, 'toolbox', { registry });
  new RegistryPullSecret(chart, 'pull', { registry, namespaces: [namespace] });
  const secrets = secretsOf(chart);
  expect(secrets.map(({ metadata }) => metadata.name).sort()).toEqual(NAMES);
  return secrets;
}

function azureSecret(namespace: string, credentials: AzureCredentials): Manifest[] {
  const chart = chartIn(namespace);
  new Registry(chart, 'registry', {
    storage: { backend: StorageBackend.azure({ accountName: 'company', container: 'images', credentials }) },
  });
  return secretsOf(chart).filter(({ metadata }) => metadata.name === 'registry-azure');
}
