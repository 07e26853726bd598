// Registry 2.8, and older 2.x.
import { Version } from './version';

/** Registry 2.8. */
export const v2: Version = {
  name: '2.8',
  major: 2,
  maintained: false,
  image: 'registry:2.8.3',
  configFolder: '/etc/docker/registry',
  unknownKeys: [],
  s3: {
    serviceAccounts: false,
    pathStyle: false,
    storageClasses: ['NONE', 'STANDARD', 'REDUCED_REDUNDANCY'],
  },
  gcs: { signsWithoutKeyFile: false },
  azure: { beyondAccountKeys: false },
  swift: true,
  middleware: { rewrite: false, redirectPath: false, updateFrequency: false },
  tokens: { jwks: false },
  redis: { addresses: false },
};
