// Pods are replaced when what they read at their start changes, by a patch too; where nothing is patched the
// digest is that of what was meant.
import { ApiObject, JsonPatch } from 'cdk8s';
import {
  Registry,
  type RegistryProps,
  RegistryUIAccess,
  S3Credentials,
  StorageBackend,
  TlsTermination,
} from '../../lib';
import { digestOf } from '../../lib/core/checksum';
import { manifest, newChart, textsOf } from '../support/synth';

const credentials = S3Credentials.keys({ accessKeyId: 'a', secretAccessKey: 'b' });
const PROPS: RegistryProps = {
  ingress: {},
  tls: { termination: TlsTermination.POD },
  ui: { access: RegistryUIAccess.host('ui.example.com') },
  storage: { backend: StorageBackend.s3({ bucket: 'images', region: 'eu-west-1', credentials }) },
};

/** The pods' checksums, after an object was patched. */
function checksums(name?: string, patch?: JsonPatch) {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', PROPS);
  if (patch) objectOf(registry, String(name)).addJsonPatch(patch);
  const annotations = (deployment: string) =>
    manifest(chart, `Deployment/${deployment}`).spec.template.metadata.annotations;
  return {
    registry: annotations('registry')['checksum/config'],
    ui: annotations('registry-ui')['checksum/registry-ca'],
    chart,
    made: registry,
  };
}

function objectOf({ node }: Registry, name: string): ApiObject {
  const found = node
    .findAll()
    .find((one) => ApiObject.isApiObject(one) && `${one.kind}/${one.name}` === name);
  if (!found) throw new Error(`there is no ${name}`);
  return found as ApiObject;
}

const BEFORE = checksums();

test.each<[name: string, patch: JsonPatch, changes: { registry: boolean; ui: boolean }]>([
  [
    'ConfigMap/registry-config',
    JsonPatch.replace('/data/config.yml', 'version: 0.1'),
    { registry: true, ui: false },
  ],
  ['ConfigMap/registry-config', JsonPatch.add('/data/more', 'x'), { registry: true, ui: false }],
  ['ConfigMap/registry-config', JsonPatch.add('/metadata/labels/more', 'x'), { registry: false, ui: false }],
  ['Secret/registry-http', JsonPatch.replace('/data/secret', 'x'), { registry: true, ui: false }],
  ['Secret/registry-s3', JsonPatch.replace('/data/AWS_ACCESS_KEY_ID', 'x'), { registry: true, ui: false }],
  ['Secret/registry-tls', JsonPatch.replace('/data/ca.crt', 'x'), { registry: true, ui: true }],
  // Read again when it changes.
  ['Secret/registry-auth', JsonPatch.replace('/data/htpasswd', 'x'), { registry: false, ui: false }],
  ['Service/registry', JsonPatch.replace('/spec/ports/0/port', 1), { registry: false, ui: false }],
])('a patch of %s', (name, patch, changes) => {
  const after = checksums(name, patch);
  expect({ registry: after.registry !== BEFORE.registry, ui: after.ui !== BEFORE.ui }).toEqual(changes);
  expect(checksums(name, patch)).toMatchObject({ registry: after.registry, ui: after.ui });
});

test('two patches of one Secret are told apart', () => {
  const [one, other] = ['x', 'y'].map(
    (text) => checksums('Secret/registry-http', JsonPatch.replace('/data/secret', text)).registry,
  );
  expect(one).not.toBe(other);
});

test('without a patch nothing is added', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', { ingress: {} });
  const { secret = '' } = textsOf(manifest(chart, 'Secret/registry-http'));
  const { annotations } = manifest(chart, 'Deployment/registry').spec.template.metadata;
  expect(annotations['checksum/config']).toBe(
    digestOf([registry.deployment.configuration.toYaml(), secret, '']),
  );
});
