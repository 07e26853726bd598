// Example E, line by line of what its source has. Its outcomes are in
// test/cluster/example-small-cluster.test.ts.
import { Testing } from 'cdk8s';
import { build } from '../../examples/small-cluster/main';
import { FixedStore, LocalStore, type RegistryStore } from '../../lib';
import { filesOf, type Manifest as Written } from '../../lib/app/file-table';
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { newFolder } from '../support/folder';
import { type Manifest, problemsIn, readable, textsOf } from '../support/synth';

function synth(settings: Record<string, string> = {}, store: RegistryStore = new FixedStore()): Manifest[] {
  const before = process.env;
  const plain = Object.entries(before).filter(([name]) => !name.startsWith('REGISTRY_'));
  process.env = { ...Object.fromEntries(plain), ...settings };
  try {
    const app = Testing.app();
    store.useIn(app);
    const chart = build(app);
    // Passwords are made while this runs.
    const written = Testing.synth(chart);
    expect(problemsIn(chart)).toEqual([]);
    return written;
  } finally {
    process.env = before;
  }
}

const objects = synth();

function one(id: string, among: Manifest[] = objects): Manifest {
  const [found, ...others] = among.filter(({ kind, metadata }) => `${kind}/${metadata.name}` === id);
  if (found === undefined || others.length > 0)
    throw new Error(`${id} is there ${found ? 'more than once' : 'not at all'}`);
  return found;
}

const pod = () => one('Deployment/registry').spec.template;
const claim = (settings: Record<string, string> = {}) =>
  one('PersistentVolumeClaim/registry-docker-registry', synth(settings)).spec;
const config = () => one('ConfigMap/registry-config').data['config.yml'];
const annotations = () => one('Ingress/registry').metadata.annotations;

test('all objects', () => {
  expect(objects.map(readable)).toMatchSnapshot();
});

test('has only fields that the APIs know, with values that they take', () => {
  expect(schemaProblems(objects, ALL_MODELS)).toEqual([]);
});

test('keeps the policy', () => {
  expect(policyProblems(objects)).toEqual([]);
});

test('stands in numbered files', () => {
  expect([...filesOf(objects as Written[]).keys()].map((file) => file.slice(0, 3))).toEqual([
    '000',
    '100',
    '200',
    '300',
    '400',
    '800',
    '820',
  ]);
});

test('User `admin`', () => {
  expect(textsOf(one('Secret/registry-auth')).htpasswd).toMatch(/^admin:\$2[aby]\$\d\d\$\S{53}\n$/);
});

test('deletion of images on', () => {
  expect(config()).toContain('delete:\n    enabled: true');
});

test('memory limit 256Mi (requests 256Mi, 100m CPU)', () => {
  expect(pod().spec.containers[0].resources).toEqual({
    requests: { cpu: '100m', memory: '256Mi' },
    limits: { memory: '256Mi' },
  });
});

describe('StorageClass by preference', () => {
  test.each([
    ['hcloud-volumes', 'standard hcloud-volumes rook-ceph-block openebs-hostpath'],
    ['openebs-hostpath', 'standard,openebs-hostpath,rook-ceph-block'],
    [
      'rook-ceph-block',
      'storageclass.storage.k8s.io/standard\nstorageclass.storage.k8s.io/rook-ceph-block\n',
    ],
    ['standard', 'gp3 standard'],
  ])('%s is the first one that the cluster has', (expected, classes) => {
    expect(claim({ REGISTRY_AVAILABLE_CLASSES: classes }).storageClassName).toBe(expected);
  });

  test('else the default class', () => {
    expect(claim({ REGISTRY_AVAILABLE_CLASSES: 'gp3' })).not.toHaveProperty('storageClassName');
    expect(claim()).not.toHaveProperty('storageClassName');
  });
});

test('PVC size default 10Gi', () => {
  expect(claim().resources.requests.storage).toBe('10Gi');
});

test('PVC size settable: `REGISTRY_PVC_SIZE`', () => {
  expect(claim({ REGISTRY_PVC_SIZE: '40Gi' }).resources.requests.storage).toBe('40Gi');
});

test("the claim is the Helm chart's, and its files stay those of the same user", () => {
  expect(pod().spec.volumes).toContainEqual({
    name: 'data',
    persistentVolumeClaim: { claimName: 'registry-docker-registry' },
  });
  expect(pod().spec.securityContext).toMatchObject({ runAsUser: 1000, fsGroup: 1000 });
});

