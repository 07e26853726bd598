// Example D, line by line of what its source has. Its outcomes are in
// test/cluster/example-homelab-s3.test.ts.
import { Testing } from 'cdk8s';
import { parse } from 'yaml';
import { build } from '../../examples/homelab-s3/main';
import { FixedStore } from '../../lib';
import { filesOf, type Manifest as Written } from '../../lib/app/file-table';
import { ALL_MODELS } from '../../tools/policy/custom-resources';
import { policyProblems } from '../../tools/policy/policy';
import { schemaProblems } from '../../tools/policy/schema';
import { type Manifest, problemsIn, readable, textsOf } from '../support/synth';

const KEYS = { MINIO_ACCESS_KEY: 'homelab-access-key', MINIO_SECRET_KEY: 'homelab-secret-key' };
const EXISTING = ['Secret/basic-auth'];

function synth(settings: Record<string, string> = {}): Manifest[] {
  const before = process.env;
  const plain = Object.entries(before).filter(([name]) => !/^(REGISTRY|MINIO)_/.test(name));
  process.env = { ...Object.fromEntries(plain), ...KEYS, ...settings };
  try {
    const app = Testing.app();
    new FixedStore().useIn(app);
    const chart = build(app);
    expect(problemsIn(chart)).toEqual([]);
    return Testing.synth(chart);
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
const config = () => parse(one('ConfigMap/registry-config').data['config.yml']);
const variable = (name: string) =>
  one('Deployment/registry-ui').spec.template.spec.containers[0].env.find(
    (env: Manifest) => env.name === name,
  );

test("the bucket's keys that are not set are named by their variables", () => {
  const app = Testing.app();
  new FixedStore().useIn(app);
  build(app);
  expect(app.node.findAll().flatMap(({ node }) => node.validate())).toEqual(
    Object.keys(KEYS).map(
      (variable) => `${variable}: is not set; set it: this app requires a value [variable-missing]`,
    ),
  );
});

test('all objects', () => {
  expect(objects.map(readable)).toMatchSnapshot();
});

test('has only fields that the APIs know, with values that they take', () => {
  expect(schemaProblems(objects, ALL_MODELS)).toEqual([]);
});

test('keeps the policy', () => {
  expect(policyProblems(objects, { existing: EXISTING })).toEqual([]);
});

describe('numbering', () => {
  const files = new Map([...filesOf(objects as Written[])].map(([file, held]) => [file.slice(0, 3), held]));
  const kinds = (number: string) =>
    files.get(number)?.map(({ kind, metadata }) => `${kind}/${metadata.name}`);

  test('100 Secret with the S3 access key and secret key', () => {
    expect(kinds('100')).toContain('Secret/registry-s3');
    expect(textsOf(one('Secret/registry-s3'))).toEqual({
      AWS_ACCESS_KEY_ID: KEYS.MINIO_ACCESS_KEY,
      AWS_SECRET_ACCESS_KEY: KEYS.MINIO_SECRET_KEY,
    });
  });

  test('200 Service `registry` 5000', () => {
    expect(kinds('200')).toEqual(['Service/registry']);
    expect(one('Service/registry').spec.ports).toMatchObject([{ port: 5000 }]);
  });

  test('300 Deployment', () => {
    expect(kinds('300')).toContain('Deployment/registry');
  });

  test('400 IngressRoute', () => {
    expect(kinds('400')).toEqual(['IngressRoute/registry']);
  });

  test('500 Service `registry-ui` 80', () => {
    expect(kinds('500')).toEqual(['Service/registry-ui']);
    expect(one('Service/registry-ui').spec.ports).toMatchObject([{ port: 80 }]);
  });

  test('600 UI Deployment', () => {
    expect(kinds('600')).toContain('Deployment/registry-ui');
  });

  test('700 IngressRoute + Middleware', () => {
    expect(kinds('700')?.sort()).toEqual(['IngressRoute/registry-ui', 'Middleware/registry-ui']);
  });

  test('nothing else', () => {
    expect([...files.keys()]).toEqual(['100', '200', '300', '400', '500', '600', '700']);
  });
});

test('htpasswd Secret `basic-auth` made outside the app (existing secret), mounted at `/auth` read-only', () => {
  expect(objects.filter(({ kind, metadata }) => kind === 'Secret' && metadata.name === 'basic-auth')).toEqual(
    [],
  );
  const { volumes, containers } = pod().spec;
  const [volume] = volumes.filter((entry: Manifest) => entry.secret?.secretName === 'basic-auth');
  expect(volume.secret.items).toEqual([{ key: 'htpasswd', path: 'htpasswd' }]);
  expect(containers[0].volumeMounts).toContainEqual({
    name: volume.name,
    mountPath: '/auth',
    readOnly: true,
  });
  expect(config().auth.htpasswd.path).toBe('/auth/htpasswd');
});

describe('S3', () => {
  test('region (any for MinIO)', () => {
    expect(config().storage.s3.region).toBe('us-east-1');
  });

  test('regionendpoint `https://minio.homelab.io`', () => {
    expect(config().storage.s3).toMatchObject({
      regionendpoint: 'https://minio.homelab.io',
      forcepathstyle: true,
    });
  });

  test('bucket `docker-registry`', () => {
    expect(config().storage.s3.bucket).toBe('docker-registry');
    // Where the source has its images.
    expect(config().storage.s3).not.toHaveProperty('rootdirectory');
  });

  test('delete enabled', () => {
    expect(config().storage.delete).toEqual({ enabled: true });
  });

  test('storage-driver health check off', () => {
    expect(config().health.storagedriver).toEqual({ enabled: false });
  });

  test('access log off', () => {
    expect(config().log.accesslog).toEqual({ disabled: true });
  });

  test('log level info', () => {
    expect(config().log.level).toBe('info');
  });

  test('realm `homelab`', () => {
    expect(config().auth.htpasswd.realm).toBe('homelab');
  });

  test("a CA of one's own for MinIO's certificate can be given", () => {
    const [ca] = ['-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n'];
    expect(one('ConfigMap/registry-s3-ca', synth({ MINIO_CA: ca })).data['ca.crt']).toBe(ca);
  });
});

describe('Traefik', () => {
  test('entry point `websecure`', () => {
    expect(one('IngressRoute/registry').spec.entryPoints).toEqual(['websecure']);
    expect(one('IngressRoute/registry-ui').spec.entryPoints).toEqual(['websecure']);
  });

  test('Host(`registry.mydomain.io`)', () => {
    expect(one('IngressRoute/registry').spec.routes).toMatchObject([
      { match: 'Host(`registry.mydomain.io`)', services: [{ name: 'registry', port: 5000 }] },
    ]);
  });

  test('certResolver `tlsresolver`', () => {
    expect(one('IngressRoute/registry').spec.tls).toEqual({ certResolver: 'tlsresolver' });
    expect(one('IngressRoute/registry-ui').spec.tls).toEqual({ certResolver: 'tlsresolver' });
  });

  test('UI on the same host under `/ui` with a `stripPrefix` middleware', () => {
    expect(one('Middleware/registry-ui').spec).toEqual({ stripPrefix: { prefixes: ['/ui'] } });
    expect(one('IngressRoute/registry-ui').spec.routes).toMatchObject([
      { match: 'Host(`registry.mydomain.io`) && Path(`/ui`)', services: [{ name: 'registry-ui', port: 80 }] },
      {
        match: 'Host(`registry.mydomain.io`) && PathPrefix(`/ui/`)',
        middlewares: [{ name: 'registry-ui' }],
        services: [{ name: 'registry-ui', port: 80 }],
      },
    ]);
  });

  const groups = (among: Manifest[]) => [
    ...new Set(
      among
        .filter(({ kind }) => ['IngressRoute', 'Middleware'].includes(kind))
        .map(({ apiVersion }) => apiVersion),
    ),
  ];

  test('API group `traefik.io/v1alpha1` (Traefik ≥ 2.10 and 3)', () => {
    expect(groups(objects)).toEqual(['traefik.io/v1alpha1']);
  });

  test('`traefik.containo.us/v1alpha1` selectable for older ones', () => {
    const older = synth({ TRAEFIK_API: 'traefik.containo.us/v1alpha1' });
    expect(groups(older)).toEqual(['traefik.containo.us/v1alpha1']);
    expect(schemaProblems(older, ALL_MODELS)).toEqual([]);
    expect(policyProblems(older, { existing: EXISTING })).toEqual([]);
  });
});

describe('UI', () => {
  test('joxit/docker-registry-ui', () => {
    expect(one('Deployment/registry-ui').spec.template.spec.containers[0].image).toBe(
      'joxit/docker-registry-ui:2.6.0',
    );
  });

  test('single registry', () => {
    expect(variable('SINGLE_REGISTRY').value).toBe('true');
    expect(variable('REGISTRY_URL').value).toBe('https://registry.mydomain.io');
  });

  test('title `homelab`', () => {
    expect(variable('REGISTRY_TITLE').value).toBe('homelab');
  });

  test('deletion of images on', () => {
    expect(variable('DELETE_IMAGES').value).toBe('true');
  });
});

test('`-l app=registry` selects its pods', () => {
  const selected = objects.filter(
    ({ kind, spec }) => kind === 'Deployment' && spec.template.metadata.labels.app === 'registry',
  );
  expect(selected.map(({ metadata }) => metadata.name)).toEqual(['registry']);
});
