// The App that writes numbered files: which files, in which order, and that nothing is written before all is
// well.
import * as fs from 'node:fs';
import * as path from 'node:path';
import { App, Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-27';
import { parseAllDocuments } from 'yaml';
import {
  FixedStore,
  LocalStore,
  Registry,
  RegistryApp,
  RegistryCertificate,
  RegistryCredentials,
  type RegistryProps,
} from '../../lib';
import { contentsOf, newFolder, outputOf } from '../support/folder';
import type { Manifest } from '../support/synth';

const OPEN: RegistryProps = {
  auth: { credentials: RegistryCredentials.anonymous() },
  tls: { certificate: RegistryCertificate.none() },
};

/** Synthesizes what is built and gives the files with `Kind/name` of their objects. */
function filesOf(
  build: (app: App) => void,
  app = new RegistryApp({ outdir: path.join(newFolder(), 'dist') }),
): Record<string, string[]> {
  new LocalStore({ directory: path.join(newFolder(), 'store') }).useIn(app);
  build(app);
  app.synth();
  const yaml = Object.entries(contentsOf(app.outdir)).filter(([name]) => name.endsWith('.yaml'));
  return Object.fromEntries(
    yaml.map(([name, text]) => [
      name,
      parseObjects(text).map(({ kind, metadata }) => `${kind}/${metadata.name}`),
    ]),
  );
}

const parseObjects = (text: string) => parseAllDocuments(text).map((document) => document.toJS() as Manifest);
const inNamespace = (app: App, namespace: string) => new Chart(app, namespace, { namespace });

test('the files of a registry, and their objects in order', () => {
  const files = filesOf(
    (app) =>
      new Registry(inNamespace(app, 'registry'), 'registry', { createNamespace: true, ingress: {}, ui: {} }),
  );
  expect(files).toEqual({
    '000-registry-namespace.yaml': ['Namespace/registry'],
    '100-registry-secrets.yaml': ['Secret/registry-auth', 'Secret/registry-tls', 'Secret/registry-http'],
    '200-registry-service.yaml': ['Service/registry'],
    '300-registry-deployment.yaml': [
      'ConfigMap/registry-config',
      'PersistentVolumeClaim/registry',
      'NetworkPolicy/registry',
      'Deployment/registry',
    ],
    '400-registry-ingress.yaml': ['Ingress/registry'],
    '500-registry-ui-service.yaml': ['Service/registry-ui'],
    '600-registry-ui-deployment.yaml': ['NetworkPolicy/registry-ui', 'Deployment/registry-ui'],
    '700-registry-ui-ingress.yaml': ['Ingress/registry-ui'],
  });
});

test('the notes stand beside them', () => {
  const app = new RegistryApp({ outdir: path.join(newFolder(), 'dist') });
  filesOf((root) => ['a', 'b'].map((name) => new Registry(inNamespace(root, name), 'registry', OPEN)), app);
  const notes = fs.readFileSync(path.join(app.outdir, 'NOTES.txt'), 'utf8');
  expect(notes.match(/^Registry "registry" at .*$/gm)).toHaveLength(2);
  expect(notes).toMatch(/kubectl -n a [\s\S]*kubectl -n b /);
});

test('two registries of one name in two namespaces have files of their own', () => {
  const files = filesOf((app) => {
    for (const namespace of ['team-a', 'team-b'])
      new Registry(inNamespace(app, namespace), 'registry', { ...OPEN, createNamespace: true });
    new Registry(inNamespace(app, 'team-c'), 'other', { ...OPEN, name: 'other' });
  });
  expect(Object.keys(files)).toEqual([
    '000-team-a-registry-namespace.yaml',
    '000-team-b-registry-namespace.yaml',
    '100-other-secrets.yaml',
    '100-team-a-registry-secrets.yaml',
    '100-team-b-registry-secrets.yaml',
    '200-other-service.yaml',
    '200-team-a-registry-service.yaml',
    '200-team-b-registry-service.yaml',
    '300-other-deployment.yaml',
    '300-team-a-registry-deployment.yaml',
    '300-team-b-registry-deployment.yaml',
  ]);
});

test('many registries in one namespace share its Namespace object', () => {
  const files = filesOf((app) => {
    const chart = inNamespace(app, 'registry');
    for (const name of ['one', 'two', 'three'])
      new Registry(chart, name, { ...OPEN, name, createNamespace: true });
  });
  expect(Object.keys(files).filter((name) => name.startsWith('000-'))).toEqual(['000-one-namespace.yaml']);
  expect(Object.keys(files)).toHaveLength(10);
});

test('objects that a user added stand last, whatever they are', () => {
  const files = filesOf((app) => {
    const chart = inNamespace(app, 'registry');
    new k8s.KubeConfigMap(chart, 'mine', { metadata: { name: 'mine' } });
    new Registry(chart, 'registry', OPEN);
    new k8s.KubeServiceAccount(new Chart(app, 'more'), 'robot', { metadata: { name: 'robot' } });
  });
  expect(Object.keys(files).at(-1)).toBe('900-others.yaml');
  expect(files['900-others.yaml']?.sort()).toEqual(['ConfigMap/mine', 'ServiceAccount/robot']);
});

test('an app without a registry gets what it has', () => {
  const files = filesOf(
    (app) => new k8s.KubeConfigMap(new Chart(app, 'chart'), 'mine', { metadata: { name: 'mine' } }),
  );
  expect(files).toEqual({ '900-others.yaml': ['ConfigMap/mine'] });
});

test('two synths in a row, and one with a copy of the store, give the same bytes', () => {
  const folder = newFolder();
  const synth = (store: string, outdir: string): Record<string, string> => {
    const app = new RegistryApp({ outdir: path.join(newFolder(), outdir) });
    new LocalStore({ directory: store }).useIn(app);
    new Registry(inNamespace(app, 'registry'), 'registry', { ingress: {}, ui: {} });
    app.synth();
    return outputOf(app.outdir);
  };
  const first = synth(path.join(folder, 'store'), 'dist');
  fs.cpSync(path.join(folder, 'store'), path.join(folder, 'copy'), { recursive: true });
  expect(synth(path.join(folder, 'store'), 'dist')).toEqual(first);
  const { 'NOTES.txt': _notes, ...copied } = synth(path.join(folder, 'copy'), 'other');
  expect(first).toMatchObject(copied);
  expect(Object.keys(copied)).toHaveLength(7);
});

test('all files one behind the other are one stream', () => {
  const app = new RegistryApp({ outdir: path.join(newFolder(), 'dist') });
  const files = filesOf((root) => {
    new Registry(inNamespace(root, 'registry'), 'registry', { ingress: {}, ui: {} });
    new k8s.KubeConfigMap(new Chart(root, 'more'), 'mine', { metadata: { name: 'mine' } });
  }, app);
  const texts = Object.keys(files).map((name) => fs.readFileSync(path.join(app.outdir, name), 'utf8'));
  for (const text of texts) expect(text).toMatch(/^---\n[\s\S]*\n$/);
  expect(parseObjects(texts.join('')).map(({ kind, metadata }) => `${kind}/${metadata.name}`)).toEqual(
    Object.values(files).flat(),
  );
});

test('files that hold Secrets can be read by their owner alone, others as the umask says', () => {
  const umask = process.umask(0o022);
  try {
    const outdir = path.join(newFolder(), 'dist');
    fs.mkdirSync(outdir);
    fs.writeFileSync(path.join(outdir, '100-registry-secrets.yaml'), '', { mode: 0o644 });
    filesOf(
      (root) => new Registry(inNamespace(root, 'registry'), 'registry', { ingress: {} }),
      new RegistryApp({ outdir }),
    );
    const modes = fs
      .readdirSync(outdir)
      .map((name) => [name, (fs.statSync(path.join(outdir, name)).mode & 0o777).toString(8)]);
    expect(modes.filter(([, mode]) => mode === '600')).toEqual([['100-registry-secrets.yaml', '600']]);
    expect(modes.filter(([, mode]) => mode === '644')).toHaveLength(modes.length - 1);
  } finally {
    process.umask(umask);
  }
});

describe('a second synth into the same folder', () => {
  const outdir = () => path.join(newFolder(), 'dist');
  const write = (folder: string, ...names: string[]) => {
    const app = new RegistryApp({ outdir: folder });
    new LocalStore({ directory: path.join(newFolder(), 'store') }).useIn(app);
    const chart = inNamespace(app, 'registry');
    for (const name of names) new Registry(chart, name, { ...OPEN, name });
    app.synth();
  };
  const stale = (folder: string) => Object.keys(contentsOf(folder));

  test('removes what it no longer makes', () => {
    const folder = outdir();
    filesOf(
      (root) => {
        for (const namespace of ['team-a', 'team-b'])
          new Registry(inNamespace(root, namespace), 'registry', {
            ...OPEN,
            host: `${namespace}.example.com`,
            createNamespace: true,
            ui: {},
            ingress: {},
          });
        new k8s.KubeNamespace(new Chart(root, 'more'), 'mine', { metadata: { name: 'mine' } });
        new k8s.KubeConfigMap(new Chart(root, 'others'), 'mine', { metadata: { name: 'mine' } });
      },
      new RegistryApp({ outdir: folder }),
    );
    expect(stale(folder).length).toBeGreaterThan(15);
    write(folder, 'registry');
    expect(stale(folder)).toEqual([
      '100-registry-secrets.yaml',
      '200-registry-service.yaml',
      '300-registry-deployment.yaml',
      'NOTES.txt',
    ]);
  });

  test('leaves alone what another app or a person wrote', () => {
    const folder = outdir();
    write(folder, 'other', 'a-registry');
    filesOf(
      (root) => {
        new Registry(inNamespace(root, 'registry'), 'other', { ...OPEN, name: 'other' });
        new k8s.KubeConfigMap(new Chart(root, 'others'), 'mine', { metadata: { name: 'mine' } });
      },
      new RegistryApp({ outdir: folder }),
    );
    const theirs = contentsOf(folder);
    const mine = {
      '500-registry-ui-service.yaml': 'kind: List\n',
      '600-registry-ui-deployment.yaml': 'not: [yaml',
      '850-mine.yaml': 'kind: List\n',
      'self-signed/500-registry-ui-service.yaml': theirs['200-other-service.yaml'] ?? '',
    };
    for (const [name, text] of Object.entries(mine)) {
      fs.mkdirSync(path.dirname(path.join(folder, name)), { recursive: true });
      fs.writeFileSync(path.join(folder, name), text);
    }
    write(folder, 'registry');
    const { 'NOTES.txt': _notes, ...others } = theirs;
    expect(contentsOf(folder)).toMatchObject({ ...others, ...mine });
  });

  test('removes nothing when there is a mistake', () => {
    const folder = outdir();
    write(folder, 'registry');
    const before = contentsOf(folder);
    expect(() =>
      filesOf(
        (root) => new Registry(inNamespace(root, 'registry'), 'registry', { host: 'X' }),
        new RegistryApp({ outdir: folder }),
      ),
    ).toThrow('Synthesis failed; nothing was written');
    expect(contentsOf(folder)).toEqual(before);
  });
});

describe('a mistake', () => {
  test('anywhere in the app keeps all of it from being written', () => {
    // GIVEN
    const [outdir, store] = [path.join(newFolder(), 'dist'), path.join(newFolder(), 'store')];
    const app = new RegistryApp({ outdir });
    new LocalStore({ directory: store }).useIn(app);
    new Registry(inNamespace(app, 'good'), 'registry');
    new Registry(inNamespace(app, 'bad'), 'registry', { host: 'Registry', replicas: 2 });
    new Chart(app, 'mine').node.addValidation({ validate: () => ['mine: is wrong'] });

    // WHEN
    const synth = () => app.synth();

    // THEN
    expect(synth).toThrow(
      new Error(
        [
          'Synthesis failed; nothing was written:',
          '  [bad/registry] host: "Registry" is not a host name in lower case; write "registry" [not-a-host]',
          "  [bad/registry/deployment] replicas: 2 can't share ReadWriteOnce storage; write replicas: 1 without autoscaling, or a backend with accessMode: PersistentVolumeAccessMode.READ_WRITE_MANY [replicas-need-shared-storage]",
          '  [mine] mine: is wrong',
        ].join('\n'),
      ),
    );
    expect({ outdir: fs.existsSync(outdir), store: fs.existsSync(store) }).toEqual({
      outdir: false,
      store: false,
    });
  });
});

describe('a plain cdk8s App', () => {
  const make = (host: string) => {
    const app = new App({ outdir: path.join(newFolder(), 'dist') });
    new FixedStore().useIn(app);
    new Registry(inNamespace(app, 'registry'), 'registry', { ...OPEN, host });
    return app;
  };

  test('writes its own files', () => {
    const app = make('registry.example.com');
    app.synth();
    expect(Object.keys(contentsOf(app.outdir))).toEqual(['registry.k8s.yaml']);
    expect(parseObjects(contentsOf(app.outdir)['registry.k8s.yaml'] ?? '')).toHaveLength(6);
  });

  test('finds the same mistakes', () => {
    const app = make('https://registry.example.com');
    expect(() => app.synth()).toThrow(
      '[registry/registry] host: "https://registry.example.com" has a scheme; write "registry.example.com"',
    );
    expect(contentsOf(app.outdir)).toEqual({});
  });
});
