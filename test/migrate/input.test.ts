// Files that hold the values inside of something else, or none at all: read where they can be, and else
// refused with where they are.
import { stringify } from 'yaml';
import { migrateCommand } from '../../lib/migrate/command';
import { migrate } from '../../lib/migrate/migration';
import { Matter } from '../../lib/migrate/translation';

const VALUES = { persistence: { enabled: true, existingClaim: 'images-local' }, image: { tag: '2.8.3' } };
const TEXT = stringify(VALUES);
const of = (apiVersion: string, kind: string, spec: object) => ({
  apiVersion,
  kind,
  metadata: { name: 'images' },
  spec,
});
const argo = (spec: object) => of('argoproj.io/v1alpha1', 'Application', spec);
const flux = (spec: object) => of('helm.toolkit.fluxcd.io/v2', 'HelmRelease', spec);
const k3s = (spec: object, kind = 'HelmChart') => of('helm.cattle.io/v1', kind, spec);
const SOURCE = { repoURL: 'https://helm.twun.io', chart: 'docker-registry', targetRevision: '2.2.3' };

/** What a file gives: our values, and what is said of it. */
function read(file: object, release?: string) {
  const { values, remarks } = migrate(stringify(file), { release });
  const about = (matter: Matter) => remarks.filter((one) => one.matter === matter);
  return { values: Object.fromEntries(values), lost: about(Matter.LOST), different: about(Matter.DIFFERENT) };
}

function command(text: string, ...options: string[]) {
  const said = { out: '', error: '' };
  const code = migrateCommand([...options, 'old.yaml'], {
    read: () => text,
    out: (more) => {
      said.out += more;
    },
    error: (more) => {
      said.error += more;
    },
  });
  return { code, ...said };
}

test.each([
  ['spec.source.helm.values', argo({ source: { ...SOURCE, helm: { values: TEXT } } })],
  ['spec.source.helm.valuesObject', argo({ source: { ...SOURCE, helm: { valuesObject: VALUES } } })],
  [
    'spec.sources[1].helm.values',
    argo({ sources: [{ repoURL: 'https://git.example.com' }, { ...SOURCE, helm: { values: TEXT } }] }),
  ],
  [
    'spec.sources[0].helm.valuesObject',
    argo({
      sources: [
        { ...SOURCE, helm: { valuesObject: VALUES } },
        { chart: 'redis', helm: { values: 'a: 1' } },
      ],
    }),
  ],
  ['spec.values', flux({ chart: { spec: { chart: 'docker-registry' } }, values: VALUES })],
  ['spec.values', of('helm.fluxcd.io/v1', 'HelmRelease', { values: VALUES })],
  ['spec.valuesContent', k3s({ chart: 'docker-registry', valuesContent: TEXT })],
])('values in %s are read', (place, file) => {
  const { values, lost, different } = read(file);
  expect(values).toEqual(read(VALUES, 'images').values);
  expect(values['persistence.existingClaim']).toBe('images-local');
  expect(different[0]).toMatchObject({
    key: place,
    text: expect.stringMatching(/^the values of an? .* were read there$/),
  });
  expect(lost).toEqual([]);
});

test.each([
  ['parameters of an Application', argo({ source: { helm: { values: 'a: 1', parameters: parameters() } } })],
  [
    'set of a HelmChart',
    k3s({ set: { 'persistence.enabled': true, replicaCount: '1', 'image.tag': '2.8.3' } }),
  ],
])('single values count more: %s', (_, file) => {
  expect(read(file).values).toMatchObject({
    'image.tag': '2.8.3',
    'persistence.existingClaim': 'images-docker-registry',
  });
});

function parameters() {
  return [
    { name: 'persistence.enabled', value: 'true' },
    { name: 'image.tag', value: '2.8.3', forceString: true },
    { name: 'ingress.hosts[0]', value: 'hub.example.com' },
  ];
}

test('a name or a text of --set that is not simple is named', () => {
  const { lost } = read(argo({ source: { helm: { values: 'a: 1', parameters: parameters() } } }));
  expect(lost.map(({ key, text }) => `${key}: ${text}`)).toEqual([
    'spec.source.helm.parameters: ingress.hosts[0] is not read: write it into the values',
    'a: the old charts have no such key either, so it never had an effect',
  ]);
});

test.each([
  [
    'spec.source.helm.valueFiles',
    argo({ source: { helm: { values: TEXT, valueFiles: ['$values/hub.yaml'] } } }),
  ],
  ['spec.source.helm.values', argo({ source: { helm: { values: 'a: 1', valuesObject: VALUES } } })],
  ['spec.valuesFrom', flux({ values: VALUES, valuesFrom: [{ kind: 'Secret', name: 'hub' }] })],
  ['spec.chart.spec.valuesFiles', flux({ values: VALUES, chart: { spec: { valuesFiles: ['prod.yaml'] } } })],
  ['spec.valuesSecrets', k3s({ valuesContent: TEXT, valuesSecrets: [{ name: 'hub' }] })],
  ['HelmChart images', k3s({ valuesContent: TEXT }, 'HelmChartConfig')],
])('%s beside them is named, and --strict says so', (key, file) => {
  expect(read(file).lost.map((one) => one.key)).toEqual([key]);
  expect(command(stringify(file), '--strict')).toMatchObject({
    code: 2,
    error: expect.stringContaining(`Not carried over:\n  ${key}: `),
  });
});

