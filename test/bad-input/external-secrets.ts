// Wrong external secrets.
import { Duration } from 'cdk8s';
import { ExternalSecretStore, RegistryExternalSecret } from '../../lib';
import { type Place, type Row, wrong } from './row';

function external(given: Readonly<Record<string, unknown>>): (place: Place) => void {
  const store = ExternalSecretStore.clusterSecretStore('vault');
  const values = { htpasswd: { key: 'registry', property: 'htpasswd' } };
  return ({ chart }) =>
    void new RegistryExternalSecret(
      chart,
      'external',
      wrong({ secretName: 'users', store, values, ...given }),
    );
}

export const EXTERNAL_SECRETS: readonly Row[] = [
  {
    name: 'an external secret of nothing',
    build: external({ values: {} }),
    says: [
      "[chart/external] values: is empty; name a key and where its value is, e.g. { htpasswd: { key: 'registry', property: 'htpasswd' } }",
    ],
  },
  {
    name: 'an external certificate without its key',
    build: external({ secretType: 'kubernetes.io/tls', values: { 'tls.crt': { key: 'registry' } } }),
    says: ['[chart/external] values: a Secret of type kubernetes.io/tls needs the key "tls.key"; add it'],
  },
  {
    name: 'a store by its name alone',
    build: external({ store: 'vault' }),
    says: [
      '[chart/external] store: "vault" is not a ExternalSecretStore; write e.g. ExternalSecretStore.clusterSecretStore(\'vault\')',
    ],
  },
  {
    name: 'an interval of nothing',
    build: external({ refreshInterval: Duration.seconds(0) }),
    says: [
      '[chart/external] refreshInterval: "0 s" is not a whole number of seconds from 1 to 2592000; write e.g. Duration.hours(1)',
    ],
  },
  {
    name: 'a version that is not known',
    build: external({ version: 'v2' }),
    says: ['[chart/external] version: "v2" is not supported; write one of v1, v1beta1'],
  },
];
