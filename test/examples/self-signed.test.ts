// The example self-signed: the lines of TLS in the pod, a hostPath volume and trust on every node, one test
// each. What the certificate says is in test/e2e/example-self-signed.test.ts, where a real one is made; the
// outcomes are in test/cluster/example-self-signed.test.ts.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Testing } from 'cdk8s';
import { build } from '../../examples/self-signed/main';
import { NodeRuntime, Registry } from '../../lib';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { Built } from '../support/built';
import { type Manifest, readable, textsOf } from '../support/synth';

const NAME = 'docker-registry';
const ADDRESS = 'docker-registry:5000';
const built = new Built(build);

/** What the example is for can't be had without these: its README says what each is. */
const EXCEPTIONS = [
  /^DaemonSet\/docker-registry-node-trust: .* \[(volume-types|run-as-non-root|run-as-user)\]$/, // writes into folders of nodes
  /^Deployment\/docker-registry init container fix-owner: .* \[(capabilities|run-as-non-root|run-as-user)\]$/, // gives the folder away
  /^Pod\/nginx-pod: no NetworkPolicy selects the pod \[no-network-policy\]$/, // in the namespace of somebody else
  // It waits for what is in its way, and a restart would only make it wait longer.
  /^DaemonSet\/docker-registry-node-trust container node-trust: livenessProbe is missing \[liveness-probe\]$/,
];

test('all objects', () => expect(built.objects.map(readable)).toMatchSnapshot());
test('Kubernetes knows every field', () => expect(schemaProblems(built.objects)).toEqual([]));

test('the policy holds but for these exceptions', () => {
  const problems = policyProblems(built.objects);
  expect(problems.filter((problem) => !EXCEPTIONS.some((exception) => exception.test(problem)))).toEqual([]);
  for (const exception of EXCEPTIONS) expect(problems).toContainEqual(expect.stringMatching(exception));
});

test('Secret `certs-secret` (type kubernetes.io/tls) at `/certs`, read-only', () => {
  const secret = built.one('Secret', 'certs-secret');
  expect({ type: secret.type, keys: Object.keys(textsOf(secret)) }).toEqual({
    type: 'kubernetes.io/tls',
    keys: ['ca.crt', 'tls.crt', 'tls.key'],
  });
  expect(built.mount(NAME, '/certs')).toMatchObject({
    readOnly: true,
    volume: { secret: { secretName: 'certs-secret' } },
  });
});

test('Secret `auth-secret`, key `htpasswd`, user `myuser`, at `/auth`, read-only', () => {
  expect(textsOf(built.one('Secret', 'auth-secret')).htpasswd).toMatch(/^myuser:\$2[by]\$/);
  expect(built.mount(NAME, '/auth')).toMatchObject({
    readOnly: true,
    volume: { secret: { secretName: 'auth-secret' } },
  });
});

test('PersistentVolume `docker-repo-pv` 1Gi RWO hostPath `/tmp/repository`', () => {
  expect(built.one('PersistentVolume', 'docker-repo-pv').spec).toMatchObject({
    capacity: { storage: '1Gi' },
    accessModes: ['ReadWriteOnce'],
    hostPath: { path: '/tmp/repository' },
  });
});

test('PVC `docker-repo-pvc` 1Gi, mounted at `/var/lib/registry`', () => {
  expect(built.one('PersistentVolumeClaim', 'docker-repo-pvc').spec.resources.requests.storage).toBe('1Gi');
  expect(built.mount(NAME, '/var/lib/registry').volume.persistentVolumeClaim).toEqual({
    claimName: 'docker-repo-pvc',
  });
});

test('Bind them to each other (`storageClassName: ""` and `volumeName`)', () => {
  const claim = built.one('PersistentVolumeClaim', 'docker-repo-pvc');
  const volume = built.one('PersistentVolume', 'docker-repo-pv');
  expect(claim.spec).toMatchObject({ storageClassName: '', volumeName: 'docker-repo-pv' });
  // A volume of no class is one that names none.
  expect(volume.spec).not.toHaveProperty('storageClassName');
  expect(volume.spec).toMatchObject({
    claimRef: { name: 'docker-repo-pvc', namespace: claim.metadata.namespace },
  });
});

