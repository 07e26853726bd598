// The example helm-book: the lines of a chart's registry behind a LoadBalancer, one test each.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { build } from '../../examples/helm-book/main';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { Built } from '../support/built';
import { readable, textsOf } from '../support/synth';

const NAME = 'registry-docker-registry';
const LINE = 'admin:$2y$05$abcdefghijklmnopqrstuuTtnEcEwYzvDx94pgN6n1yYzXMGLkp.C';
const built = new Built(build);

test('all objects', () => expect(built.objects.map(readable)).toMatchSnapshot());
test('Kubernetes knows every field', () => expect(schemaProblems(built.objects)).toEqual([]));
test('the policy holds', () => expect(policyProblems(built.objects)).toEqual([]));

test('Namespace `registry`', () => {
  expect(built.one('Namespace', 'registry')).toBeDefined();
  const others = built.objects.filter(({ kind }) => kind !== 'Namespace');
  expect(new Set(others.map(({ metadata }) => metadata.namespace))).toEqual(new Set(['registry']));
});

test('Deployment and Service named `registry-docker-registry`', () => {
  expect(built.one('Deployment', NAME).metadata.name).toBe(NAME);
  expect(built.one('Service', NAME).metadata.name).toBe(NAME);
});

test('a pinned, current image tag', () => {
  expect(built.pod(NAME).containers[0].image).toMatch(/^registry:3\.\d+\.\d+$/);
});

test('the image tag is set by the user (source: 2.6.2)', () => {
  const old = new Built(build, { REGISTRY_IMAGE: 'registry:2.6.2' });
  const [{ image, args }] = old.pod(NAME).containers;
  expect({ image, args }).toEqual({
    image: 'registry:2.6.2',
    args: ['serve', '/etc/docker/registry/config.yml'],
  });
  expect({ schema: schemaProblems(old.objects), policy: policyProblems(old.objects) }).toEqual({
    schema: [],
    policy: [],
  });
});

test('Service `LoadBalancer`, port 5000', () => {
  const { type, ports } = built.one('Service', NAME).spec;
  expect({ type, port: ports[0].port }).toEqual({ type: 'LoadBalancer', port: 5000 });
});

test.each(['NodePort', 'ClusterIP'])('Service also `%s`', (type) => {
  const other = new Built(build, { REGISTRY_SERVICE_TYPE: type });
  expect(other.one('Service', NAME).spec).toMatchObject({ type, ports: [{ port: 5000 }] });
  expect({ schema: schemaProblems(other.objects), policy: policyProblems(other.objects) }).toEqual({
    schema: [],
    policy: [],
  });
});

test('Requests 80m CPU / 64Mi, limits 100m CPU / 128Mi', () => {
  expect(built.pod(NAME).containers[0].resources).toEqual({
    requests: { cpu: '80m', memory: '64Mi' },
    limits: { cpu: '100m', memory: '128Mi' },
  });
});

test('Persistence on: PVC, ReadWriteOnce, default StorageClass (no class named), 10Gi', () => {
  expect(built.mount(NAME, '/var/lib/registry').volume.persistentVolumeClaim).toEqual({ claimName: NAME });
  const { spec } = built.one('PersistentVolumeClaim', NAME);
  expect(spec).toEqual({ accessModes: ['ReadWriteOnce'], resources: { requests: { storage: '10Gi' } } });
});

test('Secret with `htpasswd` (bcrypt, `admin:$2y$05$…` format)', () => {
  expect(textsOf(built.one('Secret', `${NAME}-auth`)).htpasswd).toMatch(/^admin:\$2[by]\$05\$/);
  const moved = new Built(build, { REGISTRY_HTPASSWD: LINE });
  expect(textsOf(moved.one('Secret', `${NAME}-auth`)).htpasswd).toBe(`${LINE}\n`);
});

test('the shared HTTP secret used by several replicas (`haSharedSecret`)', () => {
  const secretKeyRef = { name: `${NAME}-http`, key: 'haSharedSecret' };
  expect(textsOf(built.one('Secret', secretKeyRef.name)).haSharedSecret).not.toBe('');
  expect(built.pod(NAME).containers[0].env).toContainEqual({
    name: 'REGISTRY_HTTP_SECRET',
    valueFrom: { secretKeyRef },
  });
});

test('realm `Registry Realm`; file at `/auth/htpasswd`', () => {
  expect(built.config(NAME).auth.htpasswd).toEqual({ realm: 'Registry Realm', path: '/auth/htpasswd' });
  expect(built.mount(NAME, '/auth')).toMatchObject({
    readOnly: true,
    volume: { secret: { secretName: `${NAME}-auth`, items: [{ key: 'htpasswd', path: 'htpasswd' }] } },
  });
});

test('address printed from `.status.loadBalancer.ingress[0].hostname` or `.ip` plus `:5000`', () => {
  const readme = readFileSync(join(__dirname, '../../examples/helm-book/README.md'), 'utf8');
  expect(readme).toContain(
    `kubectl -n registry get service ${NAME} -o jsonpath='{.status.loadBalancer.ingress[0].hostname}{.status.loadBalancer.ingress[0].ip}:5000{"\\n"}'`,
  );
});
