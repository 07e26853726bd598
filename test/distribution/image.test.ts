// Which line of the registry an image holds, told by its tag or by the property, and where its configuration
// must stand then.
import { Registry, type RegistryProps, RegistryVersion } from '../../lib';
import { manifest, newChart, problemsIn } from '../support/synth';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const V2 = '/etc/docker/registry/config.yml';
const V3 = '/etc/distribution/config.yml';

test.each<[string | undefined, RegistryVersion | undefined, string]>([
  [undefined, undefined, V3],
  ['registry:3', undefined, V3],
  ['registry:3.1.1', undefined, V3],
  ['registry:v3.0.0-rc.4', undefined, V3],
  ['registry:2', undefined, V2],
  ['registry:2.8.3', undefined, V2],
  ['docker.io/library/registry:2-alpine', undefined, V2],
  ['registry.example.com:5000/mirror/registry:3.1.1', undefined, V3],
  [`registry:2.8.3@${DIGEST}`, undefined, V2],
  [`registry:latest@${DIGEST}`, RegistryVersion.V3, V3],
  [`registry@${DIGEST}`, RegistryVersion.V2, V2],
  ['registry:stable', RegistryVersion.V3, V3],
  ['registry:stable', RegistryVersion.V2, V2],
])('%s with version %s is started with %s', (image, version, path) => {
  // WHEN
  const chart = newChart();
  const props: RegistryProps = { image, version };
  new Registry(chart, 'registry', props);

  // THEN
  const [container] = manifest(chart, 'Deployment/registry').spec.template.spec.containers;
  expect(problemsIn(chart)).toEqual([]);
  expect(container.image).toBe(image ?? 'registry:3.1.1');
  expect({ command: container.command, args: container.args }).toEqual({
    command: ['registry'],
    args: ['serve', path],
  });
  expect(container.volumeMounts[0]).toEqual({
    name: 'config',
    mountPath: path.replace('/config.yml', ''),
    readOnly: true,
  });
});

test.each(['registry:23', 'registry:30.1', 'registry:2024-01-01', 'registry:4.0.0'])(
  '%s does not tell its version',
  (image) => {
    const chart = newChart();
    new Registry(chart, 'registry', { image });
    expect(problemsIn(chart)).toEqual([
      `image: "${image}" does not have the major version in its tag; add version: RegistryVersion.V3 (or V2)`,
    ]);
  },
);