describe('Settings by environment', () => {
  test('`REGISTRY_ADMIN_PASSWORD`', () => {
    const password = 'a password for a test';
    const written = synth({ REGISTRY_ADMIN_PASSWORD: password }, new LocalStore({ directory: newFolder() }));
    const secret = written.find(({ kind, metadata }) => kind === 'Secret' && metadata.namespace === 'shop');
    const { auths } = JSON.parse(textsOf(secret)['.dockerconfigjson'] ?? '');
    expect(auths['registry.example.com'].password).toBe(password);
  });

  test('`REGISTRY_STORAGE_CLASS`', () => {
    expect(
      claim({ REGISTRY_STORAGE_CLASS: 'fast', REGISTRY_AVAILABLE_CLASSES: 'standard' }).storageClassName,
    ).toBe('fast');
  });

  test('`REGISTRY_FQN`', () => {
    const [rule] = one('Ingress/registry', synth({ REGISTRY_FQN: 'images.example.org' })).spec.rules;
    expect(rule.host).toBe('images.example.org');
  });
});

describe('Ingress', () => {
  test('nginx on 443', () => {
    const { ingressClassName, tls } = one('Ingress/registry').spec;
    expect({ ingressClassName, tls }).toEqual({
      ingressClassName: 'nginx',
      tls: [{ hosts: ['registry.example.com'], secretName: 'registry-tls' }],
    });
  });

  test('ssl-redirect', () => {
    expect(annotations()['nginx.ingress.kubernetes.io/ssl-redirect']).toBe('true');
  });

  test('body size 30720m (or unlimited)', () => {
    expect(annotations()['nginx.ingress.kubernetes.io/proxy-body-size']).toBe('30720m');
  });

  test('cert-manager issuer annotation', () => {
    expect(annotations()['cert-manager.io/cluster-issuer']).toBe('letsencrypt');
    // cert-manager makes it.
    expect(
      objects.filter(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'registry-tls'),
    ).toEqual([]);
  });
});

test('A PVC backup annotation for Velero on the pod (`backup.velero.io/backup-volumes`)', () => {
  const { metadata, spec } = pod();
  const volume = metadata.annotations['backup.velero.io/backup-volumes'];
  const [backed] = spec.volumes.filter(({ name }: Manifest) => name === volume);
  expect(backed.persistentVolumeClaim.claimName).toBe('registry-docker-registry');
});

test('Pods carry `app=docker-registry,release=registry`, so that the documented port-forward finds them', () => {
  expect(pod().metadata.labels).toMatchObject({ app: 'docker-registry', release: 'registry' });
  const others = objects.filter(
    ({ kind, metadata }) => kind === 'Deployment' && metadata.name !== 'registry',
  );
  expect(others.map(({ spec }) => spec.template.metadata.labels.app)).toEqual(['registry-toolbox']);
});

describe('Maintenance', () => {
  const tools = () => one('ConfigMap/registry-toolbox').data;

  test('list repositories; list the tags of one: a toolbox with regctl that is logged in', () => {
    const { containers, volumes } = one('Deployment/registry-toolbox').spec.template.spec;
    expect(containers[0]).toMatchObject({
      image: expect.stringContaining('regctl'),
      env: expect.arrayContaining([{ name: 'REGISTRY', value: 'registry:5000' }]),
    });
    expect(volumes).toContainEqual(
      expect.objectContaining({
        name: 'login',
        secret: expect.objectContaining({ secretName: 'registry-toolbox' }),
      }),
    );
    expect(
      JSON.parse(textsOf(one('Secret/registry-toolbox'))['.dockerconfigjson']).auths['http://registry:5000']
        .username,
    ).toBe('admin');
  });

  test('delete one tag', () => {
    expect(tools()['delete-tag']).toContain('regctl manifest rm');
  });

  test('garbage collection that removes unreferenced layers, while nobody can push', () => {
    const { strategy, template } = one('Deployment/registry').spec;
    expect(strategy).toEqual({ type: 'Recreate' });
    const [collector] = template.spec.initContainers;
    expect(collector.command.join(' ')).toContain('registry garbage-collect /etc/distribution/config.yml');
  });
});

test("Every application namespace gets a pull secret for the registry's address, user and password", () => {
  const secrets = objects.filter(
    ({ type, metadata }) => type === 'kubernetes.io/dockerconfigjson' && metadata.namespace !== 'registry',
  );
  expect(secrets.map(({ metadata }) => [metadata.namespace, metadata.name])).toEqual([
    ['shop', 'registry-pull'],
    ['blog', 'registry-pull'],
  ]);
  for (const secret of secrets) {
    const { auths } = JSON.parse(textsOf(secret)['.dockerconfigjson'] ?? '');
    expect(auths['registry.example.com']).toMatchObject({
      username: 'admin',
      password: expect.stringMatching(/.+/),
    });
  }
});