test('auth htpasswd, realm `Registry Realm`, path `/auth/htpasswd`', () => {
  expect(built.config(NAME).auth).toEqual({ htpasswd: { realm: 'Registry Realm', path: '/auth/htpasswd' } });
});

test('certificate `/certs/tls.crt`, key `/certs/tls.key`', () => {
  expect(built.config(NAME).http.tls).toEqual({ certificate: '/certs/tls.crt', key: '/certs/tls.key' });
});

test('Service `docker-registry` 5000 → 5000', () => {
  const [{ port, targetPort }] = built.one('Service', NAME).spec.ports;
  const [{ ports }] = built.pod(NAME).containers;
  expect(port).toBe(5000);
  expect(ports).toContainEqual({ name: targetPort, containerPort: 5000 });
});

describe('Every node: the CA', () => {
  const data: Record<string, string> = built.one('ConfigMap', `${NAME}-node-trust`).data;
  const registry = build(Testing.app()).node.findChild('registry') as Registry;
  const files = registry.nodeFiles();
  const mounts: Manifest[] = built.one('DaemonSet', `${NAME}-node-trust`).spec.template.spec.volumes;

  test('at `/etc/docker/certs.d/docker-registry:5000/ca.crt`', () => {
    expect(files.dockerCaPath).toBe(`/etc/docker/certs.d/${ADDRESS}/ca.crt`);
    expect(mounts).toContainEqual(
      expect.objectContaining({ hostPath: expect.objectContaining({ path: '/etc/docker/certs.d' }) }),
    );
  });

  test('for containerd: `/etc/containerd/certs.d/…/hosts.toml`', () => {
    expect(files.containerdHostsPath).toBe(`/etc/containerd/certs.d/${ADDRESS}/hosts.toml`);
    expect(Object.values(data)).toContainEqual(expect.stringContaining(`server = "https://${ADDRESS}"`));
  });

  test('for k3s: `/etc/rancher/k3s/registries.yaml`', () => {
    expect(files._plan(NodeRuntime.K3S).map(({ path }) => path)).toContain(
      '/etc/rancher/k3s/registries.yaml',
    );
    expect(Object.values(data)).toContainEqual(expect.stringContaining(`- https://${ADDRESS}`));
  });
});

test('Every node: name → address of the Service (by the README, since no manifest of Kubernetes can do it)', () => {
  const readme = readFileSync(join(__dirname, '../../examples/self-signed/README.md'), 'utf8');
  expect(readme).toContain(
    `kubectl -n registry get service ${NAME} -o jsonpath='{.spec.clusterIP} ${NAME}{"\\n"}'`,
  );
});

test('Pull secret `reg-cred-secret` (kubernetes.io/dockerconfigjson)', () => {
  const secret = built.one('Secret', 'reg-cred-secret');
  const { auths } = JSON.parse(textsOf(secret)['.dockerconfigjson'] ?? '');
  expect({ type: secret.type, addresses: Object.keys(auths), username: auths[ADDRESS].username }).toEqual({
    type: 'kubernetes.io/dockerconfigjson',
    addresses: [ADDRESS],
    username: 'myuser',
  });
});

test('a Pod `nginx-pod` that pulls `docker-registry:5000/mynginx:v1` with it', () => {
  const { spec, metadata } = built.one('Pod', 'nginx-pod');
  expect(spec.containers[0].image).toBe(`${ADDRESS}/mynginx:v1`);
  expect(spec.imagePullSecrets).toEqual([{ name: 'reg-cred-secret' }]);
  expect(built.one('Secret', 'reg-cred-secret').metadata.namespace).toBe(metadata.namespace);
});

test('the test Pod serves on :80', () => {
  const [{ ports, readinessProbe }] = built.one('Pod', 'nginx-pod').spec.containers;
  expect({ container: ports[0].containerPort, probe: readinessProbe.httpGet.port }).toEqual({
    container: 80,
    probe: 80,
  });
});
