// Each example can be put into namespaces of one's own: by its variables, and without a trace of the default
// ones.
import type { App, Chart } from 'cdk8s';
import { build as helmBook } from '../../examples/helm-book/main';
import { build as homelabS3 } from '../../examples/homelab-s3/main';
import { build as nodePort } from '../../examples/node-port/main';
import { build as selfSigned } from '../../examples/self-signed/main';
import { build as smallCluster } from '../../examples/small-cluster/main';
import { Built } from '../support/built';

const SETTINGS = {
  REGISTRY_NAMESPACE: 'mine',
  APPLICATION_NAMESPACES: 'one,two',
  TRUST_NAMESPACE: 'trust',
  MINIO_ENDPOINT: 'https://minio.example.com:9000',
  MINIO_ACCESS_KEY: 'access-key',
  MINIO_SECRET_KEY: 'secret-key',
};

test.each<[string, (app: App) => Chart, string[]]>([
  ['helm-book', helmBook, ['mine']],
  ['homelab-s3', homelabS3, ['mine']],
  ['node-port', nodePort, ['mine']],
  ['self-signed', selfSigned, ['mine', 'one', 'trust', 'two']],
  ['small-cluster', smallCluster, ['mine', 'one', 'two']],
])('%s', (_name, build, expected) => {
  const { objects } = new Built(build, SETTINGS);
  const places = objects.map(({ kind, metadata }) =>
    kind === 'Namespace' ? metadata.name : metadata.namespace,
  );
  expect([...new Set(places.filter((place) => place !== undefined))].sort()).toEqual(expected);
});

test("self-signed: `nginx-pod` is in the first of the applications' namespaces", () => {
  expect(new Built(selfSigned, SETTINGS).one('Pod', 'nginx-pod').metadata.namespace).toBe('one');
});

test("homelab-s3: MinIO's address and the registry's host can be given", () => {
  const built = new Built(homelabS3, { ...SETTINGS, REGISTRY_HOST: 'images.example.com' });
  expect(built.config('registry').storage.s3.regionendpoint).toBe('https://minio.example.com:9000');
  expect(built.one('IngressRoute', 'registry').spec.routes[0].match).toBe('Host(`images.example.com`)');
});
