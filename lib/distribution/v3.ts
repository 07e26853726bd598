// Registry 3.x, which silently ignores keys of config.yml that it doesn't know.
import { Version } from './version';

/** Registry 3.x. */
export const v3: Version = {
  name: '3.x',
  major: 3,
  maintained: true,
  image: 'registry:3.1.1',
  configFolder: '/etc/distribution',
  unknownKeys: ['compatibility', 'reporting'],
  s3: { serviceAccounts: true, pathStyle: true },
  gcs: { signsWithoutKeyFile: true },
  azure: { beyondAccountKeys: true },
  swift: false,
  middleware: { rewrite: true, redirectPath: true, updateFrequency: true },
  tokens: { jwks: true },
  redis: { addresses: true },
};
