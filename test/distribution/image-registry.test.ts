// Where images are pulled from: one registry for all, and images that say it themselves.
import {
  NodeRuntime,
  Registry,
  RegistryAuth,
  RegistryDeployment,
  RegistryIngress,
  RegistryNodeTrust,
  type RegistryProps,
  RegistryService,
  RegistryStorage,
  RegistryToolbox,
  RegistryUI,
} from '../../lib';
import { type Manifest, manifestsIn, newChart, problemsIn } from '../support/synth';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** All images that the manifests name. */
function imagesIn(objects: readonly Manifest[]): string[] {
  return [...JSON.stringify(objects).matchAll(/"image":"([^"]*)"/g)].map(([, image]) => image as string);
}

function imagesOf(props: RegistryProps): string[] {
  const chart = newChart();
  new Registry(chart, 'registry', { ingress: {}, ...props });
  expect(problemsIn(chart)).toEqual([]);
  return [...new Set(imagesIn(manifestsIn(chart)))];
}

test('one registry stands for those of all images', () => {
  const chart = newChart();
  const registry = new Registry(chart, 'registry', {
    imageRegistry: 'mirror.example.com/dockerhub',
    storage: { deletion: true },
    garbageCollection: { onStart: true },
    ingress: {},
    ui: {},
  });
  new RegistryToolbox(chart, 'toolbox', { registry });
  new RegistryNodeTrust(chart, 'trust', { registry, runtimes: [NodeRuntime.CONTAINERD] });
  expect(problemsIn(chart)).toEqual([]);
  expect([...new Set(imagesIn(manifestsIn(chart)))].sort()).toEqual([
    'mirror.example.com/dockerhub/joxit/docker-registry-ui:2.6.0',
    'mirror.example.com/dockerhub/library/busybox:1.37.0',
    'mirror.example.com/dockerhub/library/registry:3.1.1',
    'mirror.example.com/dockerhub/regclient/regctl:v0.11.7-alpine',
  ]);
});

test.each([
  ['registry:2.8.3', 'mirror.example.com/library/registry:2.8.3'],
  [`registry:3@${DIGEST}`, `mirror.example.com/library/registry:3@${DIGEST}`],
  ['company/registry:3', 'mirror.example.com/company/registry:3'],
  ['docker.io/library/registry:3', 'docker.io/library/registry:3'],
  ['mirror.example.com/registry:3', 'mirror.example.com/registry:3'],
  ['localhost/registry:3', 'localhost/registry:3'],
  ['images:5000/registry:3', 'images:5000/registry:3'],
])('%s is pulled as %s', (image, pulled) => {
  expect(imagesOf({ image, imageRegistry: 'mirror.example.com' })).toEqual([pulled]);
});

test('an image of the UI stays where it says', () => {
  expect(imagesOf({ imageRegistry: 'localhost:5000', ui: { image: 'quay.io/company/ui:1' } })).toEqual([
    'localhost:5000/library/registry:3.1.1',
    'quay.io/company/ui:1',
  ]);
});

test('parts that are used alone: the UI follows the registry that it is of', () => {
  const chart = newChart();
  const deployment = new RegistryDeployment(chart, 'deployment', {
    imageRegistry: '192.0.2.1',
    auth: new RegistryAuth(chart, 'auth', { insecurePasswordsOverHttp: true }),
    storage: new RegistryStorage(chart, 'storage'),
  });
  const service = new RegistryService(chart, 'service', { deployment });
  const route = new RegistryIngress(chart, 'ingress', { service, host: 'registry.example.com' });
  new RegistryUI(chart, 'ui', { route });
  expect([...new Set(imagesIn(manifestsIn(chart)))].sort()).toEqual([
    '192.0.2.1/joxit/docker-registry-ui:2.6.0',
    '192.0.2.1/library/registry:3.1.1',
  ]);
});

test.each([
  'https://mirror.example.com',
  'mirror',
  'mirror/dockerhub',
  'mirror.example.com/',
  'mirror.example.com:0',
  'mirror.example.com/Hub',
  '',
])('%j is no registry in image names', (imageRegistry) => {
  const chart = newChart();
  new Registry(chart, 'registry', { imageRegistry });
  expect(problemsIn(chart)).toEqual([
    `imageRegistry: ${JSON.stringify(imageRegistry)} is not a registry in image names: a host with a dot or a port, and a path at most; write e.g. "mirror.example.com" or "mirror.example.com/dockerhub"`,
  ]);
});

test.each([
  [{ host: 'registry.example.com', ingress: {} }, 'registry.example.com/hub'],
  [{ pullAddress: 'pull.example.com:8443' }, 'pull.example.com:8443'],
])('%j does not pull its own images from %s', (props, imageRegistry) => {
  const chart = newChart();
  new Registry(chart, 'registry', { ...props, imageRegistry });
  expect(problemsIn(chart)).toContain(
    `imageRegistry: "${imageRegistry}" is this registry, whose own image is pulled before it runs; write another registry, or leave out imageRegistry`,
  );
});