test.each([
  [
    argo({ source: { helm: { values: 'persistence: { enabled: true }', releaseName: 'hub' } } }),
    'hub-docker-registry',
  ],
  [flux({ values: { persistence: { enabled: true } } }), 'images-docker-registry'],
  [flux({ values: { persistence: { enabled: true } }, targetNamespace: 'ci' }), 'ci-images-docker-registry'],
  [k3s({ valuesContent: 'persistence: { enabled: true }' }), 'images-docker-registry'],
])("the release's name is what the object calls it", (file, claim) => {
  expect(read(file).values['persistence.existingClaim']).toBe(claim);
  expect(read(file, 'other').values['persistence.existingClaim']).toBe('other-docker-registry');
});

const NONE = '`helm get values … > FILE` leaves such a file when it fails; with --all it never is empty';

test.each([
  ['', `is empty. ${NONE}`],
  ['# nothing\n', `holds no values. ${NONE}`],
  ['---\n', NONE],
  ['null\n', NONE],
  ['USER-SUPPLIED VALUES:\nnull\n', NONE],
  ['image: { tag: 2.8.3 }\n---\npersistence: { enabled: true }\n', 'old.yaml: holds 2 documents; give one\n'],
  [
    `${stringify(of('v1', 'Namespace', {}))}---\n${stringify(flux({}))}`,
    'holds 2 documents (Namespace, HelmRelease); give one',
  ],
  [
    stringify(of('v1', 'List', {})),
    'is a List, and no values file; values are in one of its items, if in any',
  ],
  [
    stringify(of('apps/v1', 'Deployment', {})),
    'is a Deployment, and no values file. `helm get values RELEASE --all -o yaml` prints one',
  ],
  [
    stringify(of('argoproj.io/v1alpha1', 'ApplicationSet', {})),
    'is an ApplicationSet, and no values file; values are in spec.template',
  ],
  ['apiVersion: v2\nname: docker-registry\n', 'is a Chart.yaml, and no values file'],
  [
    stringify(argo({ source: SOURCE })),
    'is an Argo CD Application with nothing in spec.source.helm.valuesObject or spec.source.helm.values, where values would be.',
  ],
  [
    stringify(flux({ valuesFrom: [{ name: 'a' }] })),
    "with nothing in spec.values, where values would be; those of spec.valuesFrom can't be read",
  ],
  [
    stringify(argo({ sources: [{ helm: { values: TEXT } }, { helm: { values: TEXT } }] })),
    'with values in spec.sources[0].helm, spec.sources[1].helm; give those of the old registry alone',
  ],
  [stringify(k3s({ valuesContent: 'a: [' })), 'spec.valuesContent of a k3s HelmChart: is not YAML: '],
  [
    stringify(k3s({ valuesContent: '- a' })),
    'spec.valuesContent of a k3s HelmChart: holds a list, but values are a map',
  ],
  [
    stringify(k3s({ valuesContent: 'ingress: []' })),
    'spec.valuesContent of a k3s HelmChart:\n  ingress: is a list, but the old charts',
  ],
  [
    stringify({ a: 'ENC[x]', sops: { mac: 'ENC[y]' } }),
    'is encrypted by SOPS; give what `sops --decrypt` makes of it',
  ],
  [
    stringify({ helm: { chart: 'docker-registry', values: VALUES } }),
    "is a fleet.yaml of Rancher's Fleet; give the values in helm.values",
  ],
  [
    stringify({ releases: [{ chart: 'twuni/docker-registry', values: [VALUES] }] }),
    'is a helmfile; give the values in',
  ],
  [
    stringify({ helmCharts: [{ name: 'docker-registry' }] }),
    'is a kustomization; give the values in helmCharts[].valuesInline alone',
  ],
  ['a: {{ .Values.a }}\n', '{{…}} in it: give what the tool that fills that in makes of it'],
])('%j is refused, with --strict, too', (text, message) => {
  for (const options of [[], ['--strict']]) {
    const { code, out, error } = command(text, ...options);
    expect({ code, out }).toEqual({ code: 1, out: '' });
    expect(error).toContain(message);
  }
});

test('{} are the values of a release with nothing set, and --- is no second document', () => {
  expect(command('{}\n').code).toBe(0);
  expect(command(`---\n${TEXT}---\n`).code).toBe(0);
});
